// Paper coming back (R38–R40): takes foreign files, finds whose page it is by its code, joins pages, attaches
// whole agreements, names missing pages, and puts what belongs to nobody into the manual tray. Without login
// too: what a page is, its code says. Belongs to the thread of its Home.
#pragma once

#include "data/crypto/hash.h"
#include "kiosk/desk/issued_register.h"
#include "kiosk/desk/page_reading.h"
#include "kiosk/desk/paper.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::desk {

enum class PageOutcome {
    joined,     // one of our pages; others of the agreement are missing
    attached,   // the agreement was whole with it and is on its way to review
    duplicate,  // this page is there already, as well as here or better
    tray,       // kept for a person to look at
    refused,    // no picture of a page: the file itself is at fault and is not kept
};
std::string_view name_of(PageOutcome outcome);

struct PageResult {
    std::string source;  // file or device
    int page_in_file = 1;
    PageOutcome outcome = PageOutcome::refused;
    std::optional<Refusal> why;  // tray, refused; also what is wrong with the picture of a joined page
    // Where the code was valid:
    Uuid registration;
    std::int64_t revision = 0;
    std::string number, student, employer;  // the student's name masked
    int page = 0, pages = 0;
    std::vector<int> missing;  // pages still wanted; at the kiosk also those to be scanned better
    domain::Form checks;       // scan::check_page's
    // Whose it probably is, where no code could be read but one was recognised.
    std::optional<IssuedRegister::Likely> likely = {};
    domain::Hash picture{};  // the upright page; zero where nothing was kept
};

// Whether no page of a file was refused, so that the file has done its service.
bool all_kept(const std::vector<PageResult>& pages);

class Returning {
  public:
    // `dry_run`: everything is read and told, nothing kept.
    Returning(Home& home, Paper& paper, bool dry_run = false)
        : home_(&home), paper_(&paper), dry_run_(dry_run) {}

    // One result for each page of the file. `actor`: who brings it; nothing for an unattended kiosk, where
    // the student whose page it is counts as the one who brings it.
    std::vector<PageResult> take(const ReadFile& file, const std::optional<domain::Actor>& actor);
    std::vector<PageResult> take(devices::SourceFile file, const std::optional<domain::Actor>& actor) {
        return take(read_file(std::move(file)), actor);
    }

    // A page of the tray that no code told, joined by a person who knows whose it is; its check "code" says
    // no. Without a number: what its code was recognised as is confirmed. The item is settled once it was
    // joined. The tray is the school's. Refusals: `out_of_scope`, `tray_item_unknown`, `record_unknown`,
    // `page_unknown`, `not_awaited`, `picture_damaged`.
    Result<PageResult> assign(std::int64_t tray_item, std::string_view number, int page,
                              const domain::Actor& actor);

  private:
    struct Reading;
    PageResult take_page(PageResult result, Reading& reading, const std::optional<domain::Actor>& actor);
    PageResult not_proven(PageResult result, Reading& reading, Refusal why);
    bool is_there_already(const domain::ReturnedPage& before, const domain::ReturnedPage& now,
                          const Reading& reading) const;
    PageResult join(PageResult result, Reading& reading, const domain::Registration& record,
                    const std::optional<domain::Actor>& actor);
    void put_owner(PageResult& result, const domain::PrintCode& code,
                   const domain::Registration* record) const;
    void look_over(PageResult& result, const Reading& reading, const domain::Registration& record) const;
    Result<void> attach(const domain::Registration& record, std::vector<domain::ReturnedPage> pages,
                        const std::optional<domain::Actor>& actor);
    std::string department_of(const domain::Registration& record) const;
    PageResult to_tray(PageResult result, Reading& reading, Refusal why);

    Home* home_;
    Paper* paper_;
    bool dry_run_;
    IssuedRegister issued_;
};

}  // namespace wq::desk
