// One of our windows on a virtual display, driven as a person drives it: find a control by its name in what
// the window tells (WANGQIAN_PROBE), click it, type. Everything waits until the window is ready, and says
// what it waited for.
#pragma once

#include "tests/e2e/display.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace wq::e2e {

class Window {
  public:
    // Starts wangqian-kiosk with these arguments, and waits until its first screen is there.
    Window(Display& display, const std::filesystem::path& program, std::vector<std::string> arguments,
           const std::filesystem::path& folder);

    std::string screen() const;
    void wait_screen(const std::string& name, double seconds = 20);
    bool has(const std::string& control) const;
    // Waits for it, scrolls it into view, clicks its middle.
    void click(const std::string& control);
    void type(const std::string& control, const std::string& ascii);
    std::string value(const std::string& control) const;
    // The name of the control of this kind that is labelled so; empty if there is none.
    std::string named(const std::string& label, const std::string& kind) const;
    // Waits until nothing changes any more.
    void settle() const;
    // Waits until some control shows this text.
    void wait_text(const std::string& text, double seconds = 20);
    bool shows(const std::string& text) const;
    void press(const std::string& key) { display_.press(key); }
    // When nothing has changed for a moment.
    void photograph(const std::filesystem::path& png);
    Process& process() { return process_; }

  private:
    nlohmann::json told() const;
    nlohmann::json control(const std::string& name) const;  // null where absent

    Display& display_;
    std::filesystem::path probe_;
    Process process_;
};

}  // namespace wq::e2e
