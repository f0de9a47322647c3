// What the child costs: files decoded in this process and through wangqian-decode, by the wall, the median
// and the best of many; run it on a quiet machine.
#include "data/os/files.h"
#include "pdf/scan/decoder.h"
#include "pdf/scan/page_image.h"
#include "pdf/scan/readers.h"
#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

using namespace wq;

namespace {

struct Cost {
    double median = 0, best = 0;  // ms
};

Cost cost_of(int rounds, const std::function<void()>& work) {
    std::vector<double> ms;
    for (int round = 0; round < rounds; ++round) {
        const auto start = std::chrono::steady_clock::now();
        work();
        ms.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::ranges::sort(ms);
    return {ms[ms.size() / 2], ms.front()};
}

void compare(const char* what, scan::FileKind kind, ByteView file) {
    Bytes room(scan::kPageBytes);
    scan::Canvas canvas(room);
    scan::prepare_pdf();
    const auto here = [&] {
        // What the programs get is a picture of its own.
        (void)scan::decode(file, {.kind = kind}, canvas,
                           [](const scan::Canvas& page, int) { return page.width() > 0; });
    };
    const Cost in_process = cost_of(30, here);
    const Cost apart =
        cost_of(30, [&] { (void)scan::each_picture(file, [](const scan::Picture&) { return true; }); });
    std::printf("%-34s in process %7.2f ms (best %7.2f), through the child %7.2f ms (best %7.2f)\n", what,
                in_process.median, in_process.best, apart.median, apart.best);
}

}  // namespace

int main() {
    const Cost start = cost_of(10, [] {
        scan::Decoder decoder(std::filesystem::read_symlink("/proc/self/exe").parent_path() /
                              "wangqian-decode");
        (void)decoder.decode(bytes_of("BM"), {.kind = scan::FileKind::bmp},
                             [](const scan::Picture&) { return true; });
    });
    std::printf("%-34s %.1f ms (best %.1f)\n", "starting the child, once", start.median, start.best);
    const Cost prepared = cost_of(5, [] {
        scan::Decoder decoder(std::filesystem::read_symlink("/proc/self/exe").parent_path() /
                              "wangqian-decode");
        (void)decoder.decode(bytes_of("%PDF-"), {.kind = scan::FileKind::pdf},
                             [](const scan::Picture&) { return true; });
    });
    std::printf("%-34s %.1f ms (best %.1f)\n", "... and ready for PDF, once", prepared.median, prepared.best);
    compare("a file of nothing", scan::FileKind::bmp, bytes_of("BM"));
    const scan::Picture page = scan::paper::printed(0, 150);
    compare("A4 at 150 dpi, JPEG", scan::FileKind::jpeg, scan::to_jpeg(page));
    compare("A4 at 150 dpi, PNG", scan::FileKind::png, workshop::to_png(page));
    compare("A4 at 300 dpi, JPEG", scan::FileKind::jpeg,
            scan::to_jpeg(workshop::printed(scan::paper::issued(), 1, 300)));
    compare("an agreement of two pages, PDF", scan::FileKind::pdf, scan::paper::issued());
}
