#include "tests/e2e/tour.h"

#include "data/os/files.h"
#include "tests/e2e/hands.h"

namespace wq::e2e {
namespace {

namespace fs = std::filesystem;

constexpr Student kPlanless{"13800100022", "23510304153022", "冯云舟"};
constexpr Student kSentBack{"13800100014", "23510105153014", "佘承志"};
constexpr Student kEnglish{"13800100015", "23610722153015", "袁怀瑾"};
constexpr Student kInvited{"13800100016", "23510105153016", "亓雅文"};
constexpr Student kUndecided{"13800100017", "23511523153017", "曹明月"};
constexpr Student kTraveller{"13800100018", "23430821153018", "阿依古丽·买买提"};
constexpr Student kWaiting[] = {{"13800100020", "23431124153020", "唐志远"},
                                {"13800100021", "23420527153021", "佘思远"}};

constexpr Employer kWarned{"91510106MAYAJ4117G", "成都迅捷示例人力资源有限公司"};
constexpr Employer kEmployer{"91510104MA7J92LX58", "成都锦江示例设计有限公司"};

class Tour : private Hands {
  public:
    using Hands::Hands;

    void play() {
        stage_.step("what the tour begins with", [&] { prepare(); });
        stage_.step("a form is sent back", [&] { send_back_in_chinese(); });
        stage_.step("what else a student may see", [&] { see_dialogs(); });
        stage_.set_prefix("en-");
        stage_.step("in English: first steps", [&] { begin_in_english(); });
        stage_.step("in English: filled in, sent back, mended", [&] { fill_in_english(); });
        stage_.step("in English: printed, stamped, returned", [&] { return_in_english(); });
        stage_.step("in English: other kinds", [&] { look_at_kinds(); });
        stage_.step("in English: a termination", [&] { terminate_in_english(); });
        stage_.step("in English: the desk's rooms", [&] { look_at_rooms(); });
        stage_.set_prefix("lying-");
        stage_.step("the other screens on a lying panel", [&] { lie_down(); });
        stage_.set_prefix("");
    }

  private:
    // The one in the queue, whoever else waits.
    void review(const Student& student, const char* verdict) {
        office().click("sidebar.review");
        search_for(student.exam_number);
        wait_for("the one alone", 20, [&] { return office().shows(student.name) && !office().has("row.1"); });
        wait_for("the verdict", 20, [&] { return office().has(verdict); });
    }
    void search_for(const std::string& text) {
        office().click("desk.search");
        for (std::size_t left = office().value("desk.search").size(); left > 0; --left)
            office().press("BackSpace");
        office().type("desk.search", text);
    }
    // A list that is still being refreshed may take the button away under the finger.
    void ask_reason(const char* verdict) {
        for (int i = 0; i < 5 && !office().has("desk.reason"); ++i) {
            office().click(verdict);
            for (int waited = 0; waited < 20 && !office().has("desk.reason"); ++waited) pause_ms(100);
        }
    }
    void send_back(const Student& student, const std::string& comment, const char* picture) {
        review(student, "desk.send_back");
        ask_reason("desk.send_back");
        office().click("desk.points.contact_mobile");
        office().type("desk.reason", comment);
        photograph_office(picture);
        office().click("desk.reason.send");
    }
    void pass(const Student& student, const std::string& id, const std::string& state, const char* picture) {
        review(student, "desk.pass");
        photograph_office(picture);
        for (int i = 0; i < 5 && stage_.record(id)["state"] != state; ++i) {
            office().click("desk.pass");
            for (int waited = 0; waited < 20 && stage_.record(id)["state"] != state; ++waited) pause_ms(100);
        }
        wait_state(id, state);
    }
    std::string registered(const Student& student, std::vector<std::string> what) {
        const std::string as = std::string("student:") + student.exam_number;
        stage_.wangqian({"confirm", "--as", as});
        what.insert(what.begin(), {"register", "--as", as});
        return stage_.wangqian(std::move(what));
    }
    std::string demo_form() const { return (os::assets_folder() / "demo/form.json").string(); }

    // A destination that needs no paper.
    std::string undecided() const { return (stage_.out() / "undecided.json").string(); }

    void prepare() {
        if (office().screen() == "staff_login") stage_.log_in_staff("school");
        const std::string form = R"({"destination":"71"})";
        if (!os::write_file(undecided(), bytes_of(form))) throw Fault("can't write " + undecided());
        const std::string id = registered(kPlanless, {"--kind", "destination", "--form", undecided()});
        stage_.wangqian({"act", id, "pass", "--as", "school:school"});
        sync();
    }

    void send_back_in_chinese() {
        const std::string id = registered(kSentBack, {"--form", demo_form()});
        send_back(kSentBack, "The mobile number does not answer.", "desk-send-back");
        wait_state(id, "returned");
        stage_.turn_kiosk(1080, 1920);
        stage_.home_of(kSentBack.mobile);
        photograph("home-returned");
        open("home.edit.0", "form_2");
        photograph("form-returned");
        kiosk().click("header.log_out");
    }

    void see_dialogs() {
        kiosk().wait_screen("welcome");
        open("welcome.start", "login");
        see_forgotten();
        stage_.home_of(kUndecided.mobile);
        open("home.sign", "form_1");
        kiosk().type("form.employer_name", std::string(kWarned.credit_code).substr(0, 12));
        kiosk().wait_text(kWarned.name);
        stage_.choose(kWarned.name);
        photograph("form-warned");
        kiosk().click("header.text_size");
        kiosk().click("header.text_size");
        photograph("form-large");
        stage_.open_kiosk("1080x1920", {"--idle", "10"});
        stage_.home_of(kUndecided.mobile);
        wait_for("the question", 15, [&] { return kiosk().has("leave.stay"); });
        photograph("leave");
    }
    void see_forgotten() {
        kiosk().click("login.forgot");
        wait_for("the answer", 10, [&] { return kiosk().has("forgot.close"); });
        photograph("login-forgot");
        kiosk().click("forgot.close");
        kiosk().click("login.back");
    }

    void begin_in_english() {
        stage_.open_kiosk("1080x1920", {"--language", "en"});
        kiosk().wait_screen("welcome");
        photograph("welcome");
        open("welcome.start", "login");
        see_forgotten();
        stage_.log_in(kEnglish.mobile);
        kiosk().wait_screen("confirm");
        photograph("confirm");
        kiosk().click("confirm.wrong");
        wait_for("whom to ask", 10, [&] { return kiosk().has("contact.stay"); });
        photograph("confirm-wrong");
        kiosk().click("contact.stay");
        open("confirm.right", "home");
        photograph("home-empty");
    }

    void fill_in_english() {
        open("home.sign", "form_1");
        kiosk().type("form.employer_name", std::string(kEmployer.credit_code).substr(0, 12));
        kiosk().wait_text(kEmployer.name);
        photograph("form-1-search");
        stage_.choose(kEmployer.name);
        kiosk().click("form.next");
        kiosk().wait_screen("form_2");
        pick("post", "Engineering and technical staff");
        photograph("form-2");
        kiosk().click("form.next");
        kiosk().wait_screen("form_3");
        kiosk().click("form.solves_household.yes");
        photograph("form-3");
        kiosk().click("form.next");
        wait_for("the last page", 10, [&] { return kiosk().has("form.submit"); });
        photograph("form-4-review");
        open("form.submit", "done");
        photograph("done");
        english_ = only_record(kEnglish, "school_review");
        mend_in_english();
    }
    void mend_in_english() {
        office().click("desk.language");
        send_back(kEnglish, "The mobile number does not answer.", "desk-send-back");
        wait_state(english_, "returned");
        open("done.home", "home");
        photograph("home-returned");
        open("home.edit.0", "form_2");
        photograph("form-returned");
        open("form.next", "form_3");
        open("form.next", "form_4");
        open("form.submit", "done");
        open("done.home", "home");
        photograph("home-submitted");
        pass(kEnglish, english_, "approved", "desk-review-form");
    }

    void return_in_english() {
        stage_.home_of(kEnglish.mobile);
        photograph("home-approved");
        kiosk().click("home.print.0");
        wait_for("the word that it is printed", 30, [&] { return kiosk().has("printed.close"); });
        photograph("printed");
        kiosk().click("printed.close");
        const std::string number = stage_.record(english_)["number"];
        const ReturnedPages pages = stamped(*os::read_file(stage_.home() / "spool" / (number + "-1.pdf")));
        open("home.return.0", "scan");
        stage_.put_on_scanner("1.jpg", pages.second);
        kiosk().click("scan.start");
        kiosk().wait_text(number, 60);
        photograph("scan-one-page");
        stage_.put_on_scanner("2.jpg", pages.first);
        kiosk().click("scan.page");
        wait_for("the whole agreement", 60, [&] { return kiosk().has("scan.done"); });
        photograph("scan-done");
        kiosk().click("scan.done");
        pass(kEnglish, english_, "effective", "desk-review-return");
        stage_.put_on_scanner("unknown.jpg", sheet());
        office().click("sidebar.scan");
        office().click("desk.take");
        wait_for("the tray", 60, [&] { return office().has("desk.tray.assign"); });
        photograph_office("desk-scan-tray");
        verify_in_english(pages.first, number);
    }
    void verify_in_english(ByteView page, const std::string& number) {
        kiosk().click("header.log_out");
        open("welcome.verify", "verify");
        stage_.put_on_scanner("paper.jpg", {page.begin(), page.end()});
        kiosk().click("verify.scan");
        kiosk().wait_text(number, 60);
        photograph("verified");
        kiosk().click("verify.back");
    }

    void look_at_kinds() {
        begin_destination(kUndecided, {"Employed by labour contract"}, "destinations");
        photograph("contract");
        find_employer(kEmployer);
        pick("post", "Engineering and technical staff");
        kiosk().type("form.starts_on", "2026-12-01");
        kiosk().click("form.next");
        kiosk().wait_screen("form_2");
        photograph("contract-materials");
        bring("employment_form", "capture");
        invitation_of(kWarned, kInvited);
        stage_.home_of(kInvited.mobile);
        photograph("home-invited");
        open("home.answer.0", "record");
        photograph("invitation");
        open("record.accept", "act");
        photograph("invitation-accept");
        open("act.back", "record");
        open("record.decline", "act");
        photograph("invitation-decline");
        stage_.home_of(kPlanless.mobile);
        open("home.open.0", "record");
        open("record.delete", "act");
        photograph("destination-delete");
    }

    void terminate_in_english() {
        stage_.home_of(kEnglish.mobile);
        open("home.open.0", "record");
        photograph("record");
        open("record.ask_termination", "act");
        kiosk().type("act.reason", "Moving to another city.");
        bring("termination_paper");
        kiosk().wait_screen("act");
        photograph("termination-ask-paper");
        open("act.do", "home");
        photograph("home-terminating");
        review(kEnglish, "desk.force");
        photograph_office("desk-review-termination-paper");
        ask_reason("desk.force");
        office().type("desk.reason", "Unreachable; two letters came back.");
        stage_.put_on_scanner("talks.jpg", sheet());
        office().click("desk.talks");
        office().wait_text("employer: 1");
        photograph_office("desk-force");
        office().click("desk.reason.send");
        wait_for("the second look", 20, [&] { return office().has("force.yes"); });
        photograph_office("desk-force-twice");
        office().click("force.no");
    }

    void look_at_rooms() {
        for (const Student& student : kWaiting)
            registered(student, {"--kind", "destination", "--form", undecided()});
        office().click("sidebar.all");
        office().click("sidebar.review");
        office().wait_text(kWaiting[0].name);
        photograph_office("desk-queue");
        office().click("desk.batch");
        wait_for("the question", 20, [&] { return office().has("batch.no"); });
        photograph_office("desk-batch");
        office().click("batch.no");
        for (const char* room :
             {"all", "figures", "roster", "employers", "settings", "conflicts", "sync", "audit"}) {
            office().click(std::string("sidebar.") + room);
            if (room == std::string("all")) office().wait_text(kEnglish.name);
            if (room == std::string("audit")) {
                office().click("desk.audit");
                office().wait_text("Whole");
            }
            photograph_office(std::string("desk-") + room);
        }
        office().click("desk.language");
    }

    void lie_down() {
        stage_.turn_kiosk(1920, 1080);
        stage_.home_of(kInvited.mobile);
        photograph("home-invited");
        open("home.answer.0", "record");
        photograph("invitation");
        open("record.accept", "act");
        photograph("invitation-accept");
        open("act.back", "record");
        open("record.decline", "act");
        photograph("invitation-decline");
        begin_destination(kTraveller, {"出国、出境"}, "destinations");
        pick("abroad_purpose", "深造");
        find("country", "GBR", "英国");
        kiosk().type("form.abroad_name", "Example College London");
        kiosk().type("form.abroad_name_foreign", "Example College London");
        kiosk().type("form.starts_on", "2026-09-20");
        photograph("abroad");
        open("form.next", "form_2");
        photograph("abroad-materials");
        bring("abroad_form", "capture");
        lie_down_to_end();
    }
    void lie_down_to_end() {
        stage_.home_of(kPlanless.mobile);
        open("home.open.0", "record");
        open("record.delete", "act");
        photograph("destination-delete");
        stage_.home_of(kEnglish.mobile);
        open("home.open.0", "record");
        photograph("record-terminating");
        open("record.revoke", "act");
        photograph("termination-revoke");
        kiosk().click("header.log_out");
        open("welcome.scan", "scan");
        photograph("scan-empty");
        kiosk().click("scan.leave");
        open("welcome.verify", "verify");
        photograph("verify");
        kiosk().click("header.text_size");
        photograph("verify-large");
    }

    std::string english_;
};

}  // namespace

void play_tour(Stage& stage) { Tour(stage).play(); }

}  // namespace wq::e2e
