#include "pdf/render/agreement.h"
#include "pdf/render/text_layout.h"

#include <cmath>
#include <utility>

namespace wq::render {
namespace {

constexpr Style kByHand{Face::kai, 8.5};

int largest_symbol(Box box) {
    return static_cast<int>(std::floor(box.width / sheet::kSmallestModule)) - 2 * sheet::kQuietModules;
}

// Symbols of the texts seen so far: a page's two codes are often alike.
class Symbols {
  public:
    Result<QrSymbol> of(const std::string& text, Box box) {
        const int largest = largest_symbol(box);
        if (text == text_ && symbol_.side <= largest) return symbol_;
        auto made = qr_symbol(text, largest);
        if (made) text_ = text, symbol_ = *made;
        return made;
    }

  private:
    std::string text_;
    QrSymbol symbol_;
};

}  // namespace

Result<Bytes> print(const Press& press, Sheets sheets, std::span<const PageCodes> codes) {
    if (codes.size() != sheets.pages.size())
        return refuse("codes_missing", {{"pages", std::to_string(sheets.pages.size())},
                                        {"codes", std::to_string(codes.size())}});
    Symbols symbols;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        for (const auto& [box, text] :
             {std::pair(sheet::kUpperCode, codes[i].upper), std::pair(sheet::kLowerCode, codes[i].lower)}) {
            auto symbol = symbols.of(text, box);
            if (!symbol) return tl::make_unexpected(symbol.error());
            sheets.pages[i].add(Code{box, std::move(*symbol)});
        }
        for (Point at : {sheet::kUpperHandCode, sheet::kLowerHandCode})
            add_text(sheets.pages[i], press.fonts(), at, kByHand, codes[i].by_hand, Align::centre, 0.15);
    }
    return press.print(sheets);
}

}  // namespace wq::render
