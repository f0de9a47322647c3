// How fast the rules and the memory are: roster lines a second (read, and imported into a store), a check of
// a whole form, and the median of durable submissions on the disk of the working directory. Not a test.
#include "data/domain/numbers.h"
#include "data/domain/roster.h"
#include "data/os/assets.h"
#include "data/os/files.h"
#include "tests/data/campus_store.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

using namespace wq;
using Clock = std::chrono::steady_clock;

namespace {

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// What one graduate alone may have: a resident id of this birthday and sex.
std::string resident_id(std::size_t row, std::string_view birth, bool is_male) {
    const std::string sequence = std::to_string(1000 + row % 450 * 2 + (is_male ? 1 : 0)).substr(1);
    const std::string first_17 =
        "5101" + std::to_string(100 + row / 450 % 80).substr(1) + std::string(birth) + sequence;
    return first_17 + *domain::resident_id_check_character(first_17);
}

// The demo roster's lines again and again, each of a graduate of their own.
std::string big_roster(std::size_t rows) {
    const std::string demo = *os::read_text(os::assets_folder() / "demo/roster.csv");
    const auto lines = domain::parse_csv(demo);
    std::string text = demo.substr(0, demo.find('\n') + 1);
    for (std::size_t row = 0; row < rows; ++row) {
        auto cells = lines[1 + row % (lines.size() - 1)].cells;
        const std::string& birth = cells[4];
        cells[0] = std::to_string(30000000000000 + row);
        cells[1] = std::to_string(2030000000 + row);
        cells[5] =
            resident_id(row, birth.substr(0, 4) + birth.substr(5, 2) + birth.substr(8, 2), cells[3] == "男");
        cells[17] = std::to_string(13900000000 + row);
        cells[18] = "row" + std::to_string(row) + "@example.com";
        for (std::size_t i = 0; i < cells.size(); ++i) text += (i ? "," : "") + domain::csv_cell(cells[i]);
        text += "\n";
    }
    return text;
}

void measure_roster(test::Kiosk& kiosk) {
    constexpr std::size_t kRows = 40000;
    const std::string text = big_roster(kRows);
    auto start = Clock::now();
    auto file = domain::RosterReader::open(text, "示例大学", test::codes());
    while (file->next()) continue;
    std::printf("roster: read alone %.0f lines/s, %zu faults\n", kRows / seconds_since(start),
                file->faults().size());
    for (const char* time : {"import", "the same again"}) {
        start = Clock::now();
        file = domain::RosterReader::open(text, "示例大学", test::codes());
        const auto change = kiosk->graduates().import(*file, test::kOffice);
        std::printf("roster: %s, from text to disk %.0f lines/s, %lld added\n", time,
                    kRows / seconds_since(start), static_cast<long long>(change.added));
    }
}

void measure_check() {
    constexpr int kTimes = 20000;
    const domain::Form form = test::good_agreement();
    const auto start = Clock::now();
    std::size_t problems = 0;
    for (int i = 0; i < kTimes; ++i) problems += domain::check_agreement(form, test::codes()).size();
    std::printf("form: check %.2f µs, %zu problems\n", seconds_since(start) * 1e6 / kTimes, problems);
}

void measure_submit(test::Kiosk& kiosk) {
    std::vector<double> times;
    for (int i = 0; i < 500; ++i) {
        const auto start = Clock::now();
        const Uuid id = kiosk.submitted();
        times.push_back(seconds_since(start) * 1000);
        (void)kiosk.act(id, domain::Action::reject, domain::Role::school);
    }
    std::ranges::sort(times);
    std::printf("submit: median %.2f ms, 95 %% %.2f ms, most %.2f ms\n", times[250], times[475], times[499]);
}

}  // namespace

int main() {
    test::Folder folder;
    test::Kiosk kiosk(folder.path() / "home");
    kiosk.set_up();
    measure_check();
    measure_submit(kiosk);
    measure_roster(kiosk);
}
