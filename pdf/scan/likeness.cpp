#include "pdf/scan/likeness.h"

#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

namespace wq::scan {
namespace {

constexpr int kBlock = 8;        // pixels a side, 1.4 mm at 150 dpi
constexpr int kPaperReach = 15;  // blocks within which some paper is bare
constexpr double kInk = 0.2;     // more ink in a block than in any near it of the other picture
constexpr int kBlocksOfNews = 4;

// Ink of each block by the paper around it, 0–1; any colour is ink.
cv::Mat ink_of(const Picture& picture) {
    cv::Mat channels[3], darkest, small, paper, ink;
    cv::split(view_of(picture), channels);
    cv::min(channels[0], channels[1], darkest);
    cv::min(darkest, channels[2], darkest);
    cv::resize(darkest, small, {picture.width / kBlock, picture.height / kBlock}, 0, 0, cv::INTER_AREA);
    cv::dilate(small, paper, cv::Mat::ones(kPaperReach, kPaperReach, CV_8U));
    cv::max(paper, 1, paper);
    small.convertTo(small, CV_32F);
    paper.convertTo(paper, CV_32F);
    cv::divide(small, paper, ink);
    return 1 - ink;
}

int blocks_of_news(const cv::Mat& ink, const cv::Mat& known) {
    cv::Mat near;
    cv::dilate(known, near, cv::Mat::ones(3, 3, CV_8U));
    return cv::countNonZero(ink - near > kInk);
}

}  // namespace

bool shows_the_same(const Picture& upright, const Picture& other) {
    if (upright.is_empty() || upright.width != other.width || upright.height != other.height) return false;
    if (upright.width < kBlock || upright.height < kBlock) return false;
    const cv::Mat one = ink_of(upright), two = ink_of(other);
    return blocks_of_news(one, two) < kBlocksOfNews && blocks_of_news(two, one) < kBlocksOfNews;
}

}  // namespace wq::scan
