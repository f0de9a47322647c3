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
