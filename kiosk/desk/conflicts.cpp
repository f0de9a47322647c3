#include "kiosk/desk/conflicts.h"

#include "data/domain/lifecycle.h"

namespace wq::desk {
namespace {

std::vector<NamedValue> values_of(Home& home, domain::Kind kind, const domain::Form& form,
                                  const Speech& speech) {
    return named_values(domain::fields_of(kind), form, home.codes(), speech);
}

// What the act carried: a form, pages, the request to terminate; else the reason given.
std::vector<NamedValue> brought_by(Home& home, domain::Kind kind, const domain::Command& command,
                                   const Speech& speech) {
    using domain::Action;
    std::vector<NamedValue> values;
    if (command.action == Action::ask_termination)
        values = named_values(domain::termination_fields(), command.form, home.codes(), speech);
    else
        values = values_of(home, kind, command.form, speech);
    for (const domain::ReturnedPage& page : command.pages)
        values.push_back({"page", speech.say("label.page"), std::to_string(page.page)});
    if (!command.reason.empty())
        values.push_back({"reason", speech.say("staff.column.reason"), command.reason});
    return values;
}

bool is_form(const domain::Command& command) {
    return command.action == domain::Action::submit && !command.form.empty();
}

bool can_give_back(Home& home, const Uuid& registration, const domain::Command& command) {
    if (command.pages.empty()) return is_form(command);
    const auto record = home.store().registrations().find(registration);
    return record && record->state == domain::State::approved && record->paper;
}

// The one that bars it; else the same registration as it stands now.
std::optional<domain::Registration> standing(Home& home, const store::Conflict& conflict) {
    auto& registrations = home.store().registrations();
    auto other = registrations.barring(conflict.exam_number, conflict.registration);
    return other ? other : registrations.find(conflict.registration);
}

ConflictView view_of(Home& home, const store::Conflict& conflict, const Speech& speech) {
    ConflictView view;
    view.conflict = conflict;
    const auto graduate = home.store().graduates().find(conflict.exam_number);
    view.student = (graduate ? std::string((*graduate)["name"]) + " " : std::string()) + conflict.exam_number;
    view.why = speech(Refusal{conflict.code});
    if (const auto lost = home.store().feed().conflicting(conflict.event)) {
        view.what = speech.say("action." + lost->body["action"].as_text());
        view.who = speech.say("who." + std::string(domain::name_of(lost->actor.role)));
        view.when = shown_time(lost->when);
        const auto kind = domain::kind_named(lost->body["kind"].as_text()).value_or(domain::Kind::offline);
        if (const auto command = domain::command_of(lost->body, lost->actor)) {
            view.ours = brought_by(home, kind, *command, speech);
            view.can_give_back = can_give_back(home, conflict.registration, *command);
        }
    }
    if (const auto other = standing(home, conflict)) {
        view.theirs_title =
            title_of(other->form, home.codes(), speech) + " · " + status_of(*other, home.campus(), speech);
        view.theirs = values_of(home, other->kind, other->form, speech);
    }
    return view;
}

}  // namespace

std::vector<ConflictView> conflicts_of(Home& home, const Speech& speech) {
    std::vector<ConflictView> views;
    for (const store::Conflict& conflict : home.store().feed().conflicts())
        views.push_back(view_of(home, conflict, speech));
    return views;
}

Result<void> settle_conflict(Home& home, const StaffSession& session, const Uuid& event,
                             std::string_view reason, bool give_back) {
    const auto lost = home.store().feed().conflicting(event);
    auto settled = home.store().feed().settle(event, reason, session.actor);
    if (!settled || !give_back || !lost) return settled;
    const auto command = domain::command_of(lost->body, lost->actor);
    if (!command || !can_give_back(home, lost->registration, *command)) return settled;
    if (!command->pages.empty()) {
        const auto record = home.store().registrations().find(lost->registration);
        for (const domain::ReturnedPage& page : command->pages)
            home.store().returns().add(record->id, record->paper->revision, page);
        return settled;
    }
    const auto kind = domain::kind_named(lost->body["kind"].as_text()).value_or(domain::Kind::offline);
    home.store().drafts().keep({home.random().uuid(home.clock().now()),
                                kind,
                                lost->exam_number,
                                1,
                                command->form,
                                {},
                                command->attachments});
    return settled;
}

}  // namespace wq::desk
