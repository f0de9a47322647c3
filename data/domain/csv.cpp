#include "data/domain/csv.h"

#include <algorithm>

namespace wq::domain {
namespace {

char separator_of(std::string_view text) {
    const std::string_view first = text.substr(0, text.find('\n'));
    char best = ',';
    for (char candidate : {';', '\t'})
        if (std::ranges::count(first, candidate) > std::ranges::count(first, best)) best = candidate;
    return best;
}

std::string without_excel_formula(std::string cell) {
    if (cell.size() >= 3 && cell.starts_with("=\"") && cell.ends_with('"'))
        return cell.substr(2, cell.size() - 3);
    return cell;
}

class CsvParser {
  public:
    explicit CsvParser(std::string_view text) : text_(text), separator_(separator_of(text)) {}

    std::vector<CsvRow> parse() {
        row_.line = 1;
        read_to_end();
        if (quoted_) {
            close_quote();
            read_to_end();
        }
        end_row();
        return std::move(rows_);
    }

  private:
    void read_to_end() {
        for (; at_ < text_.size(); ++at_) quoted_ ? in_quotes(text_[at_]) : outside(text_[at_]);
    }

    // Nothing closes this quote: its row ends with its line, and the lines after it are read as they are.
    // No quote follows that could open another one without end.
    void close_quote() {
        quoted_ = false;
        row_.cut_off = true;
        const std::size_t end = text_.find('\n', quote_at_);
        if (end == text_.npos) return;
        at_ = end + 1;
        line_ = quote_line_ + 1;
        end_row();
    }

    void in_quotes(char c) {
        if (c == '\n') ++line_;
        if (c != '"') {
            cell_ += c;
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
            cell_ += '"';
            ++at_;
        } else {
            quoted_ = false;
        }
    }

    void outside(char c) {
        if (c == '"' && (cell_.empty() || cell_ == "=")) {
            cell_.clear();
            quoted_ = true;
            quote_at_ = at_;
            quote_line_ = line_;
        } else if (c == separator_) {
            end_cell();
        } else if (c == '\n') {
            ++line_;
            end_row();
        } else if (c != '\r' || at_ + 1 >= text_.size() || text_[at_ + 1] != '\n') {
            cell_ += c;
        }
    }

    void end_cell() {
        row_.cells.push_back(without_excel_formula(std::move(cell_)));
        cell_.clear();
    }

    void end_row() {
        end_cell();
        if (row_.cells.size() > 1 || !row_.cells[0].empty()) rows_.push_back(std::move(row_));
        row_ = {};
        row_.line = line_;
    }

    std::string_view text_;
    char separator_;
    std::size_t at_ = 0, line_ = 1, quote_at_ = 0, quote_line_ = 1;
    bool quoted_ = false;
    std::string cell_;
    CsvRow row_;
    std::vector<CsvRow> rows_;
};

}  // namespace

std::vector<CsvRow> parse_csv(std::string_view text) { return CsvParser(text).parse(); }

std::string csv_cell(std::string_view value) {
    std::string cell(value);
    if (!cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos)
        cell.insert(0, 1, '\'');
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (char c : cell) quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

}  // namespace wq::domain
