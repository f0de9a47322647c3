#include "data/os/assets.h"

#include "data/domain/fields.h"
#include "data/os/files.h"

#include <algorithm>

namespace wq::os {
namespace {

Result<void> check_complete(const domain::Codes& codes) {
    for (const auto fields :
         {domain::supplement_fields(), domain::destination_fields(), domain::graduate_fields(),
          domain::employer_fields(), domain::termination_fields()})
        for (const domain::Field& field : fields)
            if (!field.table.empty() && !codes.has(field.table))
                return refuse("code_table_missing", {{"table", std::string(field.table)}});
    return {};
}

}  // namespace

Result<domain::Codes> load_codes(const std::filesystem::path& assets) {
    std::error_code error;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(assets / "codes", error))
        if (entry.path().extension() == ".tsv") files.push_back(entry.path());
    if (error)
        return refuse("file_missing", {{"file", (assets / "codes").string()}, {"reason", error.message()}});
    std::ranges::sort(files);
    domain::Codes codes;
    for (const auto& file : files) {
        const auto text = read_text(file);
        if (!text) return tl::make_unexpected(text.error());
        auto table = domain::CodeTable::parse(file.stem().string(), *text);
        if (!table) return tl::make_unexpected(table.error());
        codes.add(file.stem().string(), std::move(*table));
    }
    if (auto complete = check_complete(codes); !complete) return tl::make_unexpected(complete.error());
    return codes;
}

}  // namespace wq::os
