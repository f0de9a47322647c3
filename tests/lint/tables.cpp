#include "tests/lint/lint.h"

#include <algorithm>
#include <regex>
#include <set>

namespace wq::lint {
namespace {

using Cells = std::vector<std::string>;

Cells cells_of(std::string_view line) {
    Cells cells(1);
    for (char c : line) {
        if (c == '\t')
            cells.emplace_back();
        else
            cells.back() += c;
    }
    return cells;
}

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines(1);
    for (char c : text) {
        if (c == '\n')
            lines.emplace_back();
        else
            lines.back() += c;
    }
    return lines;
}

// Checks a table from its first line to its last.
class Table {
  public:
    Table(const std::string& path, std::string_view text) : path_(path), lines_(lines_of(text)) {}

    std::vector<Finding> check() {
        if (lines_.size() < 4 || !lines_.back().empty()) {
            found(lines_.size(), "a table has a source, a header and rows, and ends with a line feed");
            return findings_;
        }
        lines_.pop_back();
        check_head();
        for (std::size_t i = 2; i < lines_.size(); ++i) check_row(i + 1, cells_of(lines_[i]));
        return findings_;
    }

  private:
    void found(std::size_t line, std::string says) {
        findings_.push_back({path_, line, "code table", std::move(says)});
    }

    void check_head() {
        static const std::regex source(R"(^# .+, \d{4}-\d\d-\d\d(, .+)?$)");
        if (!std::regex_match(lines_[0], source)) found(1, "line 1 is \"# source, YYYY-MM-DD, note\"");
        columns_ = cells_of(lines_[1]);
        if (columns_.size() < 3 || !std::ranges::equal(Cells{"code", "name_zh", "name_en"},
                                                       Cells(columns_.begin(), columns_.begin() + 3)))
            found(2, "line 2 begins with code, name_zh, name_en");
        parent_ = static_cast<std::size_t>(std::ranges::find(columns_, "parent") - columns_.begin());
    }

    void check_row(std::size_t line, const Cells& cells) {
        if (cells.size() != columns_.size()) {
            found(line, std::to_string(cells.size()) + " cells under " + std::to_string(columns_.size()) +
                            " columns");
            return;
        }
        for (const std::string& cell : cells)
            if (cell.starts_with(' ') || cell.ends_with(' ') || cell.ends_with('\r'))
                found(line, "white space at the edge of a cell");
        if (cells[0].empty() || cells.size() < 2 || cells[1].empty()) found(line, "code or name_zh is empty");
        if (parent_ < cells.size() && !cells[parent_].empty() && !codes_.contains(cells[parent_]))
            found(line, "its parent " + cells[parent_] + " does not stand above it");
        if (!codes_.insert(cells[0]).second) found(line, "code " + cells[0] + " stands twice");
    }

    const std::string& path_;
    std::vector<std::string> lines_;
    Cells columns_;
    std::size_t parent_ = 0;
    std::set<std::string> codes_;
    std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_code_table(const std::string& path, std::string_view text) {
    return Table(path, text).check();
}

}  // namespace wq::lint
