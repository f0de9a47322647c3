// The grid of a printed form: blocks of rows, each row one or two labelled values, a block named
// downwards at its left. Rows grow with their values; a value that would make the grid higher than it
// may be is moved to an annex and its cell says so. Nothing is ever cut.
#pragma once

#include "pdf/render/text_layout.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::render {

struct Cell {
    std::string label;
    std::string value;
    std::string moved = {};            // what the cell says instead, when its value stands in the annex
    std::vector<TextLine> lines = {};  // broken by the grid
};

struct Row {
    Cell left;
    std::optional<Cell> right = {};  // without it, the left value has the whole width
};

struct Block {
    std::string name;
    std::vector<Row> rows;
};

class FormGrid {
  public:
    FormGrid(const Fonts& fonts, std::vector<Block> blocks);

    double height() const;  // mm

    // Moves the longest values away until the grid is no higher than `limit` or no value has two lines.
    void fit(double limit);

    // The moved cells, in the order of the page, their block named in the label; their number is their
    // place here, from 1.
    std::vector<Cell> moved() const;

    // The grey behind the labels, to be drawn first, so that a watermark lies above it.
    void draw_ground(Drawing& page, double top) const;

    // Returns the grid's lower end.
    double draw(Drawing& page, double top) const;

  private:
    void break_lines(Cell& cell, double width) const;
    Cell* longest();
    void draw_cell(Drawing& page, const Cell& cell, Box label, Box value) const;
    void draw_row(Drawing& page, const Row& row, double top, double height) const;

    const Fonts& fonts_;
    std::vector<Block> blocks_;
};

// The strip at the left of a block with its name written downwards.
inline constexpr double kNameWidth = 9;
void draw_block_name(Drawing& page, const Fonts& fonts, Box box, std::string_view name);

inline constexpr double kThick = 0.35, kThin = 0.15;  // mm
inline constexpr Style kLabelStyle{Face::song, 10};
inline constexpr Style kValueStyle{Face::kai, 10.5};
inline constexpr Style kNameStyle{Face::kai_bold, 11};
inline constexpr double kPaperGrey = 0.95;  // behind labels

}  // namespace wq::render
