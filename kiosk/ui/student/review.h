// The last page: everything that was filled in, to be read once more, with the way back to each part, what
// the student must know first (R30), and submit.
#pragma once

#include "kiosk/ui/shown.h"
#include "kiosk/ui/student/form.h"

namespace wq::ui::student {

class ReviewStep : public FormStep {
  public:
    using FormStep::FormStep;

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  protected:
    void refresh() override;

  private:
    void build_part(Stack& body, const FormPage& part, int step);
    std::vector<KeyValueList::Row> rows_of(const FormPage& part) const;
    void build_student(Stack& body);
    void submit();
    void refused(const Refusal& why, std::vector<domain::Problem> problems);

    std::vector<desk::NamedValue> student_;
};

// What happens next, after a submission.
class DoneScreen : public StudentScreen {
  public:
    DoneScreen(Shell& shell, Kiosk& kiosk, const domain::Registration& record);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  private:
    Uuid record_;
    domain::Kind kind_;
};

}  // namespace wq::ui::student
