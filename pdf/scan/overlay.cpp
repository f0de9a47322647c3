#include "pdf/scan/overlay.h"

#include "pdf/scan/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace wq::scan {
namespace {

constexpr double kLeastLikeness = 0.35;  // below: nothing to align by
constexpr double kLeastTexture = 5;      // mean slope, of each direction
constexpr double kDeepestShadow = 0.28;  // of the paper in the light
constexpr double kMuchBent = 0.5;        // pixels, in the mean, from block to block

// How far the blocks of one page lie from their places on another; neighbours speak for empty ones.
struct Bend {
    int block = 0;  // pixels
    cv::Mat_<cv::Vec2f> shifts;

    double roughness() const {
        const cv::Mat right = shifts.colRange(1, shifts.cols), left = shifts.colRange(0, shifts.cols - 1);
        return cv::norm(right, left, cv::NORM_L1) / static_cast<double>(right.total());
    }
};

// A lone line fits anywhere along itself: there must be edges of both directions.
class Texture {
  public:
    explicit Texture(const cv::Mat& page) {
        cv::Mat dx, dy;
        cv::Sobel(page, dx, CV_16S, 1, 0);
        cv::Sobel(page, dy, CV_16S, 0, 1);
        cv::convertScaleAbs(dx, dx, 0.25);
        cv::convertScaleAbs(dy, dy, 0.25);
        cv::integral(dx, across_, CV_32S);
        cv::integral(dy, along_, CV_32S);
    }
    bool is_enough(const cv::Rect& block) const {
        return std::min(mean(across_, block), mean(along_, block)) > kLeastTexture;
    }

  private:
    static double mean(const cv::Mat& sums, const cv::Rect& block) {
        const int sum = sums.at<int>(block.y, block.x) + sums.at<int>(block.br()) -
                        sums.at<int>(block.y, block.x + block.width) -
                        sums.at<int>(block.y + block.height, block.x);
        return sum / static_cast<double>(block.area());
    }
    cv::Mat across_, along_;
};

std::optional<cv::Vec2f> shift_of(const cv::Mat& scan, const cv::Mat& issued, const cv::Rect& block,
                                  int reach) {
    const cv::Rect wide(block.x - reach, block.y - reach, block.width + 2 * reach, block.height + 2 * reach);
    if ((wide & cv::Rect({}, scan.size())) != wide) return std::nullopt;
    cv::Mat likeness;
    cv::matchTemplate(scan(wide), issued(block), likeness, cv::TM_CCOEFF_NORMED);
    const Match match = best_match(likeness);
    if (match.likeness < kLeastLikeness) return std::nullopt;
    return cv::Vec2f(static_cast<float>(match.at.x - reach), static_cast<float>(match.at.y - reach));
}

// Empty blocks take the mean of their neighbours, again and again until all have one.
void fill(cv::Mat_<cv::Vec2f>& shifts, cv::Mat_<std::uint8_t>& known) {
    for (int round = 0;
         round < shifts.rows + shifts.cols && cv::countNonZero(known) < static_cast<int>(known.total());
         ++round) {
        const cv::Mat_<std::uint8_t> before = known.clone();
        for (int y = 0; y < shifts.rows; ++y)
            for (int x = 0; x < shifts.cols; ++x) {
                if (before(y, x)) continue;
                cv::Vec2f sum;
                int count = 0;
                for (int dy = -1; dy <= 1; ++dy)
                    for (int dx = -1; dx <= 1; ++dx) {
                        const cv::Point at(x + dx, y + dy);
                        if (!cv::Rect({}, shifts.size()).contains(at) || !before(at)) continue;
                        sum += shifts(at);
                        ++count;
                    }
                if (count > 0) shifts(y, x) = sum / count, known(y, x) = 1;
            }
    }
}

// A block that moved against all around it was misled.
void calm(cv::Mat_<cv::Vec2f>& shifts) {
    std::vector<cv::Mat> parts;
    cv::split(shifts, parts);
    for (cv::Mat& part : parts) {
        cv::Mat usual;
        cv::medianBlur(part, usual, 3);
        usual.copyTo(part, cv::abs(part - usual) > 1.2f);
    }
    cv::merge(parts, shifts);
}

Bend bend_of(const cv::Mat& scan, const cv::Mat& issued, int block, int reach) {
    Bend bend{block, cv::Mat_<cv::Vec2f>(issued.rows / block, issued.cols / block, cv::Vec2f())};
    cv::Mat_<std::uint8_t> known(bend.shifts.size(), std::uint8_t{0});
    const Texture texture(issued);
    for (int row = 0; row < bend.shifts.rows; ++row)
        for (int column = 0; column < bend.shifts.cols; ++column) {
            const cv::Rect rect(column * block, row * block, block, block);
            if (!texture.is_enough(rect)) continue;
            if (const auto shift = shift_of(scan, issued, rect, reach))
                bend.shifts(row, column) = *shift, known(row, column) = 1;
        }
    fill(bend.shifts, known);
    calm(bend.shifts);
    return bend;
}

// `page` moved by the bend, which was measured on a picture `finer` times smaller; straight between the
// blocks' middles.
cv::Mat bent(const cv::Mat& page, const Bend& bend, float finer) {
    cv::Mat map_x(page.size(), CV_32F), map_y(page.size(), CV_32F), moved;
    const float step = static_cast<float>(bend.block) * finer;
    const auto place = [&](int at, int blocks, int& first, float& part) {
        const float where =
            std::clamp((static_cast<float>(at) + 0.5f) / step - 0.5f, 0.f, static_cast<float>(blocks - 1));
        first = std::min(static_cast<int>(where), std::max(0, blocks - 2));
        part = where - static_cast<float>(first);
    };
    std::vector<int> firsts(static_cast<std::size_t>(page.cols));
    std::vector<float> parts(firsts.size());
    for (int x = 0; x < page.cols; ++x)
        place(x, bend.shifts.cols, firsts[static_cast<std::size_t>(x)], parts[static_cast<std::size_t>(x)]);
    std::vector<cv::Vec2f> row(static_cast<std::size_t>(bend.shifts.cols));
    for (int y = 0; y < page.rows; ++y) {
        int first = 0;
        float part = 0;
        place(y, bend.shifts.rows, first, part);
        for (int i = 0; i < bend.shifts.cols; ++i)
            row[static_cast<std::size_t>(i)] =
                finer * (bend.shifts(first, i) * (1 - part) +
                         bend.shifts(std::min(first + 1, bend.shifts.rows - 1), i) * part);
        auto *to_x = map_x.ptr<float>(y), *to_y = map_y.ptr<float>(y);
        for (int x = 0; x < page.cols; ++x) {
            const auto column = static_cast<std::size_t>(firsts[static_cast<std::size_t>(x)]);
            const float along = parts[static_cast<std::size_t>(x)];
            const cv::Vec2f &left = row[column], &right = row[std::min(column + 1, row.size() - 1)];
            to_x[x] = static_cast<float>(x) - left[0] - (right[0] - left[0]) * along;
            to_y[x] = static_cast<float>(y) - left[1] - (right[1] - left[1]) * along;
        }
    }
    cv::remap(page, moved, map_x, map_y, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(0));
    return moved;
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

cv::Mat laid_over(const cv::Mat& scan, const cv::Mat& issued) {
    cv::Mat small_scan, small_issued;
    cv::resize(scan, small_scan, {scan.cols / 2, scan.rows / 2}, 0, 0, cv::INTER_AREA);
    cv::resize(issued, small_issued, {issued.cols / 2, issued.rows / 2}, 0, 0, cv::INTER_AREA);
    const Bend wide = bend_of(small_scan, small_issued, 36, 5);
    cv::Mat laid = bent(issued, wide, 2);
    if (wide.roughness() < kMuchBent) return laid;
    return bent(laid, bend_of(scan, laid, 36, 4), 1);
}

cv::Mat softened(const cv::Mat& scan, const cv::Mat& laid) {
    // The body's upper part tells for all.
    const cv::Rect part(scan.cols / 10, scan.rows / 6, scan.cols / 2, scan.rows / 4);
    double least = 1e300, best_softness = 0, best_gain = 1;
    for (double softness : {0.0, 0.4, 0.6, 0.85, 1.1, 1.5, 2.0}) {
        cv::Mat soft;
        if (softness > 0)
            cv::GaussianBlur(laid(part), soft, {}, softness);
        else
            soft = laid(part);
        const double gain = scan(part).dot(soft) / std::max(1.0, soft.dot(soft));
        cv::Mat tried;
        soft.convertTo(tried, CV_8U, gain);
        const double off = cv::norm(scan(part), tried, cv::NORM_L1);
        if (off < least) least = off, best_softness = softness, best_gain = gain;
    }
    cv::Mat soft;
    if (best_softness > 0)
        cv::GaussianBlur(laid, soft, {}, best_softness);
    else
        soft = laid.clone();
    soft.convertTo(soft, CV_8U, best_gain);
    return soft;
}

}  // namespace wq::scan
