// The form that a student is filling in, shared by its pages: what was typed goes to the draft on this
// machine half a second after the last key, and at once when a page is left (R51). UI thread; the keeping
// itself happens on the desk thread.
#pragma once

#include "kiosk/ui/student/form_pages.h"
#include "kiosk/ui/student/kiosk.h"

#include <wx/timer.h>

#include <memory>
#include <string>
#include <vector>

namespace wq::ui::student {

class DraftInHand {
  public:
    static constexpr int kQuietMs = 500;

    DraftInHand(App& app, desk::StudentSession session, store::Draft draft);

    const store::Draft& draft() const { return draft_; }
    domain::Kind kind() const { return draft_.kind; }
    const desk::StudentSession& session() const { return session_; }
    std::string value(std::string_view key) const { return std::string(domain::value_of(draft_.form, key)); }
    void set(std::string_view key, std::string value);
    void set_form(domain::Form form);
    void set_step(int step);
    void set_attachments(std::vector<domain::Attachment> attachments);

    std::vector<FormPage> pages() const { return pages_of(draft_.kind, draft_.form); }

    // What the last check found; each page shows its own.
    std::vector<domain::Problem> problems;
    // Why the chosen employer is warned; empty: it is not.
    std::string warning;
    // Of the reviewer who sent it back; what it points at is among the problems (R52).
    std::string comment;

    void flush();  // keeps now what was not kept yet
    void is_submitted() { changed_ = false, submitted_ = true; }

  private:
    void keep_soon();

    App& app_;
    desk::StudentSession session_;
    store::Draft draft_;
    wxTimer quiet_;
    bool changed_ = false;
    bool submitted_ = false;  // there is no draft any more
};

}  // namespace wq::ui::student
