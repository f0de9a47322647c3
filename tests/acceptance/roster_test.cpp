#define BOOST_TEST_DYN_LINK
#include "data/os/files.h"
#include "tests/acceptance/campus.h"

#include <boost/test/unit_test.hpp>

#include <set>

using namespace wq;
using acceptance::DemoCampus;

namespace {

std::string demo_roster(DemoCampus& campus) {
    return *os::read_text(campus.home->assets() / "demo/roster.csv");
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    text.replace(text.find(what), what.size(), with);
    return text;
}

}  // namespace

BOOST_AUTO_TEST_CASE(R06_importing_the_same_roster_twice_changes_nothing) {
    DemoCampus campus;
    const auto again = desk::import_roster(*campus.home, demo_roster(campus), desk::operator_actor());
    BOOST_REQUIRE(again);
    BOOST_TEST(again->change.same == 200);
    BOOST_TEST(again->change.added + again->change.changed == 0);
}

BOOST_AUTO_TEST_CASE(R06_a_bad_line_is_named_and_the_good_ones_are_imported) {
    DemoCampus campus;
    std::string text = replaced(demo_roster(campus), acceptance::kFirstResidentId, "510108199903141225");
    text = replaced(text, "胡长庚", "胡长更");
    const auto imported = desk::import_roster(*campus.home, text, desk::operator_actor());
    BOOST_REQUIRE(imported->faults.size() == 1u);
    BOOST_TEST(imported->faults[0].line == 2u);
    BOOST_TEST(imported->faults[0].column == "身份证号");
    BOOST_TEST(imported->faults[0].why.code == "resident_id_check");
    BOOST_TEST(imported->change.changed == 1);
}

BOOST_AUTO_TEST_CASE(R06_a_truncated_file_loses_only_its_last_line) {
    DemoCampus campus;
    const std::string text = demo_roster(campus);
    const auto imported =
        desk::import_roster(*campus.home, text.substr(0, text.size() - 40), desk::operator_actor());
    BOOST_REQUIRE(imported->faults.size() == 1u);
    BOOST_TEST(imported->faults[0].line == 201u);
    BOOST_TEST(imported->faults[0].why.code == "line_cut_off");
    BOOST_TEST(imported->change.same == 199);
}

BOOST_AUTO_TEST_CASE(R06_excel_in_china_saves_gb18030) {
    acceptance::TemporaryFolder folder;
    DemoCampus campus;
    os::write_file(folder.path() / "utf8.csv", bytes_of(demo_roster(campus)));
    const std::string gb = (folder.path() / "gb.csv").string();
    BOOST_REQUIRE(
        std::system(
            ("iconv -f UTF-8 -t GB18030 " + (folder.path() / "utf8.csv").string() + " > " + gb).c_str()) ==
        0);
    const auto imported = desk::import_roster(*campus.home, *os::read_text(gb), desk::operator_actor());
    BOOST_REQUIRE(imported);
    BOOST_TEST(imported->change.same == 200);
}

BOOST_AUTO_TEST_CASE(R06_a_file_without_a_needed_column_changes_nothing) {
    DemoCampus campus;
    const auto imported = desk::import_roster(*campus.home, replaced(demo_roster(campus), "身份证号", "证件"),
                                              desk::operator_actor());
    BOOST_REQUIRE(!imported);
    BOOST_TEST(imported.error().code == "roster_columns_missing");
    BOOST_TEST(campus.home->store().graduates().count() == 200);
}

BOOST_AUTO_TEST_CASE(R07_the_training_mode_decides_who_may_sign) {
    DemoCampus campus;
    const std::set<std::string> barred = {"21", "41"};
    for (const char* mode : {"1", "21", "22", "3", "41", "42", "5"}) {
        const auto session = campus.student_of_mode(mode);
        const auto hindrance = campus.students->hindrance(session);
        BOOST_TEST_CONTEXT("training mode " << mode) {
            BOOST_TEST(hindrance.has_value() == barred.contains(mode));
            if (hindrance) BOOST_TEST(hindrance->code == "not_eligible");
            BOOST_TEST(campus.students->submit(session, campus.draft_of(session)).has_value() ==
                       !barred.contains(mode));
        }
    }
}

BOOST_AUTO_TEST_CASE(R12_base_data_are_confirmed_before_anything_else) {
    DemoCampus campus;
    auto session = *campus.students->log_in(acceptance::kFirstMobile, desk::kDemoPassword);
    BOOST_TEST(!session.confirmed);
    const auto data = campus.students->base_data(session, campus.zh());
    BOOST_TEST(data->values.size() == 15u);
    BOOST_TEST(data->values[1].value == "奚𬱖");
    BOOST_TEST(data->values[4].value == "5101**********1224");
    BOOST_TEST(campus.students->submit(session, campus.draft_of(session)).error().code == "not_confirmed");
    BOOST_TEST(campus.students->confirm(session).has_value());
    BOOST_TEST(campus.students->log_in(acceptance::kFirstMobile, desk::kDemoPassword)->confirmed);
}

BOOST_AUTO_TEST_CASE(R12_a_change_by_the_school_asks_again) {
    DemoCampus campus;
    campus.first_student();
    const auto imported = desk::import_roster(*campus.home, replaced(demo_roster(campus), "共青团员", "群众"),
                                              desk::operator_actor());
    BOOST_TEST(imported->change.changed == 1);
    BOOST_TEST(!campus.students->log_in(acceptance::kFirstMobile, desk::kDemoPassword)->confirmed);
}

BOOST_AUTO_TEST_CASE(R12_what_changed_since_it_was_looked_at_is_not_confirmed) {
    DemoCampus campus;
    auto session = *campus.students->log_in(acceptance::kFirstMobile, desk::kDemoPassword);
    const auto shown = campus.students->base_data(session, campus.zh());
    BOOST_REQUIRE(campus.staff->correct(campus.school(), session.exam_number, {{"major", "逻辑学"}}));
    BOOST_TEST(campus.students->confirm(session, shown->revision).error().code == "base_changed");
    BOOST_TEST(!session.confirmed);
    BOOST_REQUIRE(
        campus.students->confirm(session, campus.students->base_data(session, campus.zh())->revision));
}

BOOST_AUTO_TEST_CASE(R06_a_correction_is_checked_like_an_import_and_undoes_nobodys) {
    DemoCampus campus;
    const auto school = campus.school();
    const std::string exam = acceptance::kFirstExamNumber;
    const auto seen = campus.home->store().graduates().find(exam)->revision;
    const auto wrong = [&](const domain::Form& changes) {
        const auto corrected = campus.staff->correct(school, exam, changes);
        return corrected ? std::string() : corrected.error().args.back().second;
    };
    BOOST_TEST(wrong({{"birth_date", "1999-03-15"}}) == "birth_differs");
    BOOST_TEST(wrong({{"sex", "1"}}) == "sex_differs");
    BOOST_TEST(wrong({{"graduation_month", "200001"}}) == "months_reversed");
    BOOST_TEST(wrong({{"mobile", "13800100002"}}) == "taken_by_another");
    BOOST_REQUIRE(campus.staff->correct(school, exam, {{"major", "逻辑学"}}, seen));
    BOOST_TEST(campus.staff->correct(school, exam, {{"years", "4"}}, seen).error().code ==
               "graduate_changed");
    const auto home = campus.folder.path() / "home";
    const std::string form = acceptance::write_form(campus.folder.path(), {{"sex", "1"}}).string();
    const std::string command = "roster correct " + exam + " --as school:school --form " + form;
    BOOST_TEST(acceptance::run_wangqian(home, command).err.starts_with("form_wrong"));
    BOOST_TEST(acceptance::run_wangqian(home, command + " --seen 1").err.starts_with("graduate_changed"));
}

BOOST_AUTO_TEST_CASE(R06_a_log_in_that_two_graduates_would_share_is_named) {
    DemoCampus campus;
    const std::string text = demo_roster(campus);
    const auto doubled = desk::import_roster(
        *campus.home, replaced(text, "13800100002", acceptance::kFirstMobile), desk::operator_actor());
    BOOST_REQUIRE(doubled->faults.size() == 1u);
    BOOST_TEST(doubled->faults[0].line == 3u);
    BOOST_TEST(doubled->faults[0].column == "手机");
    // A file of its own that gives one graduate's mobile to a new one.
    const std::size_t end = text.find('\n', text.find('\n') + 1);
    std::string other = text.substr(0, end + 1);
    other = replaced(other, acceptance::kFirstExamNumber, "21510107153999");
    const auto taken = desk::import_roster(*campus.home, other, desk::operator_actor());
    BOOST_REQUIRE(taken->faults.size() == 1u);
    BOOST_TEST(taken->faults[0].why.code == "taken_by_another");
    BOOST_TEST(taken->faults[0].line == 2u);
    BOOST_TEST(campus.home->store().graduates().count() == 200);
    BOOST_TEST(campus.students->log_in(acceptance::kFirstMobile, desk::kDemoPassword).has_value());
}

BOOST_AUTO_TEST_CASE(R07_the_school_says_what_the_old_codes_mean) {
    DemoCampus campus;
    const auto school = campus.school().actor;
    const std::string rows = replaced(demo_roster(campus), ",1,13800100001", ",定向,13800100001");
    const auto mode = [&] {
        BOOST_REQUIRE(desk::import_roster(*campus.home, rows, desk::operator_actor()));
        return std::string(
            (*campus.home->store().graduates().find(acceptance::kFirstExamNumber))["training_mode"]);
    };
    BOOST_TEST(mode() == "21");
    BOOST_REQUIRE(campus.home->store().campus().change({{"directed_mode", "22"}}, school));
    BOOST_TEST(mode() == "22");
    BOOST_TEST(campus.home->store().campus().change({{"commissioned_mode", "22"}}, school).error().code ==
               "setting_value");
}
