// Returned paper before it is a whole agreement: pages recognised so far, joined by registration and paper
// revision, and the manual tray for pages of no known agreement. Nothing scanned is ever thrown away (R38).
#pragma once

#include "data/domain/registration.h"
#include "data/store/pictures.h"

#include <string>
#include <vector>

namespace wq::store {

struct TrayItem {
    std::int64_t id = 0;
    Picture picture;
    std::string source;  // file name or device
    std::string reason;  // code of a refusal
    Instant received;
    // Whose it probably is, for a person to confirm; empty where nothing speaks for anybody.
    std::string likely_number;
    int likely_page = 0;
};

class Returns {
  public:
    explicit Returns(Core& core) : core_(&core) {}

    // Joins a page; the same page again replaces the earlier one (a better scan), the same picture changes
    // nothing. Returns all pages so far, by page.
    std::vector<domain::ReturnedPage> add(const Uuid& registration, std::int64_t paper_revision,
                                          const domain::ReturnedPage& page);
    std::vector<domain::ReturnedPage> pages(const Uuid& registration, std::int64_t paper_revision) const;
    // After the pages became an act.
    void clear(const Uuid& registration);

    // The same picture with the same reason stays one item.
    void put_in_tray(const TrayItem& item);  // id and time are given here
    std::vector<TrayItem> tray() const;
    // Refuses with `tray_item_unknown` what is not in the tray (any more).
    Result<void> settle(std::int64_t tray_item);

  private:
    Core* core_;
};

}  // namespace wq::store
