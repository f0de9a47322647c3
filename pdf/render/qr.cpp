#include "pdf/render/qr.h"

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <algorithm>
#include <exception>

namespace wq::render {
namespace {

constexpr std::string_view kAlphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
constexpr int kLevelM = 4;  // of the writer's scale 0–8

}  // namespace

Result<QrSymbol> qr_symbol(std::string_view text, int largest_side) {
    if (text.empty() || text.find_first_not_of(kAlphanumeric) != std::string_view::npos)
        return refuse("code_text_invalid");
    const auto too_long = [&] {
        return refuse("code_text_too_long",
                      {{"length", std::to_string(text.size())}, {"limit", std::to_string(largest_side)}});
    };
    QrSymbol symbol;
    try {
        const auto matrix = ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode)
                                .setEccLevel(kLevelM)
                                .setMargin(0)
                                .encode(std::wstring(text.begin(), text.end()), 0, 0);
        symbol.side = matrix.width();
        for (int y = 0; y < symbol.side; ++y)
            for (int x = 0; x < symbol.side; ++x) symbol.modules.push_back(matrix.get(x, y));
    } catch (const std::exception&) {  // beyond version 40
        return too_long();
    }
    if (symbol.side > largest_side) return too_long();
    return symbol;
}

}  // namespace wq::render
