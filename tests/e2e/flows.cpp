#include "tests/e2e/flows.h"

#include "data/os/files.h"
#include "tests/e2e/hands.h"

#include <algorithm>

namespace wq::e2e {
namespace {

constexpr Student kInvited{"13800100003", "22653124153003", "朱㛃"};
constexpr Student kOnPaper{"13800100004", "22411325153004", "曹柳依"};
constexpr Student kContract{"13800100005", "22131125153005", "萧思雨"};
constexpr Student kSoldier{"13800100006", "25130682153006", "欧阳牧野"};
constexpr Student kFounder{"13800100007", "25230523153007", "徐𬤊"};
constexpr Student kReader{"13800100008", "25441284153008", "李浩然"};
constexpr Student kTraveller{"13800100010", "25410105153010", "傅婉清"};

constexpr Employer kWarned{"91510106MAYAJ4117G", "成都迅捷示例人力资源有限公司"};
constexpr Employer kEmployer{"91510104MA7J92LX58", "成都锦江示例设计有限公司"};

class Flows : private Hands {
  public:
    using Hands::Hands;

    void play() {
        stage_.step("an invitation is accepted", [&] { accept_invitation(); });
        stage_.step("both sides end it", [&] { terminate_together(); });
        stage_.step("paper is registered after the fact", [&] { supplement(); });
        stage_.step("the school ends it for the student", [&] { force(); });
        stage_.step("a labour contract", [&] { contract(); });
        stage_.step("a conscript", [&] { conscript(); });
        stage_.step("a venture on the net", [&] { venture(); });
        stage_.step("further study, deleted and registered anew", [&] { study(); });
        stage_.step("study abroad", [&] { abroad(); });
        stage_.step("clean ones are passed together", [&] { pass_together(); });
        stage_.step("the other rooms of the desk", [&] { look_around(); });
        stage_.step("all of it reaches the platform", [&] { sync_all(); });
    }

  private:
    void office_passes(const Student& student, const std::string& id, const std::string& state,
                       const char* picture = nullptr) {
        office().click("sidebar.review");
        office().wait_text(student.name);
        wait_for("the verdict", 20, [&] { return office().has("desk.pass"); });
        if (picture) stage_.photograph(office(), picture);
        office().click("desk.pass");
        if (office().has("desk.reason")) {
            office().type("desk.reason", "Confirmed by telephone.");
            office().click("desk.reason.send");
        }
        wait_state(id, state);
    }

    void accept_invitation() {
        stage_.turn_kiosk(1080, 1920);
        if (office().screen() == "staff_login") stage_.log_in_staff("school");
        sync();  // the platform has to know the student
        const std::string id = invitation_of(kWarned, kInvited);
        stage_.home_of(kInvited.mobile);
        photograph("home-invited");
        kiosk().click("home.answer.0");
        kiosk().wait_screen("record");
        photograph("invitation");
        kiosk().click("record.accept");
        kiosk().wait_screen("act");
        photograph("invitation-accept");
        kiosk().click("act.do");
        kiosk().wait_screen("home");
        photograph("home-accepted");
        wait_state(id, "school_review");
        office_passes(kInvited, id, "effective", "desk-review-online");
        invitation_ = id;
    }

    void terminate_together() {
        stage_.home_of(kInvited.mobile);
        kiosk().click("home.open.0");
        kiosk().wait_screen("record");
        kiosk().click("record.ask_termination");
        kiosk().wait_screen("act");
        kiosk().type("act.reason", "Family matters; moving to another city.");
        photograph("termination-ask");
        kiosk().click("act.do");
        kiosk().wait_screen("home");
        photograph("home-terminating");
        sync();
        employer_does(kWarned, {"agree", "--registration", invitation_});
        office_passes(kInvited, invitation_, "terminated", "desk-review-termination");
    }

    void submit() {
        kiosk().click("form.next");
        wait_for("the last page", 10, [&] { return kiosk().has("form.submit"); });
    }

    void supplement() {
        stage_.home_of(kOnPaper.mobile);
        kiosk().click("home.supplement");
        kiosk().wait_screen("form_1");
        find_employer(kEmployer);
        kiosk().type("form.paper_number", "2026-0099");
        kiosk().type("form.signed_on", "2026-11-02");
        kiosk().click("form.next");
        kiosk().wait_screen("form_2");
        kiosk().click("form.post");
        kiosk().wait_text("工程技术人员");
        stage_.choose("工程技术人员");
        kiosk().click("form.next");
        kiosk().wait_screen("form_3");
        kiosk().click("form.solves_household.no");
        photograph("supplement-terms");
        kiosk().click("form.next");
        kiosk().wait_screen("form_4");
        photograph("supplement-materials");
        bring("agreement_page", "supplement-capture");
        kiosk().wait_screen("form_4");
        submit();
        photograph("supplement-check");
        kiosk().click("form.submit");
        kiosk().wait_screen("done");
        photograph("supplement-done");
        supplement_ = only_record(kOnPaper, "school_review");
        office_passes(kOnPaper, supplement_, "effective", "desk-review-supplement");
    }

    void force() {
        stage_.home_of(kOnPaper.mobile);
        kiosk().click("home.open.0");
        kiosk().wait_screen("record");
        kiosk().click("record.ask_termination");
        kiosk().wait_screen("act");
        kiosk().type("act.reason", "The employer does not answer.");
        bring("termination_paper");
        kiosk().wait_screen("act");
        photograph("termination-ask-paper");
        kiosk().click("act.do");
        kiosk().wait_screen("home");
        wait_state(supplement_, "terminating");
        office().click("sidebar.review");
        office().wait_text(kOnPaper.name);
        wait_for("the verdict", 20, [&] { return office().has("desk.force"); });
        stage_.photograph(office(), "desk-review-termination-paper");
        office().click("desk.force");
        office().type("desk.reason", "Unreachable; two letters came back.");
        stage_.put_on_scanner("talks.jpg", sheet());
        office().click("desk.talks");
        office().wait_text("已有 1 份");
        stage_.photograph(office(), "desk-force");
        office().click("desk.reason.send");
        wait_for("the second look", 20, [&] { return office().has("force.yes"); });
        stage_.photograph(office(), "desk-force-twice");
        office().click("force.yes");
        wait_state(supplement_, "terminated");
    }

    void finish_destination(const Student& student, const std::vector<std::string>& kinds,
                            const std::string& name) {
        photograph(name);
        kiosk().click("form.next");
        kiosk().wait_screen("form_2");
        for (const std::string& kind : kinds) {
            bring(kind);
            kiosk().wait_screen("form_2");
        }
        photograph(name + "-materials");
        submit();
        kiosk().click("form.submit");
        kiosk().wait_screen("done");
        office_passes(student, only_record(student, "school_review"), "effective",
                      ("desk-review-" + name).c_str());
    }

    void contract() {
        begin_destination(kContract, {"签劳动合同形式就业"}, "destinations");
        find_employer(kEmployer);
        pick("post", "工程技术人员");
        kiosk().type("form.starts_on", "2026-12-01");
        kiosk().type("form.monthly_pay", "6500");
        finish_destination(kContract, {"employment_form", "labour_contract"}, "contract");
    }

    void conscript() {
        begin_destination(kSoldier, {"应征义务兵"});
        find("enlistment_region", "510107", "武侯区");
        kiosk().type("form.starts_on", "2026-09-10");
        finish_destination(kSoldier, {"enlistment_notice"}, "conscript");
    }

    void venture() {
        begin_destination(kFounder, {"自主创业", "电子商务创业"});
        kiosk().type("form.venture_name", "Yunshan Handicrafts");
        kiosk().type("form.venture_address", "https://shop.example.com/yunshan");
        kiosk().type("form.starts_on", "2026-05-01");
        find("region", "510107", "武侯区");
        kiosk().type("form.address", "8 Example Road");
        kiosk().type("form.activity", "Selling embroidery made at home.");
        finish_destination(kFounder,
                           {"freelance_form", "platform_agreement", "shop_pictures", "balance_pictures"},
                           "venture");
    }

    void study() {
        begin_destination(kReader, {"升学", "研究生"});
        kiosk().type("form.study_school", "Example University");
        kiosk().type("form.study_major", "Philosophy");
        finish_destination(kReader, {"admission_letter"}, "study");
        stage_.home_of(kReader.mobile);
        kiosk().click("home.open.0");
        kiosk().wait_screen("record");
        photograph("study-record");
        kiosk().click("record.delete");
        kiosk().wait_screen("act");
        photograph("study-delete");
        kiosk().click("act.do");
        kiosk().wait_screen("home");
        only_record(kReader, "deleted");
        begin_destination(kReader, {"不就业拟升学"});
        kiosk().click("form.next");
        wait_for("the last page", 10, [&] { return kiosk().has("form.submit"); });
        kiosk().click("form.submit");
        kiosk().wait_screen("done");
        office_passes(kReader, only_record(kReader, "school_review"), "effective");
        stage_.home_of(kReader.mobile);
        photograph("home-deleted-and-new");
    }

    void abroad() {
        begin_destination(kTraveller, {"出国、出境"});
        pick("abroad_purpose", "深造");
        find("country", "GBR", "英国");
        kiosk().type("form.abroad_name", "Example College London");
        kiosk().type("form.abroad_name_foreign", "Example College London");
        kiosk().type("form.starts_on", "2026-09-20");
        finish_destination(kTraveller, {"abroad_form", "foreign_admission"}, "abroad");
    }

    void pass_together() {
        const auto file = (stage_.out() / "intention.json").string();
        if (!os::write_file(file, bytes_of(R"({"destination":"71"})"))) throw Fault("can't write " + file);
        std::vector<std::string> ids;
        for (const char* student : {"25510421153011", "25511321153012", "25513301153013"}) {
            const std::string as = std::string("student:") + student;
            stage_.wangqian({"confirm", "--as", as});
            ids.push_back(stage_.wangqian({"register", "--kind", "destination", "--as", as, "--form", file}));
        }
        office().click("sidebar.all");
        office().click("sidebar.review");
        office().wait_text("𠮷𬘡");
        stage_.photograph(office(), "desk-queue");
        office().click("desk.batch");
        wait_for("the question", 20, [&] { return office().has("batch.yes"); });
        stage_.photograph(office(), "desk-batch");
        office().click("batch.yes");
        office().wait_text("秒后通过");
        stage_.photograph(office(), "desk-batch-held");
        // Some may have been pulled for a look, hardly all of them.
        wait_for("a passed one", 30, [&] {
            return std::ranges::any_of(
                ids, [&](const std::string& id) { return stage_.record(id)["state"] == "effective"; });
        });
    }

    void look_around() {
        for (const char* room : {"all", "figures", "roster", "employers", "settings", "conflicts", "audit"}) {
            office().click(std::string("sidebar.") + room);
            if (room == std::string("audit")) {
                office().click("desk.audit");
                office().wait_text("历史完整");
            }
            if (room == std::string("roster")) {
                office().type("desk.search", "fwq");
                wait_for("the one", 10, [&] { return !office().shows(kInvited.name); });
                office().wait_text(kTraveller.name);
                office().click("desk.roster.correct");
            }
            if (room == std::string("all")) office().wait_text(kTraveller.name);
            if (room == std::string("roster"))
                wait_for("the form", 10, [&] { return office().has("desk.roster.save"); });
            stage_.photograph(office(), std::string("desk-") + room);
        }
    }

    void sync_all() {
        sync();
        const auto status = nlohmann::json::parse(stage_.wangqian({"--json", "sync", "status"}));
        if (status["waiting"] != 0 || status["pictures_to_send"] != 0)
            throw Fault("still waiting: " + status.dump());
        stage_.wangqian({"audit"});
    }

    std::string invitation_, supplement_;
};

}  // namespace

void play_flows(Stage& stage) { Flows(stage).play(); }

}  // namespace wq::e2e
