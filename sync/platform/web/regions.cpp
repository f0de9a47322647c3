#include "sync/platform/web/regions.h"

#include "data/base/utf8.h"

namespace wq::platform {
namespace {

// Without what people leave out or write in either way.
std::u32string plain(std::string_view text) {
    std::u32string points = to_code_points(to_lower_ascii(text));
    std::erase_if(points, [](char32_t c) { return c == U' ' || c == U'\u3000' || c == U'-' || c == U'·'; });
    return points;
}

bool holds_in_order(std::u32string_view name, std::u32string_view typed) {
    for (const char32_t c : name)
        if (!typed.empty() && c == typed.front()) typed.remove_prefix(1);
    return typed.empty();
}

}  // namespace

Regions::Regions(const domain::Codes& codes) {
    const domain::CodeTable& table = codes.table("region");
    for (const domain::Code& row : table.rows()) {
        if (table.has_children(row.code)) continue;
        std::string english;
        for (const domain::Code* part : table.path(row.code)) english += part->name_en;
        regions_.push_back({row.code, plain(table.full_name(row.code)), plain(english)});
    }
}

std::vector<std::string> Regions::find(std::string_view typed) const {
    const std::u32string wanted = plain(typed);
    std::vector<std::string> found;
    if (wanted.empty()) return found;
    for (const Region& region : regions_) {
        if (region.zh == wanted || region.code == typed) return {region.code};
        if (holds_in_order(region.zh, wanted) || region.en.find(wanted) != std::u32string::npos)
            found.push_back(region.code);
    }
    return found;
}

}  // namespace wq::platform
