// Printing in the kiosk's window: what it says while the printer waits for people, and that it says so only
// when it is true (R37, R55).
#define BOOST_TEST_DYN_LINK
#include "tests/acceptance/ipp_printer.h"
#include "tests/acceptance/processes.h"
#include "tests/e2e/window.h"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

using namespace wq;
using acceptance::IppPrinter;

namespace {

// A student in front of an agreement that may be printed.
struct Visit {
    Visit() : id(campus.approved()) {
        campus.run("settings printer " + printer.uri());
        window = std::make_unique<e2e::Window>(
            display, WQ_BIN "/wangqian-kiosk",
            std::vector<std::string>{"--home", (campus.folder.path() / "home").string(), "--size",
                                     "1080x1920", "--idle", "12"},
            campus.folder.path());
        window->wait_screen("welcome");
        window->wait_text("打印机就绪");
        window->click("welcome.start");
        window->wait_screen("login");
        window->type("login.account", acceptance::kFirstMobile);
        window->type("login.password", "wangqian");
        window->click("login.enter");
        window->wait_screen("home");
    }
    // For whoever wants to see them: WANGQIAN_PICTURES names a folder.
    void photograph(const char* name) {
        if (const char* folder = std::getenv("WANGQIAN_PICTURES"))
            window->photograph(std::filesystem::path(folder) / (std::string(name) + ".png"));
    }
    std::size_t copies() const {
        std::size_t copies = 0;
        for (const auto& entry : campus.told("history " + id)) copies += entry["type"] == "print";
        return copies;
    }

    acceptance::Commands campus;
    IppPrinter printer;
    std::string id;
    e2e::Display display{1080, 1920, campus.folder.path() / "display.log"};
    std::unique_ptr<e2e::Window> window;
};

}  // namespace

BOOST_AUTO_TEST_CASE(R55_the_window_says_printed_only_when_the_printer_said_so) {
    Visit visit;
    visit.printer.break_before(2, "media-empty");
    visit.window->click("home.print.0");
    visit.window->wait_text("打印机缺纸");
    visit.window->wait_text("请联系工作人员加纸，加纸后自动继续。");
    visit.photograph("out-of-paper");
    e2e::pause_ms(14'000);  // longer than a visit that nobody touches
    BOOST_TEST(visit.window->has("printing.cancel"));
    BOOST_TEST(!visit.window->has("printed.close"));
    BOOST_TEST(visit.copies() == 0u);
    visit.printer.mend();
    visit.window->wait_text("打印完成：第 1 份");
    visit.photograph("printed");
    visit.window->click("printed.close");
    BOOST_TEST(visit.window->screen() == "home");
    BOOST_TEST(visit.copies() == 1u);
}

BOOST_AUTO_TEST_CASE(R55_a_print_is_cancelled_from_the_window_and_the_visit_goes_on) {
    Visit visit;
    visit.printer.break_before(2, "media-jam");
    visit.window->click("home.print.0");
    visit.window->wait_text("打印机卡纸");
    visit.window->click("printing.cancel");
    visit.window->wait_text("没有打印");
    visit.photograph("cancelled");
    visit.window->click("not_printed.close");
    visit.printer.mend();
    BOOST_TEST(visit.copies() == 1u);  // one page of it is out
    visit.window->click("home.print.0");
    visit.window->wait_text("打印完成：第 2 份");
    BOOST_TEST(visit.printer.pages_out() == 1 + 2);
}

BOOST_AUTO_TEST_CASE(R55_a_visit_that_ends_takes_its_print_with_it) {
    Visit visit;
    visit.printer.break_before(1, "media-empty");
    visit.window->click("home.print.0");
    visit.window->wait_text("打印机缺纸");
    visit.window->process().kill();
    visit.window = std::make_unique<e2e::Window>(
        visit.display, WQ_BIN "/wangqian-kiosk",
        std::vector<std::string>{"--home", (visit.campus.folder.path() / "home").string()},
        visit.campus.folder.path());
    // The restarted kiosk finds what was begun, and has it cancelled.
    e2e::wait_for("the press to be free", 30, [&] { return !visit.printer.is_waiting(); });
    visit.printer.mend();
    e2e::pause_ms(500);
    BOOST_TEST(visit.printer.pages_out() == 0);
    BOOST_TEST(visit.copies() == 0u);
}

BOOST_AUTO_TEST_CASE(R37_the_office_chooses_this_machines_printer_in_its_window) {
    acceptance::Commands campus;
    IppPrinter printer;
    e2e::Display display{1600, 1400, campus.folder.path() / "display.log"};
    e2e::Window window(display, WQ_BIN "/wangqian-kiosk",
                       std::vector<std::string>{"--home", (campus.folder.path() / "home").string(), "--desk",
                                                "staff", "--size", "1600x1400"},
                       campus.folder.path());
    window.wait_screen("staff_login");
    window.type("staff_login.account", "school");
    window.type("staff_login.password", "wangqian");
    window.click("staff_login.enter");
    window.wait_screen("desk");
    window.click("sidebar.settings");
    window.wait_text("存成文件，交给打印服务");
    BOOST_TEST(window.value("setting.printer") == "spool");
    campus.run("settings printer " + printer.uri());
    window.click("sidebar.figures");
    window.click("sidebar.settings");
    e2e::wait_for("the printer", 20, [&] { return window.value("setting.printer") == printer.uri(); });
    window.wait_text("打印机就绪");
    if (const char* folder = std::getenv("WANGQIAN_PICTURES"))
        window.photograph(std::filesystem::path(folder) / "settings.png");
    window.type("setting.printer", "x");
    window.click("desk.settings.save");
    e2e::wait_for("the setting", 20, [&] { return campus.run("settings printer").ends_with("x"); });
}
