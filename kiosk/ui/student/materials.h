// Pictures that prove something: the page of a form that lists what is needed and what is there already (R19,
// R25), and the screen on which one of them is taken. A folder stands in for the scanner.
#pragma once

#include "kiosk/ui/page_view.h"
#include "kiosk/ui/student/form.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wq::ui::student {

using Attachments = std::vector<domain::Attachment>;
using AttachmentsChanged = std::function<void(Attachments)>;

// For a material that is a form of ours: what prints it, filled in.
struct PrintButton {
    std::string label;
    std::function<void()> press;
};

// A card for one thing to be proven: its name, whether it is there, and the way to take it. `changed` is told
// on the UI thread, after the picture is kept.
void build_material(Kiosk& kiosk, Stack& body, const std::vector<std::string>& kinds,
                    const Attachments& attachments, const AttachmentsChanged& changed,
                    const std::optional<PrintButton>& print = {});

class MaterialsStep : public FormStep {
  public:
    using FormStep::FormStep;

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  protected:
    void refresh() override;

  private:
    std::optional<PrintButton> print_button(std::string_view kind);
};

// One kind of material, sheet by sheet: what was taken is shown at once, and can be taken back.
class CaptureScreen : public StudentScreen {
  public:
    CaptureScreen(Shell& shell, Kiosk& kiosk, std::string kind, Attachments attachments,
                  AttachmentsChanged changed);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  protected:
    void refresh() override;

  private:
    struct Taken {
        bool nothing = false;  // lay on the scanner
        std::vector<domain::Attachment> attachments;
        std::optional<Refusal> why;  // one of them was not taken
    };
    static Taken take(Rooms& rooms, Sheets& sheets, const std::string& kind);

    std::vector<const domain::Attachment*> of_kind() const;
    void take_sheet();
    void remove();
    void told();

    std::string kind_;
    Attachments attachments_;  // of all kinds
    AttachmentsChanged changed_;
    std::size_t shown_ = 0;  // of this kind
    Picture picture_;
    std::string why_;  // the last sheet was not taken
    PageView* view_ = nullptr;
};

}  // namespace wq::ui::student
