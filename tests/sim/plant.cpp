// Makes the copies with the planted faults: plant SOURCE_ROOT OUT_ROOT FILE…
#include "tests/sim/faults.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

using wq::sim::Fault, wq::sim::kFaults;

[[noreturn]] void stop(const Fault& fault, const char* why) {
    std::cerr << "fault " << fault.name << ": " << why << " in " << fault.file << ":\n"
              << fault.original << "\n";
    std::exit(1);
}

std::string planted(std::string text, std::string_view file) {
    for (const Fault& fault : kFaults) {
        if (fault.file != file) continue;
        const std::size_t at = text.find(fault.original);
        if (at == std::string::npos) stop(fault, "its original is not");
        if (text.find(fault.original, at + 1) != std::string::npos) stop(fault, "its original stands twice");
        text.replace(at, fault.original.size(), fault.planted);
    }
    return "#include \"tests/sim/planted.h\"\n" + text;
}

}  // namespace

int main(int count, char** words) {
    namespace fs = std::filesystem;
    for (int i = 3; i < count; ++i) {
        std::ifstream in(fs::path(words[1]) / words[i], std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        const fs::path to = fs::path(words[2]) / words[i];
        fs::create_directories(to.parent_path());
        std::ofstream(to, std::ios::binary) << planted(text.str(), words[i]);
    }
    for (const Fault& fault : kFaults)
        if (std::find(words + 3, words + count, fault.file) == words + count)
            stop(fault, "nobody asked for it");
    return 0;
}
