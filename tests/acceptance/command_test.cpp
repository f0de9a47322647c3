#define BOOST_TEST_DYN_LINK
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/acceptance/processes.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

using namespace wq;
using acceptance::Commands;
using nlohmann::json;
namespace fs = std::filesystem;

BOOST_AUTO_TEST_CASE(R15_the_whole_story_can_be_told_in_commands) {
    const Commands campus;
    const std::string id = campus.approved();
    BOOST_TEST(campus.told("print " + id + " --as " + campus.student)["copy"] == 1);
    const json second = campus.told("scan " + campus.returned(id, 2).string());
    BOOST_TEST(second["result"] == "joined");
    BOOST_TEST(second["missing"] == json::array({1}));
    const json first = campus.told("scan " + campus.returned(id, 1).string());
    BOOST_TEST(first["result"] == "attached");
    BOOST_TEST(first["code"]["valid"] == true);
    BOOST_TEST(first["code"]["revision"] == second["code"]["revision"]);
    BOOST_TEST(first["checks"]["changes"] == json::array());
    campus.run("act " + id + " pass --as school:school");
    BOOST_TEST(campus.told("show " + id)["state"] == "effective");
    BOOST_TEST(campus.told("list --student " + std::string(acceptance::kFirstExamNumber)).size() == 1u);
    BOOST_TEST(campus.run("verify " + campus.returned(id, 1).string()).find("签约完成") != std::string::npos);
    campus.run("audit");
}

BOOST_AUTO_TEST_CASE(R16_a_rule_refuses_with_its_code_and_changes_nothing) {
    const Commands campus;
    const std::string id = campus.approved();
    const std::string before = campus.run("--json show " + id);
    const auto refused = campus.tried("act " + id + " submit --as " + campus.student);
    BOOST_TEST(refused.exit == 1);
    BOOST_TEST(!refused.err.empty());
    BOOST_TEST(campus.run("--json show " + id) == before);
    BOOST_TEST(campus.tried("act " + id + " fly --as school:school").exit == 2);
    BOOST_TEST(campus.tried("nonsense").exit == 2);
}

BOOST_AUTO_TEST_CASE(R16_a_command_says_which_revision_it_has_seen) {
    const Commands campus;
    const std::string id = campus.approved();
    const std::string act = "act " + id + " withdraw --reason 更正 --as school:school --seen ";
    BOOST_TEST(campus.refusal(act + "1") == "changed_meanwhile");
    campus.run(act + campus.told("show " + id)["revision"].dump());
}

BOOST_AUTO_TEST_CASE(R38_a_person_says_whose_a_page_in_the_tray_is) {
    const Commands campus;
    const std::string id = campus.approved();
    const std::string number = campus.told("show " + id)["number"];
    campus.told("scan " + campus.returned(id, 2).string());
    // Both codes of page 1 are torn off.
    scan::Picture torn = scan::read_pictures(*os::read_file(campus.returned(id, 1)))->at(0);
    workshop::alter(torn, sheet::kUpperCode, "");
    workshop::alter(torn, sheet::kLowerCode, "");
    const fs::path file = campus.folder.path() / "torn.jpg";
    BOOST_REQUIRE(os::write_file(file, scan::to_jpeg(torn)));
    BOOST_TEST(campus.told("scan " + file.string())["result"] == "tray");
    const std::string item = std::to_string(campus.told("tray")["item"].get<int>());
    BOOST_TEST(campus.tried("tray assign " + item + " " + number + " 3").err.starts_with("page_unknown"));
    BOOST_TEST(
        campus.tried("tray assign " + item + " 202799510009999999 1").err.starts_with("record_unknown"));
    const json assigned = campus.told("tray assign " + item + " " + number + " 1");
    BOOST_TEST(assigned["result"] == "attached");
    BOOST_TEST(assigned["checks"]["code"] == false);
    BOOST_TEST(campus.run("tray") == "");
    BOOST_TEST(campus.told("show " + id)["state"] == "return_school_review");
}

BOOST_AUTO_TEST_CASE(R36_every_document_is_made_of_its_values_the_same_again) {
    const Commands campus;
    const fs::path data = campus.folder.path() / "values.json";
    const std::string values =
        R"({"student_name":"奚𬱖","employer_name":"成都云杉示例软件有限公司","number":"202699510001000001",)"
        R"("verify_host":"WQ.EXAMPLE.CN","issued_on":"2026-05-28","sample":"yes"})";
    BOOST_REQUIRE(os::write_file(data, bytes_of(values)));
    for (const std::string document : {"agreement", "labour_form", "freelance_form", "abroad_form",
                                       "authorization_letter", "termination_application", "receipt"}) {
        Bytes first;
        for (const char* name : {"a.pdf", "b.pdf"}) {
            const fs::path file = campus.folder.path() / name;
            campus.run("pdf render --document " + document + " --data " + data.string() + " -o " +
                       file.string());
            const Bytes made = *os::read_file(file);
            BOOST_TEST((first.empty() || made == first), document);
            first = made;
        }
    }
    BOOST_TEST(campus.refusal("pdf render --document poem --data " + data.string() + " -o x.pdf") ==
               "document_unknown");
}

BOOST_AUTO_TEST_CASE(R54_a_batch_tells_bad_rows_and_goes_on_where_it_stopped) {
    const Commands campus;
    const fs::path data = campus.folder.path() / "rows.csv", out = campus.folder.path() / "out";
    const std::string rows =
        "number,student_name,reason\n"
        "202699510001000001,奚𬱖,升学\n"
        "202699510001000002,王\U0001F9FF,升学\n"
        "202699510001000003,陆示例,升学\n"
        "202699510001000003,陆示例,参军\n";
    BOOST_REQUIRE(os::write_file(data, bytes_of(rows)));
    const std::string command = "pdf batch --document termination_application --data " + data.string() +
                                " -o " + out.string() + " --jobs 2";
    const json first = campus.told(command);
    BOOST_TEST((first["documents"] == 2 && first["refused"] == 2 && first["skipped"] == 0));
    const auto again = campus.tried(command);
    BOOST_TEST(again.err.find("rows.csv:3: character_not_printable code_point=U+1F9FF") != std::string::npos);
    BOOST_TEST(again.err.find("rows.csv:5: number_twice") != std::string::npos);
    fs::remove(out / "202699510001000003.pdf");
    const json third = campus.told(command);
    BOOST_TEST((third["documents"] == 1 && third["skipped"] == 1));
    BOOST_TEST(fs::exists(out / "202699510001000003.pdf"));
}
