#include "data/store/graduates.h"

#include "data/store/core.h"
#include "data/store/projection.h"

namespace wq::store {
namespace {

// Graduates in one event: a few hundred kilobytes, a fraction of what a push may hold.
constexpr std::size_t kChunk = 500;

enum class Compared { added, changed, same };

Compared compare(Core& core, const domain::Form& row) {
    auto select = core.sql("SELECT base FROM graduate WHERE exam_number = ?");
    bind_at(select, 1, domain::value_of(row, "exam_number"));
    if (!select.executeStep()) return Compared::added;
    return core.unseal(bytes_at(select, 0), "graduate.base") == cbor::encode(domain::to_cbor(row))
               ? Compared::same
               : Compared::changed;
}

void write_chunk(Core& core, cbor::Array graduates, const domain::Actor& actor) {
    domain::Event event = core.new_event(domain::event_type::kRoster, actor);
    event.body.set("graduates", std::move(graduates));
    core.append(event);
    project(core, event);
}

}  // namespace

RosterChange Graduates::import(const std::vector<domain::Form>& rows, const domain::Actor& actor) {
    return core_->transaction([&] {
        RosterChange change;
        cbor::Array chunk;
        for (const domain::Form& row : rows) {
            const Compared compared = compare(*core_, row);
            if (compared == Compared::same) {
                ++change.same;
                continue;
            }
            ++(compared == Compared::added ? change.added : change.changed);
            chunk.push_back(domain::to_cbor(row));
            if (chunk.size() == kChunk) write_chunk(*core_, std::exchange(chunk, {}), actor);
        }
        if (!chunk.empty()) write_chunk(*core_, std::move(chunk), actor);
        return change;
    });
}

std::optional<domain::Graduate> Graduates::find(std::string_view exam_number) const {
    auto select = core_->sql(
        "SELECT base, revision, confirmed_revision, confirmed_ms FROM graduate WHERE exam_number = ?");
    bind_at(select, 1, exam_number);
    if (!select.executeStep()) return std::nullopt;
    return domain::Graduate{domain::form_from_cbor(core_->unseal_cbor(bytes_at(select, 0), "graduate.base")),
                            int_at(select, 1),
                            int_at(select, 2),
                            {int_at(select, 3)}};
}

std::int64_t Graduates::count() const {
    auto select = core_->sql("SELECT count(*) FROM graduate");
    select.executeStep();
    return int_at(select, 0);
}

std::vector<std::string> Graduates::departments() const {
    auto select = core_->sql("SELECT DISTINCT department FROM graduate ORDER BY department");
    std::vector<std::string> departments;
    while (select.executeStep()) departments.push_back(text_at(select, 0));
    return departments;
}

Result<void> Graduates::confirm(std::string_view exam_number) {
    return core_->transaction([&]() -> Result<void> {
        const auto graduate = find(exam_number);
        if (!graduate) return refuse("student_unknown");
        if (graduate->is_confirmed()) return {};
        domain::Event event =
            core_->new_event(domain::event_type::kConfirm, {domain::Role::student, std::string(exam_number)});
        event.exam_number = exam_number;
        event.body.set("roster_revision", graduate->revision);
        core_->append(event);
        project(*core_, event);
        return {};
    });
}

}  // namespace wq::store
