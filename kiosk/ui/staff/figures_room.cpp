#include "kiosk/ui/staff/figures_room.h"

#include "kiosk/desk/exporting.h"
#include "kiosk/ui/button.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/chart.h"
#include "kiosk/ui/scroll_area.h"
#include "kiosk/ui/shown.h"

#include <wx/filedlg.h>

#include <algorithm>
#include <cstdio>

namespace wq::ui::staff {
namespace {

constexpr std::int64_t kShownDays = 60;

std::string percent(double rate) {
    if (rate < 0) return "—";
    char text[16];
    std::snprintf(text, sizeof text, "%.1f %%", rate);
    return text;
}

Card* card_with(Stack& body, const std::string& title, Room room = {}) {
    Card* card = body.add(new Card(&body, px(10)), room);
    card->set_padding(px(18), px(14), px(18), px(14));
    card->add(new Label(card, Type::section, Colour::ink, title));
    return card;
}

}  // namespace

FiguresRoom::FiguresRoom(wxWindow* parent, Screen& screen, Office& office)
    : Pane(parent, screen, office, px(14)) {
    set_padding(px(20));
}

void FiguresRoom::refresh() {
    work([scope = domain::scope_of(office().session().actor),
          speech = app().speech()](Rooms& rooms) { return desk::figures_of(rooms.home, scope, speech); },
         [this](const desk::FiguresView& figures) { build(figures); });
}

void FiguresRoom::build(const desk::FiguresView& figures) {
    clear();
    auto* scroll = add(new ScrollArea(this, Colour::paper, px(14)), {1});
    Stack& body = *scroll->content();
    build_total(body, figures);
    build_days(body, figures.days);
    Stack* halves = body.add(row(&body, px(14), Colour::paper));
    Stack* left = halves->add(column(halves, px(14), Colour::paper), {1});
    Stack* right = halves->add(column(halves, px(14), Colour::paper), {1});
    build_bars(*left, "departments", figures.departments, true);
    build_bars(*right, "levels", figures.levels, true);
    build_bars(*right, "codes", figures.codes, false);
    lay_out_again(*this);
}

void FiguresRoom::build_total(Stack& body, const desk::FiguresView& figures) {
    Stack* line = body.add(row(&body, px(14), Colour::paper));
    const auto number = [&](const std::string& key, const std::string& value) {
        Card* card = line->add(new Card(line, px(4)), {1});
        card->set_padding(px(18), px(12), px(18), px(12));
        card->add(new Label(card, Type::note, Colour::muted, say("staff.figures." + key)));
        card->add(new Label(card, Type::title, Colour::ink, value));
    };
    number("rate", percent(figures.total.rate()));
    number("placed", std::to_string(figures.total.placed) + " / " + std::to_string(figures.total.graduates));
    for (const desk::FigureLine& group : figures.groups)
        if (!group.key.empty()) {
            Card* card = line->add(new Card(line, px(4)), {1});
            card->set_padding(px(18), px(12), px(18), px(12));
            card->add(new Label(card, Type::note, Colour::muted, group.label));
            card->add(new Label(card, Type::title, Colour::ink, std::to_string(group.registered)));
        }
    Stack* foot = body.add(row(&body, px(14), Colour::paper));
    foot->add(new Label(foot, Type::note, Colour::muted, say("staff.figures.note")), {1, 0, true});
    for (const char* ending : {"xlsx", "csv"})
        foot->add(new Button(foot, std::string("desk.export.") + ending,
                             say(std::string("staff.figures.export.") + ending), ButtonKind::secondary,
                             [this, ending] { save(ending, false); }));
    foot->add(new Button(foot, "desk.export.figures", say("staff.figures.export.figures"),
                         ButtonKind::secondary, [this] { save("xlsx", true); }));
}

void FiguresRoom::build_bars(Stack& body, const std::string& name, const std::vector<desk::FigureLine>& lines,
                             bool rates) {
    Card* card = card_with(body, say("staff.figures." + name));
    std::int64_t most = 1;
    for (const desk::FigureLine& line : lines) most = std::max(most, line.registered);
    std::vector<BarChart::Bar> bars;
    for (const desk::FigureLine& line : lines) {
        if (rates)
            bars.push_back({line.label, std::max(0.0, line.rate()) / 100,
                            percent(line.rate()) + "　" + std::to_string(line.placed) + " / " +
                                std::to_string(line.graduates)});
        else
            bars.push_back({line.label, static_cast<double>(line.registered) / static_cast<double>(most),
                            std::to_string(line.registered)});
    }
    if (bars.empty()) card->add(new Label(card, Type::note, Colour::muted, say("staff.figures.none")));
    card->add(new BarChart(card, "desk.figures." + name, std::move(bars)));
}

void FiguresRoom::build_days(Stack& body, const std::vector<desk::FigureLine>& days) {
    Card* card = card_with(body, say("staff.figures.days"));
    if (days.empty()) {
        card->add(new Label(card, Type::note, Colour::muted, say("staff.figures.none")));
        return;
    }
    // The last weeks, with the days on which nothing came.
    const auto number = [](const desk::FigureLine& line) {
        return days_since_1970(day_from_iso(line.key).value_or(Day{}));
    };
    const std::int64_t last = number(days.back());
    std::vector<DayChart::Day> shown;
    for (std::int64_t day = std::max(number(days.front()), last - kShownDays + 1); day <= last; ++day) {
        const std::string key = to_iso(day_of(day));
        const auto at = std::ranges::find(days, key, &desk::FigureLine::key);
        shown.push_back({key.substr(5), at == days.end() ? 0 : at->registered});
    }
    card->add(new DayChart(card, "desk.figures.days", std::move(shown)));
}

void FiguresRoom::save(const char* ending, bool figures) {
    const std::string name = say(figures ? "staff.room.figures" : "staff.figures.file") + "." + ending;
    wxFileDialog dialog(&shell(), wxString::FromUTF8(say("staff.figures.save")), "", wxString::FromUTF8(name),
                        wxString("*.") + ending, wxFD_SAVE | wxFD_OVERWRITE_PROMPT);
    if (dialog.ShowModal() != wxID_OK) return;
    const std::string file(dialog.GetPath().utf8_str());
    act(
        [file, figures, scope = domain::scope_of(office().session().actor),
         speech = app().speech()](Rooms& rooms) {
            return figures ? desk::export_figures(desk::figures_of(rooms.home, scope, speech), file, speech)
                           : desk::export_destinations(rooms.home, file, scope);
        },
        [this](const Result<std::size_t>& rows) {
            shell().say(
                rows ? Tone::green : Tone::red,
                rows ? say("staff.figures.saved", {{"count", std::to_string(*rows)}}) : say(rows.error()));
        });
}

}  // namespace wq::ui::staff
