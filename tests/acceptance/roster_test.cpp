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
