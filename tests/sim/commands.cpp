#include "tests/sim/commands.h"

#include "data/domain/termination.h"
#include "tests/sync/world.h"

#include <algorithm>

namespace wq::sim {

using domain::Action, domain::Kind, domain::Role;

domain::Attachment some_picture(Dice& dice, store::Store& store, const std::string& kind) {
    // Few contents, so that the same comes again; some of more than one part.
    const std::string text = "picture " + std::to_string(dice.between(1, 6));
    Bytes content(text.begin(), text.end());
    if (dice.chance(5)) content.resize(300'000, 7);
    const auto kept = store.pictures().keep(content, "image/png");
    if (!kept) throw DiskFull();
    return {kind, kept->hash, kept->size, kept->media_type};
}

domain::Form agreement_form(Dice& dice) {
    domain::Form form = sync_test::good_form();
    const auto& employer = dice.pick(kEmployers);
    form["employer_name"] = employer[0];
    form["credit_code"] = employer[1];
    form["address"] = "示例路" + std::to_string(dice.between(1, 999)) + "号";
    return form;
}

namespace {

domain::Form form_of(Dice& dice, Kind kind) {
    if (kind == Kind::destination)
        return {{"destination", "801"}, {"study_school", "示例工业大学"}, {"study_major", "伦理学"}};
    return agreement_form(dice);
}

domain::Actor actor_of(Dice& dice, Role role, const std::string& exam_number) {
    if (role == Role::student) return {role, exam_number};
    if (role == Role::department) return {role, "department", kDepartment};
    return {role, dice.chance(70) ? "office" : "office2"};
}

}  // namespace

domain::Command command_for(Dice& dice, store::Store& store, const domain::Registration& record,
                            Action action, Role role) {
    domain::Command command;
    command.action = action;
    command.actor = actor_of(dice, role, record.exam_number);
    if (dice.chance(50)) command.expected_revision = record.revision;
    const auto asked = domain::asked_for(record, action, role);
    if ((asked && asked->reason) || dice.chance(10)) command.reason = "示例原因";
    if (asked && !asked->material.empty())
        command.attachments.push_back(some_picture(dice, store, std::string(asked->material)));
    command.confirmed = action == Action::force;
    if (action == Action::ask_termination) command.form = {{"termination_cause", "1"}};
    if (action == Action::submit) {
        command.form = form_of(dice, record.kind);
        if (record.kind == Kind::destination)
            command.attachments.push_back(some_picture(dice, store, "admission_letter"));
        if (record.kind == Kind::supplement)
            command.attachments.push_back(some_picture(dice, store, "agreement_page"));
    }
    if (action == Action::pass && record.state == domain::State::school_review &&
        domain::issues_paper(record.kind)) {
        command.number = record.number.empty() ? store.registrations().reserve_number() : record.number;
        command.paper = sync_test::some_paper(record.revision + 1);
    }
    for (int page = 1; action == Action::return_paper && record.paper && page <= record.paper->pages();
         ++page) {
        const auto picture = some_picture(dice, store, "");
        command.pages.push_back({page, picture.picture, picture.size, picture.media_type, {}});
    }
    return command;
}

std::vector<domain::Registration> records_at(store::Store& store, const std::string& exam_number) {
    std::vector<domain::Registration> records;
    store::RegistrationFilter filter;
    filter.exam_number = exam_number;
    for (const store::RegistrationRow& row : store.registrations().list(filter))
        if (auto record = store.registrations().find(row.id)) records.push_back(std::move(*record));
    std::ranges::sort(records, {}, &domain::Registration::id);
    return records;
}

std::optional<Choice> some_choice(Dice& dice, store::Store& store, const std::string& exam_number) {
    std::vector<Choice> choices;
    for (const auto& record : records_at(store, exam_number))
        for (Role role : {Role::student, Role::department, Role::school})
            for (Action action : domain::actions_for(record, role)) choices.push_back({record, action, role});
    if (choices.empty()) return std::nullopt;
    const Choice* chosen = &dice.pick(choices);
    // Far from the beginning there is more to go wrong.
    for (const Choice& choice : choices)
        if (choice.action == Action::pass && dice.chance(25)) chosen = &choice;
    return *chosen;
}

}  // namespace wq::sim
