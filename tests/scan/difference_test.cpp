#include "pdf/scan/mat.h"
#include "pdf/scan/page_reading.h"
#include "pdf/scan/raster.h"
#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>

using namespace wq;
using namespace wq::scan;

namespace {

Comparison compared(const Picture& returned, const Bytes& issued = paper::issued(), int page = 1) {
    const auto result = issued_page(issued, page).and_then([&](const IssuedPage& ready) {
        return compare_page(read_page(returned), ready, paper::signing_areas());
    });
    BOOST_TEST_REQUIRE(result.has_value());
    return *result;
}

std::vector<Change> changes_of(const Picture& returned, const Bytes& issued = paper::issued(), int page = 1) {
    return compared(returned, issued, page).changes;
}

Picture returned(const Picture& page, std::uint64_t seed) {
    return workshop::scanned(page, {.tilt = 0.9, .turns = 2, .noise = 2}, seed);
}

bool has(const std::vector<Change>& changes, Change::What what, sheet::Point mm) {
    return std::ranges::any_of(changes, [&](const Change& it) {
        return it.what == what && mm.x >= it.box.x - 1 && mm.x <= it.box.right() + 1 &&
               mm.y >= it.box.y - 1 && mm.y <= it.box.bottom() + 1;
    });
}

void stroke(Picture& page, sheet::Point from, sheet::Point to, const cv::Scalar& colour) {
    const double per_mm = page.width / sheet::kWidth;
    cv::line(view_of(page), cv::Point2d(from.x * per_mm, from.y * per_mm),
             cv::Point2d(to.x * per_mm, to.y * per_mm), colour, static_cast<int>(0.6 * per_mm), cv::LINE_AA);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(difference)

BOOST_AUTO_TEST_CASE(a_page_as_issued_is_accused_of_nothing) {
    BOOST_TEST(changes_of(paper::printed()).empty());
    for (int turns = 0; turns < 4; ++turns)
        BOOST_TEST(changes_of(workshop::scanned(paper::printed(), {.tilt = 1.3 - turns, .turns = turns}, 2))
                       .empty());
    BOOST_TEST(
        changes_of(workshop::scanned(paper::printed(0, 200, 2), {.tilt = 1}, 3), paper::issued(), 2).empty());
}

BOOST_AUTO_TEST_CASE(seals_and_signatures_in_their_places_are_no_change) {
    for (int number = 0; number < 4; ++number)
        BOOST_TEST(
            changes_of(workshop::scanned(paper::stamped(number), {.tilt = -0.8}, 4), paper::issued(number))
                .empty());
}

BOOST_AUTO_TEST_CASE(moderately_bad_pictures_are_accused_of_nothing) {
    for (int strength : {1, 2, 3, 4})
        BOOST_TEST(changes_of(workshop::photographed(paper::stamped(), strength, 5)).empty(), strength);
    BOOST_TEST(changes_of(workshop::scanned(paper::stamped(0, 150), {.tilt = 1, .grey = false}, 6)).empty());
    for (std::string_view damage : {"noise", "blur", "jpeg", "low_resolution", "light"})
        BOOST_TEST(changes_of(workshop::damaged(paper::stamped(), damage, 3, 7)).empty(), damage);
}

BOOST_AUTO_TEST_CASE(one_replaced_digit_is_found) {
    for (char digit = '1'; digit <= '9'; ++digit)
        for (double dpi : {150, 200, 300}) {
            const auto changes = changes_of(returned(paper::forged(digit, dpi), 11));
            BOOST_TEST_CONTEXT("digit " << digit << " at " << dpi << " dpi") {
                BOOST_TEST(!changes.empty());
                for (const Change& change : changes)
                    BOOST_TEST((change.box.width < 5 && change.box.height < 5));
            }
        }
}

BOOST_AUTO_TEST_CASE(words_added_and_words_removed_are_told_apart) {
    Picture more = paper::printed(), fewer = more;
    workshop::alter(more, {120, 178, 20, 4}, "另议");
    workshop::alter(fewer, {40, 8, 60, 30}, "");
    BOOST_TEST(has(changes_of(returned(more, 13)), Change::What::added, {124, 180}));
    const auto removed = changes_of(returned(fewer, 14));
    BOOST_TEST(!removed.empty());
    for (const Change& change : removed) BOOST_TEST((change.what == Change::What::removed));
}

BOOST_AUTO_TEST_CASE(a_black_stroke_outside_the_signing_places_is_found_where_it_is) {
    Picture page = paper::stamped();
    stroke(page, {110, 178}, {125, 181}, cv::Scalar::all(20));
    BOOST_TEST(
        has(changes_of(workshop::scanned(page, {.tilt = 1.1}, 15)), Change::What::added, {117, 179.5}));
}

BOOST_AUTO_TEST_CASE(bent_paper_is_accused_of_nothing_and_a_character_on_it_is_still_found) {
    for (int strength : {1, 2}) {
        BOOST_TEST(compared(workshop::damaged(paper::stamped(), "crumple", strength, 17)).is_same(),
                   strength);
        BOOST_TEST(!changes_of(workshop::damaged(paper::replaced(3), "crumple", strength, 17)).empty(),
                   strength);
    }
}

BOOST_AUTO_TEST_CASE(where_nobody_can_tell_the_page_is_neither_accused_nor_called_the_same) {
    for (const auto& [damage, strength] : {std::pair("crumple", 5), {"cut", 3}, {"photocopy", 5}}) {
        const Comparison unaltered = compared(workshop::damaged(paper::stamped(), damage, strength, 18));
        BOOST_TEST(unaltered.changes.empty(), damage);
        BOOST_TEST(!unaltered.unsure.empty(), damage);
        BOOST_TEST(!compared(workshop::damaged(paper::replaced(3), damage, strength, 18)).is_same(), damage);
    }
}

BOOST_AUTO_TEST_CASE(dust_on_the_glass_is_no_change_and_hides_none) {
    for (int strength = 1; strength <= 5; ++strength) {
        BOOST_TEST(compared(workshop::damaged(paper::stamped(), "streaks", strength, 19)).is_same(),
                   strength);
        BOOST_TEST(!changes_of(workshop::damaged(paper::replaced(3), "streaks", strength, 19)).empty(),
                   strength);
    }
}

BOOST_AUTO_TEST_CASE(red_ink_is_no_change_anywhere) {
    Picture page = paper::printed();
    stroke(page, {110, 178}, {125, 181}, cv::Scalar(30, 30, 215));
    workshop::press_seal(page, {150, 140}, {}, 16);
    BOOST_TEST(changes_of(page).empty());
}

BOOST_AUTO_TEST_SUITE_END()
