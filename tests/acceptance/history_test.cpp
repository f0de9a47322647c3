#define BOOST_TEST_DYN_LINK
#include "kiosk/desk/figures.h"
#include "tests/acceptance/campus.h"

#include <boost/test/unit_test.hpp>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

using namespace wq;
using acceptance::DemoCampus;
using domain::Action;

namespace {

void execute(const std::filesystem::path& home, const char* sql) {
    sqlite3* database = nullptr;
    BOOST_REQUIRE(sqlite3_open((home / "wangqian.db").c_str(), &database) == SQLITE_OK);
    BOOST_REQUIRE_MESSAGE(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK,
                          sqlite3_errmsg(database));
    sqlite3_close(database);
}

}  // namespace

BOOST_AUTO_TEST_CASE(R42_what_was_acknowledged_is_there_after_a_kill) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.home->random().uuid(campus.clock.now());
    int pipe_ends[2];
    BOOST_REQUIRE(::pipe(pipe_ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        auto home = desk::Home::open(campus.folder.path() / "home", {&campus.clock});
        desk::StudentDesk desk(**home, *campus.paper);
        const bool done =
            desk.submit(session,
                        {id, domain::Kind::offline, session.exam_number, 1, DemoCampus::good_form(), {}})
                .has_value();
        if (done) (void)!::write(pipe_ends[1], "!", 1);
        ::kill(::getpid(), SIGKILL);
    }
    char acknowledged = 0;
    BOOST_REQUIRE(::read(pipe_ends[0], &acknowledged, 1) == 1);
    ::waitpid(child, nullptr, 0);
    campus.restart();
    BOOST_TEST((campus.record(id).state == domain::State::school_review));
    BOOST_TEST(campus.home->store().audit().is_whole());
}

BOOST_AUTO_TEST_CASE(R42_record_history_and_outbox_come_together) {
    DemoCampus campus;
    const auto before = campus.home->store().log().outbox().waiting;
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    BOOST_TEST(campus.home->store().log().outbox().waiting == before + 2);  // confirmation, submission
    BOOST_TEST(campus.home->store().log().history(id).size() == 1u);
}

BOOST_AUTO_TEST_CASE(R46_an_untouched_history_is_proven_whole) {
    DemoCampus campus;
    const auto session = campus.first_student();
    campus.approved(session);
    const auto report = campus.home->store().audit();
    BOOST_TEST(report.is_whole());
    BOOST_TEST(report.registrations == 1);
    const auto ran = acceptance::run_wangqian(campus.folder.path() / "home", "audit");
    BOOST_TEST(ran.exit == 0);
}

BOOST_AUTO_TEST_CASE(R46_a_changed_event_is_named) {
    DemoCampus campus;
    campus.approved(campus.first_student());
    execute(campus.folder.path() / "home",
            "UPDATE event SET bytes = zeroblob(length(bytes)) WHERE number = 3");
    const auto ran = acceptance::run_wangqian(campus.folder.path() / "home", "audit");
    BOOST_TEST(ran.exit == 1);
    BOOST_TEST(ran.err.find("number 3: bytes_changed") != std::string::npos, ran.err);
}

BOOST_AUTO_TEST_CASE(R46_a_missing_event_is_named) {
    DemoCampus campus;
    campus.approved(campus.first_student());
    execute(campus.folder.path() / "home", "DELETE FROM event WHERE number = 4");
    const auto report = campus.home->store().audit();
    BOOST_REQUIRE(!report.is_whole());
    BOOST_TEST(report.faults[0].what == "number_missing");
    BOOST_TEST(report.faults[0].where.ends_with("number 5"));
}

BOOST_AUTO_TEST_CASE(R46_a_row_that_says_something_else_than_its_history_is_named) {
    DemoCampus campus;
    const Uuid first = campus.approved(campus.first_student());
    const Uuid second = campus.submitted(campus.student_of_mode("5"));
    execute(campus.folder.path() / "home",
            ("UPDATE registration SET record = (SELECT record FROM registration WHERE hex(id) = '" +
             [](std::string hex) {
                 for (char& c : hex) c = static_cast<char>(std::toupper(c));
                 return hex;
             }(to_hex(second.view())) +
             "')")
                .c_str());
    const auto report = campus.home->store().audit();
    BOOST_REQUIRE(report.faults.size() == 1u);
    BOOST_TEST(report.faults[0].where == "registration " + to_text(first));
    BOOST_TEST(report.faults[0].what == "row_differs");
}

BOOST_AUTO_TEST_CASE(R46_what_figures_queue_and_export_go_by_is_proven) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    const auto home = campus.folder.path() / "home";
    execute(home,
            "UPDATE registration SET destination = '10', in_force_day = 20000, department = '数学学院', "
            "student_name = '某人'");
    BOOST_TEST(desk::figures_of(*campus.home, {}, campus.zh()).total.registered == 1);
    auto ran = acceptance::run_wangqian(home, "audit");
    BOOST_TEST(ran.exit == 1);
    BOOST_TEST(ran.err.find("registration " + to_text(id) + ": row_differs") != std::string::npos, ran.err);
    execute(home, "UPDATE setting SET value = 'x' WHERE key = 'school_name'");
    execute(home, "UPDATE graduate SET confirmed_revision = revision");
    execute(home, "DELETE FROM warning");
    ran = acceptance::run_wangqian(home, "audit");
    for (const char* forged : {"setting school_name: row_differs", "graduate 2", "warning 9"})
        BOOST_TEST(ran.err.find(forged) != std::string::npos, forged);
}
