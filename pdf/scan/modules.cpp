#include "pdf/scan/modules.h"

#include "pdf/scan/correction.h"
#include "pdf/scan/symbol.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

namespace wq::scan {
namespace {

constexpr std::string_view kAlphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
constexpr std::size_t kKept = 5;      // correction codewords of a block that are never spent on erasures
constexpr double kMostTurned = 0.24;  // part of the modules' weight that may speak against the text
constexpr std::size_t kMaskTries = 2;
constexpr float kSlope = 5;  // of a module's doubt over its darkness

struct Codeword {
    std::uint8_t value = 0;
    double doubt = 0;  // about how likely it is wrong
};

// Masks by how well the format's two copies fit.
std::vector<int> likely_masks(const SoftModules& modules) {
    std::vector<std::pair<double, int>> fits;
    for (int mask = 0; mask < 8; ++mask) {
        double fit = 0;
        for (const FormatModule& each : format_modules(modules.side))
            fit += (format_bits(mask) >> each.bit & 1 ? 1 : -1) *
                   modules.dark[static_cast<std::size_t>(each.module)];
        fits.emplace_back(-fit, mask);
    }
    std::ranges::sort(fits);
    std::vector<int> masks;
    for (std::size_t i = 0; i < kMaskTries; ++i) masks.push_back(fits[i].second);
    return masks;
}

std::vector<Codeword> codewords_of(const SoftModules& modules, const SymbolPlan& plan, int mask) {
    std::vector<Codeword> codewords(plan.codewords);
    for (std::size_t i = 0; i < plan.data.size(); ++i) {
        const int module = plan.data[i];
        const float dark = modules.dark[static_cast<std::size_t>(module)];
        const bool bit = (dark > 0) != is_masked(mask, module % plan.side, module / plan.side);
        Codeword& codeword = codewords[i / 8];
        codeword.value = static_cast<std::uint8_t>(codeword.value << 1 | bit);
        codeword.doubt += 1 / (1 + std::exp(kSlope * std::abs(dark)));
    }
    return codewords;
}

// A block's codewords by their numbers in the symbol (ISO/IEC 18004, 7.6).
std::vector<std::vector<std::size_t>> blocks_of(const SymbolPlan& plan) {
    const std::size_t shorter = plan.data_codewords() / plan.blocks;
    const std::size_t first_long = plan.blocks - plan.data_codewords() % plan.blocks;
    std::vector<std::vector<std::size_t>> blocks(plan.blocks);
    std::size_t next = 0;
    for (std::size_t i = 0; i <= shorter; ++i)
        for (std::size_t block = 0; block < plan.blocks; ++block)
            if (i < shorter || block >= first_long) blocks[block].push_back(next++);
    for (std::size_t i = 0; i < plan.correction; ++i)
        for (auto& block : blocks) block.push_back(next++);
    return blocks;
}

// With the most doubtful codewords erased: first none, then two more each time.
bool mend(Bytes& block, const std::vector<double>& doubts, std::size_t correction) {
    std::vector<std::size_t> order(block.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, std::greater{}, [&](std::size_t place) { return doubts[place]; });
    for (std::size_t erased = 0; erased + kKept <= correction; erased += 2)
        if (correct_block(block, correction, {order.begin(), order.begin() + static_cast<long>(erased)}))
            return true;
    return false;
}

class BitReader {
  public:
    explicit BitReader(const Bytes& bytes) : bytes_(bytes) {}
    // 0 beyond the end.
    std::size_t take(int bits) {
        std::size_t value = 0;
        for (; bits > 0; --bits, ++at_)
            value = value << 1 | (at_ < 8 * bytes_.size() ? bytes_[at_ / 8] >> (7 - at_ % 8) & 1 : 0);
        return value;
    }
    std::size_t left() const { return at_ < 8 * bytes_.size() ? 8 * bytes_.size() - at_ : 0; }

  private:
    const Bytes& bytes_;
    std::size_t at_ = 0;
};

std::optional<std::string> alphanumeric_text(const Bytes& data, int version) {
    BitReader reader(data);
    if (reader.take(4) != 0b0010) return std::nullopt;
    std::size_t length = reader.take(version < 10 ? 9 : 11);
    if (length == 0 || length / 2 * 11 + length % 2 * 6 > reader.left()) return std::nullopt;
    std::string text;
    for (; length >= 2; length -= 2) {
        const std::size_t pair = reader.take(11);
        if (pair >= 45 * 45) return std::nullopt;
        text += kAlphanumeric[pair / 45];
        text += kAlphanumeric[pair % 45];
    }
    if (length == 1) {
        const std::size_t last = reader.take(6);
        if (last >= 45) return std::nullopt;
        text += kAlphanumeric[last];
    }
    return text;
}

// What the modules would have to have been, weighed against what they are: a word that error correction made
// up turns many that were plain.
double turned_part(const SoftModules& modules, const SymbolPlan& plan, int mask, const Bytes& codewords) {
    double turned = 0, all = 1e-9;
    for (std::size_t i = 0; i < plan.data.size(); ++i) {
        const int module = plan.data[i];
        const float dark = modules.dark[static_cast<std::size_t>(module)];
        const bool bit = codewords[i / 8] >> (7 - i % 8) & 1;
        const bool should = bit != is_masked(mask, module % plan.side, module / plan.side);
        all += std::abs(dark);
        if ((dark > 0) != should) turned += std::abs(dark);
    }
    return turned / all;
}

std::optional<std::string> text_with(const SoftModules& modules, const SymbolPlan& plan, int mask) {
    const std::vector<Codeword> measured = codewords_of(modules, plan, mask);
    Bytes mended(plan.codewords), data;
    for (const std::vector<std::size_t>& places : blocks_of(plan)) {
        Bytes block;
        std::vector<double> doubts;
        for (std::size_t place : places) {
            block.push_back(measured[place].value);
            doubts.push_back(measured[place].doubt);
        }
        if (!mend(block, doubts, plan.correction)) return std::nullopt;
        for (std::size_t i = 0; i < places.size(); ++i) mended[places[i]] = block[i];
        data.insert(data.end(), block.begin(), block.end() - static_cast<long>(plan.correction));
    }
    if (turned_part(modules, plan, mask, mended) > kMostTurned) return std::nullopt;
    return alphanumeric_text(data, plan.version);
}

}  // namespace

std::optional<std::string> text_of(const SoftModules& modules) {
    const int version = version_of(modules.side);
    if (modules.is_empty() || version < 1 || version > kLargestVersion) return std::nullopt;
    for (int mask : likely_masks(modules))
        if (auto text = text_with(modules, symbol_plan(version), mask)) return text;
    return std::nullopt;
}

}  // namespace wq::scan
