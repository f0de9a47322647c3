#include "data/domain/codes.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::domain {
namespace {

tl::unexpected<Refusal> wrong(std::string_view table, std::size_t line, std::string reason) {
    return refuse(
        "code_table_wrong",
        {{"table", std::string(table)}, {"line", std::to_string(line)}, {"reason", std::move(reason)}});
}

Code code_from(const std::vector<std::string_view>& columns, const std::vector<std::string_view>& cells) {
    Code row;
    for (std::size_t i = 0; i < columns.size() && i < cells.size(); ++i) {
        const std::string cell(trimmed(cells[i]));
        if (columns[i] == "code")
            row.code = cell;
        else if (columns[i] == "name_zh")
            row.name_zh = cell;
        else if (columns[i] == "name_en")
            row.name_en = cell;
        else if (columns[i] == "parent")
            row.parent = cell;
        else if (columns[i] == "note")
            row.note = cell;
        else if (!cell.empty())
            row.more.emplace(columns[i], cell);
    }
    return row;
}

}  // namespace

std::string_view Code::value(std::string_view column) const {
    const auto at = more.find(column);
    return at == more.end() ? std::string_view() : std::string_view(at->second);
}

Result<void> CodeTable::add(std::string_view table, std::size_t line, Code row) {
    if (row.code.empty() || row.name_zh.empty()) return wrong(table, line, "code or name_zh is empty");
    if (!row.parent.empty() && !by_code_.contains(row.parent))
        return wrong(table, line, "unknown parent " + row.parent);
    if (!by_code_.emplace(row.code, rows_.size()).second)
        return wrong(table, line, "doubled code " + row.code);
    add_name(row.name_zh);
    for (std::string_view alias : split(row.value("aliases"), '|'))
        if (!trimmed(alias).empty()) add_name(trimmed(alias));
    children_[row.parent].push_back(rows_.size());
    rows_.push_back(std::move(row));
    return {};
}

void CodeTable::add_name(std::string_view name) {
    const auto [at, added] = by_name_.emplace(name, rows_.size());
    if (!added && at->second != rows_.size()) at->second = kShared;
}

Result<CodeTable> CodeTable::parse(std::string_view table, std::string_view tsv) {
    CodeTable parsed;
    std::vector<std::string_view> columns;
    std::size_t line = 0;
    if (!is_valid_utf8(tsv)) return wrong(table, 1, "not UTF-8");
    for (std::string_view text : split(tsv, '\n')) {
        ++line;
        if (text.ends_with('\r')) text.remove_suffix(1);
        if (text.empty() || text.starts_with('#')) continue;
        const auto cells = split(text, '\t');
        if (columns.empty()) {
            columns = cells;
            if (std::ranges::find(columns, "code") == columns.end() ||
                std::ranges::find(columns, "name_zh") == columns.end())
                return wrong(table, line, "the columns code and name_zh are missing");
            continue;
        }
        if (auto added = parsed.add(table, line, code_from(columns, cells)); !added)
            return tl::make_unexpected(added.error());
    }
    if (parsed.rows_.empty()) return wrong(table, line, "no rows");
    return parsed;
}

const Code* CodeTable::find(std::string_view code) const {
    const auto at = by_code_.find(std::string(code));
    return at == by_code_.end() ? nullptr : &rows_[at->second];
}

const Code* CodeTable::named(std::string_view name_zh) const {
    const auto at = by_name_.find(std::string(name_zh));
    return at == by_name_.end() || at->second == kShared ? nullptr : &rows_[at->second];
}

std::vector<const Code*> CodeTable::children(std::string_view parent) const {
    std::vector<const Code*> found;
    const auto at = children_.find(std::string(parent));
    if (at != children_.end())
        for (std::size_t row : at->second) found.push_back(&rows_[row]);
    return found;
}

std::vector<const Code*> CodeTable::path(std::string_view code) const {
    std::vector<const Code*> path;
    for (const Code* at = find(code); at; at = find(at->parent))
        if (at->value("hidden").empty()) path.insert(path.begin(), at);
    return path;
}

std::string CodeTable::full_name(std::string_view code) const {
    std::string name;
    for (const Code* part : path(code)) name += part->name_zh;
    return name;
}

const CodeTable& Codes::table(std::string_view name) const {
    const auto at = tables_.find(name);
    if (at == tables_.end()) throw Fault("the code table " + std::string(name) + " is missing");
    return at->second;
}

std::string Codes::name(std::string_view table_name, std::string_view code) const {
    const Code* row = table(table_name).find(code);
    return row ? row->name_zh : std::string(code);
}

}  // namespace wq::domain
