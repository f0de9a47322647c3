// History: proven by the audit, answered by the platform, adopted from other nodes, and whole after a kill
// or a full disk.
#include "tests/data/campus_store.h"

#include <boost/test/unit_test.hpp>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace wq;
using namespace wq::domain;
using test::kOffice;
using test::kStudent;

namespace {

struct TwoKiosks {
    TwoKiosks() { first.set_up(); }

    // The platform accepts what `kiosk` has waiting and tells everybody.
    void accept_all(test::Kiosk& kiosk) {
        const auto rows = kiosk.rows(first->feed().cursor() + 1);
        for (test::Kiosk* one : {&first, &second}) BOOST_REQUIRE((*one)->feed().adopt(rows, {}));
    }

    test::Folder folder;
    test::Kiosk first{folder.path() / "one", 1};
    test::Kiosk second{folder.path() / "two", 2};
};

std::string audited(store::Store& store) {
    std::string faults;
    for (const store::AuditFault& fault : store.audit().faults)
        faults += fault.what + " " + fault.where + "\n";
    return faults;
}

bool names(store::Store& store, const std::string& what, const std::string& where) {
    const auto faults = store.audit().faults;
    for (const auto& fault : faults)
        if (fault.what == what && fault.where.find(where) != std::string::npos) return true;
    return false;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(history, TwoKiosks)

BOOST_AUTO_TEST_CASE(an_untouched_history_is_proven_whole) {
    const Uuid id = first.submitted();
    BOOST_TEST(!first.act(id, Action::pass, Role::school));
    const auto report = first->audit();
    BOOST_TEST(audited(*first) == "");
    BOOST_TEST(report.events == first->log().head().number);
    BOOST_TEST(report.registrations == 1);
    BOOST_TEST(first->log().history(id).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_changed_byte_of_any_event_is_named) {
    first.submitted();
    const auto last = first->log().head().number;
    for (std::int64_t number = 1; number <= last; ++number) {
        const std::string where = " WHERE number = " + std::to_string(number);
        for (const char* column : {"bytes", "hash"}) {
            const std::string right =
                first.tamper(std::string("SELECT hex(") + column + ") FROM event" + where);
            std::string wrong = right;
            wrong[wrong.size() / 2] = wrong[wrong.size() / 2] == '0' ? '1' : '0';
            const std::string set = std::string("UPDATE event SET ") + column + " = x'";
            first.tamper(set + wrong + "'" + where);
            BOOST_TEST(names(*first, "bytes_changed", "number " + std::to_string(number)));
            first.tamper(set + right + "'" + where);
        }
    }
    BOOST_TEST(audited(*first) == "");
}

BOOST_AUTO_TEST_CASE(a_missing_event_is_named) {
    first.submitted();
    first.tamper("DELETE FROM event WHERE number = 2");
    BOOST_TEST(names(*first, "number_missing", "number 3"));
}

BOOST_AUTO_TEST_CASE(a_missing_last_event_is_named) {
    const auto last = first->log().head().number;
    first.tamper("DELETE FROM event WHERE number = " + std::to_string(last));
    BOOST_TEST(names(*first, "number_missing", "number " + std::to_string(last)));
}

BOOST_AUTO_TEST_CASE(two_events_that_changed_places_are_named) {
    first.submitted();
    first.tamper("UPDATE event SET number = 100 WHERE number = 2");
    first.tamper("UPDATE event SET number = 2 WHERE number = 3");
    first.tamper("UPDATE event SET number = 3 WHERE number = 100");
    BOOST_TEST(names(*first, "bytes_changed", "number 2"));
}

BOOST_AUTO_TEST_CASE(a_row_changed_behind_the_events_is_named) {
    const Uuid id = first.submitted();
    for (const char* change : {"state = 'effective'", "number = '202610999001000009'", "employer_name = 'x'",
                               "revision = 9", "kind = 'online'"}) {
        const std::string column = std::string(change).substr(0, std::string(change).find(' '));
        const std::string before = first.tamper("SELECT quote(" + column + ") FROM registration");
        first.tamper(std::string("UPDATE registration SET ") + change);
        BOOST_TEST(names(*first, "row_differs", to_text(id)), change);
        first.tamper("UPDATE registration SET " + column + " = " + before);
    }
    BOOST_TEST(audited(*first) == "");
    first.tamper("UPDATE registration SET record = zeroblob(100)");
    BOOST_TEST(names(*first, "row_differs", to_text(id)));
    first.tamper("DELETE FROM registration");
    BOOST_TEST(names(*first, "row_differs", to_text(id)));
}

BOOST_AUTO_TEST_CASE(a_column_that_queue_figures_or_export_go_by_is_proven) {
    const Uuid id = first.submitted();
    for (const char* change : {"destination = '10'", "in_force_day = 20000", "department = '数学学院'",
                               "level = '11'", "student_name = '某人'", "initials = 'x'",
                               "waits_for = 'student'", "flagged = 1", "exam_number = '1'"}) {
        const std::string column = std::string(change).substr(0, std::string(change).find(' '));
        const std::string before = first.tamper("SELECT quote(" + column + ") FROM registration");
        first.tamper(std::string("UPDATE registration SET ") + change);
        BOOST_TEST(names(*first, "row_differs", to_text(id)), change);
        first.tamper("UPDATE registration SET " + column + " = " + before);
    }
    BOOST_TEST(audited(*first) == "");
}

BOOST_AUTO_TEST_CASE(a_row_of_the_campus_changed_behind_the_events_is_named) {
    BOOST_REQUIRE(first->warnings().mark(
        {test::kEmployer, "云杉", "4", "招聘信息不实", {{"evidence", {}, 1, "image/jpeg"}}}, kOffice));
    first->employers().put({{{"employer_name", "云杉"}, {"credit_code", test::kEmployer}}}, kOffice);
    for (const char* change :
         {"UPDATE setting SET value = '别校' WHERE key = 'school_name'",
          "UPDATE graduate SET confirmed_revision = 0", "UPDATE graduate SET department = '数学学院'",
          "UPDATE graduate SET mobile_tag = NULL",
          "UPDATE account SET role = 'province' WHERE account = 'office'",
          "UPDATE employer SET name = '红杉'", "DELETE FROM warning",
          "INSERT INTO setting VALUES ('colour', 'red')", "UPDATE warning SET entry = zeroblob(80)"}) {
        test::Kiosk other(folder.path() / "other", 1);
        other.close();
        for (const auto& entry : std::filesystem::directory_iterator(other.home))
            std::filesystem::remove_all(entry);
        first.close();
        std::filesystem::copy(
            first.home, other.home,
            std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);
        first.open();
        other.tamper(change);
        other.open();
        BOOST_TEST(names(*other, "row_differs", ""), change);
    }
    BOOST_TEST(audited(*first) == "");
}

BOOST_AUTO_TEST_CASE(an_event_that_is_found_as_something_else_is_named) {
    first.submitted();
    first.tamper("UPDATE event SET type = 'unknown' WHERE type = 'registration'");
    BOOST_TEST(names(*first, "bytes_changed", "number"));
}

BOOST_AUTO_TEST_CASE(a_changed_picture_is_named) {
    BOOST_REQUIRE(first->pictures().keep(bytes_of("page"), "image/png"));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(first.home / "pictures"))
        if (entry.is_regular_file()) std::filesystem::resize_file(entry.path(), 10);
    BOOST_TEST(names(*first, "picture_changed", ""));
}

BOOST_AUTO_TEST_CASE(another_node_adopts_everything) {
    const Uuid id = first.submitted();
    accept_all(first);
    BOOST_TEST((second->registrations().find(id) == first->registrations().find(id)));
    BOOST_TEST(second->graduates().find(kStudent)->is_confirmed());
    BOOST_TEST(second->campus().campus().school_name() == "示例大学");
    BOOST_TEST(second->accounts().log_in("office", "right").has_value());
    BOOST_TEST(first->log().outbox().waiting == 0);
    BOOST_TEST(audited(*second) == "");
    BOOST_TEST(audited(*first) == "");
    BOOST_TEST(first->log().history(id).at(0).feed > 0);
}

BOOST_AUTO_TEST_CASE(a_gap_in_the_feed_takes_nothing) {
    auto rows = first.rows(1);
    rows.erase(rows.begin() + 1);
    BOOST_TEST(
        (second->feed().adopt(rows, {}).error() == Refusal{"feed_gap", {{"expected", "2"}, {"got", "3"}}}));
    BOOST_TEST(second->feed().cursor() == 0);
    BOOST_TEST(second->campus().campus().school_name() == "");
}

BOOST_AUTO_TEST_CASE(an_unanswered_act_on_top_of_another_nodes_becomes_a_conflict_and_is_kept) {
    const Uuid id = first.submitted();
    accept_all(first);
    BOOST_TEST(!first.act(id, Action::send_back, Role::school));
    BOOST_TEST(!second.act(id, Action::pass, Role::school));
    const auto adopted = second->feed().adopt(first.rows(second->feed().cursor() + 1), {});
    BOOST_TEST(adopted->conflicts == 1);
    BOOST_TEST(second.state(id) == "returned");
    BOOST_REQUIRE_EQUAL(second->feed().conflicts().size(), 1u);
    BOOST_TEST(second->feed().conflicts()[0].code == "changed_meanwhile");
    BOOST_TEST(second->log().history(id).size() == 3u);  // the act itself is still there
    BOOST_TEST(audited(*second) == "");
}

BOOST_AUTO_TEST_CASE(an_unanswered_act_that_still_applies_stays_on_top) {
    const Uuid id = first.submitted();
    accept_all(first);
    BOOST_TEST(!second.act(id, Action::pass, Role::school));
    BOOST_REQUIRE(first->campus().change({{"parties", "2"}}, {Role::province, "province"}));
    BOOST_TEST(second->feed().adopt(first.rows(second->feed().cursor() + 1), {})->conflicts == 0);
    BOOST_TEST(second.state(id) == "approved");
}

BOOST_AUTO_TEST_CASE(what_the_platform_does_not_take_becomes_a_conflict_and_the_row_steps_back) {
    for (const char* verdict : {"rejected", "quarantined"}) {
        test::Kiosk kiosk(folder.path() / verdict, 3);
        kiosk.set_up();
        const Uuid id = kiosk.submitted();
        const auto number = kiosk->log().head().number;
        kiosk->log().note_verdicts({{number, verdict, "already_engaged"}});
        BOOST_TEST(kiosk.state(id) == "none", verdict);
        BOOST_REQUIRE_EQUAL(kiosk->feed().conflicts().size(), 1u);
        BOOST_TEST(kiosk->feed().conflicts()[0].code == "already_engaged");
        BOOST_TEST(kiosk->log().history(id).size() == 1u);
        BOOST_TEST(audited(*kiosk) == "", verdict);
    }
}

BOOST_AUTO_TEST_CASE(the_feeds_word_that_an_act_was_not_taken_does_the_same) {
    for (const char* verdict : {"rejected", "quarantined"}) {
        test::Kiosk kiosk(folder.path() / verdict, 3);
        kiosk.set_up();
        const Uuid id = kiosk.submitted();
        auto rows = kiosk.rows(1);
        rows.back().verdict = verdict;
        rows.back().code = "already_engaged";
        BOOST_REQUIRE(kiosk->feed().adopt(rows, {}));
        BOOST_TEST(kiosk.state(id) == "none", verdict);
        BOOST_TEST(kiosk->feed().conflicts().size() == 1u, verdict);
        BOOST_TEST(audited(*kiosk) == "", verdict);
    }
}

BOOST_AUTO_TEST_CASE(an_answer_stays_as_it_was_first_given) {
    const auto number = first->log().head().number;
    first->log().note_verdicts({{number, "accepted", ""}});
    first->log().note_verdicts({{number, "rejected", "late"}});
    BOOST_TEST(first->log().outbox().rejected == 0);
    BOOST_TEST(first->log().waiting().size() == static_cast<std::size_t>(number - 1));
}

BOOST_AUTO_TEST_CASE(settings_of_two_nodes_end_as_the_feed_orders_them) {
    accept_all(first);
    BOOST_REQUIRE(first->campus().change({{"office_name", "一"}}, kOffice));
    BOOST_REQUIRE(second->campus().change({{"office_name", "二"}}, kOffice));
    const auto ones = first.rows(0), twos = second.rows(0);
    std::vector<store::FeedRow> rows{twos.at(0), ones.at(0)};
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].feed = first->feed().cursor() + 1 + static_cast<std::int64_t>(i);
    for (test::Kiosk* kiosk : {&first, &second}) {
        BOOST_REQUIRE((*kiosk)->feed().adopt(rows, {}));
        BOOST_TEST(value_of((*kiosk)->campus().campus().settings, "office_name") == "一");
    }
}

BOOST_AUTO_TEST_CASE(the_same_roster_from_two_nodes_is_confirmed_once) {
    accept_all(first);
    test::Kiosk third(folder.path() / "three", 3);
    third->graduates().import({test::good_graduate()}, kOffice);
    const auto rows = third.rows(first->feed().cursor() + 1);
    for (test::Kiosk* kiosk : {&first, &second}) {
        BOOST_REQUIRE((*kiosk)->feed().adopt(rows, {}));
        BOOST_TEST((*kiosk)->graduates().find(kStudent)->is_confirmed());
    }
}

BOOST_AUTO_TEST_CASE(a_graduates_revision_is_the_same_however_the_corrections_came) {
    accept_all(first);
    Form corrected = test::good_graduate();
    for (const char* major : {"逻辑学", "伦理学"}) {
        corrected["major"] = major;
        second->graduates().import({corrected}, kOffice);
    }
    const Form other = test::graduate_numbered(2);
    first->graduates().import({other}, kOffice);
    const auto shown = second->graduates().find(kStudent)->revision;
    accept_all(first);
    accept_all(second);
    for (test::Kiosk* kiosk : {&first, &second})
        BOOST_TEST((*kiosk)->graduates().find(kStudent)->revision == shown);
    BOOST_REQUIRE(second->graduates().confirm(kStudent));
    accept_all(second);
    for (test::Kiosk* kiosk : {&first, &second}) {
        BOOST_TEST((*kiosk)->graduates().find(kStudent)->is_confirmed());
        BOOST_TEST(audited(**kiosk) == "");
    }
}

BOOST_AUTO_TEST_CASE(what_the_platform_does_not_take_of_the_campus_steps_back) {
    accept_all(first);
    Form corrected = test::good_graduate();
    corrected["major"] = "逻辑学";
    first->graduates().import({corrected}, kOffice);
    BOOST_REQUIRE(first->graduates().confirm(kStudent));
    BOOST_REQUIRE(first->campus().change({{"office_name", "一"}}, kOffice));
    auto rows = first.rows(first->feed().cursor() + 1);
    rows[1].verdict = rows[2].verdict = "rejected";  // the confirmation, the setting
    BOOST_REQUIRE(first->feed().adopt(rows, {}));
    BOOST_TEST(!first->graduates().find(kStudent)->is_confirmed());
    BOOST_TEST(value_of(first->campus().campus().settings, "office_name") != "一");
    BOOST_TEST(audited(*first) == "");
}

BOOST_AUTO_TEST_CASE(an_answered_act_stays_on_top_until_the_feed_brings_it) {
    accept_all(first);
    BOOST_REQUIRE(first->campus().change({{"office_name", "一"}}, kOffice));
    BOOST_REQUIRE(second->campus().change({{"office_name", "二"}}, kOffice));
    const auto cursor = first->feed().cursor();
    const auto ones = first.rows(cursor + 2), twos = second.rows(cursor + 1);
    first->log().note_verdicts({{first->log().head().number, "accepted", ""}});
    for (const auto& row : {twos, ones}) {
        BOOST_REQUIRE(first->feed().adopt(row, {}));
        BOOST_TEST(value_of(first->campus().campus().settings, "office_name") == "一");
    }
    BOOST_TEST(audited(*first) == "");
}

BOOST_AUTO_TEST_CASE(the_outbox_is_pushed_in_order_and_in_parts) {
    const auto all = first->log().waiting();
    for (std::size_t i = 0; i < all.size(); ++i) {
        BOOST_TEST(all[i].number == static_cast<std::int64_t>(i + 1));
        BOOST_TEST((crypto::sm3(chain_message(all[i].bytes)) == all[i].hash));
        BOOST_TEST((decode_event(all[i].bytes)->previous == first->log().hash_at(all[i].number - 1)));
    }
    BOOST_TEST(first->log().waiting(2).size() == 2u);
    BOOST_TEST(first->log().waiting(500, 1).size() == 1u);  // never nothing, or the queue would stand
}

BOOST_AUTO_TEST_CASE(pictures_named_by_acts_travel) {
    const Uuid id = first.submitted();
    BOOST_TEST(!first.act(id, Action::pass, Role::school));
    test::World world;
    Command give = world.command(Action::return_paper, Role::student);
    const auto picture = first->pictures().keep(bytes_of("page"), "image/png");
    for (ReturnedPage& page : give.pages) page.picture = picture->hash;
    BOOST_TEST(first->pictures().to_send().empty());
    BOOST_REQUIRE(first->registrations().act(id, give));
    BOOST_TEST(first->pictures().to_send().size() == 1u);
    accept_all(first);
    BOOST_TEST(second->pictures().to_fetch().size() == 1u);
    BOOST_REQUIRE(second->pictures().keep(bytes_of("page"), "image/png"));
    BOOST_TEST(second->pictures().to_fetch().empty());
    first->pictures().note_sent(picture->hash);
    BOOST_TEST(first->pictures().to_send().empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(power, TwoKiosks)

BOOST_AUTO_TEST_CASE(writes_reach_the_disk_before_they_are_acknowledged) {
    // PRAGMA synchronous belongs to a connection, and the store refuses to open without FULL; the file says
    // WAL.
    BOOST_TEST(first.tamper("PRAGMA journal_mode") == "wal");
    BOOST_TEST(first.tamper("PRAGMA integrity_check") == "ok");
}

BOOST_AUTO_TEST_CASE(a_kill_at_any_moment_keeps_all_that_was_acknowledged_and_nothing_half) {
    first.close();
    for (int round = 0; round < 12; ++round) {
        int told[2];
        BOOST_REQUIRE(::pipe(told) == 0);
        const pid_t child = ::fork();
        if (child == 0) {  // submits and withdraws for ever; says each act that it was told is done
            first.open();
            for (;;) {
                const Uuid id = first.submitted();
                if (::write(told[1], id.bytes.data(), 16) != 16) ::_exit(1);
                if (first.act(id, Action::reject, Role::school)) ::_exit(1);
            }
        }
        ::close(told[1]);
        Uuid last{}, next{};
        ::usleep(60000 + 7919 * round);
        ::kill(child, SIGKILL);
        while (::read(told[0], next.bytes.data(), 16) == 16) last = next;
        ::close(told[0]);
        ::waitpid(child, nullptr, 0);
        first.random = test::SeededRandom(1000 + round);
        first.open();
        BOOST_TEST((last.is_nil() || first->registrations().find(last)));
        BOOST_TEST(audited(*first) == "");
        for (const auto& row : first->registrations().list({{State::school_review}, {}, kStudent}))
            BOOST_TEST(!first.act(row.id, Action::reject, Role::school));
        first.close();
    }
}

BOOST_AUTO_TEST_CASE(a_death_within_a_transaction_leaves_the_state_before_it) {
    const auto head = first->log().head();
    first.close();
    const pid_t child = ::fork();
    if (child == 0) {
        // The codes are asked for in the middle of the transaction: after it began, before it wrote.
        struct Dying final : os::Clock {
            mutable int asked = 0;
            Instant now() const override {
                if (++asked > 4) ::_exit(7);
                return test::kNow;
            }
            std::int64_t steady_ms() const override { return 0; }
        } clock;
        auto opened = store::Store::open({first.home, &first.sealer, &clock, &first.random, &test::codes()});
        (*opened)->graduates().import({{{"exam_number", "1"}}, {{"exam_number", "2"}}}, kOffice);
        for (;;)
            (void)(*opened)->registrations().begin(first.random.uuid(test::kNow), Kind::offline, kStudent,
                                                   test::World().command(Action::submit, Role::student));
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    BOOST_TEST(WEXITSTATUS(status) == 7);
    first.open();
    BOOST_TEST(first->log().head().number == head.number + 1);  // the import; the act died
    BOOST_TEST(first->registrations().count({}) == 0);
    BOOST_TEST(audited(*first) == "");
}

BOOST_AUTO_TEST_CASE(a_full_disk_is_told_and_loses_nothing) {
    const auto disk = folder.path() / "disk";
    std::filesystem::create_directories(disk);
    if (::mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1200k") != 0) {
        BOOST_TEST_MESSAGE("SKIPPED: mounting a small disk is not permitted here");
        return;
    }
    {
        test::Kiosk kiosk(disk / "home", 5);
        kiosk.set_up();
        std::int64_t told = 0;
        bool full = false;
        for (int i = 0; i < 5000 && !full; ++i) try {
                kiosk->graduates().import({test::graduate_numbered(i + 2)}, kOffice);
                told = i + 1;
            } catch (const Fault& fault) {
                BOOST_TEST(std::string(fault.what()) == "the disk is full");
                full = true;
            }
        BOOST_TEST(full);
        BOOST_TEST(told > 10);
        BOOST_TEST(kiosk->pictures().keep(Bytes(900000, 1), "image/png").error().code == "disk_full");
        BOOST_TEST(kiosk->graduates().count() == told + 1);
        BOOST_TEST(audited(*kiosk) == "");
        ::mount("tmpfs", disk.c_str(), "tmpfs", MS_REMOUNT, "size=8m");
        kiosk.restart();
        BOOST_TEST(kiosk->graduates().count() == told + 1);
        BOOST_TEST(audited(*kiosk) == "");
        kiosk.submitted();
    }
    ::umount(disk.c_str());
}

BOOST_AUTO_TEST_CASE(two_programs_share_one_store) {
    test::Kiosk other(first.home, 1);
    other.random = test::SeededRandom(77);
    const Uuid id = first.submitted();
    BOOST_TEST(!other.act(id, Action::pass, Role::school));
    BOOST_TEST(first.state(id) == "approved");
    BOOST_TEST(!first.act(id, Action::return_paper, Role::student));
    BOOST_TEST(audited(*other) == "");
}

BOOST_AUTO_TEST_SUITE_END()
