// The desk's table: any number of rows, of which only those in view are asked for and drawn. Two lines
// to a row where wanted, keyboard first. Holds no rows; its source must answer from memory at once.
#pragma once

#include "kiosk/ui/control.h"

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace wq::ui {

struct Cell {
    std::string text;
    std::string second = {};  // below, small
    Colour second_colour = Colour::muted;
    bool strong = false;
    Colour colour = Colour::ink;
};

struct TableColumn {
    std::string title;
    double share = 1;  // of the width
};

class Table : public Control {
  public:
    using Source = std::function<std::vector<Cell>(std::size_t row)>;  // one cell for each column

    Table(wxWindow* parent, std::string_view name, std::vector<TableColumn> columns, bool two_lines);

    void set_rows(std::size_t count, Source source);  // keeps the selection where it can
    void select(std::size_t row);
    std::size_t selected() const { return selected_; }
    std::size_t count() const { return count_; }
    void set_empty_text(std::string text) { empty_ = std::move(text); }

    void on_select(std::function<void(std::size_t)> select) { on_select_ = std::move(select); }
    void on_open(std::function<void(std::size_t)> open) {
        on_open_ = std::move(open);
    }  // Enter, double click

    int overhang() const override { return 0; }
    int natural_width() const override { return 0; }
    int height_for(int width) const override;
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;
    void touch_began(wxPoint at) override;
    void touch_moved(wxPoint at) override;
    bool key(const wxKeyEvent& event) override;
    void pressed(wxPoint at) override;
    int ring_radius() const override { return 0; }

  private:
    int row_height() const;
    int head_height() const;
    std::size_t rows_in_view() const;
    std::vector<int> edges(int width) const;
    wxRect row_rect(std::size_t row) const;
    wxRect thumb() const;
    void scroll_to(long first);
    void draw_head(Painter& painter, const std::vector<int>& edges);
    void draw_row(Painter& painter, std::size_t row, const std::vector<int>& edges);

    std::vector<TableColumn> columns_;
    bool two_lines_;
    Source source_;
    std::string empty_;
    std::size_t count_ = 0, first_ = 0, selected_ = 0;
    bool on_thumb_ = false;
    std::function<void(std::size_t)> on_select_, on_open_;
};

}  // namespace wq::ui
