// One registration under review: its form with warnings, or the issued page beside the returned one with what
// was found on it; its history; and the verdict. Loads on the desk thread; shows only what still is asked
// for.
#pragma once

#include "kiosk/ui/page_view.h"
#include "kiosk/ui/staff/pane.h"

#include <functional>
#include <optional>
#include <vector>

namespace wq::ui {
class Field;
class PageView;
}

namespace wq::ui::staff {

class ReviewPane : public Pane {
  public:
    using Acted = std::function<void(const Result<domain::Registration>&)>;

    ReviewPane(wxWindow* parent, Screen& screen, Office& office, Acted acted);

    void show(const Uuid& id);
    void show_nothing();
    // A, R, X, W decide; D looks at the next change of the returned page.
    bool key(char32_t letter) override;

  private:
    struct Loaded {
        desk::RecordView view;
        std::vector<domain::Action> actions;
        Picture issued, returned;
        int page = 1;
        domain::Form checks;
    };

    void load(const Uuid& id, int page);
    void fill();
    void fill_form();
    void fill_pages();
    void fill_verdict();
    void fill_reason();
    void look_at_next_change();
    void press(domain::Action action);
    void decide(domain::Action action, const std::string& reason);
    bool offers(domain::Action action) const;
    Acted acted_;
    std::optional<Uuid> wanted_;
    std::optional<Loaded> loaded_;
    std::optional<domain::Action> asking_;  // a reason for it is being written
    Field* reason_ = nullptr;
    PageView* returned_ = nullptr;
    std::size_t next_change_ = 0;
};

}  // namespace wq::ui::staff
