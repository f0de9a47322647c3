// A folder in memory for one process, gone with it. Not for what has to survive: that is made on purpose
// elsewhere.
#pragma once

#include <filesystem>

namespace wq::sim {

class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace wq::sim
