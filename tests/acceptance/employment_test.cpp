// What goes on to the employment-management system, by the platform's doors.
#include "data/domain/csv.h"
#include "data/os/files.h"
#include "tests/acceptance/joined.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace wq::acceptance {
namespace {

using nlohmann::json;

struct Placed : Joined {
    Placed() {
        id = run("register --kind destination --as " + student + " --form " + form({{"destination", "703"}}));
    }
    void pass() {
        run("act " + id + " pass --as school:school");
        sync();
    }
    std::string token(std::vector<std::string> schools) {
        std::vector<std::string> arguments{"admin", "consumer", "就业管理系统", "--json"};
        for (const std::string& school : schools) arguments.insert(arguments.end(), {"--school", school});
        return json::parse(platform.command(arguments))["token"];
    }
    json read(const std::string& bearer, std::int64_t after, const std::string& school = kSchool) {
        const auto ran =
            e2e::run({"curl", "--silent", "--max-time", "20", "-H", "Authorization: Bearer " + bearer,
                      platform.address() + "/v1/employment/" + school + "?after=" + std::to_string(after)});
        return json::parse(ran.out);
    }

    std::string id;
};

// The rows without the apostrophes of a safe CSV.
std::vector<std::vector<std::string>> rows_of(const std::filesystem::path& file) {
    std::vector<std::vector<std::string>> rows;
    for (const domain::CsvRow& row : domain::parse_csv(os::read_text(file)->substr(3)))
        rows.push_back(row.cells);
    std::ranges::sort(rows);
    return rows;
}

}  // namespace

BOOST_AUTO_TEST_CASE(R44_the_platforms_export_is_the_schools_line_by_line) {
    Placed placed;
    placed.pass();
    const auto here = placed.folder.path() / "here.csv", there = placed.folder.path() / "there.csv",
               sheet = placed.folder.path() / "there.xlsx";
    placed.run("export " + here.string());
    placed.platform.command({"admin", "export", kSchool, there.string()});
    BOOST_TEST(rows_of(here).size() == 201u);
    BOOST_TEST((rows_of(here) == rows_of(there)));
    placed.platform.command({"admin", "export", kSchool, sheet.string()});
    BOOST_TEST(os::read_text(sheet)->starts_with("PK"));
    BOOST_TEST(placed.platform.refusal({"admin", "export", kSchool, "all.pdf"}) == "export_ending");
    BOOST_TEST(placed.platform.refusal({"admin", "export", "10001", there.string()}) == "school_unknown");
}

BOOST_AUTO_TEST_CASE(R44_an_approved_placement_goes_on_as_a_feed_and_its_end_too) {
    Placed placed;
    placed.sync();
    const std::string bearer = placed.token({kSchool});
    BOOST_TEST(placed.read(bearer, 0)["rows"].empty());  // not approved yet
    placed.pass();
    const json approved = placed.read(bearer, 0);
    BOOST_REQUIRE(approved["rows"].size() == 1u);
    BOOST_TEST(approved["rows"][0]["考生号"] == kFirstExamNumber);
    BOOST_TEST(approved["rows"][0]["姓名"] == "奚𬱖");
    BOOST_TEST(approved["rows"][0]["毕业去向类别代码"] == "703");
    const std::int64_t through = approved["through"];
    BOOST_TEST(placed.read(bearer, through)["rows"].empty());
    placed.run("act " + placed.id + " delete --as " + placed.student + " --reason 去向有变");
    placed.sync();
    const json ended = placed.read(bearer, through);
    BOOST_REQUIRE(ended["rows"].size() == 1u);
    BOOST_TEST(ended["rows"][0]["毕业去向类别代码"] == "");
}

BOOST_AUTO_TEST_CASE(R44_a_system_reads_with_its_token_and_its_schools_alone) {
    Placed placed;
    placed.platform.command({"admin", "school", "99520", "示例二大学"});
    const std::string bearer = placed.token({"99520"});
    BOOST_TEST(placed.read(bearer, 0)["code"] == "out_of_scope");
    BOOST_TEST(placed.read(std::string(64, '0'), 0)["code"] == "consumer_unknown");
    BOOST_TEST(placed.read(bearer, 0, "99520")["rows"].empty());
    placed.platform.command({"admin", "consumer-remove", "就业管理系统"});
    BOOST_TEST(placed.read(bearer, 0, "99520")["code"] == "consumer_unknown");
    BOOST_TEST(placed.platform.refusal({"admin", "consumer-remove", "就业管理系统"}) == "consumer_unknown");
}

}  // namespace wq::acceptance
