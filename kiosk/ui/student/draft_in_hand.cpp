#include "kiosk/ui/student/draft_in_hand.h"

namespace wq::ui::student {

DraftInHand::DraftInHand(App& app, desk::StudentSession session, store::Draft draft)
    : app_(app), session_(std::move(session)), draft_(std::move(draft)) {
    quiet_.Bind(wxEVT_TIMER, [this](wxTimerEvent&) { flush(); });
}

void DraftInHand::keep_soon() {
    changed_ = true;
    quiet_.StartOnce(kQuietMs);
}

void DraftInHand::set(std::string_view key, std::string value) {
    std::string& kept = draft_.form[std::string(key)];
    if (kept == value) return;
    kept = std::move(value);
    keep_soon();
}

void DraftInHand::set_form(domain::Form form) {
    if (draft_.form == form) return;
    draft_.form = std::move(form);
    changed_ = true;
}

void DraftInHand::set_attachments(std::vector<domain::Attachment> attachments) {
    if (draft_.attachments == attachments) return;
    draft_.attachments = std::move(attachments);
    changed_ = true;
    flush();
}

void DraftInHand::set_step(int step) {
    if (draft_.step == step) return;
    draft_.step = step;
    // A step alone is no reason to keep a form in which nothing was typed.
    changed_ = changed_ || !draft_.form.empty();
}

void DraftInHand::flush() {
    quiet_.Stop();
    if (!changed_ || submitted_) return;
    changed_ = false;
    app_.keep([session = session_, draft = draft_](Rooms& rooms) { rooms.student.keep(session, draft); });
}

}  // namespace wq::ui::student
