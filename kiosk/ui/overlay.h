// What lies over a screen for a moment: a question that must be answered (inside the window; there are
// no system dialogs on a kiosk) and a message strip that goes by itself. The shell makes and ends them.
#pragma once

#include "kiosk/ui/bars.h"
#include "kiosk/ui/laid.h"
#include "kiosk/ui/shown.h"

#include <wx/bitmap.h>

#include <string>
#include <vector>

namespace wq::ui {

struct Question {
    std::string name;  // "leave", for the probe
    Icon icon = Icon::info;
    Tone tone = Tone::blue;
    std::string title;
    std::string text;
    std::vector<FooterButton> answers;  // from left to right; the first is what Escape means
};

class QuestionPanel : public Panel {
  public:
    // `behind` is a picture of the window, shown darkened around the card. `answered` is called before
    // an answer's press, to take the panel away.
    QuestionPanel(wxWindow* parent, Question question, wxBitmap behind, std::function<void()> answered);

    const std::string& name() const { return question_.name; }
    void set_text(const std::string& text) { text_->set_text(text); }
    void escape();

  protected:
    void do_arrange(wxSize size) override;
    void paint() override;

  private:
    void answer(std::size_t index);

    Question question_;
    wxBitmap behind_;
    std::function<void()> answered_;
    Stack* content_;
    Label* text_;
};

class Toast : public Panel {
  public:
    Toast(wxWindow* parent, Tone tone, std::string text);
    int height_for(int width) const override;

  protected:
    void paint() override;

  private:
    int room(int width) const;  // for the words

    Tone tone_;
    std::string text_;
};

}  // namespace wq::ui
