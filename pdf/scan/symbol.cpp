#include "pdf/scan/symbol.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <map>

namespace wq::scan {
namespace {

// Table 9, level M: blocks and correction codewords in each, versions 1 to 20.
constexpr std::array<std::size_t, kLargestVersion> kBlocks{1, 1, 1, 2, 2,  4,  4,  4,  5,  5,
                                                           5, 8, 9, 9, 10, 10, 11, 13, 14, 16};
constexpr std::array<std::size_t, kLargestVersion> kCorrection{10, 16, 26, 18, 24, 16, 18, 22, 22, 26,
                                                               30, 22, 22, 24, 24, 28, 28, 26, 26, 26};

class Planner {
  public:
    explicit Planner(int version) : version_(version), side_(17 + 4 * version) {
        plan_.version = version;
        plan_.side = side_;
        plan_.fixed.assign(static_cast<std::size_t>(side_ * side_), 0);
        for (int i = 0; i < side_; ++i) fix(i, 6, i % 2 == 0), fix(6, i, i % 2 == 0);
        finder(3, 3), finder(side_ - 4, 3), finder(3, side_ - 4);
        alignments();
        versions();
        fix(8, side_ - 8, true);
    }

    SymbolPlan made() {
        place_data();
        plan_.blocks = kBlocks[static_cast<std::size_t>(version_ - 1)];
        plan_.correction = kCorrection[static_cast<std::size_t>(version_ - 1)];
        plan_.codewords = plan_.data.size() / 8;
        plan_.data.resize(8 * plan_.codewords);
        return std::move(plan_);
    }

  private:
    bool is_inside(int x, int y) const { return x >= 0 && y >= 0 && x < side_ && y < side_; }
    void fix(int x, int y, bool dark) {
        if (is_inside(x, y)) plan_.fixed[static_cast<std::size_t>(y * side_ + x)] = dark ? 1 : -1;
    }
    // Square rings around (x, y), light where `ring` is one of the two.
    void rings(int x, int y, int reach, int light, int other_light) {
        for (int dy = -reach; dy <= reach; ++dy)
            for (int dx = -reach; dx <= reach; ++dx) {
                const int ring = std::max(std::abs(dx), std::abs(dy));
                fix(x + dx, y + dy, ring != light && ring != other_light);
            }
    }
    void finder(int x, int y) { rings(x, y, 4, 2, 4); }

    void alignments() {
        if (version_ == 1) return;
        const int across = version_ / 7 + 2;
        const int step = (version_ * 4 + across * 2 + 1) / (across * 2 - 2) * 2;
        const auto place = [&](int i) { return i == 0 ? 6 : side_ - 7 - (across - 1 - i) * step; };
        for (int i = 0; i < across; ++i)
            for (int j = 0; j < across; ++j) {
                const bool corner =
                    (i == 0 && j == 0) || (i == 0 && j == across - 1) || (i == across - 1 && j == 0);
                if (corner) continue;
                rings(place(i), place(j), 2, 1, 1);
                plan_.alignments.push_back(place(j) * side_ + place(i));
            }
    }

    void versions() {
        if (version_ < 7) return;
        int rest = version_;
        for (int i = 0; i < 12; ++i) rest = rest << 1 ^ (rest >> 11) * 0x1F25;
        const int bits = version_ << 12 | rest;
        for (int i = 0; i < 18; ++i) {
            const bool dark = bits >> i & 1;
            fix(side_ - 11 + i % 3, i / 3, dark);
            fix(i / 3, side_ - 11 + i % 3, dark);
        }
    }

    bool is_taken(int x, int y) const {
        const bool format = (x == 8 && (y < 9 || y >= side_ - 8)) || (y == 8 && (x < 9 || x >= side_ - 8));
        return format || plan_.fixed[static_cast<std::size_t>(y * side_ + x)] != 0;
    }

    // In columns of two from the right, upwards and downwards by turns.
    void place_data() {
        bool upwards = true;
        for (int right = side_ - 1; right >= 1; right -= 2, upwards = !upwards) {
            if (right == 6) right = 5;
            for (int i = 0; i < side_; ++i) {
                const int y = upwards ? side_ - 1 - i : i;
                for (int x : {right, right - 1})
                    if (!is_taken(x, y)) plan_.data.push_back(y * side_ + x);
            }
        }
    }

    int version_, side_;
    SymbolPlan plan_;
};

std::vector<FormatModule> made_format_modules(int side) {
    std::vector<FormatModule> modules;
    const auto put = [&](int bit, int x, int y) { modules.push_back({bit, y * side + x}); };
    for (int i = 0; i < 6; ++i) put(i, 8, i), put(14 - i, i, 8);
    put(6, 8, 7), put(7, 8, 8), put(8, 7, 8);
    for (int i = 0; i < 8; ++i) put(i, side - 1 - i, 8);
    for (int i = 8; i < 15; ++i) put(i, 8, side - 15 + i);
    return modules;
}

}  // namespace

const SymbolPlan& symbol_plan(int version) {
    static const std::vector<SymbolPlan> kPlans = [] {
        std::vector<SymbolPlan> plans;
        for (int each = 1; each <= kLargestVersion; ++each) plans.push_back(Planner(each).made());
        return plans;
    }();
    return kPlans[static_cast<std::size_t>(version - 1)];
}

bool is_masked(int mask, int x, int y) {
    const int product = x * y;
    const std::array<bool, 8> turns = {(x + y) % 2 == 0,
                                       y % 2 == 0,
                                       x % 3 == 0,
                                       (x + y) % 3 == 0,
                                       (x / 3 + y / 2) % 2 == 0,
                                       product % 2 + product % 3 == 0,
                                       (product % 2 + product % 3) % 2 == 0,
                                       ((x + y) % 2 + product % 3) % 2 == 0};
    return turns[static_cast<std::size_t>(mask)];
}

const std::vector<FormatModule>& format_modules(int side) {
    static const std::vector<std::vector<FormatModule>> kAll = [] {
        std::vector<std::vector<FormatModule>> all;
        for (int version = 1; version <= kLargestVersion; ++version)
            all.push_back(made_format_modules(17 + 4 * version));
        return all;
    }();
    return kAll[static_cast<std::size_t>(version_of(side) - 1)];
}

int format_bits(int mask) {
    int rest = mask;
    for (int i = 0; i < 10; ++i) rest = rest << 1 ^ (rest >> 9) * 0x537;
    return (mask << 10 | rest) ^ 0x5412;
}

}  // namespace wq::scan
