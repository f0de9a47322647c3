#include "pdf/scan/mat.h"
#include "pdf/scan/page_reading.h"
#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

using namespace wq;
using namespace wq::scan;

namespace {

const cv::Scalar kRed(40, 40, 210);

Picture upright(double dpi = 150) { return paper::printed(0, dpi); }

cv::Point pixel(const Picture& page, sheet::Point mm) {
    const double per_mm = page.width / sheet::kWidth;
    return {static_cast<int>(mm.x * per_mm), static_cast<int>(mm.y * per_mm)};
}

bool is_at(const Seal& seal, sheet::Point mm) {
    return std::hypot(seal.centre.x - mm.x, seal.centre.y - mm.y) < 1.5;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(seals)

BOOST_AUTO_TEST_CASE(a_page_without_seals_has_none) {
    BOOST_TEST(find_seals(upright()).empty());
    Picture page = upright();
    workshop::sign(page, {80, 200, 50, 30}, 4);
    BOOST_TEST(find_seals(page).empty());
}

BOOST_AUTO_TEST_CASE(a_seal_is_found_with_place_and_size) {
    for (double diameter : {38, 42, 45, 58}) {
        Picture page = upright();
        workshop::press_seal(page, {50, 212}, {.diameter = diameter, .tilt = 12}, 3);
        const auto found = find_seals(page);
        BOOST_TEST_REQUIRE(found.size() == 1u, diameter);
        BOOST_TEST(is_at(found[0], {50, 212}), diameter);
        BOOST_TEST(std::abs(found[0].width - diameter) < 2.5);
        BOOST_TEST(std::abs(found[0].height - diameter) < 2.5);
    }
}

BOOST_AUTO_TEST_CASE(faint_seals_are_found_on_turned_scans_and_photos) {
    for (int turns = 0; turns < 4; ++turns) {
        Picture page = paper::printed();
        workshop::press_seal(page, {46, 214}, {.strength = 0.45}, 5);
        const auto scan = read_page(workshop::scanned(page, {.tilt = -1.4, .turns = turns}, 6));
        BOOST_TEST_REQUIRE(scan.seals.size() == 1u, turns);
        BOOST_TEST(is_at(scan.seals[0], {46, 214}));
        BOOST_TEST(read_page(workshop::photographed(page, 3, 7)).seals.size() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(each_party_has_its_own_seal) {
    const auto found = read_page(workshop::scanned(paper::stamped(), {.tilt = 0.7}, 8)).seals;
    BOOST_TEST_REQUIRE(found.size() == 2u);
    const bool employer_first = found[0].centre.x < found[1].centre.x;
    BOOST_TEST(is_at(found[employer_first ? 0 : 1], {46, 215}));
    BOOST_TEST(is_at(found[employer_first ? 1 : 0], {164, 216}));
}

BOOST_AUTO_TEST_CASE(an_oval_seal_is_found_by_both_its_sides) {
    Picture page = upright();
    workshop::press_seal(page, {50, 212}, {}, 3);
    cv::Mat flat = view_of(page).clone(), squeezed;
    cv::resize(flat, squeezed, {}, 1, 0.7);
    view_of(page).setTo(cv::Scalar::all(255));
    squeezed.copyTo(view_of(page)(cv::Rect({0, 0}, squeezed.size())));
    const auto found = find_seals(page);
    BOOST_TEST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].width / found[0].height == 1 / 0.7, boost::test_tools::tolerance(0.08));
}

BOOST_AUTO_TEST_CASE(red_lines_strokes_and_patches_are_no_seals) {
    Picture page = upright();
    cv::Mat mat = view_of(page);
    cv::line(mat, pixel(page, {20, 150}), pixel(page, {190, 150}), kRed, 6);
    cv::line(mat, pixel(page, {20, 200}), pixel(page, {70, 240}), kRed, 8);
    cv::rectangle(mat, pixel(page, {120, 60}), pixel(page, {160, 72}), kRed, cv::FILLED);
    cv::circle(mat, pixel(page, {100, 100}), 30, kRed, 4);  // 10 mm: a red mark, not a seal
    BOOST_TEST(find_seals(page).empty());
}

BOOST_AUTO_TEST_CASE(a_reddish_sheet_is_no_seal_and_hides_none) {
    Picture page = upright();
    workshop::press_seal(page, {46, 214}, {}, 5);
    cv::Mat mat = view_of(page);
    cv::multiply(mat, cv::Scalar(0.86, 0.9, 1), mat);
    const auto found = find_seals(page);
    BOOST_TEST_REQUIRE(found.size() == 1u);
    BOOST_TEST(is_at(found[0], {46, 214}));
}

BOOST_AUTO_TEST_CASE(a_grey_copy_of_a_seal_is_no_seal) {
    const auto reading = read_page(workshop::scanned(paper::stamped(), {.grey = true}, 9));
    BOOST_TEST(reading.placement.has_value());
    BOOST_TEST(reading.seals.empty());
}

BOOST_AUTO_TEST_SUITE_END()
