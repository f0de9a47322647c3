// One student's day, played through the real windows with real mouse and key events on virtual displays, the
// real database, real paper and the real wire. Leaves in --out: agreement.pdf, the pages as they came back,
// screens/*.png, and report.json with every step, its time and what it made.
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/e2e/window.h"
#include "tests/workshop/workshop.h"

#include <chrono>
#include <functional>
#include <iostream>
#include <set>
#include <utility>

namespace {

using namespace wq;
namespace fs = std::filesystem;
using e2e::Window;

constexpr const char* kExamNumber = "21510107153001";
constexpr const char* kMobile = "13800100001";
constexpr const char* kPassword = "wangqian";
constexpr const char* kEmployerCode = "91510107MAA31L7A7C";

class Day {
  public:
    // `kills`: the kiosk is killed (SIGKILL) after every step that it acknowledged, and started again.
    Day(fs::path out, bool kills)
        : out_(std::move(out)), kills_(kills), bin_(fs::read_symlink("/proc/self/exe").parent_path()) {
        fs::remove_all(out_);
        fs::create_directories(out_ / "screens");
        fs::create_directories(out_ / "returned");
    }

    int play() {
        try {
            story();
            report_["ok"] = true;
        } catch (const std::exception& fault) {
            report_["ok"] = false;
            report_["fault"] = fault.what();
            std::cerr << "the day broke: " << fault.what() << '\n';
            for (auto* display : {kiosk_display_.get(), desk_display_.get()})
                if (display)
                    display->photograph(out_ / "screens" / ("broken-" + display->name().substr(1) + ".png"));
        }
        const std::string text = report_.dump(1);
        (void)os::write_file(out_ / "report.json", bytes_of(text));
        return report_["ok"].get<bool>() ? 0 : 1;
    }

  private:
    void story() {
        step("campus and platform are set up", [&] { set_up(); });
        step("the student logs in and confirms", [&] { log_in_first(); });
        step("the student fills in and submits", [&] { fill_in(); });
        step("the office passes the form", [&] { pass_form(); });
        step("the student prints", [&] { print(); });
        step("the employer stamps; pages come back", [&] { stamp(); });
        step("the kiosk takes the pages", [&] { scan(); });
        step("the office passes the return", [&] { pass_return(); });
        step("anybody verifies the paper", [&] { verify(); });
        if (!kills_) step("the same screens on a lying panel", [&] { lie_down(); });
        step("everything reaches the platform", [&] { sync(); });
        step("a second kiosk shows the same", [&] { second_kiosk(); });
        step("the history is whole", [&] { audit(); });
    }

    void step(const std::string& name, const std::function<void()>& act) {
        std::cout << name << " … " << std::flush;
        const auto start = std::chrono::steady_clock::now();
        act();
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        report_["steps"].push_back({{"name", name}, {"seconds", seconds}});
        std::cout << seconds << " s" << std::endl;
    }

    fs::path home() const { return out_ / "campus"; }
    std::string path(const char* program) const { return (bin_ / program).string(); }

    // A command; its failure ends the day.
    std::string command(std::vector<std::string> arguments) {
        const e2e::Ran ran = e2e::run(arguments);
        if (ran.exit != 0) throw Fault(arguments[0] + " " + arguments[3] + ": " + ran.out);
        return ran.out.substr(0, ran.out.find_last_not_of('\n') + 1);
    }
    std::string wangqian(const fs::path& folder, std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {path("wangqian"), "--home", folder.string()});
        return command(std::move(arguments));
    }
    std::string platform(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(),
                         {path("wangqian-platform"), "--home", (out_ / "platform").string()});
        return command(std::move(arguments));
    }
    nlohmann::json record() { return nlohmann::json::parse(wangqian(home(), {"--json", "show", id_})); }
    void expect_state(const std::string& state) {
        if (record()["state"] != state)
            throw Fault("the record is " + record()["state"].get<std::string>() + ", not " + state);
    }

    void photograph(Window& window, const std::string& name) {
        const std::string digits = std::to_string(++photographs_);
        const std::string number = (digits.size() < 2 ? "0" : "") + digits + "-";
        photographed_.insert(name_prefix_ + name);
        window.photograph(out_ / "screens" / (number + name_prefix_ + name + ".png"));
    }

    void set_up() {
        wangqian(home(), {"init", "--demo"});
        platform({"admin", "init"});
        platform({"admin", "school", "99510", "天府示例大学"});
        server_ = std::make_unique<e2e::Process>(
            std::vector<std::string>{path("wangqian-platform"), "--home", (out_ / "platform").string(),
                                     "serve", "--port", "0"},
            e2e::Environment{}, out_ / "platform.log");
        e2e::wait_for("the platform", 20, [&] {
            const std::string said = os::read_text(out_ / "platform.log").value_or("");
            const std::size_t at = said.find("http://");
            if (at == std::string::npos || said.find('\n', at) == std::string::npos) return false;
            address_ = said.substr(at, said.find_first_of(" \n", at) - at);
            return true;
        });
        const std::string code = platform({"admin", "enrol-code", "99510"});
        wangqian(home(), {"join", address_, code});
        kiosk_display_ = std::make_unique<e2e::Display>(1080, 1920, out_ / "display.log");
        desk_display_ = std::make_unique<e2e::Display>(1920, 1080, out_ / "display.log");
        fs::create_directories(home() / "inbox");
        open_kiosk("1080x1920");
        office_ = std::make_unique<Window>(
            *desk_display_, path("wangqian-kiosk"),
            std::vector<std::string>{"--home", home().string(), "--desk", "staff", "--size", "1920x1080"},
            out_);
    }

    void open_kiosk(const std::string& size) {
        kiosk_ = std::make_unique<Window>(*kiosk_display_, path("wangqian-kiosk"),
                                          std::vector<std::string>{"--home", home().string(), "--size", size},
                                          out_);
    }

    // What was acknowledged must be there when the student comes back; they come back to their list.
    void kill_kiosk() {
        if (!kills_) return;
        kiosk_->process().kill();
        open_kiosk("1080x1920");
        log_in();
        kiosk_->wait_screen("home");
    }

    void log_in(const std::string& mobile = kMobile) {
        kiosk_->wait_screen("welcome");
        kiosk_->click("welcome.start");
        kiosk_->wait_screen("login");
        kiosk_->type("login.account", mobile);
        kiosk_->type("login.password", kPassword);
        if (!photographed_.contains(name_prefix_ + "login")) photograph(*kiosk_, "login");
        kiosk_->click("login.enter");
    }

    void log_in_first() {
        kiosk_->wait_screen("welcome");
        photograph(*kiosk_, "welcome");
        log_in();
        kiosk_->wait_screen("confirm");
        kiosk_->wait_text("奚𬱖");
        photograph(*kiosk_, "confirm");
        kiosk_->click("confirm.right");
        kiosk_->wait_screen("home");
        photograph(*kiosk_, "home-empty");
        kill_kiosk();
    }

    void fill_in() {
        kiosk_->click("home.sign");
        kiosk_->wait_screen("form_1");
        photograph(*kiosk_, "form-1-empty");
        kiosk_->type("form.employer_name", std::string(kEmployerCode).substr(0, 12));
        kiosk_->wait_text("成都云杉示例软件有限公司");
        photograph(*kiosk_, "form-1-search");
        choose("成都云杉示例软件有限公司");
        kiosk_->wait_text(kEmployerCode);
        photograph(*kiosk_, "form-1");
        kiosk_->click("form.keep");
        kiosk_->wait_screen("home");
        photograph(*kiosk_, "home-draft");
        kill_kiosk();
        kiosk_->click("home.edit.0");
        kiosk_->wait_screen("form_1");
        kiosk_->wait_text(kEmployerCode);
        fill_rest();
        kiosk_->click("form.submit");
        kiosk_->wait_screen("done");
        photograph(*kiosk_, "done");
        if (!kills_) kiosk_->click("done.home");
        kill_kiosk();
        kiosk_->wait_screen("home");
        photograph(*kiosk_, "home-submitted");
        const auto rows =
            nlohmann::json::parse(wangqian(home(), {"--json", "list", "--student", kExamNumber}));
        id_ = rows.at(0)["id"];
        report_["registration"] = id_;
        expect_state("school_review");
    }

    // The directory filled the employer's fields; post, household and terms are the student's.
    void fill_rest() {
        kiosk_->click("form.next");
        e2e::wait_for("step 2", 10, [&] { return kiosk_->has("form.post"); });
        photograph(*kiosk_, "form-2");
        kiosk_->click("form.post");
        kiosk_->wait_text("工程技术人员");
        photograph(*kiosk_, "form-2-post");
        choose("工程技术人员");
        kiosk_->click("form.next");
        e2e::wait_for("step 3", 10, [&] { return kiosk_->has("form.supplement"); });
        kiosk_->click("form.solves_household.yes");
        kiosk_->type("form.supplement", "Probation: 3 months.");
        photograph(*kiosk_, "form-3");
        kiosk_->click("form.next");
        e2e::wait_for("step 4", 10, [&] { return kiosk_->has("form.submit"); });
        photograph(*kiosk_, "form-4-review");
    }

    // Another student at a kiosk whose panel lies, up to the form's last step; the record of the first one.
    void lie_down() {
        kiosk_.reset();
        kiosk_display_ = std::make_unique<e2e::Display>(1920, 1080, out_ / "display.log");
        open_kiosk("1920x1080");
        const std::string before = std::exchange(name_prefix_, "lying-");
        kiosk_->wait_screen("welcome");
        photograph(*kiosk_, "welcome");
        log_in("13800100002");
        kiosk_->wait_screen("confirm");
        photograph(*kiosk_, "confirm");
        kiosk_->click("confirm.right");
        kiosk_->wait_screen("home");
        photograph(*kiosk_, "home-empty");
        kiosk_->click("home.sign");
        kiosk_->wait_screen("form_1");
        kiosk_->type("form.employer_name", std::string(kEmployerCode).substr(0, 12));
        kiosk_->wait_text("成都云杉示例软件有限公司");
        photograph(*kiosk_, "form-1-search");
        choose("成都云杉示例软件有限公司");
        kiosk_->wait_text(kEmployerCode);
        fill_rest();
        kiosk_->click("header.log_out");
        log_in(kMobile);
        kiosk_->wait_screen("home");
        photograph(*kiosk_, "home");
        kiosk_->click("home.open.0");
        kiosk_->wait_screen("record");
        photograph(*kiosk_, "record");
        name_prefix_ = before;
    }

    void choose(const std::string& label) {
        const std::string option = kiosk_->named(label, "option");
        kiosk_->click(option);
    }

    void pass_form() {
        office_->wait_screen("staff_login");
        photograph(*office_, "desk-login");
        office_->type("staff_login.account", "school");
        office_->type("staff_login.password", kPassword);
        office_->click("staff_login.enter");
        office_->wait_screen("desk");
        office_->wait_text("奚𬱖");
        office_->wait_text("成都云杉示例软件有限公司");
        e2e::wait_for("the verdict", 20, [&] { return office_->has("desk.pass"); });
        photograph(*office_, "desk-review-form");
        office_->click("row.0");
        office_->press("a");
        e2e::wait_for("the approval", 20, [&] { return record()["state"] == "approved"; });
        e2e::wait_for("the empty queue", 20, [&] { return !office_->shows("奚𬱖"); });
        photograph(*office_, "desk-passed");
        report_["number"] = record()["number"];
    }

    void print() {
        kiosk_->click("header.log_out");
        log_in();
        kiosk_->wait_screen("home");
        kiosk_->wait_text("就业协议审核通过");
        photograph(*kiosk_, "home-approved");
        kiosk_->click("home.print.0");
        const fs::path printed = home() / "spool" / (report_["number"].get<std::string>() + "-1.pdf");
        e2e::wait_for("the printed agreement", 30, [&] { return fs::exists(printed); });
        e2e::wait_for("the word that it is printed", 20, [&] { return kiosk_->has("printed.close"); });
        photograph(*kiosk_, "printed");
        if (!kills_) kiosk_->click("printed.close");
        kill_kiosk();
        fs::copy_file(printed, out_ / "agreement.pdf");
    }

    void stamp() {
        const Bytes pdf = *os::read_file(out_ / "agreement.pdf");
        scan::Picture first = workshop::printed(pdf, 1, 200);
        workshop::press_seal(first, {47, 216}, {.tilt = -9}, 11);
        workshop::sign(first, {82, 202, 45, 26}, 12);
        const scan::Picture second = workshop::printed(pdf, 2, 150);
        put("page-1-photo.jpg", scan::to_jpeg(workshop::photographed(first, 3, 13)));
        put("page-2-scan.jpg",
            scan::to_jpeg(workshop::scanned(second, {.tilt = 0.7, .turns = 2, .grey = true}, 14)));
        put("stranger.jpg",
            scan::to_jpeg(workshop::photographed({600, 850, Bytes(600 * 850 * 3, 244)}, 2, 15)));
        fs::copy_file(out_ / "returned/page-2-scan.jpg", home() / "inbox/1.jpg");
    }
    void put(const std::string& name, const Bytes& file) {
        if (!os::write_file(out_ / "returned" / name, file)) throw Fault("can't write " + name);
    }

    void scan() {
        kiosk_->click("home.return.0");
        kiosk_->wait_screen("scan");
        photograph(*kiosk_, "scan-empty");
        kiosk_->click("scan.start");
        kiosk_->wait_text(report_["number"].get<std::string>(), 60);
        photograph(*kiosk_, "scan-one-page");
        fs::copy_file(out_ / "returned/page-1-photo.jpg", home() / "inbox/2.jpg");
        if (kills_) {
            kill_kiosk();
            kiosk_->click("home.return.0");
            kiosk_->wait_screen("scan");
        }
        kiosk_->click(kills_ ? "scan.start" : "scan.page");
        e2e::wait_for("the attached return", 60, [&] { return record()["state"] == "return_school_review"; });
        e2e::wait_for("the whole agreement on the screen", 30, [&] { return kiosk_->has("scan.done"); });
        photograph(*kiosk_, "scan-done");
        if (!kills_) kiosk_->click("scan.done");
        kill_kiosk();
        kiosk_->wait_screen("home");
        kiosk_->click("home.open.0");
        kiosk_->wait_screen("record");
        photograph(*kiosk_, "record");
        fs::copy_file(out_ / "returned/stranger.jpg", home() / "inbox/stranger.jpg");
    }

    void pass_return() {
        office_->click("sidebar.scan");
        office_->click("desk.take");
        e2e::wait_for("the tray", 60, [&] { return office_->shows("stranger.jpg"); });
        photograph(*office_, "desk-scan-tray");
        office_->click("sidebar.review");
        office_->wait_text("奚𬱖");
        e2e::wait_for("the pages", 30, [&] { return office_->has("desk.returned"); });
        photograph(*office_, "desk-review-return");
        office_->click("desk.pass");
        e2e::wait_for("the signing", 20, [&] { return record()["state"] == "effective"; });
        photograph(*office_, "desk-signed");
    }

    void verify() {
        wangqian(home(), {"verify", (out_ / "returned/page-1-photo.jpg").string()});
        kiosk_->click("header.log_out");
        kiosk_->wait_screen("welcome");
        kiosk_->click("welcome.verify");
        kiosk_->wait_screen("verify");
        photograph(*kiosk_, "verify");
        fs::copy_file(out_ / "returned/page-1-photo.jpg", home() / "inbox/paper.jpg");
        kiosk_->click("verify.scan");
        kiosk_->wait_text(report_["number"].get<std::string>(), 60);
        photograph(*kiosk_, "verified");
    }

    void sync() {
        office_->click("sidebar.sync");
        e2e::wait_for("the sync room", 20, [&] { return office_->has("desk.sync_now"); });
        photograph(*office_, "desk-sync-waiting");
        office_->click("desk.sync_now");
        e2e::wait_for("an empty outbox", 60, [&] {
            const auto status = nlohmann::json::parse(wangqian(home(), {"--json", "sync", "status"}));
            return status["waiting"] == 0 && status["pictures_to_send"] == 0;
        });
        photograph(*office_, "desk-sync-done");
    }

    void second_kiosk() {
        const fs::path other = out_ / "second";
        wangqian(other, {"join", address_, platform({"admin", "enrol-code", "99510"})});
        wangqian(other, {"sync", "--once"});
        const auto here = record(), there = nlohmann::json::parse(wangqian(other, {"--json", "show", id_}));
        if (here != there) throw Fault("the second kiosk shows another record: " + there.dump());
        wangqian(other, {"pdf", "agreement", id_, "-o", (out_ / "agreement-second.pdf").string()});
        if (*os::read_file(out_ / "agreement.pdf") != *os::read_file(out_ / "agreement-second.pdf"))
            throw Fault("the second kiosk prints another agreement");
        const auto again = nlohmann::json::parse(wangqian(home(), {"--json", "sync", "--once"}));
        if (again["pushed"] != 0 || again["conflicts"] != 0)
            throw Fault("syncing again did something: " + again.dump());
        wangqian(other, {"audit"});
    }

    void audit() {
        expect_state("effective");
        report_["audit"] = wangqian(home(), {"audit"});
    }

    fs::path out_;
    bool kills_;
    fs::path bin_;
    nlohmann::json report_;
    std::string id_, address_;
    int photographs_ = 0;
    std::set<std::string> photographed_;
    std::string name_prefix_;  // of pictures
    std::unique_ptr<e2e::Process> server_;
    std::unique_ptr<e2e::Display> kiosk_display_, desk_display_;
    std::unique_ptr<Window> kiosk_, office_;
};

// The README's pictures, a third of their size.
void write_readme_pictures(const fs::path& out, const fs::path& folder) {
    fs::create_directories(folder);
    const auto write = [&](const std::string& name, const scan::Picture& picture) {
        if (!os::write_file(folder / name, workshop::to_png(workshop::reduced(picture, 3))))
            throw Fault("can't write " + name);
    };
    for (const char* name : {"welcome", "form-1-search", "home-approved", "scan-done", "desk-review-return"})
        for (const auto& entry : fs::directory_iterator(out / "screens")) {
            const std::string file = entry.path().filename().string();
            if (file.substr(3) == name + std::string(".png"))
                write(file.substr(3), scan::read_pictures(*os::read_file(entry.path()))->at(0));
        }
    write("agreement.png", workshop::printed(*os::read_file(out / "agreement.pdf"), 1, 150));
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> given(argv + 1, argv + argc);
    const bool readme = given.size() == 4 && given[2] == "--readme";
    const bool kills = given.size() == 3 && given[2] == "--kill";
    if ((given.size() != 2 && !readme && !kills) || given[0] != "--out")
        return std::cerr << "usage: wangqian-day --out FOLDER [--kill | --readme FOLDER]\n", 2;
    Day day(fs::absolute(given[1]), kills);
    const int result = day.play();
    std::cout << (result == 0 ? "the day is done: " : "the day is not done: ") << given[1] << "/report.json"
              << std::endl;
    if (result == 0 && readme) write_readme_pictures(given[1], given[3]);
    return result;
}
