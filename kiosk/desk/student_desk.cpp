#include "kiosk/desk/student_desk.h"

#include "data/base/utf8.h"
#include "kiosk/desk/attaching.h"
#include "kiosk/desk/documents.h"
#include "kiosk/desk/noting.h"
#include "kiosk/desk/paper.h"
#include "kiosk/desk/return_slip.h"

#include <algorithm>

namespace wq::desk {
namespace {

using domain::State;

// R12, as the platform's guide lists them.
constexpr std::string_view kConfirmed[] = {"exam_number",  "name",
                                           "sex",          "birth_date",
                                           "resident_id",  "origin",
                                           "ethnicity",    "political_status",
                                           "school_name",  "level",
                                           "major",        "years",
                                           "entry_month",  "graduation_month",
                                           "training_mode"};

domain::Actor actor_of(const StudentSession& session) {
    return {domain::Role::student, session.exam_number, {}};
}

std::vector<std::string> actions_of(const domain::Registration& record) {
    if (record.state == State::returned) return {"edit", "open"};
    if (record.state == State::approved) return {"print", "return", "open"};
    if (record.state == State::invited) return {"answer", "open"};
    if (record.state == State::terminating && domain::awaited(record) == domain::Role::student)
        return {"answer", "open"};
    return {"open"};
}

// What kind of thing it is; agreements say who began them (R13).
std::string line_of(domain::Kind kind, domain::Role initiator, const domain::Form& form,
                    const domain::Codes& codes, const Speech& speech) {
    if (kind == domain::Kind::online || kind == domain::Kind::offline)
        return speech.say("initiator." + std::string(domain::name_of(initiator)));
    std::string line = speech.say("kind." + std::string(domain::name_of(kind)));
    if (const domain::Code* code = codes.table("destination").find(domain::value_of(form, "destination")))
        line += " · " + speech.name(*code);
    return line;
}

HomeItem item_of(const store::RegistrationRow& row, const domain::Registration& record, Home& home,
                 const Speech& speech) {
    const domain::Campus campus = home.campus();
    HomeItem item;
    item.id = row.id;
    item.title = title_of(record.form, home.codes(), speech);
    item.status = status_of(record, campus, speech);
    item.tone = tone_of(row.state);
    item.line = line_of(record.kind, record.initiator, record.form, home.codes(), speech);
    if (!row.number.empty()) item.line += " · " + speech.say("label.number") + " " + row.number;
    item.line += " · " + shown_time(row.changed);
    item.stages = stages_of(record, campus, speech);
    item.next_step = next_step_of(record, speech);
    if (row.waiting) item.line += " · " + speech.say("sync.waiting");
    item.comment_lead = comment_lead_of(record, speech);
    item.comment = record.comment;
    item.actions = actions_of(record);
    return item;
}

HomeItem item_of(const store::Draft& draft, const domain::Codes& codes, const Speech& speech) {
    HomeItem item;
    item.id = draft.id;
    item.is_draft = true;
    item.title = title_of(draft.form, codes, speech);
    if (item.title.empty()) item.title = speech.say("draft.untitled");
    item.status = speech.say("state.draft");
    item.line = speech.say("kind." + std::string(domain::name_of(draft.kind))) + " · " +
                speech.say("draft.kept", {{"time", shown_time(draft.changed)}});
    item.next_step = speech.say("next.draft");
    item.actions = {"edit", "discard"};
    return item;
}

}  // namespace

Result<StudentSession> StudentDesk::log_in(std::string_view login, std::string_view password) {
    const auto account = home_->store().accounts().log_in(login, password);
    note_login(home_->log(), account);
    if (!account) return tl::make_unexpected(account.error());
    // Staff have their own desk; here their accounts are as unknown as any other.
    const auto graduate = home_->store().graduates().find(account->actor.account);
    if (account->actor.role != domain::Role::student || !graduate) return refuse("login_wrong");
    return StudentSession{account->actor.account, masked_name((*graduate)["name"]), graduate->is_confirmed()};
}

Result<BaseData> StudentDesk::base_data(const StudentSession& session, const Speech& speech) {
    const auto graduate = home_->store().graduates().find(session.exam_number);
    if (!graduate) return refuse("student_unknown");
    BaseData data{graduate->revision, {}};
    for (std::string_view key : kConfirmed) {
        const domain::Field* field = domain::find_field(domain::graduate_fields(), key);
        data.values.push_back({std::string(key), speech.name(*field),
                               shown_value(*field, (*graduate)[key], home_->codes(), speech)});
    }
    return data;
}

Result<void> StudentDesk::confirm(StudentSession& session, std::optional<std::int64_t> seen) {
    auto confirmed = home_->store().graduates().confirm(session.exam_number, seen);
    if (confirmed) session.confirmed = true;
    return confirmed;
}

std::vector<HomeItem> StudentDesk::items(const StudentSession& session, const Speech& speech) {
    std::vector<HomeItem> items;
    for (const store::RegistrationRow& row :
         home_->store().registrations().list({.exam_number = session.exam_number}))
        if (const auto record = home_->store().registrations().find(row.id))
            items.push_back(item_of(row, *record, *home_, speech));
    for (const store::Draft& draft : home_->store().drafts().of_student(session.exam_number))
        if (!home_->store().registrations().find(draft.id))
            items.push_back(item_of(draft, home_->codes(), speech));
    return items;
}

std::optional<StudentDesk::DeadlineNote> StudentDesk::deadline(const StudentSession& session,
                                                               const Speech& speech) {
    if (home_->store().registrations().in_force(session.exam_number)) return std::nullopt;
    const domain::Campus campus = home_->campus();
    const Day today = day_in_china(home_->clock().now());
    const Args days{{"advised", to_iso(campus.advised_by())}, {"closes", to_iso(campus.closes_on())}};
    if (today > campus.closes_on())
        return DeadlineNote{Tone::bad, speech.say("student.deadline.closed", days)};
    if (today > campus.advised_by())
        return DeadlineNote{Tone::attention, speech.say("student.deadline.late", days)};
    return DeadlineNote{Tone::info, speech.say("student.deadline.advise", days)};
}

std::optional<Refusal> StudentDesk::hindrance(const StudentSession& session, domain::Kind kind) {
    const auto graduate = home_->store().graduates().find(session.exam_number);
    if (!graduate) return Refusal{"student_unknown"};
    const domain::Campus campus = home_->campus();
    const auto other = home_->store().registrations().barring(session.exam_number);
    return domain::may_begin(kind, {&campus, &home_->codes(), &*graduate, other ? &*other : nullptr, nullptr,
                                    home_->clock().now()});
}

store::Draft StudentDesk::new_draft(const StudentSession& session, domain::Kind kind) {
    return {home_->random().uuid(home_->clock().now()), kind, session.exam_number, 1, {}, {}, {}, 0};
}

Result<store::Draft> StudentDesk::edit(const StudentSession& session, const Uuid& id) {
    auto draft = home_->store().drafts().find(id);
    if (draft && draft->exam_number != session.exam_number) return refuse("out_of_scope");
    const auto record = own(session, id);
    if (!record) return draft ? Result<store::Draft>(std::move(*draft)) : tl::make_unexpected(record.error());
    if (record->state != State::returned) return refuse("submitted_is_locked");
    // What was typed on an earlier version would overwrite the later one.
    if (draft && draft->seen.value_or(record->revision) == record->revision) return std::move(*draft);
    return store::Draft{id,           record->kind, record->exam_number, 1,
                        record->form, {},           record->attachments, record->revision};
}

void StudentDesk::keep(const StudentSession& session, const store::Draft& draft) {
    if (draft.exam_number == session.exam_number) home_->store().drafts().keep(draft);
}

void StudentDesk::discard(const StudentSession& session, const Uuid& draft) {
    const auto kept = home_->store().drafts().find(draft);
    if (kept && kept->exam_number == session.exam_number) home_->store().drafts().discard(draft);
}

std::vector<domain::Problem> StudentDesk::check(domain::Kind kind, const domain::Form& form) const {
    const domain::Form values = domain::normalised(domain::fields_of(kind), form, home_->codes());
    auto problems = domain::check_registration(kind, values, home_->codes());
    for (const auto& [field, value] : values)
        if (const auto printable = paper_->can_print(value);
            !printable && std::ranges::find(problems, field, &domain::Problem::field) == problems.end())
            problems.push_back({field, printable.error()});
    return problems;
}

std::vector<domain::Form> StudentDesk::search_employers(std::string_view text, const Speech& speech) const {
    if (trimmed(text).empty()) return {};
    std::vector<domain::Form> found = home_->store().employers().search(trimmed(text));
    for (domain::Form& employer : found)
        if (auto warning = warning_of(*home_, domain::value_of(employer, "credit_code"), speech))
            employer.insert_or_assign("warning", std::move(*warning));
    return found;
}

Result<domain::Registration> StudentDesk::submit(const StudentSession& session, const store::Draft& draft) {
    if (draft.exam_number != session.exam_number) return refuse("out_of_scope");
    domain::Command command{domain::Action::submit, actor_of(session), draft.seen};
    command.form = domain::normalised(domain::fields_of(draft.kind), draft.form, home_->codes());
    command.attachments = draft.attachments;
    for (const auto& [field, value] : command.form)
        if (const auto printable = paper_->can_print(value); !printable)
            return tl::make_unexpected(printable.error());
    auto record = home_->store().registrations().begin(draft.id, draft.kind, session.exam_number, command);
    note_act(home_->log(), command.action, record);
    if (record) home_->store().drafts().discard(draft.id);
    return record;
}

Result<domain::Registration> StudentDesk::act(const StudentSession& session, const Uuid& id,
                                              domain::Action action, std::string_view reason,
                                              std::vector<domain::Attachment> attachments,
                                              std::optional<std::int64_t> seen, const domain::Form& form) {
    const auto record = own(session, id);
    if (!record) return record;
    domain::Command command{action, actor_of(session), seen.value_or(record->revision)};
    command.reason = reason;
    command.attachments = std::move(attachments);
    if (action == domain::Action::ask_termination)
        command.form = domain::normalised(domain::termination_fields(), form, home_->codes());
    auto after = home_->store().registrations().act(id, command);
    note_act(home_->log(), action, after);
    if (!after) return tl::make_unexpected(with_last_act(*home_, id, after.error()));
    if (domain::is_final(after->state)) home_->store().drafts().discard(id);
    return after;
}

std::vector<domain::Action> StudentDesk::actions(const domain::Registration& record) const {
    return domain::actions_for(record, domain::Role::student);
}

Result<domain::Attachment> StudentDesk::attach(std::string kind, ByteView file) {
    return attach_file(*home_, std::move(kind), file);
}

Result<RecordView> StudentDesk::record(const StudentSession& session, const Uuid& id, const Speech& speech) {
    return own(session, id).map([&](const domain::Registration& record) {
        return view_of(*home_, record, speech);
    });
}

Result<Bytes> StudentDesk::pdf(const StudentSession& session, const Uuid& id) {
    return own(session, id).and_then([&](const domain::Registration& record) { return paper_->pdf(record); });
}

Result<PrintOrder> StudentDesk::begin_print(const StudentSession& session, const Uuid& id) {
    return own(session, id).and_then([&](const domain::Registration& record) {
        return paper_->pdf(record).and_then(
            [&](Bytes pdf) { return desk::begin_print(*home_, record, std::move(pdf), actor_of(session)); });
    });
}

Result<int> StudentDesk::print(const StudentSession& session, const Uuid& id,
                               const devices::PrintWatch& watch) {
    std::vector<OpenPrint> left = open_prints(*home_);
    ask_for(left);
    settle(*home_, left);
    const auto order = begin_print(session, id);
    if (!order) return tl::make_unexpected(order.error());
    const devices::PrintOutcome outcome = desk::print(*order, watch);
    end_print(*home_, order->print, outcome);
    if (outcome.why) return tl::make_unexpected(*outcome.why);
    return order->print.copy;
}

Result<Bytes> StudentDesk::form_pdf(const StudentSession& session, render::Document document,
                                    const store::Draft& draft) {
    if (draft.exam_number != session.exam_number) return refuse("out_of_scope");
    return paper_->document(document, form_values(*home_, draft.exam_number, draft.kind, draft.form));
}

Result<Bytes> StudentDesk::application_pdf(const StudentSession& session, const Uuid& id,
                                           const domain::Form& form, std::string_view reason) {
    return own(session, id).and_then([&](const domain::Registration& record) {
        return paper_->document(render::Document::termination_application,
                                application_values(*home_, record, form, reason));
    });
}

Result<Bytes> StudentDesk::receipt_pdf(const StudentSession& session, const Uuid& id) {
    return own(session, id).and_then([&](const domain::Registration& record) {
        return paper_->document(render::Document::receipt, receipt_values(*home_, record));
    });
}

Result<Bytes> StudentDesk::slip_pdf(const StudentSession& session, const Uuid& id) {
    return own(session, id).and_then([&](const domain::Registration& record) {
        return return_slip(*home_, *paper_, record);
    });
}

Result<domain::Registration> StudentDesk::own(const StudentSession& session, const Uuid& id) {
    auto record = home_->store().registrations().find(id);
    if (!record) return refuse("record_unknown");
    if (record->exam_number != session.exam_number) return refuse("out_of_scope");
    return std::move(*record);
}

}  // namespace wq::desk
