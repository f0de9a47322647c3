// The issued page beside the returned one: zoom and drag go along on both, every change is framed. Not for
// what is said about the changes: that is the reviewer's pane.
#pragma once

#include "kiosk/ui/laid.h"
#include "kiosk/ui/page_view.h"
#include "kiosk/ui/staff/staff.h"

#include <string>

namespace wq::ui::staff {

class PagePair : public Stack {
  public:
    // `name` of the issued one is `issued`, of the returned one `returned`.
    PagePair(wxWindow* parent, const std::string& issued, const std::string& returned);

    void set_captions(const std::string& issued, const std::string& returned);
    // `checks` as in ReturnedPage.
    void set_pictures(const Picture& issued, const Picture& returned, const domain::Form& checks);
    void look_at(const PageMark& mark) { returned_->look_at(mark); }

  private:
    PageView* issued_;
    PageView* returned_;
};

// Desk thread: a page as it was issued, at the dpi that returned ones are kept at; empty where there is none.
Picture issued_picture(desk::StaffDesk& desk, const desk::StaffSession& session, const Uuid& id, int page);

}  // namespace wq::ui::staff
