#include "kiosk/ui/staff/roster_room.h"

#include "kiosk/ui/button.h"
#include "kiosk/ui/choices.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/scroll_area.h"
#include "kiosk/ui/shown.h"
#include "kiosk/ui/table.h"

#include <wx/filedlg.h>

namespace wq::ui::staff {

RosterRoom::RosterRoom(wxWindow* parent, Screen& screen, Office& office)
    : Pane(parent, screen, office, px(14)) {
    set_padding(px(20));
    Stack* head = add(row(this, px(14), Colour::paper));
    head->add(new Label(head, Type::body, Colour::muted, say("staff.roster.note")), {1, 0, true});
    if (office.session().actor.role == domain::Role::school)
        head->add(new Button(head, "desk.roster.import", say("staff.roster.import"), ButtonKind::primary,
                             [this] { import(); }),
                  {0, 0, true});
    imported_ = add(new NoteBox(this, Tone::blue, "", ""));
    imported_->Hide();
    fault_table_ = add(new Table(this, "desk.roster.faults",
                                 {{say("staff.roster.line"), 60},
                                  {say("staff.roster.column"), 120},
                                  {say("staff.column.reason"), 500}},
                                 false),
                       {2});
    fault_table_->Hide();
    Stack* halves = add(row(this, px(16), Colour::paper), {5});
    table_ = halves->add(new Table(halves, "desk.roster",
                                   {{say("staff.column.student"), 160},
                                    {say("staff.column.department"), 180},
                                    {say("staff.roster.training"), 110},
                                    {say("staff.roster.confirmed"), 120}},
                                   true),
                         {3});
    table_->set_empty_text(say("staff.roster.none"));
    table_->on_select([this](std::size_t graduate) { look_at(graduate); });
    one_ = halves->add(column(halves, px(12), Colour::paper), {2});
}

void RosterRoom::refresh() {
    work([session = office().session(),
          text = text_](Rooms& rooms) { return rooms.staff.graduates(session, text); },
         [this, asked = text_](std::vector<domain::Graduate> graduates) {
             if (asked == text_) show(std::move(graduates));
         });
}

void RosterRoom::search(const std::string& text) {
    text_ = text;
    refresh();
}

void RosterRoom::show(std::vector<domain::Graduate> graduates) {
    graduates_ = std::move(graduates);
    table_->set_rows(graduates_.size(), [this](std::size_t i) -> std::vector<Cell> {
        const domain::Graduate& graduate = graduates_[i];
        const domain::CodeTable& modes = app().codes().table("training_mode");
        const domain::Code* mode = modes.find(graduate["training_mode"]);
        const bool may = domain::may_sign(graduate, app().codes());
        const bool confirmed = graduate.is_confirmed();
        return {{std::string(graduate["name"]), std::string(graduate["exam_number"]), Colour::muted, true},
                {std::string(graduate["department"]), std::string(graduate["major"])},
                {mode ? app().speech().name(*mode) : std::string(graduate["training_mode"]),
                 say(may ? "staff.roster.may_sign" : "staff.roster.may_not_sign"),
                 may ? Colour::muted : Colour::warning},
                {say(confirmed ? "staff.roster.is_confirmed" : "staff.roster.not_confirmed"),
                 confirmed ? shown_time(graduate.confirmed_at) : "", Colour::muted, false,
                 confirmed ? Colour::success : Colour::ink}};
    });
    // Who is in view already stays so, with what was typed.
    const std::size_t at = table_->selected();
    if (at < graduates_.size() && graduates_[at]["exam_number"] == in_view_ &&
        graduates_[at].revision == revision_in_view_)
        return;
    look_at(at);
}

void RosterRoom::look_at(std::size_t graduate) {
    one_->clear();
    fields_.clear();
    in_view_.clear();
    if (graduate < graduates_.size()) {
        in_view_ = graduates_[graduate]["exam_number"];
        revision_in_view_ = graduates_[graduate].revision;
        build_values(graduates_[graduate]);
    }
    lay_out_again(*this);
}

void RosterRoom::build_values(const domain::Graduate& graduate) {
    auto* scroll = one_->add(new ScrollArea(one_, Colour::paper, px(12)), {1});
    std::vector<KeyValueList::Row> rows;
    for (const desk::NamedValue& value :
         desk::named_values(domain::graduate_fields(), graduate.base, app().codes(), app().speech()))
        rows.push_back({value.label, value.value});
    scroll->content()->add(new KeyValueList(scroll->content(), "desk.graduate", std::move(rows)));
    if (office().session().actor.role != domain::Role::school) return;
    one_->add(new Button(one_, "desk.roster.correct", say("staff.roster.correct"), ButtonKind::secondary,
                         [this, graduate] { build_fields(graduate); }));
}

void RosterRoom::build_fields(const domain::Graduate& graduate) {
    one_->clear();
    fields_.clear();
    auto* scroll = one_->add(new ScrollArea(one_, Colour::paper, px(10)), {1});
    Stack& body = *scroll->content();
    for (const domain::Field& field : domain::graduate_fields()) {
        if (field.key == "exam_number") continue;  // what everything hangs on
        const std::string key(field.key), name = "desk.correct." + key, label = app().speech().name(field);
        FormField* made = nullptr;
        if (field.table.empty())
            made = new Field(&body, {name, label, field.need == domain::Need::required});
        else
            made = new ChoiceField(&body, name, label, field.need == domain::Need::required,
                                   choices_of(app().codes().table(field.table), app().speech()));
        made->set_value(graduate[field.key]);
        fields_[key] = body.add(made);
    }
    Stack* foot = one_->add(row(one_, px(12), Colour::paper));
    foot->add(new Button(foot, "desk.roster.cancel", say("staff.cancel"), ButtonKind::quiet,
                         [this] { look_at(table_->selected()); }),
              {1});
    foot->add(new Button(foot, "desk.roster.save", say("staff.roster.save"), ButtonKind::primary,
                         [this] { save(); }),
              {1});
    lay_out_again(*this);
}

void RosterRoom::save() {
    if (table_->selected() >= graduates_.size()) return;
    const domain::Graduate& shown = graduates_[table_->selected()];
    domain::Form changes;
    for (const auto& [key, field] : fields_)
        if (field->value() != shown[key]) changes[key] = field->value();
    act([session = office().session(), exam = shown.exam_number(), changes,
         seen = shown.revision](Rooms& rooms) { return rooms.staff.correct(session, exam, changes, seen); },
        [this](const Result<void>& corrected) {
            if (!corrected) {
                const auto& args = corrected.error().args;
                for (const auto& [key, value] : args)
                    if (key == "field" && fields_.contains(value)) {
                        for (const auto& [code, why] : args)
                            if (code == "code") fields_[value]->set_error(say(Refusal{why}));
                        return fields_[value]->focus();
                    }
                shell().say(Tone::red, say(corrected.error()));
                if (corrected.error().code != "graduate_changed") return;
                in_view_.clear();
                return refresh();  // with what stands now
            }
            shell().say(Tone::green, say("staff.roster.corrected"));
            in_view_.clear();
            refresh();
        });
}

void RosterRoom::import() {
    wxFileDialog dialog(&shell(), wxString::FromUTF8(say("staff.roster.import")), "", "", "*.csv",
                        wxFD_OPEN | wxFD_FILE_MUST_EXIST);
    if (dialog.ShowModal() != wxID_OK) return;
    const std::string file(dialog.GetPath().utf8_str());
    shell().say(Tone::blue, say("staff.roster.importing"));
    act([session = office().session(),
         file](Rooms& rooms) { return rooms.staff.import_roster(session, file); },
        [this](const Result<desk::RosterImport>& imported) {
            if (!imported) return shell().say(Tone::red, say(imported.error()));
            tell_import(*imported);
            refresh();
        });
}

void RosterRoom::tell_import(const desk::RosterImport& imported) {
    faults_ = imported.faults;
    imported_->set_text("",
                        say("staff.roster.imported", {{"rows", std::to_string(imported.rows)},
                                                      {"added", std::to_string(imported.change.added)},
                                                      {"changed", std::to_string(imported.change.changed)},
                                                      {"same", std::to_string(imported.change.same)},
                                                      {"faults", std::to_string(faults_.size())}}));
    imported_->Show();
    fault_table_->Show(!faults_.empty());
    fault_table_->set_rows(faults_.size(), [this](std::size_t i) -> std::vector<Cell> {
        return {{std::to_string(faults_[i].line)},
                {faults_[i].column},
                {say(faults_[i].why), "", Colour::muted, false, Colour::warning}};
    });
    lay_out_again(*this);
}

}  // namespace wq::ui::staff
