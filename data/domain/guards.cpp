#include "data/domain/guards.h"

#include "data/base/utf8.h"
#include "data/domain/destinations.h"

#include <algorithm>

namespace wq::domain {
namespace {

using enum State;
using enum Action;

// An employer acts by credit code; one that was sent a link for one record (R20), by that record's id.
bool is_employer_of(const Registration& record, const Command& command) {
    const Form& form = command.action == invite ? command.form : record.form;
    const std::string& account = command.actor.account;
    return !account.empty() && (account == value_of(form, "credit_code") ||
                                (command.action == return_paper && account == to_text(record.id)));
}

std::optional<Refusal> check_person(Kind kind, const Context& world) {
    if (kind != Kind::destination && !may_sign(*world.graduate, *world.codes))
        return Refusal{"not_eligible", {{"mode", std::string((*world.graduate)["training_mode"])}}};
    if (!world.graduate->is_confirmed()) return Refusal{"not_confirmed"};
    return std::nullopt;
}

std::optional<Refusal> check_open(Kind kind, const Context& world) {
    if (kind == Kind::destination) {
        if (!world.campus->destinations_open()) return Refusal{"destinations_closed"};
    } else if (!world.campus->signing_open()) {
        return Refusal{"signing_closed"};
    }
    if (day_in_china(world.now) > world.campus->closes_on())
        return Refusal{"past_deadline", {{"day", to_iso(world.campus->closes_on())}}};
    return std::nullopt;
}

std::optional<Refusal> check_engaged(const Context& world) {
    return world.other ? std::optional(engaged_with(*world.other)) : std::nullopt;
}

// Closing strands nothing that is under way (R09): what was sent back may come again.
std::optional<Refusal> may_submit(const Registration& before, const Context& world) {
    if (before.state == draft) return may_begin(before.kind, world);
    if (auto refusal = check_person(before.kind, world)) return refusal;
    return check_engaged(world);
}

std::optional<Refusal> check_complete(Kind kind, const Form& form, const Codes& codes) {
    return form_wrong(check_registration(kind, form, codes));
}

std::string listed(const std::vector<MaterialNeed>& needs) {
    std::string text;
    for (const MaterialNeed& need : needs) {
        if (!text.empty()) text += ',';
        for (const std::string_view kind : need.kinds)
            text += (kind == need.kinds[0] ? "" : "|") + std::string(kind);
    }
    return text;
}

// R19: without a picture of the paper it can't be submitted; R25: the destination's own list.
std::optional<Refusal> check_materials(Kind kind, const Command& command) {
    const auto is_known = [&](const Attachment& attachment) {
        return kind == Kind::supplement    ? attachment.kind == "agreement_page"
               : kind == Kind::destination ? find_material(attachment.kind) != nullptr
                                           : false;
    };
    for (const Attachment& attachment : command.attachments)
        if (!is_known(attachment)) return Refusal{"material_unknown", {{"kind", attachment.kind}}};
    const auto missing = missing_materials(kind, command.form, command.attachments);
    return missing.empty() ? std::nullopt
                           : std::optional(Refusal{"materials_missing", {{"kinds", listed(missing)}}});
}

std::optional<Refusal> check_invitation(const Command& command, const Context& world) {
    if (!may_sign(*world.graduate, *world.codes))
        return Refusal{"not_eligible", {{"mode", std::string((*world.graduate)["training_mode"])}}};
    if (auto refusal = check_open(Kind::online, world)) return refusal;
    if (world.invitation) return Refusal{"already_invited"};
    return check_complete(Kind::online, command.form, *world.codes);
}

// The time is the node's; whether it was in time is judged again by the platform's order.
std::optional<Refusal> check_expiry(const Registration& before, const Command& command, Instant now) {
    const bool is_over = now >= before.expires;
    if (command.action == expire)
        return is_over ? std::nullopt : std::optional(Refusal{"invitation_not_expired"});
    return is_over ? std::optional(Refusal{"invitation_expired"}) : std::nullopt;
}

std::optional<Refusal> check_pages(const Registration& record, const std::vector<ReturnedPage>& pages) {
    std::string missing;
    for (int page = 1; record.paper && page <= record.paper->pages(); ++page)
        if (std::ranges::find(pages, page, &ReturnedPage::page) == pages.end())
            missing += (missing.empty() ? "" : ", ") + std::to_string(page);
    if (missing.empty() && record.paper) return std::nullopt;
    return Refusal{"pages_missing", {{"pages", missing}}};
}

// Of two submissions under review the first approved takes the student's one slot (R18).
std::optional<Refusal> check_pass(const Registration& before, const Command& command, State to,
                                  const Context& world) {
    if (holds_slot(to) && !holds_slot(before.state) && world.other && holds_slot(world.other->state))
        return check_engaged(world);
    const bool issues = before.state == school_review && issues_paper(before.kind);
    if (issues && (!command.paper || command.paper->upper_codes.empty() || command.number.empty()))
        return Refusal{"paper_missing"};
    return std::nullopt;
}

}  // namespace

bool in_scope(const Registration& record, const Command& command, const Graduate& graduate) {
    switch (command.actor.role) {
        case Role::student:
            return command.actor.account == record.exam_number;
        case Role::department:
            return command.actor.department == graduate["department"];
        case Role::employer:
            return is_employer_of(record, command);
        case Role::school:
            return true;
        case Role::ministry:
            return command.action == expire;
        case Role::province:
            return false;
    }
    return false;
}

std::optional<Refusal> check_content(const Registration& before, const Command& command, State to,
                                     const Context& world) {
    switch (command.action) {
        case submit:
            if (auto refusal = may_submit(before, world)) return refusal;
            if (auto refusal = check_complete(before.kind, command.form, *world.codes)) return refusal;
            return check_materials(before.kind, command);
        case pass:
            return check_pass(before, command, to, world);
        case return_paper:
            return check_pages(before, command.pages);
        case invite:
            return check_invitation(command, world);
        case accept:
            if (auto refusal = check_expiry(before, command, world.now)) return refusal;
            return may_begin(before.kind, world);
        case decline:
        case expire:
            return check_expiry(before, command, world.now);
        case revoke_link:
            return is_open(before.link, world.now) ? std::nullopt : std::optional(Refusal{"link_none"});
        case discard:
        case send_back:
        case reject:
        case withdraw:
        case share_link:
        case cancel:
        case remove:
        case ask_termination:
        case agree:
        case disagree:
        case revoke:
        case force:
        case confirm_force:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Refusal> check_application(const Form& form, const Codes& codes) {
    return form_wrong(check_form(termination_fields(), form, codes));
}

Refusal engaged_with(const Registration& other) {
    return {"already_engaged",
            {{"employer", std::string(title_of(other.form))},
             {"kind", std::string(name_of(other.kind))},
             {"number", other.number},
             {"state", std::string(name_of(other.state))}}};
}

bool issues_paper(Kind kind) { return kind == Kind::offline || kind == Kind::online; }

std::optional<Refusal> may_begin(Kind kind, const Context& world) {
    if (auto refusal = check_person(kind, world)) return refusal;
    if (auto refusal = check_open(kind, world)) return refusal;
    return check_engaged(world);
}

std::span<const Field> fields_of(Kind kind) {
    switch (kind) {
        case Kind::online:
        case Kind::offline:
            return agreement_fields();
        case Kind::supplement:
            return supplement_fields();
        case Kind::destination:
            return destination_fields();
    }
    return agreement_fields();
}

std::vector<Problem> check_registration(Kind kind, const Form& form, const Codes& codes) {
    switch (kind) {
        case Kind::online:
        case Kind::offline:
            return check_agreement(form, codes);
        case Kind::supplement:
            return check_supplement(form, codes);
        case Kind::destination:
            return check_destination(form, codes);
    }
    return {};
}

}  // namespace wq::domain
