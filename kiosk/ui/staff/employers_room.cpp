#include "kiosk/ui/staff/employers_room.h"

#include "data/base/utf8.h"
#include "kiosk/ui/button.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/option_list.h"
#include "kiosk/ui/radio_cards.h"
#include "kiosk/ui/shown.h"
#include "kiosk/ui/table.h"

#include <algorithm>

namespace wq::ui::staff {
namespace {

constexpr std::size_t kMostFound = 5;

}  // namespace

EmployersRoom::EmployersRoom(wxWindow* parent, Screen& screen, Office& office)
    : Pane(parent, screen, office, px(14)) {
    set_padding(px(20));
    add(new Label(this, Type::body, Colour::muted, say("staff.employers.note")));
    Stack* halves = add(row(this, px(16), Colour::paper), {1});
    Stack* left = halves->add(column(halves, px(12), Colour::paper), {3});
    table_ = left->add(new Table(left, "desk.warned",
                                 {{say("staff.column.employer"), 300},
                                  {say("staff.employers.category"), 130},
                                  {say("staff.column.reason"), 300},
                                  {say("staff.column.time"), 140}},
                                 true),
                       {1});
    table_->set_empty_text(say("staff.employers.none"));
    if (office.session().actor.role != domain::Role::school) return;
    left->add(new Button(left, "desk.warned.lift", say("staff.employers.lift"), ButtonKind::secondary,
                         [this] { lift(); }));
    build_mark(*halves->add(column(halves, px(12), Colour::paper), {2}));
}

void EmployersRoom::build_mark(Stack& right) {
    right.add(new Label(&right, Type::section, Colour::ink, say("staff.employers.mark")));
    employer_ = right.add(new Field(
        &right, {"desk.warn.employer", say("staff.column.employer"), true, say("staff.employers.find")}));
    employer_->on_change([this] { find(); });
    list_ = right.add(new OptionList(&right, "desk.warn.found", [this](const Option& option) {
        code_ = option.code;
        employer_->set_value(option.label);
        list_->Hide();
        lay_out_again(*this);
    }));
    list_->Hide();
    std::vector<RadioCards::Choice> categories;
    for (const domain::Code& code : app().codes().table("warning_category").rows())
        categories.emplace_back(code.code, app().speech().name(code));
    category_ = right.add(new RadioCards(&right, "desk.warn.category", say("staff.employers.category"), true,
                                         std::move(categories)));
    FieldSpec reason{"desk.warn.reason", say("staff.column.reason"), true, say("staff.employers.reason")};
    reason.kind = FieldSpec::Kind::lines;
    reason_ = right.add(new Field(&right, reason));
    Stack* line = right.add(row(&right, px(12), Colour::paper));
    evidence_label_ = line->add(new Label(line, Type::note, Colour::muted, ""), {1, 0, true});
    line->add(new Button(line, "desk.warn.evidence", say("staff.employers.evidence.add"),
                         ButtonKind::secondary, [this] { take_evidence(); }));
    tell_evidence();
    right.add(new Button(&right, "desk.warn.mark", say("staff.employers.do"), ButtonKind::danger,
                         [this] { mark(); }));
    right.add_stretch();
}

void EmployersRoom::refresh() {
    work(
        [](Rooms& rooms) {
            auto warnings = rooms.home.store().warnings().own();
            for (store::Warning& warning : rooms.home.store().warnings().nationwide()) {
                const auto known = rooms.home.store().employers().search(warning.credit_code);
                if (!known.empty()) warning.employer_name = domain::value_of(known[0], "employer_name");
                warnings.push_back(std::move(warning));
            }
            return warnings;
        },
        [this](std::vector<store::Warning> warnings) { show(std::move(warnings)); });
}

void EmployersRoom::show(std::vector<store::Warning> warnings) {
    warnings_ = std::move(warnings);
    table_->set_rows(warnings_.size(), [this](std::size_t i) -> std::vector<Cell> {
        const store::Warning& warning = warnings_[i];
        std::string categories;
        for (std::string_view code : split(warning.category, ','))
            if (const domain::Code* category = app().codes().table("warning_category").find(code))
                categories += (categories.empty() ? "" : say("kinds.and")) + app().speech().name(*category);
        const std::string seen = warning.schools >= store::kSchoolsForAll ? say("staff.employers.nation")
                                                                          : say("staff.employers.here");
        return {{warning.employer_name, warning.credit_code},
                {categories, seen},
                warning.when.ms == 0
                    ? Cell{say("staff.employers.schools", {{"schools", std::to_string(warning.schools)}})}
                    : Cell{warning.reason, say("staff.employers.evidence",
                                               {{"count", std::to_string(warning.evidence.size())}})},
                warning.when.ms == 0 ? Cell{} : Cell{shown_time(warning.when), warning.marked_by}};
    });
    lay_out_again(*this);
}

void EmployersRoom::find() {
    code_.clear();
    const std::string text = employer_->value();
    work([text,
          speech = app().speech()](Rooms& rooms) { return rooms.student.search_employers(text, speech); },
         [this, text](std::vector<domain::Form> employers) {
             if (text == employer_->value()) show_found(std::move(employers));
         });
}

void EmployersRoom::show_found(std::vector<domain::Form> employers) {
    employers.resize(std::min(employers.size(), kMostFound));
    found_ = std::move(employers);
    std::vector<Option> options;
    for (const domain::Form& employer : found_)
        options.push_back({std::string(domain::value_of(employer, "credit_code")),
                           std::string(domain::value_of(employer, "employer_name")),
                           std::string(domain::value_of(employer, "credit_code"))});
    list_->Show(!options.empty());
    list_->set_options(std::move(options));
    lay_out_again(*this);
}

void EmployersRoom::take_evidence() {
    act_on_sheets([](Rooms& rooms, Sheets& sheets) { return take_sheets(rooms, sheets, "evidence"); },
                  [this](const Result<Attachments>& taken) {
                      if (!taken) return shell().say(Tone::amber, say(taken.error()));
                      evidence_.insert(evidence_.end(), taken->begin(), taken->end());
                      tell_evidence();
                  });
}

void EmployersRoom::tell_evidence() {
    evidence_label_->set_text(say("staff.employers.evidence", {{"count", std::to_string(evidence_.size())}}));
    lay_out_again(*this);
}

void EmployersRoom::mark() {
    employer_->set_error(code_.empty() ? say("staff.employers.choose") : "");
    category_->set_error(category_->value().empty() ? say(Refusal{"required"}) : "");
    reason_->set_error(reason_->value().empty() ? say(Refusal{"reason_required"}) : "");
    if (evidence_.empty()) {
        shell().say(Tone::red, say(Refusal{"evidence_missing"}));
        return;
    }
    for (FormField* field : {static_cast<FormField*>(employer_), static_cast<FormField*>(category_),
                             static_cast<FormField*>(reason_)})
        if (!field->error().empty()) return field->focus();
    store::Warning warning{code_, employer_->value(), category_->value(), reason_->value(), evidence_};
    const auto at = std::ranges::find(warnings_, code_, &store::Warning::credit_code);
    const Instant seen = at == warnings_.end() ? Instant{} : at->when;  // what the table shows
    act([warning, actor = office().session().actor,
         seen](Rooms& rooms) { return rooms.home.store().warnings().mark(warning, actor, seen); },
        [this](const Result<void>& marked) {
            if (!marked) {
                shell().say(Tone::red, say(marked.error()));
                return refresh();
            }
            shell().say(Tone::green, say("staff.employers.marked"));
            code_.clear();
            evidence_.clear();
            employer_->set_value("");
            reason_->set_value("");
            category_->set_value("");
            tell_evidence();
            refresh();
        });
}

void EmployersRoom::lift() {
    if (table_->selected() >= warnings_.size()) return;
    const store::Warning warning = warnings_[table_->selected()];
    Question question{"lift",
                      Icon::info,
                      Tone::amber,
                      say("staff.employers.lift.title"),
                      say("staff.employers.lift.text", {{"employer", warning.employer_name}}),
                      {}};
    question.answers = {
        {"lift.no", say("staff.cancel"), ButtonKind::quiet, [] {}},
        {"lift.yes", say("staff.employers.lift"), ButtonKind::primary, [this, warning, here = life()] {
             if (here.expired()) return;
             act([code = warning.credit_code, actor = office().session().actor](
                     Rooms& rooms) { return rooms.home.store().warnings().lift(code, actor); },
                 [this](const Result<void>& lifted) {
                     shell().say(lifted ? Tone::green : Tone::red,
                                 lifted ? say("staff.employers.lifted") : say(lifted.error()));
                     refresh();
                 });
         }}};
    shell().ask(std::move(question));
}

}  // namespace wq::ui::staff
