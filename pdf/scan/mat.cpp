#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

#include <vector>

namespace wq::scan {

Match best_match(const cv::Mat_<float>& likeness) {
    Match match;
    cv::Point at;
    cv::minMaxLoc(likeness, nullptr, &match.likeness, nullptr, &at);
    const auto top = [&](cv::Point step) {
        const cv::Rect inside({}, likeness.size());
        if (!inside.contains(at - step) || !inside.contains(at + step)) return 0.0;
        const double before = likeness(at - step), here = likeness(at), after = likeness(at + step);
        const double bend = before - 2 * here + after;
        return bend < 0 ? (before - after) / (2 * bend) : 0.0;
    };
    match.at = {at.x + top({1, 0}), at.y + top({0, 1})};
    return match;
}

cv::Mat without_colour(const cv::Mat& bgr) {
    std::vector<cv::Mat> channels;
    cv::split(bgr, channels);
    cv::Mat grey;
    cv::max(channels[0], channels[1], grey);
    cv::max(grey, channels[2], grey);
    return grey;
}

}  // namespace wq::scan
