// Commands as the use cases make them of what a store offers, drawn: by the simulator and by processes that
// are to be killed.
#pragma once

#include "data/store/store.h"
#include "tests/sim/dice.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::sim {

inline constexpr const char* kEmployers[][2] = {{"成都云杉示例软件有限公司", "91510107MAA31L7A7C"},
                                                {"福州示例海运有限公司", "91350100M000100Y43"}};
inline constexpr const char* kDepartment = "计算机学院";

// Few contents, so that the same comes again; some of more than one part. Throws DiskFull.
domain::Attachment some_picture(Dice& dice, store::Store& store, const std::string& kind);
domain::Form agreement_form(Dice& dice);
// With all that the lifecycle asks for, mostly.
domain::Command command_for(Dice& dice, store::Store& store, const domain::Registration& record,
                            domain::Action action, domain::Role role);
// Ordered by id.
std::vector<domain::Registration> records_at(store::Store& store, const std::string& exam_number);

struct Choice {
    domain::Registration record;
    domain::Action action = domain::Action::submit;
    domain::Role role = domain::Role::student;
};
// Of all that anybody may do with a known record of the student.
std::optional<Choice> some_choice(Dice& dice, store::Store& store, const std::string& exam_number);

}  // namespace wq::sim
