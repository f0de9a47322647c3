#include "pdf/scan/creases.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace wq::scan {
namespace {

constexpr int kPlainInk = 110;          // of 255
constexpr int kLeans = 33;              // of a line against the sheet's edge
constexpr double kLeanStep = 0.004;     // tangent
constexpr std::size_t kLeastLost = 25;  // pixels
constexpr double kLost = 0.7;           // of the ink
constexpr double kLostPart = 0.5, kFringePart = 0.3;
constexpr double kSpread = 0.2;  // of the sheet's length
constexpr int kMostCreases = 6, kWidest = 8;

struct Line {
    double start = 0, lean = 0;  // across = start + lean * along
};

// Ink that should be there, as seen along one direction; creases across it lie in the other.
struct Loss {
    std::vector<cv::Point> lost;  // x across, y along
    cv::Mat plain, gone;          // 255 where ink should be, and where it isn't
};

Loss loss_of(const cv::Mat& scan, const cv::Mat& expected) {
    Loss loss;
    loss.plain = expected > kPlainInk;
    cv::Mat half;
    expected.convertTo(half, CV_8U, kLost);
    loss.gone = (scan < half) & loss.plain;
    cv::findNonZero(loss.gone, loss.lost);
    return loss;
}

Line strongest(const Loss& loss, const cv::Size& size) {
    const int margin = static_cast<int>(kLeans / 2 * kLeanStep * size.height) + 2;
    cv::Mat_<int> votes(kLeans, size.width + 2 * margin, 0);
    for (const cv::Point& point : loss.lost)
        for (int lean = 0; lean < kLeans; ++lean)
            ++votes(lean, static_cast<int>(point.x - (lean - kLeans / 2) * kLeanStep * point.y) + margin);
    cv::Mat smooth;
    cv::Mat wide(votes.size(), CV_32F);
    votes.convertTo(wide, CV_32F);
    cv::blur(wide, smooth, {3, 1});
    cv::Point at;
    cv::minMaxLoc(smooth, nullptr, nullptr, nullptr, &at);
    return {static_cast<double>(at.x - margin), (at.y - kLeans / 2) * kLeanStep};
}

struct Count {
    int plain = 0, gone = 0, first = 1 << 30, last = 0;
};
Count along(const Loss& loss, const Line& line, int off) {
    Count count;
    for (int y = 0; y < loss.plain.rows; ++y) {
        const int x = static_cast<int>(std::lround(line.start + line.lean * y)) + off;
        if (x < 0 || x >= loss.plain.cols || !loss.plain.at<std::uint8_t>(y, x)) continue;
        ++count.plain;
        if (!loss.gone.at<std::uint8_t>(y, x)) continue;
        ++count.gone;
        count.first = std::min(count.first, y), count.last = y;
    }
    return count;
}

// Creases along y of what is given; marked in `mask`.
void mark_creases(const cv::Mat& scan, const cv::Mat& expected, cv::Mat mask) {
    Loss loss = loss_of(scan, expected);
    for (int i = 0; i < kMostCreases && loss.lost.size() >= kLeastLost; ++i) {
        const Line line = strongest(loss, scan.size());
        Count middle;
        for (int off : {-1, 0, 1}) {
            const Count count = along(loss, line, off);
            if (count.gone > middle.gone) middle = count;
        }
        const bool is_crease = middle.gone >= 12 && middle.gone > kLostPart * middle.plain &&
                               middle.last - middle.first > kSpread * scan.rows;
        if (!is_crease) return;
        int from = 0, to = 0;
        const auto is_fringe = [&](int off) {
            const Count count = along(loss, line, off);
            return count.gone > kFringePart * count.plain;
        };
        while (from > -kWidest && is_fringe(from - 1)) --from;
        while (to < kWidest && is_fringe(to + 1)) ++to;
        const auto at = [&](int y) { return static_cast<int>(std::lround(line.start + line.lean * y)); };
        for (int y = 0; y < scan.rows; ++y)
            for (int x = std::max(0, at(y) + from - 3); x <= std::min(scan.cols - 1, at(y) + to + 3); ++x)
                mask.at<std::uint8_t>(y, x) = 255;
        std::erase_if(loss.lost, [&](const cv::Point& point) { return mask.at<std::uint8_t>(point) != 0; });
    }
}

}  // namespace

cv::Mat creases(const cv::Mat& scan, const cv::Mat& expected) {
    cv::Mat mask(scan.size(), CV_8U, cv::Scalar(0)), across(scan.cols, scan.rows, CV_8U, cv::Scalar(0));
    mark_creases(scan, expected, mask);
    mark_creases(scan.t(), expected.t(), across);
    return mask | across.t();
}

}  // namespace wq::scan
