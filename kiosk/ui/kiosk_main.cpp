// wangqian-kiosk: the windows, for students at a kiosk and for staff at a desk. The only place that joins
// the windows with the rest.
#include "data/os/files.h"
#include "kiosk/link/post.h"
#include "kiosk/ui/app.h"
#include "kiosk/ui/staff/staff.h"
#include "kiosk/ui/student/kiosk.h"
#include "kiosk/ui/text.h"

#include <CLI/CLI.hpp>
#include <time.h>
#include <unistd.h>
#include <wx/app.h>

#include <cstdio>
#include <cstdlib>

namespace {

namespace fs = std::filesystem;
using namespace wq;

enum Exit { kDone = 0, kRefused = 1, kUsage = 2, kFault = 3 };

struct Arguments {
    fs::path home = os::default_home();
    fs::path inbox;
    std::string desk = "student";
    std::string size;
    int idle = ui::student::Kiosk::kIdleSeconds;
    bool full_screen = false;
    std::string language = "zh";
};
Arguments given;

Result<desk::Wording> read_wording() {
    return os::read_text(os::assets_folder() / "wording.tsv").and_then([](const std::string& text) {
        return desk::Wording::parse(text);
    });
}

wxSize window_size() {
    wxSize size = given.desk == "staff" ? wxSize(1600, 1000) : wxSize(1080, 1920);
    std::sscanf(given.size.c_str(), "%dx%d", &size.x, &size.y);
    return size;
}

// One round, with a home of its own: it runs beside the desk thread.
Result<void> sync_now() {
    auto home = desk::Home::open(given.home);
    if (!home) return tl::make_unexpected(home.error());
    const auto post = link::post_of(**home);
    if (!post) return tl::make_unexpected(post.error());
    const client::SyncResult result = link::sync_once(**home, *post, true);
    if (result.failed) return tl::make_unexpected(*result.failed);
    return {};
}

double ms_since_start() {
    unsigned long long ticks = 0;
    FILE* file = std::fopen("/proc/self/stat", "r");
    if (!file) return 0;
    const char* const format =
        "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu";
    const int read = std::fscanf(file, format, &ticks);
    std::fclose(file);
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double started = static_cast<double>(ticks) * 1000 / static_cast<double>(sysconf(_SC_CLK_TCK));
    return read == 1
               ? static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec) / 1e6 - started
               : 0;
}

double resident_mb() {
    long pages = 0, resident = 0;
    FILE* file = std::fopen("/proc/self/statm", "r");
    if (!file) return 0;
    const int read = std::fscanf(file, "%ld %ld", &pages, &resident);
    std::fclose(file);
    return read == 2 ? static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6 : 0;
}

void tell_timing(const char* what) {
    if (std::getenv("WANGQIAN_TIMING"))
        std::fprintf(stderr, "%s after %.0f ms, %.1f MB\n", what, ms_since_start(), resident_mb());
}

class KioskProgram : public wxApp {
  public:
    bool OnInit() override {
        auto wording = read_wording();
        if (!wording) return std::fprintf(stderr, "%s\n", wording.error().code.c_str()), false;
        const Density density = given.desk == "staff" ? Density::desk : Density::touch;
        auto* shell = new ui::Shell({density, "Wangqian", window_size(), given.full_screen},
                                    [this](const std::exception_ptr& thrown) { app_->fault(thrown); });
        ui::AppOptions options;
        options.home = given.home;
        options.scan_folder = given.inbox;
        options.sync_now = sync_now;
        options.log = std::make_shared<os::Log>(std::filesystem::path(given.home) / "log", clock_);
        log_ = options.log;
        log_->write(os::LogKind::program_started, {{"program", "kiosk-" + given.desk}});
        options.language = given.language == "en" ? desk::Language::en : desk::Language::zh;
        app_ = std::make_unique<ui::App>(*shell, std::move(*wording), std::move(options));
        if (given.desk == "staff") {
            office_ = std::make_unique<ui::staff::Office>(*app_);
            office_->start();
        } else {
            kiosk_ = std::make_unique<ui::student::Kiosk>(*app_, given.idle);
            kiosk_->start();
        }
        worker_ = std::make_unique<client::Worker>(link::working(given.home));
        worker_->start();
        shell->Show();
        shell->Bind(wxEVT_IDLE, &KioskProgram::on_first_idle, this);
        return true;
    }

    int OnExit() override {
        worker_.reset();
        // While there is a wxTheApp, to which threads that end still tell what they did.
        kiosk_.reset();
        office_.reset();
        app_.reset();
        tell_timing("exit");
        log_->write(os::LogKind::program_ended, {{"program", "kiosk-" + given.desk}});
        return wxApp::OnExit();
    }

  private:
    using Density = ui::Density;

    os::SystemClock clock_;
    std::shared_ptr<os::Log> log_;

    void on_first_idle(wxIdleEvent& event) {
        event.Skip();
        if (!std::exchange(painted_, true)) tell_timing("first paint");
    }

    std::unique_ptr<client::Worker> worker_;
    std::unique_ptr<ui::App> app_;
    std::unique_ptr<ui::student::Kiosk> kiosk_;
    std::unique_ptr<ui::staff::Office> office_;
    bool painted_ = false;
};

}  // namespace

wxIMPLEMENT_APP_NO_MAIN(KioskProgram);

int main(int argc, char** argv) {
    CLI::App line("网签 Wangqian: the windows for students and staff", "wangqian-kiosk");
    line.add_option("--home", given.home, "The campus's folder (default: $WANGQIAN_HOME)");
    line.add_option("--inbox", given.inbox,
                    "The folder that stands in for the scanner (default: HOME/inbox)");
    line.add_option("--desk", given.desk, "Who works here")->check(CLI::IsMember({"student", "staff"}));
    line.add_option("--idle", given.idle, "Seconds without a touch after which a visit ends")
        ->check(CLI::Range(10, ui::student::Kiosk::kIdleSeconds))
        ->capture_default_str();
    line.add_option("--size", given.size, "The window's size, for example 1080x1920")
        ->check([](const std::string& text) {
            int x = 0, y = 0;
            const bool good = std::sscanf(text.c_str(), "%dx%d", &x, &y) == 2 && x >= 640 && y >= 480;
            return good ? std::string() : "WIDTHxHEIGHT, at least 640x480";
        });
    line.add_flag("--full-screen", given.full_screen, "Without frame, over the whole screen");
    line.add_option("--language", given.language, "Language at the start")
        ->check(CLI::IsMember({"zh", "en"}));
    try {
        line.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return line.exit(error) == 0 ? kDone : kUsage;
    }
    if (!fs::exists(given.home / "keys" / "master.key")) {
        std::fprintf(stderr, "home_missing: run wangqian --home %s init first\n", given.home.c_str());
        return kRefused;
    }
    int wx_argc = 1;
    return wxEntry(wx_argc, argv) == 0 ? kDone : kFault;
}
