// How SchoolTables reads what a batch asks for, and writes what it has changed: a statement for each table.
#include "data/crypto/hash.h"
#include "data/domain/lifecycle.h"
#include "sync/platform/listing.h"
#include "sync/platform/school_tables.h"

#include <algorithm>
#include <utility>

namespace wq::platform {
namespace {

using soci::into;

template <class Map, class Keys>
auto missing_in(const Map& known, const Keys& wanted) {
    std::vector<typename Keys::value_type> missing;
    std::ranges::copy_if(wanted, std::back_inserter(missing),
                         [&](const auto& key) { return !known.contains(key); });
    return missing;
}

std::vector<std::string> texts_of(const std::vector<Uuid>& ids) {
    std::vector<std::string> texts;
    for (const Uuid& id : ids) texts.push_back(to_text(id));
    return texts;
}

std::optional<Uuid> id_in(const std::string& text) { return uuid_from_text(text); }

}  // namespace

domain::Graduate graduate_of(ByteView base, std::int64_t changes, std::int64_t confirmed) {
    domain::Graduate graduate;
    graduate.base = domain::form_from_cbor(cbor::decode(base).value_or(cbor::Value{}));
    graduate.revision = crypto::content_number(base);
    graduate.confirmed_revision = confirmed >= crypto::kFirstContentNumber ? confirmed
                                  : confirmed == changes                   ? graduate.revision
                                                                           : 0;
    return graduate;
}

void SchoolTables::expect(const Expected& expected) {
    if (const auto missing = missing_in(graduates_, expected.exam_numbers); !missing.empty())
        read_graduates(missing);
    if (const auto missing = missing_in(slots_, expected.exam_numbers); !missing.empty()) read_slots(missing);
    if (const auto missing = missing_in(numbers_, expected.numbers); !missing.empty()) read_numbers(missing);
    std::set<Uuid> records = expected.registrations;
    // Whoever holds a slot is asked about, too.
    for (const std::string& exam_number : expected.exam_numbers)
        if (const auto& holder = slots_[exam_number].holder) records.insert(*holder);
    if (const auto missing = missing_in(records_, records); !missing.empty()) read_records(missing);
}

SchoolTables::GraduateRow& SchoolTables::graduate_row(const std::string& exam_number) {
    if (!graduates_.contains(exam_number)) read_graduates({exam_number});
    return graduates_[exam_number];
}

SchoolTables::RecordRow& SchoolTables::record_row(const Uuid& id) {
    if (!records_.contains(id)) read_records({id});
    return records_[id];
}

SchoolTables::SlotRow& SchoolTables::slot_row(const std::string& exam_number) {
    if (!slots_.contains(exam_number)) read_slots({exam_number});
    return slots_[exam_number];
}

void SchoolTables::read_graduates(const std::vector<std::string>& exam_numbers) {
    for (const std::string& exam_number : exam_numbers) graduates_[exam_number];
    std::string exam_number, base;
    std::int64_t changes = 0, confirmed = 0, confirmed_at = 0, since = 0;
    select_in(
        *database_,
        "SELECT exam_number, revision, confirmed_revision, confirmed_at, base, since FROM graduate"
        " WHERE school = :school AND exam_number",
        school_, exam_numbers,
        [&](soci::statement& rows) {
            rows.exchange(into(exam_number));
            rows.exchange(into(changes));
            rows.exchange(into(confirmed));
            rows.exchange(into(confirmed_at));
            rows.exchange(into(base));
            rows.exchange(into(since));
        },
        [&] {
            GraduateRow& row = graduates_[exam_number];
            row.since = since;
            row.graduate = graduate_of(database_->open(base, kGraduatePlace), changes, confirmed);
            row.graduate.confirmed_at.ms = confirmed_at;
            row.changes = changes;
        });
}

void SchoolTables::read_records(const std::vector<Uuid>& ids) {
    for (const Uuid& id : ids) records_[id];
    std::string sealed;
    std::int64_t since = 0;
    select_in(
        *database_, "SELECT record, since FROM registration WHERE school = :school AND registration", school_,
        texts_of(ids),
        [&](soci::statement& rows) {
            rows.exchange(into(sealed));
            rows.exchange(into(since));
        },
        [&] {
            const auto value = cbor::decode(database_->open(sealed, kRecordPlace));
            auto record =
                value ? domain::registration_from_cbor(*value) : std::optional<domain::Registration>();
            if (!record) throw Fault("a registration can't be read");
            const bool had_paper = record->paper.has_value();
            records_[record->id] = {std::move(record), since, had_paper, false};
        });
}

Branch SchoolTables::author_of(std::int64_t feed) {
    std::string device;
    Branch author;
    sql() << "SELECT device, epoch FROM event WHERE school = :school AND feed = :feed", soci::use(school_),
        soci::use(feed), into(device), into(author.epoch);
    author.device = uuid_from_text(device).value_or(Uuid{});
    return author;
}

void SchoolTables::read_slots(const std::vector<std::string>& exam_numbers) {
    for (const std::string& exam_number : exam_numbers) slots_[exam_number];
    std::string exam_number, holder;
    std::int64_t since = 0;
    select_in(
        *database_,
        "SELECT exam_number, registration, since FROM slot WHERE school = :school AND exam_number", school_,
        exam_numbers,
        [&](soci::statement& rows) {
            rows.exchange(into(exam_number));
            rows.exchange(into(holder));
            rows.exchange(into(since));
        },
        [&] {
            slots_[exam_number] = {id_in(holder), since, true, false};
        });
}

void SchoolTables::read_numbers(const std::vector<std::string>& numbers) {
    for (const std::string& number : numbers) numbers_[number];
    std::string number, id;
    select_in(
        *database_,
        "SELECT number, registration FROM registration WHERE school = :school AND number <> '' AND number",
        school_, numbers,
        [&](soci::statement& rows) {
            rows.exchange(into(number));
            rows.exchange(into(id));
        },
        [&] { numbers_[number] = id_in(id); });
}

void SchoolTables::flush() {
    flush_graduates();
    flush_records();
    flush_papers();
    flush_slots();
}

void SchoolTables::flush_graduates() {
    BulkInsert rows(*database_,
                    "INSERT INTO graduate (school, exam_number, revision, confirmed_revision, confirmed_at,"
                    " base, department, level, name_tag, student_tag, since)",
                    " ON CONFLICT (school, exam_number) DO UPDATE SET revision = excluded.revision,"
                    " confirmed_revision = excluded.confirmed_revision,"
                    " confirmed_at = excluded.confirmed_at, base = excluded.base,"
                    " department = excluded.department, level = excluded.level,"
                    " name_tag = excluded.name_tag, student_tag = excluded.student_tag,"
                    " since = excluded.since");
    // Of a row that is there, the commonest change touches neither what is sealed nor an index.
    BulkInsert confirmed(*database_,
                         "INSERT INTO graduate (school, exam_number, revision, confirmed_revision,"
                         " confirmed_at, base)",
                         " ON CONFLICT (school, exam_number) DO UPDATE SET"
                         " confirmed_revision = excluded.confirmed_revision,"
                         " confirmed_at = excluded.confirmed_at");
    for (auto& [exam_number, row] : graduates_) {
        const bool is_changed = std::exchange(row.is_changed, false);
        const bool is_confirmed_anew = std::exchange(row.is_confirmed_anew, false);
        if (!is_changed && is_confirmed_anew)
            confirmed.add(school_, exam_number, row.changes, row.graduate.confirmed_revision,
                          row.graduate.confirmed_at.ms, std::string());
        if (!is_changed) continue;
        ListedGraduate shown = listed(*database_, row.graduate.base);
        rows.add(school_, exam_number, row.changes, row.graduate.confirmed_revision,
                 row.graduate.confirmed_at.ms,
                 database_->seal(cbor::encode(domain::to_cbor(row.graduate.base)), kGraduatePlace),
                 std::move(shown.department), std::move(shown.level), std::move(shown.name_tag),
                 std::move(shown.student_tag), row.since);
    }
    rows.finish();
    confirmed.finish();
}

void SchoolTables::flush_records() {
    BulkInsert rows(*database_,
                    "INSERT INTO registration (school, registration, exam_number, kind, state, revision,"
                    " number, since, expires, record, employer, title, destination, in_force_day, changed)",
                    " ON CONFLICT (school, registration) DO UPDATE SET state = excluded.state,"
                    " revision = excluded.revision, number = excluded.number, since = excluded.since,"
                    " expires = excluded.expires, record = excluded.record,"
                    " employer = excluded.employer, title = excluded.title,"
                    " destination = excluded.destination, in_force_day = excluded.in_force_day,"
                    " changed = excluded.changed");
    // Who lets go of a slot before who takes it: at most one is live at each moment.
    for (const bool is_live : {false, true}) {
        for (auto& [id, row] : records_) {
            if (!row.is_changed || domain::holds_slot(row.record->state) != is_live) continue;
            row.is_changed = false;
            const domain::Registration& record = *row.record;
            ListedRecord shown = listed(record);
            rows.add(school_, to_text(id), record.exam_number, std::string(domain::name_of(record.kind)),
                     std::string(domain::name_of(record.state)), record.revision, record.number, row.since,
                     record.expires.ms, database_->seal(cbor::encode(domain::to_cbor(record)), kRecordPlace),
                     std::move(shown.employer), std::move(shown.title), std::move(shown.destination),
                     shown.in_force_day, record.changed.ms);
        }
        rows.finish();
    }
}

void SchoolTables::flush_papers() {
    if (papers_.empty()) return;
    std::vector<Uuid> ids;
    BulkInsert rows(*database_, "INSERT INTO paper (school, registration, revision, ended, hand)",
                    " ON CONFLICT (school, registration, revision) DO UPDATE SET ended = excluded.ended,"
                    " hand = excluded.hand");
    for (const auto& [id, revisions] : papers_) {
        RecordRow& row = records_.at(id);
        if (std::exchange(row.had_paper, row.record->paper.has_value())) ids.push_back(id);
        for (const auto& [revision, paper] : revisions)
            rows.add(school_, to_text(id), revision, paper.ended ? 1 : 0, paper.hand);
    }
    run_in(*database_, "UPDATE paper SET ended = 1 WHERE school = :school AND ended = 0 AND registration",
           school_, texts_of(ids));
    rows.finish();
    papers_.clear();
}

void SchoolTables::flush_slots() {
    std::vector<std::string> freed;
    BulkInsert rows(*database_, "INSERT INTO slot (school, exam_number, registration, since)", "");
    for (auto& [exam_number, row] : slots_) {
        if (!row.is_changed) continue;
        row.is_changed = false;
        if (row.was_held) freed.push_back(exam_number);
        if (row.holder) rows.add(school_, exam_number, to_text(*row.holder), row.since);
        row.was_held = row.holder.has_value();
    }
    if (!freed.empty())
        run_in(*database_, "DELETE FROM slot WHERE school = :school AND exam_number", school_, freed);
    rows.finish();
}

}  // namespace wq::platform
