#include "data/os/demo.h"

#include "data/base/utf8.h"
#include "data/domain/fields.h"
#include "data/os/files.h"

namespace wq::os {
namespace {

// The first line names the columns as the fields are named.
DemoEmployer employer_of(const std::vector<std::string_view>& columns,
                         const std::vector<std::string_view>& cells) {
    DemoEmployer employer;
    for (std::size_t i = 0; i < cells.size() && i < columns.size(); ++i) {
        if (columns[i] == "warning")
            employer.warning = cells[i];
        else if (columns[i] == "warning_reason")
            employer.warning_reason = cells[i];
        else if (!cells[i].empty() && domain::find_field(domain::employer_fields(), columns[i]))
            employer.form.emplace(columns[i], cells[i]);
    }
    return employer;
}

}  // namespace

Result<std::vector<DemoEmployer>> demo_employers(const std::filesystem::path& assets) {
    const auto text = read_text(assets / "demo/employers.tsv");
    if (!text) return tl::make_unexpected(text.error());
    std::vector<DemoEmployer> employers;
    std::vector<std::string_view> columns;
    for (const std::string_view line : split(*text, '\n')) {
        if (line.empty() || line.starts_with('#')) continue;
        const auto cells = split(line, '\t');
        if (columns.empty())
            columns = cells;
        else
            employers.push_back(employer_of(columns, cells));
    }
    return employers;
}

}  // namespace wq::os
