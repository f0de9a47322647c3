#include "data/store/employers.h"

#include "data/store/core.h"
#include "data/store/projection.h"

namespace wq::store {
namespace {

constexpr std::size_t kChunk = 500;

bool is_same(Core& core, const domain::Form& employer) {
    auto select = core.sql("SELECT entry FROM employer WHERE credit_code = ?");
    bind_at(select, 1, domain::value_of(employer, "credit_code"));
    return select.executeStep() &&
           core.unseal(bytes_at(select, 0), "employer.entry") == cbor::encode(domain::to_cbor(employer));
}

}  // namespace

void Employers::put(const std::vector<domain::Form>& employers, const domain::Actor& actor) {
    core_->transaction([&] {
        cbor::Array chunk;
        const auto write = [&] {
            domain::Event event = core_->new_event(domain::event_type::kEmployers, actor);
            event.body.set("employers", std::exchange(chunk, {}));
            core_->append(event);
            project(*core_, event);
        };
        for (const domain::Form& employer : employers) {
            if (is_same(*core_, employer)) continue;
            chunk.push_back(domain::to_cbor(employer));
            if (chunk.size() == kChunk) write();
        }
        if (!chunk.empty()) write();
    });
}

std::vector<domain::Form> Employers::search(std::string_view text, std::size_t limit) const {
    auto select = core_->sql(
        "SELECT entry FROM employer WHERE name LIKE '%' || ?1 || '%' ESCAPE '\\' OR credit_code LIKE ?1 || "
        "'%' ESCAPE '\\'"
        " ORDER BY name NOT LIKE ?1 || '%' ESCAPE '\\', name LIMIT ?2");
    bind_at(select, 1, like_text(text));
    select.bind(2, static_cast<std::int64_t>(limit));
    std::vector<domain::Form> found;
    while (select.executeStep())
        found.push_back(domain::form_from_cbor(core_->unseal_cbor(bytes_at(select, 0), "employer.entry")));
    return found;
}

std::int64_t Employers::count() const {
    auto select = core_->sql("SELECT count(*) FROM employer");
    select.executeStep();
    return int_at(select, 0);
}

}  // namespace wq::store
