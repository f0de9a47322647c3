#include "sync/platform/employment_api.h"

#include "data/domain/employment_plan.h"
#include "sync/protocol/signing.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace wq::platform {
namespace {

constexpr std::string_view kBearer = "Bearer ";
constexpr std::int64_t kMostLines = 1000;

protocol::Response json_answer(int status, const nlohmann::ordered_json& value) {
    const std::string text = value.dump();
    const ByteView bytes = bytes_of(text);
    return {status,
            {bytes.begin(), bytes.end()},
            "application/json; charset=utf-8",
            {{"cache-control", "no-store"}, {"x-content-type-options", "nosniff"}}};
}

protocol::Response refused(const Refusal& refusal) {
    const int status = refusal.code == "consumer_unknown" ? 401
                       : refusal.code == "out_of_scope"   ? 403
                       : refusal.code == "school_unknown" ? 404
                                                          : 400;
    return json_answer(status, {{"code", refusal.code}});
}

nlohmann::ordered_json line_in_json(const PlanLine& line, const std::vector<std::string>& header) {
    nlohmann::ordered_json value = {{"feed", line.feed}};
    for (std::size_t i = 0; i < header.size(); ++i) value[header[i]] = line.cells[i];
    return value;
}

}  // namespace

protocol::Response serve_employment(Registry& registry, const protocol::Request& request) {
    const std::string school(protocol::path_of(request.target).substr(kEmploymentPath.size()));
    const std::string_view authorization = protocol::header_of(request.headers, "authorization");
    const auto number = [&](std::string_view name, std::int64_t otherwise) {
        const std::string_view text = protocol::parameter_of(request.target, name);
        return text.empty() ? std::optional(otherwise) : protocol::number_from(text);
    };
    const auto after = number("after", 0), limit = number("limit", kMostLines);
    if (request.method != "GET" || !after || !limit || *after < 0)
        return refused({"message_wrong", {{"message", "after"}}});
    if (!authorization.starts_with(kBearer)) return refused({"consumer_unknown"});
    const auto page = registry.employment(authorization.substr(kBearer.size()), school, *after,
                                          std::clamp<std::int64_t>(*limit, 1, kMostLines));
    if (!page) return refused(page.error());
    const auto header = domain::plan_header();
    auto rows = nlohmann::ordered_json::array();
    for (const PlanLine& line : page->lines) rows.push_back(line_in_json(line, header));
    return json_answer(
        200, {{"school", school}, {"through", page->through}, {"is_last", page->is_last}, {"rows", rows}});
}

}  // namespace wq::platform
