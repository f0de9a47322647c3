#define BOOST_TEST_DYN_LINK
// What the career office does beside reviewing: employers that it warns of, figures, exports.
#include "data/domain/csv.h"
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/acceptance/processes.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace wq;
using acceptance::Commands;
using acceptance::DemoCampus;
using acceptance::kFirstExamNumber;
using acceptance::Platform;
using nlohmann::json;

namespace {

const domain::Form kStudy = {{"destination", "801"}, {"study_school", "示例工业大学"}};

}  // namespace

BOOST_AUTO_TEST_CASE(R33_a_marked_employer_is_shown_to_students_and_reviewers_until_the_mark_is_lifted) {
    DemoCampus campus;
    const std::string code = acceptance::employer_of(DemoCampus::good_form());
    auto& warnings = campus.home->store().warnings();
    const std::vector<domain::Attachment> evidence = {{"evidence", {}, 1, "image/jpeg"}};
    BOOST_TEST(warnings.mark({code, "云杉", "3", "面试限男性"}, campus.school().actor).error().code ==
               "evidence_missing");
    const auto warned = [&] {
        return domain::value_of(campus.students->search_employers(code, campus.zh()).at(0), "warning") != "";
    };
    const Uuid id = campus.submitted(campus.first_student());
    BOOST_TEST(!warned());
    BOOST_TEST(
        warnings
            .mark({code, "云杉", "3", "面试限男性", evidence}, campus.department_of(kFirstExamNumber).actor)
            .error()
            .code == "not_allowed");
    BOOST_REQUIRE(warnings.mark({code, "云杉", "3", "面试限男性", evidence}, campus.school().actor));
    BOOST_TEST(warned());
    const auto view = campus.staff->review(campus.school(), id, campus.zh());
    BOOST_REQUIRE(view->warnings.size() == 1u);
    BOOST_TEST(view->warnings[0].find("就业歧视（面试限男性）") != std::string::npos);
    BOOST_REQUIRE(warnings.lift(code, campus.school().actor));
    BOOST_TEST(!warned());
}

BOOST_AUTO_TEST_CASE(R33_marked_by_five_schools_an_employer_is_warned_of_everywhere) {
    Platform platform;
    const std::string code = acceptance::employer_of(DemoCampus::good_form());
    acceptance::TemporaryFolder folder;
    const auto school = [](int number) { return "9952" + std::to_string(number); };
    const auto run = [&](int number, const std::string& arguments) {
        const auto ran = acceptance::run_wangqian(folder.path() / school(number), arguments);
        BOOST_REQUIRE_MESSAGE(ran.exit == 0, arguments << ": " << ran.err);
        return ran.out;
    };
    const auto evidence = folder.path() / "evidence.jpg";
    BOOST_REQUIRE(os::write_file(evidence, scan::to_jpeg(scan::Picture{300, 400, Bytes(300 * 400 * 3, 90)})));
    const auto join = [&](int number) {
        platform.command({"admin", "school", school(number), "示例大学" + school(number)});
        run(number, "init --school " + school(number) + " --name 示例大学");
        run(number, "account add school:li --display 李老师 < " + acceptance::write_password(folder.path()));
        run(number, "join " + platform.address() + " " + platform.code(school(number)));
    };
    for (int number = 0; number <= 5; ++number) join(number);
    for (int number = 1; number <= 5; ++number) {
        run(0, "sync --once");
        BOOST_TEST(run(0, "--json warn " + code) == "null\n");
        run(number, "warn " + code +
                        " --as school:li --name 云杉 --category 4 --reason 宣传不实 --evidence " +
                        evidence.string());
        run(number, "sync --once");
    }
    // The platform tells all schools by and by.
    const auto told = [&](bool is_warned) {
        e2e::wait_for("the platform's word", 20, [&] {
            run(0, "sync --once");
            return (run(0, "--json warn " + code) != "null\n") == is_warned;
        });
    };
    told(true);
    const json shown = json::parse(run(0, "--json warn " + code));
    BOOST_TEST(shown["schools"] == 5);
    BOOST_TEST(shown["category"] == "4");
    join(6);  // after the marks
    run(6, "sync --once");
    BOOST_TEST(json::parse(run(6, "--json warn " + code)) == shown);
    run(3, "warn " + code + " --as school:li --lift");
    run(3, "sync --once");
    told(false);
}

BOOST_AUTO_TEST_CASE(R44_the_export_has_the_columns_of_the_national_list_and_no_formulas) {
    const Commands campus;
    domain::Form form = DemoCampus::good_form();
    form["address"] = "=HYPERLINK(\"http://example.com\")";
    campus.run("confirm --as " + campus.student);
    const std::string id = campus.run("register --kind supplement --as " + campus.student + " --form " +
                                      campus.form(form) + " --attach agreement_page=" + campus.picture());
    campus.run("act " + id + " pass --as school:school");
    const auto csv = campus.folder.path() / "all.csv", xlsx = campus.folder.path() / "all.xlsx";
    BOOST_TEST(campus.told("export " + csv.string())["rows"] == 200);
    const auto rows = domain::parse_csv(os::read_text(csv)->substr(3));
    BOOST_REQUIRE(rows.size() == 201u);
    BOOST_TEST(rows[0].cells.size() == 39u);
    const auto row = std::ranges::find_if(rows, [](const auto& r) { return r.cells[1] == kFirstExamNumber; });
    BOOST_REQUIRE((row != rows.end()));
    BOOST_TEST(row->cells[2] == "奚𬱖");
    BOOST_TEST(row->cells[20] == "10");
    BOOST_TEST(row->cells[36].starts_with("'="));
    campus.run("export " + xlsx.string());
    BOOST_TEST(os::read_text(xlsx)->starts_with("PK"));
    BOOST_TEST(campus.refusal("export all.pdf") == "export_ending");
}

BOOST_AUTO_TEST_CASE(R47_the_figures_are_exported_line_by_line) {
    const Commands campus;
    const auto file = campus.folder.path() / "figures.csv";
    campus.run("export --what figures " + file.string());
    const auto rows = domain::parse_csv(os::read_text(file)->substr(3));
    BOOST_REQUIRE(rows.size() > 9u);
    BOOST_TEST((rows[1].cells == std::vector<std::string>{"合计", "合计", "200", "0", "0", "0.00 %"}));
    campus.run("export --what figures " + (campus.folder.path() / "figures.xlsx").string());
    BOOST_TEST(campus.refusal("export --what figures figures.txt") == "export_ending");
}

BOOST_AUTO_TEST_CASE(R06_the_roster_that_is_exported_is_imported_again_and_changes_nothing) {
    const Commands campus;
    const auto file = campus.folder.path() / "roster.csv";
    campus.run("export --what roster " + file.string());
    const json again = campus.told("roster import " + file.string());
    BOOST_TEST(again["same"] == 200);
    BOOST_TEST(again["added"] == 0);
}

BOOST_AUTO_TEST_CASE(R47_figures_count_by_department_level_code_and_day_with_the_rate) {
    const Commands campus;
    campus.run("confirm --as " + campus.student);
    const std::string study =
        campus.run("register --kind destination --as " + campus.student + " --form " + campus.form(kStudy) +
                   " --attach admission_list=" + campus.picture());
    BOOST_TEST(campus.told("figures")["total"]["registered"] == 0);
    campus.run("act " + study + " pass --as school:school");
    const std::string second = "student:22330521153002";
    campus.run("confirm --as " + second);
    const std::string seeking = campus.run("register --kind destination --as " + second + " --form " +
                                           campus.form({{"destination", "701"}}));
    campus.run("act " + seeking + " pass --as school:school");
    const json figures = campus.told("figures");
    BOOST_TEST(figures["total"]["graduates"] == 200);
    BOOST_TEST(figures["total"]["registered"] == 2);
    BOOST_TEST(figures["total"]["placed"] == 1);
    BOOST_TEST(figures["total"]["rate"].get<double>() == 0.5, boost::test_tools::tolerance(1e-9));
    BOOST_TEST(figures["departments"].size() == 8u);
    BOOST_TEST(figures["codes"].size() == 2u);
    BOOST_TEST(figures["days"][0]["registered"] == 2);
    BOOST_TEST(campus.told("figures --as department:dept2")["departments"].size() == 1u);
    BOOST_TEST(campus.refusal("figures --as " + campus.student) == "out_of_scope");
}
