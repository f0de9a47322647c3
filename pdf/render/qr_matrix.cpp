#include "pdf/render/qr_matrix.h"

#include <algorithm>
#include <array>
#include <climits>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <utility>

namespace wq::render {
namespace {

constexpr int kVersions = 40, kMasks = 8;
constexpr int kPeriod = 12;  // every mask repeats after twelve modules both ways
constexpr int side_of(int version) { return 17 + 4 * version; }

// Without the processor's own instruction, which not every build may use.
inline int ones(std::uint64_t word) {
    word -= word >> 1 & 0x5555555555555555u;
    word = (word & 0x3333333333333333u) + (word >> 2 & 0x3333333333333333u);
    word = (word + (word >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return static_cast<int>(word * 0x0101010101010101u >> 56);
}

// A row or column of modules, bit i is module i, in as few words as the symbol needs.
template <std::size_t Words>
struct Strip {
    std::array<std::uint64_t, Words> words{};

    bool at(int i) const { return words[static_cast<std::size_t>(i >> 6)] >> (i & 63) & 1; }
    void set(int i, bool on) {
        std::uint64_t& word = words[static_cast<std::size_t>(i >> 6)];
        const std::uint64_t bit = std::uint64_t{1} << (i & 63);
        word = on ? word | bit : word & ~bit;
    }
    int count() const {
        int sum = 0;
        for (std::uint64_t word : words) sum += ones(word);
        return sum;
    }
    // Bit i of the result is bit i + n.
    Strip down(int n) const {
        Strip out;
        for (std::size_t i = 0; i < Words; ++i)
            out.words[i] = words[i] >> n | (i + 1 < Words ? words[i + 1] << (64 - n) : 0);
        return out;
    }
    // Bit i of the result is bit i - n.
    Strip up(int n) const {
        Strip out;
        for (std::size_t i = Words; i-- > 0;)
            out.words[i] = words[i] << n | (i > 0 ? words[i - 1] >> (64 - n) : 0);
        return out;
    }
    friend Strip operator&(const Strip& a, const Strip& b) {
        return each([&](std::size_t i) { return a.words[i] & b.words[i]; });
    }
    friend Strip operator|(const Strip& a, const Strip& b) {
        return each([&](std::size_t i) { return a.words[i] | b.words[i]; });
    }
    friend Strip operator^(const Strip& a, const Strip& b) {
        return each([&](std::size_t i) { return a.words[i] ^ b.words[i]; });
    }
    friend Strip operator~(const Strip& a) {
        return each([&](std::size_t i) { return ~a.words[i]; });
    }

    bool operator==(const Strip&) const = default;

    static Strip first(int n) {
        Strip out;
        for (int i = 0; i < n; ++i) out.set(i, true);
        return out;
    }

  private:
    template <class Word>
    static Strip each(Word word) {
        Strip out;
        for (std::size_t i = 0; i < Words; ++i) out.words[i] = word(i);
        return out;
    }
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

// What is the same in every symbol of a version: its patterns, the way the codewords take, the masks.
template <std::size_t Words>
class Plan {
  public:
    using Row = Strip<Words>;
    using Grid = std::array<Row, 64 * Words>;  // rows, or columns

    explicit Plan(int version) : version_(version), side_(side_of(version)) {
        for (int i = 0; i < side_; ++i) pattern(6, i, i % 2 == 0), pattern(i, 6, i % 2 == 0);
        for (auto [x, y] : {std::pair(3, 3), std::pair(side_ - 4, 3), std::pair(3, side_ - 4)}) finder(x, y);
        alignments();
        versions();
        for (int i = 0; i < 9; ++i) take(i, 8), take(8, i);
        for (int i = 1; i <= 8; ++i) take(side_ - i, 8), take(8, side_ - i);
        find_way();
        const Row whole = Row::first(side_);
        for (int mask = 0; mask < kMasks; ++mask)
            for (int i = 0; i < side_; ++i) {
                const auto m = static_cast<std::size_t>(mask), at = static_cast<std::size_t>(i);
                for (int j = 0; j < side_; ++j) {
                    row_masks_[m][at].set(j, masked(mask, j % kPeriod, i % kPeriod));
                    column_masks_[m][at].set(j, masked(mask, i % kPeriod, j % kPeriod));
                }
                row_masks_[m][at] = row_masks_[m][at] & whole & ~taken_rows_[at];
                column_masks_[m][at] = column_masks_[m][at] & whole & ~taken_columns_[at];
            }
    }

    int side() const { return side_; }
    // The codewords among the patterns, no mask yet.
    Grid placed(ByteView codewords) const;
    void apply(int mask, Grid& rows, Grid& columns) const;

  private:
    void take(int x, int y) {
        taken_rows_[static_cast<std::size_t>(y)].set(x, true);
        taken_columns_[static_cast<std::size_t>(x)].set(y, true);
    }
    void pattern(int x, int y, bool dark) {
        rows_[static_cast<std::size_t>(y)].set(x, dark);
        take(x, y);
    }
    void finder(int x, int y);
    void alignments();
    void versions();
    void find_way();
    void format(Grid& rows, Grid& columns, int mask) const;

    struct Module {
        std::uint8_t x, y;
    };
    int version_, side_;
    Grid rows_{}, taken_rows_{}, taken_columns_{};
    std::vector<Module> way_;
    std::array<Grid, kMasks> row_masks_{}, column_masks_{};
};

// With its light border, as far as it is inside.
template <std::size_t Words>
void Plan<Words>::finder(int x, int y) {
    for (int dy = -4; dy <= 4; ++dy)
        for (int dx = -4; dx <= 4; ++dx) {
            const int ring = std::max(std::abs(dx), std::abs(dy));
            if (x + dx >= 0 && x + dx < side_ && y + dy >= 0 && y + dy < side_)
                pattern(x + dx, y + dy, ring != 2 && ring != 4);
        }
}

template <std::size_t Words>
void Plan<Words>::alignments() {
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

template <std::size_t Words>
void Plan<Words>::versions() {
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

// In columns of two from the right, upwards and downwards by turns, around the patterns.
template <std::size_t Words>
void Plan<Words>::find_way() {
    for (int right = side_ - 1; right >= 1; right -= 2) {
        if (right == 6) right = 5;
        const bool upwards = ((right + 1) & 2) == 0;
        for (int step = 0; step < side_; ++step) {
            const int y = upwards ? side_ - 1 - step : step;
            for (int x = right; x >= right - 1; --x)
                if (!taken_rows_[static_cast<std::size_t>(y)].at(x))
                    way_.push_back({static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y)});
        }
    }
}

template <std::size_t Words>
typename Plan<Words>::Grid Plan<Words>::placed(ByteView codewords) const {
    Grid rows = rows_;
    const Module* module = way_.data();
    for (std::uint8_t byte : codewords)
        for (int bit = 7; bit >= 0; --bit, ++module)
            rows[module->y].words[module->x >> 6] |= std::uint64_t{byte >> bit & 1u} << (module->x & 63);
    return rows;
}

// Level M is 00 in the format's upper bits.
template <std::size_t Words>
void Plan<Words>::format(Grid& rows, Grid& columns, int mask) const {
    int rest = mask;
    for (int i = 0; i < 10; ++i) rest = rest << 1 ^ (rest >> 9) * 0x537;
    const int bits = (mask << 10 | rest) ^ 0x5412;
    const auto set = [&](int x, int y, bool dark) {
        rows[static_cast<std::size_t>(y)].set(x, dark);
        columns[static_cast<std::size_t>(x)].set(y, dark);
    };
    const auto dark = [&](int i) { return (bits >> i & 1) != 0; };
    for (int i = 0; i <= 5; ++i) set(8, i, dark(i));
    set(8, 7, dark(6));
    set(8, 8, dark(7));
    set(7, 8, dark(8));
    for (int i = 9; i < 15; ++i) set(14 - i, 8, dark(i));
    for (int i = 0; i < 8; ++i) set(side_ - 1 - i, 8, dark(i));
    for (int i = 8; i < 15; ++i) set(8, side_ - 15 + i, dark(i));
    set(8, side_ - 8, true);
}

template <std::size_t Words>
void Plan<Words>::apply(int mask, Grid& rows, Grid& columns) const {
    const auto m = static_cast<std::size_t>(mask);
    for (std::size_t i = 0; i < static_cast<std::size_t>(side_); ++i) {
        rows[i] = rows[i] ^ row_masks_[m][i];
        columns[i] = columns[i] ^ column_masks_[m][i];
    }
    format(rows, columns, mask);
}

// Columns of rows and the other way round, by squares of 64 modules (Hacker's Delight, 7-3).
void transpose(std::array<std::uint64_t, 64>& square) {
    std::uint64_t half = 0x00000000FFFFFFFFu;
    for (std::size_t width = 32; width != 0; width >>= 1, half ^= half << width)
        for (std::size_t i = 0; i < 64; i = ((i | width) + 1) & ~width) {
            const std::uint64_t swapped = (square[i] >> width ^ square[i | width]) & half;
            square[i] ^= swapped << width;
            square[i | width] ^= swapped;
        }
}

template <std::size_t Words, class Grid>
Grid transposed(const Grid& rows) {
    Grid columns{};
    std::array<std::uint64_t, 64> square;
    for (std::size_t down = 0; down < Words; ++down)
        for (std::size_t across = 0; across < Words; ++across) {
            for (std::size_t i = 0; i < 64; ++i) square[i] = rows[64 * down + i].words[across];
            transpose(square);
            for (std::size_t i = 0; i < 64; ++i) columns[64 * across + i].words[down] = square[i];
        }
    return columns;
}

// Penalties of table 11.
template <std::size_t Words>
class Judge {
  public:
    using Row = Strip<Words>;
    using Grid = typename Plan<Words>::Grid;
    explicit Judge(int side) : side_(side), whole_(Row::first(side)), pairs_(Row::first(side - 1)) {}

    // Gives up with any number from `limit` on.
    int penalty(const Grid& rows, const Grid& columns, int limit) const {
        int sum = 0, dark = 0;
        for (std::size_t i = 0; i < size(); ++i) dark += rows[i].count();
        const int total = side_ * side_;
        sum += 10 * ((std::abs(dark * 20 - total * 10) + total - 1) / total - 1);
        Row same_above;
        for (std::size_t i = 0; i < size() && sum < limit; ++i) {
            const Row same = ~(rows[i] ^ rows[i].down(1)) & pairs_;
            if (i > 0) sum += 3 * (same & same_above & ~(rows[i] ^ rows[i - 1])).count();
            same_above = same;
            sum += strip(rows[i], same) + strip(columns[i], ~(columns[i] ^ columns[i].down(1)) & pairs_);
        }
        return sum;
    }

  private:
    std::size_t size() const { return static_cast<std::size_t>(side_); }

    // Runs of five and more of one colour (N1), and what looks like a finder (N3).
    int strip(const Row& it, const Row& same) const {
        const Row twos = same & same.down(1), fives = twos & twos.down(2);
        int sum = fives.count() + 2 * (fives & ~fives.up(1)).count();
        const Row light = ~it & whole_;
        const Row core =
            it & light.down(1) & it.down(2) & it.down(3) & it.down(4) & light.down(5) & it.down(6);
        if (core == Row{}) return sum;
        const Row two = light & light.down(1), four = two & two.down(2);
        sum += 40 * ((core & four.down(7)).count() + (four & core.down(4)).count());
        return sum;
    }

    int side_;
    Row whole_, pairs_;
};

template <std::size_t Words>
const Plan<Words>& plan_of(int version) {
    static std::array<std::once_flag, kVersions + 1> made;
    static std::array<std::unique_ptr<const Plan<Words>>, kVersions + 1> kept;
    const auto at = static_cast<std::size_t>(version);
    std::call_once(made.at(at), [&] { kept[at] = std::make_unique<const Plan<Words>>(version); });
    return *kept[at];
}

template <std::size_t Words>
QrSymbol made(int version, ByteView codewords) {
    const Plan<Words>& plan = plan_of<Words>(version);
    const Judge<Words> judge(plan.side());
    const auto rows = plan.placed(codewords);
    const auto columns = transposed<Words>(rows);
    auto chosen = rows;
    int least = INT_MAX;
    for (int mask = 0; mask < kMasks; ++mask) {
        auto masked_rows = rows, masked_columns = columns;
        plan.apply(mask, masked_rows, masked_columns);
        const int cost = judge.penalty(masked_rows, masked_columns, least);
        if (cost < least) least = cost, chosen = masked_rows;
    }
    QrSymbol symbol{plan.side(), Bytes(static_cast<std::size_t>(plan.side() * plan.side()))};
    std::uint8_t* module = symbol.modules.data();
    for (int y = 0; y < plan.side(); ++y)
        for (int x = 0; x < plan.side(); ++x) *module++ = chosen[static_cast<std::size_t>(y)].at(x);
    return symbol;
}

}  // namespace

QrSymbol qr_matrix(int version, ByteView codewords) {
    if (side_of(version) <= 64) return made<1>(version, codewords);
    if (side_of(version) <= 128) return made<2>(version, codewords);
    return made<3>(version, codewords);
}

}  // namespace wq::render
