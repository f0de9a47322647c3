// Each role's main way through the pages.
#include "data/domain/hand_code.h"
#include "sync/platform/employers.h"
#include "tests/web/browser.h"

#include <boost/test/unit_test.hpp>

#include <regex>

namespace wq::web_test {
namespace {

using domain::AccountState, domain::Role, domain::State;

const std::string kAccount = std::string("/m/employers/") + kEmployer;

struct Approved : Stage {
    Approved() { open_employer(true); }
    State state_of(const std::string& path) {
        return platform.registry->registration(*uuid_from_text(path.substr(path.rfind('/') + 1)))->state;
    }
    std::string revision_of(const std::string& path) {
        return std::to_string(
            platform.registry->registration(*uuid_from_text(path.substr(path.rfind('/') + 1)))->revision);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(ways)

BOOST_FIXTURE_TEST_CASE(an_employer_opens_an_account_and_the_ministry_decides, Stage) {
    open_employer(false);
    Browser employer = as(Role::employer), ministry = as(Role::ministry);
    BOOST_TEST(employer.get("/e/account").says("已提交，等待审核"));
    const Page letter = employer.get("/e/account/letter.pdf");
    BOOST_TEST(letter.media_type == "application/pdf");
    BOOST_TEST(letter.text.starts_with("%PDF"));
    BOOST_TEST(ministry.get("/m").says(kEmployerName));
    const Page seen = ministry.get(kAccount);
    BOOST_TEST(seen.says("盖章的《网签授权书》"));
    BOOST_TEST(seen.says("510108199903140010"));  // to compare with the letter
    BOOST_TEST(!employer.get("/e/account").says("510108199903140010"));
    const std::size_t at = seen.text.find(kAccount + "/files/");
    const Page file = ministry.get(seen.text.substr(at, seen.text.find('"', at) - at));
    BOOST_TEST(file.media_type == "image/jpeg");
    const Fields back{{"action", "send_back"}, {"revision", "1"}};
    BOOST_TEST(ministry.post(kAccount, back).says("请填写此项"));
    BOOST_TEST(ministry.post(kAccount, {back[0], back[1], {"reason", "公章不清晰"}}).status == 303);
    BOOST_TEST(employer.get("/e/account").says("公章不清晰"));
    employer.get("/e/account");
    BOOST_TEST(employer.post_files("/e/account/submit", {}, {{"authorization_letter", picture()}}).status ==
               303);
    BOOST_TEST(ministry.post(kAccount, {{"action", "approve"}, {"revision", "1"}}).status == 409);
    BOOST_TEST(ministry.post(kAccount, {{"action", "approve"}, {"revision", "3"}}).status == 303);
    BOOST_TEST(employer.get("/e/account").says("已通过审核"));
}

BOOST_FIXTURE_TEST_CASE(all_faults_of_a_form_are_told_at_once_and_what_was_typed_stays, Stage) {
    Browser browser(*platform.api);
    Fields fields = account_fields();
    for (auto& [name, value] : fields) {
        if (name == "credit_code") value = "91510107MAA31L7A7D";
        if (name == "officer_mobile") value = "123";
        if (name == "password_again") value = "something else";
        if (name == "region") value = "朝阳";
    }
    const Page page = browser.post("/e/open", fields);
    BOOST_TEST(page.status == 422);
    BOOST_TEST(page.says("还有 4 处需要修改"));
    BOOST_TEST(page.says("校验位不对"));
    BOOST_TEST(page.says("手机号是 1 开头的 11 位数字"));
    BOOST_TEST(page.says("两次输入的密码不一样"));
    BOOST_TEST(page.says("name=\"region_chosen\""));
    BOOST_TEST(page.says("value=\"123\""));
    BOOST_TEST(page.says(kEmployerName));
    BOOST_TEST(!page.says(kPassword));
    Fields nothing{{"employer_name", ""}};
    BOOST_TEST(browser.post("/e/open", nothing).says("请填写此项"));
}

BOOST_FIXTURE_TEST_CASE(nobody_takes_an_account_that_something_is_proven_of, Stage) {
    open_employer(true);
    Browser thief(*platform.api, "192.0.2.66");
    BOOST_TEST(thief.post("/e/open", account_fields()).says("已有账号"));
    Browser ministry = as(Role::ministry), owner = as(Role::employer);
    ministry.get(kAccount);
    BOOST_TEST(ministry.post_raw(kAccount + "/reset", "token=" + ministry.token()).status == 303);
    BOOST_TEST(owner.get("/e").status == 303);
    BOOST_TEST(thief.post("/e/open", account_fields()).says("凭平台发给单位的设置码"));
    const Page told = ministry.post_raw(kAccount + "/code", "token=" + ministry.token());
    const std::size_t at = told.text.find("class=\"code\">") + 13;
    const std::string code = told.text.substr(at, 14);
    const auto set_by = [&](Browser& browser, const std::string& given) {
        return browser.post("/e/code", {{"account", kEmployer},
                                        {"code", given},
                                        {"password_new", "a new and long one"},
                                        {"password_again", "a new and long one"}});
    };
    BOOST_TEST(set_by(thief, "AAAA-BBBB-CCCC").status == 422);
    BOOST_TEST(set_by(owner, code).status == 303);
    BOOST_TEST(owner.get("/e").status == 200);
    BOOST_TEST(set_by(thief, code).status == 422);
}

BOOST_FIXTURE_TEST_CASE(an_account_of_the_jobs_site_is_upgraded_by_its_letter_alone, Stage) {
    Browser ministry = as(Role::ministry);
    Fields known;
    for (const auto& [name, value] : account_fields())
        if (domain::find_field(domain::employer_fields(), name)) known.emplace_back(name, value);
    BOOST_TEST(ministry.post("/m/takeover", known).header("location") == kAccount);
    const Page told = ministry.post_raw(kAccount + "/code", "token=" + ministry.token());
    const std::string code = told.text.substr(told.text.find("class=\"code\">") + 13, 14);
    Browser employer(*platform.api);
    BOOST_TEST(employer.post("/e/open", account_fields()).status == 422);
    BOOST_TEST(employer
                   .post("/e/code", {{"account", kEmployer},
                                     {"code", code},
                                     {"password_new", kPassword},
                                     {"password_again", kPassword}})
                   .status == 303);
    BOOST_TEST(employer.get("/e/account").says("信息还不完整"));
    BOOST_TEST(employer.post("/e/account/form", account_fields()).status == 303);
    employer.get("/e/account");
    BOOST_TEST(employer.post_files("/e/account/submit", {}, {{"authorization_letter", picture()}}).status ==
               303);
    BOOST_TEST((platform.registry->employer(kEmployer).state == AccountState::submitted));
}

BOOST_FIXTURE_TEST_CASE(a_bank_account_is_proven_by_what_came_there, Stage) {
    Browser employer(*platform.api);
    Fields fields = account_fields();
    fields.emplace_back("bank_name", "示例银行");
    fields.emplace_back("bank_account", "6200000000001234");
    BOOST_TEST(employer.post("/e/open", fields).status == 303);
    employer.get("/e/account");
    const Page nothing = employer.post_files("/e/account/submit", {}, {});
    BOOST_TEST(nothing.says("请上传盖章的授权书"));
    BOOST_TEST(employer.post_files("/e/account/submit", {}, {{"authorization_letter", "no picture"}})
                   .says("这不是图片或 PDF 文件"));
    BOOST_TEST(employer.post_files("/e/account/submit", {}, {{"authorization_letter", picture()}}).status ==
               303);
    Browser ministry = as(Role::ministry);
    BOOST_TEST(
        ministry.post(kAccount, {{"action", "send_transfer"}, {"revision", "1"}, {"fen", "100"}}).status ==
        422);
    BOOST_TEST(
        ministry.post(kAccount, {{"action", "send_transfer"}, {"revision", "1"}, {"fen", "37"}}).status ==
        303);
    const auto say = [&](const char* amount) {
        employer.get("/e/account");
        return employer.post_raw("/e/account/transfer",
                                 urlencoded({{"token", employer.token()}, {"amount", amount}}));
    };
    BOOST_TEST(say("37").says("请按 0.37 这样的写法填写"));
    BOOST_TEST(say("0.36").says("还可填 2 次"));
    BOOST_TEST(say("0.37").status == 303);
    BOOST_TEST(ministry.post(kAccount, {{"action", "approve"}, {"revision", "4"}}).status == 303);
}

BOOST_FIXTURE_TEST_CASE(a_graduate_is_found_only_by_all_that_was_told, Approved) {
    Browser employer = as(Role::employer);
    const auto search = [&](const std::string& name, const std::string& school, const std::string& number) {
        return employer.post("/e/search", {{"name", name}, {"school", school}, {"number", number}});
    };
    const std::string exam = sync_test::exam_number(1);
    BOOST_TEST(search("陆示例", "10999", exam).says("邀约对象"));
    BOOST_TEST(search("陆示例", "示例大学", "20231").says("邀约对象"));
    const std::string none = search("陆示例", "10998", exam).text;
    for (const Page& page : {search("陆示列", "10999", exam), search("陆示例", "10999", "20239999"),
                             search("陆示例", "没有的大学", exam)})
        BOOST_TEST(page.says("没有三项都相符的毕业生"));
    BOOST_TEST(none.find("没有三项都相符的毕业生") != std::string::npos);
    BOOST_TEST(search("陆示例", "10999", "").says("请填写此项"));
    BOOST_TEST(employer.post("/e/invite", {{"ticket", "forged"}}).status == 403);
}

BOOST_FIXTURE_TEST_CASE(an_invitation_goes_out_is_seen_and_is_taken_back, Approved) {
    Browser employer = as(Role::employer);
    const std::string path = invited(employer);
    const Page page = employer.get(path);
    BOOST_TEST(page.says("还有 5 天"));
    BOOST_TEST(page.says("撤回邀约"));
    BOOST_TEST(employer.get("/e").says("单位邀约待答复"));
    const Fields cancel{{"action", "cancel"}, {"revision", revision_of(path)}, {"reason", "名额已满"}};
    BOOST_TEST(employer.post(path, {cancel[0], {"revision", "0"}, cancel[2]}).status == 409);
    BOOST_TEST(employer.post(path, cancel).status == 303);
    BOOST_TEST((state_of(path) == State::cancelled));
    BOOST_TEST(employer.post(path, cancel).status == 409);
    BOOST_TEST(employer.post(path, {{"action", "pass"}}).status == 400);
}

BOOST_FIXTURE_TEST_CASE(a_signed_agreement_is_terminated_by_both_sides, Approved) {
    Browser employer = as(Role::employer), school = as(Role::school);
    const std::string path = invited(employer);
    const Uuid id = *uuid_from_text(path.substr(path.rfind('/') + 1));
    node.sync();
    const domain::Actor student{Role::student, sync_test::exam_number(1)};
    BOOST_REQUIRE(node.store->registrations().act(id, {domain::Action::accept, student}));
    BOOST_REQUIRE(node.pass(id));
    node.sync();
    BOOST_TEST((state_of(path) == State::effective));
    BOOST_TEST(employer.post(path, {{"action", "ask_termination"}, {"revision", revision_of(path)}})
                   .says("请填写此项"));
    BOOST_TEST(
        employer
            .post(path,
                  {{"action", "ask_termination"}, {"revision", revision_of(path)}, {"reason", "业务调整"}})
            .status == 303);
    BOOST_TEST((state_of(path) == State::terminating));
    BOOST_TEST(employer.get(path).says("撤销申请"));
    const Page record = school.get("/s/records/" + to_text(id));
    BOOST_TEST(record.says("业务调整"));
    BOOST_TEST(record.says("单位发起签约邀约"));
    BOOST_TEST(school.get("/s/figures").says("25.0%"));  // one of four
    const Page csv = school.get("/s/figures.csv");
    BOOST_TEST(csv.text.starts_with("\xEF\xBB\xBF"));
    BOOST_TEST(csv.says("合计,合计,4,1,1,25.0%"));
}

BOOST_FIXTURE_TEST_CASE(a_school_finds_its_records_by_name_number_state_and_employer, Stage) {
    node.submitted(1);
    node.submitted(2, "绵阳星光示例光电有限公司");
    node.sync();
    Browser school = as(Role::school);
    const auto found = [&](const Fields& fields) { return school.post("/s", fields); };
    BOOST_TEST(found({{"text", "陆示例"}}).says("共 2 件"));
    BOOST_TEST(found({{"text", "陆示"}}).says("共 0 件"));
    BOOST_TEST(found({{"text", "20231"}}).says("共 1 件"));
    BOOST_TEST(found({{"text", "星光"}}).says("共 1 件"));
    BOOST_TEST(found({{"text", "%"}}).says("共 0 件"));
    BOOST_TEST(found({{"state", "school_review"}}).says("共 2 件"));
    BOOST_TEST(found({{"state", "effective"}}).says("共 0 件"));
    BOOST_TEST(found({{"kind", "online"}}).says("共 0 件"));
}

BOOST_FIXTURE_TEST_CASE(rows_of_a_database_before_the_lists_are_found_and_counted, Stage) {
    if (sync_test::is_on_server()) return;  // there were none
    const Uuid id = node.approved(1);
    node.sync();
    const auto code = domain::hand_code(platform.registry->registration(id)->paper->digest, 1);
    platform.api.reset();
    platform.registry.reset();
    sync_test::step_back(platform.folder.path() / "platform.db", 5);
    platform.restart();
    Browser school = as(Role::school);
    BOOST_TEST(school.post("/s", {{"text", "陆示例"}, {"state", "approved"}}).says("共 1 件"));
    BOOST_TEST(school.get("/s/figures").says("外国语学院"));
    BOOST_TEST(school.post("/verify", {{"code", to_text(code)}}).says("登记册中有这份协议"));
}

BOOST_FIXTURE_TEST_CASE(thousands_of_employers_are_read_by_pages_and_searched, Stage) {
    platform.registry->transact([&](platform::Database& database) {
        for (int i = 1; i <= 60; ++i) {
            domain::EmployerAccount account;
            account.credit_code = "9151010700000" + std::to_string(10'000 + i);
            account.state = domain::AccountState::suspended;
            account.changed = {i * kDay};
            account.revision = 1;
            account.form["employer_name"] = "示例第" + std::to_string(i) + "公司";
            platform::Employers(database).put(account,
                                              {domain::AccountAction::suspend, {Role::ministry, "minister"}});
        }
    });
    Browser ministry = as(Role::ministry);
    const Page first = ministry.get("/m?state=suspended"), second = ministry.get("/m?state=suspended&page=2");
    BOOST_TEST(first.says("示例第60公司"));
    BOOST_TEST(first.says("第 1 / 2 页，共 60 件"));
    BOOST_TEST(!first.says("示例第10公司"));
    BOOST_TEST(second.says("示例第10公司"));
    BOOST_TEST(ministry.get("/m?state=suspended&page=99").says("示例第10公司"));
    BOOST_TEST(ministry.post("/m", {{"find", "915101070000010007"}}).says("示例第7公司"));
    const Page found = ministry.post("/m", {{"find", "示例第8公司"}});
    BOOST_TEST(found.says("915101070000010008"));
    BOOST_TEST(!found.says("915101070000010007"));
    BOOST_TEST(ministry.post("/m", {{"find", "nobody"}}).says("没有这类单位"));
    BOOST_TEST(!ministry.get("/m?find=915101070000010007").says("示例第7公司"));  // no name in an address
}

BOOST_FIXTURE_TEST_CASE(a_school_lets_a_node_join_by_a_code_shown_once, Stage) {
    Browser school = as(Role::school);
    const Page page = school.post("/s/nodes", {});
    BOOST_TEST(page.says("10999-"));
    BOOST_TEST(!school.get("/s/nodes").says("10999-"));
    BOOST_TEST(!school.get("/s/nodes").says("没有上报"));
    platform.clock.advance(3 * kDay);
    Browser later = as(Role::school);
    BOOST_TEST(later.get("/s/nodes").says("已 3 天没有上报"));
}

BOOST_FIXTURE_TEST_CASE(a_typed_code_finds_the_registers_entry_and_proves_nothing, Stage) {
    const Uuid id = node.approved(1);
    node.sync();
    const auto paper = platform.registry->registration(id)->paper;
    Browser browser(*platform.api);
    const Page page = browser.post("/verify", {{"code", to_text(domain::hand_code(paper->digest, 1))}});
    BOOST_TEST(page.says("登记册中有这份协议"));
    BOOST_TEST(page.says("不证明纸张真伪"));
    BOOST_TEST(page.says("陆*"));
    BOOST_TEST(!page.says("陆示例"));
    BOOST_TEST(browser.post("/verify", {{"code", "HTTPS://WQ.EXAMPLE.CN/V/NONSENSE"}}).status == 404);
}

BOOST_FIXTURE_TEST_CASE(every_page_is_there_in_english_too, Approved) {
    for (const Role role : {Role::employer, Role::school, Role::province, Role::ministry}) {
        Browser browser = as(role);
        browser.get("/language/en?back=/");
        for (const platform::Route& route : platform::Site::routes()) {
            const std::string pattern = route.pattern;
            if (std::string_view(route.method) != "GET" || pattern.find('{') != std::string::npos ||
                pattern == "/offline.html")
                continue;
            const Page page = browser.get(pattern);
            if (page.status == 200 && page.media_type.starts_with("text/html"))
                BOOST_TEST(page.says("lang=\"en\""), pattern);
            BOOST_TEST(!std::regex_search(page.text, std::regex("[^/]web\\.")),
                       pattern << ": a key without words");
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::web_test
