#include "data/store/graduates.h"

#include "data/base/utf8.h"
#include "data/store/core.h"
#include "data/store/projection.h"

#include <future>
#include <set>

namespace wq::store {
namespace {

enum class Compared { added, changed, same };

Compared compare(Core& core, const domain::Form& row) {
    auto select = core.sql("SELECT base FROM graduate WHERE exam_number = ?");
    bind_at(select, 1, domain::value_of(row, "exam_number"));
    if (!select.executeStep()) return Compared::added;
    return core.unseal(bytes_at(select, 0), "graduate.base") == cbor::encode(domain::to_cbor(row))
               ? Compared::same
               : Compared::changed;
}

RosterChange& operator+=(RosterChange& sum, const RosterChange& change) {
    sum.added += change.added;
    sum.changed += change.changed;
    sum.same += change.same;
    sum.taken.insert(sum.taken.end(), change.taken.begin(), change.taken.end());
    return sum;
}

// Who has this value of a field that only one may have; not looked for where there is none.
std::vector<std::string> holders(Core& core, std::string_view field, const std::string& value) {
    if (value.empty()) return {};
    const bool is_number = field == "student_number";
    auto select = core.sql("SELECT exam_number FROM graduate WHERE " +
                           std::string(is_number           ? "student_number"
                                       : field == "mobile" ? "mobile_tag"
                                       : field == "email"  ? "email_tag"
                                                           : "resident_tag") +
                           " = ?");
    if (is_number)
        bind_at(select, 1, value);
    else
        bind_at(select, 1, core.sealer().lookup_tag(to_lower_ascii(value), "graduate." + std::string(field)));
    std::vector<std::string> found;
    while (select.executeStep()) found.push_back(text_at(select, 0));
    return found;
}

std::optional<TakenValue> taken_of(Core& core, const domain::Form& graduate,
                                   const std::function<bool(const std::string&)>& in_file) {
    const std::string exam_number(domain::value_of(graduate, "exam_number"));
    for (std::string_view field : domain::kOfOneGraduate) {
        const std::string value(domain::value_of(graduate, field));
        for (const std::string& holder : holders(core, field, value))
            if (holder != exam_number && !in_file(holder))
                return TakenValue{exam_number, std::string(field), value};
    }
    return std::nullopt;
}

// base, revision, confirmed_revision, confirmed_ms
domain::Graduate graduate_from(Core& core, SQLite::Statement& row) {
    return {domain::form_from_cbor(core.unseal_cbor(bytes_at(row, 0), "graduate.base")),
            int_at(row, 1),
            int_at(row, 2),
            {int_at(row, 3)}};
}

}  // namespace

RosterChange Graduates::import(domain::RosterReader& file, const domain::Actor& actor) {
    return core_->transaction([&] {
        RosterChange all;
        const auto read_on = [&] { return std::async(std::launch::async, [&] { return file.next(); }); };
        auto coming = read_on();
        while (const auto graduates = coming.get()) {
            coming = read_on();
            all += write(
                *graduates, [&](const std::string& exam_number) { return file.names(exam_number); }, actor);
        }
        return all;
    });
}

RosterChange Graduates::import(const std::vector<domain::Form>& graduates, const domain::Actor& actor) {
    return core_->transaction([&] {
        RosterChange all;
        std::set<std::string_view> given;
        for (const domain::Form& graduate : graduates)
            given.insert(domain::value_of(graduate, "exam_number"));
        const auto in_file = [&](const std::string& exam_number) { return given.contains(exam_number); };
        std::span<const domain::Form> rest(graduates);
        while (!rest.empty()) {
            const auto some = rest.first(std::min(rest.size(), domain::RosterReader::kRowsAtOnce));
            all += write(some, in_file, actor);
            rest = rest.subspan(some.size());
        }
        return all;
    });
}

// One event for all that is new among some hundred graduates, a fraction of what a push may hold; none where
// nothing is.
RosterChange Graduates::write(std::span<const domain::Form> graduates, const Others& in_file,
                              const domain::Actor& actor) {
    RosterChange change;
    cbor::Array news;
    for (const domain::Form& graduate : graduates) {
        const Compared compared = compare(*core_, graduate);
        if (compared != Compared::same)
            if (auto taken = taken_of(*core_, graduate, in_file)) {
                change.taken.push_back(std::move(*taken));
                continue;
            }
        ++(compared == Compared::added     ? change.added
           : compared == Compared::changed ? change.changed
                                           : change.same);
        if (compared != Compared::same) news.push_back(domain::to_cbor(graduate));
    }
    if (news.empty()) return change;
    domain::Event event = core_->new_event(domain::event_type::kRoster, actor);
    event.body.set("graduates", std::move(news));
    core_->append(event);
    project(*core_, event);
    return change;
}

std::optional<domain::Graduate> Graduates::find(std::string_view exam_number) const {
    auto select = core_->sql(
        "SELECT base, revision, confirmed_revision, confirmed_ms FROM graduate WHERE exam_number = ?");
    bind_at(select, 1, exam_number);
    if (!select.executeStep()) return std::nullopt;
    return graduate_from(*core_, select);
}

std::vector<domain::Graduate> Graduates::search(const domain::Scope& scope, std::string_view text,
                                                std::size_t limit) const {
    auto select = core_->sql(
        "SELECT base, revision, confirmed_revision, confirmed_ms FROM graduate WHERE (?1 IS NULL OR"
        " (department = ?1 AND ?1 <> '')) AND (?2 = '' OR name LIKE ?2 || '%' ESCAPE '\\' OR exam_number "
        "LIKE ?2 || '%' ESCAPE '\\'"
        " OR initials LIKE ?2 || '%' ESCAPE '\\' OR student_number LIKE ?2 || '%' ESCAPE '\\') ORDER BY "
        "exam_number LIMIT ?3");
    if (scope) bind_at(select, 1, *scope);
    bind_at(select, 2, like_text(text));
    select.bind(3, static_cast<std::int64_t>(limit));
    std::vector<domain::Graduate> found;
    while (select.executeStep()) found.push_back(graduate_from(*core_, select));
    return found;
}

void Graduates::each(const domain::Scope& scope,
                     const std::function<void(const domain::Graduate&)>& visit) const {
    auto select = core_->sql(
        "SELECT base, revision, confirmed_revision, confirmed_ms FROM graduate WHERE ?1 IS NULL OR"
        " (department = ?1 AND ?1 <> '') ORDER BY department, name, exam_number");
    if (scope) bind_at(select, 1, *scope);
    while (select.executeStep()) visit(graduate_from(*core_, select));
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

Result<void> Graduates::confirm(std::string_view exam_number, std::optional<std::int64_t> seen) {
    return core_->transaction([&]() -> Result<void> {
        const auto graduate = find(exam_number);
        if (!graduate) return refuse("student_unknown");
        if (seen && *seen != graduate->revision) return refuse("base_changed");
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
