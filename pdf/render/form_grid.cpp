#include "pdf/render/form_grid.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::render {
namespace {

constexpr double kRowHeight = 6.7, kLeading = 4.5, kPadding = 1.8;
constexpr double kLabel1 = sheet::kLeft + kNameWidth, kValue1 = kLabel1 + 31, kLabel2 = kValue1 + 59.4,
                 kValue2 = kLabel2 + 23.6;

// From a line's middle down to its baseline: Han characters stand 0.12 em below it.
double drop(Style style) { return style.size * kPoint * 0.37; }

double value_width(const Row& row) { return (row.right ? kLabel2 : sheet::kRight) - kValue1 - 2 * kPadding; }
constexpr double kRightValueWidth = sheet::kRight - kValue2 - 2 * kPadding;

// Labels are spaced out to one width in the grid only.
std::string without_spaces(std::string_view label) {
    std::u32string kept = to_code_points(label);
    std::erase_if(kept, [](char32_t point) { return point == U' ' || point == U'　'; });
    return to_utf8(kept);
}

double height_of_lines(std::size_t count) { return kRowHeight + static_cast<double>(count - 1) * kLeading; }

double height_of(const Row& row) {
    return height_of_lines(std::max(row.left.lines.size(), row.right ? row.right->lines.size() : 0));
}

// Calls visit(cell, width of its value) for each cell in the order of the page.
template <class Visit>
void visit_cells(std::vector<Block>& blocks, Visit visit) {
    for (Block& block : blocks) {
        for (Row& row : block.rows) {
            visit(row.left, value_width(row));
            if (row.right) visit(*row.right, kRightValueWidth);
        }
    }
}

}  // namespace

FormGrid::FormGrid(const Fonts& fonts, std::vector<Block> blocks)
    : fonts_(fonts), blocks_(std::move(blocks)) {
    visit_cells(blocks_, [&](Cell& cell, double width) { break_lines(cell, width); });
}

void FormGrid::break_lines(Cell& cell, double width) const {
    cell.lines = wrap(fonts_, kValueStyle, cell.moved.empty() ? cell.value : cell.moved, width);
}

double FormGrid::height() const {
    double sum = 0;
    for (const Block& block : blocks_)
        for (const Row& row : block.rows) sum += height_of(row);
    return sum;
}

Cell* FormGrid::longest() {
    Cell* found = nullptr;
    std::size_t most = 1;
    visit_cells(blocks_, [&](Cell& cell, double) {
        if (cell.lines.size() > most) most = cell.lines.size(), found = &cell;
    });
    return found;
}

void FormGrid::fit(double limit) {
    bool any = false;
    while (height() > limit) {
        Cell* cell = longest();
        if (!cell || !cell->moved.empty()) break;
        cell->moved = "（见附页）";
        cell->lines = {{cell->moved, 0, true}};
        any = true;
    }
    if (!any) return;
    int number = 0;
    visit_cells(blocks_, [&](Cell& cell, double width) {
        if (cell.moved.empty()) return;
        cell.moved = "（见附页第 " + std::to_string(++number) + " 项）";
        break_lines(cell, width);
    });
}

std::vector<Cell> FormGrid::moved() const {
    std::vector<Cell> cells;
    for (const Block& block : blocks_) {
        const auto take = [&](Cell cell) {
            if (cell.moved.empty()) return;
            cell.label = block.name + "　" + without_spaces(cell.label);
            cells.push_back(std::move(cell));
        };
        for (const Row& row : block.rows) {
            take(row.left);
            if (row.right) take(*row.right);
        }
    }
    return cells;
}

void FormGrid::draw_cell(Drawing& page, const Cell& cell, Box label, Box value) const {
    for (double x : {label.x, value.x}) page.add(Line{{x, label.y}, {x, label.bottom()}, kThin});
    const Point middle = label.centre();
    add_text(page, fonts_, {middle.x, middle.y + drop(kLabelStyle)}, kLabelStyle, cell.label, Align::centre);
    const auto& lines = cell.lines;
    double baseline = middle.y + drop(kValueStyle) - kLeading * static_cast<double>(lines.size() - 1) / 2;
    for (const TextLine& line : lines) {
        add_text(page, fonts_, {value.x + kPadding, baseline}, kValueStyle, line.text);
        baseline += kLeading;
    }
}

void FormGrid::draw_row(Drawing& page, const Row& row, double top, double height) const {
    const auto between = [&](double left, double right) { return Box{left, top, right - left, height}; };
    draw_cell(page, row.left, between(kLabel1, kValue1),
              between(kValue1, row.right ? kLabel2 : sheet::kRight));
    if (row.right) draw_cell(page, *row.right, between(kLabel2, kValue2), between(kValue2, sheet::kRight));
}

void FormGrid::draw_ground(Drawing& page, double top) const {
    for (const Block& block : blocks_) {
        for (const Row& row : block.rows) {
            const double height = height_of(row);
            page.add(Filled{{kLabel1, top, kValue1 - kLabel1, height}, kPaperGrey});
            if (row.right) page.add(Filled{{kLabel2, top, kValue2 - kLabel2, height}, kPaperGrey});
            top += height;
        }
    }
}

double FormGrid::draw(Drawing& page, double top) const {
    double y = top;
    for (const Block& block : blocks_) {
        const double start = y;
        for (const Row& row : block.rows) {
            const double height = height_of(row);
            draw_row(page, row, y, height);
            if (y > start) page.add(Line{{kLabel1, y}, {sheet::kRight, y}, kThin});
            y += height;
        }
        draw_block_name(page, fonts_, {sheet::kLeft, start, kNameWidth, y - start}, block.name);
        page.add(Line{{sheet::kLeft, y}, {sheet::kRight, y}, kThick});
    }
    add_frame(page, {sheet::kLeft, top, sheet::kRight - sheet::kLeft, y - top}, kThick);
    return y;
}

void draw_block_name(Drawing& page, const Fonts& fonts, Box box, std::string_view name) {
    const std::u32string points = to_code_points(name);
    const double count = static_cast<double>(points.size());
    const double pitch = std::min(4.7, (box.height - 1) / count);
    double baseline = box.centre().y - pitch * (count - 1) / 2 + drop(kNameStyle);
    for (char32_t point : points) {
        add_text(page, fonts, {box.centre().x, baseline}, kNameStyle, to_utf8(point), Align::centre);
        baseline += pitch;
    }
}

}  // namespace wq::render
