// From the kiosk's process start to its first paint, and its memory then and after a login; the median of ten
// starts on a demo campus. Not a test.
#include "data/os/files.h"
#include "tests/e2e/window.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace wq;
namespace fs = std::filesystem;

namespace {

constexpr int kStarts = 10;

// "first paint after 250 ms, 104.8 MB" of what the kiosk says of itself.
struct Told {
    double ms = 0, megabytes = 0;
};
Told told_in(const fs::path& log) {
    Told told;
    const std::string text = os::read_text(log).value_or("");
    const std::size_t at = text.find("first paint after");
    if (at == text.npos ||
        std::sscanf(text.c_str() + at, "first paint after %lf ms, %lf MB", &told.ms, &told.megabytes) != 2)
        throw Fault("the kiosk told no timing: " + text);
    return told;
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

}  // namespace

int main() {
    const fs::path bin = fs::read_symlink("/proc/self/exe").parent_path();
    const fs::path folder = fs::temp_directory_path() / "wangqian-kiosk-bench";
    fs::remove_all(folder);
    fs::create_directories(folder);
    const std::string home = (folder / "campus").string();
    if (e2e::run({(bin / "wangqian").string(), "--home", home, "init", "--demo"}).exit != 0) return 1;
    ::setenv("WANGQIAN_TIMING", "1", 1);
    e2e::Display display(1080, 1920, folder / "display.log");
    std::vector<double> ms, megabytes;
    for (int i = 0; i < kStarts; ++i) {
        const fs::path log = folder / "windows.log";
        fs::remove(log);
        e2e::Window window(display, bin / "wangqian-kiosk", {"--home", home, "--size", "1080x1920"}, folder);
        window.wait_screen("welcome");
        e2e::wait_for("the first paint", 10, [&] {
            return os::read_text(log).value_or("").find("first paint") != std::string::npos;
        });
        const Told told = told_in(log);
        ms.push_back(told.ms);
        megabytes.push_back(told.megabytes);
    }
    std::printf("kiosk: first paint after %.0f ms (most %.0f), %.0f MB; median of %d starts\n", median(ms),
                *std::ranges::max_element(ms), median(megabytes), kStarts);
    fs::remove_all(folder);
}
