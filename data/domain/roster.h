// The school's roster as a file (R06): columns by name in any order, good rows taken, each bad row named
// with line, column and reason.
#pragma once

#include "data/domain/checks.h"
#include "data/domain/csv.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace wq::domain {

struct RosterFault {
    std::size_t line = 0;  // of the file, from 1
    std::string column;    // as the file calls it; empty: the whole line
    Refusal why;
};

class RosterReader {
  public:
    static constexpr std::size_t kRowsAtOnce = 500;

    // `text` is UTF-8 and not needed any longer afterwards; `codes` must outlive the reader. Refuses with
    // `roster_columns_missing` {columns} a file that lacks a required column and `roster_empty` one without
    // rows. `training_choices` maps the old codes 2 and 4 to what the school chose (R07), for example
    // {"2", "21"}.
    static Result<RosterReader> open(std::string_view text, std::string_view school_name, const Codes& codes,
                                     Form training_choices = {{"2", "21"}, {"4", "41"}});

    // The graduates of the next kRowsAtOnce rows, without the faulty ones; nothing after the last row.
    std::optional<std::vector<Form>> next();

    // Of the rows read so far; the header is not counted.
    const std::vector<RosterFault>& faults() const { return faults_; }
    std::size_t rows() const { return next_row_ - 1; }

  private:
    struct Column {
        const Field* field;  // nullptr: not ours, left alone
        std::string name;
    };

    RosterReader(std::vector<CsvRow> rows, std::string_view school_name, const Codes& codes, Form choices);
    std::string missing_columns() const;
    std::string column_name(std::string_view key) const;
    std::string value_in(const CsvRow& row, std::size_t column) const;
    std::optional<Form> read(const CsvRow& row);

    std::vector<CsvRow> rows_;
    std::size_t next_row_ = 1;
    std::string school_name_;
    const Codes* codes_;
    Form training_choices_;
    std::vector<Column> columns_;
    std::unordered_set<std::string> seen_;  // exam numbers
    std::vector<RosterFault> faults_;
};

}  // namespace wq::domain
