#include "pdf/scan/code_reader.h"

#include "pdf/scan/straighten.h"
#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>

using namespace wq;
using namespace wq::scan;

namespace {

bool has(const std::vector<FoundCode>& codes, std::string_view text) {
    return std::ranges::any_of(codes, [&](const FoundCode& code) { return code.text == text; });
}

bool has_one(const Picture& page, int number) {
    const auto codes = find_codes(page);
    const auto printed = paper::codes_of(number, 1);
    return has(codes, printed.upper) || has(codes, printed.lower);
}

bool has_both(const Picture& page, int number = 0) {
    const auto codes = find_codes(page);
    const auto printed = paper::codes_of(number, 1);
    return has(codes, printed.upper) && has(codes, printed.lower);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(code_reader)

BOOST_AUTO_TEST_CASE(both_codes_of_a_page_are_read_letter_by_letter) {
    for (double dpi : {150, 200, 300}) BOOST_TEST(has_both(paper::printed(0, dpi)), dpi);
}

BOOST_AUTO_TEST_CASE(a_grey_scan_at_150_dpi_is_read) {
    for (int number = 0; number < 5; ++number) {
        const Picture page = paper::stamped(number, 150);
        const double tilt = number * 0.8 - 1.6;
        BOOST_TEST(has_one(workshop::scanned(page, {.tilt = tilt, .grey = true}, 3), number), number);
    }
}

BOOST_AUTO_TEST_CASE(corners_are_where_the_symbol_is_printed) {
    const double per_mm = 200 / 25.4;
    const auto texts = paper::codes_of(0, 1);
    for (const FoundCode& code : find_codes(paper::printed())) {
        const sheet::Box box = code.text == texts.upper ? sheet::kUpperCode : sheet::kLowerCode;
        const sheet::Box symbol = sheet::symbol_in(box, symbol_modules(code.text.size()));
        BOOST_TEST(std::hypot(code.corners[0].x / per_mm - symbol.x, code.corners[0].y / per_mm - symbol.y) <
                   0.6);
        BOOST_TEST(std::hypot(code.corners[2].x / per_mm - symbol.right(),
                              code.corners[2].y / per_mm - symbol.bottom()) < 0.6);
    }
}

BOOST_AUTO_TEST_CASE(a_seal_across_a_code_does_not_hide_it) {
    for (int strength = 1; strength <= 5; ++strength)
        BOOST_TEST(has_both(workshop::damaged(paper::printed(), "seal", strength, 5)), strength);
}

BOOST_AUTO_TEST_CASE(moderate_damage_of_every_kind_leaves_a_code_readable) {
    for (std::string_view damage : workshop::damages())
        BOOST_TEST(!find_codes(workshop::damaged(paper::printed(), damage, 1, 5)).empty(), damage);
}

BOOST_AUTO_TEST_CASE(a_code_that_nobody_wants_does_not_end_the_search) {
    const std::string lower = paper::codes_of(0, 1).lower;
    CodeSearch search;
    search.wanted = [&](std::string_view text) { return text == lower; };
    BOOST_TEST(has(find_codes(paper::printed(), search), lower));
}

BOOST_AUTO_TEST_CASE(only_the_part_asked_for_is_read) {
    const auto texts = paper::codes_of(0, 1);
    const auto codes = find_codes_in(paper::printed(), {1100, 0, 554, 500});
    BOOST_TEST(has(codes, texts.upper));
    BOOST_TEST(!has(codes, texts.lower));
}

BOOST_AUTO_TEST_CASE(pictures_without_codes_have_none) {
    BOOST_TEST(find_codes({}).empty());
    BOOST_TEST(find_codes({1, 1, Bytes(3, 255)}).empty());
    BOOST_TEST(find_codes({3000, 20, Bytes(3000 * 20 * 3, 200)}).empty());
    BOOST_TEST(find_codes({800, 1100, Bytes(800 * 1100 * 3, 255)}).empty());
    BOOST_TEST(find_codes_in(paper::printed(), {-500, -500, 300, 300}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
