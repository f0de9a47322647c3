// The QR codes of a picture, however it lies: their texts and where they stand. What a text means and whether
// its signature holds is the caller's.
#pragma once

#include "pdf/render/sheet.h"
#include "pdf/scan/modules.h"
#include "pdf/scan/picture.h"

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wq::scan {

// Outer corners of a symbol in pixels of the picture: upper left, upper right, lower right, lower left as the
// symbol itself has them.
using Corners = std::array<sheet::Point, 4>;

struct FoundCode {
    std::string text;
    Corners corners;
};

// A code that is there but could not be read.
struct MeasuredCode {
    Corners corners;
    SoftModules modules;
};

struct CodeSearch {
    // True for a text that the caller looks for; the search ends early with two of them.
    std::function<bool(std::string_view)> wanted = [](std::string_view) { return true; };
    int budget_ms = 400;  // for the late, dear tries; the first ones always run
};

// Those that anybody's reader would read at once.
std::vector<FoundCode> find_plain_codes(const Picture& picture, const CodeSearch& search = {});

// All that can be read. `unread` receives what was seen and not read.
std::vector<FoundCode> find_codes(const Picture& picture, const CodeSearch& search = {},
                                  std::vector<MeasuredCode>* unread = nullptr);

// The same within a part of the picture (pixels) where a code should stand.
std::vector<FoundCode> find_codes_in(const Picture& picture, const sheet::Box& part,
                                     const CodeSearch& search = {});

}  // namespace wq::scan
