// The school's roster as a file (R06): columns by name in any order, good rows taken, each bad row named
// with line, column and reason.
#pragma once

#include "data/domain/checks.h"
#include "data/domain/csv.h"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace wq::domain {

struct RosterFault {
    std::size_t line = 0;  // of the file, from 1
    std::string column;    // as the file calls it; empty: the whole line
    Refusal why;
};

// What no two graduates may share: they log in by it, or are found by it.
inline constexpr std::string_view kOfOneGraduate[] = {"student_number", "resident_id", "mobile", "email"};

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
    // Whether the file has a row of this graduate, read or not; and the line of one that was read (0: none).
    bool names(const std::string& exam_number) const { return named_.contains(exam_number); }
    std::size_t line_of(const std::string& exam_number) const;
    std::string column_name(std::string_view key) const;

  private:
    struct Column {
        const Field* field;  // nullptr: not ours, left alone
        std::string name;
    };

    RosterReader(std::vector<CsvRow> rows, std::string_view school_name, const Codes& codes, Form choices);
    std::string missing_columns() const;
    void read_names();
    void find_doubled(const Form& base, std::vector<Problem>& problems);
    std::string value_in(const CsvRow& row, std::size_t column) const;
    std::optional<Form> read(const CsvRow& row);

    std::vector<CsvRow> rows_;
    std::size_t next_row_ = 1;
    std::string school_name_;
    const Codes* codes_;
    Form training_choices_;
    std::vector<Column> columns_;
    std::unordered_set<std::string> named_;               // exam numbers of all rows
    std::unordered_map<std::string, std::size_t> lines_;  // of the exam numbers read
    std::unordered_set<std::string> seen_;                // values that one graduate alone may have, with key
    std::vector<RosterFault> faults_;
};

}  // namespace wq::domain
