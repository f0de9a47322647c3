#include "pdf/scan/mat.h"
#include "pdf/scan/page_reading.h"
#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>

using namespace wq;
using namespace wq::scan;

namespace {

// The quality's faults, joined by blanks; "unread" where the page could not be placed.
std::string faults_of(const Picture& picture) {
    const PageReading reading = read_page(picture);
    if (!reading.placement) return "unread";
    std::string faults;
    for (const std::string& fault : reading.quality.faults) faults += (faults.empty() ? "" : " ") + fault;
    return faults;
}

// Every value v becomes v * gain + offset.
Picture exposed(const Picture& page, double gain, double offset) {
    const cv::Mat mat = view_of(page);
    cv::Mat changed;
    mat.convertTo(changed, CV_8U, gain, offset);
    return picture_of(changed);
}

Picture blurred(const Picture& page, double sigma) {
    cv::Mat soft;
    cv::GaussianBlur(view_of(page), soft, {}, sigma);
    return picture_of(soft);
}

Picture part(const Picture& page, cv::Rect rect) { return picture_of(view_of(page)(rect).clone()); }

}  // namespace

BOOST_AUTO_TEST_SUITE(quality)

BOOST_AUTO_TEST_CASE(good_scans_and_photos_have_no_fault) {
    for (double dpi : {150, 200, 300})
        BOOST_TEST(faults_of(workshop::scanned(paper::stamped(0, dpi), {.tilt = 1}, 1)) == "", dpi);
    for (int strength : {1, 2, 3})
        BOOST_TEST(faults_of(workshop::photographed(paper::stamped(), strength, 2)) == "", strength);
}

BOOST_AUTO_TEST_CASE(a_blurred_page_is_told_so) {
    BOOST_TEST(faults_of(blurred(paper::printed(), 2.4)) == "blurred");
}

BOOST_AUTO_TEST_CASE(sharpness_falls_with_blur) {
    double last = 1.1;
    for (double sigma : {0.5, 1.0, 1.5, 2.0}) {
        const double sharpness = read_page(blurred(paper::printed(), sigma)).quality.sharpness;
        BOOST_TEST(sharpness < last, sigma);
        last = sharpness;
    }
}

BOOST_AUTO_TEST_CASE(a_dark_page_is_told_so) {
    BOOST_TEST(faults_of(exposed(paper::printed(), 0.3, 0)) == "too_dark");
}

BOOST_AUTO_TEST_CASE(a_washed_out_page_is_told_so) {
    BOOST_TEST(faults_of(exposed(paper::printed(), 0.15, 217)) == "too_bright");
}

BOOST_AUTO_TEST_CASE(a_shadow_over_half_the_page_is_told_so) {
    Picture page = paper::printed();
    const cv::Mat half = view_of(page)(cv::Rect(page.width / 2, 0, page.width - page.width / 2, page.height));
    half *= 0.35;
    BOOST_TEST(faults_of(page) == "uneven_light");
}

BOOST_AUTO_TEST_CASE(a_page_cut_off_is_told_so_before_all_else) {
    const Picture page = blurred(paper::printed(), 2.1);
    BOOST_TEST(faults_of(part(page, {0, 0, page.width, page.height - 300})) == "cut_off blurred");
    const Picture side = part(paper::printed(), {140, 0, 1500, 2338});
    BOOST_TEST(faults_of(side) == "cut_off");
    BOOST_TEST(read_page(side).quality.corners_outside == 2);
}

BOOST_AUTO_TEST_CASE(a_margin_that_holds_nothing_may_be_cut_off) {
    const Picture page = paper::printed();
    BOOST_TEST(faults_of(part(page, {30, 30, page.width - 60, page.height - 60})) == "");
}

BOOST_AUTO_TEST_CASE(a_coarse_page_is_told_so) {
    const std::string faults = faults_of(workshop::damaged(paper::printed(), "low_resolution", 5, 1));
    BOOST_TEST(faults == "resolution_low");
}

BOOST_AUTO_TEST_CASE(a_page_printed_smaller_or_larger_is_told_so) {
    for (double size : {0.94, 0.97, 1.0, 1.03}) {
        const Picture page = paper::printed();
        const double x = page.width * (1 - size) / 2, y = page.height * (1 - size) / 2;
        const cv::Matx23d fitted(size, 0, x, 0, size, y);
        cv::Mat made;
        cv::warpAffine(view_of(page), made, fitted, view_of(page).size(), cv::INTER_AREA, cv::BORDER_CONSTANT,
                       cv::Scalar::all(255));
        const Picture scan = workshop::scanned(picture_of(made), {.tilt = 0.6, .turns = 1}, 3);
        BOOST_TEST(read_page(scan).quality.scale == size, boost::test_tools::tolerance(0.004));
        BOOST_TEST(faults_of(scan) == (size == 1 ? "" : "not_full_size"), size);
    }
}

BOOST_AUTO_TEST_CASE(where_the_pictures_own_scale_is_unknown_no_size_is_blamed) {
    Picture photo = workshop::photographed(paper::printed(), 2, 4);
    BOOST_TEST(read_page(photo).quality.scale == 0);
    const Picture whole = paper::printed();
    Picture page = part(whole, {0, 0, 1620, whole.height});
    BOOST_TEST(read_page(page).quality.scale == 0);
    page.dpi = 200;
    BOOST_TEST(read_page(page).quality.scale == 1, boost::test_tools::tolerance(0.004));
}

BOOST_AUTO_TEST_CASE(dust_on_the_glass_is_told_so) {
    for (int strength = 1; strength <= 5; ++strength)
        BOOST_TEST(
            read_page(workshop::damaged(paper::stamped(), "streaks", strength, 8)).quality.streaks.size() >
                0u,
            strength);
    for (std::string_view damage : workshop::damages())
        if (damage != "streaks")
            BOOST_TEST(
                read_page(workshop::damaged(paper::stamped(), damage, 3, 8)).quality.streaks.size() == 0u,
                damage);
}

BOOST_AUTO_TEST_SUITE_END()
