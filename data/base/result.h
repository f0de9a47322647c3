// Outcomes as values. A Refusal is what a person or the world did wrong and can put right; a Fault is
// a broken machine (disk, corrupt file, missing font) and travels as an exception to a few named gates.
// Not for bugs: those abort.
#pragma once

#include <tl/expected.hpp>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace wq {

// Named values that complete a refusal's sentence, for example {"position", "18"}. UTF-8.
using Args = std::vector<std::pair<std::string, std::string>>;

// `code` is stable and written in snake_case; assets/wording.tsv has its sentence in each language.
struct Refusal {
    std::string code;
    Args args = {};

    bool operator==(const Refusal&) const = default;
};

template <class T>
using Result = tl::expected<T, Refusal>;

inline tl::unexpected<Refusal> refuse(std::string code, Args args = {}) {
    return tl::make_unexpected(Refusal{std::move(code), std::move(args)});
}

// Thrown for faults of the machine; what() is for the log and the operator, in English.
class Fault : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

// The disk is full: a Fault that a person can mend, told at the gates as the refusal `disk_full`.
class DiskFull : public Fault {
  public:
    DiskFull() : Fault("the disk is full") {}
};

}  // namespace wq
