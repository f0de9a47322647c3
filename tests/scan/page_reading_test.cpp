#include "pdf/scan/page_reading.h"

#include "pdf/scan/page_image.h"
#include "pdf/scan/raster.h"
#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace wq;
using namespace wq::scan;

namespace {

// As it comes from a scanner or a telephone: through a file.
PageReading from_file(const Picture& picture, const CodeSearch& search = {}) {
    return read_page(read_pictures(to_jpeg(picture))->at(0), search);
}

bool has_code(const PageReading& reading, const render::PageCodes& codes) {
    return std::ranges::any_of(reading.codes, [&](const FoundCode& code) {
        return code.text == codes.upper || code.text == codes.lower;
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page_reading)

BOOST_AUTO_TEST_CASE(a_stamped_page_comes_back_in_every_rotation) {
    for (int turns = 0; turns < 4; ++turns)
        for (double tilt : {-2.5, 0.0, 2.5}) {
            const auto reading =
                from_file(workshop::scanned(paper::stamped(), {.tilt = tilt, .turns = turns}, 3));
            BOOST_TEST(has_code(reading, paper::codes_of(0, 1)));
            BOOST_TEST_REQUIRE(reading.placement.has_value());
            BOOST_TEST(reading.seals.size() == 2u);
            BOOST_TEST((reading.upright.width == 1240 && reading.upright.height == 1754));
        }
}

BOOST_AUTO_TEST_CASE(a_photo_on_a_desk_is_read_and_measured) {
    for (int strength : {1, 2, 3, 4}) {
        const auto reading = from_file(workshop::photographed(paper::stamped(1), strength, 9));
        BOOST_TEST(has_code(reading, paper::codes_of(1, 1)), strength);
        BOOST_TEST_REQUIRE(reading.placement.has_value());
        BOOST_TEST(reading.placement->marks == 3);
        BOOST_TEST(reading.seals.size() == 2u);
    }
}

BOOST_AUTO_TEST_CASE(a_grey_scan_at_150_dpi_is_read) {
    const auto reading =
        from_file(workshop::scanned(paper::printed(0, 150, 2), {.tilt = 0.6, .turns = 2, .grey = true}, 7));
    BOOST_TEST(has_code(reading, paper::codes_of(0, 2)));
    BOOST_TEST(reading.quality.faults.empty());
}

BOOST_AUTO_TEST_CASE(the_second_code_is_found_by_the_first_ones_place) {
    const Picture page = workshop::damaged(paper::stamped(), "pen", 3, 5);
    BOOST_TEST(from_file(page).codes.size() == 2u);
}

BOOST_AUTO_TEST_CASE(only_wanted_codes_are_told) {
    const std::string lower = paper::codes_of(0, 1).lower;
    CodeSearch search;
    search.wanted = [&](std::string_view text) { return text == lower; };
    const auto reading = from_file(paper::printed(), search);
    BOOST_TEST_REQUIRE(reading.codes.size() == 1u);
    BOOST_TEST(reading.codes[0].text == lower);
    search.wanted = [](std::string_view) { return false; };
    BOOST_TEST(!from_file(paper::printed(), search).placement.has_value());
}

BOOST_AUTO_TEST_CASE(a_picture_without_a_page_is_a_reading_without_codes) {
    for (const Picture& picture :
         {Picture{}, Picture{10, 10, Bytes(300, 9)}, Picture{900, 700, Bytes(900 * 700 * 3, 244)}}) {
        const PageReading reading = read_page(picture);
        BOOST_TEST((reading.codes.empty() && !reading.placement && reading.upright.is_empty()));
    }
}

BOOST_AUTO_TEST_CASE(two_pages_in_one_picture_are_two_readings) {
    for (int strength = 1; strength <= 3; ++strength) {
        const auto readings =
            read_pages(workshop::side_by_side(paper::stamped(), paper::printed(0, 200, 2), strength, 21));
        BOOST_TEST_REQUIRE(readings.size() == 2u, strength);
        for (int page : {1, 2})
            BOOST_TEST(std::ranges::count_if(readings, [&](const PageReading& reading) {
                           return has_code(reading, paper::codes_of(0, page)) &&
                                  reading.placement->marks == 3;
                       }) == 1);
    }
    BOOST_TEST(read_pages(workshop::photographed(paper::stamped(), 3, 22)).size() == 1u);
    BOOST_TEST(read_pages({10, 10, Bytes(300, 9)}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_compared_is_refused) {
    const auto code = [](const Picture& picture, ByteView pdf, int page) -> std::string {
        const auto changes = issued_page(pdf, page).and_then(
            [&](const IssuedPage& issued) { return compare_page(read_page(picture), issued, {}); });
        return changes ? "" : changes.error().code;
    };
    const Picture page = paper::printed();
    BOOST_TEST(code({10, 10, Bytes(300, 9)}, paper::issued(), 1) == "page_not_placed");
    const ByteView broken = bytes_of("%PDF-1.4 nothing");
    BOOST_TEST(code(page, broken, 1) == "picture_cut_short");
    BOOST_TEST(code(page, paper::issued(), 3) == "page_missing");
    BOOST_TEST(code(page, paper::issued(), 0) == "page_missing");
}

BOOST_AUTO_TEST_CASE(a_document_shows_its_pages_at_any_resolution) {
    const auto document = Document::open(paper::issued());
    BOOST_TEST_REQUIRE(document.has_value());
    BOOST_TEST(document->pages() == 2);
    const auto page = document->raster(2, 72);
    BOOST_TEST_REQUIRE(page.has_value());
    BOOST_TEST((std::abs(page->width - 595) <= 1 && std::abs(page->height - 842) <= 1));
    BOOST_TEST(document->raster(1, 1200).error().code == "picture_too_large");
    BOOST_TEST(Document::open(bytes_of("hello")).error().code == "picture_damaged");
}

BOOST_AUTO_TEST_SUITE_END()
