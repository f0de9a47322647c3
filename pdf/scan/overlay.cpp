#include "pdf/scan/overlay.h"

#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace wq::scan {
namespace {

constexpr double kDeepestShadow = 0.28;  // of the paper in the light
constexpr double kMuchBent = 0.25;       // pixels, in the mean, from block to block
constexpr double kCrumpled = 0.5;
constexpr int kCoarseBlock = 16, kHalfBlock = 16, kFineBlock = 20, kFinestBlock = 10, kReach = 3;
constexpr double kSharp = 0.9, kSoftContrast = 0.74;
constexpr double kUsualMisfit = 0.135, kMuchUnlike = 1.3, kOther = 2.6, kMostMisfit = 2;
constexpr int kPrint = 60;  // of 255
constexpr int kTone = 16, kTones = 17;
constexpr double kFewPixels = 200;
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

cv::Mat soft_and_pale(const cv::Mat& scan, const IssuedInk& issued, double& softness) {
    const cv::Mat part = scan(telling_part(scan.size()));
    double most = -1, gain = 1;
    for (std::size_t i = 0; i < kSoftness.size(); ++i) {
        // What is left of the scan when this much of it is explained.
        const double both = part.dot(issued.soft[i]), own = std::max(1.0, issued.soft[i].dot(issued.soft[i]));
        const double explained = both * both / own;
        if (explained > most) most = explained, softness = kSoftness[i], gain = both / own;
    }
    // How much ink the scan shows where so much is to be expected: copiers make thin lines as black as thick.
    std::array<double, kTones> seen{}, count{};
    cv::Mat pale, soft;
    softened(issued.ink, softness).convertTo(soft, CV_8U, gain);
    const cv::Mat soft_part = soft(telling_part(soft.size()));
    for (int y = 0; y < part.rows; ++y)
        for (int x = 0; x < part.cols; ++x) {
            const auto tone =
                static_cast<std::size_t>((soft_part.at<std::uint8_t>(y, x) + kTone / 2) / kTone);
            seen[tone] += part.at<std::uint8_t>(y, x), ++count[tone];
        }
    cv::Mat_<std::uint8_t> tones(1, 256);
    for (std::size_t tone = 0; tone < kTones; ++tone)
        seen[tone] = count[tone] < kFewPixels ? double(tone) * kTone : seen[tone] / count[tone];
    seen[0] = 0;
    for (int i = 0; i < 256; ++i) {
        const auto tone = static_cast<std::size_t>(i / kTone);
        const double part_way = i % kTone / double(kTone);
        tones(0, i) = cv::saturate_cast<std::uint8_t>(std::max<double>(
            i, seen[tone] * (1 - part_way) + seen[std::min<std::size_t>(tone + 1, kTones - 1)] * part_way));
    }
    cv::LUT(soft, tones, pale);
    return pale;
}

// How far print is from what was to be expected of it, by and large: a copy of a copy more than a scan.
double misfit(const cv::Mat& scan, const cv::Mat& should) {
    const cv::Rect part = telling_part(scan.size());
    cv::Mat off;
    cv::absdiff(scan(part), should(part), off);
    cv::blur(off, off, {3, 3});
    const cv::Mat print = should(part) > kPrint;
    return cv::mean(off, print)[0] / std::max(1.0, cv::mean(should(part), print)[0]);
}

}  // namespace

cv::Mat ink_of(const cv::Mat& bgr, cv::Mat* dark) {
    const cv::Mat grey = without_colour(bgr);
    cv::Mat small, paper, ink;
    cv::resize(grey, small, {}, 0.25, 0.25, cv::INTER_LINEAR);
    cv::resize(small, small, {}, 0.5, 0.5, cv::INTER_LINEAR);
    // Print vanishes, shadows stay as they are; but what is nearly black is no shadow.
    cv::morphologyEx(small, small, cv::MORPH_CLOSE, cv::Mat::ones(9, 9, CV_8U));
    double lightest = 0;
    cv::minMaxLoc(small, nullptr, &lightest);
    if (dark) *dark = small < kDeepestShadow * lightest;
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
    fine = Slopes(softened(ink, 0.6), kFineBlock);
    finest = Slopes(fine.ink, kFinestBlock);
    for (double softness : kSoftness)
        soft.push_back(softened(ink, softness)(telling_part(ink.size())).clone());
}

Laid laid_over(const cv::Mat& scan, const IssuedInk& issued) {
    const cv::Mat half = smaller(scan), coarse = smaller(half);
    const double gain =
        std::clamp(cv::sum(issued.coarse.ink)[0] / std::max(1.0, cv::sum(coarse)[0]), 0.8, 3.0);
    cv::Mat dark_half, dark_coarse;
    half.convertTo(dark_half, CV_8U, gain);
    coarse.convertTo(dark_coarse, CV_8U, gain);
    Bend bend =
        Bend::tried(dark_coarse, issued.coarse, kReach).carried(2, issued.half.strength.size(), kHalfBlock);
    for (int round = 0; round < 2; ++round) bend.improve(dark_half, issued.half);
    bend = bend.carried(2, issued.fine.strength.size(), kFineBlock);
    Laid laid;
    laid.roughness = bend.roughness();
    if (laid.roughness > kMuchBent) {
        cv::Mat dark;
        scan.convertTo(dark, CV_8U, gain);
        for (int round = 0; round < 3; ++round) bend.improve(dark, issued.fine);
        laid.roughness = bend.roughness();
        if (laid.roughness > kCrumpled) {
            bend = bend.carried(1, issued.finest.strength.size(), kFinestBlock);
            for (int round = 0; round < 2; ++round) bend.improve(dark, issued.finest);
        }
    }
    laid.scan = bend.straightened(scan);
    double softness = 0;
    laid.should = soft_and_pale(laid.scan, issued, softness);
    const double unlike = misfit(laid.scan, laid.should) / kUsualMisfit;
    laid.contrast = (softness > kSharp ? kSoftContrast : 1) * std::clamp(unlike, 1.0, kMostMisfit);
    laid.is_like = unlike < kMuchUnlike || unlike > kOther;
    laid.is_other = unlike > kOther;
    return laid;
}

}  // namespace wq::scan
