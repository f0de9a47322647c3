// The room of warned employers (R33): this school's marks with their evidence, marking one, lifting a mark.
// The platform tells how many other schools warn.
#pragma once

#include "kiosk/ui/staff/pane.h"

#include <string>
#include <vector>

namespace wq::ui {
class Field;
class OptionList;
class RadioCards;
class Table;
}  // namespace wq::ui

namespace wq::ui::staff {

class EmployersRoom : public Pane {
  public:
    EmployersRoom(wxWindow* parent, Screen& screen, Office& office);

    void refresh() override;

  private:
    void build_mark(Stack& right);
    void show(std::vector<store::Warning> warnings);
    void find();
    void show_found(std::vector<domain::Form> employers);
    void take_evidence();
    void mark();
    void lift();
    void tell_evidence();

    std::vector<store::Warning> warnings_;
    std::vector<domain::Form> found_;
    std::string code_;  // of the employer that is to be marked
    std::vector<domain::Attachment> evidence_;
    Table* table_ = nullptr;
    Field* employer_ = nullptr;
    OptionList* list_ = nullptr;
    RadioCards* category_ = nullptr;
    Field* reason_ = nullptr;
    Label* evidence_label_ = nullptr;
};

}  // namespace wq::ui::staff
