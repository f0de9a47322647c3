// What schools warn each other of (R33): from five schools on an employer's marks are told to every school,
// and told again when their number or categories change. Private to sync/platform.
#pragma once

#include "data/crypto/random.h"
#include "data/domain/codes.h"
#include "sync/platform/database.h"

#include <map>
#include <string>

namespace wq::platform {

class SharedWarnings {
  public:
    SharedWarnings(Database& database, const domain::Codes& codes, crypto::Random& random, Instant now)
        : database_(&database), codes_(&codes), random_(&random), now_(now) {}

    // Tells every school what has changed since it was told. A transaction for each employer.
    void share();
    // Tells a new school what the others know. In the caller's transaction.
    void tell(const std::string& school);

  private:
    // How many schools mark an employer, and their categories, "1,4".
    struct Marks {
        std::int64_t schools = 0;
        std::string categories;

        bool operator==(const Marks&) const = default;
    };
    using ByEmployer = std::map<std::string, Marks>;

    soci::session& sql() { return database_->sql(); }
    ByEmployer marked();
    ByEmployer told();
    void say(const std::string& school, const std::string& credit_code, const Marks& marks);
    void note_told(const std::string& credit_code, const Marks& marks);

    Database* database_;
    const domain::Codes* codes_;
    crypto::Random* random_;
    Instant now_;
};

}  // namespace wq::platform
