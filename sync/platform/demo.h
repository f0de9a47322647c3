// A platform to be tried: schools, their graduates and staff, employers at every stage of their account,
// province and ministry, all with one password. Everything is invented. Not for a platform that is in use.
#pragma once

#include "sync/platform/web/logins.h"

#include <string>
#include <vector>

namespace wq::platform {

inline constexpr const char* kDemoPlatformPassword = "wangqian-demo";
// Of schools' staff, the same as on a demo campus.
inline constexpr const char* kDemoStaffPassword = "wangqian";

struct DemoLogin {
    std::string door, who, password;
};

// Fills an empty platform; what is there already stays. Gives who may log in where. Refusals: the register's.
Result<std::vector<DemoLogin>> fill_demo(Registry& registry);

}  // namespace wq::platform
