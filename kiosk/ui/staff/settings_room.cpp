#include "kiosk/ui/staff/settings_room.h"

#include "data/base/utf8.h"
#include "kiosk/desk/machine.h"
#include "kiosk/ui/button.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/radio_cards.h"
#include "kiosk/ui/scroll_area.h"
#include "kiosk/ui/shown.h"

namespace wq::ui::staff {

SettingsRoom::SettingsRoom(wxWindow* parent, Screen& screen, Office& office)
    : Pane(parent, screen, office, px(14)) {
    set_padding(px(20));
}

void SettingsRoom::refresh() {
    struct Seen {
        domain::Form settings, machine;
        devices::PrinterChoice printer;
    };
    work(
        [](Rooms& rooms) {
            Seen seen{rooms.home.campus().settings, {}, desk::chosen_printer(rooms.home)};
            for (const char* key : {"printer", "print_sides"})
                seen.machine[key] = *desk::machine_setting(rooms.home, key);
            return seen;
        },
        [this](const Seen& seen) {
            build(seen.settings, seen.machine);
            if (!machine_fields_.empty()) look_for_printers(seen.printer);
        });
}

void SettingsRoom::build(const domain::Form& settings, const domain::Form& machine) {
    settings_ = settings;
    machine_ = machine;
    fields_.clear();
    machine_fields_.clear();
    printers_ = nullptr;
    clear();
    add(new Label(this, Type::body, Colour::muted, say("staff.settings.note")));
    auto* scroll = add(new ScrollArea(this, Colour::paper, px(14)), {1});
    Stack& body = *scroll->content();
    std::vector<KeyValueList::Row> fixed;
    Stack* line = nullptr;
    for (const domain::Setting& setting : domain::campus_settings()) {
        const std::string key(setting.key), now(domain::value_of(settings, key));
        const std::string label(app().language() == desk::Language::zh ? setting.name_zh : setting.name_en);
        const auto shown = [&](std::string_view value) {
            const std::string words = say("setting." + key + "." + std::string(value));
            const std::string common = say("setting." + std::string(value));
            return !words.starts_with("setting.")    ? words
                   : !common.starts_with("setting.") ? common
                                                     : std::string(value);
        };
        if (domain::may_set(key, office().session().actor.role)) {
            fixed.push_back({label, now.empty() ? say("staff.settings.none") : shown(now)});
            continue;
        }
        if (!line) line = body.add(row(&body, px(20), Colour::paper));
        FormField* field = nullptr;
        if (setting.choices.empty()) {
            field = new Field(line, {"setting." + key, label, false});
        } else {
            std::vector<RadioCards::Choice> choices;
            for (std::string_view choice : split(setting.choices, '|'))
                choices.emplace_back(std::string(choice), shown(choice));
            field = new RadioCards(line, "setting." + key, label, false, std::move(choices));
        }
        field->set_value(now);
        fields_[key] = line->add(field, {1});
        if (fields_.size() % 2 == 0) line = nullptr;
    }
    if (line) line->add(new Panel(line, Colour::paper), {1});
    if (office().session().actor.role == domain::Role::school) build_printer(body);
    if (!fixed.empty()) {
        body.add(new Label(&body, Type::section, Colour::ink, say("staff.settings.others")));
        body.add(new KeyValueList(&body, "desk.settings.fixed", std::move(fixed)));
    }
    if (!fields_.empty()) {
        Stack* foot = add(row(this, px(12), Colour::paper));
        foot->add_stretch();
        foot->add(new Button(foot, "desk.settings.save", say("staff.settings.save"), ButtonKind::primary,
                             [this] { save(); }),
                  {0, px(240)});
    }
    lay_out_again(*this);
}

void SettingsRoom::build_printer(Stack& body) {
    body.add(new Label(&body, Type::section, Colour::ink, say("staff.settings.machine")));
    Stack* line = body.add(row(&body, px(20), Colour::paper));
    machine_fields_["printer"] =
        line->add(new Field(line, {"setting.printer", say("staff.settings.printer"), false}), {1});
    machine_fields_["print_sides"] = line->add(
        new RadioCards(
            line, "setting.print_sides", say("staff.settings.print_sides"), false,
            {{"one", say("staff.settings.print_sides.one")}, {"two", say("staff.settings.print_sides.two")}}),
        {1});
    for (const auto& [key, field] : machine_fields_) field->set_value(domain::value_of(machine_, key));
    printers_ = body.add(column(&body, px(8), Colour::paper));
    printers_->add(new Label(printers_, Type::body, Colour::muted, say("staff.settings.printers.looking")));
}

void SettingsRoom::look_for_printers(const devices::PrinterChoice& choice) {
    app().at_printer(
        life(),
        [choice] {
            return Found{devices::find_printers(), devices::open_printer(choice)->state()};
        },
        [this, here = screen().life()](const Found& found) {
            if (!here.expired() && printers_) show_printers(found);
        });
}

void SettingsRoom::show_printers(const Found& found) {
    printers_->clear();
    std::vector<KeyValueList::Row> rows{
        {say("staff.settings.printers.now"),
         say("student.printer." + std::string(devices::name_of(found.state)))},
        {std::string(devices::kSpool), say("staff.settings.printers.spool")},
        {std::string(devices::kDefaultQueue), say("staff.settings.printers.auto")}};
    for (const devices::FoundPrinter& printer : found.printers) rows.push_back({printer.name, printer.says});
    printers_->add(new KeyValueList(printers_, "desk.settings.printers", std::move(rows)));
    lay_out_again(*printers_);
}

// What was typed and differs; nothing where a value is wrong, which is told and in focus.
std::optional<domain::Form> SettingsRoom::changes_of(const std::map<std::string, FormField*>& fields,
                                                     const domain::Form& before) {
    domain::Form changes;
    for (const auto& [key, field] : fields) {
        field->set_error({});
        if (field->value() != domain::value_of(before, key)) changes[key] = field->value();
        auto wrong = &fields == &fields_ ? domain::check_setting(key, field->value()) : std::nullopt;
        if (wrong) {
            field->set_error(say(*wrong));
            field->focus();
            return std::nullopt;
        }
    }
    return changes;
}

void SettingsRoom::save() {
    const auto changes = changes_of(fields_, settings_), machine = changes_of(machine_fields_, machine_);
    if (!changes || !machine) return;
    if (changes->empty() && machine->empty()) return shell().say(Tone::blue, say("staff.settings.same"));
    act(
        [changes = *changes, machine = *machine, actor = office().session().actor,
         seen = settings_](Rooms& rooms) {
            Result<void> changed = rooms.home.store().campus().change(changes, actor, seen);
            for (const auto& [key, value] : machine)
                if (changed) changed = desk::set_machine(rooms.home, key, value);
            return changed;
        },
        [this](const Result<void>& changed) {
            // What was refused stays typed.
            if (!changed) return shell().say(Tone::red, say(changed.error()));
            shell().say(Tone::green, say("staff.settings.saved"));
            refresh();
        });
}

}  // namespace wq::ui::staff
