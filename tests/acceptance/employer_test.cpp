#define BOOST_TEST_DYN_LINK
#include "data/crypto/return_link.h"
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/acceptance/joined.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using acceptance::DemoCampus;
using acceptance::Joined;
using acceptance::kFirstExamNumber;
using acceptance::kSchool;
using acceptance::Platform;
using acceptance::TemporaryFolder;
using nlohmann::json;

namespace {

// An agreement whose stamped paper the employer sends back by a link.
struct Linked : Joined {
    Linked() : id(approved()), url(run(share)) { sync(); }

    std::string link() const { return platform.address() + url.substr(url.find("/R/")); }
    std::string opened(const std::string& address) const { return curl({address}); }
    std::string opened() const { return opened(link()); }
    // The page that answers an upload of these files.
    std::string upload(const std::vector<std::string>& files) const {
        std::vector<std::string> arguments;
        for (const std::string& file : files) arguments.insert(arguments.end(), {"-F", "pages=@" + file});
        arguments.push_back(link());
        return curl(std::move(arguments));
    }
    std::string page(int number) const { return returned(id, number).string(); }

    const std::string id, share = "act " + id + " share_link --as " + student;
    std::string url;

  private:
    static std::string curl(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"curl", "--silent", "--show-error", "--max-time", "60"});
        const e2e::Ran ran = e2e::run(arguments);
        BOOST_REQUIRE_MESSAGE(ran.exit == 0, ran.out);
        return ran.out;
    }
};

bool says(const std::string& page, const char* words) { return page.find(words) != std::string::npos; }

// A platform and an employer's form, to register by commands.
struct Registering {
    std::string act(const std::vector<std::string>& arguments) { return platform.command(whole(arguments)); }
    std::string refusal(const std::vector<std::string>& arguments) {
        return platform.refusal(whole(arguments));
    }
    std::vector<std::string> submit(const std::vector<std::string>& files) const {
        return e2e::register_arguments(folder.path(), form, files);
    }
    json told() { return json::parse(platform.command({"admin", "employer-show", "--json", code})); }

    Platform platform;
    TemporaryFolder folder;
    domain::Form form = e2e::account_form(DemoCampus::good_form());
    const std::string code = acceptance::employer_of(form);

  private:
    std::vector<std::string> whole(std::vector<std::string> arguments) const {
        if (arguments[0] != "admin") arguments.insert(arguments.begin(), {"admin", "employer", code});
        return arguments;
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(R20_the_employer_returns_the_stamped_paper_by_a_link_without_an_account) {
    Linked campus;
    BOOST_TEST(campus.url.starts_with("HTTPS://"));
    const std::string page = campus.opened();
    BOOST_TEST(says(page, "type=\"file\""));
    BOOST_TEST(says(page, "成都云杉示例软件有限公司"));
    BOOST_TEST(!says(page, "奚𬱖"));
    BOOST_TEST(says(campus.upload({campus.page(2)}), "第 2 页"));
    campus.sync();
    BOOST_TEST(campus.state(campus.id) == "approved");
    BOOST_TEST(says(campus.upload({campus.page(1)}), "已回传"));
    campus.sync();
    const json record = campus.told("show " + campus.id);
    BOOST_TEST(record["state"] == "return_school_review");
    BOOST_TEST(record["pages"].size() == 2u);
    BOOST_TEST(record["pages"][0]["checks"]["same"] == "yes");
    BOOST_TEST(record["pages"][0]["checks"]["code"] == "yes");
    campus.run("act " + campus.id + " pass --as school:school");
    campus.sync();
    BOOST_TEST(campus.there(campus.id) == "effective");
    BOOST_TEST(campus.told("sync status")["waiting"] == 0);
}

BOOST_AUTO_TEST_CASE(R20_a_link_serves_one_agreement_and_takes_nothing_else) {
    Linked campus;
    BOOST_TEST(says(campus.upload({campus.picture()}), "没有读到二维码"));
    BOOST_TEST(says(campus.upload({campus.form()}), "不是图片"));
    const std::string address = campus.link();
    std::string other = address;
    other.back() = other.back() == '0' ? '1' : '0';
    BOOST_TEST(says(campus.opened(other), "链接无法识别"));
    BOOST_TEST(says(campus.opened(address.substr(0, address.size() - 8)), "链接无法识别"));
    campus.sync();
    BOOST_TEST(campus.state(campus.id) == "approved");
}

BOOST_AUTO_TEST_CASE(R20_large_photos_pass_and_too_large_ones_are_told_in_words) {
    Linked campus;
    const auto file = [&](const char* name, std::size_t size) {
        const auto path = campus.folder.path() / name;
        BOOST_REQUIRE(os::write_file(path, Bytes(size, 'x')));
        return path.string();
    };
    BOOST_TEST(says(campus.upload({file("photo.jpg", std::size_t{20} << 20)}), "photo.jpg"));
    BOOST_TEST(says(campus.upload({file("large.jpg", std::size_t{49} << 20)}), "文件太大"));
    BOOST_TEST(says(campus.upload({file("empty.jpg", 0)}), "没有选择文件"));
    BOOST_TEST(says(campus.upload({campus.page(1), campus.page(2)}), "已回传"));
}

BOOST_AUTO_TEST_CASE(R20_a_link_is_taken_back_replaced_and_dies_with_its_paper) {
    Linked campus;
    const std::string first = campus.link();
    campus.url = campus.run(campus.share);
    campus.sync();
    BOOST_TEST(says(campus.opened(first), "已被收回或已更换"));
    BOOST_TEST(says(campus.opened(), "type=\"file\""));
    const std::string revoke = "act " + campus.id + " revoke_link --as ";
    BOOST_TEST(campus.refusal(revoke + "student:22330521153002") == "out_of_scope");
    campus.run(revoke + campus.student);
    campus.sync();
    BOOST_TEST(says(campus.opened(), "已被收回或已更换"));
    BOOST_TEST(campus.refusal(revoke + campus.student) == "link_none");
    campus.url = campus.run("act " + campus.id + " share_link --as school:school");
    campus.run("act " + campus.id + " withdraw --as school:school --reason 单位名称有误");
    campus.sync();
    BOOST_TEST(says(campus.opened(), "链接无法识别"));
}

BOOST_AUTO_TEST_CASE(R20_a_link_expires) {
    DemoCampus campus(domain::Form{{"link_days", "3"}});
    const auto session = campus.first_student();
    const Uuid id = campus.approved(session);
    BOOST_REQUIRE(campus.students->act(session, id, domain::Action::share_link));
    const auto view = campus.students->record(session, id, campus.zh());
    BOOST_REQUIRE(view->link.has_value());
    const std::string token = view->link->url.substr(view->link->url.find("/R/") + 3);
    const auto check = [&] {
        return crypto::check_return_token(token, campus.record(id), campus.clock.now());
    };
    BOOST_TEST(check().has_value());
    campus.clock.advance(3 * kDay);
    BOOST_TEST(check().error().code == "link_expired");
    BOOST_TEST(!campus.students->record(session, id, campus.zh())->link);
}

BOOST_AUTO_TEST_CASE(R31_an_employer_is_proven_by_licence_and_letter_and_approved_by_the_ministry) {
    Registering employer;
    BOOST_TEST(employer.refusal(employer.submit({})) == "materials_missing");
    BOOST_TEST(employer.refusal(employer.submit({"business_licence"})) == "materials_missing");
    BOOST_TEST(employer.refusal({"approve", "--as", "ministry:li"}) == "not_allowed");
    employer.act(employer.submit({"business_licence", "authorization_letter"}));
    BOOST_TEST(employer.refusal({"approve", "--as", "employer"}) == "not_allowed");
    BOOST_TEST(employer.refusal({"send_back", "--as", "ministry:li"}) == "reason_required");
    employer.act({"send_back", "--as", "ministry:li", "--reason", "授权书未盖章"});
    BOOST_TEST(employer.told()["comment"] == "授权书未盖章");
    employer.act(employer.submit({"business_licence", "authorization_letter"}));
    employer.act({"approve", "--as", "ministry:li"});
    const json account = employer.told();
    BOOST_TEST(account["state"] == "approved");
    BOOST_TEST(account["attachments"].size() == 2u);
    BOOST_TEST(account["history_whole"] == true);
}

BOOST_AUTO_TEST_CASE(R31_a_bank_transfer_proves_the_organisation_instead) {
    Registering employer;
    employer.form["bank_name"] = "示例银行成都分行";
    employer.form["bank_account"] = "6200000000000001";
    employer.act(employer.submit({"authorization_letter"}));
    BOOST_TEST(employer.refusal({"approve", "--as", "ministry:li"}) == "transfer_unconfirmed");
    BOOST_TEST(employer.refusal({"confirm_transfer", "--as", "employer", "--fen", "37"}) ==
               "transfer_missing");
    employer.act({"send_transfer", "--as", "ministry:li", "--fen", "37"});
    for (const char* guess : {"1", "2", "3"})
        BOOST_TEST(employer.refusal({"confirm_transfer", "--as", "employer", "--fen", guess}) ==
                   "amount_wrong");
    BOOST_TEST(employer.refusal({"confirm_transfer", "--as", "employer", "--fen", "37"}) ==
               "transfer_missing");
    employer.act({"send_transfer", "--as", "ministry:li", "--fen", "58"});
    employer.act({"confirm_transfer", "--as", "employer", "--fen", "58"});
    employer.act({"approve", "--as", "ministry:li"});
    BOOST_TEST(employer.told()["state"] == "approved");
}

BOOST_AUTO_TEST_CASE(R31_a_transfer_is_of_1_to_99_fen_and_proves_one_name) {
    Registering employer;
    employer.form["bank_name"] = "示例银行成都分行";
    employer.form["bank_account"] = "6200000000000001";
    employer.act(employer.submit({"authorization_letter"}));
    for (const char* fen : {"0", "100"})
        BOOST_TEST(employer.refusal({"send_transfer", "--as", "ministry:li", "--fen", fen}) ==
                   "transfer_amount");
    employer.act({"send_transfer", "--as", "ministry:li", "--fen", "37"});
    employer.act({"confirm_transfer", "--as", "employer", "--fen", "37"});
    employer.act({"send_back", "--as", "ministry:li", "--reason", "授权书未盖章"});
    employer.form["employer_name"] = "换了名字的示例公司";
    employer.act(employer.submit({"authorization_letter"}));
    BOOST_TEST(employer.refusal({"approve", "--as", "ministry:li"}) == "transfer_unconfirmed");
}

BOOST_AUTO_TEST_CASE(R31_a_letter_that_has_ended_authorizes_nobody) {
    Registering employer;
    employer.form["authorized_until"] = "2020-12-31";
    BOOST_TEST(employer.refusal(employer.submit({"business_licence", "authorization_letter"})) ==
               "authorization_ended");
}

BOOST_AUTO_TEST_CASE(R31_while_its_new_letter_is_looked_at_an_employer_acts_by_the_old_one) {
    Joined campus;
    const std::string id = campus.invite();
    domain::Form renewed = e2e::account_form(DemoCampus::good_form());
    renewed["employer_name"] = "换了名字的示例公司";
    campus.platform.command(
        e2e::register_arguments(campus.folder.path(), renewed, {"business_licence", "authorization_letter"}));
    campus.employer_does("cancel", id);
    BOOST_TEST(campus.state(id) == "cancelled");
    domain::Form in_new_name = DemoCampus::good_form();
    in_new_name["employer_name"] = renewed["employer_name"];
    BOOST_TEST(campus.platform.refusal({"admin", "act", kSchool, "invite", "--as", campus.employer,
                                        "--student", kFirstExamNumber, "--form", campus.form(in_new_name)}) ==
               "employer_name_differs");
    BOOST_TEST(campus.state(campus.invite()) == "invited");
}

BOOST_AUTO_TEST_CASE(R31_only_an_approved_employer_invites_and_in_its_own_name) {
    Joined campus;
    const auto invite = [&](const std::string& who, const domain::Form& form) {
        return campus.platform.refusal({"admin", "act", kSchool, "invite", "--as", who, "--student",
                                        kFirstExamNumber, "--form", campus.form(form)});
    };
    BOOST_TEST(invite("91510104MA7J92LX58", DemoCampus::good_form()) == "employer_unknown");
    domain::Form other = DemoCampus::good_form();
    other["employer_name"] = "另一家示例公司";
    BOOST_TEST(invite(campus.employer, other) == "employer_name_differs");
    campus.platform.command(
        {"admin", "employer", campus.employer, "suspend", "--as", "ministry:li", "--reason", "核查中"});
    BOOST_TEST(invite(campus.employer, DemoCampus::good_form()) == "employer_not_approved");
    campus.platform.command({"admin", "employer", campus.employer, "restore", "--as", "ministry:li"});
    BOOST_TEST(campus.state(campus.invite()) == "invited");
}

BOOST_AUTO_TEST_CASE(R32_an_account_of_the_jobs_site_is_upgraded_by_the_letter_alone) {
    Registering employer;
    const auto form = employer.folder.path() / "jobs-site.json";
    domain::Form known;
    for (const domain::Field& field : domain::employer_fields())
        if (const auto value = domain::value_of(employer.form, field.key); !value.empty())
            known.emplace(field.key, value);
    const std::string text = json(known).dump();
    BOOST_REQUIRE(os::write_file(form, bytes_of(text)));
    employer.act({"take_over", "--as", "ministry:li", "--form", form.string()});
    BOOST_TEST(employer.told()["state"] == "jobs_site");
    BOOST_TEST(employer.refusal(employer.submit({})) == "materials_missing");
    employer.act(employer.submit({"authorization_letter"}));
    employer.act({"approve", "--as", "ministry:li"});
    BOOST_TEST(employer.told()["state"] == "approved");
    BOOST_TEST(employer.told()["from_jobs_site"] == true);
}

BOOST_AUTO_TEST_CASE(R36_forms_and_receipts_come_filled_in_with_what_is_known) {
    const acceptance::Commands campus;
    campus.run("confirm --as " + campus.student);
    const domain::Form abroad = {{"destination", "85"},
                                 {"abroad_purpose", "1"},
                                 {"country", "SGP"},
                                 {"abroad_name", "示例海外大学"},
                                 {"abroad_name_foreign", "Example University"},
                                 {"starts_on", "2027-09-01"},
                                 {"family_contact", "奚国安"},
                                 {"archive_handling", "1"}};
    const std::string file = campus.picture();
    const std::string id =
        campus.run("register --kind destination --as " + campus.student + " --form " + campus.form(abroad) +
                   " --attach abroad_form=" + file + " --attach foreign_admission=" + file);
    const auto text_of = [&](const std::string& document) {
        const std::string pdf = (campus.folder.path() / (document + ".pdf")).string();
        campus.run("pdf filled " + id + " --document " + document + " -o " + pdf);
        return e2e::run({"pdftotext", "-layout", pdf, "-"}).out;
    };
    const std::string form = text_of("abroad_form"), receipt = text_of("receipt");
    for (const char* value :
         {"奚𬱖", "示例海外大学", "Example University", "新加坡", "奚国安", "档案户口留存学校"})
        BOOST_TEST(form.find(value) != std::string::npos, value);
    for (const char* value : {"奚𬱖", "示例海外大学", "毕业生出国登记表", "待学校审核"})
        BOOST_TEST(receipt.find(value) != std::string::npos, value);
    BOOST_TEST(campus.refusal("pdf filled " + id + " --document agreement -o x.pdf") == "document_unknown");
}
