// The tables of the house's rules, to be read and extended; lint.cpp reads them. A folder is written
// as a path from the root, several are parted by blanks, and it stands for all that is below it.
// Programs' main.cpp and *_main.cpp join everything: they are free of layers, owners and words.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace wq::lint {

// What a folder may include besides itself. A folder without a line here is a finding.
struct Layer {
    std::string_view folder;
    std::string_view may_include;
};

inline constexpr std::string_view kBelowStore = "data/base data/domain data/os data/crypto";

inline constexpr std::array kLayers = {
    Layer{"data/base", ""},
    Layer{"data/domain", "data/base"},
    Layer{"data/os", "data/base data/domain"},
    Layer{"data/crypto", "data/base data/domain"},
    Layer{"data/store", kBelowStore},
    Layer{"pdf/render", kBelowStore},
    Layer{"pdf/scan", "data/base data/domain data/os data/crypto pdf/render/sheet.h"},
    Layer{"sync/protocol", kBelowStore},
    Layer{"sync/client", "data sync/protocol"},
    Layer{"sync/platform", "data/base data/domain data/os data/crypto pdf sync/protocol"},
    Layer{"kiosk/devices", "data/base data/os pdf/scan"},
    Layer{"kiosk/desk", "data pdf kiosk/devices"},
    Layer{"kiosk/cli", "data pdf kiosk/desk kiosk/devices"},
    Layer{"kiosk/link", "data kiosk/desk sync/client"},
    Layer{"kiosk/ui", "data pdf kiosk/desk kiosk/devices"},
    Layer{"tests", "data pdf sync kiosk"},
};

// Foreign headers that begin so belong to these folders alone (and to tests).
struct Owner {
    std::string_view header;
    std::string_view folders;
};

inline constexpr std::array kOwners = {
    Owner{"wx/", "kiosk/ui"},
    Owner{"hpdf", "pdf/render"},
    Owner{"hb", "pdf/render"},
    Owner{"libdeflate", "pdf/render"},
    Owner{"ZXing/", "pdf/render pdf/scan"},
    Owner{"opencv2/", "pdf/scan"},
    Owner{"poppler", "pdf/scan"},
    Owner{"jpeglib", "pdf/scan"},
    Owner{"png.h", "pdf/scan"},
    Owner{"tiffio", "pdf/scan"},
    Owner{"linux/seccomp", "pdf/scan"},
    Owner{"openssl/", "data/crypto"},
    Owner{"argon2", "data/crypto"},
    Owner{"unicode/", "data/os"},
    Owner{"sqlite3", "data/store"},
    Owner{"SQLiteCpp/", "data/store"},
    Owner{"soci/", "sync/platform"},
    Owner{"boost/beast", "sync/platform"},
    Owner{"boost/asio", "sync/platform"},
    Owner{"kainjow/", "sync/platform"},
    Owner{"curl/", "sync/client"},
    Owner{"nlohmann/", "kiosk/cli kiosk/desk sync"},
    Owner{"CLI/", "kiosk/cli sync/platform"},
    Owner{"cups/", "kiosk/devices"},
    Owner{"xlsxwriter", "data/os"},
    Owner{"sane/", "kiosk/devices"},
};

// A pattern (ECMAScript, line by line, comments and literals blanked) and the folders where it may stand.
// In the folders of `if_marked` it may stand on a line whose comment says `lint: <rule>, why`.
struct Word {
    std::string_view rule;
    std::string_view pattern;
    std::string_view allowed;
    std::string_view if_marked;
    std::string_view says;
};

inline constexpr std::array kWords = {
    Word{"clock",
         R"(\bsystem_clock\b|\b(gettimeofday|clock_gettime)\b|(^|[^\w.>])time\s*\(\s*(0|NULL|nullptr|&))",
         "data/os tests", "kiosk/ui", "the time comes from data/os/clock.h and is passed in"},
    Word{"sleep", R"(\bsleep_(for|until)\b|(^|[^\w.>])(u|nano)?sleep\s*\()", "data/os tests", "kiosk/ui",
         "only data/os waits"},
    Word{"chance", R"(\brandom_device\b|(^|[^\w.>])s?rand\s*\()", "data/os tests", "kiosk/ui",
         "randomness comes from the Random seam"},
    Word{"print", R"(\bstd::(cout|cerr|clog)\b|(^|[^\w.>])printf\s*\()", "kiosk/cli sync/platform tests", "",
         "only the command line prints; others return values or log"},
    Word{"locale", R"(\bsetlocale\b|\bstd::locale\b|(^|[^\w.>])(localtime|strftime)(_r)?\s*\()", "tests",
         "kiosk/ui", "no function that depends on the locale"},
    Word{"name", R"(\b(class|struct|namespace)\s+\w*(Manager|Helper|Utils?|Impl|util|helpers?)\b)", "", "",
         "name what it is: no Manager, Helper, Util or Impl"},
};

// Words that leave work behind; looked for in comments.
inline constexpr std::string_view kLeftBehind = R"(\b(TODO|FIXME|XXX|HACK)\b)";

inline constexpr std::size_t kHeaderLines = 250;
inline constexpr std::size_t kSourceLines = 450;
inline constexpr std::size_t kTestLines = 500;

}  // namespace wq::lint
