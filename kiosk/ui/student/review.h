// The last step: everything that will stand on the agreement, to be read once more, with the way back to
// each part, what the student must know first (R30), and submit.
#pragma once

#include "kiosk/ui/student/form.h"

namespace wq::ui::student {

class ReviewStep : public FormStep {
  public:
    ReviewStep(Shell& shell, Kiosk& kiosk, std::shared_ptr<DraftInHand> hand);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  protected:
    void refresh() override;

  private:
    void build_part(Stack& body, int part);
    void build_student(Stack& body);
    void submit();
    void refused(const Refusal& why, std::vector<domain::Problem> problems);

    std::vector<desk::NamedValue> student_;
};

// What happens next, after a submission.
class DoneScreen : public StudentScreen {
  public:
    DoneScreen(Shell& shell, Kiosk& kiosk, Uuid record);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  private:
    Uuid record_;
};

}  // namespace wq::ui::student
