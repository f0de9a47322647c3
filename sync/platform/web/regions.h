// Regions as people type them without a picker: "成都武侯" finds 四川省成都市武侯区. Made once, then read by
// any number of threads.
#pragma once

#include "data/domain/codes.h"

#include <string>
#include <string_view>
#include <vector>

namespace wq::platform {

class Regions {
  public:
    explicit Regions(const domain::Codes& codes);

    // Codes of the lowest level whose names, from the province down, hold the characters of `typed` in their
    // order, in Chinese or English; a code is itself. The whole name alone, where it is one.
    std::vector<std::string> find(std::string_view typed) const;

  private:
    struct Region {
        std::string code;
        std::u32string zh, en;
    };
    std::vector<Region> regions_;
};

}  // namespace wq::platform
