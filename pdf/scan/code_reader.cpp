#include "pdf/scan/code_reader.h"

#include "pdf/scan/mat.h"

#include <ZXing/ReadBarcode.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <chrono>

namespace wq::scan {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kLeastSide = 64;   // pixels
constexpr int kEnough = 2;       // codes on a page
constexpr int kThumbnail = 600;  // longer side, for finding candidates
constexpr int kCandidates = 4;
constexpr double kCandidateSide = 100;  // pixels of the thumbnail around a candidate

ZXing::DecodeHints hints(ZXing::Binarizer binarizer, bool downscale) {
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode)
        .setTryHarder(true)
        .setTryRotate(true)
        .setTryDownscale(downscale);
    return hints.setBinarizer(binarizer);
}

// Collects what is found; the same text at the same place counts once.
class Finder {
  public:
    explicit Finder(const CodeSearch& search) : search_(search), start_(Clock::now()) {}

    bool has_enough() const {
        return std::ranges::count_if(
                   found_, [&](const FoundCode& code) { return search_.wanted(code.text); }) >= kEnough;
    }
    bool has_one() const {
        return std::ranges::any_of(found_, [&](const FoundCode& code) { return search_.wanted(code.text); });
    }
    bool has_time() const { return Clock::now() - start_ < std::chrono::milliseconds(search_.budget_ms); }
    std::vector<FoundCode> take() { return std::move(found_); }

    // `grey` is part of the picture from `origin`, enlarged by `scale`.
    void read(const cv::Mat& grey, cv::Point origin, double scale, ZXing::Binarizer binarizer,
              bool downscale = false) {
        const ZXing::ImageView view(grey.data, grey.cols, grey.rows, ZXing::ImageFormat::Lum,
                                    static_cast<int>(grey.step));
        for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints(binarizer, downscale))) {
            if (!result.isValid()) continue;
            FoundCode code{result.text(), {}};
            for (int i = 0; i < 4; ++i)
                code.corners[i] = {origin.x + result.position()[i].x / scale,
                                   origin.y + result.position()[i].y / scale};
            add(std::move(code));
        }
    }

  private:
    void add(FoundCode code) {
        const auto same = [&](const FoundCode& other) {
            const double side =
                std::hypot(code.corners[0].x - code.corners[2].x, code.corners[0].y - code.corners[2].y);
            return other.text == code.text && std::hypot(other.corners[0].x - code.corners[0].x,
                                                         other.corners[0].y - code.corners[0].y) < side / 2;
        };
        if (std::ranges::none_of(found_, same)) found_.push_back(std::move(code));
    }

    const CodeSearch& search_;
    Clock::time_point start_;
    std::vector<FoundCode> found_;
};

// Where light and dark change most: squares around the strongest places.
std::vector<cv::Rect> candidates(const cv::Mat& grey) {
    const double scale = static_cast<double>(kThumbnail) / std::max(grey.cols, grey.rows);
    cv::Mat small, dx, dy, edges, density;
    cv::resize(grey, small, {}, scale, scale, cv::INTER_AREA);
    cv::Sobel(small, dx, CV_32F, 1, 0);
    cv::Sobel(small, dy, CV_32F, 0, 1);
    // Text has edges of one direction here and there; a code has both everywhere.
    cv::Mat across, along;
    cv::boxFilter(cv::abs(dx), across, -1, {37, 37});
    cv::boxFilter(cv::abs(dy), along, -1, {37, 37});
    cv::min(across, along, density);
    std::vector<cv::Rect> rects;
    for (int i = 0; i < kCandidates; ++i) {
        double strongest = 0;
        cv::Point at;
        cv::minMaxLoc(density, nullptr, &strongest, nullptr, &at);
        if (strongest < 8) break;
        const double half = kCandidateSide / 2 / scale;
        const cv::Rect square(static_cast<int>(at.x / scale - half), static_cast<int>(at.y / scale - half),
                              static_cast<int>(2 * half), static_cast<int>(2 * half));
        rects.push_back(square & cv::Rect(0, 0, grey.cols, grey.rows));
        cv::circle(density, at, static_cast<int>(kCandidateSide / 2.4), cv::Scalar(0), cv::FILLED);
    }
    return rects;
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

// `rect` of `grey`, which is itself part of the picture from `origin`.
void read_closely(Finder& finder, const cv::Mat& grey, const cv::Rect& rect, cv::Point origin = {}) {
    using enum ZXing::Binarizer;
    const cv::Mat flat = flattened(grey(rect));
    cv::Mat soft, large;
    cv::GaussianBlur(flat, soft, {}, 1.0);
    finder.read(soft, origin + rect.tl(), 1, LocalAverage);
    finder.read(soft, origin + rect.tl(), 1, GlobalHistogram);
    if (finder.has_one() || !finder.has_time()) return;
    cv::resize(flat, large, {}, 2, 2, cv::INTER_CUBIC);
    finder.read(large, origin + rect.tl(), 2, LocalAverage);
    finder.read(sharpened(large), origin + rect.tl(), 2, GlobalHistogram);
}

void read_last(Finder& finder, const cv::Mat& grey, const cv::Rect& rect, cv::Point origin = {}) {
    const cv::Mat flat = flattened(grey(rect));
    for (double scale : {0.75, 1.5, 3.0}) {
        if (!finder.has_time()) return;
        cv::Mat sized;
        cv::resize(flat, sized, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
        finder.read(sized, origin + rect.tl(), scale, ZXing::Binarizer::LocalAverage);
        cv::medianBlur(sized, sized, 5);
        finder.read(sized, origin + rect.tl(), scale, ZXing::Binarizer::LocalAverage);
    }
}

}  // namespace

std::vector<FoundCode> find_codes(const Picture& picture, const CodeSearch& search) {
    if (std::min(picture.width, picture.height) < kLeastSide) return {};
    const cv::Mat grey = without_colour(view_of(picture));
    Finder finder(search);
    const std::vector<cv::Rect> rects = candidates(grey);
    for (const cv::Rect& rect : rects) {
        finder.read(grey(rect), rect.tl(), 1, ZXing::Binarizer::LocalAverage);
        if (finder.has_enough()) return finder.take();
    }
    for (const cv::Rect& rect : rects) {
        if (finder.has_enough() || !finder.has_time()) return finder.take();
        read_closely(finder, grey, rect);
    }
    if (!finder.has_one() && finder.has_time())
        finder.read(grey, {}, 1, ZXing::Binarizer::LocalAverage, true);
    for (const cv::Rect& rect : rects)
        if (!finder.has_one()) read_last(finder, grey, rect);
    return finder.take();
}

std::vector<FoundCode> find_codes_in(const Picture& picture, const sheet::Box& part,
                                     const CodeSearch& search) {
    const cv::Rect wanted(static_cast<int>(part.x), static_cast<int>(part.y), static_cast<int>(part.width),
                          static_cast<int>(part.height));
    const cv::Rect rect = wanted & cv::Rect(0, 0, picture.width, picture.height);
    if (std::min(rect.width, rect.height) < kLeastSide) return {};
    const cv::Mat grey = without_colour(view_of(picture)(rect));
    Finder finder(search);
    finder.read(grey, rect.tl(), 1, ZXing::Binarizer::LocalAverage);
    const auto closer = [&](auto read) {
        if (!finder.has_one() && finder.has_time())
            read(finder, grey, cv::Rect(0, 0, rect.width, rect.height), rect.tl());
    };
    closer(read_closely);
    closer(read_last);
    return finder.take();
}

}  // namespace wq::scan
