#include "tests/e2e/stage.h"

#include "data/os/files.h"

#include <chrono>
#include <iostream>
#include <utility>

namespace wq::e2e {

namespace fs = std::filesystem;

Stage::Stage(fs::path out) : out_(std::move(out)), bin_(fs::read_symlink("/proc/self/exe").parent_path()) {
    fs::remove_all(out_);
    fs::create_directories(out_ / "screens");
    fs::create_directories(out_ / "returned");
}

void Stage::step(const std::string& name, const std::function<void()>& act) {
    std::cout << name << " … " << std::flush;
    const auto start = std::chrono::steady_clock::now();
    act();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    report_["steps"].push_back({{"name", name}, {"seconds", seconds}});
    std::cout << seconds << " s" << std::endl;
}

void Stage::end(const std::string& fault) {
    report_["ok"] = fault.empty();
    if (!fault.empty()) {
        report_["fault"] = fault;
        std::cerr << "the day broke: " << fault << '\n';
        for (auto* display : {kiosk_display_.get(), desk_display_.get()})
            if (display)
                display->photograph(out_ / "screens" / ("broken-" + display->name().substr(1) + ".png"));
    }
    const std::string text = report_.dump(1);
    (void)os::write_file(out_ / "report.json", bytes_of(text));
}

std::string Stage::command(std::vector<std::string> arguments) {
    const Ran ran = run(arguments);
    if (ran.exit != 0) throw Fault(arguments[0] + " " + arguments[3] + ": " + ran.out);
    return ran.out.substr(0, ran.out.find_last_not_of('\n') + 1);
}

std::string Stage::wangqian(const fs::path& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {path("wangqian"), "--home", folder.string()});
    return command(std::move(arguments));
}

std::string Stage::platform(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {path("wangqian-platform"), "--home", (out_ / "platform").string()});
    return command(std::move(arguments));
}

nlohmann::json Stage::record(const std::string& id) {
    return nlohmann::json::parse(wangqian({"--json", "show", id}));
}

void Stage::expect_state(const std::string& id, const std::string& state) {
    const std::string now = record(id)["state"];
    if (now != state) throw Fault("the record is " + now + ", not " + state);
}

void Stage::set_up() {
    wangqian({"init", "--demo"});
    platform({"admin", "init"});
    platform({"admin", "school", "99510", "天府示例大学"});
    server_ = std::make_unique<Process>(
        std::vector<std::string>{path("wangqian-platform"), "--home", (out_ / "platform").string(), "serve",
                                 "--port", "0"},
        Environment{}, out_ / "platform.log");
    wait_for("the platform", 20, [&] {
        const std::string said = os::read_text(out_ / "platform.log").value_or("");
        const std::size_t at = said.find("http://");
        if (at == std::string::npos || said.find('\n', at) == std::string::npos) return false;
        address_ = said.substr(at, said.find_first_of(" \n", at) - at);
        return true;
    });
    wangqian({"join", address_, enrol_code()});
    kiosk_display_ = std::make_unique<Display>(1080, 1920, out_ / "display.log");
    desk_display_ = std::make_unique<Display>(1920, 1080, out_ / "display.log");
    fs::create_directories(home() / "inbox");
    open_kiosk("1080x1920");
    office_ = std::make_unique<Window>(
        *desk_display_, path("wangqian-kiosk"),
        std::vector<std::string>{"--home", home().string(), "--desk", "staff", "--size", "1920x1080"}, out_);
}

void Stage::open_kiosk(const std::string& size, const std::vector<std::string>& more) {
    kiosk_.reset();
    std::vector<std::string> arguments{"--home", home().string(), "--size", size};
    arguments.insert(arguments.end(), more.begin(), more.end());
    kiosk_ = std::make_unique<Window>(*kiosk_display_, path("wangqian-kiosk"), std::move(arguments), out_);
}

void Stage::turn_kiosk(int width, int height) {
    kiosk_.reset();
    kiosk_display_ = std::make_unique<Display>(width, height, out_ / "display.log");
    open_kiosk(std::to_string(width) + "x" + std::to_string(height));
}

void Stage::photograph(Window& window, const std::string& name) {
    const std::string digits = std::to_string(++photographs_);
    const std::string number = std::string(digits.size() < 2 ? "0" : "") + digits + "-";
    photographed_.insert(prefix_ + name);
    window.photograph(out_ / "screens" / (number + prefix_ + name + ".png"));
}

void Stage::log_in(const std::string& mobile) {
    kiosk_->wait_screen("welcome");
    kiosk_->click("welcome.start");
    kiosk_->wait_screen("login");
    kiosk_->type("login.account", mobile);
    kiosk_->type("login.password", kPassword);
    if (!is_photographed("login")) photograph(*kiosk_, "login");
    kiosk_->click("login.enter");
}

void Stage::log_in_staff(const std::string& account) {
    office_->wait_screen("staff_login");
    office_->type("staff_login.account", account);
    office_->type("staff_login.password", kPassword);
    office_->click("staff_login.enter");
    office_->wait_screen("desk");
}

void Stage::home_of(const std::string& mobile) {
    if (kiosk_->has("header.log_out")) kiosk_->click("header.log_out");
    log_in(mobile);
    wait_for("the list or the base data", 20,
             [&] { return kiosk_->screen() == "home" || kiosk_->screen() == "confirm"; });
    if (kiosk_->screen() == "confirm") kiosk_->click("confirm.right");
    kiosk_->wait_screen("home");
}

void Stage::choose(const std::string& label) {
    kiosk_->settle();
    for (int i = 0; i < 20 && kiosk_->named(label, "option").empty() && kiosk_->has("picker.page_down"); ++i)
        kiosk_->click("picker.page_down");
    wait_for("the option " + label, 20, [&] { return !kiosk_->named(label, "option").empty(); });
    kiosk_->settle();
    kiosk_->click(kiosk_->named(label, "option"));
}

void Stage::put_on_scanner(const std::string& name, const Bytes& file) {
    if (!os::write_file(home() / "inbox" / name, file)) throw Fault("can't write " + name);
}

}  // namespace wq::e2e
