#include "pdf/scan/bend.h"

#include <opencv2/core/hal/intrin.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace wq::scan {
namespace {

constexpr float kLeastStrength = 12;  // mean of squares, in each direction: a lone line fits anywhere along
constexpr double kPlainlyLess = 0.8;  // of the usual difference
constexpr int kMostOff = 80;          // of 255: what isn't print must not push
constexpr float kStiffness = 14;      // of a block against its neighbours, for each pixel
constexpr float kFarthestStep = 1.2f;
constexpr int kSweeps = 6;
constexpr float kMisled = 1.2f;        // pixels
constexpr int kCell = 8, kParts = 16;  // pixels that move as one, and parts of a pixel

int difference_of(const cv::Mat& scan, cv::Point from, const cv::Mat& page, const cv::Rect& block) {
    int sum = 0;
    for (int y = 0; y < block.height; ++y) {
        const std::uint8_t *a = scan.ptr(from.y + y) + from.x, *b = page.ptr(block.y + y) + block.x;
        for (int x = 0; x < block.width; ++x) sum += std::abs(a[x] - b[x]);
    }
    return sum;
}

// How the slopes and what is off go together in one block.
__attribute__((target_clones("avx2", "default"))) cv::Vec2f push_of(const std::uint8_t* scan,
                                                                    std::size_t scan_step,
                                                                    const Slopes& issued,
                                                                    const cv::Rect& block) {
    int x_push = 0, y_push = 0;
    for (int y = block.y; y < block.y + block.height; ++y, scan += scan_step) {
        const std::uint8_t* page = issued.ink.ptr(y) + block.x;
        const auto *across = issued.across.ptr<std::int16_t>(y) + block.x,
                   *along = issued.along.ptr<std::int16_t>(y) + block.x;
        for (int x = 0; x < block.width; ++x) {
            const auto off = static_cast<std::int16_t>(std::clamp(scan[x] - page[x], -kMostOff, kMostOff));
            x_push -= off * across[x];
            y_push -= off * along[x];
        }
    }
    return {static_cast<float>(x_push), static_cast<float>(y_push)};
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
        usual.copyTo(part, cv::abs(part - usual) > kMisled);
    }
    cv::merge(parts, shifts);
}

// Pixels beside each other from a place in `page` that is given in kParts of a pixel; white outside.
void take_cell(const cv::Mat& page, int x_parts, int y_parts, std::uint8_t* to, int count) {
    const int x = x_parts >> 4, y = y_parts >> 4;
    const auto right = static_cast<std::uint16_t>(x_parts & 15),
               down = static_cast<std::uint16_t>(y_parts & 15);
    const auto left = static_cast<std::uint16_t>(kParts - right),
               up = static_cast<std::uint16_t>(kParts - down);
    if (x < 0 || y < 0 || y + 1 >= page.rows || x + kCell >= page.cols || count < kCell) {
        const auto ink = [&](int column, int line) {
            const bool inside = column >= 0 && line >= 0 && column < page.cols && line < page.rows;
            return inside ? page.at<std::uint8_t>(line, column) : 0;
        };
        for (int i = 0; i < count; ++i)
            to[i] = static_cast<std::uint8_t>(
                ((ink(x + i, y) * left + ink(x + i + 1, y) * right) * up +
                 (ink(x + i, y + 1) * left + ink(x + i + 1, y + 1) * right) * down + 128) >>
                8);
        return;
    }
    const std::uint8_t *upper = page.ptr(y) + x, *lower = page.ptr(y + 1) + x;
    const cv::v_uint16x8 by_left = cv::v_setall_u16(left), by_right = cv::v_setall_u16(right);
    const auto between_columns = [&](const std::uint8_t* from) {
        return cv::v_mul_wrap(cv::v_load_expand(from), by_left) +
               cv::v_mul_wrap(cv::v_load_expand(from + 1), by_right);
    };
    const cv::v_uint16x8 sum = cv::v_mul_wrap(between_columns(upper), cv::v_setall_u16(up)) +
                               cv::v_mul_wrap(between_columns(lower), cv::v_setall_u16(down));
    cv::v_rshr_pack_store<8>(to, sum);
}

// Between the pixels where three differences in a row, the least in the middle, say that it is.
float between(int before, int least, int after) {
    const int bend = before + after - 2 * least;
    return bend > 0 ? static_cast<float>(before - after) / static_cast<float>(2 * bend) : 0.f;
}

}  // namespace

Slopes::Slopes(const cv::Mat& page, int block_side) : block(block_side), ink(page) {
    static const cv::Mat kStep = (cv::Mat_<float>(1, 3) << -0.5, 0, 0.5);
    cv::filter2D(page, across, CV_16S, kStep);
    cv::filter2D(page, along, CV_16S, kStep.t());
    strength.create(page.rows / block, page.cols / block);
    for (int row = 0; row < strength.rows; ++row)
        for (int column = 0; column < strength.cols; ++column) {
            const cv::Rect rect(column * block, row * block, block, block);
            const cv::Mat dx = across(rect), dy = along(rect);
            strength(row, column) = {static_cast<float>(dx.dot(dx)), static_cast<float>(dx.dot(dy)),
                                     static_cast<float>(dy.dot(dy))};
        }
}

Bend Bend::tried(const cv::Mat& scan, const Slopes& issued, int reach) {
    const int block = issued.block;
    Bend bend(issued.strength.size(), block);
    cv::Mat_<std::uint8_t> known(bend.shifts_.size(), std::uint8_t{0});
    const auto wide = static_cast<std::size_t>(2 * reach + 1);
    std::vector<int> off(wide * wide);
    const float least_strength = kLeastStrength * static_cast<float>(block * block);
    for (int row = 0; row < bend.shifts_.rows; ++row)
        for (int column = 0; column < bend.shifts_.cols; ++column) {
            const cv::Vec3f& strength = issued.strength(row, column);
            const cv::Rect rect(column * block, row * block, block, block);
            const cv::Rect around(rect.x - reach, rect.y - reach, block + 2 * reach, block + 2 * reach);
            if (std::min(strength[0], strength[2]) < least_strength ||
                (around & cv::Rect({}, scan.size())) != around)
                continue;
            double sum = 0;
            std::size_t best = 0;
            for (std::size_t i = 0; i < off.size(); ++i) {
                const cv::Point from(around.x + static_cast<int>(i % wide),
                                     around.y + static_cast<int>(i / wide));
                off[i] = difference_of(scan, from, issued.ink, rect);
                sum += off[i];
                if (off[i] < off[best]) best = i;
            }
            if (off[best] > kPlainlyLess * sum / static_cast<double>(off.size())) continue;
            const std::size_t x = best % wide, y = best / wide;
            cv::Vec2f shift(static_cast<float>(x) - static_cast<float>(reach),
                            static_cast<float>(y) - static_cast<float>(reach));
            if (x > 0 && x + 1 < wide) shift[0] += between(off[best - 1], off[best], off[best + 1]);
            if (y > 0 && y + 1 < wide) shift[1] += between(off[best - wide], off[best], off[best + wide]);
            bend.shifts_(row, column) = shift, known(row, column) = 1;
        }
    fill(bend.shifts_, known);
    calm(bend.shifts_);
    return bend;
}

cv::Vec2f Bend::at(double x, double y) const {
    x = std::clamp(x, 0.0, shifts_.cols - 1.0), y = std::clamp(y, 0.0, shifts_.rows - 1.0);
    const int column = std::min(static_cast<int>(x), std::max(0, shifts_.cols - 2)),
              row = std::min(static_cast<int>(y), std::max(0, shifts_.rows - 2));
    const auto right = static_cast<float>(x - column), down = static_cast<float>(y - row);
    const int next = std::min(column + 1, shifts_.cols - 1), below = std::min(row + 1, shifts_.rows - 1);
    return (shifts_(row, column) * (1 - right) + shifts_(row, next) * right) * (1 - down) +
           (shifts_(below, column) * (1 - right) + shifts_(below, next) * right) * down;
}

Bend Bend::carried(double finer, cv::Size blocks, int block) const {
    Bend bend(blocks, block);
    const double step = block / (finer * block_);
    for (int y = 0; y < blocks.height; ++y)
        for (int x = 0; x < blocks.width; ++x)
            bend.shifts_(y, x) = at((x + 0.5) * step - 0.5, (y + 0.5) * step - 0.5) * finer;
    return bend;
}

void Bend::improve(const cv::Mat& scan, const Slopes& issued) {
    const cv::Mat moved = straightened(scan);
    cv::Mat_<cv::Vec2f> push(shifts_.size());
    for (int row = 0; row < shifts_.rows; ++row)
        for (int column = 0; column < shifts_.cols; ++column) {
            const cv::Rect rect(column * block_, row * block_, block_, block_);
            push(row, column) = push_of(moved.ptr(rect.y) + rect.x, moved.step, issued, rect);
        }
    relax(push, issued);
}

// Each block goes where its own ink and its neighbours want it.
void Bend::relax(const cv::Mat_<cv::Vec2f>& push, const Slopes& issued) {
    const cv::Mat_<cv::Vec2f> start = shifts_.clone();
    const float stiffness = kStiffness * static_cast<float>(block_ * block_);
    const cv::Rect all({}, shifts_.size());
    for (int sweep = 0; sweep < kSweeps; ++sweep)
        for (int y = 0; y < shifts_.rows; ++y)
            for (int x = 0; x < shifts_.cols; ++x) {
                cv::Vec2f around;
                float count = 0;
                if (x > 0) around += shifts_(y, x - 1), ++count;
                if (y > 0) around += shifts_(y - 1, x), ++count;
                if (x + 1 < shifts_.cols) around += shifts_(y, x + 1), ++count;
                if (y + 1 < shifts_.rows) around += shifts_(y + 1, x), ++count;
                const cv::Vec3f& own = issued.strength(y, x);
                const cv::Vec2f& from = start(y, x);
                const float held = stiffness / count;
                const float xx = own[0] + stiffness, xy = own[1], yy = own[2] + stiffness;
                const float wish_x = own[0] * from[0] + own[1] * from[1] + push(y, x)[0] + held * around[0],
                            wish_y = own[1] * from[0] + own[2] * from[1] + push(y, x)[1] + held * around[1];
                const float determinant = xx * yy - xy * xy;
                cv::Vec2f step =
                    cv::Vec2f(yy * wish_x - xy * wish_y, xx * wish_y - xy * wish_x) / determinant - from;
                for (int c : {0, 1}) step[c] = std::clamp(step[c], -kFarthestStep, kFarthestStep);
                shifts_(y, x) = from + step;
            }
}

// A few pixels beside each other move as one: that is exact to a fraction of what paper bends.
cv::Mat Bend::straightened(const cv::Mat& page) const {
    struct Column {
        int left;
        float part;
    };
    std::vector<Column> columns;
    for (int x = 0; x < page.cols; x += kCell) {
        const float where =
            std::clamp((static_cast<float>(x) + kCell / 2.f) / static_cast<float>(block_) - 0.5f, 0.f,
                       static_cast<float>(shifts_.cols - 1));
        const int left = std::min(static_cast<int>(where), std::max(0, shifts_.cols - 2));
        columns.push_back({left, where - static_cast<float>(left)});
    }
    cv::Mat moved(page.size(), CV_8U);
    std::vector<cv::Vec2f> row(static_cast<std::size_t>(shifts_.cols) + 1);
    for (int y = 0; y < page.rows; ++y) {
        const double down = (y + 0.5) / block_ - 0.5;
        for (int i = 0; i < shifts_.cols; ++i) row[static_cast<std::size_t>(i)] = at(i, down) * float(kParts);
        row.back() = row[row.size() - 2];
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const cv::Vec2f* knot = &row[static_cast<std::size_t>(columns[i].left)];
            const cv::Vec2f shift = knot[0] + (knot[1] - knot[0]) * columns[i].part;
            const int x = static_cast<int>(i) * kCell;
            take_cell(page, x * kParts + cvRound(shift[0]), y * kParts + cvRound(shift[1]), moved.ptr(y) + x,
                      std::min(kCell, page.cols - x));
        }
    }
    return moved;
}

double Bend::roughness() const {
    const cv::Mat right = shifts_.colRange(1, shifts_.cols), left = shifts_.colRange(0, shifts_.cols - 1);
    return cv::norm(right, left, cv::NORM_L1) / static_cast<double>(right.total());
}

}  // namespace wq::scan
