#include "tests/workshop/workshop.h"

#include "data/base/result.h"
#include "data/base/utf8.h"
#include "pdf/scan/mat.h"
#include "pdf/scan/raster.h"
#include "tests/workshop/lettering.h"
#include "tests/workshop/treatment.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace wq::workshop {
namespace {

double per_mm(const Picture& page) { return page.width / sheet::kWidth; }

// Rubber never presses evenly: patches and grain.
void wear(cv::Mat& ink, cv::RNG& random) {
    cv::Mat patches(ink.rows / 24 + 1, ink.cols / 24 + 1, CV_8U), large, grain(ink.size(), CV_8U);
    random.fill(patches, cv::RNG::UNIFORM, 150, 256);
    cv::resize(patches, large, ink.size(), 0, 0, cv::INTER_CUBIC);
    random.fill(grain, cv::RNG::UNIFORM, 190, 256);
    cv::multiply(ink, large, ink, 1 / 255.0);
    cv::multiply(ink, grain, ink, 1 / 255.0);
}

cv::Mat star(int size) {
    cv::Mat mask(size, size, CV_8U, cv::Scalar(0));
    std::vector<cv::Point> points;
    for (int i = 0; i < 10; ++i) {
        const double radius = size * (i % 2 ? 0.19 : 0.5), angle = -CV_PI / 2 + i * CV_PI / 5;
        points.emplace_back(static_cast<int>(size / 2.0 + radius * std::cos(angle)),
                            static_cast<int>(size / 2.0 + radius * std::sin(angle)));
    }
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{points}, cv::Scalar(255), cv::LINE_AA);
    return mask;
}

void add_name(cv::Mat& seal, const std::string& name, double scale) {
    const std::u32string points = to_code_points(name);
    const double span = std::min(270.0, 22.0 * static_cast<double>(points.size()));
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double turn = points.size() > 1 ? -span / 2 + span * static_cast<double>(i) /
                                                                static_cast<double>(points.size() - 1)
                                              : 0;
        const double angle = (turn - 90) * CV_PI / 180, radius = 16.2 * scale;
        const cv::Point2d centre(seal.cols / 2.0 + radius * std::cos(angle),
                                 seal.rows / 2.0 + radius * std::sin(angle));
        draw_character(seal, points[i], centre, 5.4 * scale, turn);
    }
}

cv::Mat seal_ink(const SealInk& ink, double pixels_per_mm) {
    const double scale = pixels_per_mm * ink.diameter / 42;
    const int side = static_cast<int>(46 * scale);
    cv::Mat seal(side, side, CV_8U, cv::Scalar(0));
    const cv::Point centre(side / 2, side / 2);
    cv::circle(seal, centre, static_cast<int>(20.4 * scale), cv::Scalar(255), static_cast<int>(1.2 * scale),
               cv::LINE_AA);
    const int star_side = static_cast<int>(13 * scale);
    star(star_side).copyTo(
        seal(cv::Rect(centre.x - star_side / 2, centre.y - star_side / 2, star_side, star_side)));
    add_name(seal, ink.name, scale);
    cv::Mat turned;
    cv::Mat way = cv::getRotationMatrix2D(centre, -ink.tilt, 1);
    const cv::Matx33d flatten(1, 0, 0, 0, ink.flatness, (1 - ink.flatness) * centre.y, 0, 0, 1);
    way = way * cv::Mat(flatten);
    cv::warpAffine(seal, turned, way, seal.size());
    turned.colRange(0, static_cast<int>(ink.bare * side)).setTo(0);
    return turned;
}

}  // namespace

Picture printed(ByteView pdf, int page, double dpi) {
    const auto document = scan::Document::open(pdf);
    // Printers are finer than any scanner: at once in the scan's pixels, hairlines would be too heavy.
    const auto fine = document ? document->raster(page, 2 * dpi) : tl::make_unexpected(document.error());
    if (!fine) throw Fault("the workshop has no such page: " + fine.error().code);
    cv::Mat picture;
    cv::resize(scan::view_of(*fine), picture, {}, 0.5, 0.5, cv::INTER_AREA);
    return scan::picture_of(picture);
}

void press_seal(Picture& page, sheet::Point centre, const SealInk& ink, std::uint64_t seed) {
    cv::RNG random(seed);
    cv::Mat seal = seal_ink(ink, per_mm(page));
    wear(seal, random);
    cv::Mat whole(page.height, page.width, CV_8U, cv::Scalar(0));
    const cv::Rect to(static_cast<int>(centre.x * per_mm(page)) - seal.cols / 2,
                      static_cast<int>(centre.y * per_mm(page)) - seal.rows / 2, seal.cols, seal.rows);
    const cv::Rect inside = to & cv::Rect(0, 0, page.width, page.height);
    seal(inside - to.tl()).copyTo(whole(inside));
    lay_ink(scan::view_of(page), whole, kSealRed, ink.strength);
}

std::vector<std::string_view> red_things() { return {"pen", "lines", "logo", "frame", "heading"}; }

void add_red(Picture& page, std::string_view thing, std::uint64_t seed) {
    cv::RNG random(seed + 5);
    cv::Mat ink(page.height, page.width, CV_8U, cv::Scalar(0));
    const double scale = per_mm(page);
    const auto at = [&](double x, double y) {
        return cv::Point(static_cast<int>(x * scale), static_cast<int>(y * scale));
    };
    const int thin = std::max(1, static_cast<int>(0.3 * scale)), thick = static_cast<int>(0.7 * scale);
    if (thing == "pen")
        for (int i = 0; i < 12; ++i)
            cv::ellipse(ink, at(random.uniform(25.0, 185.0), random.uniform(60.0, 270.0)),
                        at(random.uniform(3.0, 14.0), random.uniform(2.0, 7.0)), random.uniform(0, 180), 0,
                        random.uniform(60, 350), cv::Scalar(255), thick, cv::LINE_AA);
    if (thing == "lines")
        for (double y = 30; y < 285; y += 8) cv::line(ink, at(15, y), at(195, y), cv::Scalar(255), thin);
    if (thing == "logo") {
        const double x = random.uniform(30.0, 120.0), y = random.uniform(15.0, 170.0);
        cv::circle(ink, at(x, y), static_cast<int>(random.uniform(6.0, 10.0) * scale), cv::Scalar(255),
                   cv::FILLED, cv::LINE_AA);
        cv::rectangle(ink, at(x + 14, y - 6), at(x + 50, y + 6), cv::Scalar(255), cv::FILLED);
    }
    if (thing == "frame") {
        const double x = random.uniform(25.0, 120.0), y = random.uniform(185.0, 205.0);
        cv::rectangle(ink, at(x, y), at(x + random.uniform(20.0, 45.0), y + random.uniform(12.0, 40.0)),
                      cv::Scalar(255), thick);
        for (int i = 0; i < 2; ++i)
            draw_character(
                ink, U"作废" [i], { (x + 7 + 9 * i) * scale, (y + 7) * scale }, 8 * scale, 0);
    }
    if (thing == "heading")
        for (int i = 0; i < 9; ++i)
            draw_character(
                ink, U"天府示例大学就业处" [i], { (35 + 14 * i) * scale, 55 * scale }, 12 * scale, 0);
    lay_ink(scan::view_of(page), ink, kSealRed, random.uniform(0.6, 0.95));
}

void sign(Picture& page, sheet::Box area, std::uint64_t seed) {
    cv::RNG random(seed);
    cv::Mat ink(page.height, page.width, CV_8U, cv::Scalar(0));
    const double scale = per_mm(page);
    cv::Point2d at(area.x + area.width * 0.2, area.y + area.height * 0.5);
    for (int character = 0; character < 3; ++character, at.x += 9) {
        for (int stroke = 0; stroke < 6; ++stroke) {
            std::vector<cv::Point> line;
            cv::Point2d pen(at.x + random.uniform(0.0, 7.0), at.y + random.uniform(-4.0, 4.0));
            for (int k = 0; k < 4; ++k) {
                line.emplace_back(static_cast<int>(pen.x * scale), static_cast<int>(pen.y * scale));
                pen += cv::Point2d(random.uniform(-2.2, 2.2), random.uniform(-2.2, 2.2));
            }
            cv::polylines(ink, line, false, cv::Scalar(255), std::max(1, static_cast<int>(0.45 * scale)),
                          cv::LINE_AA);
        }
    }
    lay_ink(scan::view_of(page), ink, kPenInk, 0.95);
}

void alter(Picture& page, sheet::Box box, std::string_view text) {
    cv::Mat mat = scan::view_of(page);
    const double scale = per_mm(page);
    cv::rectangle(mat, pixels(box, scale), cv::Scalar(255, 255, 255), cv::FILLED);
    cv::Mat ink(mat.size(), CV_8U, cv::Scalar(0));
    double x = box.x + box.height * 0.3;
    for (char32_t point : to_code_points(text)) {
        draw_character(ink, point, {x * scale, (box.y + box.height / 2) * scale}, box.height * scale, 0);
        x += box.height * (point < 0x80 ? 0.55 : 1.0);
    }
    lay_ink(mat, ink, cv::Scalar(0, 0, 0), 1);
}

Picture scanned(const Picture& page, const ScanManner& manner, std::uint64_t seed) {
    cv::RNG random(seed);
    cv::Mat mat = scan::view_of(page).clone(), tilted;
    const cv::Point2f centre(static_cast<float>(mat.cols) / 2, static_cast<float>(mat.rows) / 2);
    cv::warpAffine(mat, tilted, cv::getRotationMatrix2D(centre, manner.tilt, 1), mat.size(), cv::INTER_LINEAR,
                   cv::BORDER_CONSTANT, cv::Scalar(236, 238, 238));
    for (int i = 0; i < (manner.turns % 4 + 4) % 4; ++i) cv::rotate(tilted, tilted, cv::ROTATE_90_CLOCKWISE);
    cv::Mat result = noisy(tilted, manner.noise, random);
    if (manner.grey) {
        cv::cvtColor(result, result, cv::COLOR_BGR2GRAY);
        cv::cvtColor(result, result, cv::COLOR_GRAY2BGR);
    }
    return scan::picture_of(result);
}

Picture photographed(const Picture& page, int strength, std::uint64_t seed) {
    cv::RNG random(seed);
    const cv::Mat mat = scan::view_of(page);
    const int margin = mat.cols / 9;
    const cv::Size size(mat.cols + 2 * margin, mat.rows + 2 * margin);
    const auto near = [&](double x, double y) {
        const double reach = margin * 0.16 * strength;
        return cv::Point2f(static_cast<float>(x + random.uniform(-reach, reach)),
                           static_cast<float>(y + random.uniform(-reach, reach)));
    };
    const std::vector<cv::Point2f> from = {
        {0, 0}, {float(mat.cols), 0}, {float(mat.cols), float(mat.rows)}, {0, float(mat.rows)}};
    const std::vector<cv::Point2f> to = {near(margin, margin), near(margin + mat.cols, margin),
                                         near(margin + mat.cols, margin + mat.rows),
                                         near(margin, margin + mat.rows)};
    cv::Mat desk(size, CV_8UC3), grain(size.height / 8, size.width, CV_8UC3), result;
    random.fill(grain, cv::RNG::UNIFORM, cv::Scalar(58, 84, 112), cv::Scalar(78, 108, 142));
    cv::blur(grain, grain, {121, 1});
    cv::resize(grain, desk, size);
    cv::warpPerspective(mat, desk, cv::getPerspectiveTransform(from, to), size, cv::INTER_LINEAR,
                        cv::BORDER_TRANSPARENT);
    result = lit(desk, 0.08 * strength, random.uniform(0.0, 2 * CV_PI));
    cv::GaussianBlur(result, result, {}, 0.35 + 0.15 * strength);
    return scan::picture_of(as_jpeg(noisy(result, 1.5 * strength, random), 88 - 6 * strength));
}

Picture reduced(const Picture& picture, int width) {
    cv::Mat small;
    cv::resize(scan::view_of(picture), small, {width, picture.height * width / picture.width}, 0, 0,
               cv::INTER_AREA);
    return scan::picture_of(small);
}

}  // namespace wq::workshop
