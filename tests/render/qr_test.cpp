#include "pdf/render/qr.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using namespace wq::render;

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

BOOST_AUTO_TEST_CASE(refuses_characters_outside_the_alphanumeric_set) {
    for (const char* text : {"", "https://v", "ABC_", "网签"})
        BOOST_TEST(qr_symbol(text).error().code == "code_text_invalid");
}

BOOST_AUTO_TEST_CASE(refuses_a_text_that_needs_more_modules_than_allowed) {
    BOOST_TEST(qr_symbol(std::string(39, 'A'), 25).error().code == "code_text_too_long");
    BOOST_TEST(qr_symbol(std::string(5000, 'A')).error().code == "code_text_too_long");
}

BOOST_AUTO_TEST_SUITE_END()
