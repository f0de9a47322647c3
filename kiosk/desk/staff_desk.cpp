#include "kiosk/desk/staff_desk.h"

#include "data/base/utf8.h"
#include "data/domain/lifecycle.h"
#include "data/os/files.h"
#include "kiosk/desk/attaching.h"
#include "kiosk/desk/noting.h"
#include "kiosk/desk/paper.h"

#include <algorithm>

namespace wq::desk {
namespace {

using domain::Role;
using domain::State;

// Whose turn this role stands in for; the school takes the departments' where their review is off.
std::vector<Role> duty_of(Role role, const domain::Campus& campus) {
    if (role != Role::school) return {role};
    if (campus.department_review()) return {Role::school};
    return {Role::school, Role::department};
}

// "✔ 码  ✔ 章  ✔ 清晰  ✘ 改动 2" of all pages together.
void put_note(QueueRow& row, const domain::Registration& record, const Speech& speech) {
    if (!record.pages.empty()) {
        row.note_tone = Tone::good;
        for (std::string_view check : {"code", "seal", "sharp", "same"}) {
            const auto some = [&](std::string_view answer) {
                return std::ranges::any_of(record.pages, [&](const domain::ReturnedPage& page) {
                    return domain::value_of(page.checks, check) == answer;
                });
            };
            const bool failed = some("no"), unsure = !failed && some("unsure");
            if (failed) row.note_tone = Tone::bad;
            if (unsure && row.note_tone == Tone::good) row.note_tone = Tone::attention;
            row.note += (row.note.empty() ? "" : "  ") +
                        std::string(failed   ? "✘ "
                                    : unsure ? "？ "
                                             : "✔ ") +
                        speech.say("check." + std::string(check));
        }
    } else if (!domain::agreement_warnings(record.form).empty()) {
        row.note = speech.say("note.credit_code");
        row.note_tone = Tone::attention;
    }
}

void put_warning(QueueRow& row, const domain::Registration& record, store::Store& store,
                 const Speech& speech) {
    const bool warned = store.warnings().shown(domain::value_of(record.form, "credit_code")).has_value();
    row.stands_out = warned || !domain::flags_of(record).empty();
    if (!warned) return;
    row.note = speech.say("note.warned") + (row.note.empty() ? "" : "  " + row.note);
    row.note_tone = Tone::bad;
}

constexpr std::size_t kLargestRoster = std::size_t{256} << 20;

std::optional<Refusal> not_school(const StaffSession& session, const char* action) {
    if (session.actor.role == Role::school) return std::nullopt;
    return Refusal{"not_allowed",
                   {{"state", "roster"},
                    {"action", action},
                    {"role", std::string(domain::name_of(session.actor.role))}}};
}

}  // namespace

Result<StaffSession> StaffDesk::log_in(std::string_view login, std::string_view password) {
    const auto account = home_->store().accounts().log_in(login, password);
    note_login(home_->log(), account);
    if (!account) return tl::make_unexpected(account.error());
    if (account->actor.role == Role::student || account->actor.role == Role::employer)
        return refuse("login_wrong");
    return StaffSession{account->actor, account->display_name};
}

store::RegistrationFilter StaffDesk::filter(const StaffSession& session, bool mine, std::string_view text) {
    store::RegistrationFilter filter;
    if (mine) {
        filter.waits_for = duty_of(session.actor.role, home_->campus());
        filter.order = store::Order::risk_first;
    }
    filter.department = domain::scope_of(session.actor);
    filter.text = trimmed(text);
    return filter;
}

std::vector<QueueRow> StaffDesk::queue(const StaffSession& session, bool mine, std::string_view text,
                                       const Speech& speech, std::size_t limit, std::size_t offset,
                                       const QueueFilter& only) {
    store::RegistrationFilter wanted = filter(session, mine, text);
    wanted.kinds = only.kinds;
    if (only.flagged) wanted.flagged = true;
    wanted.limit = limit;
    wanted.offset = offset;
    const domain::Campus campus = home_->campus();
    std::vector<QueueRow> rows;
    for (store::RegistrationRow& row : home_->store().registrations().list(wanted)) {
        QueueRow shown{row, "", "", Tone::plain, shown_time(row.changed)};
        if (const auto record = home_->store().registrations().find(row.id)) {
            shown.row.employer_name = title_of(record->form, home_->codes(), speech);
            shown.status = status_of(*record, campus, speech);
            put_note(shown, *record, speech);
            put_warning(shown, *record, home_->store(), speech);
        }
        rows.push_back(std::move(shown));
    }
    // Risk first (R57): what is flagged comes so out of the store, warned employers are known here alone.
    if (mine) std::ranges::stable_partition(rows, [](const QueueRow& row) { return row.stands_out; });
    return rows;
}

std::vector<store::RegistrationRow> StaffDesk::waiting(const StaffSession& session, std::size_t limit) {
    store::RegistrationFilter wanted = filter(session, true, {});
    wanted.limit = limit;
    return home_->store().registrations().list(wanted);
}

bool StaffDesk::is_flagged(const domain::Registration& record) {
    return !domain::flags_of(record).empty() ||
           home_->store().warnings().shown(domain::value_of(record.form, "credit_code"));
}

std::int64_t StaffDesk::count(const StaffSession& session, bool mine, std::string_view text) {
    return home_->store().registrations().count(filter(session, mine, text));
}

Result<RecordView> StaffDesk::review(const StaffSession& session, const Uuid& id, const Speech& speech) {
    return in_scope(session, id).map([&](const domain::Registration& record) {
        return view_of(*home_, record, speech);
    });
}

std::vector<domain::Action> StaffDesk::actions(const StaffSession& session,
                                               const domain::Registration& record) const {
    return domain::actions_for(record, session.actor.role);
}

Result<domain::Registration> StaffDesk::act(const StaffSession& session, const Uuid& id,
                                            domain::Action action, const Doing& doing) {
    const auto record = in_scope(session, id);
    if (!record) return record;
    domain::Command command{action, session.actor, doing.seen.value_or(record->revision)};
    command.reason = doing.reason;
    command.comment_on = doing.comment_on;
    command.attachments = doing.attachments;
    command.confirmed = doing.confirmed;
    // Issuing costs a number and signatures: only when the approval is this person's to give.
    const bool approves = action == domain::Action::pass && record->state == State::school_review &&
                          domain::issues_paper(record->kind) && session.actor.role == Role::school &&
                          command.expected_revision == record->revision;
    if (approves) {
        command.number =
            record->number.empty() ? home_->store().registrations().reserve_number() : record->number;
        auto paper = paper_->issue(*record, command.number);
        if (!paper) return tl::make_unexpected(paper.error());
        command.paper = std::move(*paper);
    }
    auto after = home_->store().registrations().act(id, command);
    note_act(home_->log(), action, after);
    if (!after) return tl::make_unexpected(with_last_act(*home_, id, after.error()));
    return after;
}

Result<domain::Attachment> StaffDesk::attach(std::string kind, ByteView file) {
    return attach_file(*home_, std::move(kind), file);
}

std::vector<domain::Graduate> StaffDesk::graduates(const StaffSession& session, std::string_view text,
                                                   std::size_t limit) {
    return home_->store().graduates().search(domain::scope_of(session.actor), trimmed(text), limit);
}

Result<void> StaffDesk::correct(const StaffSession& session, std::string_view exam_number,
                                const domain::Form& changes, std::optional<std::int64_t> seen) {
    if (auto refusal = not_school(session, "correct")) return tl::make_unexpected(*refusal);
    const auto graduate = home_->store().graduates().find(exam_number);
    if (!graduate) return refuse("student_unknown");
    if (seen && *seen != graduate->revision) return refuse("graduate_changed");
    domain::Form base = graduate->base;
    for (const auto& [key, value] : changes) base.insert_or_assign(key, value);
    base = domain::normalised(domain::graduate_fields(), base, home_->codes());
    const auto wrong = [](std::size_t count, const std::string& field, const std::string& code) {
        return refuse("form_wrong", {{"count", std::to_string(count)}, {"field", field}, {"code", code}});
    };
    if (const auto problems = domain::check_graduate(base, home_->codes()); !problems.empty())
        return wrong(problems.size(), problems[0].field, problems[0].why.code);
    if (domain::value_of(base, "exam_number") != exam_number) return refuse("student_unknown");
    const auto change = home_->store().graduates().import({base}, session.actor);
    if (!change.taken.empty()) return wrong(1, change.taken[0].field, "taken_by_another");
    return {};
}

Result<RosterImport> StaffDesk::import_roster(const StaffSession& session,
                                              const std::filesystem::path& file) {
    if (auto refusal = not_school(session, "import")) return tl::make_unexpected(*refusal);
    const auto content = os::read_file(file, kLargestRoster);
    if (!content) return tl::make_unexpected(content.error());
    return desk::import_roster(*home_, text_of(*content), session.actor);
}

Result<Bytes> StaffDesk::issued_pdf(const StaffSession& session, const Uuid& id) {
    return in_scope(session, id).and_then([&](const domain::Registration& record) {
        return paper_->pdf(record);
    });
}

std::vector<store::TrayItem> StaffDesk::tray(const StaffSession& session) const {
    if (session.actor.role != Role::school) return {};
    return home_->store().returns().tray();
}

Result<void> StaffDesk::dismiss(const StaffSession& session, std::int64_t tray_item) {
    if (session.actor.role != Role::school) return refuse("out_of_scope");
    return home_->store().returns().settle(tray_item);
}

SyncState StaffDesk::sync_state(const Speech& speech) { return desk::sync_state(*home_, speech); }

Result<domain::Registration> StaffDesk::in_scope(const StaffSession& session, const Uuid& id) {
    auto record = home_->store().registrations().find(id);
    if (!record) return refuse("record_unknown");
    if (const auto scope = domain::scope_of(session.actor)) {
        const auto graduate = home_->store().graduates().find(record->exam_number);
        if (scope->empty() || !graduate || (*graduate)["department"] != *scope) return refuse("out_of_scope");
    }
    return std::move(*record);
}

}  // namespace wq::desk
