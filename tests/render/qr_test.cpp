#include "pdf/render/qr.h"

#include <ZXing/ReadBarcode.h>
#include <boost/test/unit_test.hpp>

using namespace wq;
using namespace wq::render;

namespace {

// By ZXing, from a picture with three pixels to a module and a quiet zone.
std::string read_back(const QrSymbol& symbol) {
    constexpr int kScale = 3;
    const int side = (symbol.side + 8) * kScale;
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(side * side), 255);
    for (int y = 0; y < symbol.side * kScale; ++y)
        for (int x = 0; x < symbol.side * kScale; ++x)
            if (symbol.dark(x / kScale, y / kScale))
                pixels[static_cast<std::size_t>((y + 4 * kScale) * side + x + 4 * kScale)] = 0;
    const auto result =
        ZXing::ReadBarcode({pixels.data(), side, side, ZXing::ImageFormat::Lum},
                           ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setIsPure(true));
    const auto bytes = result.bytes();
    return {bytes.begin(), bytes.end()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(qr)

// ISO/IEC 18004, table 7: characters that version 1 and 2 hold in alphanumeric mode at level M.
BOOST_AUTO_TEST_CASE(takes_the_smallest_version_of_level_m_in_alphanumeric_mode) {
    BOOST_TEST(qr_symbol(std::string(20, 'A'))->side == 21);
    BOOST_TEST(qr_symbol(std::string(21, 'A'))->side == 25);
    BOOST_TEST(qr_symbol(std::string(38, 'A'))->side == 25);
    BOOST_TEST(qr_symbol(std::string(39, 'A'))->side == 29);
}

BOOST_AUTO_TEST_CASE(has_finder_patterns_in_three_corners) {
    const QrSymbol symbol = *qr_symbol("HTTPS://V.EXAMPLE.CN/V/7K2M");
    const int last = symbol.side - 1;
    BOOST_TEST((symbol.dark(0, 0) && symbol.dark(last, 0) && symbol.dark(0, last) && symbol.dark(3, 3)));
    BOOST_TEST((!symbol.dark(1, 1) && !symbol.dark(7, 7)));
}

BOOST_AUTO_TEST_CASE(every_version_is_read_back_by_a_foreign_decoder) {
    int last_side = 0;
    for (std::size_t length = 1; last_side < 177; length += 1 + length / 32) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i)
            text += "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[(i * 31 + length) % 45];
        const QrSymbol symbol = *qr_symbol(text);
        BOOST_TEST(read_back(symbol) == text, length);
        last_side = symbol.side;
    }
}

BOOST_AUTO_TEST_CASE(refuses_characters_outside_the_alphanumeric_set) {
    for (const char* text : {"", "https://v", "ABC_", "网签"})
        BOOST_TEST(qr_symbol(text).error().code == "code_text_invalid");
}

BOOST_AUTO_TEST_CASE(refuses_a_text_that_needs_more_modules_than_allowed) {
    BOOST_TEST(qr_symbol(std::string(39, 'A'), 25).error().code == "code_text_too_long");
    BOOST_TEST(qr_symbol(std::string(5000, 'A')).error().code == "code_text_too_long");
}

BOOST_AUTO_TEST_SUITE_END()
