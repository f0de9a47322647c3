#include "tests/e2e/signing.h"

#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/e2e/hands.h"
#include "tests/workshop/workshop.h"

namespace wq::e2e {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExamNumber = "21510107153001";
constexpr const char* kMobile = "13800100001";
constexpr const char* kEmployerCode = "91510107MAA31L7A7C";

class Signing {
  public:
    Signing(Stage& stage, bool kills) : stage_(stage), kills_(kills) {}

    void play() {
        step("the student logs in and confirms", [&] { log_in_first(); });
        step("the student fills in and submits", [&] { fill_in(); });
        step("the office passes the form", [&] { pass_form(); });
        step("the student prints", [&] { print(); });
        if (!kills_) step("a link for the employer, taken back", [&] { share_link(); });
        step("the employer stamps; pages come back", [&] { stamp(); });
        step("the kiosk takes the pages", [&] { scan(); });
        step("the office passes the return", [&] { pass_return(); });
        step("anybody verifies the paper", [&] { verify(); });
        if (!kills_) step("the same screens on a lying panel", [&] { lie_down(); });
        step("everything reaches the platform", [&] { sync(); });
        step("a second kiosk shows the same", [&] { second_kiosk(); });
        step("the history is whole", [&] { audit(); });
    }

  private:
    void step(const std::string& name, const std::function<void()>& act) { stage_.step(name, act); }
    fs::path home() const { return stage_.home(); }
    const fs::path& out() const { return stage_.out(); }
    Window& kiosk() { return stage_.kiosk(); }
    Window& office() { return stage_.office(); }
    nlohmann::json record() { return stage_.record(id_); }
    void photograph(Window& window, const std::string& name) { stage_.photograph(window, name); }

    // What was acknowledged must be there when the student comes back; they come back to their list.
    void kill_kiosk() {
        if (!kills_) return;
        kiosk().process().kill();
        stage_.open_kiosk("1080x1920");
        stage_.log_in(kMobile);
        kiosk().wait_screen("home");
    }

    void log_in_first() {
        kiosk().wait_screen("welcome");
        photograph(kiosk(), "welcome");
        stage_.log_in(kMobile);
        kiosk().wait_screen("confirm");
        kiosk().wait_text("奚𬱖");
        photograph(kiosk(), "confirm");
        kiosk().click("confirm.right");
        kiosk().wait_screen("home");
        photograph(kiosk(), "home-empty");
        kill_kiosk();
    }

    void fill_in() {
        kiosk().click("home.sign");
        kiosk().wait_screen("form_1");
        photograph(kiosk(), "form-1-empty");
        kiosk().type("form.employer_name", std::string(kEmployerCode).substr(0, 12));
        kiosk().wait_text("成都云杉示例软件有限公司");
        photograph(kiosk(), "form-1-search");
        stage_.choose("成都云杉示例软件有限公司");
        kiosk().wait_text(kEmployerCode);
        photograph(kiosk(), "form-1");
        kiosk().click("form.keep");
        kiosk().wait_screen("home");
        photograph(kiosk(), "home-draft");
        kill_kiosk();
        kiosk().click("home.edit.0");
        kiosk().wait_screen("form_1");
        kiosk().wait_text(kEmployerCode);
        fill_rest();
        kiosk().click("form.submit");
        kiosk().wait_screen("done");
        photograph(kiosk(), "done");
        if (!kills_) kiosk().click("done.home");
        kill_kiosk();
        kiosk().wait_screen("home");
        photograph(kiosk(), "home-submitted");
        const auto rows =
            nlohmann::json::parse(stage_.wangqian({"--json", "list", "--student", kExamNumber}));
        id_ = rows.at(0)["id"];
        stage_.report()["registration"] = id_;
        stage_.expect_state(id_, "school_review");
    }

    // The directory filled the employer's fields; post, household and terms are the student's.
    void fill_rest() {
        kiosk().click("form.next");
        wait_for("step 2", 10, [&] { return kiosk().has("form.post"); });
        photograph(kiosk(), "form-2");
        kiosk().click("form.post");
        kiosk().wait_text("工程技术人员");
        photograph(kiosk(), "form-2-post");
        stage_.choose("工程技术人员");
        kiosk().click("form.next");
        wait_for("step 3", 10, [&] { return kiosk().has("form.supplement"); });
        kiosk().click("form.solves_household.yes");
        kiosk().type("form.supplement", "Probation: 3 months.");
        photograph(kiosk(), "form-3");
        kiosk().click("form.next");
        wait_for("step 4", 10, [&] { return kiosk().has("form.submit"); });
        photograph(kiosk(), "form-4-review");
    }

    // Another student at a kiosk whose panel lies, up to the form's last step; the record of the first one.
    void lie_down() {
        stage_.turn_kiosk(1920, 1080);
        const std::string before = stage_.set_prefix("lying-");
        kiosk().wait_screen("welcome");
        photograph(kiosk(), "welcome");
        stage_.log_in("13800100002");
        kiosk().wait_screen("confirm");
        photograph(kiosk(), "confirm");
        kiosk().click("confirm.right");
        kiosk().wait_screen("home");
        photograph(kiosk(), "home-empty");
        kiosk().click("home.sign");
        kiosk().wait_screen("form_1");
        kiosk().type("form.employer_name", std::string(kEmployerCode).substr(0, 12));
        kiosk().wait_text("成都云杉示例软件有限公司");
        photograph(kiosk(), "form-1-search");
        stage_.choose("成都云杉示例软件有限公司");
        kiosk().wait_text(kEmployerCode);
        fill_rest();
        kiosk().click("header.log_out");
        stage_.log_in(kMobile);
        kiosk().wait_screen("home");
        photograph(kiosk(), "home");
        kiosk().click("home.open.0");
        kiosk().wait_screen("record");
        photograph(kiosk(), "record");
        stage_.set_prefix(before);
    }

    void pass_form() {
        office().wait_screen("staff_login");
        photograph(office(), "desk-login");
        office().type("staff_login.account", "school");
        office().type("staff_login.password", kPassword);
        office().click("staff_login.enter");
        office().wait_screen("desk");
        office().wait_text("奚𬱖");
        office().wait_text("成都云杉示例软件有限公司");
        wait_for("the verdict", 20, [&] { return office().has("desk.pass"); });
        photograph(office(), "desk-review-form");
        office().click("row.0");
        office().press("a");
        wait_for("the approval", 20, [&] { return record()["state"] == "approved"; });
        wait_for("the empty queue", 20, [&] { return !office().shows("奚𬱖"); });
        photograph(office(), "desk-passed");
        stage_.report()["number"] = record()["number"];
    }

    void print() {
        kiosk().click("header.log_out");
        stage_.log_in(kMobile);
        kiosk().wait_screen("home");
        kiosk().wait_text("就业协议审核通过");
        photograph(kiosk(), "home-approved");
        kiosk().click("home.print.0");
        const fs::path printed = home() / "spool" / (stage_.report()["number"].get<std::string>() + "-1.pdf");
        wait_for("the printed agreement", 30, [&] { return fs::exists(printed); });
        wait_for("the word that it is printed", 20, [&] { return kiosk().has("printed.close"); });
        photograph(kiosk(), "printed");
        if (!kills_) kiosk().click("printed.close");
        kill_kiosk();
        fs::copy_file(printed, out() / "agreement.pdf");
    }

    void share_link() {
        kiosk().click("home.open.0");
        kiosk().wait_screen("record");
        kiosk().click("record.share_link");
        kiosk().wait_screen("link");
        kiosk().wait_text("/R/99510");
        photograph(kiosk(), "link");
        kiosk().click("link.revoke");
        wait_for("the link taken back", 20, [&] { return !kiosk().has("link.revoke"); });
        photograph(kiosk(), "link-taken-back");
        kiosk().click("link.back");
        kiosk().wait_screen("record");
        photograph(kiosk(), "record-approved");
        kiosk().click("record.back");
        kiosk().wait_screen("home");
    }

    void stamp() {
        const ReturnedPages pages = stamped(*os::read_file(out() / "agreement.pdf"));
        put("page-1-photo.jpg", pages.first);
        put("page-2-scan.jpg", pages.second);
        put("stranger.jpg",
            scan::to_jpeg(workshop::photographed({600, 850, Bytes(600 * 850 * 3, 244)}, 2, 15)));
        fs::copy_file(out() / "returned/page-2-scan.jpg", home() / "inbox/1.jpg");
    }
    void put(const std::string& name, const Bytes& file) {
        if (!os::write_file(out() / "returned" / name, file)) throw Fault("can't write " + name);
    }

    void scan() {
        kiosk().click("home.return.0");
        kiosk().wait_screen("scan");
        photograph(kiosk(), "scan-empty");
        kiosk().click("scan.start");
        kiosk().wait_text(stage_.report()["number"].get<std::string>(), 60);
        photograph(kiosk(), "scan-one-page");
        fs::copy_file(out() / "returned/page-1-photo.jpg", home() / "inbox/2.jpg");
        if (kills_) {
            kill_kiosk();
            kiosk().click("home.return.0");
            kiosk().wait_screen("scan");
        }
        kiosk().click(kills_ ? "scan.start" : "scan.page");
        wait_for("the attached return", 60, [&] { return record()["state"] == "return_school_review"; });
        wait_for("the whole agreement on the screen", 30, [&] { return kiosk().has("scan.done"); });
        photograph(kiosk(), "scan-done");
        if (!kills_) kiosk().click("scan.done");
        kill_kiosk();
        kiosk().wait_screen("home");
        kiosk().click("home.open.0");
        kiosk().wait_screen("record");
        photograph(kiosk(), "record");
        fs::copy_file(out() / "returned/stranger.jpg", home() / "inbox/stranger.jpg");
    }

    void pass_return() {
        office().click("sidebar.scan");
        office().click("desk.take");
        wait_for("the tray", 60, [&] { return office().shows("stranger.jpg"); });
        photograph(office(), "desk-scan-tray");
        office().click("sidebar.review");
        office().wait_text("奚𬱖");
        wait_for("the pages", 30, [&] { return office().has("desk.returned"); });
        photograph(office(), "desk-review-return");
        office().click("desk.pass");
        wait_for("the signing", 20, [&] { return record()["state"] == "effective"; });
        photograph(office(), "desk-signed");
    }

    void verify() {
        stage_.wangqian({"verify", (out() / "returned/page-1-photo.jpg").string()});
        kiosk().click("header.log_out");
        kiosk().wait_screen("welcome");
        kiosk().click("welcome.verify");
        kiosk().wait_screen("verify");
        photograph(kiosk(), "verify");
        fs::copy_file(out() / "returned/page-1-photo.jpg", home() / "inbox/paper.jpg");
        kiosk().click("verify.scan");
        kiosk().wait_text(stage_.report()["number"].get<std::string>(), 60);
        if (fs::exists(home() / "inbox/paper.jpg")) throw Fault("a verified page stays on the scanner");
        photograph(kiosk(), "verified");
    }

    void sync() {
        office().click("sidebar.sync");
        wait_for("the sync room", 20, [&] { return office().has("desk.sync_now"); });
        photograph(office(), "desk-sync-waiting");
        office().click("desk.sync_now");
        wait_for("an empty outbox", 60, [&] {
            const auto status = nlohmann::json::parse(stage_.wangqian({"--json", "sync", "status"}));
            return status["waiting"] == 0 && status["pictures_to_send"] == 0;
        });
        photograph(office(), "desk-sync-done");
    }

    void second_kiosk() {
        const fs::path other = out() / "second";
        stage_.wangqian(other, {"join", stage_.address(), stage_.enrol_code()});
        stage_.wangqian(other, {"sync", "--once"});
        const auto here = record(),
                   there = nlohmann::json::parse(stage_.wangqian(other, {"--json", "show", id_}));
        if (here != there) throw Fault("the second kiosk shows another record: " + there.dump());
        stage_.wangqian(other, {"pdf", "agreement", id_, "-o", (out() / "agreement-second.pdf").string()});
        if (*os::read_file(out() / "agreement.pdf") != *os::read_file(out() / "agreement-second.pdf"))
            throw Fault("the second kiosk prints another agreement");
        const auto again = nlohmann::json::parse(stage_.wangqian({"--json", "sync", "--once"}));
        if (again["pushed"] != 0 || again["conflicts"] != 0)
            throw Fault("syncing again did something: " + again.dump());
        stage_.wangqian(other, {"audit"});
    }

    void audit() {
        stage_.expect_state(id_, "effective");
        stage_.report()["audit"] = stage_.wangqian({"audit"});
    }

    Stage& stage_;
    bool kills_;
    std::string id_;
};

}  // namespace

void play_signing(Stage& stage, bool kills) { Signing(stage, kills).play(); }

}  // namespace wq::e2e
