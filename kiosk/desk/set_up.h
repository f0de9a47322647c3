// Setting up a campus: an empty one, the demo campus, the roster. What `wangqian init` and
// `roster import` do; joining a platform is sync's.
#pragma once

#include "data/domain/roster.h"
#include "kiosk/desk/home.h"

namespace wq::desk {

// Fills a new home with settings (presets under them) and trusts its own issuing key. Refusals:
// `setting_unknown`, `setting_value`.
Result<void> set_up_campus(Home& home, const domain::Form& settings);

// 天府示例大学 with its graduates, employers and accounts out of assets/demo; everything invented. `given`
// goes over the demo's settings.
Result<void> set_up_demo(Home& home, const domain::Form& given = {});

// The demo campus's one password, and its staff account names.
inline constexpr const char* kDemoPassword = "wangqian";
inline constexpr const char* kDemoSchoolStaff = "school";
inline constexpr const char* kDemoSecondStaff = "school2";
inline constexpr const char* kDemoProvince = "province";

struct RosterImport {
    store::RosterChange change;
    std::vector<domain::RosterFault> faults;
    std::size_t rows = 0;
};
// A file's content in any encoding that schools have. Good rows are imported, the others named.
Result<RosterImport> import_roster(Home& home, std::string_view content, const domain::Actor& actor);

// Who acts when a machine is set up or driven from its console.
domain::Actor operator_actor();

}  // namespace wq::desk
