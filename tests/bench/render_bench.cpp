// How fast agreements become paper on this machine, and where the time goes: wq_bench_render [COUNT].
// Prints documents a second on one thread and on all, and KB for each. Not a test.
#include "data/base/utf8.h"
#include "tests/render/samples.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

using namespace wq;
using namespace wq::render;

namespace {

double seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// Names and numbers differ, as they do between real documents.
Agreement numbered(int i) {
    Agreement it = samples::three_party();
    it.number = "2024519990010" + std::to_string(100000 + i);
    it.student.name = to_utf8(static_cast<char32_t>(0x4E00 + i % 5000)) + "明";
    it.employer.employer_name = "示例" + to_utf8(static_cast<char32_t>(0x5200 + i % 3000)) + "科技有限公司";
    return it;
}

template <class Work>
void timed(const char* what, int count, Work work) {
    const double start = seconds();
    for (int i = 0; i < count; ++i) work(i);
    const double each = (seconds() - start) / count;
    std::printf("%-34s %9.0f /s %9.1f us\n", what, 1 / each, each * 1e6);
}

}  // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 500;
    double start = seconds();
    const Fonts fonts;
    std::printf("fonts loaded in %.1f ms\n", (seconds() - start) * 1e3);
    start = seconds();
    const AgreementTemplate form(fonts);
    const Press press(fonts, form.fixed_parts());
    std::printf("press made ready in %.1f ms\n", (seconds() - start) * 1e3);

    const auto codes = samples::codes(2);
    std::size_t bytes = 0;
    timed("lay out", count, [&](int i) { (void)form.lay_out(numbered(i)); });
    timed("code symbol", count, [&](int) { (void)qr_symbol(codes[0].upper); });
    const Sheets sheets = *form.lay_out(numbered(0));
    timed("print without codes", count, [&](int) { (void)press.print(sheets); });
    const auto complete = [&](int i) { return print(press, *form.lay_out(numbered(i)), codes)->size(); };
    timed("complete, one thread", count, [&](int i) { bytes += complete(i); });
    std::printf("%.1f KB each\n", static_cast<double>(bytes) / 1024 / count);

    const unsigned workers = std::max(1u, std::thread::hardware_concurrency());
    start = seconds();
    {
        std::vector<std::jthread> threads;
        for (unsigned t = 0; t < workers; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < count; ++i) (void)complete(i);
            });
    }
    std::printf("complete, %u threads: %.0f documents/s\n", workers, workers * count / (seconds() - start));
}
