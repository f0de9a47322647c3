#include "kiosk/ui/student/form.h"

#include "kiosk/ui/field.h"
#include "kiosk/ui/radio_cards.h"
#include "kiosk/ui/student/choices.h"
#include "kiosk/ui/student/review.h"

#include <algorithm>

namespace wq::ui::student {
namespace {

using domain::FieldKind;

constexpr std::size_t kMostFound = 5;
constexpr std::size_t kMostFoundBeside = 3;

// Short fields that stand beside the one before them.
bool stands_beside(std::string_view key, bool landscape) {
    if (key == "industry" || key == "contact_mobile") return true;
    return landscape && (key == "credit_code_note" || key == "address" || key == "contact_phone");
}

// Examples and places to look, where there is something to say.
std::string hint_key(std::string_view key) {
    const std::pair<std::string_view, const char*> kHints[] = {
        {"employer_name", "student.form.employer_hint"}, {"credit_code", "student.form.code_hint"},
        {"credit_code_note", "student.form.note_hint"},  {"address", "student.form.address_hint"},
        {"contact_mobile", "student.form.mobile_hint"},  {"contact_email", "student.form.email_hint"},
        {"contact_phone", "student.form.phone_hint"}};
    for (const auto& [field, hint] : kHints)
        if (field == key) return hint;
    return {};
}

// Without the focus: the keyboard would cover the other faults.
void scroll_to(wxWindow& child) {
    for (wxWindow* up = child.GetParent(); up; up = up->GetParent())
        if (auto* area = dynamic_cast<ScrollArea*>(up)) area->show(child);
}

std::string name_of(std::string_view key) { return "form." + std::string(key); }

}  // namespace

void open_form(Kiosk& kiosk, store::Draft draft) {
    const int last = std::clamp(draft.step, 1, kReviewStep);
    auto hand = std::make_shared<DraftInHand>(kiosk.app(), kiosk.session(), std::move(draft));
    for (int step = 1; step <= std::min(last, kReviewStep - 1); ++step)
        kiosk.shell().open<FieldsStep>(kiosk, hand, step);
    if (last == kReviewStep) kiosk.shell().open<ReviewStep>(kiosk, hand);
}

FormStep::FormStep(Shell& shell, Kiosk& kiosk, std::shared_ptr<DraftInHand> hand, int step)
    : StudentScreen(shell, kiosk, "form_" + std::to_string(step), Body::scrolling),
      hand_(std::move(hand)),
      step_(step) {}

void FormStep::build_head(Stack& body) {
    body.set_gap(px(22));
    std::vector<std::string> captions;
    for (int each = 1; each <= kReviewStep; ++each)
        captions.push_back(say("student.form.step_" + std::to_string(each)));
    body.add(new Steps(&body, std::move(captions), step_ - 1, Steps::Done::brand));
    body.add(
        new Label(&body, Type::heading, Colour::ink, say("student.form.title_" + std::to_string(step_))));
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
    build_fields(body);
    if (step() == kReviewStep - 1)
        body.add(
            new NoteBox(&body, Tone::amber, say("student.form.notice"), say("student.form.notice_text")));
    show_note_field();
    show_warning();
}

void FieldsStep::build_fields(Stack& body) {
    Stack* line = nullptr;
    const auto fields = domain::agreement_fields();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].step != step()) continue;
        const bool landscape = kiosk().is_landscape();
        const bool leads = i + 1 < fields.size() && stands_beside(fields[i + 1].key, landscape);
        const bool beside = line && stands_beside(fields[i].key, landscape);
        if (!beside) line = leads ? body.add(row(&body, px(28), Colour::paper)) : nullptr;
        if (fields[i].key == "employer_name") {
            build_employer(body, fields[i]);
            continue;
        }
        Stack* parent = line ? line : &body;
        fields_[std::string(fields[i].key)] = parent->add(make_field(parent, fields[i]), {line ? 1.0 : 0});
    }
}

// The name with what the directory has for it: below it, or beside it where the keyboard of a lying panel
// would cover what is below.
void FieldsStep::build_employer(Stack& body, const domain::Field& field) {
    const bool landscape = kiosk().is_landscape();
    Stack* halves = landscape ? body.add(row(&body, px(28), Colour::paper)) : &body;
    Stack* name = landscape ? halves->add(column(halves, px(22), Colour::paper), {1}) : &body;
    fields_["employer_name"] = name->add(make_field(name, field));
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
    const std::string name = name_of(field.key), label = speech().name(field);
    const bool required = field.need == domain::Need::required || field.kind == FieldKind::credit_code;
    FormField* made = nullptr;
    if (field.kind == FieldKind::yes_no) {
        made = make_yes_no(parent, name, label, required);
    } else if (!field.table.empty()) {
        made = new ChoiceField(parent, name, label, required,
                               choices_of(app().codes().table(field.table), speech()));
    } else {
        FieldSpec spec{name, label, required, hint_key(field.key).empty() ? "" : say(hint_key(field.key))};
        if (field.kind == FieldKind::long_text) spec.kind = FieldSpec::Kind::lines;
        if (field.kind == FieldKind::long_text) spec.limit = static_cast<std::size_t>(field.max_length);
        spec.upper_case = field.kind == FieldKind::credit_code;
        made = new Field(parent, spec);
    }
    made->set_value(hand().value(field.key));
    made->on_change([this, &field] { typed(field); });
    return made;
}

void FieldsStep::typed(const domain::Field& field) {
    FormField* shown = fields_[std::string(field.key)];
    hand().set(field.key, shown->value());
    if (!shown->error().empty()) shown->set_error({});
    std::erase_if(hand().problems, [&](const domain::Problem& p) { return p.field == field.key; });
    if (field.key == "employer_name") search();
    if (field.key == "credit_code") show_note_field();
}

// Asked for only where the code can't stand alone: absent, or real but older than the standard (R29).
void FieldsStep::show_note_field() {
    const auto at = fields_.find("credit_code_note");
    if (at == fields_.end()) return;
    const domain::Field& code = *domain::find_field(domain::agreement_fields(), "credit_code");
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
             shown("warning").empty() ? "" : say("student.form.warned")});
    }
    const bool chosen = employers_.size() == 1 && options[0].label == text;
    found_none_->Show(employers_.empty() && !text.empty());
    found_->Show(!options.empty() && !chosen);
    found_->set_options(std::move(options));
    lay_out_again(*found_);
    if (kiosk().is_landscape() && found_->IsShown()) scroll_to(*found_);
}

void FieldsStep::choose(const domain::Form& employer) {
    for (const domain::Field& field : domain::agreement_fields()) {
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
    if (!warning_ || step() != 1) return;
    warning_->Show(!hand().warning.empty());
    warning_->set_text(say("student.form.warned_note"),
                       say("student.form.warned_text", {{"reason", hand().warning}}));
}

// A draft taken up again: is its employer warned by now?
void FieldsStep::refresh() {
    hand().set_step(step());
    show_problems(false);
    const std::string code = hand().value("credit_code");
    if (step() != 1 || code.empty()) return;
    app().work(
        *this,
        [code, speech = app().speech()](Rooms& rooms) {
            return rooms.student.search_employers(code, speech);
        },
        [this, code](const std::vector<domain::Form>& employers) {
            for (const domain::Form& employer : employers)
                if (domain::value_of(employer, "credit_code") == code)
                    hand().warning = domain::value_of(employer, "warning");
            show_warning();
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
        [form = hand().draft().form](Rooms& rooms) {
            auto kept = domain::normalised(domain::agreement_fields(), form, rooms.home.codes());
            auto problems = rooms.student.check(domain::Kind::offline, kept);
            return Checked{std::move(kept), std::move(problems)};
        },
        [this](Checked checked) {
            hand().set_form(std::move(checked.form));
            for (const auto& [key, field] : fields_) field->set_value(hand().value(key));
            hand().problems = std::move(checked.problems);
            std::erase_if(hand().problems,
                          [this](const domain::Problem& p) { return !fields_.contains(p.field); });
            if (!hand().problems.empty()) return show_problems(true);
            if (step() + 1 < kReviewStep)
                shell().open<FieldsStep>(kiosk(), shared_hand(), step() + 1);
            else
                shell().open<ReviewStep>(kiosk(), shared_hand());
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
