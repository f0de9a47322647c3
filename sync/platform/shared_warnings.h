// What schools warn each other of (R33): from five schools on an employer's marks are told to every school,
// and told again when their number or categories change. Private to sync/platform.
#pragma once

#include "data/crypto/random.h"
#include "data/domain/codes.h"
#include "sync/platform/connections.h"
#include "sync/platform/school_tables.h"

#include <map>
#include <string>

namespace wq::platform {

class SharedWarnings {
  public:
    struct World {
        Connections* connections = nullptr;
        CampusCache* campuses = nullptr;
        const domain::Codes* codes = nullptr;
        crypto::Random* random = nullptr;
    };

    SharedWarnings(const World& world, Instant now) : world_(world), now_(now) {}

    // Tells each school what has changed since it was told, a new one everything. A transaction for each
    // school; ended half-way, the next call tells the others.
    void share();

  private:
    // How many schools mark an employer, and their categories, "1,4".
    struct Marks {
        std::int64_t schools = 0;
        std::string categories;

        bool operator==(const Marks&) const = default;
    };
    using ByEmployer = std::map<std::string, Marks>;

    static void add(Marks& marks, const std::string& category);
    static ByEmployer marked(Database& database);
    static Marks marks_of(Database& database, const std::string& credit_code);
    static ByEmployer told(Database& database, const std::string& school);
    static ByEmployer news(const ByEmployer& marked, const ByEmployer& told);
    void tell(const std::string& school, const ByEmployer& news);

    World world_;
    Instant now_;
};

}  // namespace wq::platform
