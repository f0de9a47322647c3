// The codes on all paper that is awaited back, to recognise a page whose codes can't be read: probably whose
// it is, for a person to confirm; nothing is verified by it. Made when first asked, kept in memory, belongs
// to the thread of its Home.
#pragma once

#include "kiosk/desk/home.h"
#include "pdf/scan/issued_codes.h"
#include "pdf/scan/page_reading.h"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace wq::desk {

class IssuedRegister {
  public:
    struct Likely {
        std::string number;
        int page = 0;
    };
    // Nothing where no code stands out, where two speak for different pages, and where the paper is not
    // awaited any more.
    std::optional<Likely> recognise(Home& home, const scan::PageReading& reading);

  private:
    struct Page {
        Uuid registration;
        std::int64_t revision = 0;
        int page = 0;
        bool operator==(const Page&) const = default;
    };
    void update(Home& home);  // with what was issued since
    void add(const Uuid& registration, const domain::Paper& paper);

    scan::IssuedCodes codes_;
    std::vector<Page> pages_;                        // by the names that the codes have
    std::set<std::pair<Uuid, std::int64_t>> known_;  // records by revision that are in here
};

}  // namespace wq::desk
