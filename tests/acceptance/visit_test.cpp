// A visit at the kiosk's window that nobody ends: the machine does, and nothing of it stays.
#include "data/base/utf8.h"
#include "data/os/files.h"
#include "data/os/log.h"
#include "tests/acceptance/processes.h"
#include "tests/e2e/window.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>

namespace wq::acceptance {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// What nobody may find afterwards, as it was typed and shown.
constexpr const char* kPlanted[] = {"奚𬱖",           kFirstExamNumber, kFirstMobile,
                                    kFirstResidentId,    kFirstEmail,      "成都云杉示例软件有限公司",
                                    "91510107MAA31L7A7C"};

// A kiosk's window over a demo campus; its temporary files go into a folder of their own.
struct Visit {
    Visit() {
        fs::create_directories(temporary());
        ::setenv("TMPDIR", temporary().c_str(), 1);
        window = std::make_unique<e2e::Window>(
            display, WQ_BIN "/wangqian-kiosk",
            std::vector<std::string>{"--home", home().string(), "--size", "1080x1920", "--idle", "12"},
            campus.folder.path());
        ::unsetenv("TMPDIR");
        window->wait_screen("welcome");
        window->click("welcome.start");
        window->wait_screen("login");
        window->type("login.account", kFirstMobile);
        window->type("login.password", "wangqian");
        window->click("login.enter");
        window->wait_screen("confirm");
        window->click("confirm.right");
        window->wait_screen("home");
        window->click("home.sign");
        window->wait_screen("form_1");
        window->type("form.employer_name", "91510107MAA3");
        window->wait_text("成都云杉示例软件有限公司");
        window->click(window->named("成都云杉示例软件有限公司", "option"));
        window->wait_text("91510107MAA31L7A7C");
    }
    fs::path home() const { return campus.folder.path() / "home"; }
    fs::path temporary() const { return campus.folder.path() / "temporary"; }

    Commands campus;
    e2e::Display display{1080, 1920, campus.folder.path() / "display.log"};
    std::unique_ptr<e2e::Window> window;
};

// All that files of a folder hold, one after the other.
std::string all_of(const fs::path& folder) {
    std::string all;
    if (fs::exists(folder))
        for (const auto& entry : fs::recursive_directory_iterator(folder))
            if (entry.is_regular_file()) all += entry.path().string() + os::read_text(entry).value_or("");
    return all;
}

void check_nothing_planted(const std::string& text, const char* where) {
    for (const char* planted : kPlanted)
        BOOST_TEST(text.find(planted) == text.npos, where << " has " << planted);
}

void check_entry(const json& line) {
    const auto entries = os::log_catalogue();
    const auto entry = std::ranges::find(entries, line["entry"].get<std::string>(), &os::LogEntry::name);
    BOOST_REQUIRE_MESSAGE(entry != entries.end(), line.dump());
    const auto keys = split(entry->keys, ',');
    for (const auto& [key, value] : line.items())
        if (key != "when" && key != "level" && key != "entry")
            BOOST_TEST((std::ranges::find(keys, std::string_view(key)) != keys.end()), line.dump());
}

}  // namespace

BOOST_AUTO_TEST_CASE(R05_a_visit_that_is_left_ends_by_itself_and_nothing_of_it_stays) {
    Visit visit;
    e2e::wait_for("the warning", 20, [&] { return visit.window->has("leave.stay"); });
    visit.window->click("leave.stay");
    BOOST_TEST(visit.window->screen() == "form_1");
    e2e::wait_for("the end of the visit", 30, [&] { return visit.window->screen() == "welcome"; });
    for (const char* planted : kPlanted) BOOST_TEST(!visit.window->shows(planted), planted);
    BOOST_TEST(visit.display.clipboard_is_empty());
    check_nothing_planted(all_of(visit.temporary()), "a temporary file");
    const json drafts = visit.campus.told("drafts --as " + visit.campus.student);
    BOOST_REQUIRE(drafts.size() == 1u);
    BOOST_TEST(drafts[0]["form"]["credit_code"] == "91510107MAA31L7A7C");
}

BOOST_AUTO_TEST_CASE(R65_the_log_is_a_catalogue_and_knows_nobody) {
    Visit visit;
    visit.window->click("header.log_out");
    visit.window->wait_screen("welcome");
    const std::string id =
        visit.campus.run("register --as " + visit.campus.student + " --form " + visit.campus.form());
    visit.campus.run("act " + id + " pass --as school:school");
    visit.campus.run("print " + id + " --as " + visit.campus.student);
    visit.campus.refusal("act " + id + " pass --as school:school");
    visit.window.reset();
    const std::string log = os::read_text(visit.home() / "log/log").value_or("");
    check_nothing_planted(log, "the log");
    check_nothing_planted(all_of(visit.temporary()), "a temporary file");
    std::vector<std::string> entries;
    for (std::string_view line : split(log, '\n'))
        if (!line.empty()) {
            const json told = json::parse(line);
            check_entry(told);
            entries.push_back(told["entry"]);
        }
    for (const char* wanted :
         {"program_started", "visit_began", "logged_in", "visit_ended", "acted", "printed", "act_refused"})
        BOOST_TEST((std::ranges::find(entries, wanted) != entries.end()), wanted);
}

BOOST_AUTO_TEST_CASE(R65_what_is_not_plain_never_reaches_the_file) {
    const TemporaryFolder folder;
    const os::SystemClock clock;
    os::Log log(folder.path(), clock);
    log.write(os::LogKind::fault, {{"what", "can't write /home/奚𬱖/13800100001 \"x\" at line 1234"}});
    BOOST_CHECK_THROW(log.write(os::LogKind::visit_began, {{"name", "x"}}), Fault);
    const json told = json::parse(*os::read_text(log.file()));
    BOOST_TEST(told["what"] == "can't write /home//########### x at line 1234");
    for (int i = 0; i < 12'000; ++i) log.write(os::LogKind::fault, {{"what", std::string(100, 'x')}});
    BOOST_TEST(fs::exists(folder.path() / "log.1"));
    BOOST_TEST(fs::file_size(log.file()) <= os::Log::kLargest + 400);
}

}  // namespace wq::acceptance
