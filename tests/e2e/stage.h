// What every story of the day plays on: a campus and a platform in a folder, the kiosk and the desk as real
// windows on virtual displays, and the report. Leaves in the folder: screens/*.png, returned/*, report.json.
#pragma once

#include "data/base/bytes.h"
#include "tests/e2e/window.h"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace wq::e2e {

inline constexpr const char* kPassword = "wangqian";

class Stage {
  public:
    explicit Stage(std::filesystem::path out);

    // One step of a story, with its time in the report; what it throws ends the day.
    void step(const std::string& name, const std::function<void()>& act);
    // Writes the report; `fault` empty when all went well. Photographs both displays where it did not.
    void end(const std::string& fault);

    const std::filesystem::path& out() const { return out_; }
    std::filesystem::path home() const { return out_ / "campus"; }
    nlohmann::json& report() { return report_; }

    // Demo campus, platform, joined; both windows open.
    void set_up();
    // Commands; their failure ends the day.
    std::string wangqian(const std::filesystem::path& folder, std::vector<std::string> arguments);
    std::string wangqian(std::vector<std::string> arguments) {
        return wangqian(home(), std::move(arguments));
    }
    std::string platform(std::vector<std::string> arguments);
    nlohmann::json record(const std::string& id);
    void expect_state(const std::string& id, const std::string& state);
    std::string address() const { return address_; }  // of the platform
    std::string enrol_code() { return platform({"admin", "enrol-code", "99510"}); }

    Window& kiosk() { return *kiosk_; }
    Window& office() { return *office_; }
    // The one before goes. `more`: further arguments.
    void open_kiosk(const std::string& size, const std::vector<std::string>& more = {});
    // Another panel: the old one goes.
    void turn_kiosk(int width, int height);

    void photograph(Window& window, const std::string& name);
    bool is_photographed(const std::string& name) const { return photographed_.contains(prefix_ + name); }
    // Before the names of pictures; gives the one before.
    std::string set_prefix(std::string prefix) { return std::exchange(prefix_, std::move(prefix)); }

    // From the welcome screen to what comes after the password.
    void log_in(const std::string& mobile);
    void log_in_staff(const std::string& account);
    // Logs out whoever is there, logs in, waits for the list; confirms base data where it is asked for.
    void home_of(const std::string& mobile);
    // An option by its label, paging down to it in a picker.
    void choose(const std::string& label);

    // A file that lies on the kiosk's scanner.
    void put_on_scanner(const std::string& name, const Bytes& file);

  private:
    std::string path(const char* program) const { return (bin_ / program).string(); }
    std::string command(std::vector<std::string> arguments);

    std::filesystem::path out_, bin_;
    nlohmann::json report_;
    std::string address_;
    int photographs_ = 0;
    std::set<std::string> photographed_;
    std::string prefix_;
    std::unique_ptr<Process> server_;
    std::unique_ptr<Display> kiosk_display_, desk_display_;
    std::unique_ptr<Window> kiosk_, office_;
};

}  // namespace wq::e2e
