#include "pdf/render/agreement.h"

#include <cmath>
#include <utility>

namespace wq::render {
namespace {

int largest_symbol(Box box) {
    return static_cast<int>(std::floor(box.width / sheet::kSmallestModule)) - 2 * sheet::kQuietModules;
}

Result<void> add_code(Drawing& page, Box box, const std::string& text) {
    auto symbol = qr_symbol(text, largest_symbol(box));
    if (!symbol) return tl::make_unexpected(symbol.error());
    page.add(Code{box, std::move(*symbol)});
    return {};
}

}  // namespace

Result<Bytes> print(const Press& press, Sheets sheets, std::span<const PageCodes> codes) {
    if (codes.size() != sheets.pages.size())
        return refuse("codes_missing", {{"pages", std::to_string(sheets.pages.size())},
                                        {"codes", std::to_string(codes.size())}});
    for (std::size_t i = 0; i < codes.size(); ++i) {
        for (const auto& [box, text] :
             {std::pair(sheet::kUpperCode, codes[i].upper), std::pair(sheet::kLowerCode, codes[i].lower)})
            if (auto added = add_code(sheets.pages[i], box, text); !added)
                return tl::make_unexpected(added.error());
    }
    return press.print(sheets);
}

}  // namespace wq::render
