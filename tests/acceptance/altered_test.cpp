// What a returned page hides (R40): a missing seal, one altered digit, a code copied onto another page. These
// are hints for the reviewer, who decides; nobody else's acceptance passes over them.
#define BOOST_TEST_DYN_LINK
#include "data/base/utf8.h"
#include "data/os/files.h"
#include "kiosk/desk/batch.h"
#include "pdf/render/sheet.h"
#include "pdf/scan/page_image.h"
#include "tests/acceptance/campus.h"
#include "tests/e2e/process.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <regex>

using namespace wq;
using acceptance::DemoCampus;
using desk::PageOutcome;

namespace {

constexpr double kDpi = 200;

// An approved agreement, signed and stamped on paper.
struct Signed : DemoCampus {
    Signed() : session(first_student()), id(approved(session)), pdf(*students->pdf(session, id)) {}

    scan::Picture page(int number, bool stamped = true) const {
        scan::Picture picture = workshop::printed(pdf, number, kDpi);
        if (number == 1 && stamped) workshop::press_seal(picture, {47, 216}, {.tilt = -7}, 1);
        if (number == 1) workshop::sign(picture, {80, 200, 50, 30}, 2);
        return picture;
    }
    // Where a word stands on page 1, in mm.
    sheet::Box word(const std::string& text) const {
        const auto file = folder.path() / "page.pdf";
        BOOST_REQUIRE(os::write_file(file, pdf));
        const std::string boxes = e2e::run({"pdftotext", "-bbox", "-l", "1", file.string(), "-"}).out;
        const std::regex line("xMin=\"([0-9.]+)\" yMin=\"([0-9.]+)\" xMax=\"([0-9.]+)\" yMax=\"([0-9.]+)\">" +
                              text);
        std::smatch found;
        BOOST_REQUIRE_MESSAGE(std::regex_search(boxes, found, line), text);
        const auto mm = [&](std::size_t i) { return std::stod(found[i]) * 25.4 / 72; };
        return {mm(1), mm(2), mm(3) - mm(1), mm(4) - mm(2)};
    }
    desk::PageResult take(const scan::Picture& picture, std::uint64_t seed = 3) {
        desk::Returning returning(*home, *paper);
        const Bytes file = scan::to_jpeg(workshop::scanned(picture, {.tilt = 0.4}, seed));
        return returning.take({"page", file}, school().actor).at(0);
    }
    bool is_flagged() { return desk::prepare_batch(*home, *staff, school()).flagged == 1; }

    desk::StudentSession session;
    Uuid id;
    Bytes pdf;
};

std::string check(const desk::PageResult& page, std::string_view key) {
    return std::string(domain::value_of(page.checks, key));
}

bool covers(const std::string& boxes, sheet::Point point) {
    for (const std::string_view text : split(boxes, ';')) {
        double x = 0, y = 0, width = 0, height = 0;
        if (std::sscanf(std::string(text).c_str(), "%lf,%lf,%lf,%lf", &x, &y, &width, &height) == 4 &&
            point.x >= x - 1 && point.x <= x + width + 1 && point.y >= y - 1 && point.y <= y + height + 1)
            return true;
    }
    return false;
}

// What stands in a box of one page, put in the same box of another.
void copy_box(const scan::Picture& from, scan::Picture& to, sheet::Box box) {
    const auto pixels = [](double mm) { return static_cast<int>(mm / 25.4 * kDpi); };
    for (int y = pixels(box.y); y < pixels(box.bottom()); ++y) {
        const auto at = 3 * (static_cast<std::ptrdiff_t>(y) * to.width + pixels(box.x));
        std::copy_n(from.bgr.begin() + at, 3 * pixels(box.width), to.bgr.begin() + at);
    }
}

}  // namespace

BOOST_AUTO_TEST_CASE(R40_an_honest_page_is_found_whole_with_its_seal) {
    Signed campus;
    const auto first = campus.take(campus.page(1)), second = campus.take(campus.page(2));
    BOOST_TEST(check(first, "seal") == "yes");
    BOOST_TEST(check(first, "same") == "yes");
    BOOST_TEST(check(second, "same") == "yes");
    BOOST_TEST((second.outcome == PageOutcome::attached));
    BOOST_TEST(!campus.is_flagged());
}

BOOST_AUTO_TEST_CASE(R40_a_page_without_a_seal_is_for_a_person_to_look_at) {
    Signed campus;
    BOOST_TEST(check(campus.take(campus.page(1, false)), "seal") == "no");
    BOOST_TEST((campus.take(campus.page(2)).outcome == PageOutcome::attached));
    BOOST_TEST(campus.is_flagged());
    // It is a hint: who has the paper in hand decides.
    BOOST_TEST(campus.staff->act(campus.school(), campus.id, domain::Action::pass, "").has_value());
}

BOOST_AUTO_TEST_CASE(R40_one_altered_digit_is_marked_where_it_stands) {
    Signed campus;
    const sheet::Box number = campus.word("13800020000");
    const double digit = number.width / 11;
    const sheet::Box fourth{number.x + 3 * digit, number.y, digit, number.height};
    scan::Picture forged = campus.page(1);
    workshop::alter(forged, fourth, "6");
    const auto page = campus.take(forged);
    BOOST_TEST(check(page, "same") == "no");
    BOOST_TEST(covers(check(page, "change_boxes"), {fourth.x + digit / 2, fourth.y + fourth.height / 2}),
               check(page, "change_boxes"));
    BOOST_TEST((campus.take(campus.page(2)).outcome == PageOutcome::attached));
    BOOST_TEST(campus.is_flagged());
}

BOOST_AUTO_TEST_CASE(R52_a_return_that_was_sent_back_gives_a_slip_with_pictures_of_its_faults) {
    Signed campus;
    const sheet::Box number = campus.word("13800020000");
    scan::Picture forged = campus.page(1, false);
    workshop::alter(forged, {number.x, number.y, number.width / 11, number.height}, "6");
    campus.take(forged);
    BOOST_TEST(campus.students->slip_pdf(campus.session, campus.id).error().code == "nothing_sent_back");
    campus.take(campus.page(2));
    BOOST_REQUIRE(campus.staff->act(campus.school(), campus.id, domain::Action::send_back,
                                    desk::StaffDesk::Doing{"请补盖公章", {}, {"page:2"}}));
    const auto slip = campus.students->slip_pdf(campus.session, campus.id);
    BOOST_REQUIRE(slip);
    const auto file = campus.folder.path() / "slip.pdf";
    BOOST_REQUIRE(os::write_file(file, *slip));
    BOOST_TEST(e2e::run({"qpdf", "--check", file.string()}).exit == 0);
    const std::string text = e2e::run({"pdftotext", file.string(), "-"}).out;
    for (const char* words : {"请补盖公章", "第 1 页：红框处", "没有看到单位公章", "第 2 页：审核老师指出"})
        BOOST_TEST(text.find(words) != std::string::npos, words << " is not in " << text);
    // The altered digit, the empty place of the seal, the page that the reviewer pointed at.
    const std::string images = e2e::run({"pdfimages", "-list", file.string()}).out;
    BOOST_TEST(std::ranges::count(images, '\n') == 2 + 3, images);
    BOOST_TEST((*campus.students->slip_pdf(campus.session, campus.id) == *slip));
}

BOOST_AUTO_TEST_CASE(R52_a_page_that_was_never_laid_straight_is_shown_as_it_came) {
    Signed campus;
    const auto strip = campus.take(scan::Picture{1200, 300, Bytes(std::size_t{3} * 1200 * 300, 200)});
    BOOST_REQUIRE((strip.outcome == PageOutcome::tray));
    desk::Returning returning(*campus.home, *campus.paper);
    const std::string number = campus.record(campus.id).number;
    const auto item = campus.staff->tray(campus.school()).at(0).id;
    BOOST_REQUIRE(returning.assign(item, number, 1, campus.school().actor).has_value());
    BOOST_TEST((campus.take(campus.page(2)).outcome == PageOutcome::attached));
    BOOST_REQUIRE(campus.staff->act(campus.school(), campus.id, domain::Action::send_back, "不是第一页"));
    const auto slip = campus.students->slip_pdf(campus.session, campus.id);
    BOOST_REQUIRE(slip);
    const auto file = campus.folder.path() / "slip.pdf";
    BOOST_REQUIRE(os::write_file(file, *slip));
    BOOST_TEST(e2e::run({"qpdf", "--check", file.string()}).exit == 0);
    const std::string images = e2e::run({"pdfimages", "-list", file.string()}).out;
    BOOST_TEST(std::ranges::count(images, '\n') == 2 + 1, images);
}

BOOST_AUTO_TEST_CASE(R40_a_code_copied_onto_another_page_does_not_make_it_that_page) {
    Signed campus;
    scan::Picture forged = campus.page(2);
    for (const sheet::Box& code : {sheet::kUpperCode, sheet::kLowerCode})
        copy_box(campus.page(1), forged, code);
    const auto page = campus.take(forged);
    BOOST_TEST(page.page == 1);
    BOOST_TEST(check(page, "same") == "no");
}

BOOST_AUTO_TEST_CASE(R40_two_codes_of_different_pages_on_one_sheet_are_not_believed) {
    Signed campus;
    scan::Picture forged = campus.page(2);
    copy_box(campus.page(1), forged, sheet::kUpperCode);
    const auto page = campus.take(forged);
    BOOST_TEST((page.outcome == PageOutcome::tray));
    BOOST_TEST(page.why->code == "codes_disagree");
}
