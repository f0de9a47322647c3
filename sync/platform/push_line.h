// Pushes that arrive together are taken together: one of their threads takes all that wait in one
// transaction, makes them durable with one commit and signs their receipts with one signature (a Merkle
// tree's root); the others wait for it. A school's pushes stand in one line, on SQLite all schools' do.
// Private to sync/platform.
#pragma once

#include "data/crypto/keys.h"
#include "data/crypto/random.h"
#include "data/os/clock.h"
#include "sync/platform/connections.h"
#include "sync/platform/ingest.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <vector>

namespace wq::platform {

class PushLine {
  public:
    // On a server another program may hold a school's row for as long as the server lets it. Who comes when
    // that has lasted for so long is told `platform_busy`, and the other schools have workers.
    static constexpr std::chrono::seconds kStalled{1};

    struct World {
        Connections* connections = nullptr;
        CampusCache* campuses = nullptr;
        const domain::Codes* codes = nullptr;
        crypto::Random* random = nullptr;
        const crypto::Signer* signer = nullptr;
        const os::Clock* clock = nullptr;
    };

    explicit PushLine(const World& world) : world_(world) {}

    // Returns when it is durable, with its receipt. Refusals: arrived()'s, take()'s, `platform_busy`. Throws
    // as Connections does.
    Result<Taken> push(const protocol::Sender& sender, const protocol::Push& push);

  private:
    struct Ticket {
        ArrivedPush push;
        Result<Taken> answer{};
        std::exception_ptr thrown;
        bool is_done = false;
    };
    struct Line {
        std::vector<Ticket*> waiting;
        bool is_busy = false;
        std::chrono::steady_clock::time_point busy_since;
    };

    void serve(const std::vector<Ticket*>& tickets);
    void take_together(const std::vector<Ticket*>& tickets);

    World world_;
    std::mutex mutex_;
    std::condition_variable moved_;
    std::map<std::string, Line> lines_;
};

// Lets all invitations of the ledger's school expire whose time is over; returns how many.
int expire_invitations(Ledger& ledger, crypto::Random& random);

}  // namespace wq::platform
