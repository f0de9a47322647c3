#include "pdf/scan/code_reader.h"

#include "pdf/scan/code_candidates.h"
#include "pdf/scan/code_grid.h"
#include "pdf/scan/mat.h"

#include <ZXing/ReadBarcode.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <chrono>

namespace wq::scan {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kLeastSide = 64;      // pixels
constexpr std::size_t kEnough = 2;  // codes on a page
constexpr double kLeastCode = 50;   // pixels a side

double side_of(const Corners& corners) {
    return std::hypot(corners[0].x - corners[2].x, corners[0].y - corners[2].y) / std::sqrt(2.0);
}
cv::Point2d centre_of(const Corners& corners) {
    cv::Point2d sum;
    for (const sheet::Point& corner : corners) sum += cv::Point2d(corner.x / 4, corner.y / 4);
    return sum;
}

// A part of the picture without its colours; `scale` is what it was enlarged by.
struct View {
    cv::Mat grey;
    cv::Point origin;
    double scale = 1;
};

// Collects what is found, the same text at the same place once, and where a code was seen but not read.
class Finder {
  public:
    explicit Finder(const CodeSearch& search) : search_(search), start_(Clock::now()) {}

    bool has_enough() const { return count_wanted() >= kEnough; }
    bool has_one() const { return count_wanted() > 0; }
    bool has_time() const { return Clock::now() - start_ < std::chrono::milliseconds(search_.budget_ms); }
    bool has_one_in(const cv::Rect& square) const {
        return std::ranges::any_of(found_, [&](const FoundCode& code) {
            return square.contains(cv::Point(centre_of(code.corners)));
        });
    }
    std::vector<FoundCode> take() { return std::move(found_); }
    const std::vector<Corners>& seen() const { return seen_; }

    void read(const View& view, ZXing::Binarizer binarizer, bool whole_picture = false);
    void add(FoundCode code);

  private:
    std::size_t count_wanted() const {
        return static_cast<std::size_t>(
            std::ranges::count_if(found_, [&](const FoundCode& code) { return search_.wanted(code.text); }));
    }
    void note_seen(const Corners& corners);

    const CodeSearch& search_;
    Clock::time_point start_;
    std::vector<FoundCode> found_;
    std::vector<Corners> seen_;
};

void Finder::read(const View& view, ZXing::Binarizer binarizer, bool whole_picture) {
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode)
        .setTryHarder(true)
        .setTryRotate(false)  // means bar codes
        .setTryDownscale(whole_picture)
        .setReturnErrors(true)
        .setMaxNumberOfSymbols(whole_picture ? 4 : 1)
        .setBinarizer(binarizer);
    const ZXing::ImageView image(view.grey.data, view.grey.cols, view.grey.rows, ZXing::ImageFormat::Lum,
                                 static_cast<int>(view.grey.step));
    for (const ZXing::Result& result : ZXing::ReadBarcodes(image, hints)) {
        Corners corners;
        for (int i = 0; i < 4; ++i)
            corners[static_cast<std::size_t>(i)] = {view.origin.x + result.position()[i].x / view.scale,
                                                    view.origin.y + result.position()[i].y / view.scale};
        if (result.isValid())
            add({result.text(), corners});
        else
            note_seen(corners);
    }
}

void Finder::add(FoundCode code) {
    const auto same = [&](const FoundCode& other) {
        return other.text == code.text &&
               cv::norm(centre_of(other.corners) - centre_of(code.corners)) < side_of(code.corners) / 2;
    };
    if (std::ranges::none_of(found_, same)) found_.push_back(std::move(code));
}

void Finder::note_seen(const Corners& corners) {
    std::vector<cv::Point2f> outline;
    for (const sheet::Point& corner : corners)
        outline.emplace_back(static_cast<float>(corner.x), static_cast<float>(corner.y));
    const double side = side_of(corners), area = cv::contourArea(outline);
    if (side < kLeastCode || !cv::isContourConvex(outline) || area < 0.6 * side * side) return;
    const auto same = [&](const Corners& other) {
        double off = 0;
        for (std::size_t i = 0; i < 4; ++i)
            off = std::max(off, std::hypot(other[i].x - corners[i].x, other[i].y - corners[i].y));
        return off < side / 30;
    };
    if (std::ranges::none_of(seen_, same)) seen_.push_back(corners);
}

// The paper's own brightness divided out: shadows and light go, ink stays.
cv::Mat flattened(const cv::Mat& grey) {
    cv::Mat small, paper, flat;
    cv::resize(grey, small, {}, 0.125, 0.125, cv::INTER_AREA);
    cv::dilate(small, small, cv::Mat::ones(5, 5, CV_8U));
    cv::GaussianBlur(small, small, {}, 4);
    cv::resize(small, paper, grey.size());
    cv::divide(grey, paper, flat, 235);
    return flat;
}

cv::Mat sharpened(const cv::Mat& grey) {
    cv::Mat blurred, sharp;
    cv::GaussianBlur(grey, blurred, {}, 3);
    cv::addWeighted(grey, 2.0, blurred, -1.0, 0, sharp);
    return sharp;
}

void read_closely(Finder& finder, const cv::Mat& grey, cv::Point origin) {
    using enum ZXing::Binarizer;
    const cv::Mat flat = flattened(grey);
    cv::Mat soft, large;
    cv::GaussianBlur(flat, soft, {}, 1.0);
    const cv::Rect here(origin, grey.size());
    const auto goes_on = [&] { return !finder.has_one_in(here) && finder.has_time(); };
    finder.read({soft, origin, 1}, LocalAverage);
    if (goes_on()) finder.read({soft, origin, 1}, GlobalHistogram);
    if (!goes_on()) return;
    cv::resize(flat, large, {}, 2, 2, cv::INTER_CUBIC);
    finder.read({large, origin, 2}, LocalAverage);
    if (goes_on()) finder.read({sharpened(large), origin, 2}, GlobalHistogram);
}

std::vector<GridSize> sizes_of(const Corners& corners) {
    std::vector<GridSize> sizes;
    for (int side = kLeastModules; side <= kMostModules; side += 4) sizes.push_back({side, corners});
    return sizes;
}

// Module by module, where a code was seen.
void read_seen(Finder& finder, const cv::Mat& bgr, std::vector<MeasuredCode>* unread) {
    const cv::Rect all(0, 0, bgr.cols, bgr.rows);
    for (Corners corners : finder.seen()) {
        if (!finder.has_time()) return;
        const double half = side_of(corners) * 0.9;
        const cv::Point2d centre = centre_of(corners);
        const cv::Rect square =
            cv::Rect(cv::Rect2d(centre.x - half, centre.y - half, 2 * half, 2 * half)) & all;
        if (square.width < kLeastSide || square.height < kLeastSide || finder.has_one_in(square)) continue;
        MeasuredCode code = measure_code(bgr, sizes_of(corners));
        if (code.modules.likeness < kCodeLikeness) continue;
        if (auto text = text_of(code.modules))
            finder.add({std::move(*text), code.corners});
        else if (unread)
            unread->push_back(std::move(code));
    }
}

cv::Rect inside(const Picture& picture, const sheet::Box& part) {
    return cv::Rect(static_cast<int>(part.x), static_cast<int>(part.y), static_cast<int>(part.width),
                    static_cast<int>(part.height)) &
           cv::Rect(0, 0, picture.width, picture.height);
}

}  // namespace

std::vector<FoundCode> find_plain_codes(const Picture& picture, const CodeSearch& search) {
    if (std::min(picture.width, picture.height) < kLeastSide) return {};
    const cv::Mat bgr = view_of(picture);
    Finder finder(search);
    for (const Candidate& candidate : code_candidates(bgr)) {
        finder.read({without_colour(bgr(candidate.square)), candidate.square.tl()},
                    ZXing::Binarizer::LocalAverage);
        if (finder.has_enough()) break;
    }
    return finder.take();
}

std::vector<FoundCode> find_codes(const Picture& picture, const CodeSearch& search,
                                  std::vector<MeasuredCode>* unread) {
    if (std::min(picture.width, picture.height) < kLeastSide) return {};
    const cv::Mat bgr = view_of(picture);
    Finder finder(search);
    const std::vector<Candidate> candidates = code_candidates(bgr);
    std::vector<cv::Mat> greys;
    for (const Candidate& candidate : candidates) {
        greys.push_back(without_colour(bgr(candidate.square)));
        finder.read({greys.back(), candidate.square.tl()}, ZXing::Binarizer::LocalAverage);
        if (finder.has_enough()) return finder.take();
    }
    for (std::size_t i = 0; i < greys.size(); ++i) {
        if (finder.has_enough() || !finder.has_time()) return finder.take();
        if (finder.has_one() && i >= kEnough) break;
        if (!finder.has_one_in(candidates[i].square))
            read_closely(finder, greys[i], candidates[i].square.tl());
    }
    if (!finder.has_enough()) read_seen(finder, bgr, unread);
    if (!finder.has_one() && finder.has_time())
        finder.read({without_colour(bgr), {}}, ZXing::Binarizer::LocalAverage, true);
    return finder.take();
}

std::vector<FoundCode> find_codes_in(const Picture& picture, const sheet::Box& part,
                                     const CodeSearch& search) {
    const cv::Rect rect = inside(picture, part);
    if (std::min(rect.width, rect.height) < kLeastSide) return {};
    const cv::Mat grey = without_colour(view_of(picture)(rect));
    Finder finder(search);
    finder.read({grey, rect.tl()}, ZXing::Binarizer::LocalAverage);
    if (!finder.has_one() && finder.has_time()) read_closely(finder, grey, rect.tl());
    return finder.take();
}

}  // namespace wq::scan
