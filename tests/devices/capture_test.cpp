#include "kiosk/devices/capture.h"

#include <boost/test/unit_test.hpp>

#include <ostream>
#include <vector>

using namespace wq::devices;

namespace wq::devices {
std::ostream& operator<<(std::ostream& out, CaptureStep step) { return out << static_cast<int>(step); }
}  // namespace wq::devices

namespace {

using Step = CaptureStep;

// A camera of ten frames a second in front of which things happen.
struct Scene {
    // Frames for `ms` in which `motion` goes on and `look` would see this; what was told, repeats left out.
    std::vector<Step> during(std::int64_t ms, double motion, const Capture::Look& look = {},
                             double light = 200) {
        std::vector<Step> told;
        for (const std::int64_t end = now + ms; now < end; now += 100) {
            const Step step = capture.step({now, light, motion}, [&] { return ++looks, look; });
            if (told.empty() || told.back() != step) told.push_back(step);
        }
        return told;
    }
    Capture capture;
    std::int64_t now = 0;
    int looks = 0;
};

const Capture::Look kFirst{"page 1", 6, true}, kSecond{"page 2", 6, true};
using Steps = std::vector<Step>;

}  // namespace

BOOST_AUTO_TEST_SUITE(capture)

BOOST_AUTO_TEST_CASE(each_page_is_taken_once_when_it_lies_still) {
    Scene scene;
    BOOST_TEST(scene.during(500, 0.3) == (Steps{Step::moving}), boost::test_tools::per_element());
    BOOST_TEST(scene.during(10'000, 0, kFirst) == (Steps{Step::settling, Step::taken, Step::turn}),
               boost::test_tools::per_element());
    BOOST_TEST(scene.looks == 1);
    BOOST_TEST(scene.during(600, 0.4) == (Steps{Step::moving}), boost::test_tools::per_element());
    BOOST_TEST(scene.during(3000, 0, kSecond) == (Steps{Step::settling, Step::taken, Step::turn}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_hand_over_the_page_takes_it_back_to_moving) {
    Scene scene;
    scene.during(600, 0, kFirst);
    BOOST_TEST(scene.during(300, 0.05, kFirst) == (Steps{Step::moving}), boost::test_tools::per_element());
    BOOST_TEST(scene.looks == 0);
    BOOST_TEST(scene.during(700, 0, kFirst) == (Steps{Step::settling}), boost::test_tools::per_element());
    BOOST_TEST(scene.during(300, 0, kFirst) == (Steps{Step::settling, Step::taken, Step::turn}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_page_that_was_taken_is_taken_again_only_where_it_is_wanted) {
    Scene scene;
    scene.during(2000, 0, kFirst);
    scene.during(500, 0.2);
    BOOST_TEST(scene.during(3000, 0, kFirst) == (Steps{Step::settling, Step::turn}),
               boost::test_tools::per_element());
    scene.capture.again();
    BOOST_TEST(scene.during(3000, 0, kFirst) == (Steps{Step::turn}), boost::test_tools::per_element());
    scene.during(500, 0.2);  // laid better
    BOOST_TEST(scene.during(3000, 0, kFirst) == (Steps{Step::settling, Step::taken, Step::turn}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_told_and_looked_at_again_after_a_while) {
    Scene scene;
    BOOST_TEST(scene.during(500, 0, kFirst, 40) == (Steps{Step::dark}), boost::test_tools::per_element());
    BOOST_TEST(scene.during(1500, 0) == (Steps{Step::settling, Step::empty}),
               boost::test_tools::per_element());
    BOOST_TEST(scene.during(1600, 0, {"page 1", 6, true, false}) == (Steps{Step::empty, Step::cut_off}),
               boost::test_tools::per_element());
    BOOST_TEST(scene.during(1600, 0, {"page 1", 2, true}) == (Steps{Step::cut_off, Step::far}),
               boost::test_tools::per_element());
    BOOST_TEST(scene.during(1600, 0, {"page 1", 6, false}) == (Steps{Step::far, Step::unclear}),
               boost::test_tools::per_element());
    BOOST_TEST(
        scene.during(1600, 0, {"page 1", 6, true, true, false}) == (Steps{Step::unclear, Step::badly_lit}),
        boost::test_tools::per_element());
    BOOST_TEST(scene.during(1600, 0, kFirst) == (Steps{Step::badly_lit, Step::taken, Step::turn}),
               boost::test_tools::per_element());
    BOOST_TEST(scene.looks == 6);
}

BOOST_AUTO_TEST_SUITE_END()
