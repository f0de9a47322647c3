// The press: makes a PDF (ISO 32000-1, version 1.7) of drawings. Fonts are embedded as small subsets:
// one of the characters that every form has, made ready once, and one of each document's own. Text can
// be extracted, also beyond the BMP. The same sheets always give the same bytes: no date, no random
// name. libharu 2.3.0 writes the objects; this is its only user.
#pragma once

#include "data/base/bytes.h"
#include "data/base/result.h"
#include "pdf/render/drawing.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace wq::render {

class PreparedFont;
class PreparedMark;

// Characters that are on nearly every sheet, by face.
struct FixedText {
    Face face;
    std::string text;
};

// What the press makes ready: characters, and drawings of them that pages begin with (Drawing::fixed).
struct FixedParts {
    std::vector<FixedText> texts;
    std::vector<std::shared_ptr<const Drawing>> drawings;
};

// Built once; print() may be called by many threads at a time.
class Press {
  public:
    // `fonts` must live as long. Throws Fault if libharu is of another version than this was built for.
    // With a folder for `cache`, what is made ready is kept there for the next time (prepared_cache.h).
    Press(const Fonts& fonts, const FixedParts& fixed, const std::filesystem::path& cache = {});
    ~Press();
    Press(const Press&) = delete;
    Press& operator=(const Press&) = delete;

    // Refuses with `character_not_printable` {code_point}. Throws Fault if libharu has no memory, or for a
    // fixed drawing that was not made ready.
    Result<Bytes> print(const Sheets& sheets) const;

    const Fonts& fonts() const { return fonts_; }

  private:
    struct Fixed;
    bool take(const std::filesystem::path& cache, const PreparedMark& mark);
    void make(const std::vector<std::string>& streams, const std::filesystem::path& cache,
              const PreparedMark& mark);
    const Fixed& known(const std::shared_ptr<const Drawing>& drawing) const;

    const Fonts& fonts_;
    std::unique_ptr<PreparedFont> prepared_;
    std::vector<Fixed> fixed_;
};

}  // namespace wq::render
