#include "pdf/scan/seals.h"

#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

#include <array>
#include <cmath>

namespace wq::scan {
namespace {

constexpr double kPerMm = 4;                     // pixels for a millimetre while looking
constexpr double kSmallest = 26, kLargest = 64;  // mm; company seals have 38–58, party and tax seals up to 60
constexpr int kSectors = 36;
constexpr double kLeastRing = 0.6;
constexpr int kLeastRed = 28;  // of 255, above the page's own tint

// How much redder than blue and green; paper that is reddish as a whole counts as none.
cv::Mat redness(const cv::Mat& bgr) {
    std::vector<cv::Mat> channels;
    cv::split(bgr, channels);
    cv::Mat other, red;
    cv::max(channels[0], channels[1], other);
    cv::subtract(channels[2], other, red);
    const double tint = cv::mean(red)[0];
    return red > kLeastRed + tint;
}

// The part of the outline where red is found near the edge of the bounding ellipse.
double ring_of(const cv::Mat& red, const cv::Rect& box) {
    std::array<bool, kSectors> seen{};
    const double cx = box.x + box.width / 2.0, cy = box.y + box.height / 2.0;
    for (int y = box.y; y < box.y + box.height; ++y)
        for (int x = box.x; x < box.x + box.width; ++x) {
            if (!red.at<std::uint8_t>(y, x)) continue;
            const double dx = (x - cx) / (box.width / 2.0), dy = (y - cy) / (box.height / 2.0);
            const double radius = std::hypot(dx, dy);
            if (radius < 0.82 || radius > 1.06) continue;
            const int sector = static_cast<int>((std::atan2(dy, dx) + CV_PI) / (2 * CV_PI) * kSectors);
            seen[std::min(sector, kSectors - 1)] = true;
        }
    return static_cast<double>(std::count(seen.begin(), seen.end(), true)) / kSectors;
}

}  // namespace

std::vector<Seal> find_seals(const Picture& upright) {
    cv::Mat small, joined, labels, stats, centres;
    cv::resize(view_of(upright), small,
               {static_cast<int>(sheet::kWidth * kPerMm), static_cast<int>(sheet::kHeight * kPerMm)}, 0, 0,
               cv::INTER_AREA);
    const cv::Mat red = redness(small);
    cv::morphologyEx(red, joined, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_ELLIPSE, {13, 13}));
    const int count = cv::connectedComponentsWithStats(joined, labels, stats, centres);
    std::vector<Seal> seals;
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        const double width = box.width / kPerMm, height = box.height / kPerMm, aspect = width / height;
        if (std::min(width, height) < kSmallest || std::max(width, height) > kLargest || aspect < 0.6 ||
            aspect > 1.67)
            continue;
        const double ring = ring_of(red, box);
        if (ring < kLeastRing) continue;
        seals.push_back(
            {{(box.x + box.width / 2.0) / kPerMm, (box.y + box.height / 2.0) / kPerMm}, width, height, ring});
    }
    return seals;
}

}  // namespace wq::scan
