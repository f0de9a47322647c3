#include "data/domain/roster.h"

#include "data/base/utf8.h"
#include "data/domain/csv.h"

#include <algorithm>
#include <unordered_set>

namespace wq::domain {
namespace {

struct Column {
    const Field* field;  // nullptr: not ours, left alone
    std::string name;
};

std::vector<Column> columns_of(const CsvRow& header) {
    std::vector<Column> columns;
    for (const std::string& cell : header.cells) {
        const std::string name(trimmed(cell));
        columns.push_back({find_field_named(graduate_fields(), name), name});
    }
    return columns;
}

std::string missing_columns(const std::vector<Column>& columns) {
    std::string missing;
    for (const Field& field : graduate_fields()) {
        const bool there = std::ranges::any_of(columns, [&](const Column& c) { return c.field == &field; });
        if (field.need == Need::required && !there)
            missing += (missing.empty() ? "" : "、") + std::string(field.name_zh);
    }
    return missing;
}

std::string column_name(const std::vector<Column>& columns, std::string_view key) {
    for (const Column& column : columns)
        if (column.field && column.field->key == key) return column.name;
    return std::string(key);
}

// What the school chose for the old codes, which don't tell whether the graduate may sign; empty for others.
std::string_view chosen_mode(std::string_view cell, const Form& training_choices) {
    const std::string given = to_half_width(cell);
    return value_of(training_choices, given == "定向" ? "2" : given == "委培" ? "4" : given);
}

}  // namespace

Result<RosterReading> read_roster(std::string_view text, std::string_view school_name, const Codes& codes,
                                  const Form& training_choices) {
    const std::vector<CsvRow> rows = parse_csv(text);
    if (rows.size() < 2) return refuse("roster_empty");
    const std::vector<Column> columns = columns_of(rows[0]);
    if (std::string missing = missing_columns(columns); !missing.empty())
        return refuse("roster_columns_missing", {{"columns", missing}});

    RosterReading reading;
    std::unordered_set<std::string> seen;
    for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
        ++reading.rows;
        if (row->cut_off || row->cells.size() < columns.size()) {
            reading.faults.push_back({row->line,
                                      "",
                                      {"line_cut_off",
                                       {{"cells", std::to_string(row->cells.size())},
                                        {"expected", std::to_string(columns.size())}}}});
            continue;
        }
        Form base;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (!columns[i].field) continue;
            std::string value = normalised(*columns[i].field, row->cells[i], codes);
            if (columns[i].field->key == "training_mode")
                if (const auto choice = chosen_mode(row->cells[i], training_choices); !choice.empty())
                    value = choice;
            if (!value.empty()) base.try_emplace(std::string(columns[i].field->key), std::move(value));
        }
        base.insert_or_assign("school_name", std::string(school_name));
        auto problems = check_graduate(base, codes);
        if (!seen.insert(std::string(value_of(base, "exam_number"))).second)
            problems.push_back(
                {"exam_number", {"doubled", {{"value", std::string(value_of(base, "exam_number"))}}}});
        for (Problem& problem : problems)
            reading.faults.push_back(
                {row->line, column_name(columns, problem.field), std::move(problem.why)});
        if (problems.empty()) reading.graduates.push_back(std::move(base));
    }
    return reading;
}

}  // namespace wq::domain
