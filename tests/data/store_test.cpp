// What a store keeps, finds and refuses.
#include "data/os/files.h"
#include "tests/data/campus_store.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using namespace wq::domain;
using test::kOffice;
using test::kStudent;

namespace {

struct OneKiosk {
    OneKiosk() { kiosk.set_up(); }
    test::Folder folder;
    test::Kiosk kiosk{folder.path() / "home"};
};

std::string told(const Result<store::Account>& result) { return result ? "in" : result.error().code; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(keeping, OneKiosk)

BOOST_AUTO_TEST_CASE(a_restart_keeps_everything) {
    const Uuid id = kiosk.submitted();
    BOOST_TEST(!kiosk.act(id, Action::pass, Role::school));
    kiosk->drafts().keep({id, Kind::offline, kStudent, 2, {{"address", "未完"}}, {}});
    const auto picture = kiosk->pictures().keep(bytes_of("page"), "image/png");
    kiosk->returns().add(id, 1, {1, picture->hash, 4, "image/png", {}});
    kiosk->returns().put_in_tray({0, *picture, "scan.pdf", "code_foreign", {}, {}, 0});
    kiosk->prints().end(*kiosk->prints().begin(id, kOffice, "spool"), store::PrintEnd::printed);
    BOOST_REQUIRE(kiosk->prints().begin(id, kOffice, "auto"));
    kiosk->log().set_note("platform", "https://example.com");
    const auto record = kiosk->registrations().find(id);
    const auto head = kiosk->log().head();
    kiosk.restart();
    BOOST_TEST((kiosk->registrations().find(id) == record));
    BOOST_TEST((kiosk->log().head().hash == head.hash));
    BOOST_TEST(kiosk->log().outbox().waiting == head.number);
    BOOST_TEST(value_of(kiosk->drafts().find(id)->form, "address") == "未完");
    BOOST_TEST(kiosk->returns().pages(id, 1).size() == 1u);
    BOOST_TEST(kiosk->returns().tray().size() == 1u);
    BOOST_TEST(text_of(*kiosk->pictures().read(picture->hash)) == "page");
    BOOST_TEST(kiosk->prints().last_copy(id) == 1);
    BOOST_TEST(kiosk->prints().begun().at(0).copy == 2);
    BOOST_TEST(kiosk->graduates().find(kStudent)->is_confirmed());
    BOOST_TEST(kiosk->log().note("platform") == "https://example.com");
    BOOST_TEST(kiosk->audit().is_whole());
}

BOOST_AUTO_TEST_CASE(personal_data_stand_nowhere_on_the_disk_in_the_clear) {
    kiosk.submitted();
    BOOST_REQUIRE(kiosk->pictures().keep(bytes_of("13800100001"), "image/png"));
    kiosk.close();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kiosk.home))
        if (entry.is_regular_file())
            for (const char* secret : {"510108199903141224", "13800100001", "student001@example.com"})
                BOOST_TEST((os::read_text(entry.path())->find(secret) == std::string::npos),
                           entry.path() << " " << secret);
}

BOOST_AUTO_TEST_CASE(another_key_opens_nothing) {
    kiosk.close();
    test::SeededRandom random;
    const crypto::Sealer stranger(Bytes(32, 8), random);
    auto opened = store::Store::open({kiosk.home, &stranger, &kiosk.clock, &random, &test::codes()});
    BOOST_REQUIRE(opened);
    BOOST_CHECK_THROW((*opened)->graduates().find(kStudent), Fault);
    BOOST_TEST(!(*opened)->audit().is_whole());
}

BOOST_AUTO_TEST_CASE(a_newer_or_damaged_file_is_refused_and_left_alone) {
    kiosk.close();
    kiosk.tamper("PRAGMA user_version = 999");
    const auto open = [&] {
        return store::Store::open({kiosk.home, &kiosk.sealer, &kiosk.clock, &kiosk.random, &test::codes()});
    };
    BOOST_TEST(open().error().code == "store_newer");
    for (const char* part : {"wangqian.db-wal", "wangqian.db-shm"})
        std::filesystem::remove(kiosk.home / part);
    BOOST_REQUIRE(os::write_file(kiosk.home / "wangqian.db", Bytes(8192, 'x')));
    BOOST_TEST(open().error().code == "store_damaged");
}

BOOST_AUTO_TEST_CASE(importing_the_same_roster_twice_changes_nothing) {
    const auto before = kiosk->log().head().number;
    const auto same = kiosk->graduates().import({test::good_graduate()}, kOffice);
    BOOST_TEST((same.same == 1 && same.added == 0 && same.changed == 0));
    BOOST_TEST(kiosk->log().head().number == before);
    BOOST_TEST(kiosk->graduates().find(kStudent)->is_confirmed());
}

BOOST_AUTO_TEST_CASE(a_log_in_that_another_graduate_has_is_told_and_not_imported) {
    Form second = test::graduate_numbered(2);
    second["mobile"] = "13800100001";
    const auto change = kiosk->graduates().import({second, test::graduate_numbered(3)}, kOffice);
    BOOST_TEST(change.added == 1);
    BOOST_REQUIRE_EQUAL(change.taken.size(), 1u);
    BOOST_TEST(change.taken[0].field == "mobile");
    BOOST_TEST(told(kiosk->accounts().log_in("13800100001", "right")) == "in");
    // The same file may give it from one to the other.
    Form first = test::good_graduate();
    first["mobile"] = "13800109999";
    BOOST_TEST(kiosk->graduates().import({second, first}, kOffice).taken.empty());
    BOOST_TEST(told(kiosk->accounts().log_in("13800109999", "right")) == "in");
}

BOOST_AUTO_TEST_CASE(what_was_looked_at_is_confirmed_and_nothing_else) {
    const auto shown = kiosk->graduates().find(kStudent)->revision;
    Form changed = test::good_graduate();
    changed["major"] = "逻辑学";
    kiosk->graduates().import({changed}, kOffice);
    BOOST_TEST(kiosk->graduates().confirm(kStudent, shown).error().code == "base_changed");
    BOOST_TEST(!kiosk->graduates().find(kStudent)->is_confirmed());
    BOOST_REQUIRE(kiosk->graduates().confirm(kStudent, kiosk->graduates().find(kStudent)->revision));
}

BOOST_AUTO_TEST_CASE(the_second_of_two_writers_is_told_of_the_first) {
    const Form seen = kiosk->campus().campus().settings;
    BOOST_REQUIRE(kiosk->campus().change({{"office_name", "一"}}, kOffice, seen));
    BOOST_TEST((kiosk->campus().change({{"office_name", "二"}}, kOffice, seen).error() ==
                Refusal{"setting_changed", {{"key", "office_name"}, {"value", "一"}}}));
    BOOST_REQUIRE(kiosk->campus().change({{"office_phone", "028-1"}}, kOffice, seen));
    const store::Warning warning{
        test::kEmployer, "云杉", "4", "招聘信息不实", {{"evidence", {}, 1, "image/jpeg"}}};
    BOOST_REQUIRE(kiosk->warnings().mark(warning, kOffice, Instant{}));
    BOOST_TEST(kiosk->warnings().mark(warning, kOffice, Instant{}).error().code == "warning_changed");
    BOOST_REQUIRE(kiosk->warnings().mark(warning, kOffice, kiosk->warnings().shown(test::kEmployer)->when));
}

BOOST_AUTO_TEST_CASE(what_the_province_sets_comes_from_the_platform_once_one_is_joined) {
    const domain::Actor province{Role::province, "province"};
    BOOST_REQUIRE(kiosk->campus().change({{"parties", "2"}}, province));
    kiosk->log().set_note(store::kPlatformNote, "http://127.0.0.1:1");
    BOOST_TEST(kiosk->campus().change({{"parties", "3"}}, province).error().code == "setting_from_platform");
    BOOST_REQUIRE(kiosk->campus().change({{"office_name", "一"}}, kOffice));
    BOOST_TEST(kiosk->campus().campus().parties() == 2);
}

BOOST_AUTO_TEST_CASE(a_removed_account_logs_in_no_more_and_the_history_says_so) {
    BOOST_TEST(kiosk->accounts().list(Role::school).size() == 1u);
    BOOST_REQUIRE(kiosk->accounts().remove("office", kOffice));
    BOOST_TEST(told(kiosk->accounts().log_in("office", "right")) == "login_wrong");
    BOOST_TEST(kiosk->accounts().remove("office", kOffice).error().code == "account_unknown");
    BOOST_TEST(kiosk->accounts().count(Role::student) == 1);
    BOOST_TEST(kiosk->audit().is_whole());
}

BOOST_AUTO_TEST_CASE(changed_data_are_to_be_confirmed_again) {
    Form changed = test::good_graduate();
    changed["major"] = "逻辑学";
    BOOST_TEST(kiosk->graduates().import({changed}, kOffice).changed == 1);
    BOOST_TEST(!kiosk->graduates().find(kStudent)->is_confirmed());
    BOOST_REQUIRE(kiosk->graduates().confirm(kStudent));
    BOOST_TEST(kiosk->graduates().find(kStudent)->is_confirmed());
    BOOST_TEST(kiosk->graduates().confirm("nobody").error().code == "student_unknown");
}

BOOST_AUTO_TEST_CASE(a_second_agreement_is_barred_also_by_one_without_a_number) {
    const Uuid first = kiosk.submitted();
    test::World world;
    const auto second = kiosk->registrations().begin(kiosk.random.uuid(test::kNow), Kind::offline, kStudent,
                                                     world.command(Action::submit, Role::student));
    BOOST_TEST(second.error().code == "already_engaged");
    BOOST_TEST(!kiosk.act(first, Action::reject, Role::school));
    kiosk.submitted();
}

BOOST_AUTO_TEST_CASE(what_holds_the_slot_bars_before_what_is_only_under_way) {
    BOOST_TEST(!kiosk->registrations().barring(kStudent));
    const Uuid first = kiosk.submitted();
    BOOST_TEST((kiosk->registrations().barring(kStudent)->id == first));
    BOOST_TEST(!kiosk->registrations().barring(kStudent, first));
    Registration under_way, holder;
    under_way.state = State::school_review;
    holder.state = State::approved;
    BOOST_TEST((barring({under_way, holder})->state == State::approved));
    holder.state = State::invited;
    BOOST_TEST((barring({holder, under_way})->state == State::school_review));
    BOOST_TEST(!barring({holder}));
}

BOOST_AUTO_TEST_CASE(a_draft_knows_the_revision_it_was_begun_on) {
    const Uuid id = kiosk.random.uuid(test::kNow);
    kiosk->drafts().keep({id, Kind::offline, kStudent, 1, {}, {}, {}, 3});
    BOOST_TEST((kiosk->drafts().find(id)->seen == 3));
    kiosk->drafts().keep({id, Kind::offline, kStudent, 1, {}, {}});
    BOOST_TEST(!kiosk->drafts().find(id)->seen);
}

BOOST_AUTO_TEST_CASE(a_department_without_a_name_sees_nobody) {
    kiosk.submitted();
    for (const Scope& scope : {Scope(""), Scope("数学学院")}) {
        BOOST_TEST(kiosk->registrations().count({.department = scope}) == 0);
        BOOST_TEST(kiosk->graduates().search(scope, "").empty());
        BOOST_TEST(kiosk->figures().counts(scope).graduates.empty());
        kiosk->graduates().each(scope, [](const Graduate&) { BOOST_TEST(false); });
    }
    BOOST_TEST(kiosk->registrations().count({.department = "哲学与社会学院"}) == 1);
    BOOST_TEST((scope_of({Role::department, "x"}) == Scope("")));
    BOOST_TEST((scope_of({Role::student, "x"}) == Scope("")));
    BOOST_TEST((scope_of(kOffice) == std::nullopt));
}

BOOST_AUTO_TEST_CASE(a_search_finds_what_waits_among_very_many_others) {
    const Uuid id = kiosk.submitted();
    // Four thousand others of the same employer's name, of nobody's turn.
    kiosk.tamper(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
        " INSERT INTO registration SELECT randomblob(16), 'X' || i, kind, 'void', 1, NULL, employer_name,"
        " changed_ms - i, department, level, student_name, initials, '', 0, '', 0, record FROM registration, "
        "n");
    const std::vector<Role> school{Role::school};
    for (const char* text : {"云杉", "奚", "x"}) {
        const auto rows = kiosk->registrations().list({.text = text, .waits_for = school});
        BOOST_REQUIRE_EQUAL(rows.size(), 1u);
        BOOST_TEST((rows[0].id == id));
        BOOST_TEST(kiosk->registrations().count({.text = text, .waits_for = school}) == 1);
        BOOST_TEST(kiosk->registrations().count({.text = text}) == 3000);
    }
    BOOST_TEST((kiosk->registrations().list({.text = "云杉", .limit = 1})[0].id == id));  // the newest
}

BOOST_AUTO_TEST_CASE(a_search_finds_by_student_number) {
    const Uuid id = kiosk.submitted();
    const std::string number(value_of(test::good_graduate(), "student_number"));
    const auto rows = kiosk->registrations().list({.text = number.substr(0, number.size() - 1)});
    BOOST_REQUIRE_EQUAL(rows.size(), 1u);
    BOOST_TEST((rows[0].id == id));
    BOOST_TEST(kiosk->graduates().search({}, number).size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_unknown_is_refused) {
    BOOST_TEST(kiosk.act(kiosk.random.uuid(test::kNow), Action::pass, Role::school)->code ==
               "record_unknown");
    BOOST_TEST(kiosk->prints().begin(Uuid{}, kOffice, "").error().code == "record_unknown");
    BOOST_TEST(kiosk->prints().begin(kiosk.submitted(), kOffice, "").error().code == "paper_missing");
    test::World world;
    world.record.exam_number = "nobody";
    const auto begun = kiosk->registrations().begin(kiosk.random.uuid(test::kNow), Kind::offline, "nobody",
                                                    world.command(Action::submit, Role::student));
    BOOST_TEST(begun.error().code == "student_unknown");
}

BOOST_AUTO_TEST_CASE(a_refused_act_leaves_no_trace) {
    const Uuid id = kiosk.submitted();
    const auto head = kiosk->log().head().number;
    BOOST_TEST(kiosk.act(id, Action::return_paper, Role::student)->code == "not_allowed");
    BOOST_TEST(kiosk->campus().change({{"parties", "2"}, {"colour", "red"}}, kOffice).error().code ==
               "setting_unknown");
    BOOST_TEST(kiosk->campus().campus().parties() == 3);
    BOOST_TEST(kiosk->log().head().number == head);
}

BOOST_AUTO_TEST_CASE(lists_find_by_state_student_and_text_taken_literally) {
    const Uuid id = kiosk.submitted();
    store::RegistrationFilter filter;
    for (const char* text : {"", "奚", "21510", "云杉", "𬱖"}) {
        filter.text = text;
        BOOST_TEST(kiosk->registrations().count(filter) == (std::string(text) == "𬱖" ? 0 : 1), text);
    }
    for (const char* text : {"%", "_", "\\", "' OR 1"}) {
        filter.text = text;
        BOOST_TEST(kiosk->registrations().list(filter).empty(), text);
    }
    filter = {{State::school_review, State::approved}, "哲学与社会学院", kStudent};
    BOOST_REQUIRE_EQUAL(kiosk->registrations().list(filter).size(), 1u);
    BOOST_TEST((kiosk->registrations().list(filter)[0].id == id));
    BOOST_TEST(kiosk->registrations().list(filter)[0].waiting);
    filter.states = {State::draft};
    BOOST_TEST(kiosk->registrations().list(filter).empty());
}

BOOST_AUTO_TEST_CASE(a_name_is_found_by_its_initials_and_lists_know_whose_turn_it_is) {
    const Uuid id = kiosk.submitted();
    const auto found = [&](const char* text) { return kiosk->registrations().count({.text = text}); };
    BOOST_TEST(found("x") == 1);
    BOOST_TEST(found("X") == 1);
    BOOST_TEST(found("z") == 0);
    BOOST_TEST(kiosk->registrations().count({.waits_for = {Role::school}}) == 1);
    BOOST_TEST(kiosk->registrations().count({.waits_for = {Role::department, Role::student}}) == 0);
    BOOST_TEST(!kiosk.act(id, Action::pass, Role::school));
    BOOST_TEST(kiosk->registrations().count({.waits_for = {Role::student}}) == 1);
    BOOST_TEST(kiosk->registrations().count({.kinds = {Kind::destination}}) == 0);
    BOOST_TEST(kiosk->registrations().count({.flagged = true}) == 0);
}

BOOST_AUTO_TEST_CASE(a_store_of_the_first_schema_is_brought_up_with_full_rows) {
    const Uuid id = kiosk.submitted();
    kiosk.close();
    kiosk.tamper(
        "CREATE TABLE old AS SELECT id, exam_number, kind, state, revision, number, employer_name, record,"
        " changed_ms FROM registration; DROP TABLE registration; DROP TABLE registered_employer;"
        "CREATE TABLE registration (id BLOB PRIMARY KEY CHECK (length(id) = 16), exam_number TEXT NOT NULL,"
        " kind TEXT NOT NULL, state TEXT NOT NULL, revision INTEGER NOT NULL, number TEXT UNIQUE,"
        " employer_name TEXT NOT NULL, record BLOB NOT NULL, changed_ms INTEGER NOT NULL) STRICT;"
        "CREATE INDEX registration_of_student ON registration (exam_number);"
        "CREATE INDEX registration_in_state ON registration (state, changed_ms);"
        "INSERT INTO registration SELECT * FROM old; DROP TABLE old; DROP TABLE warning; DROP TABLE paper;"
        "DROP TABLE verification_list; DROP TABLE print_begun; DROP TABLE lost_branch; DROP TABLE balance; DROP INDEX event_own_when;"
        "ALTER TABLE tray DROP COLUMN likely_number; ALTER TABLE tray DROP COLUMN likely_page;"
        "ALTER TABLE draft DROP COLUMN attachments; ALTER TABLE draft DROP COLUMN told_ms; ALTER TABLE "
        "draft DROP COLUMN seen; DROP INDEX graduate_by_student_number; ALTER TABLE graduate DROP COLUMN "
        "student_number; DROP TABLE "
        "shared_warning; DROP INDEX graduate_of; ALTER "
        "TABLE graduate DROP COLUMN level;"
        "ALTER TABLE graduate DROP COLUMN initials; PRAGMA user_version = 1");
    kiosk.open();
    BOOST_TEST(std::stoi(kiosk.tamper("PRAGMA user_version")) > 3);
    const std::string number(value_of(test::good_graduate(), "student_number"));
    for (const std::string& text : {std::string("奚"), std::string("x"), std::string("云杉"), number})
        BOOST_TEST(kiosk->registrations().count({.text = text}) == 1, text);
    BOOST_TEST(kiosk->registrations().list({})[0].department == "哲学与社会学院");
    BOOST_TEST((kiosk->registrations().find(id)->state == State::school_review));
    BOOST_TEST(kiosk->audit().is_whole());
}

BOOST_AUTO_TEST_CASE(revisions_that_were_counted_become_those_of_the_data) {
    const auto revision = kiosk->graduates().find(kStudent)->revision;
    kiosk.close();
    kiosk.tamper(
        "UPDATE graduate SET revision = 3, confirmed_revision = 2; DROP INDEX graduate_by_student_number;"
        "ALTER TABLE graduate DROP COLUMN student_number; ALTER TABLE draft DROP COLUMN seen; DROP TABLE "
        "paper;"
        "DROP TABLE verification_list; DROP TABLE print_begun; DROP TABLE lost_branch; DROP TABLE balance; DROP INDEX event_own_when;"
        "ALTER TABLE tray DROP COLUMN likely_number; ALTER TABLE tray DROP COLUMN likely_page; PRAGMA "
        "user_version = 3");
    kiosk.open();
    BOOST_TEST(kiosk->graduates().find(kStudent)->revision == revision);
    BOOST_TEST(kiosk->graduates().find(kStudent)->is_confirmed());
    BOOST_TEST(kiosk->audit().is_whole());
}

BOOST_AUTO_TEST_CASE(a_school_marks_an_employer_and_lifts_its_mark) {
    store::Warning warning{
        .credit_code = test::kEmployer, .employer_name = "云杉", .category = "4", .reason = "招聘信息不实"};
    const domain::Actor department{Role::department, "dept1", "数学学院"};
    BOOST_TEST(kiosk->warnings().mark(warning, department).error().code == "not_allowed");
    warning.category = "9";
    BOOST_TEST(kiosk->warnings().mark(warning, kOffice).error().code == "code_unknown");
    warning.category = "4";
    warning.reason = " ";
    BOOST_TEST(kiosk->warnings().mark(warning, kOffice).error().code == "reason_required");
    warning.reason = "招聘信息不实";
    BOOST_TEST(kiosk->warnings().mark(warning, kOffice).error().code == "evidence_missing");
    warning.evidence = {{"evidence", {}, 1, "image/jpeg"}};
    BOOST_TEST(!kiosk->warnings().shown(test::kEmployer));
    BOOST_REQUIRE(kiosk->warnings().mark(warning, kOffice));
    kiosk.restart();
    BOOST_TEST(kiosk->warnings().shown(test::kEmployer)->reason == "招聘信息不实");
    BOOST_TEST(kiosk->warnings().own().size() == 1u);
    BOOST_REQUIRE(kiosk->warnings().lift(test::kEmployer, kOffice));
    BOOST_TEST(!kiosk->warnings().shown(test::kEmployer));
    BOOST_TEST(kiosk->warnings().lift(test::kEmployer, kOffice).error().code == "warning_unknown");
}

BOOST_AUTO_TEST_CASE(a_number_is_never_given_twice) {
    const std::string first = kiosk->registrations().reserve_number();
    BOOST_TEST(first == "202610999001000001");
    kiosk.restart();
    BOOST_TEST(kiosk->registrations().reserve_number() == "202610999001000002");
}

BOOST_AUTO_TEST_CASE(a_copy_counts_when_it_is_out_or_may_be) {
    using enum store::PrintEnd;
    const Uuid id = kiosk.submitted();
    BOOST_TEST(!kiosk.act(id, Action::pass, Role::school));
    store::Prints& prints = kiosk->prints();
    const auto print = [&](store::PrintEnd end) {
        const auto begun = prints.begin(id, kOffice, "auto");
        prints.end(*begun, end);
        prints.end(*begun, printed);  // told already
        return begun->copy;
    };
    const auto history = [&] { return kiosk->log().history(id).size(); };
    const auto before = history();
    BOOST_TEST(print(printed) == 1);
    BOOST_TEST(print(none) == 2);
    BOOST_TEST(print(unsure) == 2);
    BOOST_TEST(prints.begin(id, kOffice, "auto")->copy == 3);
    BOOST_TEST(prints.begin(id, kOffice, "auto")->copy == 4);
    BOOST_TEST(prints.last_copy(id) == 2);
    BOOST_TEST(history() == before + 2);
    BOOST_TEST(kiosk->log().history(id).back().event.body["end"].as_text() == "unsure");
    BOOST_TEST(kiosk->audit().is_whole());
}

BOOST_AUTO_TEST_CASE(employers_are_found) {
    const Form employer{{"employer_name", "云杉_示例"}, {"credit_code", "91350100M000100Y43"}};
    kiosk->employers().put({employer, {{"employer_name", "示例100%"}, {"credit_code", "91110000802100433B"}}},
                           kOffice);
    const auto head = kiosk->log().head().number;
    kiosk->employers().put({employer}, kOffice);
    BOOST_TEST(kiosk->log().head().number == head);
    BOOST_TEST(kiosk->employers().search("示例").at(0).at("employer_name") == "示例100%");
    BOOST_TEST(kiosk->employers().search("_").size() == 1u);
    BOOST_TEST(kiosk->employers().search("9135").size() == 1u);
}

BOOST_AUTO_TEST_CASE(the_same_picture_twice_is_one_file_and_a_lost_one_can_be_brought_again) {
    const auto first = kiosk->pictures().keep(bytes_of("page"), "image/png");
    BOOST_TEST((kiosk->pictures().keep(bytes_of("page"), "image/png")->hash == first->hash));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(kiosk.home / "pictures"))
        if (entry.is_regular_file()) std::filesystem::remove(entry.path());
    BOOST_TEST(kiosk->audit().faults.at(0).what == "picture_missing");
    BOOST_REQUIRE(kiosk->pictures().keep(bytes_of("page"), "image/png"));
    BOOST_TEST(kiosk->audit().is_whole());
}

BOOST_AUTO_TEST_CASE(the_tray_keeps_a_page_once_and_a_settled_one_stays_settled) {
    const auto picture = kiosk->pictures().keep(bytes_of("page"), "image/png");
    kiosk->returns().put_in_tray({0, *picture, "a.pdf", "code_foreign", {}, {}, 0});
    kiosk->returns().put_in_tray({0, *picture, "a.pdf", "code_foreign", {}, {}, 0});
    BOOST_REQUIRE_EQUAL(kiosk->returns().tray().size(), 1u);
    kiosk->returns().settle(kiosk->returns().tray()[0].id);
    BOOST_TEST(kiosk->returns().tray().empty());
    kiosk->returns().put_in_tray({0, *picture, "b.pdf", "code_foreign", {}, {}, 0});
    BOOST_TEST(kiosk->returns().tray().empty());
}

BOOST_AUTO_TEST_CASE(students_log_in_by_what_they_have_and_never_by_exam_number) {
    for (const char* login : {"13800100001", "510108199903141224", "student001@example.com",
                              "Student001@Example.com", "+86 138 0010 0001"})
        BOOST_TEST(told(kiosk->accounts().log_in(login, "right")) == "in", login);
    BOOST_TEST(told(kiosk->accounts().log_in(kStudent, "right")) == "login_wrong");
    BOOST_TEST(told(kiosk->accounts().log_in("office", "right")) == "in");
    BOOST_TEST(told(kiosk->accounts().log_in("nobody", "right")) == "login_wrong");
}

BOOST_AUTO_TEST_CASE(five_wrong_passwords_lock_for_a_quarter_of_an_hour_also_after_a_restart) {
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(told(kiosk->accounts().log_in("office", "wrong")) == "login_wrong");
    kiosk.restart();
    BOOST_TEST((kiosk->accounts().log_in("office", "right").error() ==
                Refusal{"login_locked", {{"minutes", "15"}}}));
    kiosk.clock.advance(15 * kMinute - 1);
    BOOST_TEST(told(kiosk->accounts().log_in("office", "right")) == "login_locked");
    kiosk.clock.advance(1);
    BOOST_TEST(told(kiosk->accounts().log_in("office", "right")) == "in");
}

BOOST_AUTO_TEST_CASE(an_unknown_account_is_answered_and_locked_like_a_known_one) {
    for (int i = 0; i < 5; ++i)
        BOOST_TEST((kiosk->accounts().log_in("nobody", "x").error() ==
                    kiosk->accounts().log_in("office", "x").error()));
    BOOST_TEST((kiosk->accounts().log_in("nobody", "x").error() ==
                kiosk->accounts().log_in("office", "right").error()));
}

BOOST_AUTO_TEST_CASE(all_the_log_ins_of_a_student_share_one_lock) {
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(told(kiosk->accounts().log_in(i % 2 ? "13800100001" : "student001@example.com",
                                                 "wrong")) == "login_wrong");
    BOOST_TEST(told(kiosk->accounts().log_in("510108199903141224", "right")) == "login_locked");
}

BOOST_AUTO_TEST_CASE(a_right_password_forgets_the_wrong_ones) {
    for (int i = 0; i < 4; ++i)
        BOOST_TEST(told(kiosk->accounts().log_in("office", "wrong")) == "login_wrong");
    BOOST_TEST(told(kiosk->accounts().log_in("office", "right")) == "in");
    for (int i = 0; i < 4; ++i)
        BOOST_TEST(told(kiosk->accounts().log_in("office", "wrong")) == "login_wrong");
    BOOST_TEST(told(kiosk->accounts().log_in("office", "right")) == "in");
}

BOOST_AUTO_TEST_SUITE_END()
