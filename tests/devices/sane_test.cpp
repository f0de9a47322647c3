// What a scanner offers and sends, without one.
#include "kiosk/devices/sane_scanner.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using namespace wq::devices;

namespace {

SANE_Option_Descriptor of_list(const SANE_Word* list, SANE_Value_Type type = SANE_TYPE_INT) {
    SANE_Option_Descriptor option{};
    option.type = type;
    option.constraint_type = SANE_CONSTRAINT_WORD_LIST;
    option.constraint.word_list = list;
    return option;
}

SANE_Option_Descriptor of_range(const SANE_Range* range, SANE_Value_Type type = SANE_TYPE_INT) {
    SANE_Option_Descriptor option{};
    option.type = type;
    option.constraint_type = SANE_CONSTRAINT_RANGE;
    option.constraint.range = range;
    return option;
}

SANE_Parameters frame(SANE_Frame format, int width, int lines, int bytes_per_line, int depth) {
    return {format, SANE_TRUE, bytes_per_line, width, lines, depth};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sane)

BOOST_AUTO_TEST_CASE(of_a_list_the_least_that_is_enough_is_taken) {
    const SANE_Word list[] = {4, 600, 75, 150, 300};
    BOOST_TEST(nearest_offered(of_list(list), 200) == 300);
    BOOST_TEST(nearest_offered(of_list(list), 150) == 150);
    BOOST_TEST(nearest_offered(of_list(list), 1200) == 600);
    const SANE_Word fixed[] = {2, SANE_FIX(100.5), SANE_FIX(200.25)};
    BOOST_TEST(nearest_offered(of_list(fixed, SANE_TYPE_FIXED), 150) == 200.25);
}

BOOST_AUTO_TEST_CASE(of_a_range_the_nearest_on_its_grid_is_taken) {
    const SANE_Range range{50, 1200, 50};
    BOOST_TEST(nearest_offered(of_range(&range), 210) == 200);
    BOOST_TEST(nearest_offered(of_range(&range), 20) == 50);
    BOOST_TEST(nearest_offered(of_range(&range), 5000) == 1200);
    const SANE_Range millimetres{SANE_FIX(0), SANE_FIX(215.9), 0};
    BOOST_TEST(nearest_offered(of_range(&millimetres, SANE_TYPE_FIXED), 216) == 215.9,
               boost::test_tools::tolerance(1e-3));
}

BOOST_AUTO_TEST_CASE(frames_of_every_depth_become_pictures) {
    scan::Picture colour, deep, line, grey;
    lay_frame(frame(SANE_FRAME_RGB, 2, 1, 6, 8), Bytes{1, 2, 3, 4, 5, 6}, colour);
    BOOST_TEST(colour.bgr == (Bytes{3, 2, 1, 6, 5, 4}), boost::test_tools::per_element());
    lay_frame(frame(SANE_FRAME_GRAY, 1, 1, 2, 16), Bytes{0x11, 0x22}, deep);
    BOOST_TEST(deep.bgr[0] == 0x22);  // as this machine's memory has it
    lay_frame(frame(SANE_FRAME_GRAY, 3, 1, 1, 1), Bytes{0b10100000}, line);
    BOOST_TEST(line.bgr == (Bytes{0, 0, 0, 255, 255, 255, 0, 0, 0}), boost::test_tools::per_element());
    lay_frame(frame(SANE_FRAME_GRAY, 1, -1, 4, 8), Bytes{7, 0, 0, 0, 9, 0, 0, 0}, grey);
    BOOST_TEST(grey.height == 2);
    BOOST_TEST(grey.bgr[3] == 9);
}

BOOST_AUTO_TEST_CASE(a_frame_that_lies_about_its_size_is_cut_and_nothing_more) {
    scan::Picture picture;
    lay_frame(frame(SANE_FRAME_RGB, 100, 5, 6, 8), Bytes(13, 1), picture);
    BOOST_TEST(picture.height == 2);
    BOOST_TEST(picture.bgr.size() == 600u);
    scan::Picture none;
    lay_frame(frame(SANE_FRAME_RGB, -4, 5, 0, 8), Bytes(13, 1), none);
    BOOST_TEST(none.is_empty());
}

BOOST_AUTO_TEST_SUITE_END()
