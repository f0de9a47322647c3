// Sessions, forms, limits, headers, and strings that would like to be a page.
#include "sync/platform/database.h"
#include "sync/platform/web/logins.h"
#include "tests/web/browser.h"

#include <boost/test/unit_test.hpp>

namespace wq::web_test {
namespace {

using domain::Role;

constexpr const char* kEvil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

}  // namespace

BOOST_AUTO_TEST_SUITE(security)

BOOST_FIXTURE_TEST_CASE(a_wrong_account_and_a_wrong_password_get_one_answer, Stage) {
    Browser browser(*platform.api);
    const Page no_account = browser.log_in("/m", "nobody", kPassword),
               no_password = browser.log_in("/m", "minister", "wrong password");
    BOOST_TEST(no_account.status == 422);
    BOOST_TEST(no_password.status == 422);
    BOOST_TEST(no_account.says("账号或密码不对"));
    BOOST_TEST(no_password.says("账号或密码不对"));
    BOOST_TEST(no_password.says("minister"));  // what was typed stays
    BOOST_TEST(!no_password.says("wrong password"));
}

BOOST_FIXTURE_TEST_CASE(five_wrong_tries_lock_an_account_for_a_quarter_of_an_hour_everywhere, Stage) {
    for (int i = 0; i < 5; ++i) {
        Browser elsewhere(*platform.api, "203.0.113." + std::to_string(i));
        BOOST_TEST(elsewhere.log_in("/m", "minister", "wrong").status == 422);
    }
    platform.restart();
    Browser browser(*platform.api);
    BOOST_TEST(browser.log_in("/m", "minister", kPassword).status == 429);
    BOOST_TEST(browser.log_in("/p", "prov", kPassword).status == 303);
    platform.clock.advance(15 * kMinute);
    browser.forget_cookies();
    BOOST_TEST(browser.log_in("/m", "minister", kPassword).status == 303);
}

BOOST_FIXTURE_TEST_CASE(a_session_ends_by_idleness_by_age_by_logging_out_and_by_another_password, Stage) {
    Browser browser = as(Role::ministry);
    platform.clock.advance(29 * kMinute);
    BOOST_TEST(browser.get("/m").status == 200);
    platform.clock.advance(31 * kMinute);
    BOOST_TEST(browser.get("/m").status == 303);
    Browser old = as(Role::ministry);
    for (int i = 0; i < 24; ++i, platform.clock.advance(29 * kMinute)) old.get("/m");
    BOOST_TEST(old.get("/m").status == 200);
    platform.clock.advance(25 * kMinute);
    BOOST_TEST(old.get("/m").status == 303);
    Browser leaving = as(Role::ministry), other = as(Role::ministry);
    leaving.get("/m");
    leaving.post_raw("/logout", "token=" + leaving.token());
    BOOST_TEST(leaving.get("/m").status == 303);
    BOOST_TEST(other.get("/m").status == 200);
    platform::Logins logins(*platform.registry);
    BOOST_REQUIRE(logins.put({.role = Role::ministry, .account = "minister"}, "quite another one 8"));
    BOOST_TEST(other.get("/m").status == 303);
}

BOOST_FIXTURE_TEST_CASE(a_session_lives_through_a_restart_and_its_secret_is_not_in_the_database, Stage) {
    Browser browser = as(Role::ministry);
    const std::string secret = browser.cookie("wq_session");
    BOOST_TEST(secret.size() == 64u);
    platform.registry->look([&](platform::Database& database) {
        std::int64_t found = 0;
        database.sql() << "SELECT count(*) FROM web_session WHERE hash = :secret", soci::use(secret),
            soci::into(found);
        BOOST_TEST(found == 0);
    });
    browser.get("/m");
    const std::string token = browser.token();
    const Page again = browser.log_in("/m", "minister", kPassword);
    BOOST_TEST(again.status == 303);
    BOOST_TEST(browser.cookie("wq_session") != secret);  // never the one before
    browser.get("/m");
    BOOST_TEST(browser.token() != token);
}

BOOST_FIXTURE_TEST_CASE(a_form_without_its_token_or_with_anothers_does_nothing, Stage) {
    open_employer(false);
    Browser ministry = as(Role::ministry), other = as(Role::ministry);
    ministry.get("/m");
    other.get("/m");
    const std::string path = std::string("/m/employers/") + kEmployer;
    for (const std::string& token : {std::string(), std::string("x"), other.token()}) {
        const Page page =
            ministry.post_raw(path, urlencoded({{"action", "approve"}, {"revision", "1"}, {"token", token}}));
        BOOST_TEST(page.status == 403);
        BOOST_TEST(page.says("页面已失效"));
    }
    BOOST_TEST((platform.registry->employer(kEmployer).state == domain::AccountState::submitted));
    BOOST_TEST(Browser(*platform.api).post_raw("/m/login", "account=minister").status == 403);
}

BOOST_FIXTURE_TEST_CASE(what_people_type_never_becomes_part_of_a_page, Stage) {
    Browser browser(*platform.api);
    Fields fields = account_fields();
    for (auto& [name, value] : fields)
        if (name != "password_new" && name != "password_again") value = kEvil;
    const Page page = browser.post("/e/open", fields);
    BOOST_TEST(page.status == 422);
    BOOST_TEST(page.says("&lt;script&gt;"));
    BOOST_TEST(!page.says("<script"));
    BOOST_TEST(!page.says("<img"));
    for (const std::string target : {"/verify?code=<script>", "/V/<script>", "/R/<script>", "/<script>",
                                     "/e/agreements/<script>/<script>", "/language/<script>"})
        BOOST_TEST(!browser.get(target).says("<script"), target);
    const Page verified = browser.post("/verify", {{"code", kEvil}});
    BOOST_TEST(!verified.says("<script"));
    BOOST_TEST(browser.get("/language/en?back=https://evil.example/").header("location") == "/");
    BOOST_TEST(browser.get("/language/en?back=//evil.example/").header("location") == "/");
    BOOST_TEST(browser.get("/language/en?back=/e/login").header("location") == "/e/login");
    BOOST_TEST(browser.get("/e/login").says("Log in"));
}

BOOST_FIXTURE_TEST_CASE(every_page_carries_the_headers_that_keep_a_browser_safe, Stage) {
    Browser browser(*platform.api);
    for (const char* target : {"/", "/nothing", "/e/login", "/web.css", "/e", "/V/X", "/R/X"}) {
        const Page page = browser.get(target);
        BOOST_TEST(page.header("content-security-policy").find("default-src 'none'") != std::string::npos);
        BOOST_TEST(page.header("content-security-policy").find("unsafe") == std::string::npos);
        BOOST_TEST(page.header("content-security-policy").find("frame-ancestors 'none'") !=
                   std::string::npos);
        BOOST_TEST(page.header("x-content-type-options") == "nosniff");
        BOOST_TEST(page.header("referrer-policy") == "no-referrer");
        BOOST_TEST(!page.says("style="), target);
    }
    const Page login = browser.get("/e/login");
    const std::string set = Browser(*platform.api).get("/e/login").header("set-cookie");
    BOOST_TEST(set.find("HttpOnly; SameSite=Strict") != std::string::npos);
    BOOST_TEST(set.find("Secure") == std::string::npos);
    platform::Api behind(*platform.registry, {.is_tls = true});
    const Page tls = Browser(behind).get("/e/login");
    BOOST_TEST(tls.header("set-cookie").starts_with("__Host-wq_guest="));
    BOOST_TEST(tls.header("set-cookie").find("; Secure") != std::string::npos);
    BOOST_TEST(!tls.header("strict-transport-security").empty());
}

BOOST_FIXTURE_TEST_CASE(machines_that_guess_are_told_to_wait, Stage) {
    Browser browser(*platform.api);
    int refused = 0;
    for (int i = 0; i < 31; ++i)
        refused += browser.post("/verify", {{"code", "7K2M-9QX4-TB0R"}}).status == 429;
    BOOST_TEST(refused == 1);
    const Page page = browser.post("/verify", {{"code", "7K2M"}});
    BOOST_TEST(page.status == 429);
    BOOST_TEST(!page.header("retry-after").empty());
    BOOST_TEST(Browser(*platform.api, "192.0.2.2").post("/verify", {{"code", "7K2M"}}).status == 422);
    platform.clock.advance(5 * kMinute);
    BOOST_TEST(browser.post("/verify", {{"code", "7K2M"}}).status == 422);
}

BOOST_FIXTURE_TEST_CASE(bodies_that_are_too_large_or_unreadable_have_an_answer_each, Stage) {
    Browser browser(*platform.api);
    browser.get("/e/login");
    const std::string token = "token=" + browser.token();
    BOOST_TEST(browser.post_raw("/e/login", token + "&account=" + std::string(70'000, 'x')).status == 413);
    BOOST_TEST(browser.post_raw("/e/login", token + "&account=%zz").status == 400);
    BOOST_TEST(browser.post_raw("/e/login", token + "&account=%ff%fe").status == 400);
    BOOST_TEST(browser.post_raw("/e/login", "{}", "application/json").status == 400);
    BOOST_TEST(browser.post_raw("/e/login", "--x", "multipart/form-data; boundary=x").status == 400);
    BOOST_TEST(browser.post_raw("/", "").status == 405);
    const auto away = platform.api->turned_away({"POST", "/e/account/submit"}, 413);
    BOOST_TEST(away.status == 413);
    BOOST_TEST((platform::Api::body_limit("POST", "/e/account/submit") == std::size_t{24} << 20));
    BOOST_TEST((platform::Api::body_limit("POST", "/R/x") == std::size_t{48} << 20));
    BOOST_TEST((platform::Api::body_limit("POST", "/e/login") == std::size_t{64} << 10));
}

BOOST_FIXTURE_TEST_CASE(the_access_log_knows_routes_and_nobody, Stage) {
    std::string log;
    platform::Api logged(*platform.registry, {.log = [&](const std::string& line) { log += line + "\n"; }});
    Browser browser(logged);
    browser.log_in("/s", "office", kPassword, "10999");
    const Uuid id = node.submitted(1);
    node.sync();
    browser.post("/s", {{"text", "陆示例"}});
    browser.get("/s/records/" + to_text(id));
    BOOST_TEST(log.find(" GET /s/records/{id} 200 ") != std::string::npos);
    for (const std::string& secret :
         {std::string("office"), to_text(id), std::string("陆"), std::string("192.0.2")})
        BOOST_TEST(log.find(secret) == std::string::npos, secret);
}

BOOST_AUTO_TEST_CASE(passwords_that_everybody_tries_are_refused) {
    const auto code = [](const char* password) {
        const auto refusal = platform::check_new_password(password, "91510107MAA31L7A7C", "云杉示例软件");
        return refusal ? refusal->code : std::string();
    };
    BOOST_TEST(code("kurz") == "password_too_short");
    BOOST_TEST(code("九个汉字的密码太短") == "password_too_short");
    BOOST_TEST(code(std::string(129, 'x').append("1").c_str()) == "password_too_long");
    for (const char* common : {"aaaaaaaaaa", "1234567890", "0987654321", "abcdefghij", "abcabcabcabc",
                               "QwertyUiop", "password123"})
        BOOST_TEST(code(common) == "password_common", common);
    BOOST_TEST(code("x91510107maa31l7a7c") == "password_like_account");
    BOOST_TEST(code("我在云杉示例软件上班一二三") == "password_like_account");
    BOOST_TEST(code("eine lange nacht 7") == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::web_test
