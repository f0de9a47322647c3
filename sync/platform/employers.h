// Employers' accounts in the platform's database: each as it is, and every act that made it so, chained by
// hash. They are the nation's, no school's. In the caller's transaction. Private to sync/platform.
#pragma once

#include "data/domain/employer_account.h"
#include "sync/platform/database.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wq::platform {

// The "school" of files that belong to an employer's account.
inline constexpr const char* kEmployersFiles = "employers";

class Employers {
  public:
    explicit Employers(Database& database) : database_(&database) {}

    // State `none` where there is none.
    domain::EmployerAccount find(const std::string& credit_code);
    // By name; of one state, or all.
    std::vector<domain::EmployerAccount> list(std::optional<domain::AccountState> state);
    // How many there are in each state.
    std::map<domain::AccountState, std::int64_t> counts();
    void put(const domain::EmployerAccount& after, const domain::AccountCommand& command);
    // False where a link of the history is missing or was changed.
    bool is_whole(const std::string& credit_code);

  private:
    soci::session& sql() { return database_->sql(); }
    Database* database_;
};

}  // namespace wq::platform
