#include "pdf/scan/issued_codes.h"

#include "pdf/scan/symbol.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace wq::scan {
namespace {

constexpr double kLeastScore = 8;  // chance reaches 4.8 among 100,000 codes
constexpr double kLeastLead = 3;   // on the next one: pages of one agreement have much in common
constexpr float kPlain = 0.45f, kFaint = 0.12f;
constexpr std::size_t kFew = 64;  // codes, too few to tell what chance gives

std::size_t words_of(int side) {
    return (static_cast<std::size_t>(side) * static_cast<std::size_t>(side) + 63) / 64;
}

int mask_of(int side, ByteView modules) {
    int best = 0, most = -1;
    for (int mask = 0; mask < 8; ++mask) {
        int fit = 0;
        for (const FormatModule& each : format_modules(side))
            fit += modules[static_cast<std::size_t>(each.module)] == (format_bits(mask) >> each.bit & 1);
        if (fit > most) most = fit, best = mask;
    }
    return best;
}

// Measured modules as bits: dark or not, and which of them count, once and twice.
struct Planes {
    std::vector<std::uint64_t> dark, faint, plain;
    double weight = 0, squares = 0;
};

Planes planes_of(const SoftModules& modules) {
    const SymbolPlan& plan = symbol_plan(version_of(modules.side));
    Planes planes;
    for (auto* bits : {&planes.dark, &planes.faint, &planes.plain}) bits->assign(words_of(modules.side), 0);
    for (const int module : plan.data) {
        const auto at = static_cast<std::size_t>(module);
        const std::uint64_t bit = std::uint64_t{1} << (at % 64);
        const float dark = modules.dark[at], strength = std::abs(dark);
        if (dark > 0) planes.dark[at / 64] |= bit;
        if (strength < kFaint) continue;
        planes.faint[at / 64] |= bit;
        if (strength >= kPlain) planes.plain[at / 64] |= bit;
        const double weight = strength >= kPlain ? 2 : 1;
        planes.weight += weight;
        planes.squares += weight * weight;
    }
    return planes;
}

// Modules that disagree, by their weight. The heart of the search: some 60 words for each registered code.
__attribute__((always_inline)) inline void count_each(const std::uint64_t* code, std::size_t codes,
                                                      const Planes& planes, int* off) {
    const std::size_t words = planes.dark.size();
    const std::uint64_t *dark = planes.dark.data(), *faint = planes.faint.data(),
                        *plain = planes.plain.data();
    for (std::size_t i = 0; i < codes; ++i, code += words) {
        std::uint64_t sum = 0;
        for (std::size_t word = 0; word < words; ++word) {
            const std::uint64_t differs = code[word] ^ dark[word];
            sum += static_cast<std::uint64_t>(std::popcount(differs & faint[word]) +
                                              std::popcount(differs & plain[word]));
        }
        off[i] = static_cast<int>(sum);
    }
}

#ifdef __x86_64__
// Eight words at once, where the processor can.
__attribute__((target("avx512f,avx512vpopcntdq"))) void count_wide(const std::uint64_t* code,
                                                                   std::size_t codes, const Planes& planes,
                                                                   int* off) {
    count_each(code, codes, planes, off);
}
__attribute__((target("popcnt"))) void count_fast(const std::uint64_t* code, std::size_t codes,
                                                  const Planes& planes, int* off) {
    count_each(code, codes, planes, off);
}
#endif

void count_off(const std::uint64_t* code, std::size_t codes, const Planes& planes, int* off) {
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512vpopcntdq")) return count_wide(code, codes, planes, off);
    if (__builtin_cpu_supports("popcnt")) return count_fast(code, codes, planes, off);
#endif
    count_each(code, codes, planes, off);
}

}  // namespace

void IssuedCodes::add(std::uint64_t name, int side, ByteView modules) {
    Group& group = by_side_[side][static_cast<std::size_t>(mask_of(side, modules))];
    const std::size_t begin = group.words.size();
    group.words.resize(begin + words_of(side));
    for (std::size_t i = 0; i < modules.size(); ++i)
        if (modules[i]) group.words[begin + i / 64] |= std::uint64_t{1} << (i % 64);
    group.names.push_back(name);
    ++size_;
}

std::optional<IssuedCodes::Likely> IssuedCodes::likeliest(const SoftModules& modules) const {
    const auto groups = by_side_.find(modules.side);
    if (modules.is_empty() || groups == by_side_.end()) return std::nullopt;
    const Planes planes = planes_of(modules);
    // Of one code by chance, as if each module were a throw of a coin.
    const double chance = std::max(1.0, std::sqrt(planes.squares)) / 2;
    std::optional<Likely> best;
    for (const Group& group : groups->second) {
        if (group.names.empty()) continue;
        std::vector<int> off(group.names.size());
        count_off(group.words.data(), off.size(), planes, off.data());
        double sum = 0, squares = 0;
        for (int each : off) sum += each, squares += static_cast<double>(each) * each;
        const double count = static_cast<double>(off.size());
        const double mean = off.size() >= kFew ? sum / count : planes.weight / 2;
        const double spread = off.size() >= kFew
                                  ? std::max(chance, std::sqrt(std::max(0.0, squares / count - mean * mean)))
                                  : chance;
        for (std::size_t i = 0; i < off.size(); ++i) {
            const double score = (mean - off[i]) / spread;
            if (best && score <= best->next) continue;
            if (!best || score > best->score)
                best = Likely{group.names[i], score, best ? best->score : -1e9};
            else
                best->next = score;
        }
    }
    return best;
}

std::optional<IssuedCodes::Likely> IssuedCodes::recognised(const SoftModules& modules) const {
    const auto best = likeliest(modules);
    if (!best || best->score < kLeastScore || best->score - best->next < kLeastLead) return std::nullopt;
    return best;
}

}  // namespace wq::scan
