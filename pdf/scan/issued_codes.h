// The register of issued codes, a bit for each module, to recognise a code that cannot be read: which of all
// issued ones do its measured modules speak for? A recognised page is probably this one and a person confirms
// it; nothing is verified here, for no signature was read.
#pragma once

#include "data/base/bytes.h"
#include "pdf/scan/modules.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace wq::scan {

class IssuedCodes {
  public:
    // `modules` row by row, 1 is dark, of a symbol of level M; `name` is the caller's. About 500 bytes are
    // kept.
    void add(std::uint64_t name, int side, ByteView modules);
    std::size_t size() const { return size_; }

    // How far a code stands out from all others of its size, in standard deviations of what chance gives.
    struct Likely {
        std::uint64_t name = 0;
        double score = 0, next = 0;
    };
    // The best of all; nothing of this size is registered: nothing.
    std::optional<Likely> likeliest(const SoftModules& modules) const;
    // The same where it stands out so far that no chance explains it.
    std::optional<Likely> recognised(const SoftModules& modules) const;

  private:
    // Codes of one size and mask: what all texts have in common looks alike in all of them, so that it
    // neither helps nor harms when they are compared with each other.
    struct Group {
        std::vector<std::uint64_t> names;
        std::vector<std::uint64_t> words;  // row after row of each code's modules
    };

    std::map<int, std::array<Group, 8>> by_side_;
    std::size_t size_ = 0;
};

}  // namespace wq::scan
