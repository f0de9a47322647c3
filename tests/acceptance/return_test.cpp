#define BOOST_TEST_DYN_LINK
#include "data/os/files.h"
#include "kiosk/devices/page_source.h"
#include "pdf/scan/page_image.h"
#include "tests/acceptance/campus.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using acceptance::DemoCampus;
using desk::PageOutcome;
using domain::State;

namespace {

// An approved agreement and its pages as they come back.
struct Returned : DemoCampus {
    Returned() : session(first_student()), id(approved(session)), pdf(*students->pdf(session, id)) {}

    scan::Picture page(int number) const {
        scan::Picture picture = workshop::printed(pdf, number, 150);
        if (number > 1) return picture;
        workshop::press_seal(picture, {47, 216}, {.tilt = -7}, 1);
        workshop::sign(picture, {80, 200, 50, 30}, 2);
        return picture;
    }
    desk::PageResult take(const scan::Picture& picture) { return take(scan::to_jpeg(picture)); }
    desk::PageResult take(Bytes file) {
        desk::Returning returning(*home, *paper);
        return returning.take({"page", std::move(file)}, std::nullopt).at(0);
    }
    State state() const { return record(id).state; }

    desk::StudentSession session;
    Uuid id;
    Bytes pdf;
};

}  // namespace

BOOST_AUTO_TEST_CASE(R38_pages_come_in_any_order_and_any_rotation) {
    for (int turns = 0; turns < 4; ++turns) {
        Returned campus;
        const auto second = campus.take(workshop::scanned(campus.page(2), {.tilt = 1.1, .turns = turns}, 3));
        BOOST_TEST((second.outcome == PageOutcome::joined));
        BOOST_TEST((second.missing == std::vector<int>{1}));
        const auto first =
            campus.take(workshop::scanned(campus.page(1), {.tilt = -0.8, .turns = 3 - turns}, 4));
        BOOST_TEST((first.outcome == PageOutcome::attached));
        BOOST_TEST((campus.state() == State::return_school_review));
    }
}

BOOST_AUTO_TEST_CASE(R38_a_phone_photo_is_enough) {
    Returned campus;
    BOOST_TEST((campus.take(workshop::photographed(campus.page(1), 3, 5)).outcome == PageOutcome::joined));
    BOOST_TEST((campus.take(workshop::photographed(campus.page(2), 4, 6)).outcome == PageOutcome::attached));
}

BOOST_AUTO_TEST_CASE(R38_a_grey_scan_at_150_dpi_is_enough) {
    Returned campus;
    const auto result = campus.take(workshop::scanned(campus.page(2), {.tilt = 0.6, .grey = true}, 7));
    BOOST_TEST((result.outcome == PageOutcome::joined));
    BOOST_TEST(result.page == 2);
}

BOOST_AUTO_TEST_CASE(R38_the_same_page_twice_changes_nothing) {
    Returned campus;
    const Bytes file = scan::to_jpeg(campus.page(1));
    BOOST_TEST((campus.take(file).outcome == PageOutcome::joined));
    BOOST_TEST((campus.take(file).outcome == PageOutcome::duplicate));
    BOOST_TEST((campus.state() == State::approved));
}

BOOST_AUTO_TEST_CASE(R38_a_page_of_no_known_agreement_goes_to_the_tray) {
    Returned campus;
    DemoCampus elsewhere;  // same school code, other keys
    const auto stranger =
        elsewhere.students->pdf(elsewhere.first_student(), elsewhere.approved(elsewhere.first_student()));
    const auto foreign = campus.take(workshop::printed(*stranger, 1, 150));
    BOOST_TEST((foreign.outcome == PageOutcome::tray));
    BOOST_TEST(foreign.why->code == "code_key_unknown");
    const auto blank = campus.take(scan::Picture{800, 1100, Bytes(800 * 1100 * 3, 255)});
    BOOST_TEST((blank.outcome == PageOutcome::tray));
    const auto tray = campus.staff->tray(campus.school());
    BOOST_REQUIRE(tray.size() == 2u);
    BOOST_TEST(campus.staff->picture(tray[0].picture.hash).has_value());
}

BOOST_AUTO_TEST_CASE(R38_a_page_of_another_school_goes_to_the_tray_and_says_whose_it_is) {
    Returned campus;
    DemoCampus neighbour(domain::Form{{"school_code", "99520"}});
    const auto stranger = neighbour.first_student();
    const Bytes pdf = *neighbour.students->pdf(stranger, neighbour.approved(stranger));
    const Bytes key = neighbour.home->issuing_key()->public_key();
    campus.home->store().campus().trust_key({key, "99520", true}, campus.school().actor);
    const auto foreign = campus.take(workshop::printed(pdf, 1, 150));
    BOOST_TEST((foreign.outcome == PageOutcome::tray));
    BOOST_TEST((*foreign.why == Refusal{"other_school", {{"school", "99520"}}}));
    BOOST_TEST(campus.zh()(*foreign.why).find("99520") != std::string::npos);
    BOOST_TEST((campus.state() == State::approved));
    BOOST_TEST(campus.staff->tray(campus.school()).size() == 1u);
}

BOOST_AUTO_TEST_CASE(R38_a_superseded_paper_is_told_so) {
    Returned campus;
    const auto school = campus.school();
    BOOST_REQUIRE(campus.staff->act(school, campus.id, domain::Action::withdraw, "改地址"));
    BOOST_REQUIRE(campus.students->submit(campus.session, *campus.students->edit(campus.session, campus.id)));
    BOOST_REQUIRE(campus.staff->act(school, campus.id, domain::Action::pass, ""));
    const auto old = campus.take(campus.page(1));
    BOOST_TEST((old.outcome == PageOutcome::tray));
    BOOST_TEST(old.why->code == "paper_superseded");
}

BOOST_AUTO_TEST_CASE(R38_files_that_are_no_pages_are_refused_in_words) {
    Returned campus;
    const auto code = [&](Bytes file) { return campus.take(std::move(file)).why->code; };
    const std::string text = "hello";
    BOOST_TEST(code({}) == "file_empty");
    BOOST_TEST(code(Bytes(text.begin(), text.end())) == "not_a_picture");
    Bytes cut = scan::to_jpeg(campus.page(2));
    cut.resize(100);
    BOOST_TEST(code(cut) == "picture_cut_short");
    Bytes crooked = workshop::to_png({8, 8, Bytes(192, 255)});
    for (std::size_t at : {16, 20})
        crooked[at + 2] = 0x1C;  // says 7,176 by 7,176, and its check sum does not
    BOOST_TEST(code(crooked) == "picture_damaged");
    BOOST_TEST((campus.state() == State::approved));
}

BOOST_AUTO_TEST_CASE(R38_a_file_put_away_never_covers_another_of_its_name) {
    acceptance::TemporaryFolder folder;
    for (const char* content : {"first", "second", "third"}) {
        (void)os::write_file(folder.path() / "scan.jpg", bytes_of(content));
        devices::put_away(folder.path(), "scan.jpg", "taken");
    }
    BOOST_TEST(*os::read_text(folder.path() / "taken/scan.jpg") == "first");
    BOOST_TEST(*os::read_text(folder.path() / "taken/scan-2.jpg") == "second");
    BOOST_TEST(*os::read_text(folder.path() / "taken/scan-3.jpg") == "third");
}

BOOST_AUTO_TEST_CASE(R38_a_file_of_which_a_page_was_refused_is_not_done_with) {
    desk::PageResult joined, refused;
    joined.outcome = PageOutcome::joined;
    BOOST_TEST(desk::all_kept({joined, joined}));
    BOOST_TEST(!desk::all_kept({refused, joined}));
    BOOST_TEST(!desk::all_kept({}));
}

BOOST_AUTO_TEST_CASE(R38_the_office_passes_the_return_and_it_is_signed) {
    Returned campus;
    campus.take(campus.page(2));
    campus.take(campus.page(1));
    const auto view = campus.staff->review(campus.school(), campus.id, campus.zh());
    BOOST_REQUIRE(view->record.pages.size() == 2u);
    BOOST_TEST(domain::value_of(view->record.pages[0].checks, "seal") == "yes");
    BOOST_TEST(domain::value_of(view->record.pages[0].checks, "same") == "yes");
    BOOST_TEST(
        (campus.staff->act(campus.school(), campus.id, domain::Action::pass, "")->state == State::effective));
    BOOST_TEST(campus.students->items(campus.session, campus.zh())[0].status == "签约完成");
}

BOOST_AUTO_TEST_CASE(R39_a_page_cut_off_is_asked_for_again_at_the_kiosk_but_staff_may_take_it) {
    Returned campus;
    scan::Picture short_page = campus.page(1);
    short_page.height -= 200;
    short_page.bgr.resize(3 * static_cast<std::size_t>(short_page.width * short_page.height));
    const auto cut = campus.take(short_page);
    BOOST_TEST((cut.outcome == PageOutcome::joined));
    BOOST_TEST(cut.why->code == "page_cut_off");
    BOOST_TEST((cut.missing == std::vector<int>{1, 2}));
    BOOST_TEST((campus.take(campus.page(2)).missing == std::vector<int>{1}));
    BOOST_TEST((campus.state() == State::approved));
    desk::Returning desk(*campus.home, *campus.paper);
    const Bytes again = scan::to_jpeg(campus.page(2), 80);
    BOOST_TEST((desk.take({"page", again}, campus.school().actor).at(0).outcome == PageOutcome::attached));
}

BOOST_AUTO_TEST_CASE(R01_a_department_brings_the_paper_of_its_own_students_and_the_tray_is_the_schools) {
    Returned campus;
    desk::StaffSession own = campus.department_of(acceptance::kFirstExamNumber), other = own;
    other.actor.department = "计算机学院";
    desk::Returning returning(*campus.home, *campus.paper);
    const auto take = [&](const desk::StaffSession& who) {
        return returning.take({"page", scan::to_jpeg(campus.page(2))}, who.actor).at(0);
    };
    const auto kept = take(other);
    BOOST_TEST((kept.outcome == PageOutcome::tray));
    BOOST_TEST(kept.why->code == "other_department");
    BOOST_TEST(campus.staff->tray(other).empty());
    const auto tray = campus.staff->tray(campus.school());
    BOOST_REQUIRE(tray.size() == 1u);
    BOOST_TEST(campus.staff->dismiss(other, tray[0].id).error().code == "out_of_scope");
    const std::string number = campus.record(campus.id).number;
    BOOST_TEST(returning.assign(tray[0].id, number, 2, other.actor).error().code == "out_of_scope");
    BOOST_TEST((take(own).outcome == PageOutcome::joined));
}
