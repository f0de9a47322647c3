#include "kiosk/ui/staff/settings_room.h"

#include "data/base/utf8.h"
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
    work([](Rooms& rooms) { return rooms.home.campus().settings; },
         [this](const domain::Form& settings) { build(settings); });
}

void SettingsRoom::build(const domain::Form& settings) {
    settings_ = settings;
    fields_.clear();
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

void SettingsRoom::save() {
    domain::Form changes;
    for (const auto& [key, field] : fields_) {
        field->set_error({});
        if (field->value() != domain::value_of(settings_, key)) changes[key] = field->value();
        if (auto wrong = domain::check_setting(key, field->value())) {
            field->set_error(say(*wrong));
            return field->focus();
        }
    }
    if (changes.empty()) return shell().say(Tone::blue, say("staff.settings.same"));
    act([changes, actor = office().session().actor,
         seen = settings_](Rooms& rooms) { return rooms.home.store().campus().change(changes, actor, seen); },
        [this](const Result<void>& changed) {
            // What was refused stays typed.
            if (!changed) return shell().say(Tone::red, say(changed.error()));
            shell().say(Tone::green, say("staff.settings.saved"));
            refresh();
        });
}

}  // namespace wq::ui::staff
