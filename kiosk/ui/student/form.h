// A form, a screen for each of its pages (form_pages.h); what was typed lives in DraftInHand. Here the pages
// with fields (R28–R30, R24); materials.h has the page of materials, review.h the last one.
#pragma once

#include "kiosk/ui/form_field.h"
#include "kiosk/ui/option_list.h"
#include "kiosk/ui/student/draft_in_hand.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace wq::ui {
class NoteBox;
}

namespace wq::ui::student {

// What a form is taken up with: the draft and, where it was sent back, the reviewer's comment and what that
// points at.
struct TakenUp {
    store::Draft draft;
    std::string comment = {};
    std::vector<std::string> comment_on = {};
};

// Opens the pages up to the one where the student was.
void open_form(Kiosk& kiosk, TakenUp taken);

// What all pages have: the way with its captions, and leaving without loss.
class FormStep : public StudentScreen {
  public:
    FormStep(Shell& shell, Kiosk& kiosk, std::shared_ptr<DraftInHand> hand, int step);

    void left() override { hand_->flush(); }

  protected:
    void build_head(Stack& body);
    // Cancel or back, keep, and the way on.
    std::vector<FooterButton> footer_with(FooterButton main);
    void keep_and_leave();
    DraftInHand& hand() const { return *hand_; }
    const std::shared_ptr<DraftInHand>& shared_hand() const { return hand_; }
    int step() const { return step_; }  // from 1
    FormPage page() const;
    void open_next();

  private:
    std::shared_ptr<DraftInHand> hand_;
    int step_;
};

class FieldsStep : public FormStep {
  public:
    FieldsStep(Shell& shell, Kiosk& kiosk, std::shared_ptr<DraftInHand> hand, int step);

    void build(Stack& body) override;
    std::vector<FooterButton> footer() override;

  protected:
    void refresh() override;

  private:
    void build_fields(Stack& body);
    void build_employer(Stack& body, const domain::Field& field);
    void build_field(Stack& parent, const domain::Field& field, Room room);
    FormField* make_field(wxWindow* parent, const domain::Field& field);
    void typed(const std::string& key);
    // Drops what was typed into fields that the chosen destination does not have.
    domain::Form shown_only(domain::Form form) const;
    void show_note_field();
    void search();
    void show_found(std::vector<domain::Form> employers);
    void choose(const domain::Form& employer);
    void show_warning();
    void look_for_warning();
    void next();
    void show_problems(bool at_first);

    std::vector<domain::Field> shown_;  // on this page
    std::map<std::string, FormField*, std::less<>> fields_;
    OptionList* found_ = nullptr;
    Label* found_none_ = nullptr;
    NoteBox* warning_ = nullptr;
    std::vector<domain::Form> employers_;  // those found
};

}  // namespace wq::ui::student
