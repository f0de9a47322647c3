#include "kiosk/ui/shell.h"

#include "kiosk/ui/field.h"
#include "kiosk/ui/gtk.h"
#include "kiosk/ui/probe.h"
#include "kiosk/ui/text.h"

#include <wx/app.h>
#include <wx/display.h>
#include <wx/textctrl.h>

#include <algorithm>

namespace wq::ui {
namespace {

constexpr int kToastMs = 5000;

bool is_input(const wxEvent& event) {
    const wxEventType type = event.GetEventType();
    return type == wxEVT_LEFT_DOWN || type == wxEVT_KEY_DOWN || type == wxEVT_MOUSEWHEEL;
}

// The stage shows the front screen in all its room.
class Stage : public Panel {
  public:
    explicit Stage(wxWindow* parent) : Panel(parent, Colour::paper) {}

  protected:
    void do_arrange(wxSize size) override {
        for (wxWindow* child : GetChildren())
            if (child->IsShown()) place(*child, wxRect(size));
    }
};

}  // namespace

Shell& shell_of(wxWindow& window) { return dynamic_cast<Shell&>(*wxGetTopLevelParent(&window)); }

Shell::Shell(const ShellOptions& options, std::function<void(std::exception_ptr)> fault)
    : density_(options.density), worker_(std::move(fault)) {
    calm_gtk();
    const wxSize size = options.full_screen ? wxDisplay(0u).GetGeometry().GetSize() : options.size;
    fit_theme(density_, size);
    Create(nullptr, wxID_ANY, to_wx(options.title), wxPoint(0, 0), size);
    SetClientSize(size);
    SetBackgroundColour(colour(Colour::paper));
    make_parts();
    bind_events();
    wxEvtHandler::AddFilter(this);
    if (options.full_screen) ShowFullScreen(true);
    seconds_.Start(1000);
    start_probe(*this);
}

Shell::~Shell() { wxEvtHandler::RemoveFilter(this); }

void Shell::make_parts() {
    stage_ = new Stage(this);
    header_ = new HeaderBar(
        this,
        [this] {
            if (log_out_) log_out_();
        },
        [this] {
            if (language_) language_();
        },
        [this] {
            set_text_step((text_step() + 1) % kTextSizes);
            rebuild();
        });
    keyboard_ = new Keyboard(
        this, [this] { next_field(); },
        [this] {
            keyboard_away_ = true;
            follow_focus();
        });
    keyboard_->Hide();
    footer_ = new FooterBar(this);
}

void Shell::bind_events() {
    Bind(wxEVT_SIZE, [this](wxSizeEvent&) { arrange(); });
    Bind(wxEVT_CHAR_HOOK, &Shell::on_key, this);
    Bind(wxEVT_IDLE, [this](wxIdleEvent& event) {
        if (wxWindow::FindFocus() != last_focus_) follow_focus();
        event.Skip();
    });
    seconds_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) {
        ++idle_;
        if (tick_) tick_(idle_);
    });
    toast_time_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { say_nothing(); });
}

void Shell::arrange() {
    const wxSize size = GetClientSize();
    Screen* screen = front();
    const bool touch = density_ == Density::touch;
    const bool header = touch && (!screen || screen->shows_header()) && !question_;
    const int top = header ? header_->height_for(size.x) : 0;
    const int bottom = size.y - footer_->height_for(size.x);
    const int keys = keyboard_->IsShown() ? keyboard_->height_for(size.x) : 0;
    header_->Show(header);
    footer_->Show(!footer_->is_empty() && !question_);
    header_->SetSize(0, 0, size.x, top);
    footer_->SetSize(0, bottom, size.x, size.y - bottom);
    keyboard_->SetSize(0, bottom - keys, size.x, keys);
    place(*stage_, {0, top, size.x, bottom - keys - top});
    if (toast_ && density_ == Density::desk) {  // at the foot of the sidebar, where it covers no button
        const int width = px(210), height = toast_->height_for(width);
        toast_->SetSize(0, bottom - height, width, height);
    } else if (toast_) {
        toast_->SetSize(0, bottom - keys - toast_->height_for(size.x), size.x, toast_->height_for(size.x));
    }
    if (question_) place(*question_, wxRect(size));
}

void Shell::push(Screen* screen) {
    if (Screen* before = front()) {
        before->remember_focus();
        before->left();
        before->Hide();
    }
    screens_.push_back(screen);
    show_front();
}

void Shell::show_front() {
    Screen* screen = front();
    if (!screen) return;
    keyboard_->Hide();
    last_focus_ = nullptr;
    screen->Show();
    refresh_footer();
    if (!screen->built_ || screen->stale_) screen->rebuild();
    stage_->arrange();
    screen->focus_again();
    screen->entered();
    refresh_footer();
}

// Destroyed later: the call may come from one of its own buttons.
void Shell::end(Screen* screen) {
    screen->left();
    screen->life_.reset();
    screen->Hide();
    wxTheApp->ScheduleForDestruction(screen);
}

void Shell::end_all() {
    for (Screen* screen : screens_) end(screen);
    screens_.clear();
    close_question();
}

void Shell::back() {
    if (screens_.size() < 2) return;
    end(screens_.back());
    screens_.pop_back();
    show_front();
}

void Shell::back_to(std::string_view name) {
    while (screens_.size() > 1 && front()->name() != name) {
        end(screens_.back());
        screens_.pop_back();
    }
    show_front();
}

void Shell::set_header(HeaderState state) {
    header_state_ = std::move(state);
    header_->set_state(header_state_);
}

void Shell::set_countdown(std::optional<int> seconds) {
    header_state_.seconds_left = seconds;
    header_->set_state(header_state_);
}

void Shell::refresh_footer() {
    footer_->set_buttons(front() ? front()->footer() : std::vector<FooterButton>());
    arrange();
}

void Shell::rebuild() {
    for (Screen* screen : screens_) screen->stale_ = true;
    set_header(header_state_);
    keyboard_->reset();
    if (Screen* screen = front()) screen->rebuild();
    refresh_footer();
    Refresh();
}

void Shell::say(Tone tone, std::string text) {
    say_nothing();
    toast_ = new Toast(this, tone, std::move(text));
    toast_time_.StartOnce(kToastMs);
    arrange();
}

void Shell::say_nothing() {
    if (toast_) toast_->Destroy();
    toast_ = nullptr;
}

void Shell::ask(Question question) {
    close_question();
    say_nothing();
    const wxBitmap behind = picture_of(*this);
    if (Screen* screen = front()) screen->Hide();
    keyboard_->Hide();
    question_ = new QuestionPanel(this, std::move(question), behind, [this] { close_question(); });
    arrange();
}

void Shell::close_question() {
    if (!question_) return;
    question_->Hide();
    wxTheApp->ScheduleForDestruction(question_);
    question_ = nullptr;
    if (Screen* screen = front()) screen->Show();
    last_focus_ = nullptr;
    arrange();
}

void Shell::follow_focus() {
    wxWindow* focus = wxWindow::FindFocus();
    if (focus != last_focus_) keyboard_away_ = false;
    last_focus_ = focus;
    const Field* field = Field::focused();
    const bool wanted = density_ == Density::touch && field && !question_ && !keyboard_away_;
    if (wanted == keyboard_->IsShown()) return;
    if (wanted) keyboard_->reset();
    keyboard_->Show(wanted);
    arrange();
    for (wxWindow* up = focus; up && wanted; up = up->GetParent())
        if (auto* area = dynamic_cast<ScrollArea*>(up)) area->show(*focus);
}

void Shell::next_field() {
    Field* current = Field::focused();
    const auto fields = form_fields(*front());
    const auto here = std::find(fields.begin(), fields.end(), current);
    if (here == fields.end() || here + 1 == fields.end()) {
        keyboard_away_ = true;
        return follow_focus();
    }
    set_keyboard_in_use(true);  // so that what comes next is shown and scrolled to
    (*(here + 1))->focus();
}

void Shell::on_key(wxKeyEvent& event) {
    if (event.GetKeyCode() != WXK_ESCAPE) return event.Skip();
    if (question_)
        question_->escape();
    else if (Screen* screen = front())
        screen->escape();
}

int Shell::FilterEvent(wxEvent& event) {
    if (!is_input(event)) return Event_Skip;
    idle_ = 0;
    set_keyboard_in_use(event.GetEventType() == wxEVT_KEY_DOWN);
    const bool touch = event.GetEventType() == wxEVT_LEFT_DOWN;
    if (touch && keyboard_away_ && dynamic_cast<wxTextCtrl*>(event.GetEventObject())) {
        keyboard_away_ = false;
        CallAfter([this] { follow_focus(); });
    }
    return Event_Skip;
}

}  // namespace wq::ui
