// How fast agreements become paper on this machine, where the time goes, and how far it is to the limit:
// wq_bench_render [DOCUMENTS [SOAK]]. Every document is different and complete: values, keyed digest, layout,
// one SM2 signature, symbols, PDF. Seconds are the thread's own processor time, so that a busy machine
// changes little. With SOAK, as many documents more, and the memory on the way. Not a test.
#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/crypto/trust.h"
#include "data/os/files.h"
#include "kiosk/desk/home.h"
#include "kiosk/desk/paper.h"
#include "tests/bench/cairo_peer.h"
#include "tests/render/samples.h"

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <set>
#include <thread>

using namespace wq;
using namespace wq::render;

namespace {

constexpr int kRounds = 5;

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double wall_seconds() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string some_han(int i, int count) {
    std::string text;
    for (int k = 0; k < count; ++k)
        text += to_utf8(static_cast<char32_t>(0x4E00 + (i * 131 + k * 977) % 5000));
    return text;
}

// Names, places and numbers differ, as they do between real documents.
domain::Form content(int i) {
    return {{"template", kAgreementTemplate},
            {"number", "202699510001" + std::to_string(100000 + i % 900000)},
            {"parties", "3"},
            {"sample", "no"},
            {"verify_host", "WQ.EXAMPLE.CN"},
            {"issued_on", "2026-05-28"},
            {"employer_name", "成都" + some_han(i, 4) + "示例软件有限公司"},
            {"credit_code", "91510100MA6CXXXX0K"},
            {"employer_nature", "其他企业"},
            {"industry", "信息传输、软件和信息技术服务业"},
            {"region", "四川省成都市武侯区"},
            {"address", some_han(i + 7, 3) + "路 " + std::to_string(i % 300) + " 号晨星大厦 1201 室"},
            {"post", "工程技术人员"},
            {"contact_name", some_han(i + 3, 3)},
            {"contact_phone", "028-00000001"},
            {"contact_mobile", "138" + std::to_string(10000000 + i % 80000000)},
            {"contact_email", "hr" + std::to_string(i) + "@example.cn"},
            {"solves_household", "yes"},
            {"student_name", some_han(i + 5, 2) + "𬱖"},
            {"student_sex", "女"},
            {"resident_id", "51010719990314" + std::to_string(1000 + i % 9000)},
            {"exam_number", "21510107" + std::to_string(100000 + i % 900000)},
            {"student_number", "2021" + std::to_string(100000 + i % 900000)},
            {"level", "本科生毕业"},
            {"years", "4"},
            {"major", "计算机科学与技术"},
            {"graduation_month", "2026年6月"},
            {"origin", "四川省成都市"},
            {"training_mode", "非定向"},
            {"school_name", "天府示例大学"},
            {"office_name", "就业指导中心"},
            {"office_contact", "王老师"},
            {"office_phone", "028-00000000"},
            {"office_address", "四川省成都市示例大道 1 号"},
            {"supplement", "一、试用期三个月；二、月薪" + std::to_string(6000 + i % 9000) +
                               "元；三、乙方取得毕业证书后正式入职；四、违约金不超过人民币伍仟元。"}};
}

// The best of some rounds, in microseconds each.
template <class Work>
double best_of(int count, Work work) {
    double best = 1e9;
    for (int round = 0; round < kRounds; ++round) {
        const double start = processor_seconds();
        for (int i = 0; i < count; ++i) work(i);
        best = std::min(best, (processor_seconds() - start) / count * 1e6);
    }
    return best;
}

void tell(const char* what, double each, double whole = 0) {
    std::printf("  %-44s %9.1f us %9.0f /s", what, each, 1e6 / each);
    if (whole > 0) std::printf(" %5.1f %%", 100 * each / whole);
    std::printf("\n");
}

double resident_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Sheets numbered(const AgreementTemplate& form, int i) {
    Agreement it = samples::three_party();
    it.student.name = some_han(i, 3);
    it.employer.employer_name = "示例" + some_han(i + 3, 4) + "科技有限公司";
    it.employer.address = some_han(i + 7, 3) + "路 18 号晨星大厦 1201 室";
    return *form.lay_out(it);
}

void count_characters(const Sheets& sheets) {
    std::size_t all = 0;
    std::set<char32_t> different;
    const auto take = [&](const Drawing& page) {
        for (const Item& item : page.items)
            if (const Text* text = std::get_if<Text>(&item))
                for (char32_t point : to_code_points(text->text)) {
                    if (point == ' ' || point == U'　') continue;
                    ++all;
                    different.insert(point);
                }
    };
    for (const Drawing& page : sheets.pages) {
        if (page.fixed) take(*page.fixed);
        take(page);
    }
    std::printf("the agreement: %zu pages, %zu characters, %zu different\n", sheets.pages.size(), all,
                different.size());
}

void drawing_against_the_peer(int count) {
    const Fonts fonts;
    const AgreementTemplate form(fonts);
    const Press press(fonts, form.fixed_parts());
    std::vector<Sheets> all;
    for (int i = 0; i < count; ++i) {
        all.push_back(numbered(form, i));
        const auto codes = samples::codes(2);
        for (std::size_t page = 0; page < 2; ++page) {
            all.back().pages[page].add(Code{sheet::kUpperCode, *qr_symbol(codes[page].upper)});
            all.back().pages[page].add(Code{sheet::kLowerCode, *qr_symbol(codes[page].lower)});
        }
    }
    count_characters(all[0]);
    bench::CairoPeer peer(fonts);
    std::size_t ours_size = 0, peer_size = 0;
    const int peer_count = std::max(1, count / 20);
    double ours = 1e9, theirs = 1e9;
    for (int round = 0; round < kRounds; ++round) {  // by turns
        double start = processor_seconds();
        for (int i = 0; i < count; ++i) ours_size = press.print(all[static_cast<std::size_t>(i)])->size();
        ours = std::min(ours, (processor_seconds() - start) / count * 1e6);
        start = processor_seconds();
        for (int i = 0; i < peer_count; ++i) peer_size = peer.print(all[static_cast<std::size_t>(i)]);
        theirs = std::min(theirs, (processor_seconds() - start) / peer_count * 1e6);
    }
    std::printf("drawing the same pages, symbols given\n");
    tell("this press", ours);
    tell("cairo", theirs);
    std::printf("  %.1f times as fast; %.1f KB against %.1f KB\n", theirs / ours,
                static_cast<double>(ours_size) / 1024, static_cast<double>(peer_size) / 1024);
}

struct Campus {
    std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("wq-bench-" + std::to_string(::getpid()));
    std::unique_ptr<desk::Home> home;
    Campus() {
        auto created = desk::Home::create(folder, true);
        if (!created) throw Fault("no home for the bench: " + created.error().code);
        home = std::move(*created);
    }
    ~Campus() { std::filesystem::remove_all(folder); }
};

void where_the_time_goes(desk::Paper& paper, int count) {
    std::size_t bytes = 0;
    const double whole = best_of(count, [&](int i) { bytes = paper.made_of(content(i))->size(); });
    std::printf("complete: values, digest, layout, signature, symbols, PDF of %.1f KB\n",
                static_cast<double>(bytes) / 1024);
    tell("one document", whole);
    const auto sm2 = crypto::FileSigner::generate(crypto::Algorithm::sm2);
    const auto ed25519 = crypto::FileSigner::generate(crypto::Algorithm::ed25519);
    const Fonts fonts;
    const AgreementTemplate form(fonts);
    const Press press(fonts, form.fixed_parts());
    const Bytes message(120), file(bytes), salt(16);
    Bytes copy(bytes);
    const auto codes = samples::codes(2);
    const Sheets sheets = numbered(form, 0);
    const double sign = best_of(200, [&](int) { (void)sm2.sign(message); });
    const double sum = best_of(count, [&](int) { (void)crypto::sm3(file); });
    const double copying = best_of(count, [&](int i) {
        copy[static_cast<std::size_t>(i) % bytes] = 1;
        std::memcpy(copy.data(), file.data(), bytes);
    });
    tell("  of which: SM2 signature", sign, whole);
    tell("  symbols (3, one of them larger)",
         best_of(count,
                 [&](int) {
                     (void)qr_symbol(codes[0].upper);
                     (void)qr_symbol(codes[0].lower);
                     (void)qr_symbol(codes[1].lower);
                 }),
         whole);
    tell("  drawing and writing", best_of(count, [&](int) { (void)press.print(sheets); }), whole);
    tell("  layout", best_of(count, [&](int i) { (void)numbered(form, i); }), whole);
    tell("  keyed digest",
         best_of(count,
                 [&](int i) { (void)crypto::hmac_sm3(salt, cbor::encode(domain::to_cbor(content(i)))); }),
         whole);
    std::printf(
        "limit: a file of this size can't be had for less than its signature, its hash and its copy\n");
    tell("SM3 of the file", sum);
    tell("copy of the file", copying);
    tell("signature, hash and copy", sign + sum + copying);
    std::printf("  complete takes %.2f times that\n", whole / (sign + sum + copying));
    const double ed = best_of(count, [&](int) { (void)ed25519.sign(message); });
    tell("Ed25519 signature instead", ed);
    tell("one document with it (sum)", whole - sign + ed);
}

void two_threads(desk::Home& home, int count) {
    std::array<double, 2> wall{}, processor{};
    for (int threads : {1, 2}) {
        std::vector<std::unique_ptr<desk::Paper>> papers;
        for (int t = 0; t < threads; ++t) papers.push_back(std::make_unique<desk::Paper>(home));
        for (auto& paper : papers) (void)paper->made_of(content(0));
        double best = 1e9, least = 1e9;
        for (int round = 0; round < kRounds; ++round) {
            std::atomic<double> longest = 0;
            const double start = wall_seconds();
            {
                std::vector<std::jthread> workers;
                for (int t = 0; t < threads; ++t)
                    workers.emplace_back([&, t] {
                        const double began = processor_seconds();
                        for (int i = 0; i < count; ++i)
                            (void)papers[static_cast<std::size_t>(t)]->made_of(content(t * count + i));
                        const double took = processor_seconds() - began;
                        for (double seen = longest;
                             seen < took && !longest.compare_exchange_weak(seen, took);) {
                        }
                    });
            }
            best = std::min(best, wall_seconds() - start), least = std::min(least, longest.load());
        }
        const auto at = static_cast<std::size_t>(threads - 1);
        wall[at] = threads * count / best, processor[at] = threads * count / least;
        std::printf("%d thread%s: %.0f documents/s by the clock, %.0f by processor time\n", threads,
                    threads > 1 ? "s" : "", wall[at], processor[at]);
    }
    std::printf("two against one: %.2f by the clock, %.2f by processor time\n", wall[1] / wall[0],
                processor[1] / processor[0]);
}

void soak(desk::Paper& paper, int documents) {
    for (int i = 0; i < documents; ++i) {
        (void)paper.made_of(content(i));
        if ((i + 1) % std::max(1, documents / 5) == 0)
            std::printf("%7d documents, at most %.1f MB\n", i + 1, resident_megabytes());
    }
}

}  // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 500;
    drawing_against_the_peer(count);
    const Campus campus;
    desk::Paper paper(*campus.home);
    where_the_time_goes(paper, count);
    two_threads(*campus.home, count);
    if (argc > 2) soak(paper, std::atoi(argv[2]));
}
