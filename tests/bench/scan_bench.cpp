// wq_bench_scan [PART] [--kinds a,b] [--seeds FROM-TO] [--tries N] [--peers] [--each] [--dump FOLDER]: how
// much of each kind and strength of damage is read, named, compared, and what it costs in processor time. One
// thread. PART is codes, seals, changes, register or speed. Not a test: it prints what this machine does.
#include "data/base/utf8.h"
#include "pdf/render/qr.h"
#include "pdf/scan/issued_codes.h"
#include "pdf/scan/page_image.h"
#include "pdf/scan/page_reading.h"
#include "pdf/scan/raster.h"
#include "tests/bench/scan_peers.h"
#include "tests/bench/scan_register.h"
#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <opencv2/core/utility.hpp>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <random>

namespace {

using namespace wq;

constexpr int kAgreements = 6;

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

struct Wishes {
    std::string part = "codes";
    std::vector<std::string> kinds;
    int from = 0, to = 8, tries = 100000;
    bool peers = false, each = false;
    std::string dump;
};

struct Row {
    int pages = 0, one = 0, both = 0, named = 0, wrong = 0, accused = 0, unsure = 0, compared = 0;
    std::map<std::string_view, int> by_peer;
    std::vector<double> read, compare;

    void add(const Row& row) {
        pages += row.pages, one += row.one, both += row.both, wrong += row.wrong;
        named += row.named;
        accused += row.accused, unsure += row.unsure, compared += row.compared;
        for (const auto& [peer, count] : row.by_peer) by_peer[peer] += count;
        read.insert(read.end(), row.read.begin(), row.read.end());
        compare.insert(compare.end(), row.compare.begin(), row.compare.end());
    }
};

const scan::IssuedPage& issued(int number) {
    static std::map<int, scan::IssuedPage> known;
    const auto at = known.find(number);
    if (at != known.end()) return at->second;
    return known.emplace(number, scan::paper::printed(number, scan::kCompareDpi)).first->second;
}

bool is_of(const render::PageCodes& codes, std::string_view text) {
    return text == codes.upper || text == codes.lower;
}

scan::Picture made(const std::string& kind, int strength, int seed) {
    const int number = seed % kAgreements;
    const scan::Picture page = scan::paper::stamped(number);
    if (kind == "two_pages")
        return workshop::side_by_side(page, scan::paper::printed(number, 200, 2), strength,
                                      static_cast<std::uint64_t>(seed));
    return workshop::damaged(page, kind, strength, static_cast<std::uint64_t>(seed));
}

constexpr int kRegistered = 100000;

// Both codes of 100,000 agreements, the workshop's among them; a name is the agreement's number.
const scan::IssuedCodes& issued_codes() {
    static const scan::IssuedCodes kCodes = [] {
        scan::IssuedCodes codes;
        for (int number = 0; number < kRegistered; ++number) {
            const render::PageCodes texts = scan::paper::codes_of(number, 1);
            for (const std::string& text : {texts.upper, texts.lower}) {
                const auto symbol = *render::qr_symbol(text);
                codes.add(static_cast<std::uint64_t>(number), symbol.side, symbol.modules);
            }
        }
        return codes;
    }();
    return kCodes;
}

void name(Row& row, const scan::PageReading& reading, int number) {
    bool right = !reading.codes.empty();
    for (const scan::MeasuredCode& code : reading.unread)
        if (const auto likely = issued_codes().recognised(code.modules)) {
            const bool this_one = likely->name == static_cast<std::uint64_t>(number);
            right |= this_one;
            row.wrong += !this_one;
        }
    row.named += right;
}

void keep(const Wishes& wishes, const std::string& name, const Bytes& file) {
    if (wishes.dump.empty()) return;
    std::ofstream(wishes.dump + "/" + name + ".jpg", std::ios::binary)
        .write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size()));
}

void compare(Row& row, const scan::PageReading& reading, int number) {
    if (!reading.placement) return;
    scan::Comparison compared;
    const scan::IssuedPage& ready = issued(number);
    row.compare.push_back(
        ms_of([&] { compared = *scan::compare_page(reading, ready, scan::paper::signing_areas()); }));
    ++row.compared;
    row.accused += !compared.changes.empty();
    row.unsure += compared.changes.empty() && !compared.unsure.empty();
}

void tell(const std::string& kind, int strength, int seed, const scan::PageReading& reading) {
    std::printf("  unread %s %d seed %d:", kind.c_str(), strength, seed);
    for (const scan::MeasuredCode& code : reading.unread)
        if (const auto likely = issued_codes().likeliest(code.modules))
            std::printf(" %d at %.1f, next %.1f;", static_cast<int>(likely->name), likely->score,
                        likely->next);
    std::printf("\n");
}

Row measured(const Wishes& wishes, const std::string& kind, int strength) {
    Row row;
    for (int seed = wishes.from; seed < wishes.to; ++seed) {
        const Bytes file = scan::to_jpeg(made(kind, strength, seed), 92);
        const scan::Picture page = scan::read_pictures(file)->at(0);
        const int number = seed % kAgreements;
        const render::PageCodes codes = scan::paper::codes_of(number, 1),
                                other = scan::paper::codes_of(number, 2);
        scan::PageReading reading;
        row.read.push_back(ms_of([&] { reading = scan::read_page(page); }));
        ++row.pages;
        row.one += !reading.codes.empty();
        name(row, reading, number);
        row.both += reading.codes.size() == 2;
        if (wishes.each && reading.codes.empty()) tell(kind, strength, seed, reading);
        for (const auto& code : reading.codes)
            row.wrong += !is_of(codes, code.text) && !is_of(other, code.text);
        if (kind != "two_pages") compare(row, reading, number);
        for (const bench::Peer& peer : bench::peers())
            if (wishes.peers) row.by_peer[peer.name] += peer.read(page);
        keep(wishes, kind + "-" + std::to_string(strength) + "-" + std::to_string(seed), file);
    }
    return row;
}

void print_head() {
    std::printf("%-17s %5s %6s %6s %6s %5s | %7s %7s %7s | %7s %7s %8s %7s %7s |", "kind", "pages", "read%",
                "both%", "named%", "wrong", "compar.", "accus.%", "unsure%", "read ms", "p95", "max",
                "cmp ms", "max");
    for (const bench::Peer& peer : bench::peers()) std::printf(" %6s%%", std::string(peer.name).c_str());
    std::printf("\n");
}

void print(const std::string& name, const Row& row) {
    const auto part = [](int count, int of) { return of ? 100.0 * count / of : 0; };
    std::printf("%-17s %5d %6.1f %6.1f %6.1f %5d | %7d %7.1f %7.1f | %7.1f %7.1f %8.1f %7.1f %7.1f |",
                name.c_str(), row.pages, part(row.one, row.pages), part(row.both, row.pages),
                part(row.named, row.pages), row.wrong, row.compared, part(row.accused, row.compared),
                part(row.unsure, row.compared), at_part(row.read, 0.5), at_part(row.read, 0.95),
                at_part(row.read, 1), at_part(row.compare, 0.5), at_part(row.compare, 1));
    for (const auto& [peer, count] : row.by_peer) std::printf(" %7.1f", part(count, row.pages));
    std::printf("\n");
    std::fflush(stdout);
}

void codes(const Wishes& wishes) {
    print_head();
    Row all;
    for (const std::string& kind : wishes.kinds) {
        Row row;
        for (int strength = 1; strength <= 5; ++strength) {
            const Row one = measured(wishes, kind, strength);
            if (wishes.each) print(kind + " " + std::to_string(strength), one);
            row.add(one);
        }
        print(kind, row);
        all.add(row);
    }
    print("all", all);
}

// What an office takes without a word.
constexpr std::pair<const char*, int> kModerate[] = {
    {"rotation", 3}, {"noise", 3}, {"perspective", 3}, {"blur", 3},   {"jpeg", 3},    {"light", 3},
    {"seal", 3},     {"fold", 2},  {"pen", 2},         {"phone", 2},  {"streaks", 2}, {"low_resolution", 3},
    {"shadow", 2},   {"cut", 1},   {"photocopy", 2},   {"crumple", 1}};

struct Compared {
    int pages = 0, placed = 0, changed = 0, unsure = 0;
    double area = 0;  // of the sheets, that could not be compared

    void look_at(const scan::Picture& page) {
        const auto reading = scan::read_page(scan::read_pictures(scan::to_jpeg(page, 92))->at(0));
        ++pages;
        if (!reading.placement) return;
        ++placed;
        const auto compared = *scan::compare_page(reading, issued(0), scan::paper::signing_areas());
        changed += !compared.changes.empty();
        unsure += compared.changes.empty() && !compared.unsure.empty();
        for (const sheet::Box& box : compared.unsure)
            area += box.width * box.height / (sheet::kWidth * sheet::kHeight);
    }
    void add(const Compared& other) {
        pages += other.pages, placed += other.placed, changed += other.changed, unsure += other.unsure;
        area += other.area;
    }
};

void print(const char* kind, const Compared& same, const Compared& altered) {
    std::printf("%-16s %6d %6d %8d %7d %7.2f | %6d %6d %7d %7d\n", kind, same.pages, same.placed,
                same.changed, same.unsure, 100 * same.area / std::max(1, same.placed), altered.pages,
                altered.changed, altered.unsure, altered.placed - altered.changed - altered.unsure);
    std::fflush(stdout);
}

// Pages as issued, and such with one character replaced, at every strength up to what is moderate.
void changes(const Wishes& wishes) {
    std::printf("%-16s %6s %6s %8s %7s %7s | %6s %6s %7s %7s\n", "unchanged", "pages", "placed", "accused",
                "unsure", "area %", "altered", "found", "unsure", "missed");
    Compared all_same, all_altered;
    for (const auto& [kind, most] : kModerate) {
        if (std::ranges::find(wishes.kinds, kind) == wishes.kinds.end()) continue;
        Compared same, altered;
        for (int seed = wishes.from; seed < wishes.to; ++seed) {
            const auto number = static_cast<std::uint64_t>(seed);
            const int strength = 1 + seed % most;
            const scan::Picture page = workshop::damaged(scan::paper::stamped(0), kind, strength, number);
            Compared one;
            one.look_at(page);
            if (wishes.each && one.changed + one.unsure > 0)
                std::printf("  %s %s %d seed %d\n", one.changed ? "accused" : "unsure", kind, strength, seed);
            same.add(one);
            Compared other;
            other.look_at(workshop::damaged(scan::paper::replaced(seed), kind, strength, number));
            if (wishes.each && other.placed > other.changed)
                std::printf("  %s %s %d seed %d\n", other.unsure ? "altered, unsure" : "missed", kind,
                            strength, seed);
            altered.add(other);
        }
        print(kind, same, altered);
        all_same.add(same), all_altered.add(altered);
    }
    print("all", all_same, all_altered);
}

struct Sealed {
    scan::Picture page;
    std::vector<sheet::Point> seals;
};

constexpr const char* kNames[] = {"成都云杉示例软件有限公司",         "绵阳青禾示例设计院",
                                  "示例科技（天府）股份有限公司",     "眉山示例中学",
                                  "四川省示例县人力资源和社会保障局", "宜宾竹海示例文旅集团有限责任公司"};
constexpr const char* kHow[] = {"whole",      "pale",        "half",         "oval",
                                "over print", "overlapping", "near the edge"};
constexpr int kHows = static_cast<int>(std::size(kHow));

// Whole, pale, half, oval, over print, two over each other, or at the sheet's edge, by turns.
Sealed sealed(int seed) {
    std::mt19937 random(static_cast<unsigned>(seed));
    const auto from = [&](double least, double most) {
        return least + (most - least) * (random() % 1001) / 1000.0;
    };
    Sealed made{scan::paper::printed(seed % kAgreements), {}};
    workshop::sign(made.page, {79, 200, 52, 38}, static_cast<std::uint64_t>(seed));
    workshop::SealInk ink{.name = kNames[random() % std::size(kNames)],
                          .diameter = from(38, 45),
                          .tilt = from(-40, 40),
                          .strength = from(0.6, 0.95)};
    sheet::Point at{from(40, 52), from(208, 220)};
    switch (seed % kHows) {
        case 1:
            ink.strength = from(0.25, 0.4);
            break;
        case 2:
            ink.bare = from(0.2, 0.42);
            break;
        case 3:
            ink.flatness = from(0.66, 0.78);
            break;
        case 4:
            at = {from(50, 150), from(70, 170)};
            break;
        case 6:
            at = {from(17, 22), from(200, 225)};
            break;
    }
    const auto press = [&](sheet::Point point, const workshop::SealInk& how) {
        workshop::press_seal(made.page, point, how, random());
        made.seals.push_back(point);
    };
    press(at, ink);
    if (seed % kHows == 5)
        press({at.x + from(24, 32), at.y + from(-8, 8)}, {.tilt = from(-40, 40), .strength = 0.8});
    return made;
}

int found_of(const Sealed& page, const std::vector<scan::Seal>& seals) {
    return static_cast<int>(std::ranges::count_if(page.seals, [&](const sheet::Point& point) {
        return std::ranges::any_of(seals, [&](const scan::Seal& seal) {
            return std::hypot(seal.centre.x - point.x, seal.centre.y - point.y) < 4;
        });
    }));
}

scan::Picture moderately_damaged(const scan::Picture& page, int seed) {
    static constexpr std::pair<const char*, int> kCommon[] = {
        {"rotation", 2}, {"noise", 1}, {"perspective", 2}, {"blur", 2}, {"jpeg", 2},
        {"light", 3},    {"fold", 1},  {"shadow", 2},      {"phone", 2}};
    const auto& [kind, strength] = kCommon[static_cast<std::size_t>(seed / kHows) % std::size(kCommon)];
    return workshop::damaged(page, kind, strength, static_cast<std::uint64_t>(seed));
}

void seals(const Wishes& wishes) {
    std::map<std::string, std::array<int, 3>> rows;  // there, found, too many
    int copies = 0, copies_told = 0, plain = 0, plain_accused = 0, clean = 0, falsely = 0;
    for (int seed = wishes.from; seed < wishes.to; ++seed) {
        const Sealed page = sealed(seed);
        const auto reading = scan::read_page(moderately_damaged(page.page, seed));
        auto& [there, found, too_many] = rows[kHow[seed % kHows]];
        const int right = found_of(page, reading.seals);
        there += static_cast<int>(page.seals.size()), found += right;
        too_many += std::max(0, static_cast<int>(reading.seals.size()) - right);
        if (wishes.each && right < static_cast<int>(page.seals.size()))
            std::printf("  missed %s seed %d\n", kHow[seed % kHows], seed);

        scan::Picture bare = scan::paper::printed(seed % kAgreements);
        const auto things = workshop::red_things();
        workshop::sign(bare, {79, 200, 52, 38}, static_cast<std::uint64_t>(seed));
        const std::string_view thing = things[static_cast<std::size_t>(seed) % things.size()];
        workshop::add_red(bare, thing, static_cast<std::uint64_t>(seed));
        const auto unsealed = scan::read_page(moderately_damaged(bare, seed)).seals;
        ++clean, falsely += !unsealed.empty();
        if (wishes.each && !unsealed.empty())
            std::printf("  false %s seed %d at %.0f,%.0f of %.0f, %.2f\n", std::string(thing).c_str(), seed,
                        unsealed[0].centre.x, unsealed[0].centre.y, unsealed[0].width, unsealed[0].ring);

        if (seed % 3 > 0) continue;  // copies take as long as all else
        const int strength = 1 + seed / 3 % 3;
        const auto copied =
            scan::read_page(workshop::damaged(scan::paper::stamped(seed % kAgreements), "photocopy", strength,
                                              static_cast<std::uint64_t>(seed)));
        ++copies, copies_told += copied.seals.empty() && !copied.copied_seals.empty();
        const auto without =
            scan::read_page(workshop::damaged(scan::paper::printed(seed % kAgreements), "photocopy", strength,
                                              static_cast<std::uint64_t>(seed)));
        ++plain, plain_accused += !without.seals.empty() || !without.copied_seals.empty();
    }
    std::array<int, 3> all{};
    for (const auto& [how, row] : rows) {
        std::printf("%-14s seals %d found %d too many %d\n", how.c_str(), row[0], row[1], row[2]);
        for (std::size_t i = 0; i < all.size(); ++i) all[i] += row[i];
    }
    std::printf("%-14s seals %d found %d too many %d\n", "all", all[0], all[1], all[2]);
    std::printf("unsealed pages with red things %d, false %d\n", clean, falsely);
    std::printf("copies of seals %d, told apart %d; copies without %d, false %d\n", copies, copies_told,
                plain, plain_accused);
}

void speed(const Wishes& wishes) {
    std::printf("%-10s %8s %8s %8s %8s %8s %8s %8s\n", "clean scan", "decode", "codes", "reading", "compare",
                "all", "issued", "zxing");
    for (int dpi : {150, 200, 300}) {
        std::vector<double> decode, find, read, compared, all, ready, zxing;
        for (int seed = wishes.from; seed < wishes.to; ++seed) {
            const scan::Picture flat =
                workshop::scanned(scan::paper::stamped(seed % kAgreements, dpi),
                                  {.tilt = (seed * 7 % 11 - 5) * 0.45}, static_cast<std::uint64_t>(seed));
            const Bytes file = scan::to_jpeg(flat);
            scan::Picture page;
            scan::PageReading reading;
            decode.push_back(ms_of([&] { page = scan::read_pictures(file)->at(0); }));
            find.push_back(ms_of([&] { scan::find_codes(page); }));
            read.push_back(ms_of([&] { reading = scan::read_page(page); }));
            Row row;
            compare(row, reading, seed % kAgreements);
            compared.insert(compared.end(), row.compare.begin(), row.compare.end());
            if (!row.compare.empty()) all.push_back(decode.back() + read.back() + row.compare.back());
            ready.push_back(
                ms_of([&] { (void)scan::issued_page(scan::paper::issued(seed % kAgreements), 1); }));
            zxing.push_back(ms_of([&] { bench::peers()[0].read(page); }));
        }
        std::printf("%-10d %8.1f %8.1f %8.1f %8.1f %8.1f %8.1f %8.1f\n", dpi, at_part(decode, 0.5),
                    at_part(find, 0.5), at_part(read, 0.5), at_part(compared, 0.5), at_part(all, 0.5),
                    at_part(ready, 0.5), at_part(zxing, 0.5));
    }
}

Wishes wishes_of(int argc, char** argv) {
    Wishes wishes;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const std::string value = i + 1 < argc ? argv[i + 1] : "";
        if (word == "--peers")
            wishes.peers = true;
        else if (word == "--each")
            wishes.each = true;
        else if (word == "--tries")
            wishes.tries = std::stoi(value), ++i;
        else if (word == "--dump")
            wishes.dump = value, ++i;
        else if (word == "--seeds")
            std::sscanf(value.c_str(), "%d-%d", &wishes.from, &wishes.to), ++i;
        else if (word == "--kinds") {
            for (std::string_view kind : split(value, ',')) wishes.kinds.emplace_back(kind);
            ++i;
        } else
            wishes.part = word;
    }
    if (wishes.kinds.empty()) {
        for (std::string_view kind : workshop::damages()) wishes.kinds.emplace_back(kind);
        wishes.kinds.emplace_back("two_pages");
    }
    return wishes;
}

}  // namespace

int main(int argc, char** argv) {
    cv::setNumThreads(1);
    const Wishes wishes = wishes_of(argc, argv);
    if (wishes.part == "codes") codes(wishes);
    if (wishes.part == "changes") changes(wishes);
    if (wishes.part == "seals") seals(wishes);
    if (wishes.part == "speed") speed(wishes);
    if (wishes.part == "register") bench::try_register(issued_codes(), kRegistered, wishes.tries);
}
