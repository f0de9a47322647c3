#include "pdf/scan/code_candidates.h"

#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace wq::scan {
namespace {

constexpr int kThumbnail = 600;  // longer side
constexpr int kMost = 4;
constexpr double kSide = 100;  // pixels of the thumbnail
constexpr int kWindow = 37;    // a good part of a code
constexpr int kFineWindow = 9;
constexpr double kDarkest = 40;  // paper, of 255
constexpr double kLeastDensity = 8;

// How much light changes across and along, and how much of both there is around each pixel: text has edges of
// one direction here and there; a code has both everywhere.
struct Edges {
    cv::Mat across, along;  // CV_16S
    cv::Mat_<float> coarse;

    cv::Mat_<float> density(int window, const cv::Rect& part) const {
        cv::Mat x, y;
        cv::boxFilter(across(part), x, CV_32F, {window, window});
        cv::boxFilter(along(part), y, CV_32F, {window, window});
        return cv::min(x, y);
    }
};

Edges edges_of(const cv::Mat& grey) {
    Edges edges;
    cv::Sobel(grey, edges.across, CV_16S, 1, 0);
    cv::Sobel(grey, edges.along, CV_16S, 0, 1);
    edges.across = cv::abs(edges.across), edges.along = cv::abs(edges.along);
    edges.coarse = edges.density(kWindow, cv::Rect({}, grey.size()));
    return edges;
}

// As if the light were even: what lies in a shadow has its edges too.
cv::Mat evenly_lit(const cv::Mat& grey) {
    cv::Mat coarse, paper, even;
    cv::resize(grey, coarse, {}, 0.25, 0.25, cv::INTER_LINEAR);
    cv::dilate(coarse, coarse, cv::Mat::ones(5, 5, CV_8U));
    cv::GaussianBlur(coarse, coarse, {}, 2);
    cv::max(coarse, kDarkest, coarse);
    cv::resize(coarse, paper, grey.size());
    cv::divide(grey, paper, even, 230);
    return even;
}

// The middle of all that is dense around the strongest place and hangs together.
cv::Point2d middle_of(const Edges& edges, cv::Point strongest) {
    const int reach = static_cast<int>(kSide * 0.75);
    const cv::Rect around = cv::Rect(strongest.x - reach, strongest.y - reach, 2 * reach + 1, 2 * reach + 1) &
                            cv::Rect({}, edges.coarse.size());
    const cv::Mat dense = edges.density(kFineWindow, around) > 0.45f * edges.coarse(strongest);
    cv::Mat labels, stats, centres;
    const int count = cv::connectedComponentsWithStats(dense, labels, stats, centres);
    int largest = 0;
    for (int i = 1; i < count; ++i)
        if (largest == 0 || stats.at<int>(i, cv::CC_STAT_AREA) > stats.at<int>(largest, cv::CC_STAT_AREA))
            largest = i;
    if (largest == 0) return strongest;
    // Between its box and its weight: what sticks out moves the one, what is bare the other.
    return {around.x + stats.at<int>(largest, cv::CC_STAT_LEFT) * 0.25 +
                stats.at<int>(largest, cv::CC_STAT_WIDTH) * 0.125 + centres.at<double>(largest, 0) * 0.75,
            around.y + stats.at<int>(largest, cv::CC_STAT_TOP) * 0.25 +
                stats.at<int>(largest, cv::CC_STAT_HEIGHT) * 0.125 + centres.at<double>(largest, 1) * 0.75};
}

}  // namespace

std::vector<Candidate> code_candidates(const cv::Mat& bgr) {
    const double scale = static_cast<double>(kThumbnail) / std::max(bgr.cols, bgr.rows);
    cv::Mat small;
    cv::resize(bgr, small, {}, scale, scale, cv::INTER_LINEAR);
    Edges edges = edges_of(evenly_lit(without_colour(small)));
    std::vector<Candidate> candidates;
    for (int i = 0; i < kMost; ++i) {
        double strongest = 0;
        cv::Point at;
        cv::minMaxLoc(edges.coarse, nullptr, &strongest, nullptr, &at);
        if (strongest < kLeastDensity) break;
        const cv::Point2d middle = middle_of(edges, at);
        const double half = kSide / 2 / scale;
        const cv::Rect square(static_cast<int>(middle.x / scale - half),
                              static_cast<int>(middle.y / scale - half), static_cast<int>(2 * half),
                              static_cast<int>(2 * half));
        candidates.push_back({square & cv::Rect(0, 0, bgr.cols, bgr.rows),
                              {(middle.x + 0.5) / scale, (middle.y + 0.5) / scale}});
        cv::circle(edges.coarse, middle, static_cast<int>(kSide / 2), cv::Scalar(0), cv::FILLED);
        edges.coarse(at) = 0;
    }
    return candidates;
}

}  // namespace wq::scan
