#include "tests/sim/scratch.h"

#include "data/base/result.h"

#include <cstdlib>
#include <string>

namespace wq::sim {

namespace fs = std::filesystem;

Scratch::Scratch() {
    // Memory where there is some: what is cut off here is simulated.
    const fs::path memory = "/dev/shm";
    std::string name =
        ((fs::exists(memory) ? memory : fs::temp_directory_path()) / "wangqian-sim-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw Fault("no temporary folder");
    path_ = name;
}

Scratch::~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

}  // namespace wq::sim
