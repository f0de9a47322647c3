#include "pdf/render/qr_matrix.h"

#include <algorithm>
#include <array>
#include <bit>
#include <climits>
#include <cstdlib>
#include <functional>
#include <utility>

namespace wq::render {
namespace {

constexpr int kLongest = 177, kMasks = 8;
constexpr std::size_t kWords = 3;

// A row or column of modules, bit i is module i.
struct Strip {
    std::array<std::uint64_t, kWords> words{};

    bool at(int i) const { return words[static_cast<std::size_t>(i >> 6)] >> (i & 63) & 1; }
    void set(int i, bool on) {
        std::uint64_t& word = words[static_cast<std::size_t>(i >> 6)];
        const std::uint64_t bit = std::uint64_t{1} << (i & 63);
        word = on ? word | bit : word & ~bit;
    }
    int count() const {
        int sum = 0;
        for (std::uint64_t word : words) sum += std::popcount(word);
        return sum;
    }
    // Bit i of the result is bit i + n.
    Strip down(int n) const {
        Strip out;
        for (std::size_t i = 0; i < kWords; ++i)
            out.words[i] = words[i] >> n | (i + 1 < kWords ? words[i + 1] << (64 - n) : 0);
        return out;
    }
    // Bit i of the result is bit i - n.
    Strip up(int n) const {
        Strip out;
        for (std::size_t i = kWords; i-- > 0;)
            out.words[i] = words[i] << n | (i > 0 ? words[i - 1] >> (64 - n) : 0);
        return out;
    }
};

template <class Work>
Strip combined(const Strip& a, const Strip& b, Work work) {
    Strip out;
    for (std::size_t i = 0; i < kWords; ++i) out.words[i] = work(a.words[i], b.words[i]);
    return out;
}
Strip operator&(const Strip& a, const Strip& b) { return combined(a, b, std::bit_and{}); }
Strip operator^(const Strip& a, const Strip& b) { return combined(a, b, std::bit_xor{}); }
Strip operator~(const Strip& a) {
    return combined(a, a, [](std::uint64_t word, std::uint64_t) { return ~word; });
}

// The first n bits set.
Strip first(int n) {
    Strip out;
    for (int i = 0; i < n; ++i) out.set(i, true);
    return out;
}

// Modules both as rows and as columns, so that penalties are counted the same way in both.
struct Grid {
    std::array<Strip, kLongest> rows, columns;

    void set(int x, int y, bool dark) {
        rows[static_cast<std::size_t>(y)].set(x, dark);
        columns[static_cast<std::size_t>(x)].set(y, dark);
    }
    bool at(int x, int y) const { return rows[static_cast<std::size_t>(y)].at(x); }
};

bool masked(int mask, int x, int y) {
    switch (mask) {
        case 0:
            return (x + y) % 2 == 0;
        case 1:
            return y % 2 == 0;
        case 2:
            return x % 3 == 0;
        case 3:
            return (x + y) % 3 == 0;
        case 4:
            return (x / 3 + y / 2) % 2 == 0;
        case 5:
            return x * y % 2 + x * y % 3 == 0;
        case 6:
            return (x * y % 2 + x * y % 3) % 2 == 0;
        case 7:
            return ((x + y) % 2 + x * y % 3) % 2 == 0;
    }
    return false;
}

// Every mask repeats after twelve modules both ways.
constexpr int kPeriod = 12;
struct Masks {
    std::array<std::array<Strip, kPeriod>, kMasks> rows, columns;

    Masks() {
        for (int mask = 0; mask < kMasks; ++mask)
            for (int i = 0; i < kPeriod; ++i)
                for (int j = 0; j < kLongest; ++j) {
                    const auto m = static_cast<std::size_t>(mask), at = static_cast<std::size_t>(i);
                    rows[m][at].set(j, masked(mask, j, i));
                    columns[m][at].set(j, masked(mask, i, j));
                }
    }
};

class Builder {
  public:
    explicit Builder(int version)
        : version_(version), side_(17 + 4 * version), whole_(first(side_)), pairs_(first(side_ - 1)) {
        timing();
        for (auto [x, y] : {std::pair(3, 3), std::pair(side_ - 4, 3), std::pair(3, side_ - 4)}) finder(x, y);
        alignments();
        versions();
        format(grid_, 0);
        for (int i = 0; i < 9; ++i) take(i, 8), take(8, i);
        for (int i = 1; i <= 8; ++i) take(side_ - i, 8), take(8, side_ - i);
    }

    void place(ByteView codewords);
    QrSymbol best() const;

  private:
    void take(int x, int y) { taken_.set(x, y, true); }
    void pattern(int x, int y, bool dark) {
        grid_.set(x, y, dark);
        take(x, y);
    }
    void timing() {
        for (int i = 0; i < side_; ++i) pattern(6, i, i % 2 == 0), pattern(i, 6, i % 2 == 0);
    }
    void finder(int x, int y);
    void alignments();
    void versions();
    void format(Grid& grid, int mask) const;
    Grid with_mask(int mask) const;
    int penalty(const Grid& grid) const;
    int strip_penalty(const Strip& strip) const;

    int version_, side_;
    Strip whole_, pairs_;
    Grid grid_, taken_;
};

// With its light border, as far as it is inside.
void Builder::finder(int x, int y) {
    for (int dy = -4; dy <= 4; ++dy)
        for (int dx = -4; dx <= 4; ++dx) {
            const int ring = std::max(std::abs(dx), std::abs(dy));
            if (x + dx >= 0 && x + dx < side_ && y + dy >= 0 && y + dy < side_)
                pattern(x + dx, y + dy, ring != 2 && ring != 4);
        }
}

void Builder::alignments() {
    if (version_ == 1) return;
    const int across = version_ / 7 + 2;
    const int step = version_ == 32 ? 26 : (version_ * 4 + across * 2 + 1) / (across * 2 - 2) * 2;
    const auto place_of = [&](int i) { return i == 0 ? 6 : side_ - 7 - (across - 1 - i) * step; };
    for (int i = 0; i < across; ++i)
        for (int j = 0; j < across; ++j) {
            const bool finder_there =
                (i == 0 && j == 0) || (i == 0 && j == across - 1) || (i == across - 1 && j == 0);
            if (finder_there) continue;
            for (int dy = -2; dy <= 2; ++dy)
                for (int dx = -2; dx <= 2; ++dx)
                    pattern(place_of(i) + dx, place_of(j) + dy, std::max(std::abs(dx), std::abs(dy)) != 1);
        }
}

void Builder::versions() {
    if (version_ < 7) return;
    int rest = version_;
    for (int i = 0; i < 12; ++i) rest = rest << 1 ^ (rest >> 11) * 0x1F25;
    const int bits = version_ << 12 | rest;
    for (int i = 0; i < 18; ++i) {
        const bool dark = bits >> i & 1;
        pattern(side_ - 11 + i % 3, i / 3, dark);
        pattern(i / 3, side_ - 11 + i % 3, dark);
    }
}

// Level M is 00 in the format's upper bits.
void Builder::format(Grid& grid, int mask) const {
    int rest = mask;
    for (int i = 0; i < 10; ++i) rest = rest << 1 ^ (rest >> 9) * 0x537;
    const int bits = (mask << 10 | rest) ^ 0x5412;
    const auto dark = [&](int i) { return (bits >> i & 1) != 0; };
    for (int i = 0; i <= 5; ++i) grid.set(8, i, dark(i));
    grid.set(8, 7, dark(6));
    grid.set(8, 8, dark(7));
    grid.set(7, 8, dark(8));
    for (int i = 9; i < 15; ++i) grid.set(14 - i, 8, dark(i));
    for (int i = 0; i < 8; ++i) grid.set(side_ - 1 - i, 8, dark(i));
    for (int i = 8; i < 15; ++i) grid.set(8, side_ - 15 + i, dark(i));
    grid.set(8, side_ - 8, true);
}

// In columns of two from the right, upwards and downwards by turns, around the patterns.
void Builder::place(ByteView codewords) {
    std::size_t next = 0;
    for (int right = side_ - 1; right >= 1; right -= 2) {
        if (right == 6) right = 5;
        const bool upwards = ((right + 1) & 2) == 0;
        for (int step = 0; step < side_; ++step) {
            const int y = upwards ? side_ - 1 - step : step;
            for (int x = right; x >= right - 1; --x) {
                if (taken_.at(x, y) || next >= 8 * codewords.size()) continue;
                if (codewords[next / 8] >> (7 - next % 8) & 1) grid_.set(x, y, true);
                ++next;
            }
        }
    }
}

Grid Builder::with_mask(int mask) const {
    static const Masks kAll;
    Grid grid = grid_;
    for (std::size_t i = 0; i < static_cast<std::size_t>(side_); ++i) {
        const auto m = static_cast<std::size_t>(mask);
        grid.rows[i] = grid.rows[i] ^ (kAll.rows[m][i % kPeriod] & whole_ & ~taken_.rows[i]);
        grid.columns[i] = grid.columns[i] ^ (kAll.columns[m][i % kPeriod] & whole_ & ~taken_.columns[i]);
    }
    format(grid, mask);
    return grid;
}

// Table 11: runs of five and more of one colour (N1) and what looks like a finder (N3).
int Builder::strip_penalty(const Strip& strip) const {
    const Strip same = ~(strip ^ strip.down(1)) & pairs_;
    const Strip twos = same & same.down(1), fives = twos & twos.down(2);
    int sum = fives.count() + 2 * (fives & ~fives.up(1)).count();
    const Strip light = ~strip & whole_;
    const Strip light_two = light & light.down(1), light_four = light_two & light_two.down(2);
    const Strip core =
        strip & light.down(1) & strip.down(2) & strip.down(3) & strip.down(4) & light.down(5) & strip.down(6);
    sum += 40 * ((core & light_four.down(7)).count() + (light_four & core.down(4)).count());
    return sum;
}

// Table 11 with squares of one colour (N2) and the share of dark modules (N4).
int Builder::penalty(const Grid& grid) const {
    int sum = 0, dark = 0;
    Strip same_above;
    for (std::size_t i = 0; i < static_cast<std::size_t>(side_); ++i) {
        const Strip& row = grid.rows[i];
        const Strip same = ~(row ^ row.down(1)) & pairs_;
        if (i > 0) sum += 3 * (same & same_above & ~(row ^ grid.rows[i - 1])).count();
        same_above = same;
        sum += strip_penalty(row) + strip_penalty(grid.columns[i]);
        dark += row.count();
    }
    const int total = side_ * side_;
    return sum + 10 * ((std::abs(dark * 20 - total * 10) + total - 1) / total - 1);
}

QrSymbol Builder::best() const {
    Grid chosen;
    int least = INT_MAX;
    for (int mask = 0; mask < kMasks; ++mask) {
        const Grid grid = with_mask(mask);
        if (const int cost = penalty(grid); cost < least) least = cost, chosen = grid;
    }
    QrSymbol symbol{side_, {}};
    symbol.modules.reserve(static_cast<std::size_t>(side_ * side_));
    for (int y = 0; y < side_; ++y)
        for (int x = 0; x < side_; ++x) symbol.modules.push_back(chosen.at(x, y));
    return symbol;
}

}  // namespace

QrSymbol qr_matrix(int version, ByteView codewords) {
    Builder builder(version);
    builder.place(codewords);
    return builder.best();
}

}  // namespace wq::render
