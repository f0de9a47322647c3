// Verifying without a network: what a desk knows of other schools' paper (R58), and the page for employers
// (R59), tried in a real browser that has no network.
#define BOOST_TEST_DYN_LINK
#include "data/base/utf8.h"
#include "data/os/files.h"
#include "kiosk/desk/verifying.h"
#include "tests/acceptance/joined.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <regex>

using namespace wq;
using namespace wq::acceptance;
namespace fs = std::filesystem;

namespace {

// Another school's career office, on the same platform.
struct OtherSchool {
    explicit OtherSchool(Platform& platform)
        : campus({{"school_code", kCode}, {"school_name", "蜀山示例大学"}}) {
        platform.command({"admin", "school", kCode, "蜀山示例大学"});
        run("join " + platform.address() + " " + platform.code(kCode));
    }
    Ran run(const std::string& arguments) const { return run_wangqian(campus.home->folder(), arguments); }
    void sync() const { BOOST_REQUIRE_EQUAL(run("sync --once").exit, 0); }
    // What it says of a page of paper.
    std::string said_of(const fs::path& pdf) const {
        const Ran ran = run("verify " + pdf.string());
        return ran.exit == 0 ? ran.out : ran.err;
    }

    static constexpr const char* kCode = "99511";
    DemoCampus campus;
};

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

struct Issued : Joined {
    Issued() : id(approved()), pdf(folder.path() / "agreement.pdf") {
        run("pdf agreement " + id + " -o " + pdf.string());
        sync();
    }
    std::string id;
    fs::path pdf;
};

// Verdicts of the page for these codes, in their order, and all that it shows.
struct Shown {
    std::vector<std::string> verdicts;
    std::string text;
};
Shown shown_by(const fs::path& page, const std::vector<std::string>& codes) {
    std::string all;
    for (const std::string& code : codes) all += (all.empty() ? "" : ",") + code;
    const fs::path profile = page.parent_path() / "profile";
    const e2e::Ran ran =
        e2e::run({"chromium", "--headless", "--no-sandbox", "--disable-gpu", "--lang=zh-CN",
                  "--user-data-dir=" + profile.string(), "--host-resolver-rules=MAP * ~NOTFOUND",
                  "--virtual-time-budget=20000", "--dump-dom", "file://" + page.string() + "#" + all});
    Shown shown{{}, ran.out};
    const std::regex verdict("data-verdict=\"([a-z_]+)\"");
    for (std::sregex_iterator at(ran.out.begin(), ran.out.end(), verdict), end; at != end; ++at)
        shown.verdicts.push_back((*at)[1]);
    return shown;
}

fs::path page_of(desk::Home& home) {
    const fs::path page = home.folder() / "verify.html";
    const auto html = desk::offline_page(home);
    BOOST_REQUIRE(html);
    BOOST_REQUIRE(os::write_file(page, bytes_of(*html)));
    return page;
}

using Verdicts = std::vector<std::string>;

domain::PrintCode some_code() {
    domain::PrintCode code;
    code.registration.bytes[0] = 1;
    code.number = "202799510001000017";
    code.day = 20'500;
    code.pages = 3;
    code.template_version = "JY-2026-1";
    return code;
}

}  // namespace

BOOST_AUTO_TEST_CASE(R58_another_school_knows_what_ended_as_of_its_last_sync) {
    Issued here;
    OtherSchool there(here.platform);
    BOOST_TEST(has(there.said_of(here.pdf), "code_key_unknown"));
    there.sync();
    const std::string in_force = there.said_of(here.pdf);
    BOOST_TEST(has(in_force, "天府示例大学"), in_force);
    BOOST_TEST(has(in_force, "不在失效名单中"), in_force);
    BOOST_TEST(has(in_force, "名单截至"), in_force);
    here.run("act " + here.id + " withdraw --as school:school --reason 单位名称有误");
    here.sync();
    BOOST_TEST(has(there.said_of(here.pdf), "不在失效名单中"));  // it has not heard of it yet
    there.sync();
    BOOST_TEST(has(there.said_of(here.pdf), "可能已经失效"));
}

BOOST_AUTO_TEST_CASE(R58_paper_that_was_issued_anew_is_another_paper) {
    Issued here;
    OtherSchool there(here.platform);
    here.run("act " + here.id + " withdraw --as school:school --reason 单位名称有误");
    here.run("act " + here.id + " submit --as " + here.student);
    here.run("act " + here.id + " pass --as school:school");
    const fs::path again = here.folder.path() / "again.pdf";
    here.run("pdf agreement " + here.id + " -o " + again.string());
    here.sync();
    there.sync();
    BOOST_TEST(has(there.said_of(here.pdf), "可能已经失效"));
    BOOST_TEST(has(there.said_of(again), "不在失效名单中"));
}

BOOST_AUTO_TEST_CASE(R59_the_page_verifies_codes_in_a_browser_without_a_network) {
    DemoCampus campus, other;
    const auto session = campus.first_student();
    const auto record = campus.record(campus.approved(session));
    const std::string foreign = other.record(other.approved(other.first_student())).paper->upper_codes[0];
    const fs::path page = page_of(*campus.home);
    std::string changed = record.paper->upper_codes[0];
    changed[100] = changed[100] == '7' ? '8' : '7';
    const Shown shown = shown_by(page, {record.paper->upper_codes[0], record.paper->lower_codes[1], changed,
                                        changed.substr(0, 50), "HTTPS://EXAMPLE.CN/", foreign});
    // A changed byte is refused, whatever it hit.
    BOOST_TEST((shown.verdicts.size() == 6), shown.text);
    BOOST_TEST(shown.verdicts.at(0) == "sample");
    BOOST_TEST(shown.verdicts.at(1) == "sample");
    BOOST_TEST((shown.verdicts.at(2) == "forged" || shown.verdicts.at(2) == "damaged"));
    BOOST_TEST((Verdicts(shown.verdicts.begin() + 3, shown.verdicts.end()) ==
                Verdicts{"damaged", "foreign", "key_unknown"}));
    BOOST_TEST(has(shown.text, record.number));
    BOOST_TEST(has(shown.text, "奚*"));
    BOOST_TEST(!has(shown.text, "奚𬱖"));
    BOOST_TEST(has(shown.text, "名单签名有效"));
}

BOOST_AUTO_TEST_CASE(R59_the_page_knows_both_kinds_of_signature) {
    TemporaryFolder folder;
    const auto html = os::read_text(os::assets_folder() / "offline" / "verify.html");
    for (const auto algorithm : {crypto::Algorithm::sm2, crypto::Algorithm::ed25519}) {
        const auto issuer = crypto::FileSigner::generate(algorithm),
                   other = crypto::FileSigner::generate(algorithm);
        const domain::PrintCode code = some_code();
        const crypto::VerificationList list{{{issuer.public_key(), code.school()}}, {}, {}};
        const fs::path page = folder.path() / "verify.html";
        BOOST_REQUIRE(os::write_file(
            page, bytes_of(crypto::offline_page(*html, crypto::sign(crypto::encode(list), {1}, issuer)))));
        std::vector<std::string> codes;
        for (const auto& text : crypto::signed_page_codes(code, Bytes(16, 7), issuer, "EXAMPLE.CN"))
            codes.push_back(text.upper);
        char& in_signature = codes.emplace_back(codes[0])[codes[0].size() - 20];
        in_signature = in_signature == '7' ? '8' : '7';
        codes.push_back(crypto::signed_page_codes(code, Bytes(16, 7), other, "EXAMPLE.CN")[0].upper);
        const Shown shown = shown_by(page, codes);
        BOOST_TEST((shown.verdicts == Verdicts{"genuine", "genuine", "genuine", "forged", "key_unknown"}));
        BOOST_TEST(has(shown.text, "名单签名有效"));
    }
}

// What the desk refuses because it is not written as its issuer writes it, the page refuses too.
BOOST_AUTO_TEST_CASE(R59_the_page_takes_no_code_that_the_desk_would_refuse) {
    TemporaryFolder folder;
    const auto html = os::read_text(os::assets_folder() / "offline" / "verify.html");
    const auto issuer = crypto::FileSigner::generate(crypto::Algorithm::sm2);
    const domain::PrintCode code = some_code();
    const std::string genuine = crypto::signed_page_codes(code, Bytes(16, 7), issuer, "EXAMPLE.CN")[1].upper;
    const domain::SignedCode parts = *domain::signed_code_from_text(genuine);
    // The page's number, 2, stands before its links (16 bytes).
    const Bytes links{0x50};
    const auto at =
        static_cast<std::size_t>(std::ranges::find_end(parts.body, links).begin() - parts.body.begin() - 1);
    BOOST_REQUIRE(parts.body[at] == 2);
    std::vector<std::string> codes{genuine};
    for (const Bytes& page :
         {Bytes{0x42, 1, 2}, Bytes{0x18, 2}, Bytes{0xF6}, Bytes{0x61, '2'}, Bytes{0x21}}) {
        domain::SignedCode other = parts;
        other.body.erase(other.body.begin() + static_cast<std::ptrdiff_t>(at));
        other.body.insert(other.body.begin() + static_cast<std::ptrdiff_t>(at), page.begin(), page.end());
        codes.push_back(domain::to_text(other, "EXAMPLE.CN"));
    }
    const fs::path page = folder.path() / "verify.html";
    const auto write = [&](const crypto::SignedList& list) {
        BOOST_REQUIRE(os::write_file(page, bytes_of(crypto::offline_page(*html, list))));
    };
    crypto::SignedList list =
        crypto::sign(crypto::encode({{{issuer.public_key(), code.school()}}, {}, {}}), {1}, issuer);
    write(list);
    BOOST_TEST((shown_by(page, codes).verdicts ==
                Verdicts{"genuine", "damaged", "damaged", "damaged", "damaged", "damaged"}));
    ++list.as_of.ms;  // it is not signed any more
    write(list);
    BOOST_TEST((shown_by(page, {genuine}).verdicts == Verdicts{"list_wrong"}));
}

BOOST_AUTO_TEST_CASE(R59_the_page_knows_live_paper_that_ended) {
    DemoCampus campus(domain::Form{{"mode", "live"}});
    const auto session = campus.first_student();
    const Uuid id = campus.approved(session);
    const std::string code = campus.record(id).paper->upper_codes[0];
    BOOST_TEST((shown_by(page_of(*campus.home), {code}).verdicts == Verdicts{"genuine"}));
    BOOST_REQUIRE(campus.staff->act(campus.school(), id, domain::Action::withdraw,
                                    desk::StaffDesk::Doing{"单位名称有误", campus.record(id).revision}));
    BOOST_TEST((shown_by(page_of(*campus.home), {code}).verdicts == Verdicts{"ended"}));
}

BOOST_AUTO_TEST_CASE(R59_the_platform_gives_the_page_with_all_schools_keys) {
    Issued here;
    const fs::path page = here.folder.path() / "verify.html";
    const e2e::Ran got =
        e2e::run({"curl", "-sf", "-o", page.string(), here.platform.address() + "/offline.html"});
    BOOST_REQUIRE_EQUAL(got.exit, 0);
    const Shown shown = shown_by(page, {});
    BOOST_TEST(has(shown.text, "名单签名有效"));
    const auto code = desk::Home::open(here.folder.path() / "home");
    BOOST_REQUIRE(code);
    const auto record = (*code)->store().registrations().find(*uuid_from_text(here.id));
    BOOST_TEST((shown_by(page, {record->paper->upper_codes[0]}).verdicts == Verdicts{"sample"}));
    here.run("offline-page -o " + page.string());
    BOOST_TEST((shown_by(page, {record->paper->lower_codes[1]}).verdicts == Verdicts{"sample"}));
}
