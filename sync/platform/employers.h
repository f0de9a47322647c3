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
    static constexpr int kOnPage = 50;

    explicit Employers(Database& database) : database_(&database) {}

    // State `none` where there is none.
    domain::EmployerAccount find(const std::string& credit_code);
    // All, by credit code.
    std::vector<domain::EmployerAccount> list();
    // A page (from 1) of those in a state: who waits, the longest first; else the latest change first.
    std::vector<domain::EmployerAccount> page(domain::AccountState state, int page);
    // By credit code or whole name.
    std::vector<domain::EmployerAccount> search(std::string_view text);
    // How many there are in each state.
    std::map<domain::AccountState, std::int64_t> counts();
    void put(const domain::EmployerAccount& after, const domain::AccountCommand& command);
    // False where a link of the history is missing or was changed.
    bool is_whole(const std::string& credit_code);

  private:
    std::vector<domain::EmployerAccount> read(soci::statement& rows, const std::string& entry);
    soci::session& sql() { return database_->sql(); }
    Database* database_;
};

}  // namespace wq::platform
