#include "tests/web/browser.h"

#include "data/crypto/password.h"
#include "pdf/scan/page_image.h"
#include "sync/platform/database.h"
#include "sync/platform/web/logins.h"
#include "sync/platform/web/readings.h"

namespace wq::web_test {

using domain::Role;

namespace {

template <class T>
void require(const Result<T>& done) {
    if (!done) throw Fault("refused: " + done.error().code);
}

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

std::string escaped(const std::string& text) {
    std::string made;
    for (const char c : text)
        made += is_plain(c) ? std::string(1, c) : "%" + to_hex(Bytes{static_cast<std::uint8_t>(c)});
    return made;
}

std::string unescaped(std::string text) {
    const std::pair<const char*, const char*> kMarks[] = {
        {"&quot;", "\""}, {"&lt;", "<"}, {"&gt;", ">"}, {"&apos;", "'"}, {"&amp;", "&"}};
    for (const auto& [mark, plain] : kMarks)
        for (std::size_t at; (at = text.find(mark)) != std::string::npos;)
            text.replace(at, std::string_view(mark).size(), plain);
    return text;
}

}  // namespace

std::string urlencoded(const Fields& fields) {
    std::string body;
    for (const auto& [name, value] : fields)
        body += (body.empty() ? "" : "&") + escaped(name) + "=" + escaped(value);
    return body;
}

std::string Page::hidden(const std::string& name) const {
    const std::string mark = "name=\"" + name + "\" value=\"";
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + mark.size();
    return unescaped(text.substr(begin, text.find('"', begin) - begin));
}

Page Browser::send(protocol::Request request) {
    request.peer = address_;
    std::string cookies;
    for (const auto& [name, value] : cookies_)
        if (!value.empty()) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
    request.headers["cookie"] = cookies;
    const auto response = api_->handle(request);
    Page page{
        response.status, {response.body.begin(), response.body.end()}, response.media_type, response.headers};
    if (const std::string set = page.header("set-cookie"); !set.empty()) {
        const std::size_t equals = set.find('=');
        cookies_[set.substr(0, equals)] = set.substr(equals + 1, set.find(';') - equals - 1);
    }
    if (const std::string token = page.hidden("token"); !token.empty()) token_ = token;
    return page;
}

Page Browser::get(const std::string& target) { return send({"GET", target}); }

Page Browser::post_raw(const std::string& target, const std::string& body, const std::string& type) {
    const ByteView bytes = bytes_of(body);
    return send({"POST", target, Bytes(bytes.begin(), bytes.end()), {{"content-type", type}}});
}

Page Browser::post(const std::string& target, const Fields& fields) {
    get(target);
    Fields all = fields;
    all.emplace_back("token", token_);
    return post_raw(target, urlencoded(all));
}

Page Browser::post_files(const std::string& target, const Fields& fields, const Fields& files) {
    std::string body;
    for (const auto& [name, value] : fields)
        body += "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    body += "--edge\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + token_ + "\r\n";
    for (const auto& [name, content] : files)
        body += "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + name +
                ".jpg\"\r\n\r\n" + content + "\r\n";
    return post_raw(target, body + "--edge--\r\n", "multipart/form-data; boundary=edge");
}

Page Browser::log_in(const std::string& door, const std::string& account, const std::string& password,
                     const std::string& school) {
    return post(door + "/login", {{"school", school}, {"account", account}, {"password", password}});
}

std::string Browser::cookie(const std::string& name) const {
    const auto at = cookies_.find(name);
    return at == cookies_.end() ? std::string() : at->second;
}

Stage::Stage() : node(platform, 1) {
    // Cheap to check: the tests log in often.
    const std::string verifier =
        crypto::password_verifier(kPassword, platform.random, {.memory_kib = 64, .passes = 1, .lanes = 1});
    node.set_up(3);
    domain::Form elsewhere = sync_test::graduate(9);
    elsewhere["department"] = "外国语学院";
    node.store->graduates().import(std::vector{elsewhere}, sync_test::office());
    node.store->accounts().put({{{Role::school, "office", {}}, "王老师", verifier},
                                {{Role::department, "dept", "外国语学院"}, "外国语学院", verifier},
                                {{Role::province, "usurper", {}}, "冒名", verifier}},
                               sync_test::office());
    for (const int student : {1, 2, 3, 9})
        require(node.store->graduates().confirm(sync_test::exam_number(student)));
    require(node.enrol());
    node.sync();
    require(platform.registry->add_school(kOtherSchool, "别处示例大学"));
    platform.registry->transact(
        [](platform::Database& database) { platform::set_province(database, sync_test::kSchool, "51"); });
    platform::Logins logins(*platform.registry);
    require(logins.put({.role = Role::province, .account = "prov", .province = "51"}, kPassword));
    require(logins.put({.role = Role::ministry, .account = "minister"}, kPassword));
}

Browser Stage::as(Role role) {
    static int visitors = 0;
    Browser browser(*platform.api, "198.51.100." + std::to_string(++visitors % 250));
    const Page in = role == Role::employer     ? browser.log_in("/e", kEmployer, kPassword)
                    : role == Role::school     ? browser.log_in("/s", "office", kPassword, sync_test::kSchool)
                    : role == Role::department ? browser.log_in("/s", "dept", kPassword, sync_test::kSchool)
                    : role == Role::province   ? browser.log_in("/p", "prov", kPassword)
                                               : browser.log_in("/m", "minister", kPassword);
    if (in.status != 303) throw Fault("nobody is let in: " + std::to_string(in.status));
    return browser;
}

Fields Stage::account_fields(const std::string& code) const {
    return {{"employer_name", kEmployerName},
            {"credit_code", code},
            {"employer_nature", "39"},
            {"industry", "34"},
            {"region", "成都武侯"},
            {"address", "天府示例大道100号"},
            {"contact_name", "周明远"},
            {"contact_mobile", "13800020000"},
            {"contact_email", "hr01@example.com"},
            {"legal_representative", "示例法人"},
            {"officer_name", "示例专员"},
            {"officer_id", "510108199903140010"},
            {"officer_mobile", "13800200001"},
            {"officer_email", "officer@example.com"},
            {"authorized_until", "2030-12-31"},
            {"password_new", kPassword},
            {"password_again", kPassword}};
}

std::string Stage::picture() {
    const Bytes jpeg = scan::to_jpeg(scan::Picture{300, 400, Bytes(std::size_t{300} * 400 * 3, 200)});
    return {jpeg.begin(), jpeg.end()};
}

void Stage::open_employer(bool approved) {
    Browser browser(*platform.api);
    if (const Page opened = browser.post("/e/open", account_fields()); opened.status != 303)
        throw Fault("not opened: " + opened.text);
    browser.get("/e/account");
    const Page sent = browser.post_files(
        "/e/account/submit", {}, {{"authorization_letter", picture()}, {"business_licence", picture()}});
    if (sent.status != 303) throw Fault("not submitted: " + sent.text);
    if (approved)
        require(platform.registry->act(kEmployer,
                                       {domain::AccountAction::approve, {Role::ministry, "minister"}}));
}

std::string Stage::invited(Browser& employer, int student) {
    const Page found = employer.post(
        "/e/search",
        {{"name", "陆示例"}, {"school", sync_test::kSchool}, {"number", sync_test::exam_number(student)}});
    const Page sent = employer.post_raw("/e/invite", urlencoded({{"token", employer.token()},
                                                                 {"ticket", found.hidden("ticket")},
                                                                 {"employer_nature", "39"},
                                                                 {"industry", "34"},
                                                                 {"region", "510107"},
                                                                 {"address", "天府示例大道100号"},
                                                                 {"post", "13"},
                                                                 {"contact_name", "周明远"},
                                                                 {"contact_mobile", "13800020000"},
                                                                 {"contact_email", "hr01@example.com"},
                                                                 {"solves_household", "yes"}}));
    const std::string path = sent.header("location");
    if (path.empty()) throw Fault("not invited: " + sent.text);
    return path.substr(0, path.find('?'));
}

}  // namespace wq::web_test
