// The kinds of damage, each at five strengths. Seal, pen and fold go across both codes of the page.
#include "data/base/result.h"
#include "pdf/scan/mat.h"
#include "tests/workshop/treatment.h"
#include "tests/workshop/workshop.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace wq::workshop {
namespace {

const cv::Scalar kLid(236, 238, 238);  // of a scanner, behind the sheet

double scale_of(const cv::Mat& page) { return page.cols / sheet::kWidth; }

cv::Mat noise(const cv::Mat& page, int strength, cv::RNG& random) {
    return noisy(page, 9.0 * strength, random);
}

cv::Mat blur(const cv::Mat& page, int strength, cv::RNG&) {
    cv::Mat soft;
    cv::GaussianBlur(page, soft, {}, 0.45 * strength);
    return soft;
}

cv::Mat jpeg(const cv::Mat& page, int strength, cv::RNG&) { return as_jpeg(page, 62 - 11 * strength); }

cv::Mat low_resolution(const cv::Mat& page, int strength, cv::RNG&) {
    cv::Mat small;
    cv::resize(page, small, {}, 1 - 0.11 * strength, 1 - 0.11 * strength, cv::INTER_AREA);
    return small;
}

cv::Mat light(const cv::Mat& page, int strength, cv::RNG& random) {
    return lit(page, 0.14 * strength, random.uniform(0.0, 2 * CV_PI));
}

// Turned about its middle on a glass that is large enough for it.
cv::Mat rotation(const cv::Mat& page, int strength, cv::RNG& random) {
    const double degrees = random.uniform(-9.0, 9.0) * strength + 90 * random.uniform(0, 4);
    const double turn = degrees * CV_PI / 180, c = std::abs(std::cos(turn)), s = std::abs(std::sin(turn));
    const cv::Size size(static_cast<int>(page.cols * c + page.rows * s),
                        static_cast<int>(page.cols * s + page.rows * c));
    cv::Mat matrix = cv::getRotationMatrix2D(
        {static_cast<float>(page.cols) / 2, static_cast<float>(page.rows) / 2}, degrees, 1);
    matrix.at<double>(0, 2) += (size.width - page.cols) / 2.0;
    matrix.at<double>(1, 2) += (size.height - page.rows) / 2.0;
    cv::Mat turned;
    cv::warpAffine(page, turned, matrix, size, cv::INTER_LINEAR, cv::BORDER_CONSTANT, kLid);
    return turned;
}

cv::Mat seen_from(const cv::Mat& page, double reach, int margin, const cv::Scalar& around, cv::RNG& random) {
    const auto near = [&](double x, double y) {
        return cv::Point2f(static_cast<float>(x + random.uniform(-reach, reach)),
                           static_cast<float>(y + random.uniform(-reach, reach)));
    };
    const auto width = static_cast<float>(page.cols), height = static_cast<float>(page.rows);
    const std::vector<cv::Point2f> from = {{0, 0}, {width, 0}, {width, height}, {0, height}};
    const std::vector<cv::Point2f> to = {near(margin, margin), near(margin + width, margin),
                                         near(margin + width, margin + height),
                                         near(margin, margin + height)};
    cv::Mat seen;
    cv::warpPerspective(page, seen, cv::getPerspectiveTransform(from, to),
                        {page.cols + 2 * margin, page.rows + 2 * margin}, cv::INTER_LINEAR,
                        cv::BORDER_CONSTANT, around);
    return seen;
}

cv::Mat perspective(const cv::Mat& page, int strength, cv::RNG& random) {
    return seen_from(page, page.cols * 0.017 * strength, page.cols / 10, {70, 92, 120}, random);
}

// Across the upper code, and another one across the lower.
cv::Mat seal(const cv::Mat& page, int strength, cv::RNG& random) {
    Picture copy = scan::picture_of(page);
    const double ink = 0.35 + 0.13 * strength;
    const auto off = [&] { return random.uniform(-9.0, 9.0); };
    for (const sheet::Box& box : {sheet::kUpperCode, sheet::kLowerCode})
        press_seal(copy, {box.centre().x + off(), box.centre().y + off()},
                   {.tilt = random.uniform(-30.0, 30.0), .strength = ink}, random.next());
    return scan::view_of(copy).clone();
}

// Toner flakes off along the crease; the two halves take the light differently.
void crease(cv::Mat& page, cv::Point2d from, cv::Point2d to, double width, double step, cv::RNG& random) {
    const cv::Mat_<float> flakes = hills(page.size(), 3, random);
    const cv::Point2d along = (to - from) / cv::norm(to - from), across(-along.y, along.x);
    cv::Mat_<float> shade(page.size());
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x) {
            const double off = (cv::Point2d(x, y) - from).dot(across);
            shade(y, x) = static_cast<float>(1 - step / (1 + std::exp(-off / (6 * width))) *
                                                     std::exp(-std::abs(off) / (40 * width)));
            const double bare = (1 - std::abs(off) / (width / 2)) * 2.2 + 0.9 * flakes(y, x);
            if (bare <= 0) continue;
            const double part = std::min(1.0, bare);
            for (int c = 0; c < 3; ++c) {
                auto& pixel = page.at<cv::Vec3b>(y, x)[c];
                pixel = cv::saturate_cast<std::uint8_t>(pixel * (1 - part) + 222 * part);
            }
        }
    page = shaded(page, shade);
}

cv::Mat fold(const cv::Mat& page, int strength, cv::RNG& random) {
    cv::Mat folded = page.clone();
    for (const sheet::Box& box : {sheet::kUpperCode, sheet::kLowerCode}) {
        const cv::Rect code = pixels(box, scale_of(page));
        const double width = 0.25 * strength * scale_of(page), lean = random.uniform(-3.0, 3.0) * strength;
        const double step = 0.03 * strength;
        if (random.uniform(0, 2) == 0) {
            const double x = code.x + random.uniform(0.25, 0.75) * code.width;
            crease(folded, {x - lean, 0}, {x + lean, double(page.rows)}, width, step, random);
        } else {
            const double y = code.y + random.uniform(0.25, 0.75) * code.height;
            crease(folded, {0, y - lean}, {double(page.cols), y + lean}, width, step, random);
        }
    }
    return folded;
}

void scribble(cv::Mat& ink, cv::Rect area, int strokes, int thickness, cv::RNG& random) {
    for (int i = 0; i < strokes; ++i) {
        std::vector<cv::Point> stroke;
        cv::Point at(area.x + random.uniform(0, area.width), area.y + random.uniform(0, area.height));
        for (int k = 0; k < 6; ++k) {
            stroke.push_back(at);
            at += cv::Point(random.uniform(-area.width / 3, area.width / 3),
                            random.uniform(-area.height / 3, area.height / 3));
            at.x = std::clamp(at.x, area.x, area.x + area.width);
            at.y = std::clamp(at.y, area.y, area.y + area.height);
        }
        cv::polylines(ink, stroke, false, cv::Scalar(255), thickness, cv::LINE_AA);
    }
}

// A ballpoint, blue-black, blue or black.
cv::Mat pen(const cv::Mat& page, int strength, cv::RNG& random) {
    static const cv::Scalar kInks[] = {kPenInk, {150, 60, 25}, {38, 36, 34}};
    cv::Mat written = page.clone(), ink(page.size(), CV_8U, cv::Scalar(0));
    for (const sheet::Box& box : {sheet::kUpperCode, sheet::kLowerCode})
        scribble(ink, pixels(box, scale_of(page)), strength,
                 std::max(1, static_cast<int>(0.5 * scale_of(page))), random);
    lay_ink(written, ink, kInks[random.uniform(0, 3)], 0.95);
    return written;
}

// Paper that was a ball and lies flat again: facets at slightly different angles, so shifts and shades that
// break at the edges, and the edges' white lines.
cv::Mat crumple(const cv::Mat& page, int strength, cv::RNG& random) {
    const double unit = scale_of(page) / (200 / 25.4);  // the pixel of 200 dpi
    const cv::Mat_<float> wide_x = hills(page.size(), 120 * unit, random),
                          wide_y = hills(page.size(), 120 * unit, random);
    cv::Mat_<float> slope(page.size(), 0.f), bare(page.size(), 0.f);
    for (int i = 0; i < 14 + 8 * strength; ++i) {
        const double turn = random.uniform(0.0, CV_PI), reach = random.uniform(150.0, 700.0) * unit;
        const cv::Point2d middle(random.uniform(0, page.cols), random.uniform(0, page.rows)),
            way(std::cos(turn) * reach, std::sin(turn) * reach);
        const float side = static_cast<float>(random.uniform(-1.0, 1.0));
        const std::vector<cv::Point> facet = {middle - way, middle + way,
                                              middle + cv::Point2d(-way.y, way.x) * 0.7};
        cv::Mat_<float> one(page.size(), 0.f);
        cv::fillConvexPoly(one, facet, cv::Scalar(side));
        slope += one;
        cv::line(bare, facet[0], facet[1], cv::Scalar(0.5 * std::abs(side)), 1, cv::LINE_8);
    }
    cv::GaussianBlur(slope, slope, {}, 3 * unit);
    cv::GaussianBlur(bare, bare, {}, 0.7 * unit);
    const cv::Mat_<float> moves_x = wide_x * (1.6 * strength * unit) + slope * (0.35 * strength * unit),
                          moves_y = wide_y * (1.6 * strength * unit) - slope * (0.35 * strength * unit);
    cv::Mat_<cv::Vec2f> map(page.size());
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x)
            map(y, x) = {static_cast<float>(x) + moves_x(y, x), static_cast<float>(y) + moves_y(y, x)};
    cv::Mat moved, shade;
    cv::remap(page, moved, map, {}, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(240, 240, 240));
    cv::Mat white(page.size(), CV_8UC3, cv::Scalar(232, 232, 232));
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x) {
            const float part = std::min(1.f, bare(y, x) * static_cast<float>(strength) * 0.5f);
            for (int c = 0; c < 3; ++c) {
                auto& pixel = moved.at<cv::Vec3b>(y, x)[c];
                pixel = cv::saturate_cast<std::uint8_t>(static_cast<float>(pixel) * (1 - part) + 232 * part);
            }
        }
    shade = 1 - 0.03 * strength * cv::Mat(cv::abs(slope));
    shade = cv::max(shade, 0.45);
    return shaded(moved, shade);
}

// A hand's or a telephone's, with a soft edge.
cv::Mat shadow(const cv::Mat& page, int strength, cv::RNG& random) {
    cv::Mat_<float> dark(page.size(), 0.f);
    const double turn = random.uniform(0.0, 2 * CV_PI);
    const cv::Point2d middle(page.cols * random.uniform(0.2, 0.8), page.rows * random.uniform(0.2, 0.8)),
        way(std::cos(turn), std::sin(turn)), side(-way.y, way.x);
    const double reach = page.rows;
    const auto at = [&](double along, double aside) {
        return cv::Point(middle + way * along * reach + side * aside * reach);
    };
    cv::fillConvexPoly(dark, std::vector<cv::Point>{at(0, -1), at(0.1, 1), at(2, 1), at(2, -1)},
                       cv::Scalar(1));
    cv::Mat small;
    cv::resize(dark, small, {}, 0.125, 0.125, cv::INTER_AREA);
    cv::GaussianBlur(small, small, {}, random.uniform(1.0, 5.0));
    cv::resize(small, dark, page.size());
    return shaded(page, 1 - (0.13 * strength) * dark);
}

// Grey, hard, with specks, a little off in size: once more for each strength beyond the second.
cv::Mat photocopy(const cv::Mat& page, int strength, cv::RNG& random) {
    cv::Mat grey, wide;
    cv::cvtColor(page, grey, cv::COLOR_BGR2GRAY);
    for (int generation = 0; generation < (strength + 1) / 2; ++generation) {
        cv::GaussianBlur(grey, grey, {}, 0.5 + 0.05 * strength);
        grey.convertTo(wide, CV_32F, 1 / 255.0);
        const cv::Mat_<float> drum = hills(grey.size(), 90, random);
        for (int y = 0; y < grey.rows; ++y)
            for (int x = 0; x < grey.cols; ++x) {
                const float middle = 0.55f + 0.02f * static_cast<float>(strength) * drum(y, x);
                const float hard =
                    1 / (1 + std::exp(-(wide.at<float>(y, x) - middle) * static_cast<float>(6 + strength)));
                grey.at<std::uint8_t>(y, x) = cv::saturate_cast<std::uint8_t>(20 + 225 * hard);
            }
        for (int i = 0; i < 60 * strength; ++i)
            cv::circle(grey, {random.uniform(0, grey.cols), random.uniform(0, grey.rows)},
                       random.uniform(0, 2), cv::Scalar(random.uniform(20, 120)), cv::FILLED, cv::LINE_AA);
    }
    cv::Mat copy;
    cv::cvtColor(grey, copy, cv::COLOR_GRAY2BGR);
    return noisy(copy, 2, random);
}

// Laid askew on the glass: part of one edge is not in the picture.
cv::Mat cut(const cv::Mat& page, int strength, cv::RNG& random) {
    const int off = static_cast<int>(4.0 * strength * scale_of(page));
    const int side = random.uniform(0, 4);
    cv::Rect rest(0, 0, page.cols, page.rows);
    if (side % 2 == 0) rest.width -= off;
    if (side % 2 == 1) rest.height -= off;
    if (side == 0) rest.x = off;
    if (side == 1) rest.y = off;
    return page(rest).clone();
}

// Dust on the glass of a feeder draws lines along the whole sheet.
cv::Mat streaks(const cv::Mat& page, int strength, cv::RNG& random) {
    cv::Mat dusty = page.clone();
    for (int i = 0; i < strength; ++i) {
        const int x = random.uniform(page.cols / 20, page.cols - page.cols / 20),
                  width = random.uniform(1, 3);
        const cv::Scalar tone = cv::Scalar::all(random.uniform(60, 190));
        for (int y = 0; y < page.rows; ++y)
            for (int k = 0; k < width; ++k) {
                auto& pixel = dusty.at<cv::Vec3b>(y, x + k);
                for (int c = 0; c < 3; ++c)
                    pixel[c] =
                        std::min(pixel[c], cv::saturate_cast<std::uint8_t>(tone[c] + random.uniform(-6, 7)));
            }
    }
    return dusty;
}

// Everything that a telephone does, on paper that was folded, bent and written on.
cv::Mat phone(const cv::Mat& page, int strength, cv::RNG& random) {
    cv::Mat used = random.uniform(0, 2) == 0 ? fold(page, (strength + 1) / 2, random)
                                             : pen(page, (strength + 1) / 2, random);
    used = crumple(used, std::max(1, strength / 2), random);
    used = shadow(used, (strength + 1) / 2, random);
    return scan::view_of(photographed(scan::picture_of(used), strength, random.next())).clone();
}

struct Kind {
    std::string_view name;
    cv::Mat (*make)(const cv::Mat&, int, cv::RNG&);
};
constexpr Kind kKinds[] = {{"rotation", rotation},
                           {"noise", noise},
                           {"perspective", perspective},
                           {"blur", blur},
                           {"jpeg", jpeg},
                           {"light", light},
                           {"low_resolution", low_resolution},
                           {"seal", seal},
                           {"fold", fold},
                           {"pen", pen},
                           {"crumple", crumple},
                           {"phone", phone},
                           {"shadow", shadow},
                           {"photocopy", photocopy},
                           {"cut", cut},
                           {"streaks", streaks}};

}  // namespace

std::vector<std::string_view> damages() {
    std::vector<std::string_view> names;
    for (const Kind& kind : kKinds) names.push_back(kind.name);
    return names;
}

Picture damaged(const Picture& page, std::string_view damage, int strength, std::uint64_t seed) {
    cv::RNG random(seed * 2654435761u + static_cast<unsigned>(strength));
    const auto* kind = std::ranges::find(kKinds, damage, &Kind::name);
    if (kind == std::end(kKinds)) throw Fault("the workshop knows no damage " + std::string(damage));
    return scan::picture_of(kind->make(scan::view_of(page), strength, random));
}

Picture side_by_side(const Picture& left, const Picture& right, int strength, std::uint64_t seed) {
    cv::RNG random(seed + 77);
    const int gap = left.width / 30;
    cv::Mat desk(std::max(left.height, right.height) + 2 * gap, left.width + right.width + 3 * gap, CV_8UC3,
                 cv::Scalar(70, 92, 120));
    scan::view_of(left).copyTo(desk(cv::Rect(gap, gap, left.width, left.height)));
    scan::view_of(right).copyTo(desk(cv::Rect(2 * gap + left.width, gap, right.width, right.height)));
    const cv::Mat seen = seen_from(desk, left.width * 0.01 * strength, gap, {70, 92, 120}, random);
    return scan::picture_of(noisy(seen, strength, random));
}

}  // namespace wq::workshop
