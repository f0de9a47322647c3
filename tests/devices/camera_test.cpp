// What is measured on a camera's frames, and a camera that is away; pages before a camera: acceptance.
#include "kiosk/devices/camera.h"

#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using namespace wq::devices;

BOOST_AUTO_TEST_SUITE(camera)

BOOST_AUTO_TEST_CASE(a_camera_that_is_not_there_is_told) {
    CameraPages camera({"/dev/video77"});
    const auto file = camera.next();
    BOOST_REQUIRE(file.has_value());
    BOOST_TEST(file->content.error().code == "camera_missing");
    BOOST_TEST(!camera.next().has_value());
}

BOOST_AUTO_TEST_CASE(frames_are_measured) {
    const scan::Picture page = workshop::printed(scan::paper::issued(), 1, 100);
    const scan::Picture dark{page.width, page.height, Bytes(page.bgr.size(), 30)};
    scan::FrameMeter meter;
    BOOST_TEST(meter.measure(page).motion == 1);
    BOOST_TEST(meter.measure(page).motion == 0);
    BOOST_TEST(meter.measure(workshop::scanned(page, {.noise = 6}, 1)).motion < 0.01);
    BOOST_TEST(meter.measure(page).light > 200);
    const auto change = meter.measure(dark);
    BOOST_TEST(change.light < 60);
    BOOST_TEST(change.motion > 0.5);
    BOOST_TEST(scan::page_in(page).code.empty());  // its codes are none of ours
    BOOST_TEST(scan::smaller(page, 400).width == 400);
}

BOOST_AUTO_TEST_SUITE_END()
