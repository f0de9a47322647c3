// One registration under review: its form with warnings, or the issued page beside the returned one with what
// was found on it; its history; and the verdict. Loads on the desk thread; shows only what still is asked
// for.
#pragma once

#include "kiosk/ui/page_view.h"
#include "kiosk/ui/staff/staff.h"

#include <functional>
#include <optional>
#include <vector>

namespace wq::ui {
class Field;
}

namespace wq::ui::staff {

class ReviewPane : public Stack {
  public:
    using Acted = std::function<void(const Result<domain::Registration>&)>;

    ReviewPane(wxWindow* parent, Screen& screen, Office& office, Acted acted);

    void show(const Uuid& id);
    void show_nothing();
    // A, R, X, W; false for a key that means nothing here.
    bool key(char32_t key);

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
    void press(domain::Action action);
    void act(domain::Action action, const std::string& reason);
    bool offers(domain::Action action) const;
    std::string say(std::string_view key, const Args& args = {}) const {
        return office_.app().say(key, args);
    }

    Screen& screen_;
    Office& office_;
    Acted acted_;
    std::optional<Uuid> wanted_;
    std::optional<Loaded> loaded_;
    std::optional<domain::Action> asking_;  // a reason for it is being written
    Field* reason_ = nullptr;
};

}  // namespace wq::ui::staff
