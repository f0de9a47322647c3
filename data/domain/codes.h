// Code tables: regions, natures of employers, industries, posts and the rest, parsed from the TSV files in
// assets/codes (line 1 a comment with source and date, line 2 the column names). Reading the files is
// data/os's; here is only their meaning. Rows keep the file's order.
#pragma once

#include "data/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wq::domain {

struct Code {
    std::string code;
    std::string name_zh;
    std::string name_en;
    std::string parent;  // empty at the top
    std::string note;
    std::map<std::string, std::string, std::less<>> more;  // the table's other columns

    std::string_view value(std::string_view column) const;  // empty where absent
};

class CodeTable {
  public:
    // Refuses with `code_table_wrong` {table, line, reason}.
    static Result<CodeTable> parse(std::string_view table, std::string_view tsv);

    const std::vector<Code>& rows() const { return rows_; }
    const Code* find(std::string_view code) const;
    // By Chinese name or alias; nullptr where unknown, and where several codes share the name.
    const Code* named(std::string_view name_zh) const;
    std::vector<const Code*> children(std::string_view parent) const;
    bool has_children(std::string_view code) const { return children_.contains(std::string(code)); }
    // The codes from the top down to `code`, without levels that the table hides (column `hidden`).
    std::vector<const Code*> path(std::string_view code) const;
    // "四川省成都市武侯区"; empty for an unknown code.
    std::string full_name(std::string_view code) const;

  private:
    static constexpr std::size_t kShared = SIZE_MAX;

    Result<void> add(std::string_view table, std::size_t line, Code row);
    void add_name(std::string_view name);  // of the row that comes next
    std::vector<Code> rows_;
    std::unordered_map<std::string, std::size_t> by_code_, by_name_;
    std::unordered_map<std::string, std::vector<std::size_t>> children_;
};

// All tables by name: region, employer_nature, industry, post, destination, training_mode, level,
// ethnicity, political_status, sex.
class Codes {
  public:
    void add(std::string name, CodeTable table) {
        tables_.insert_or_assign(std::move(name), std::move(table));
    }
    // An unknown name is a bug in the field table: throws Fault.
    const CodeTable& table(std::string_view name) const;
    bool has(std::string_view name) const { return tables_.contains(name); }
    // The Chinese or English name of a code, or the code itself where the table lacks it.
    std::string name(std::string_view table, std::string_view code) const;

  private:
    std::map<std::string, CodeTable, std::less<>> tables_;
};

}  // namespace wq::domain
