// A registration as pages show it, to employers and to staff alike: a line of a list, its values, its
// history. What may be shown to whom is readings.h's. Private to sync/platform.
#pragma once

#include "sync/platform/web/frame.h"
#include "sync/platform/web/readings.h"

namespace wq::platform {

domain::Campus campus_of(const Visit& visit, const std::string& school);

// For a list; `path` leads to the record.
PageData record_line(const Visit& visit, const SeenRecord& seen, const domain::Campus& campus,
                     const std::string& path);
// "good", "info", …: the class that colours it.
std::string tone_name(os::Tone tone);
// Title, state, number, dates.
void put_head(const Visit& visit, PageData& values, const SeenRecord& seen, const domain::Campus& campus);
std::vector<PageData> agreement_facts(const Visit& visit, const SeenRecord& seen,
                                      const domain::Campus& campus);
std::vector<PageData> termination_facts(const Visit& visit, const domain::Termination& request);
// "3 天 4 小时"
std::string time_left(const Visit& visit, Instant until);

PageData warning_line(const Visit& visit, const WarnedEmployer& employer);

// Label for a state, without a record.
std::string state_name(const Visit& visit, domain::State state);

}  // namespace wq::platform
