#include "pdf/scan/seals.h"

#include "pdf/scan/mat.h"
#include "pdf/scan/rings.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace wq::scan {
namespace {

constexpr double kLeastRed = 14;  // of 255, above the page's own tint
constexpr double kLeastDark = 40;
constexpr double kEdge = 2.5;  // mm, where the desk looks in
constexpr double kWhole = 0.9, kBetter = 0.08, kAround = 12, kOvalPart = 0.55, kCopiedPart = 0.6;
constexpr std::size_t kMostSeals = 8, kLeastLeft = 150;  // edges, for an oval to be there
constexpr int kSampled = 4;                              // every so many rows tell the page's tint
constexpr double kNoise = 3.5;                           // standard deviations

cv::Mat halved(const Picture& upright) {
    cv::Mat small;
    const int times = std::max(1, static_cast<int>(upright.width / sheet::kWidth / 2.9));
    cv::resize(view_of(upright), small, {upright.width / times, upright.height / times}, 0, 0,
               cv::INTER_AREA);
    return small;
}

struct Ink {
    cv::Mat_<std::uint8_t> amount;
    double least = 0;  // that is more than noise
};

// How much redder than blue and green, above what the paper itself is.
Ink red_ink(const cv::Mat& bgr) {
    cv::Mat_<std::uint8_t> red(bgr.size());
    int counts[256] = {};
    for (int y = 0; y < bgr.rows; ++y) {
        const auto* pixel = bgr.ptr<std::uint8_t>(y);
        for (int x = 0; x < bgr.cols; ++x, pixel += 3) {
            const int redder = pixel[2] - std::max(pixel[0], pixel[1]);
            red(y, x) = static_cast<std::uint8_t>(std::clamp(redder + 64, 0, 255));
        }
        if (y % kSampled == 0)
            for (int x = 0; x < bgr.cols; ++x) ++counts[red(y, x)];
    }
    const auto level = [&](double part) {
        double left = part * static_cast<double>((bgr.rows + kSampled - 1) / kSampled * bgr.cols);
        for (int i = 0; i < 256; ++i)
            if ((left -= counts[i]) <= 0) return i;
        return 255;
    };
    const int tint = level(0.5), noise = tint - level(0.16);
    cv::subtract(red, cv::Scalar(tint), red);
    cv::GaussianBlur(red, red, {3, 3}, 0.8);
    return {red, std::max(kLeastRed, kNoise * 0.55 * noise)};
}

std::vector<Edge> edges_of(const Ink& ink, double per_mm, cv::Point origin = {}) {
    cv::Mat dx, dy;
    cv::Sobel(ink.amount, dx, CV_16S, 1, 0);
    cv::Sobel(ink.amount, dy, CV_16S, 0, 1);
    const double least = 2.0 * ink.least;
    std::vector<Edge> edges;
    const int margin = origin.y == 0 ? static_cast<int>(kEdge * per_mm) : 1;
    for (int y = margin; y + margin < dx.rows; ++y) {
        const auto *across = dx.ptr<std::int16_t>(y), *along = dy.ptr<std::int16_t>(y);
        for (int x = margin; x + margin < dx.cols; ++x) {
            if (std::abs(across[x]) + std::abs(along[x]) < least) continue;
            const float length = std::hypot(static_cast<float>(across[x]), static_cast<float>(along[x]));
            if (length < least) continue;
            edges.push_back({static_cast<float>((x + origin.x + 0.5) / per_mm),
                             static_cast<float>((y + origin.y + 0.5) / per_mm), across[x] / length,
                             along[x] / length});
        }
    }
    return edges;
}

void put_aside(std::vector<Edge>& edges, sheet::Point centre, double reach) {
    std::erase_if(edges,
                  [&](const Edge& edge) { return std::hypot(edge.x - centre.x, edge.y - centre.y) < reach; });
}

// An oval of these axes is a circle to who looks at it askew.
struct Askew {
    double turn, aspect;

    Edge seen(const Edge& edge) const {
        const auto c = static_cast<float>(std::cos(turn)), s = static_cast<float>(std::sin(turn)),
                   a = static_cast<float>(aspect);
        const float dx = a * (c * edge.dx + s * edge.dy), dy = -s * edge.dx + c * edge.dy,
                    length = std::hypot(dx, dy);
        const float x = edge.x - kMiddleX, y = edge.y - kMiddleY;
        return {(c * x + s * y) / a + kMiddleX, -s * x + c * y + kMiddleY, dx / length, dy / length};
    }
    Seal seal(const Ring& ring) const {
        const double c = std::cos(turn), s = std::sin(turn);
        const double x = aspect * (ring.centre.x - kMiddleX), y = ring.centre.y - kMiddleY;
        const double along = aspect * ring.radius, across = ring.radius;
        return {{c * x - s * y + kMiddleX, s * x + c * y + kMiddleY},
                2 * std::hypot(along * c, across * s),
                2 * std::hypot(along * s, across * c),
                ring.part};
    }

  private:
    static constexpr float kMiddleX = sheet::kWidth / 2, kMiddleY = sheet::kHeight / 2;
};

Seal best_oval(const std::vector<Edge>& edges) {
    Seal best;
    if (edges.size() < kLeastLeft) return best;
    for (double aspect : {1.35, 1.5})
        for (int step = 0; step < 6; ++step) {
            const Askew askew{step * CV_PI / 6, aspect};
            std::vector<Edge> seen;
            for (const Edge& edge : edges) seen.push_back(askew.seen(edge));
            for (const Ring& ring : find_rings(std::move(seen), {12, 22, kOvalPart, 1, false}))
                if (ring.part > best.ring) best = askew.seal(ring);
        }
    return best;
}

// What is no whole circle may be an oval.
Seal seal_of(const Ring& ring, const std::vector<Edge>& edges) {
    const Seal round{ring.centre, 2 * ring.radius, 2 * ring.radius, ring.part};
    if (ring.part > kWhole) return round;
    std::vector<Edge> near = edges;
    std::erase_if(near, [&](const Edge& edge) {
        return std::hypot(edge.x - ring.centre.x, edge.y - ring.centre.y) > ring.radius + kAround;
    });
    const Seal oval = best_oval(near);
    return oval.ring > ring.part + kBetter ? oval : round;
}

std::vector<Seal> seals_among(std::vector<Edge> edges) {
    std::vector<Seal> seals;
    RingSearch search;
    search.at_once = 1;
    for (std::size_t i = 0; i < kMostSeals; ++i) {
        const std::vector<Ring> rings = find_rings(edges, search);
        const Seal seal = rings.empty() ? best_oval(edges) : seal_of(rings[0], edges);
        if (seal.ring == 0) break;
        seals.push_back(seal);
        put_aside(edges, seal.centre, std::max(seal.width, seal.height) / 2 + 1.5);
    }
    return seals;
}

}  // namespace

std::vector<Seal> find_seals(const Picture& upright) {
    const cv::Mat bgr = halved(upright);
    return seals_among(edges_of(red_ink(bgr), bgr.cols / sheet::kWidth));
}

std::vector<Seal> find_copied_seals(const Picture& upright) {
    const cv::Mat bgr = halved(upright);
    const double per_mm = bgr.cols / sheet::kWidth;
    const cv::Rect signing(0, static_cast<int>((sheet::kSigningTop - 3) * per_mm), bgr.cols,
                           static_cast<int>((sheet::kSigningHeight + 6) * per_mm));
    cv::Mat grey, paper;
    cv::cvtColor(bgr(signing), grey, cv::COLOR_BGR2GRAY);
    cv::morphologyEx(grey, paper, cv::MORPH_BLACKHAT, cv::Mat::ones(15, 15, CV_8U));
    const std::vector<Edge> edges = edges_of({paper, kLeastDark}, per_mm, signing.tl());
    std::vector<Seal> seals;
    for (const Ring& ring : find_rings(edges, {17, 31, kCopiedPart}))
        seals.push_back({ring.centre, 2 * ring.radius, 2 * ring.radius, ring.part});
    return seals;
}

}  // namespace wq::scan
