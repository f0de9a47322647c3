// Stamped paper coming back, with and without a login (R38, R39): one sheet at a time, shown straightened,
// with what was found on it and the one thing to do next. A folder stands in for the scanner.
#pragma once

#include "kiosk/ui/page_view.h"
#include "kiosk/ui/student/kiosk.h"

#include <vector>

namespace wq::ui::student {

class ScanScreen : public StudentScreen {
  public:
    ScanScreen(Shell& shell, Kiosk& kiosk);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  private:
    // What one press of the button brought; no pages where nothing lay on the scanner.
    struct Taken {
        std::vector<desk::PageResult> pages;
        Picture picture;  // of the last page
    };
    static Taken take(Rooms& rooms, const std::optional<domain::Actor>& actor);

    const desk::PageResult* shown() const {
        return taken_ && !taken_->pages.empty() ? &taken_->pages.back() : nullptr;
    }
    bool is_good() const;
    void build_view(Stack& parent);
    void build_found(Stack& parent);
    std::vector<CheckList::Line> lines() const;
    NoteBox* make_note(wxWindow* parent) const;
    std::string instruction() const;
    void scan();
    void leave();

    std::optional<Taken> taken_;
    PageView* view_ = nullptr;
};

}  // namespace wq::ui::student
