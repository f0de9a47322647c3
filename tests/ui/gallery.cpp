// wq_ui_gallery [--size WxH] [--page NAME] [--text-step N] [--contrast] [--first-paint]
// Opens one page of the gallery. With --first-paint it prints the milliseconds since the process began
// when the first page has been painted, and leaves.
#include "tests/ui/gallery.h"

#include "kiosk/ui/text.h"
#include "kiosk/ui/words.h"

#include <time.h>
#include <unistd.h>
#include <wx/app.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <string>

namespace wq::ui::gallery {
namespace {

struct Arguments {
    wxSize size{1080, 1920};
    std::string page = "welcome";
    int text_step = 0;
    bool contrast = false;
    bool first_paint = false;
};

double ms_since_start() {
    FILE* file = std::fopen("/proc/self/stat", "r");
    unsigned long long ticks = 0;
    const int read = std::fscanf(file,
                                 "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d "
                                 "%*d %*d %*d %llu",
                                 &ticks);
    std::fclose(file);
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double started = static_cast<double>(ticks) * 1000 / static_cast<double>(sysconf(_SC_CLK_TCK));
    return read == 1
               ? static_cast<double>(now.tv_sec) * 1000 + static_cast<double>(now.tv_nsec) / 1e6 - started
               : -1;
}

class Gallery : public wxApp {
  public:
    bool OnInit() override {
        const Arguments given = arguments();
        const bool desk = given.page == "desk";
        auto* shell = new Shell({desk ? Density::desk : Density::touch, "gallery", given.size, false},
                                [](std::exception_ptr) {});
        set_text_step(given.text_step);
        set_high_contrast(given.contrast);
        shell->on_language([shell] {
            words().other_language = words().other_language == "English" ? "中文" : "English";
            shell->rebuild();
        });
        if (desk)
            open_desk(*shell);
        else
            open_kiosk_page(*shell, given.page);
        shell->Show();
        if (given.first_paint) report_first_paint(*shell);
        return true;
    }

  private:
    Arguments arguments() {
        Arguments given;
        for (int i = 1; i < argc; ++i) {
            const std::string argument = from_wx(argv[i]);
            const std::string next = i + 1 < argc ? from_wx(argv[i + 1]) : "";
            if (argument == "--size") std::sscanf(next.c_str(), "%dx%d", &given.size.x, &given.size.y);
            if (argument == "--page") given.page = next;
            if (argument == "--text-step") given.text_step = std::stoi(next);
            if (argument == "--contrast") given.contrast = true;
            if (argument == "--first-paint") given.first_paint = true;
        }
        return given;
    }

    void report_first_paint(Shell& shell) {
        shell.Bind(wxEVT_IDLE, [this](wxIdleEvent&) {
            std::printf("first paint after %.0f ms\n", ms_since_start());
            std::fflush(stdout);
            ExitMainLoop();
        });
    }
};

}  // namespace

Picture sheet(SheetLook look) {
    Picture page{look.width, look.height, {}};
    page.rgb.assign(3 * static_cast<std::size_t>(look.width) * static_cast<std::size_t>(look.height), 255);
    const auto set = [&](int x, int y, int r, int g, int b) {
        auto* at = &page.rgb[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(look.width) +
                                  static_cast<std::size_t>(x))];
        at[0] = static_cast<std::uint8_t>(r), at[1] = static_cast<std::uint8_t>(g),
        at[2] = static_cast<std::uint8_t>(b);
    };
    for (int y = 0; y < look.height; ++y) {
        for (int x = 0; x < look.width; ++x) {
            const double u = x / static_cast<double>(look.width), v = y / static_cast<double>(look.height);
            const bool line = u > 0.1 && u < 0.9 && v > 0.15 && v < 0.62 && std::fmod(v, 0.03) < 0.004;
            const double away = std::hypot(x - 0.62 * look.width, y - 0.76 * look.height) / look.width;
            if (line || (v > 0.06 && v < 0.085 && u > 0.25 && u < 0.75)) set(x, y, 90, 90, 96);
            if (look.seal && away > 0.145 && away < 0.16) set(x, y, 227, 91, 91);
        }
    }
    return page;
}

}  // namespace wq::ui::gallery

wxIMPLEMENT_APP(wq::ui::gallery::Gallery);
