#include "pdf/scan/overlay.h"

#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace wq::scan {
namespace {

constexpr double kDeepestShadow = 0.28;  // of the paper in the light
constexpr double kMuchBent = 0.25;       // pixels, in the mean, from block to block
constexpr int kCoarseBlock = 16, kHalfBlock = 16, kReach = 3;
constexpr std::array kSoftness = {0.0, 0.4, 0.6, 0.85, 1.1, 1.5, 2.0};

// The body's upper part tells for all how soft a scan is.
cv::Rect telling_part(const cv::Size& page) {
    return {page.width / 10, page.height / 6, page.width / 2, page.height / 4};
}

cv::Mat smaller(const cv::Mat& ink) {
    cv::Mat small;
    cv::resize(ink, small, {ink.cols / 2, ink.rows / 2}, 0, 0, cv::INTER_AREA);
    return small;
}

cv::Mat softened(const cv::Mat& ink, double softness) {
    cv::Mat soft;
    if (softness == 0) return ink;
    cv::GaussianBlur(ink, soft, {}, softness);
    return soft;
}

cv::Mat soft_and_pale(const cv::Mat& scan, const IssuedInk& issued) {
    const cv::Mat part = scan(telling_part(scan.size()));
    double most = -1, softness = 0, gain = 1;
    for (std::size_t i = 0; i < kSoftness.size(); ++i) {
        // What is left of the scan when this much of it is explained.
        const double both = part.dot(issued.soft[i]), own = std::max(1.0, issued.soft[i].dot(issued.soft[i]));
        const double explained = both * both / own;
        if (explained > most) most = explained, softness = kSoftness[i], gain = both / own;
    }
    cv::Mat pale;
    softened(issued.ink, softness).convertTo(pale, CV_8U, gain);
    return pale;
}

}  // namespace

cv::Mat ink_of(const cv::Mat& bgr) {
    const cv::Mat grey = without_colour(bgr);
    cv::Mat small, paper, ink;
    cv::resize(grey, small, {}, 0.25, 0.25, cv::INTER_LINEAR);
    cv::resize(small, small, {}, 0.5, 0.5, cv::INTER_LINEAR);
    // Print vanishes, shadows stay as they are; but what is nearly black is no shadow.
    cv::morphologyEx(small, small, cv::MORPH_CLOSE, cv::Mat::ones(9, 9, CV_8U));
    double lightest = 0;
    cv::minMaxLoc(small, nullptr, &lightest);
    cv::max(small, kDeepestShadow * lightest, small);
    cv::GaussianBlur(small, small, {}, 0.9);
    cv::resize(small, paper, grey.size());
    cv::divide(grey, paper, ink, 255);
    cv::bitwise_not(ink, ink);
    cv::GaussianBlur(ink, ink, {3, 3}, 0.5);
    return ink;
}

IssuedInk::IssuedInk(const cv::Mat& page_ink) : ink(page_ink) {
    const cv::Mat half_ink = smaller(ink);
    coarse = Slopes(smaller(half_ink), kCoarseBlock);
    half = Slopes(half_ink, kHalfBlock);
    fine = Slopes(softened(ink, 0.6), kLaidBlock);
    for (double softness : kSoftness) soft.push_back(softened(ink, softness)(telling_part(ink.size())).clone());
}

Laid laid_over(const cv::Mat& scan, const IssuedInk& issued) {
    const cv::Mat half = smaller(scan), coarse = smaller(half);
    const double gain = std::clamp(cv::sum(issued.coarse.ink)[0] / std::max(1.0, cv::sum(coarse)[0]), 0.8, 3.0);
    cv::Mat dark_half, dark_coarse;
    half.convertTo(dark_half, CV_8U, gain);
    coarse.convertTo(dark_coarse, CV_8U, gain);
    Bend bend = Bend::tried(dark_coarse, issued.coarse, kReach)
                    .carried(2, issued.half.strength.size(), kHalfBlock);
    for (int round = 0; round < 2; ++round) bend.improve(dark_half, issued.half);
    bend = bend.carried(2, issued.fine.strength.size(), kLaidBlock);
    Laid laid;
    laid.roughness = bend.roughness();
    if (laid.roughness > kMuchBent) {
        cv::Mat dark;
        scan.convertTo(dark, CV_8U, gain);
        for (int round = 0; round < 3; ++round) bend.improve(dark, issued.fine);
    }
    laid.scan = bend.straightened(scan);
    laid.unrest = bend.unrest();
    laid.should = soft_and_pale(laid.scan, issued);
    if (std::getenv("WQ_DEBUG")) std::printf("rough %.3f far %.2f\n", bend.roughness(), bend.farthest());
    return laid;
}

}  // namespace wq::scan
