// Printing on a real IPP printer that runs out of paper, jams, hangs and dies (R37, R55, R62).
#define BOOST_TEST_DYN_LINK
#include "kiosk/desk/printing.h"

#include "kiosk/desk/machine.h"
#include "pdf/scan/page_image.h"
#include "tests/acceptance/ipp_printer.h"
#include "tests/acceptance/processes.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>

#include <future>

using namespace wq;
using acceptance::DemoCampus;
using acceptance::IppPrinter;
using acceptance::kHasty;
using devices::Fate;
using devices::PrinterState;

namespace {

// An approved agreement beside a printer.
struct Office : DemoCampus {
    Office() : session(first_student()), id(approved(session)), pdf(*students->pdf(session, id)) {
        BOOST_REQUIRE(desk::set_machine(*home, "printer", printer.uri()));
    }

    // The copy's number, or the code of the refusal.
    std::string print() {
        const auto copy = students->print(session, id);
        return copy ? std::to_string(*copy) : copy.error().code;
    }
    // Begins a copy and hands it to the printer on another thread, by somebody who is in a hurry.
    std::future<devices::PrintOutcome> printing() {
        order = *students->begin_print(session, id);
        told.clear();
        return std::async(std::launch::async, [this] {
            return devices::CupsPrinter(printer.uri(), false, kHasty)
                .print({order.pdf, order.print.title, order.pages},
                       {[this](const devices::PrintMoment& moment) { told.push_back(moment); },
                        stop.get_token()});
        });
    }
    devices::PrintOutcome end(std::future<devices::PrintOutcome> print) {
        devices::PrintOutcome outcome = print.get();
        desk::end_print(*home, order.print, outcome);
        return outcome;
    }
    void wait_for_trouble() {
        e2e::wait_for("the press to stand", 20, [&] { return printer.is_waiting(); });
    }
    // Another program's print, which dies with it.
    void kill_while_printing() {
        const std::string home_folder = (folder.path() / "home").string();
        e2e::Process killed({WQ_BIN "/wangqian", "--home", home_folder, "print", to_text(id), "--as",
                             std::string("student:") + acceptance::kFirstExamNumber},
                            {}, folder.path() / "print.log");
        wait_for_trouble();
        BOOST_TEST(desk::open_prints(*home).empty());  // it is that program's to wait for
        killed.kill();
    }
    // Asks until nothing is open any more.
    void settle() {
        e2e::wait_for("the printer's word", 20, [&] {
            auto open = desk::open_prints(*home);
            desk::ask_for(open);
            desk::settle(*home, open);
            return home->store().prints().begun().empty();
        });
    }
    bool was_told(PrinterState state, int pages_out) const {
        return std::ranges::count(told, devices::PrintMoment{state, pages_out}) > 0;
    }
    std::string last_line() { return students->record(session, id, zh())->timeline.back().what; }
    std::string copies() {
        const auto view = students->record(session, id, zh());
        for (const desk::NamedValue& value : view->agreement)
            if (value.key == "copy") return value.value;
        return {};
    }

    IppPrinter printer;
    desk::StudentSession session;
    Uuid id;
    Bytes pdf;
    desk::PrintOrder order;
    std::stop_source stop;
    std::vector<devices::PrintMoment> told;
};

constexpr auto kTroubles = {
    std::pair{"media-empty", PrinterState::out_of_paper}, std::pair{"media-jam", PrinterState::jammed},
    std::pair{"cover-open", PrinterState::cover_open}, std::pair{"toner-empty", PrinterState::out_of_toner}};

// The page as a printer that fits it to its margins makes it.
scan::Picture printed_at(const Bytes& pdf, int page, double size) {
    scan::Picture sheet = workshop::printed(pdf, page, 150);
    if (size == 1) return sheet;
    const scan::Picture small = workshop::printed(pdf, page, 150 * size);
    std::ranges::fill(sheet.bgr, std::uint8_t{255});
    const int left = (sheet.width - small.width) / 2, top = (sheet.height - small.height) / 2;
    for (int y = 0; y < small.height; ++y)
        std::copy_n(small.bgr.begin() + std::ptrdiff_t{3} * y * small.width, 3 * small.width,
                    sheet.bgr.begin() + std::ptrdiff_t{3} * ((y + top) * sheet.width + left));
    return sheet;
}

}  // namespace

BOOST_AUTO_TEST_CASE(R37_a_copy_comes_out_of_a_real_printer_as_it_was_issued) {
    Office office;
    BOOST_TEST(office.print() == "1");
    BOOST_TEST(office.printer.pages_out() == 2);
    BOOST_REQUIRE(office.printer.documents().size() == 1u);
    BOOST_TEST((office.printer.documents()[0] == office.pdf));
    const std::string asked = office.printer.asked_for();
    for (const char* option : {"IPP_MEDIA=iso_a4_210x297mm", "IPP_SIDES=one-sided", "IPP_PRINT_SCALING=none",
                               "IPP_PRINT_COLOR_MODE=auto", "IPP_COPIES=1"})
        BOOST_TEST(asked.find(option) != std::string::npos, asked);
    for (const char* personal : {"奚", acceptance::kFirstExamNumber, acceptance::kFirstMobile})
        BOOST_TEST(asked.find(personal) == std::string::npos);
    BOOST_REQUIRE(desk::set_machine(*office.home, "print_sides", "two"));
    BOOST_TEST(office.print() == "2");
    BOOST_TEST(office.printer.asked_for().find("IPP_SIDES=two-sided-long-edge") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(R37_the_printers_states_are_told_while_it_prints) {
    Office office;
    for (const auto& [reason, state] : kTroubles) {
        office.printer.break_before(2, reason);
        auto print = office.printing();
        office.wait_for_trouble();
        e2e::pause_ms(500);
        office.printer.mend();
        BOOST_TEST((office.end(std::move(print)).fate == Fate::printed), reason);
        BOOST_TEST(office.was_told(PrinterState::busy, 0), reason);
        BOOST_TEST(office.was_told(state, 1), reason);
    }
    BOOST_TEST(office.home->store().prints().last_copy(office.id) == 4);
}

BOOST_AUTO_TEST_CASE(R37_a_spool_folder_says_that_it_only_hands_over) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.approved(session);
    BOOST_TEST(*campus.students->print(session, id) == 1);
    BOOST_TEST(campus.students->record(session, id, campus.zh())->timeline.back().what ==
               "打印协议书，第 1 份（已交打印服务）");
    BOOST_TEST(desk::set_machine(*campus.home, "print_sides", "three").error().code == "setting_value");
    for (const devices::FoundPrinter& found : devices::find_printers()) BOOST_TEST(!found.name.empty());
}

BOOST_AUTO_TEST_CASE(R55_a_print_survives_paper_out_and_jam_and_counts_once) {
    Office office;
    office.printer.break_before(1, "media-empty");
    auto print = office.printing();
    office.wait_for_trouble();
    BOOST_TEST(office.home->store().prints().last_copy(office.id) == 0);
    office.printer.break_before(2, "media-jam");
    office.printer.mend(1);
    e2e::wait_for("the jam", 20,
                  [&] { return office.printer.pages_out() == 1 && office.printer.is_waiting(); });
    office.printer.mend();
    BOOST_TEST((office.end(std::move(print)).fate == Fate::printed));
    BOOST_TEST(office.printer.pages_out() == 2);
    BOOST_TEST(office.printer.documents().size() == 1u);
    BOOST_TEST(office.home->store().prints().last_copy(office.id) == 1);
}

BOOST_AUTO_TEST_CASE(R55_a_reprint_makes_the_earlier_copies_void) {
    Office office;
    BOOST_TEST(office.print() == "1");
    BOOST_TEST(office.last_line() == "打印协议书，第 1 份");
    BOOST_TEST(office.copies() == "第 1 份，2026-11-23 10:00 打印");
    office.clock.advance(kDay);
    BOOST_TEST(office.print() == "2");
    BOOST_TEST(office.last_line() == "打印协议书，第 2 份；第 1 份作废");
    BOOST_TEST(office.copies() == "共 2 份；第 2 份有效（2026-11-24 10:00 打印），以前的作废");
    BOOST_TEST(office.print() == "3");
    BOOST_TEST(office.last_line() == "打印协议书，第 3 份；第 1–2 份作废");
    const auto view = office.staff->review(office.school(), office.id, office.en());
    BOOST_TEST(view->timeline.back().what == "Printed, copy 3; void: 1–2");
    BOOST_TEST(view->copies_printed == 3);
}

BOOST_AUTO_TEST_CASE(R55_a_print_that_is_cancelled_prints_nothing_more_and_its_number_is_not_used_again) {
    Office office;
    office.printer.break_before(2, "media-empty");
    auto print = office.printing();
    office.wait_for_trouble();
    office.stop.request_stop();
    const auto outcome = office.end(std::move(print));
    BOOST_TEST((outcome.fate == Fate::unsure));
    BOOST_TEST(outcome.why->code == "print_cancelled");
    BOOST_TEST(outcome.pages_out == 1);
    BOOST_TEST(office.last_line() == "打印协议书，第 1 份（中断，是否出纸不明）");
    office.printer.mend();
    BOOST_TEST(office.print() == "2");
    BOOST_TEST(office.printer.pages_out() == 1 + 2);
}

BOOST_AUTO_TEST_CASE(R55_where_nobody_brings_paper_the_job_is_cancelled) {
    Office office;
    office.printer.break_before(1, "media-empty");
    const auto outcome = office.end(office.printing());
    BOOST_TEST((outcome.fate == Fate::not_printed));
    BOOST_TEST(outcome.why->code == "printer_out_of_paper");
    office.printer.mend();
    BOOST_TEST(office.print() == "1");
    BOOST_TEST(office.printer.pages_out() == 2);
}

BOOST_AUTO_TEST_CASE(R55_a_printer_that_hangs_is_given_up_and_prints_nothing_later) {
    Office office;
    office.printer.break_before(2, "media-jam");
    auto print = office.printing();
    office.wait_for_trouble();
    office.printer.hang();
    const auto outcome = office.end(std::move(print));
    BOOST_TEST((outcome.fate == Fate::open));
    BOOST_TEST(outcome.why->code == "printer_lost");
    BOOST_TEST(office.was_told(PrinterState::unreachable, 1));
    BOOST_TEST(office.home->store().prints().begun().size() == 1u);
    office.printer.wake();
    office.settle();
    office.printer.mend();
    BOOST_TEST(office.printer.pages_out() == 1);
    BOOST_TEST(office.last_line() == "打印协议书，第 1 份（中断，是否出纸不明）");
    BOOST_TEST(office.print() == "2");
    BOOST_TEST(office.printer.pages_out() == 1 + 2);
}

BOOST_AUTO_TEST_CASE(R55_what_a_printer_that_died_can_no_longer_tell_is_told_so) {
    Office office;
    office.printer.break_before(2, "media-empty");
    auto print = office.printing();
    office.wait_for_trouble();
    office.printer.kill();
    BOOST_TEST(office.end(std::move(print)).why->code == "printer_lost");
    BOOST_TEST(office.copies() == "");
    office.printer.mend();
    office.printer.start();
    BOOST_TEST(office.print() == "2");
    const auto timeline = office.students->record(office.session, office.id, office.zh())->timeline;
    BOOST_TEST(timeline[timeline.size() - 2].what == "打印协议书，第 1 份（中断，是否出纸不明）");
    BOOST_TEST(office.copies().starts_with("共 2 份；第 2 份有效"));
}

BOOST_AUTO_TEST_CASE(R55_a_printer_that_is_not_there_or_gives_up_leaves_no_copy) {
    Office office;
    office.printer.fail();
    BOOST_TEST(office.print() == "print_failed");
    office.printer.kill();
    BOOST_TEST(office.print() == "printer_unreachable");
    BOOST_TEST(office.home->store().prints().begun().empty());
    BOOST_TEST(office.copies() == "");
    BOOST_REQUIRE(desk::set_machine(*office.home, "printer", "ipp://"));
    BOOST_TEST(office.print() == "printer_unreachable");
}

BOOST_AUTO_TEST_CASE(R55_a_crash_while_it_prints_loses_no_copy) {
    Office office;
    BOOST_TEST((office.printing().get().fate == Fate::printed));  // and nobody is left to write it down
    office.restart();
    BOOST_TEST(office.copies() == "");
    office.settle();
    BOOST_TEST(office.last_line() == "打印协议书，第 1 份");
    // Killed with one page out, and with all of them out.
    for (const auto& [page, line] : {std::pair{2, "打印协议书，第 2 份（中断，是否出纸不明）；第 1 份作废"},
                                     std::pair{3, "打印协议书，第 3 份；第 1–2 份作废"}}) {
        office.printer.break_before(page, "media-empty");
        office.kill_while_printing();
        office.settle();
        office.printer.mend();
        BOOST_TEST(office.last_line() == line);
    }
    BOOST_TEST(office.print() == "4");
    BOOST_TEST(office.printer.pages_out() == 2 + 1 + 2 + 2);
}

BOOST_AUTO_TEST_CASE(R55_a_page_not_printed_at_full_size_is_noticed_when_it_comes_back) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Bytes pdf = *campus.students->pdf(session, campus.approved(session));
    for (double size : {0.96, 1.0}) {
        desk::Returning returning(*campus.home, *campus.paper);
        const auto page = scan::to_jpeg(workshop::scanned(printed_at(pdf, 2, size), {.tilt = 0.4}, 3));
        const auto taken = returning.take({"page", page}, std::nullopt).at(0);
        BOOST_TEST((taken.why ? taken.why->code : "") == (size == 1 ? "" : "page_not_full_size"), size);
    }
}

BOOST_AUTO_TEST_CASE(R62_doctor_tries_the_printer) {
    acceptance::Commands campus;
    IppPrinter printer;
    BOOST_TEST(campus.run("doctor").find("printer: spool: ready") != std::string::npos);
    campus.run("settings printer " + printer.uri());
    BOOST_TEST(campus.told("settings")["printer"] == printer.uri());
    BOOST_TEST(campus.run("doctor").find(printer.uri() + ": ready") != std::string::npos);
    printer.kill();
    const auto ran = campus.tried("doctor");
    BOOST_TEST(ran.exit == 1);
    BOOST_TEST(ran.out.find("FAULT printer: " + printer.uri() + ": unreachable") != std::string::npos,
               ran.out);
    campus.run("printers");
}
