#include "data/store/registrations.h"

#include "data/base/utf8.h"
#include "data/domain/numbers.h"
#include "data/store/campus_data.h"
#include "data/store/core.h"
#include "data/store/graduates.h"
#include "data/store/projection.h"

#include <algorithm>

namespace wq::store {
namespace {

// The student's other records that may bar an act: those under way or in force, and open invitations.
std::vector<domain::Registration> others_open(Core& core, const Uuid& id, std::string_view exam_number) {
    auto select = core.sql("SELECT id, state FROM registration WHERE exam_number = ? AND id <> ?");
    bind_at(select, 1, exam_number);
    bind_at(select, 2, id.view());
    std::vector<Uuid> open;
    while (select.executeStep())
        if (const auto state = domain::state_named(text_at(select, 1)); state && !domain::is_final(*state))
            open.push_back(uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}));
    std::vector<domain::Registration> others;
    for (const Uuid& other : open)
        if (auto record = read_registration(core, other)) others.push_back(std::move(*record));
    return others;
}

const domain::Registration* invitation_of(const std::vector<domain::Registration>& others,
                                          const domain::Command& command) {
    const auto from_same = [&](const domain::Registration& other) {
        return other.state == domain::State::invited && command.action == domain::Action::invite &&
               domain::value_of(other.form, "credit_code") == command.actor.account;
    };
    const auto at = std::ranges::find_if(others, from_same);
    return at == others.end() ? nullptr : &*at;
}

Result<domain::Registration> act_on(Core& core, const domain::Registration& before,
                                    const domain::Command& command) {
    const domain::Campus campus = CampusData(core).campus();
    const auto graduate = Graduates(core).find(before.exam_number);
    if (!graduate) return refuse("student_unknown");
    const auto others = others_open(core, before.id, before.exam_number);
    const domain::Context world{
        &campus,   &core.codes(), &*graduate, domain::barring(others), invitation_of(others, command),
        core.now()};
    auto step = domain::apply(before, command, world);
    if (!step) return tl::make_unexpected(step.error());
    domain::Event event = core.new_event(domain::event_type::kRegistration, command.actor);
    event.exam_number = before.exam_number;
    event.registration = before.id;
    event.expected_revision = before.revision;
    event.expected_state = before.state;
    event.when = world.now;  // as the step has it: replaying the event must give the same record
    event.body = std::move(step->body);
    core.append(event);
    write_registration(core, step->after);
    return std::move(step->after);
}

// 'a', 'b': of enums, so that nothing foreign gets into the SQL.
template <class Enum>
std::string names_of(const std::vector<Enum>& values) {
    std::string names;
    for (Enum value : values)
        names += (names.empty() ? "'" : ", '") + std::string(domain::name_of(value)) + "'";
    return names;
}

// Hits of a search up to which all are gathered before the filter is looked at. Of more, the rows that the
// filter lets through are looked at one by one instead: few of them, or soon enough.
constexpr int kFewHits = 3000;
// Where counting stops: what a person types next narrows it.
constexpr int kMostCounted = 3000;

// Matches at the beginning of a column, by its index: up to the last character, as SQLite orders bytes.
std::string begins(const std::string& column, const std::string& text = "?1") {
    return column + " >= " + text + " AND " + column + " < " + text + " || char(1114111)";
}

constexpr std::string_view kOfEmployers =
    "employer_name IN (SELECT name FROM registered_employer WHERE instr(name, ?1))";

// Rows that the text fits, each way by its index and one after the other; some of them more than once.
std::string hits() {
    std::string sql;
    for (const std::string& one : {begins("number"), begins("exam_number"), begins("student_name"),
                                   begins("initials", "?4"), std::string(kOfEmployers)})
        sql += "SELECT rowid FROM registration WHERE " + one + " UNION ALL ";
    return sql +
           "SELECT s.rowid FROM graduate g CROSS JOIN registration s ON s.exam_number = g.exam_number "
           "WHERE " +
           begins("g.student_number");
}

// The same for a row at hand; the signs keep SQLite from gathering all hits by the indexes after all.
std::string fits() {
    return "(" + begins("+r.number") + " OR " + begins("+r.exam_number") + " OR " +
           begins("+r.student_name") + " OR " + begins("+r.initials", "?4") + " OR +r." +
           std::string(kOfEmployers) + " OR +r.exam_number IN (SELECT exam_number FROM graduate WHERE " +
           begins("student_number") + "))";
}

bool fits_few(Core& core, const std::string& text) {
    auto select =
        core.sql("SELECT count(*) FROM (" + hits() + " LIMIT " + std::to_string(kFewHits + 1) + ")");
    bind_at(select, 1, text);
    bind_at(select, 4, to_lower_ascii(text));
    select.executeStep();
    return int_at(select, 0) <= kFewHits;
}

// The filter as SQL; what is empty takes all and does not stand in it.
std::string where(Core& core, const RegistrationFilter& filter) {
    std::string sql = " FROM registration r WHERE true";
    if (filter.department) sql += " AND r.department = ?2 AND ?2 <> ''";
    if (!filter.exam_number.empty()) sql += " AND r.exam_number = ?3";
    for (const auto& [column, names] : {std::pair{"r.state", names_of(filter.states)},
                                        {"r.waits_for", names_of(filter.waits_for)},
                                        {"r.kind", names_of(filter.kinds)}})
        if (!names.empty()) sql += std::string(" AND ") + column + " IN (" + names + ")";
    if (filter.flagged) sql += *filter.flagged ? " AND r.flagged = 1" : " AND r.flagged = 0";
    if (filter.text.empty()) return sql;
    // What begins like very many numbers may all be old: the first of them, where nothing else narrows.
    const bool is_number = filter.text[0] >= '0' && filter.text[0] <= '9';
    if (is_number && sql.ends_with("WHERE true"))
        return sql + " AND r.rowid IN (SELECT rowid FROM (" + hits() + ") LIMIT " + std::to_string(kFewHits) +
               ")";
    return sql + " AND " + (fits_few(core, filter.text) ? "r.rowid IN (" + hits() + ")" : fits());
}

void bind_filter(SQLite::Statement& statement, const RegistrationFilter& filter) {
    if (!filter.text.empty()) {
        bind_at(statement, 1, filter.text);
        bind_at(statement, 4, to_lower_ascii(filter.text));
    }
    if (filter.department) bind_at(statement, 2, *filter.department);
    if (!filter.exam_number.empty()) bind_at(statement, 3, filter.exam_number);
}

RegistrationRow row_from(SQLite::Statement& row) {
    return {uuid_from_bytes(bytes_at(row, 0)).value_or(Uuid{}),
            domain::kind_named(text_at(row, 1)).value_or(domain::Kind::offline),
            domain::state_named(text_at(row, 2)).value_or(domain::State::draft),
            int_at(row, 3),
            text_at(row, 4),
            text_at(row, 5),
            text_at(row, 6),
            text_at(row, 7),
            text_at(row, 8),
            {int_at(row, 9)},
            int_at(row, 10) == 1,
            int_at(row, 11) == 1};
}

// Of all numbers of this node: one that was restored from a backup learns by the feed what it had given.
int last_serial(Core& core, const domain::Campus& campus) {
    const auto number = [&](int serial) {
        return domain::agreement_number(campus.cohort(), campus.school_code(), core.node().number, serial);
    };
    auto select = core.sql("SELECT max(number) FROM registration WHERE number BETWEEN ? AND ?");
    bind_at(select, 1, number(0));
    bind_at(select, 2, number(999'999));
    select.executeStep();
    const std::string last = select.isColumnNull(0) ? "" : text_at(select, 0);
    return last.empty() ? 0 : std::stoi(last.substr(last.size() - 6));
}

}  // namespace

Result<domain::Registration> Registrations::act(const Uuid& id, const domain::Command& command) {
    return core_->transaction([&]() -> Result<domain::Registration> {
        const auto before = read_registration(*core_, id);
        if (!before) return refuse("record_unknown");
        return act_on(*core_, *before, command);
    });
}

Result<domain::Registration> Registrations::begin(const Uuid& id, domain::Kind kind,
                                                  std::string_view exam_number,
                                                  const domain::Command& command) {
    return core_->transaction([&]() -> Result<domain::Registration> {
        if (auto before = read_registration(*core_, id)) return act_on(*core_, *before, command);
        domain::Registration record;
        record.id = id;
        record.kind = kind;
        record.exam_number = exam_number;
        record.initiator = command.actor.role;
        return act_on(*core_, record, command);
    });
}

std::optional<domain::Registration> Registrations::find(const Uuid& id) const {
    return read_registration(*core_, id);
}

std::optional<domain::Registration> Registrations::find_number(std::string_view number) const {
    auto select = core_->sql("SELECT id FROM registration WHERE number = ?");
    bind_at(select, 1, number);
    if (!select.executeStep()) return std::nullopt;
    return read_registration(*core_, uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}));
}

std::optional<domain::Registration> Registrations::in_force(std::string_view exam_number) const {
    auto select = core_->sql("SELECT id FROM registration WHERE exam_number = ? AND destination <> ''");
    bind_at(select, 1, exam_number);
    if (!select.executeStep()) return std::nullopt;
    return read_registration(*core_, uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}));
}

std::optional<domain::Registration> Registrations::barring(std::string_view exam_number,
                                                           const Uuid& but) const {
    const auto others = others_open(*core_, but, exam_number);
    const domain::Registration* other = domain::barring(others);
    return other ? std::optional(*other) : std::nullopt;
}

std::vector<RegistrationRow> Registrations::list(const RegistrationFilter& filter) const {
    const std::string order =
        filter.order == Order::newest_first ? "r.changed_ms DESC" : "r.flagged DESC, r.changed_ms";
    auto select = core_->sql(
        "SELECT r.id, r.kind, r.state, r.revision, r.exam_number, r.student_name, r.department,"
        " r.employer_name, coalesce(r.number, ''), r.changed_ms, r.flagged, EXISTS (SELECT 1 FROM event e"
        " WHERE e.registration = r.id AND e.own = 1 AND e.verdict IS NULL)" +
        where(*core_, filter) + " ORDER BY " + order + " LIMIT ?5 OFFSET ?6");
    bind_filter(select, filter);
    select.bind(5, static_cast<std::int64_t>(filter.limit));
    select.bind(6, static_cast<std::int64_t>(filter.offset));
    std::vector<RegistrationRow> rows;
    while (select.executeStep()) rows.push_back(row_from(select));
    return rows;
}

std::int64_t Registrations::count(const RegistrationFilter& filter) const {
    const std::string rows = where(*core_, filter);
    auto select = core_->sql(filter.text.empty() ? "SELECT count(*)" + rows
                                                 : "SELECT count(*) FROM (SELECT 1" + rows + " LIMIT " +
                                                       std::to_string(kMostCounted) + ")");
    bind_filter(select, filter);
    select.executeStep();
    return int_at(select, 0);
}

bool Registrations::is_pulled(const Uuid& id) const {
    constexpr int kOneOf = 20;
    const Bytes tag = core_->sealer().lookup_tag(text_of(id.view()), "registration.pulled");
    return (tag[0] << 8 | tag[1]) % kOneOf == 0;
}

std::string Registrations::reserve_number() {
    return core_->transaction([&] {
        const domain::Campus campus = CampusData(*core_).campus();
        const std::string key = "serial." + std::to_string(campus.cohort());
        const std::string last = core_->meta(key);
        const int serial = std::max(last.empty() ? 0 : std::stoi(last), last_serial(*core_, campus)) + 1;
        core_->set_meta(key, std::to_string(serial));
        return domain::agreement_number(campus.cohort(), campus.school_code(), core_->node().number, serial);
    });
}

}  // namespace wq::store
