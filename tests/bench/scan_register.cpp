#include "tests/bench/scan_register.h"

#include "pdf/render/qr.h"
#include "tests/scan/paper.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <random>

namespace wq::bench {
namespace {

// What a fold, a pen, a blot and blur leave of a symbol's modules.
class Damage {
  public:
    explicit Damage(unsigned seed) : random_(seed) {}

    scan::SoftModules measured(const render::QrSymbol& symbol) {
        side_ = symbol.side;
        dark_.assign(symbol.modules.size(), 0);
        for (std::size_t i = 0; i < dark_.size(); ++i) dark_[i] = symbol.modules[i] ? 1.f : -1.f;
        blur(from(0, 0.22));
        for (int i = static_cast<int>(from(0, 4)); i > 0; --i) stripe(from(1, 0.25 * side_));
        for (int i = static_cast<int>(from(0, 4)); i > 0; --i) blot(from(2, 0.3 * side_));
        const double noise = from(0.2, 2.2);
        std::normal_distribution<float> off(0.f, static_cast<float>(noise));
        for (float& dark : dark_) dark = std::clamp(dark + off(random_), -1.f, 1.f);
        scan::SoftModules modules;
        modules.side = side_;
        modules.dark = dark_;
        return modules;
    }

    int number(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }

  private:
    double from(double least, double most) {
        return least + (most - least) * static_cast<double>(random_() % 10001) / 10000;
    }
    void blur(double part) {
        const std::vector<float> before = dark_;
        for (int y = 1; y + 1 < side_; ++y)
            for (int x = 1; x + 1 < side_; ++x) {
                const auto at = static_cast<std::size_t>(y * side_ + x),
                           row = static_cast<std::size_t>(side_);
                dark_[at] = before[at] * static_cast<float>(1 - 4 * part) +
                            static_cast<float>(part) *
                                (before[at - 1] + before[at + 1] + before[at - row] + before[at + row]);
            }
    }
    // All one tone: bare paper or ink.
    void stripe(double width) {
        const double turn = from(0, 3.2), at = from(0, side_);
        const float tone = number(2) ? 0.9f : -0.9f;
        cover([&](double x,
                  double y) { return std::abs(x * std::cos(turn) + y * std::sin(turn) - at) < width / 2; },
              tone);
    }
    void blot(double radius) {
        const double cx = from(0, side_), cy = from(0, side_);
        const float tone = number(2) ? 0.9f : -0.9f;
        cover([&](double x, double y) { return std::hypot(x - cx, y - cy) < radius; }, tone);
    }
    template <class Inside>
    void cover(Inside inside, float tone) {
        for (int y = 0; y < side_; ++y)
            for (int x = 0; x < side_; ++x)
                if (inside(x, y)) dark_[static_cast<std::size_t>(y * side_ + x)] = tone;
    }

    std::mt19937 random_;
    int side_ = 0;
    std::vector<float> dark_;
};

}  // namespace

void try_register(const scan::IssuedCodes& codes, int registered, int tries) {
    Damage damage(200);
    int own = 0, right = 0, wrong = 0, foreign = 0, foreign_named = 0;
    double highest_foreign = 0;
    for (int i = 0; i < tries; ++i) {
        const bool is_foreign = i % 4 == 0;
        const int number = damage.number(registered) + (is_foreign ? registered : 0);
        const render::PageCodes texts = scan::paper::codes_of(number, 1);
        const auto symbol = *render::qr_symbol(damage.number(2) ? texts.upper : texts.lower);
        const scan::SoftModules modules = damage.measured(symbol);
        const auto likely = codes.recognised(modules);
        if (is_foreign) {
            ++foreign, foreign_named += likely.has_value();
            if (i % 40 > 0) continue;  // the score is a second search
            if (const auto best = codes.likeliest(modules))
                highest_foreign = std::max(highest_foreign, best->score);
        } else {
            ++own;
            right += likely && likely->name == static_cast<std::uint64_t>(number);
            wrong += likely && likely->name != static_cast<std::uint64_t>(number);
        }
    }
    std::printf(
        "register of %zu codes: %d damaged symbols of its own: %d named right, %d wrong, %d not named; "
        "%d foreign ones: %d named, best score %.1f\n",
        codes.size(), own, right, wrong, own - right - wrong, foreign, foreign_named, highest_foreign);
}

}  // namespace wq::bench
