// The kiosk's memory: one SQLite file in a home folder. A Store joins the parts below, which share its
// connection; it belongs to one thread (other threads and programs open their own). Every act is one durable
// transaction (WAL, synchronous FULL) that writes event and row together; the events not yet answered by
// the platform are the outbox. Two doors lead to change: a part's acting function, which decides by
// data/domain and records, and Feed::adopt, which takes what the platform ordered.
#pragma once

#include "data/crypto/random.h"
#include "data/crypto/row_digests.h"
#include "data/crypto/seal.h"
#include "data/os/clock.h"
#include "data/store/accounts.h"
#include "data/store/audit.h"
#include "data/store/balances.h"
#include "data/store/campus_data.h"
#include "data/store/drafts.h"
#include "data/store/employers.h"
#include "data/store/feed.h"
#include "data/store/figures.h"
#include "data/store/graduates.h"
#include "data/store/log.h"
#include "data/store/papers.h"
#include "data/store/pictures.h"
#include "data/store/prints.h"
#include "data/store/registrations.h"
#include "data/store/returns.h"
#include "data/store/sync_notes.h"
#include "data/store/warnings.h"

#include <filesystem>
#include <memory>

namespace wq::store {

class Core;

struct StoreOptions {
    std::filesystem::path home;  // made if missing; ":memory:" for a store without a file
    const crypto::Sealer* sealer = nullptr;
    const os::Clock* clock = nullptr;
    crypto::Random* random = nullptr;
    const domain::Codes* codes = nullptr;
};

class Store {
  public:
    // Opens or makes the file and brings it to today's schema. Refusals: `store_newer` (made by a later
    // version), `store_damaged` {reason}, `store_busy`, `disk_full`, `file_unwritable`. The options' objects
    // must outlive the store.
    static Result<std::unique_ptr<Store>> open(const StoreOptions& options);
    ~Store();

    CampusData& campus() { return campus_; }
    Graduates& graduates() { return graduates_; }
    Accounts& accounts() { return accounts_; }
    Employers& employers() { return employers_; }
    Drafts& drafts() { return drafts_; }
    Registrations& registrations() { return registrations_; }
    Papers& papers() { return papers_; }
    Prints& prints() { return prints_; }
    Returns& returns() { return returns_; }
    Pictures& pictures() { return pictures_; }
    Warnings& warnings() { return warnings_; }
    Figures& figures() { return figures_; }
    Balances& balances() { return balances_; }
    Log& log() { return log_; }
    Feed& feed() { return feed_; }
    AuditReport audit();
    // Of graduates, registrations and their pictures, to compare with the platform's.
    crypto::RowDigests row_digests();

  private:
    explicit Store(std::unique_ptr<Core> core);
    std::unique_ptr<Core> core_;
    CampusData campus_;
    Graduates graduates_;
    Accounts accounts_;
    Employers employers_;
    Drafts drafts_;
    Registrations registrations_;
    Papers papers_;
    Prints prints_;
    Returns returns_;
    Pictures pictures_;
    Warnings warnings_;
    Figures figures_;
    Balances balances_;
    Log log_;
    Feed feed_;
};

}  // namespace wq::store
