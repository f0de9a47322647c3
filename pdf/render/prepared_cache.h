// What the press makes ready, kept in a file between runs of a program: making it takes tens of milliseconds,
// reading it less than one. A file that is damaged, or was made of other fonts, texts or by another version,
// is made anew. Not for what belongs to one document.
#pragma once

#include "pdf/render/page_fonts.h"

#include <filesystem>
#include <optional>

namespace wq::render {

struct Prepared {
    EmbeddedFont font;
    std::vector<Bytes> streams;  // deflated
};

// Tells what a Prepared was made of; equal marks, equal bytes.
class PreparedMark {
  public:
    PreparedMark();
    void add(std::string_view text);
    std::uint64_t value() const { return value_; }

  private:
    std::uint64_t value_;
};

// Nothing where there is no such file or it can't be trusted.
std::optional<Prepared> read_prepared(const std::filesystem::path& folder, const PreparedMark& mark);
// A folder that can't be written to is no misfortune: the next run makes it again.
void write_prepared(const std::filesystem::path& folder, const PreparedMark& mark, const Prepared& prepared);

}  // namespace wq::render
