// wq_bench_scan [PAGES]: how many pages of each kind and strength are read, what unchanged ones are accused
// of, and what it costs in processor time. One thread. Not a test: it prints what this machine does.
#include "pdf/scan/page_image.h"
#include "pdf/scan/page_reading.h"
#include "pdf/scan/raster.h"
#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <opencv2/core/utility.hpp>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <map>

namespace {

using namespace wq;
// Of this thread: neighbours on the machine don't count.
double cpu_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

double ms_of(const std::function<void()>& work) {
    const double start = cpu_ms();
    work();
    return cpu_ms() - start;
}

double at_part(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    return values[std::min(values.size() - 1, static_cast<std::size_t>(part * double(values.size())))];
}

struct Row {
    int pages = 0, one_code = 0, both_codes = 0, wrong = 0, three_marks = 0, seals = 0, accused = 0;
    std::map<std::string, int> faults;
    std::vector<double> decode, read, compare;
};

void measure(Row& row, const scan::Picture& picture, int number, const scan::Picture& issued) {
    const Bytes file = scan::to_jpeg(picture);
    scan::Picture page;
    scan::PageReading reading;
    row.decode.push_back(ms_of([&] { page = scan::read_pictures(file)->at(0); }));
    row.read.push_back(ms_of([&] { reading = scan::read_page(page); }));
    const render::PageCodes codes = scan::paper::codes_of(number, 1);
    ++row.pages;
    row.one_code += !reading.codes.empty();
    row.both_codes += reading.codes.size() == 2;
    for (const auto& code : reading.codes) row.wrong += code.text != codes.upper && code.text != codes.lower;
    if (!reading.placement) return;
    row.three_marks += reading.placement->marks == 3;
    row.seals += reading.seals.size() == 2;
    if (!reading.quality.faults.empty()) ++row.faults[reading.quality.faults[0]];
    std::vector<scan::Change> changes;
    row.compare.push_back(ms_of([&] {
        changes = scan::find_changes(scan::upright_page(page, *reading.placement, scan::kCompareDpi), issued,
                                     scan::paper::signing_areas());
    }));
    row.accused += !changes.empty();
}

void print(const std::string& name, const Row& row) {
    std::printf("%-18s %5d %5d %5d %5d %6d %6d %7d %7.1f %7.1f %7.1f %8.1f ", name.c_str(), row.pages,
                row.one_code, row.both_codes, row.wrong, row.three_marks, row.seals, row.accused,
                at_part(row.decode, 0.5), at_part(row.read, 0.5), at_part(row.read, 0.95),
                at_part(row.compare, 0.5));
    for (const auto& [fault, count] : row.faults) std::printf(" %s:%d", fault.c_str(), count);
    std::printf("\n");
    std::fflush(stdout);
}

using Make = std::function<scan::Picture(int number)>;

void bench(const std::string& name, int pages, const Make& make) {
    Row row;
    for (int number = 0; number < pages; ++number)
        measure(row, make(number), number, scan::paper::printed(number, scan::kCompareDpi));
    print(name, row);
}

scan::Picture flat(int number, double dpi, bool grey = false) {
    const double tilt = (number * 7 % 11 - 5) * 0.45;
    return workshop::scanned(scan::paper::stamped(number, dpi), {.tilt = tilt, .turns = number, .grey = grey},
                             number + 10);
}

}  // namespace

int main(int argc, char** argv) {
    cv::setNumThreads(1);
    const int pages = argc > 1 ? std::atoi(argv[1]) : 8;
    std::printf("%-18s %5s %5s %5s %5s %6s %6s %7s %7s %7s %7s %8s  %s\n", "kind", "pages", "one", "both",
                "wrong", "marks", "seals", "accused", "decode", "read ms", "p95", "compare", "first fault");
    for (int dpi : {150, 200, 300})
        bench("scan " + std::to_string(dpi), pages, [&](int i) { return flat(i, dpi); });
    bench("grey 150", pages, [&](int i) { return flat(i, 150, true); });
    for (int strength = 1; strength <= 5; ++strength)
        bench("photo " + std::to_string(strength), pages,
              [&](int i) { return workshop::photographed(scan::paper::stamped(i, 200), strength, i + 20); });
    for (std::string_view damage : workshop::damages())
        for (int strength : {1, 3, 5})
            bench(std::string(damage) + " " + std::to_string(strength), pages,
                  [&](int i) { return workshop::damaged(flat(i, 200), damage, strength, i + 30); });
}
