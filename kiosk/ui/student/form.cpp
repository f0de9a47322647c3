#include "kiosk/ui/student/form.h"

#include "data/domain/destinations.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/student/field_made.h"
#include "kiosk/ui/student/materials.h"
#include "kiosk/ui/student/review.h"

#include <algorithm>
#include <functional>

namespace wq::ui::student {
namespace {

constexpr std::size_t kMostFound = 5;
constexpr std::size_t kMostFoundBeside = 3;

// Short fields that stand beside the one before them.
bool stands_beside(std::string_view key, bool landscape) {
    if (key == "industry" || key == "contact_mobile" || key == "ends_on" || key == "signed_on" ||
        key == "study_major" || key == "abroad_level" || key == "abroad_funding" || key == "family_phone")
        return true;
    return landscape && (key == "credit_code_note" || key == "address" || key == "contact_phone");
}

// Without the focus: the keyboard would cover the other faults.
void scroll_to(wxWindow& child) {
    for (wxWindow* up = child.GetParent(); up; up = up->GetParent())
        if (auto* area = dynamic_cast<ScrollArea*>(up)) area->show(child);
}

std::string name_of(std::string_view key) { return "form." + std::string(key); }

}  // namespace

namespace {

constexpr const char* kLookAgain = "look_again";  // a problem that is the reviewer's word alone

// The first page with a field that the reviewer points at; 1 if there is none.
int first_to_mend(const DraftInHand& hand) {
    const std::vector<FormPage> pages = hand.pages();
    for (std::size_t i = 0; i < pages.size(); ++i)
        for (const domain::Field& field : fields_on(pages[i], hand.kind(), hand.draft().form))
            if (std::ranges::find(hand.problems, field.key, &domain::Problem::field) != hand.problems.end())
                return static_cast<int>(i) + 1;
    return 1;
}

void open_page(Kiosk& kiosk, const std::shared_ptr<DraftInHand>& hand, int step) {
    const std::vector<FormPage> pages = hand->pages();
    switch (pages[static_cast<std::size_t>(step) - 1].body) {
        case FormPage::Body::fields:
            kiosk.shell().open<FieldsStep>(kiosk, hand, step);
            return;
        case FormPage::Body::materials:
            kiosk.shell().open<MaterialsStep>(kiosk, hand, step);
            return;
        case FormPage::Body::check:
            kiosk.shell().open<ReviewStep>(kiosk, hand, step);
            return;
    }
}

}  // namespace

void open_form(Kiosk& kiosk, TakenUp taken) {
    const int step = taken.draft.step;
    auto hand = std::make_shared<DraftInHand>(kiosk.app(), kiosk.session(), std::move(taken.draft));
    hand->comment = std::move(taken.comment);
    for (std::string& key : taken.comment_on) hand->problems.push_back({std::move(key), Refusal{kLookAgain}});
    const int last =
        std::clamp(std::max(step, first_to_mend(*hand)), 1, static_cast<int>(hand->pages().size()));
    for (int each = 1; each <= last; ++each) open_page(kiosk, hand, each);
}

FormStep::FormStep(Shell& shell, Kiosk& kiosk, std::shared_ptr<DraftInHand> hand, int step)
    : StudentScreen(shell, kiosk, "form_" + std::to_string(step), Body::scrolling),
      hand_(std::move(hand)),
      step_(step) {}

FormPage FormStep::page() const {
    const std::vector<FormPage> pages = hand().pages();
    return pages[std::min(pages.size(), static_cast<std::size_t>(step_)) - 1];
}

void FormStep::open_next() { open_page(kiosk(), hand_, step_ + 1); }

void FormStep::build_head(Stack& body) {
    body.set_gap(px(22));
    std::vector<std::string> captions;
    for (const FormPage& each : hand().pages())
        captions.push_back(std::to_string(captions.size() + 1) + " " +
                           say("student.form.page." + std::string(each.name)));
    body.add(new Steps(&body, std::move(captions), step_ - 1, Steps::Done::brand));
    body.add(
        new Label(&body, Type::heading, Colour::ink, say("student.form.title." + std::string(page().name))));
    if (!hand().comment.empty())
        body.add(new NoteBox(&body, Tone::amber, say("comment.reviewer"), hand().comment));
}

std::vector<FooterButton> FormStep::footer_with(FooterButton main) {
    FooterButton leave = back_button();
    leave.name = "form.back";
    leave.label = say("student.form.back");
    if (step_ == 1)
        leave = {"form.cancel", say("student.form.cancel"), ButtonKind::quiet,
                 [this] { shell().back_to("home"); }};
    return {std::move(leave),
            {"form.keep", say("student.form.keep"), ButtonKind::secondary, [this] { keep_and_leave(); }},
            std::move(main)};
}

void FormStep::keep_and_leave() {
    Shell& window = shell();
    window.say(Tone::green, say("student.form.kept"));
    window.back_to("home");
}

FieldsStep::FieldsStep(Shell& shell, Kiosk& kiosk, std::shared_ptr<DraftInHand> hand, int step)
    : FormStep(shell, kiosk, std::move(hand), step) {}

void FieldsStep::build(Stack& body) {
    build_head(body);
    fields_.clear();
    warning_ = nullptr;
    shown_ = fields_on(page(), hand().kind(), hand().draft().form);
    build_fields(body);
    const bool last = static_cast<std::size_t>(step()) + 1 == hand().pages().size();
    if (last && hand().kind() != domain::Kind::destination)
        body.add(
            new NoteBox(&body, Tone::amber, say("student.form.notice"), say("student.form.notice_text")));
    show_note_field();
    show_warning();
}

void FieldsStep::build_fields(Stack& body) {
    Stack* line = nullptr;
    for (std::size_t i = 0; i < shown_.size(); ++i) {
        const bool landscape = kiosk().is_landscape();
        const bool leads = i + 1 < shown_.size() && stands_beside(shown_[i + 1].key, landscape);
        const bool beside = line && stands_beside(shown_[i].key, landscape);
        if (!beside) line = leads ? body.add(row(&body, px(28), Colour::paper)) : nullptr;
        if (shown_[i].key == "employer_name")
            build_employer(body, shown_[i]);
        else
            build_field(line ? *line : body, shown_[i], {line ? 1.0 : 0});
    }
}

void FieldsStep::build_field(Stack& parent, const domain::Field& field, Room room) {
    fields_[std::string(field.key)] = parent.add(make_field(&parent, field), room);
}

// The name with what the directory has for it: below it, or beside it where the keyboard of a lying panel
// would cover what is below.
void FieldsStep::build_employer(Stack& body, const domain::Field& field) {
    const bool landscape = kiosk().is_landscape();
    Stack* halves = landscape ? body.add(row(&body, px(28), Colour::paper)) : &body;
    Stack* name = landscape ? halves->add(column(halves, px(22), Colour::paper), {1}) : &body;
    build_field(*name, field, {});
    warning_ = name->add(new NoteBox(name, Tone::red, "", ""));
    found_none_ = name->add(new Label(name, Type::small, Colour::muted, say("student.form.found_none")));
    found_ = new OptionList(halves, "form.found", [this](const Option& option) {
        const auto index = static_cast<std::size_t>(std::stoul(option.code));
        if (index < employers_.size()) choose(employers_[index]);
    });
    halves->add(found_, {landscape ? 1.0 : 0});
    found_->Hide();
    found_none_->Hide();
}

FormField* FieldsStep::make_field(wxWindow* parent, const domain::Field& field) {
    FormField* made = made_field(parent, app(), name_of(field.key), field);
    made->set_value(hand().value(field.key));
    made->on_change([this, key = std::string(field.key)] { typed(key); });
    return made;
}

void FieldsStep::typed(const std::string& key) {
    FormField* shown = fields_[key];
    hand().set(key, shown->value());
    if (!shown->error().empty()) shown->set_error({});
    std::erase_if(hand().problems, [&](const domain::Problem& p) { return p.field == key; });
    if (key == "employer_name") search();
    if (key == "credit_code") show_note_field();
    if (key == "credit_code") look_for_warning();
    if (key == "destination")
        shell().CallAfter([this, life = life()] {
            if (!life.expired()) rebuild();
        });
}

domain::Form FieldsStep::shown_only(domain::Form form) const {
    const auto fields = domain::fields_shown(hand().kind(), form);
    std::erase_if(form, [&](const auto& entry) { return !domain::find_field(fields, entry.first); });
    return form;
}

// Asked for only where the code can't stand alone: absent, or real but older than the standard (R29).
void FieldsStep::show_note_field() {
    const auto at = fields_.find("credit_code_note");
    if (at == fields_.end()) return;
    const domain::Field& code = *domain::find_field(shown_, "credit_code");
    const auto why = domain::check_value(
        code, domain::normalised(code, hand().value("credit_code"), app().codes()), app().codes());
    const bool missing = std::ranges::any_of(hand().problems, [](const domain::Problem& problem) {
        return problem.why.code == "credit_code_missing";
    });
    const bool needed = missing || !at->second->value().empty() ||
                        !hand().value("credit_code_note").empty() ||
                        (why && why->code == "credit_code_check");
    if (at->second->IsShown() == needed) return;
    at->second->Show(needed);
    lay_out_again(*at->second);
}

void FieldsStep::search() {
    const std::string text = hand().value("employer_name");
    app().work(
        *this,
        [text, speech = app().speech()](Rooms& rooms) {
            return rooms.student.search_employers(text, speech);
        },
        [this, text](std::vector<domain::Form> employers) {
            if (text == hand().value("employer_name")) show_found(std::move(employers));
        });
}

void FieldsStep::show_found(std::vector<domain::Form> employers) {
    employers.resize(std::min(employers.size(), kiosk().is_landscape() ? kMostFoundBeside : kMostFound));
    employers_ = std::move(employers);
    const std::string text = hand().value("employer_name");
    std::vector<Option> options;
    for (const domain::Form& employer : employers_) {
        const auto shown = [&](std::string_view key) {
            const domain::Field& field = *domain::find_field(domain::employer_fields(), key);
            return desk::shown_value(field, domain::value_of(employer, key), app().codes(), speech());
        };
        options.push_back(
            {std::to_string(options.size()), shown("employer_name"),
             shown("credit_code") + " · " + shown("employer_nature") + " · " + shown("industry"),
             domain::value_of(employer, "warning").empty() ? "" : say("student.form.warned")});
    }
    const bool chosen = employers_.size() == 1 && options[0].label == text;
    found_none_->Show(employers_.empty() && !text.empty());
    found_->Show(!options.empty() && !chosen);
    found_->set_options(std::move(options));
    lay_out_again(*found_);
    if (kiosk().is_landscape() && found_->IsShown()) scroll_to(*found_);
}

void FieldsStep::choose(const domain::Form& employer) {
    for (const domain::Field& field : domain::fields_shown(hand().kind(), hand().draft().form)) {
        const auto value = domain::value_of(employer, field.key);
        if (value.empty()) continue;
        hand().set(field.key, std::string(value));
        std::erase_if(hand().problems, [&](const domain::Problem& p) { return p.field == field.key; });
        const auto shown = fields_.find(field.key);
        if (shown == fields_.end()) continue;
        shown->second->set_value(value);
        shown->second->set_error({});
    }
    hand().set("credit_code_note", "");
    fields_["credit_code_note"]->set_value("");
    hand().warning = domain::value_of(employer, "warning");
    found_->Hide();
    found_none_->Hide();
    show_note_field();
    show_warning();
    lay_out_again(*found_);
    fields_["employer_nature"]->focus();  // takes the keyboard away, so that what was filled in is seen
}

void FieldsStep::show_warning() {
    if (!warning_) return;
    warning_->Show(!hand().warning.empty());
    warning_->set_text(say("student.form.warned_note"),
                       say("student.form.warned_text", {{"reason", hand().warning}}));
}

// A draft taken up again: is its employer warned by now?
void FieldsStep::refresh() {
    hand().set_step(step());
    show_problems(false);
    look_for_warning();
}

// Whatever way the code came: out of the directory, typed, or in a draft taken up again.
void FieldsStep::look_for_warning() {
    if (!fields_.contains("credit_code")) return;
    const std::string code = hand().value("credit_code");
    app().work(
        *this,
        [code, speech = app().speech()](Rooms& rooms) {
            return rooms.student.warning_of_employer(code, speech);
        },
        [this, code](const std::string& warning) {
            if (code != hand().value("credit_code")) return;
            hand().warning = warning;
            show_warning();
            if (warning_) lay_out_again(*warning_);
        });
}

std::vector<FooterButton> FieldsStep::footer() {
    return footer_with({"form.next", say("student.form.next"), ButtonKind::primary, [this] { next(); }});
}

void FieldsStep::next() {
    struct Checked {
        domain::Form form;
        std::vector<domain::Problem> problems;
    };
    app().act(
        *this,
        [form = shown_only(hand().draft().form), kind = hand().kind()](Rooms& rooms) {
            auto kept = domain::normalised(domain::fields_of(kind), form, rooms.home.codes());
            auto problems = rooms.student.check(kind, kept);
            return Checked{std::move(kept), std::move(problems)};
        },
        [this](Checked checked) {
            hand().set_form(std::move(checked.form));
            for (const auto& [key, field] : fields_) field->set_value(hand().value(key));
            const auto is_here = [this](const domain::Problem& p) { return fields_.contains(p.field); };
            // What the reviewer points at on other pages stays.
            std::erase_if(hand().problems,
                          [&](const domain::Problem& p) { return is_here(p) || p.why.code != kLookAgain; });
            std::erase_if(checked.problems, std::not_fn(is_here));
            hand().problems.insert(hand().problems.end(), checked.problems.begin(), checked.problems.end());
            if (!checked.problems.empty()) return show_problems(true);
            open_next();
        });
}

void FieldsStep::show_problems(bool at_first) {
    std::size_t count = 0;
    for (const domain::Problem& problem : hand().problems) {
        const auto shown = fields_.find(problem.field);
        if (shown == fields_.end()) continue;
        shown->second->set_error(speech()(problem.why));
        if (at_first && count == 0) scroll_to(*shown->second);
        ++count;
    }
    show_note_field();
    if (at_first && count > 0)
        shell().say(Tone::red, say("student.form.faults", {{"count", std::to_string(count)}}));
}

}  // namespace wq::ui::student
