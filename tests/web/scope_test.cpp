// Who may have which page: every route for every role, and everybody's data for everybody else.
#include "sync/platform/database.h"
#include "tests/web/browser.h"

#include <boost/test/unit_test.hpp>

#include <regex>

namespace wq::web_test {
namespace {

using domain::Role;

constexpr Role kRoles[] = {Role::employer, Role::department, Role::school, Role::province, Role::ministry};

// A path of the pattern, with ids that lead nowhere.
std::string path_of(const std::string& pattern) {
    std::string path = std::regex_replace(pattern, std::regex(R"(\{language\})"), "zh");
    path = std::regex_replace(path, std::regex(R"(\{id\})"), "0197a2b4-0000-7000-8000-000000000000");
    return std::regex_replace(path, std::regex(R"(\{[a-z]+\*?\})"), "10999");
}

struct Scopes : Stage {
    Scopes() { open_employer(true); }
};

// Whether somebody of this role may have such a route at all: the table that a change of a route is compared
// with, written down by hand.
bool may(const std::string& pattern, Role role) {
    if (pattern == "/password")
        return role == Role::employer || role == Role::province || role == Role::ministry;
    if (pattern == "/logout" || pattern == "/e/open" || pattern == "/e/code" || pattern.ends_with("/login"))
        return true;
    if (pattern == "/e" || pattern.starts_with("/e/")) return role == Role::employer;
    if (pattern == "/s/nodes") return role == Role::school;
    if (pattern == "/s" || pattern.starts_with("/s/"))
        return role == Role::school || role == Role::department;
    if (pattern == "/p" || pattern.starts_with("/p/")) return role == Role::province;
    if (pattern == "/m" || pattern.starts_with("/m/")) return role == Role::ministry;
    return true;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scopes)

BOOST_FIXTURE_TEST_CASE(every_route_is_shut_to_every_role_that_it_is_not_for, Scopes) {
    for (const Role role : kRoles) {
        Browser browser = as(role);
        browser.get("/");
        for (const platform::Route& route : platform::Site::routes()) {
            const std::string pattern = route.pattern, path = path_of(pattern);
            if (pattern == "/logout") continue;
            const std::string body = urlencoded({{"token", browser.token()}});
            const Page page =
                std::string_view(route.method) == "GET" ? browser.get(path) : browser.post_raw(path, body);
            const bool is_let_in =
                page.status != 403 || page.says("现在不能邀约") || page.says("查找结果已失效");
            BOOST_TEST(is_let_in == may(pattern, role), route.method << " " << pattern << " for "
                                                                     << domain::name_of(role) << ": "
                                                                     << page.status);
            BOOST_TEST(page.status < 500, pattern);
        }
    }
}

BOOST_FIXTURE_TEST_CASE(who_is_not_in_is_sent_to_the_door_and_changes_nothing, Scopes) {
    Browser nobody(*platform.api);
    for (const platform::Route& route : platform::Site::routes()) {
        if (route.who == platform::kPublic) continue;
        const std::string path = path_of(route.pattern);
        const bool is_get = std::string_view(route.method) == "GET";
        const Page page = is_get ? nobody.get(path) : nobody.post_raw(path, "token=x");
        BOOST_TEST(page.status == (is_get ? 303 : 403), route.method << " " << path);
        if (is_get) BOOST_TEST(page.header("location").ends_with("/login"));
    }
}

BOOST_FIXTURE_TEST_CASE(an_employer_sees_no_agreement_of_another, Scopes) {
    Browser employer = as(Role::employer);
    const std::string path = invited(employer);
    BOOST_TEST(employer.get(path).status == 200);
    const Uuid other = node.submitted(2, "绵阳星光示例光电有限公司");
    domain::Command changed;
    node.sync();
    const std::string others = "/e/agreements/10999/" + to_text(other);
    // good_form() names the same credit code, so this one is seen; under another code it is not.
    BOOST_TEST(employer.get(others).status == 200);
    BOOST_TEST(employer.get("/e/agreements/10998/" + to_text(other)).status == 404);
    BOOST_TEST(employer.get("/e/agreements/10999/" + to_text(platform.registry->new_id())).status == 404);
    BOOST_TEST(employer.get(path + "/agreement.pdf").status == 404);
}

BOOST_FIXTURE_TEST_CASE(who_is_not_proven_sees_nothing_that_names_it, Stage) {
    const Uuid id = node.submitted(2, kEmployerName);
    node.sync();
    open_employer(false);
    Browser employer = as(Role::employer);
    BOOST_TEST(!employer.get("/e").says("陆示例"));
    BOOST_TEST(employer.get("/e/agreements/10999/" + to_text(id)).status == 404);
    BOOST_TEST(employer.get("/e/search").status == 403);
    BOOST_TEST(employer.post("/e/search", {{"name", "陆示例"}}).status == 403);
}

BOOST_FIXTURE_TEST_CASE(a_department_sees_its_own_graduates_alone, Stage) {
    const Uuid elsewhere = node.submitted(1), own = node.submitted(9);
    node.sync();
    Browser department = as(Role::department), school = as(Role::school);
    BOOST_TEST(department.get("/s/records/" + to_text(own)).status == 200);
    BOOST_TEST(department.get("/s/records/" + to_text(elsewhere)).status == 404);
    BOOST_TEST(school.get("/s/records/" + to_text(elsewhere)).status == 200);
    BOOST_TEST(department.get("/s").says("共 1 件"));
    BOOST_TEST(school.get("/s").says("共 2 件"));
    BOOST_TEST(department.post("/s", {{"text", sync_test::exam_number(1)}}).says("没有符合条件"));
    BOOST_TEST(!department.get("/s/figures").says("计算机学院"));
    BOOST_TEST(school.get("/s/figures").says("计算机学院"));
    BOOST_TEST(!department.get("/s/figures.csv").says("计算机学院"));
}

BOOST_FIXTURE_TEST_CASE(a_department_without_a_name_has_nobody, Stage) {
    platform.registry->transact([](platform::Database& database) {
        database.sql() << "UPDATE graduate SET department = '' WHERE school = '10999'";
        database.sql() << "UPDATE account SET department = '' WHERE account = 'dept'";
    });
    Browser department = as(Role::department);
    BOOST_TEST(!department.get("/s/destinations.csv").says("陆示例"));
    BOOST_TEST(as(Role::school).get("/s/destinations.csv").says("陆示例"));
}

// Offices of many schools call their account the same.
BOOST_FIXTURE_TEST_CASE(a_schools_limits_are_not_anothers_of_the_same_account, Stage) {
    platform.registry->transact([](platform::Database& database) {
        database.sql() << "INSERT INTO account (school, account, role, department, display_name, verifier)"
                          " SELECT '10998', account, role, department, display_name, verifier FROM account"
                          " WHERE school = '10999' AND account = 'office'";
    });
    Browser one = as(Role::school), other(*platform.api, "203.0.113.7");
    BOOST_REQUIRE(other.log_in("/s", "office", kPassword, kOtherSchool).status == 303);
    for (int i = 0; i < 11; ++i) one.post("/s/nodes", {});
    BOOST_TEST(one.post("/s/nodes", {}).status == 429);
    BOOST_TEST(other.post("/s/nodes", {}).status == 200);
}

BOOST_FIXTURE_TEST_CASE(a_province_sees_and_sets_its_own_schools_alone, Stage) {
    Browser province = as(Role::province);
    const Page schools = province.get("/p");
    BOOST_TEST(schools.says("示例大学"));
    BOOST_TEST(!schools.says("别处示例大学"));
    BOOST_TEST(province.get("/p/schools/10998").status == 404);
    BOOST_TEST(province.post("/p/schools/10998", {{"parties", "2"}}).status == 404);
    BOOST_TEST(province.post("/p/schools/10999", {{"parties", "2"}}).status == 303);
    node.sync();
    BOOST_TEST(node.store->campus().campus().parties() == 2);
    BOOST_TEST(province.post("/p/schools/10999", {{"parties", "4"}}).status == 422);
}

BOOST_FIXTURE_TEST_CASE(what_a_school_calls_an_account_opens_no_door_but_its_own, Stage) {
    Browser usurper(*platform.api);
    BOOST_TEST(usurper.log_in("/p", "usurper", kPassword).status == 422);
    BOOST_TEST(usurper.log_in("/s", "usurper", kPassword, "10999").status == 422);
    BOOST_TEST(usurper.log_in("/s", "office", kPassword, "10998").status == 422);
    BOOST_TEST(usurper.log_in("/s", sync_test::exam_number(1), kPassword, "10999").status == 422);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::web_test
