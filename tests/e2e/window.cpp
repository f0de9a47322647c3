#include "tests/e2e/window.h"

#include "data/os/files.h"

namespace wq::e2e {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> joined(const fs::path& program, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), program.string());
    return arguments;
}

}  // namespace

Window::Window(Display& display, const fs::path& program, std::vector<std::string> arguments,
               const fs::path& folder)
    : display_(display),
      probe_(folder / (display.name().substr(1) + ".probe.json")),
      process_(joined(program, std::move(arguments)),
               {{"DISPLAY", display.name()},
                {"WANGQIAN_PROBE", (fs::remove(probe_), probe_.string())},
                {"GDK_BACKEND", "x11"},
                {"NO_AT_BRIDGE", "1"}},
               folder / "windows.log") {
    wait_for("the first screen", 30, [&] { return !screen().empty(); });
}

nlohmann::json Window::told() const {
    if (!process_.is_running()) throw Fault("the program behind " + display_.name() + " has ended");
    const auto text = os::read_text(probe_);
    if (!text) return nullptr;
    auto json = nlohmann::json::parse(*text, nullptr, false);
    return json.is_object() ? json : nlohmann::json(nullptr);
}

std::string Window::screen() const {
    const auto json = told();
    return json.is_null() ? "" : json.value("screen", "");
}

void Window::wait_screen(const std::string& name, double seconds) {
    wait_for("the screen " + name + " (now: " + screen() + ")", seconds, [&] { return screen() == name; });
    settle();
}

nlohmann::json Window::control(const std::string& name) const {
    const auto json = told();
    if (json.is_null()) return nullptr;
    for (const auto& control : json["controls"])
        if (control.value("name", "") == name) return control;
    return nullptr;
}

bool Window::has(const std::string& name) const { return !control(name).is_null(); }

std::string Window::value(const std::string& name) const {
    const auto found = control(name);
    return found.is_null() ? "" : found.value("value", "");
}

std::string Window::named(const std::string& label, const std::string& kind) const {
    const auto json = told();
    if (!json.is_null())
        for (const auto& control : json["controls"])
            if (control.value("label", "") == label && control.value("kind", "") == kind)
                return control.value("name", "");
    return {};
}

void Window::settle() const {
    auto before = told();
    for (int i = 0; i < 20; ++i) {
        pause_ms(120);
        auto now = told();
        if (now == before) return;
        before = std::move(now);
    }
}

void Window::click(const std::string& name) {
    wait_for("the control " + name + " on " + screen(), 20, [&] {
        const auto found = control(name);
        return !found.is_null() && found.value("enabled", true);
    });
    settle();
    // Page down until it is in view; the button is there whenever there is more below.
    for (int i = 0; i < 12 && !control(name).value("reachable", true) && has("scroll.down"); ++i) {
        const auto down = control("scroll.down")["rect"];
        display_.click(down[0].get<int>() + down[2].get<int>() / 2,
                       down[1].get<int>() + down[3].get<int>() / 2);
        settle();
    }
    const auto rect = control(name)["rect"];
    display_.click(rect[0].get<int>() + rect[2].get<int>() / 2, rect[1].get<int>() + rect[3].get<int>() / 2);
    settle();
}

void Window::type(const std::string& name, const std::string& ascii) {
    const auto has_focus = [&] { return control(name).value("focused", false); };
    // On a busy machine the window may draw itself anew under the first click: a person clicks again.
    for (int tries = 0; tries == 0 || (tries < 3 && !has_focus()); ++tries) {
        click(name);
        for (int waited = 0; waited < 50 && !has_focus(); ++waited) pause_ms(100);
    }
    wait_for("the focus on " + name, 5, has_focus);
    display_.type(ascii);
    settle();
}

bool Window::shows(const std::string& text) const {
    const auto json = told();
    return !json.is_null() && json.dump().find(nlohmann::json(text).dump().substr(
                                  1, nlohmann::json(text).dump().size() - 2)) != std::string::npos;
}

void Window::wait_text(const std::string& text, double seconds) {
    wait_for("“" + text + "” on " + screen(), seconds, [&] { return shows(text); });
    settle();
}

void Window::photograph(const fs::path& png) {
    settle();
    pause_ms(150);
    display_.photograph(png);
}

}  // namespace wq::e2e
