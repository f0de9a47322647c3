#include "tests/sim/rows.h"

#include <algorithm>
#include <sstream>

namespace wq::sim {

namespace {

constexpr domain::Role kRoles[] = {domain::Role::department, domain::Role::school};

std::vector<domain::Graduate> graduates(store::Store& store) {
    std::vector<domain::Graduate> all;
    store.graduates().each({}, [&](const domain::Graduate& one) { all.push_back(one); });
    std::ranges::sort(all, {}, &domain::Graduate::exam_number);
    return all;
}

// A confirmation that is no longer of the data is none, wherever it is kept.
void add_graduates(std::string& text, store::Store& store) {
    for (const domain::Graduate& one : graduates(store))
        text += "graduate " + text_of_form(one.base) +
                (one.is_confirmed() ? "confirmed " + std::to_string(one.confirmed_at.ms) : "") + "\n";
}

void add_accounts(std::string& text, store::Store& store) {
    for (domain::Role role : kRoles)
        for (const store::Account& one : store.accounts().list(role))
            text +=
                "account " + one.actor.account + " " + one.display_name + " " + one.actor.department + "\n";
}

void add_warnings(std::string& text, std::vector<store::Warning> warnings) {
    std::ranges::sort(warnings, {}, &store::Warning::credit_code);
    for (const store::Warning& one : warnings)
        text += "warning " + one.credit_code + " " + one.category + "\n";
}

}  // namespace

std::string text_of_form(const domain::Form& form) {
    std::string text;
    for (const auto& [key, value] : form) text += key + "=" + value + " ";
    return text;
}

std::string rows_of(store::Store& store) {
    std::string text = "settings " + text_of_form(store.campus().campus().settings) + "\n";
    add_graduates(text, store);
    add_accounts(text, store);
    add_warnings(text, store.warnings().own());
    add_warnings(text, store.warnings().nationwide());
    for (const domain::Form& employer : store.employers().search("", 100))
        text += "employer " + text_of_form(employer) + "\n";
    for (const domain::Graduate& one : graduates(store)) {
        auto drafts = store.drafts().of_student(one.exam_number());
        std::ranges::sort(drafts, {}, &store::Draft::id);
        for (const store::Draft& draft : drafts)
            text += "draft " + to_text(draft.id) + " " + text_of_form(draft.form) + "\n";
    }
    for (const store::RegistrationRow& row : store.registrations().list({}))
        if (const int copy = store.prints().last_copy(row.id); copy > 0)
            text += "print " + to_text(row.id) + " " + std::to_string(copy) + "\n";
    return text;
}

std::string rows_as_platform(store::Store& store) {
    std::string text = "settings " + text_of_form(store.campus().campus().settings) + "\n";
    add_graduates(text, store);
    add_warnings(text, store.warnings().own());
    std::vector<std::string> lines;
    for (const store::RegistrationRow& row : store.registrations().list({}))
        if (domain::holds_slot(row.state))
            lines.push_back("slot " + row.exam_number + " " + to_text(row.id) + " " +
                            std::string(domain::name_of(row.state)) + "\n");
    std::ranges::sort(lines);
    for (const std::string& line : lines) text += line;
    return text;
}

std::string difference(const std::string& one, const std::string& other) {
    std::istringstream left(one), right(other);
    std::string here, there;
    while (true) {
        const bool more_here = static_cast<bool>(std::getline(left, here));
        const bool more_there = static_cast<bool>(std::getline(right, there));
        if (!more_here && !more_there) return "not at all";
        if (!more_here) here.clear();
        if (!more_there) there.clear();
        if (here != there) return "“" + here + "” and “" + there + "”";
    }
}

}  // namespace wq::sim
