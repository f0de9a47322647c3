// The form that a student is filling in, shared by its steps: what was typed goes to the draft on this
// machine half a second after the last key, and at once when a step is left (R51). UI thread; the keeping
// itself happens on the desk thread.
#pragma once

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
    const desk::StudentSession& session() const { return session_; }
    std::string value(std::string_view key) const { return std::string(domain::value_of(draft_.form, key)); }
    void set(std::string_view key, std::string value);
    void set_form(domain::Form form);
    void set_step(int step);

    // What the last check found; each step shows its own.
    std::vector<domain::Problem> problems;
    // Why the chosen employer is warned; empty: it is not.
    std::string warning;

    void flush();  // keeps now what was not kept yet
    void is_submitted() { changed_ = false, submitted_ = true; }

  private:
    App& app_;
    desk::StudentSession session_;
    store::Draft draft_;
    wxTimer quiet_;
    bool changed_ = false;
    bool submitted_ = false;  // there is no draft any more
};

}  // namespace wq::ui::student
