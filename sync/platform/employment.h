// What a school's graduates have come to, for the employment-management system 就业管理系统 (R44): every
// graduate's line of the national plan, and which lines have changed since a number of the feed. Private to
// sync/platform.
#pragma once

#include "data/domain/codes.h"
#include "sync/platform/database.h"

#include <functional>
#include <optional>
#include <vector>

namespace wq::platform {

struct PlanLine {
    std::int64_t feed = 0;  // of the last event that changed it; 0 where that was not asked for
    std::vector<std::string> cells;
};

struct PlanPage {
    std::vector<PlanLine> lines;  // by feed
    std::int64_t through = 0;     // ask after this the next time
    bool is_last = true;          // as of now
};

class Employment {
  public:
    Employment(Database& database, const domain::Codes& codes, std::string school)
        : database_(&database), codes_(&codes), school_(std::move(school)) {}

    // Every graduate's, by exam number; of one department, or of all. Gives how many.
    std::size_t each(const std::optional<std::string>& department,
                     const std::function<void(const std::vector<std::string>&)>& take);
    // Lines of graduates whose placement was approved, ended or corrected after `after`; about `limit`, and
    // all of one event together.
    PlanPage changed(std::int64_t after, std::int64_t limit);

  private:
    std::vector<std::pair<std::string, std::int64_t>> changes(std::int64_t after, std::int64_t upto,
                                                              std::int64_t limit);
    std::vector<std::string> line_of(const std::string& base, const std::string& record) const;

    Database* database_;
    const domain::Codes* codes_;
    std::string school_;
};

}  // namespace wq::platform
