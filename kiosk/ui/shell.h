// The window: header, the screen in front, keyboard and footer, and the stack of screens beneath.
// Knows no screen by name and no business; main joins it with the desk. One for each program. UI thread.
#pragma once

#include "kiosk/ui/bars.h"
#include "kiosk/ui/keyboard.h"
#include "kiosk/ui/overlay.h"
#include "kiosk/ui/screen.h"
#include "kiosk/ui/worker.h"

#include <wx/eventfilter.h>
#include <wx/frame.h>
#include <wx/timer.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wq::ui {

struct ShellOptions {
    Density density = Density::touch;
    std::string title;
    wxSize size{1080, 1920};
    bool full_screen = false;  // `size` is then the display's
};

class Shell : public wxFrame, private wxEventFilter {
  public:
    // Sets the theme for the size. `fault` is the gate for what jobs throw.
    Shell(const ShellOptions& options, std::function<void(std::exception_ptr)> fault);
    ~Shell() override;

    // Makes a screen in front of the others; the shell owns it. The rest of the arguments go to its
    // constructor after the shell.
    template <class Kind, class... Args>
    Kind& open(Args&&... args) {
        auto* screen = new Kind(*this, std::forward<Args>(args)...);
        push(screen);
        return *screen;
    }
    void back();                          // to the one beneath; nothing at the last one
    void back_to(std::string_view name);  // to the nearest of that name, or the first
    template <class Kind, class... Args>
    Kind& restart(Args&&... args) {  // ends every screen, then opens this one
        end_all();
        return open<Kind>(std::forward<Args>(args)...);
    }
    Screen* front() const { return screens_.empty() ? nullptr : screens_.back(); }
    wxWindow& stage() { return *stage_; }

    void set_header(HeaderState state);
    void set_countdown(std::optional<int> seconds);
    void refresh_footer();  // asks the front screen again
    FooterBar& footer() { return *footer_; }

    // After words(), text size or contrast changed: everything is built again, inputs are kept.
    void rebuild();

    void say(Tone tone, std::string text);  // a strip for a few seconds, or until a question
    void say_nothing();
    void ask(Question question);  // replaces an open one
    QuestionPanel* question() const { return question_; }
    void close_question();

    void on_log_out(std::function<void()> act) { log_out_ = std::move(act); }
    void on_language(std::function<void()> act) { language_ = std::move(act); }
    // Every second, with the seconds since anyone touched or typed: the session timer's hook.
    void on_tick(std::function<void(int idle_seconds)> act) { tick_ = std::move(act); }
    void touch_session() { idle_ = 0; }

    Worker& worker() { return worker_; }

  private:
    void push(Screen* screen);
    void show_front();
    void end(Screen* screen);
    void end_all();
    void make_parts();
    void bind_events();
    void arrange();
    void follow_focus();  // the keyboard comes with a focused field
    void next_field();
    void on_key(wxKeyEvent& event);
    int FilterEvent(wxEvent& event) override;

    Density density_;
    HeaderBar* header_ = nullptr;
    FooterBar* footer_ = nullptr;
    Keyboard* keyboard_ = nullptr;
    Panel* stage_ = nullptr;
    QuestionPanel* question_ = nullptr;
    Toast* toast_ = nullptr;
    HeaderState header_state_;
    std::vector<Screen*> screens_;
    wxWindow* last_focus_ = nullptr;
    bool keyboard_away_ = false;  // put away by hand, until another field is touched
    int idle_ = 0;
    wxTimer seconds_, toast_time_;
    std::function<void()> log_out_, language_;
    std::function<void(int)> tick_;
    Worker worker_;
};

Shell& shell_of(wxWindow& window);

}  // namespace wq::ui
