// The room of the roster (R06, R07, R12): import with its list of faults, each graduate's base data, who may
// sign and who has confirmed, and corrections, after which the student confirms anew.
#pragma once

#include "kiosk/ui/staff/pane.h"

#include <map>
#include <string>
#include <vector>

namespace wq::ui {
class FormField;
class Table;
}  // namespace wq::ui

namespace wq::ui::staff {

class RosterRoom : public Pane {
  public:
    RosterRoom(wxWindow* parent, Screen& screen, Office& office);

    void refresh() override;
    bool searches() const override { return true; }
    void search(const std::string& text) override;

  private:
    void show(std::vector<domain::Graduate> graduates);
    void look_at(std::size_t graduate);
    void build_values(const domain::Graduate& graduate);
    void build_fields(const domain::Graduate& graduate);
    void import();
    void tell_import(const desk::RosterImport& imported);
    void save();

    std::string text_;
    std::vector<domain::Graduate> graduates_;
    std::vector<domain::RosterFault> faults_;
    std::map<std::string, FormField*> fields_;  // while one is being corrected
    std::string in_view_;                       // exam number of the one at the right
    std::int64_t revision_in_view_ = 0;
    Table* table_ = nullptr;
    NoteBox* imported_ = nullptr;
    Table* fault_table_ = nullptr;
    Stack* one_ = nullptr;
};

}  // namespace wq::ui::staff
