// One registration under review: its form with warnings and history, beside it the materials, or the issued
// page beside the returned one with what was found on it; and the verdict. Loads on the desk thread; shows
// only what still is asked for.
#pragma once

#include "kiosk/ui/page_view.h"
#include "kiosk/ui/staff/pane.h"

#include <functional>
#include <optional>
#include <vector>

namespace wq::ui {
class Field;
class Chips;
}  // namespace wq::ui

namespace wq::ui::staff {

class PagePair;

class ReviewPane : public Pane {
  public:
    using Acted = std::function<void(const Result<domain::Registration>&)>;

    ReviewPane(wxWindow* parent, Screen& screen, Office& office, Acted acted);

    void show(const Uuid& id);
    void show_nothing();
    // A, R, X, W decide; D looks at the next change of the returned page, F turns to the form and back.
    bool key(char32_t letter) override;

  private:
    struct Loaded {
        desk::RecordView view;
        std::vector<domain::Action> actions;
        Picture issued, returned;  // of the page in view
        int page = 1;
        domain::Form checks;
        Picture file;  // the material in view
        std::size_t file_at = 0;
    };

    void load(const Uuid& id, int page, std::size_t file = 0, bool is_new = false);
    void fill();
    void fill_head();
    void fill_form();
    void fill_values(Stack& body);
    void fill_files(Stack& body);
    void fill_pages();
    void fill_verdict();
    void fill_reason();
    void fill_points();
    void fill_talks();
    void turn();
    bool has_pages() const { return !loaded_->view.record.pages.empty(); }
    void look_at_next_change();
    void press(domain::Action action);
    void send_reason();
    void ask_twice(desk::StaffDesk::Doing doing);
    void take_talks();
    void decide(domain::Action action, desk::StaffDesk::Doing doing);
    bool offers(domain::Action action) const;
    domain::Asked asked(domain::Action action) const;

    Acted acted_;
    std::optional<Uuid> wanted_;
    std::optional<Loaded> loaded_;
    std::optional<domain::Action> asking_;   // a reason for it is being written
    std::vector<domain::Attachment> talks_;  // for a forced termination
    std::string written_;                    // of the reason, while the pane is filled anew
    bool form_first_ = false;                // the form although there are pages
    Field* reason_ = nullptr;
    Chips* points_ = nullptr;
    PagePair* pages_ = nullptr;
    std::size_t next_change_ = 0;
};

}  // namespace wq::ui::staff
