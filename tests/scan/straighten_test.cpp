#include "pdf/scan/straighten.h"

#include "pdf/scan/mat.h"
#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

using namespace wq;
using namespace wq::scan;

namespace {

// How far (mm, at the worst of the sheet's corners and middle) the placement is from the truth.
double worst_error(const Placement& placement, const cv::Mat& truth) {
    double worst = 0;
    for (const sheet::Point mm : {sheet::Point{0, 0}, {210, 0}, {210, 297}, {0, 297}, {105, 148}}) {
        std::vector<cv::Point2d> at = {{mm.x, mm.y}}, there;
        cv::perspectiveTransform(at, there, truth);
        const sheet::Point found = placement.in_picture(mm);
        worst = std::max(worst, std::hypot(found.x - there[0].x, found.y - there[0].y));
    }
    return worst / placement.resolution();
}

struct Moved {
    Picture picture;
    cv::Mat truth;  // sheet (mm) -> picture
};

// The printed page laid where `corners` are: of the sheet, from its upper left clockwise, in pixels.
Moved moved(const Picture& page, const std::vector<cv::Point2f>& corners, cv::Size size) {
    const auto width = static_cast<float>(page.width), height = static_cast<float>(page.height);
    const cv::Mat from_pixels = cv::getPerspectiveTransform(
        std::vector<cv::Point2f>{{0, 0}, {width, 0}, {width, height}, {0, height}}, corners);
    const cv::Mat from_mm = cv::getPerspectiveTransform(
        std::vector<cv::Point2f>{{0, 0}, {210, 0}, {210, 297}, {0, 297}}, corners);
    cv::Mat laid;
    cv::warpPerspective(view_of(page), laid, from_pixels, size, cv::INTER_AREA, cv::BORDER_CONSTANT,
                        cv::Scalar(90, 110, 130));
    return {picture_of(laid), from_mm};
}

Picture without(Picture page, const std::vector<sheet::Box>& boxes) {
    const double per_mm = page.width / sheet::kWidth;
    for (const sheet::Box& box : boxes)
        cv::rectangle(view_of(page),
                      cv::Rect2d(box.x * per_mm, box.y * per_mm, box.width * per_mm, box.height * per_mm),
                      cv::Scalar::all(255), cv::FILLED);
    return page;
}

std::optional<Placement> placed(const Picture& picture) { return place_page(picture, find_codes(picture)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(straighten)

BOOST_AUTO_TEST_CASE(every_rotation_is_placed_by_all_marks_to_a_third_of_a_millimetre) {
    const Picture page = paper::printed();
    for (int degrees = 0; degrees < 360; degrees += 30) {
        std::vector<cv::Point2f> corners;
        for (const auto& [x, y] : {std::pair{-827., -1170.}, {827., -1170.}, {827., 1170.}, {-827., 1170.}}) {
            const double turn = degrees * CV_PI / 180;
            corners.emplace_back(1500 + x * std::cos(turn) - y * std::sin(turn),
                                 1500 + x * std::sin(turn) + y * std::cos(turn));
        }
        const Moved it = moved(page, corners, {3000, 3000});
        const auto placement = placed(it.picture);
        BOOST_TEST_REQUIRE(placement.has_value(), degrees);
        BOOST_TEST(placement->marks == 3, degrees);
        BOOST_TEST(worst_error(*placement, it.truth) < 0.33,
                   degrees << " degrees, off by " << worst_error(*placement, it.truth));
    }
}

BOOST_AUTO_TEST_CASE(a_page_seen_from_the_side_is_placed) {
    const Moved it =
        moved(paper::printed(), {{260, 180}, {1500, 240}, {1690, 2300}, {90, 2200}}, {1800, 2500});
    const auto placement = placed(it.picture);
    BOOST_TEST_REQUIRE(placement.has_value());
    BOOST_TEST(placement->marks == 3);
    BOOST_TEST(worst_error(*placement, it.truth) < 0.33);
}

BOOST_AUTO_TEST_CASE(one_code_is_enough_when_the_other_is_lost) {
    for (const sheet::Box& lost : {sheet::kUpperCode, sheet::kLowerCode}) {
        const Moved it = moved(without(paper::printed(), {lost}),
                               {{60, 20}, {1700, 50}, {1660, 2380}, {20, 2350}}, {1750, 2450});
        const auto placement = placed(it.picture);
        BOOST_TEST_REQUIRE(placement.has_value());
        BOOST_TEST((placement->codes == 1 && placement->marks == 3));
        BOOST_TEST(worst_error(*placement, it.truth) < 0.5);
    }
}

BOOST_AUTO_TEST_CASE(codes_alone_place_a_page_whose_marks_are_lost) {
    std::vector<sheet::Box> marks;
    for (const sheet::Point& at : sheet::kMarks) marks.push_back({at.x - 4, at.y - 4, 8, 8});
    const auto placement = placed(without(paper::printed(), marks));
    BOOST_TEST_REQUIRE(placement.has_value());
    BOOST_TEST((placement->marks == 0 && placement->codes == 2));
    const cv::Mat truth = (cv::Mat_<double>(3, 3) << 200 / 25.4, 0, 0, 0, 200 / 25.4, 0, 0, 0, 1);
    BOOST_TEST(worst_error(*placement, truth) < 3);
}

BOOST_AUTO_TEST_CASE(resolution_is_in_pixels_for_a_millimetre) {
    for (double dpi : {150, 300}) {
        const auto placement = placed(paper::printed(0, dpi));
        BOOST_TEST_REQUIRE(placement.has_value());
        BOOST_TEST(placement->resolution() == dpi / 25.4, boost::test_tools::tolerance(0.01));
    }
}

BOOST_AUTO_TEST_CASE(the_upright_page_is_a_whole_sheet) {
    const Picture page = workshop::scanned(paper::printed(), {.tilt = 1.5, .turns = 1}, 4);
    const Picture upright = upright_page(page, *placed(page), 100);
    BOOST_TEST((upright.width == 827 && upright.height == 1169));
    cv::Mat difference;
    const Picture original = paper::printed(0, 100);
    const cv::Mat printed = view_of(original);
    cv::absdiff(view_of(upright), printed(cv::Rect(0, 0, 827, 1169)), difference);
    BOOST_TEST(cv::mean(difference)[1] < 8);
}

BOOST_AUTO_TEST_CASE(nothing_is_placed_without_codes_or_in_a_mirror) {
    BOOST_TEST(!place_page(paper::printed(), {}).has_value());
    std::vector<FoundCode> codes = find_codes(paper::printed());
    BOOST_TEST_REQUIRE(codes.size() == 2u);
    for (FoundCode& code : codes) std::swap(code.corners[1], code.corners[3]);
    BOOST_TEST(!place_page(paper::printed(), codes).has_value());
}

BOOST_AUTO_TEST_CASE(a_symbol_has_as_many_modules_as_its_text_needs) {
    BOOST_TEST(symbol_modules(1) == 21);
    BOOST_TEST(symbol_modules(20) == 21);
    BOOST_TEST(symbol_modules(21) == 25);
    BOOST_TEST(symbol_modules(366) == 61);
}

BOOST_AUTO_TEST_SUITE_END()
