#include "sync/platform/judge.h"

#include <algorithm>

namespace wq::platform {
namespace {

using domain::Event;
using domain::Registration;

tl::unexpected<Refusal> wrong(const char* reason) { return refuse("event_wrong", {{"reason", reason}}); }

bool is_campus_staff(const domain::Actor& actor) {
    return actor.role == domain::Role::school || actor.role == domain::Role::province ||
           actor.role == domain::Role::ministry;
}

Registration new_record(const Event& event, domain::Kind kind) {
    Registration record;
    record.id = event.registration;
    record.kind = kind;
    record.exam_number = event.exam_number;
    record.initiator = event.actor.role;
    return record;
}

std::optional<Registration> slot_holder_but(SchoolTables& tables, const Registration& record) {
    const auto holder = tables.slot_holder(record.exam_number);
    if (!holder || *holder == record.id) return std::nullopt;
    return tables.registration(*holder);
}

// "2026" "10999" "001" "000123"
bool is_number_of(const std::string& number, const std::string& school) {
    return number.size() == 18 && number.compare(4, 5, school) == 0 &&
           std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
}

Result<void> check_number(SchoolTables& tables, const Registration& before, const Registration& after) {
    if (after.number == before.number) return {};
    if (!is_number_of(after.number, tables.school()))
        return refuse("number_wrong", {{"number", after.number}});
    if (!tables.is_number_free(after.number, after.id))
        return refuse("number_taken", {{"number", after.number}});
    return {};
}

// Every state that holds the slot takes it, whatever the kind: the rules of one act can't see what another
// node did meanwhile, the slot does.
Result<void> settle_slot(SchoolTables& tables, const Registration& after,
                         const std::optional<Registration>& other, std::int64_t feed) {
    if (!domain::holds_slot(after.state)) {
        tables.release_slot(after.exam_number, after.id);
        return {};
    }
    if (other) return tl::make_unexpected(domain::engaged_with(*other));
    if (!tables.take_slot(after.exam_number, after.id, feed)) return refuse("already_engaged");
    return {};
}

Result<void> judge_registration(SchoolTables& tables, const domain::Codes& codes, const Event& event,
                                std::int64_t feed) {
    const auto before = record_before(tables, event);
    if (!before) return tl::make_unexpected(before.error());
    // Each branch counts for itself: the same revision may be of another form than the author looked at.
    const Branch author{event.device, event.epoch};
    if (before->revision > 0 && !tables.knows_last_act(before->id, event.seen, author))
        return refuse("changed_meanwhile", {{"revision", std::to_string(before->revision)}});
    auto command = domain::command_of(event.body, event.actor);
    if (!command) return tl::make_unexpected(command.error());
    command->expected_revision = event.expected_revision;
    const auto step = decide(tables, codes, *before, *command, event.when);
    if (!step) return tl::make_unexpected(step.error());
    if (step->body != event.body)
        return refuse("decided_otherwise", {{"state", std::string(domain::name_of(step->after.state))}});
    if (auto free = check_number(tables, *before, step->after); !free) return free;
    if (auto slot = settle_slot(tables, step->after, slot_holder_but(tables, *before), feed); !slot)
        return slot;
    tables.put(step->after, feed, author);
    return {};
}

// Passed on as it is: what is typed need not be right.
Result<void> judge_draft(SchoolTables& tables, const Event& event) {
    if (!tables.graduate(event.exam_number)) return refuse("student_unknown");
    if (event.actor.role != domain::Role::student || event.actor.account != event.exam_number)
        return refuse("out_of_scope");
    return event.body["draft"].as_bytes().size() == 16 ? Result<void>() : wrong("draft");
}

Result<void> judge_confirm(SchoolTables& tables, const Event& event) {
    const auto graduate = tables.graduate(event.exam_number);
    if (!graduate) return refuse("student_unknown");
    if (event.actor.role != domain::Role::student || event.actor.account != event.exam_number)
        return refuse("out_of_scope");
    const std::int64_t revision = event.body["roster_revision"].as_int();
    if (revision != graduate->revision)
        return refuse("changed_meanwhile", {{"revision", std::to_string(graduate->revision)}});
    tables.put_confirmation(event.exam_number, event.when);
    return {};
}

Result<void> judge_print(SchoolTables& tables, const Event& event, std::int64_t feed) {
    const auto record = tables.registration(event.registration);
    if (!record) return refuse("record_unknown");
    const std::int64_t copy = event.body["copy"].as_int();
    if (copy < 1) return wrong("copy");
    tables.put_print(record->id, feed, event.body["paper_revision"].as_int(), copy);
    return {};
}

// `put` takes each item of the named array; an item that `fits` refuses leaves the whole event undone.
Result<void> judge_items(const Event& event, std::string_view name, auto fits, auto put) {
    const cbor::Value& items = event.body[name];
    if (!items.is_array()) return wrong("body");
    if (!std::ranges::all_of(items.as_array(), fits)) return wrong("an item lacks its key");
    for (const cbor::Value& item : items.as_array()) put(item);
    return {};
}

auto with_text(std::string_view key) {
    return [key](const cbor::Value& item) { return !item[key].as_text().empty(); };
}

// A node speaks for its school alone: what the province sets comes by the platform (R08). The first settings
// set a school up and hold all of them.
Result<void> judge_settings(SchoolTables& tables, const Event& event, Origin origin) {
    const bool is_province = origin == Origin::platform && event.actor.role == domain::Role::province;
    const domain::Role role = is_province ? domain::Role::province : domain::Role::school;
    const domain::Form settings = domain::form_from_cbor(event.body["settings"]);
    const bool is_made = tables.has_settings();
    for (const auto& [key, value] : settings) {
        if (auto refusal = domain::check_setting(key, value)) return tl::make_unexpected(*refusal);
        if (auto refusal = domain::may_set(key, role); refusal && is_made)
            return tl::make_unexpected(*refusal);
        if (key == "school_code" && value != tables.school()) return refuse("out_of_scope");
    }
    for (const auto& [key, value] : settings) tables.put_setting(key, value);
    return {};
}

Result<void> judge_trust(SchoolTables& tables, const Event& event) {
    crypto::TrustList probe;
    std::vector<crypto::TrustedKey> keys;
    for (const cbor::Value& item : event.body["keys"].as_array()) {
        keys.push_back(crypto::trusted_key_from_cbor(item));
        if (keys.back().school != tables.school()) return refuse("out_of_scope");
        if (auto added = probe.add(keys.back()); !added) return added;
    }
    for (const crypto::TrustedKey& key : keys) tables.put_trusted_key(key);
    return {};
}

// R33: the school alone marks and lifts.
Result<void> judge_warning(SchoolTables& tables, const Event& event) {
    const std::string& credit_code = event.body["credit_code"].as_text();
    if (event.actor.role != domain::Role::school) return refuse("out_of_scope");
    if (credit_code.empty()) return wrong("credit code");
    tables.put_warning(credit_code, event.body["lifted"].as_bool() ? "" : event.body["category"].as_text());
    return {};
}

Result<void> judge_campus(SchoolTables& tables, const Event& event, std::int64_t feed, Origin origin) {
    namespace type = domain::event_type;
    if (!is_campus_staff(event.actor)) return refuse("out_of_scope");
    if (event.type == type::kRoster)
        return judge_items(event, "graduates", with_text("exam_number"), [&](const cbor::Value& item) {
            tables.put_graduate(domain::form_from_cbor(item), feed);
        });
    if (event.type == type::kEmployers)
        return judge_items(event, "employers", with_text("credit_code"), [&](const cbor::Value& item) {
            tables.put_employer(domain::form_from_cbor(item));
        });
    if (event.type == type::kAccounts)
        return judge_items(event, "accounts", with_text("account"),
                           [&](const cbor::Value& item) { tables.put_account(item); });
    if (event.type == type::kWarning) return judge_warning(tables, event);
    if (event.type == type::kSettled)
        return event.body["event"].as_bytes().size() == 16 ? Result<void>() : wrong("event");
    return event.type == type::kSettings ? judge_settings(tables, event, origin) : judge_trust(tables, event);
}

}  // namespace

Result<Registration> record_before(SchoolTables& tables, const Event& event) {
    const auto kind = domain::kind_named(event.body["kind"].as_text());
    if (event.registration.is_nil() || event.exam_number.empty() || !kind)
        return wrong("registration, student or kind");
    auto record = tables.registration(event.registration);
    if (!record && event.expected_revision > 0) return refuse("record_unknown");
    if (!record) return new_record(event, *kind);
    if (record->exam_number != event.exam_number) return refuse("out_of_scope");
    if (record->kind != *kind) return wrong("kind");
    return *record;
}

Result<domain::Step> decide(SchoolTables& tables, const domain::Codes& codes, const Registration& before,
                            const domain::Command& command, Instant when) {
    const auto graduate = tables.graduate(before.exam_number);
    if (!graduate) return refuse("student_unknown");
    const auto other = slot_holder_but(tables, before);
    const auto invited = command.action == domain::Action::invite
                             ? tables.invitation(before.exam_number, command.actor.account)
                             : std::nullopt;
    return domain::apply(before, command,
                         {&tables.campus(), &codes, &*graduate, other ? &*other : nullptr,
                          invited ? &*invited : nullptr, when});
}

Result<void> judge(SchoolTables& tables, const domain::Codes& codes, const Event& event, std::int64_t feed,
                   Origin origin) {
    namespace type = domain::event_type;
    if (event.school != tables.school()) return refuse("out_of_scope");
    const domain::Role role = event.actor.role;
    if (origin == Origin::node && (role == domain::Role::employer || role == domain::Role::ministry))
        return refuse("out_of_scope");
    if (event.type == type::kSharedWarning)
        return origin == Origin::platform ? Result<void>() : refuse("out_of_scope");
    if (event.type == type::kRegistration) return judge_registration(tables, codes, event, feed);
    if (event.type == type::kConfirm) return judge_confirm(tables, event);
    if (event.type == type::kDraft) return judge_draft(tables, event);
    if (event.type == type::kPrint) return judge_print(tables, event, feed);
    constexpr std::string_view campus[] = {type::kRoster, type::kEmployers, type::kAccounts, type::kSettings,
                                           type::kTrust,  type::kWarning,   type::kSettled};
    if (std::ranges::count(campus, event.type)) return judge_campus(tables, event, feed, origin);
    return refuse("type_unknown", {{"type", event.type}});
}

bool is_quarantine(const Refusal& refusal) {
    return refusal.code == "type_unknown" || refusal.code == "event_wrong";
}

}  // namespace wq::platform
