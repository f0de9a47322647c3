#include "tests/workshop/workshop.h"

#include "data/base/result.h"
#include "data/base/utf8.h"
#include "pdf/scan/mat.h"
#include "pdf/scan/raster.h"
#include "tests/workshop/lettering.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>

namespace wq::workshop {
namespace {

const cv::Scalar kSealRed(42, 38, 205), kPenInk(96, 48, 28);  // BGR

double per_mm(const Picture& page) { return page.width / sheet::kWidth; }

// Lays colour where `ink` (0–255) says, as ink does: print stays visible through it.
void lay_ink(cv::Mat page, const cv::Mat& ink, const cv::Scalar& colour, double strength) {
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x) {
            const double part = ink.at<std::uint8_t>(y, x) / 255.0 * strength;
            if (part <= 0) continue;
            auto& pixel = page.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c)
                pixel[c] = cv::saturate_cast<std::uint8_t>(pixel[c] * (1 - part) +
                                                           pixel[c] * colour[c] / 255 * part);
        }
}

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
    cv::warpAffine(seal, turned, cv::getRotationMatrix2D(centre, -ink.tilt, 1), seal.size());
    return turned;
}

// Adds normal noise to all channels alike for grey pictures, to each on its own for colour.
cv::Mat noisy(const cv::Mat& page, double deviation, cv::RNG& random) {
    cv::Mat wide, noise(page.size(), CV_16SC3), result;
    random.fill(noise, cv::RNG::NORMAL, 0, deviation);
    page.convertTo(wide, CV_16SC3);
    wide += noise;
    wide.convertTo(result, CV_8UC3);
    return result;
}

cv::Mat as_jpeg(const cv::Mat& page, int quality) {
    Bytes file;
    cv::imencode(".jpg", page, file, {cv::IMWRITE_JPEG_QUALITY, quality});
    return cv::imdecode(file, cv::IMREAD_COLOR);
}

// Light that falls from one side; `depth` is how dark the far side is, 0–1.
cv::Mat lit(const cv::Mat& page, double depth, double direction) {
    cv::Mat result(page.size(), CV_8UC3);
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x) {
            const double along = std::cos(direction) * (x / double(page.cols) - 0.5) +
                                 std::sin(direction) * (y / double(page.rows) - 0.5);
            const double light = 1 - depth * (along + 0.5);
            const auto& from = page.at<cv::Vec3b>(y, x);
            auto& to = result.at<cv::Vec3b>(y, x);
            for (int c = 0; c < 3; ++c) to[c] = cv::saturate_cast<std::uint8_t>(from[c] * light);
        }
    return result;
}

// Moves every point a little, smoothly: paper that was crumpled and lies flat again, with its shades.
cv::Mat crumpled(const cv::Mat& page, int strength, cv::RNG& random) {
    cv::Mat coarse(page.rows / 120 + 2, page.cols / 120 + 2, CV_32FC2), moves, map(page.size(), CV_32FC2),
        result;
    random.fill(coarse, cv::RNG::UNIFORM, -1.6 * strength, 1.6 * strength);
    cv::resize(coarse, moves, page.size(), 0, 0, cv::INTER_CUBIC);
    for (int y = 0; y < page.rows; ++y)
        for (int x = 0; x < page.cols; ++x)
            map.at<cv::Vec2f>(y, x) =
                cv::Vec2f(static_cast<float>(x), static_cast<float>(y)) + moves.at<cv::Vec2f>(y, x);
    cv::remap(page, result, map, {}, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(240, 240, 240));
    for (int y = 0; y < result.rows; ++y)
        for (int x = 0; x < result.cols; ++x) {
            const double shade =
                1 - 0.02 * std::abs(moves.at<cv::Vec2f>(y, x)[0] + moves.at<cv::Vec2f>(y, x)[1]);
            for (int c = 0; c < 3; ++c)
                result.at<cv::Vec3b>(y, x)[c] =
                    cv::saturate_cast<std::uint8_t>(result.at<cv::Vec3b>(y, x)[c] * shade);
        }
    return result;
}

void scribble(cv::Mat page, cv::Rect area, int strokes, int thickness, cv::RNG& random) {
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
        cv::polylines(page, stroke, false, kPenInk, thickness, cv::LINE_AA);
    }
}

cv::Rect pixels(const sheet::Box& box, double scale) {
    return {static_cast<int>(box.x * scale), static_cast<int>(box.y * scale),
            static_cast<int>(box.width * scale), static_cast<int>(box.height * scale)};
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

std::vector<std::string_view> damages() {
    return {"noise", "blur", "jpeg", "low_resolution", "light", "fold", "pen", "seal", "crumple"};
}

Picture damaged(const Picture& page, std::string_view damage, int strength, std::uint64_t seed) {
    cv::RNG random(seed);
    Picture copy = page;
    const cv::Mat mat = scan::view_of(copy);
    const double scale = per_mm(page);
    if (damage == "noise") return scan::picture_of(noisy(mat, 9.0 * strength, random));
    if (damage == "light") return scan::picture_of(lit(mat, 0.14 * strength, random.uniform(0.0, 2 * CV_PI)));
    if (damage == "jpeg") return scan::picture_of(as_jpeg(mat, 62 - 11 * strength));
    if (damage == "crumple") return scan::picture_of(crumpled(mat, strength, random));
    cv::Mat result;
    if (damage == "blur") {
        cv::GaussianBlur(mat, result, {}, 0.45 * strength);
        return scan::picture_of(result);
    }
    if (damage == "low_resolution") {
        cv::resize(mat, result, {}, 1 - 0.11 * strength, 1 - 0.11 * strength, cv::INTER_AREA);
        return scan::picture_of(result);
    }
    for (const sheet::Box& box : {sheet::kUpperCode, sheet::kLowerCode}) {
        const cv::Rect code = pixels(box, scale);
        if (damage == "pen")
            scribble(mat, code, strength, std::max(1, static_cast<int>(0.5 * scale)), random);
        if (damage == "fold") {
            const int x = code.x + random.uniform(code.width / 4, 3 * code.width / 4);
            cv::line(mat, {x, 0}, {x + strength * 4, mat.rows}, cv::Scalar(215, 215, 215), strength * 2,
                     cv::LINE_AA);
        }
    }
    if (damage == "seal")
        press_seal(copy, {sheet::kUpperCode.centre().x - 8, sheet::kUpperCode.centre().y + 6},
                   {.strength = 0.35 + 0.13 * strength}, seed);
    return copy;
}

Picture reduced(const Picture& picture, int width) {
    cv::Mat small;
    cv::resize(scan::view_of(picture), small, {width, picture.height * width / picture.width}, 0, 0,
               cv::INTER_AREA);
    return scan::picture_of(small);
}

Bytes to_png(const Picture& picture) {
    Bytes file;
    cv::imencode(".png", scan::view_of(picture), file);
    return file;
}

}  // namespace wq::workshop
