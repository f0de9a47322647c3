#include "data/domain/roster.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::domain {
namespace {

// What the school chose for the old codes, which don't tell whether the graduate may sign; empty for others.
std::string_view chosen_mode(std::string_view cell, const Form& training_choices) {
    const std::string given = to_half_width(cell);
    return value_of(training_choices, given == "定向" ? "2" : given == "委培" ? "4" : given);
}

}  // namespace

RosterReader::RosterReader(std::vector<CsvRow> rows, std::string_view school_name, const Codes& codes,
                           Form choices)
    : rows_(std::move(rows)),
      school_name_(school_name),
      codes_(&codes),
      training_choices_(std::move(choices)) {
    for (const std::string& cell : rows_[0].cells) {
        const std::string name(trimmed(cell));
        columns_.push_back({find_field_named(graduate_fields(), name), name});
    }
}

Result<RosterReader> RosterReader::open(std::string_view text, std::string_view school_name,
                                        const Codes& codes, Form training_choices) {
    std::vector<CsvRow> rows = parse_csv(text);
    if (rows.size() < 2) return refuse("roster_empty");
    RosterReader reader(std::move(rows), school_name, codes, std::move(training_choices));
    if (std::string missing = reader.missing_columns(); !missing.empty())
        return refuse("roster_columns_missing", {{"columns", missing}});
    reader.read_names();
    return reader;
}

std::string RosterReader::missing_columns() const {
    std::string missing;
    for (const Field& field : graduate_fields()) {
        const bool there = std::ranges::any_of(columns_, [&](const Column& c) { return c.field == &field; });
        if (field.need == Need::required && !there)
            missing += (missing.empty() ? "" : "、") + std::string(field.name_zh);
    }
    return missing;
}

void RosterReader::read_names() {
    const auto column = std::ranges::find_if(
        columns_, [](const Column& c) { return c.field && c.field->key == "exam_number"; });
    const auto index = static_cast<std::size_t>(column - columns_.begin());
    for (std::size_t row = 1; row < rows_.size(); ++row)
        if (index < rows_[row].cells.size()) named_.insert(value_in(rows_[row], index));
}

std::size_t RosterReader::line_of(const std::string& exam_number) const {
    const auto at = lines_.find(exam_number);
    return at == lines_.end() ? 0 : at->second;
}

// The second of two rows is told; the first stands.
void RosterReader::find_doubled(const Form& base, std::vector<Problem>& problems) {
    for (std::string_view key : kOfOneGraduate) {
        const std::string value(value_of(base, key));
        if (value.empty()) continue;
        if (!seen_.insert(std::string(key) + "=" + to_lower_ascii(value)).second)
            problems.push_back({std::string(key), {"doubled", {{"value", value}}}});
    }
}

std::string RosterReader::column_name(std::string_view key) const {
    for (const Column& column : columns_)
        if (column.field && column.field->key == key) return column.name;
    return std::string(key);
}

std::optional<std::vector<Form>> RosterReader::next() {
    if (next_row_ == rows_.size()) return std::nullopt;
    std::vector<Form> graduates;
    for (const std::size_t end = std::min(next_row_ + kRowsAtOnce, rows_.size()); next_row_ < end;
         ++next_row_)
        if (auto graduate = read(rows_[next_row_])) graduates.push_back(std::move(*graduate));
    return graduates;
}

std::optional<Form> RosterReader::read(const CsvRow& row) {
    if (row.cut_off || row.cells.size() < columns_.size()) {
        faults_.push_back(
            {row.line,
             "",
             {"line_cut_off",
              {{"cells", std::to_string(row.cells.size())}, {"expected", std::to_string(columns_.size())}}}});
        return std::nullopt;
    }
    Form base;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!columns_[i].field) continue;
        std::string value = value_in(row, i);
        if (!value.empty()) base.try_emplace(std::string(columns_[i].field->key), std::move(value));
    }
    base.insert_or_assign("school_name", school_name_);
    auto problems = check_graduate(base, *codes_);
    const std::string exam_number(value_of(base, "exam_number"));
    if (!lines_.emplace(exam_number, row.line).second)
        problems.push_back({"exam_number", {"doubled", {{"value", exam_number}}}});
    else if (problems.empty())
        find_doubled(base, problems);
    for (Problem& problem : problems)
        faults_.push_back({row.line, column_name(problem.field), std::move(problem.why)});
    return problems.empty() ? std::optional(std::move(base)) : std::nullopt;
}

std::string RosterReader::value_in(const CsvRow& row, std::size_t column) const {
    const Field& field = *columns_[column].field;
    if (field.key == "training_mode")
        if (const auto choice = chosen_mode(row.cells[column], training_choices_); !choice.empty())
            return std::string(choice);
    return normalised(field, row.cells[column], *codes_);
}

}  // namespace wq::domain
