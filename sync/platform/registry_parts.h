// What the register is made of; its functions are written in registry.cpp (schools, nodes, employers),
// public_registry.cpp (the public's and whoever holds a return link) and standing_registry.cpp (looking after
// nodes). Private to sync/platform.
#pragma once

#include "sync/platform/blobs.h"
#include "sync/platform/connections.h"
#include "sync/platform/contacts.h"
#include "sync/platform/public_list.h"
#include "sync/platform/push_line.h"
#include "sync/platform/registry.h"
#include "sync/platform/school_tables.h"
#include "sync/platform/shared_warnings.h"

#include <atomic>

namespace wq::platform {

struct Registry::Parts {
    explicit Parts(const RegistryOptions& options);

    // The school's part in this transaction; finish() it before the transaction ends.
    Ledger ledger(Database& database, const std::string& school) {
        return {database, campuses, *codes, school, clock->now()};
    }
    void share_warnings() { SharedWarnings({&connections, &campuses, codes, random}, clock->now()).share(); }

    std::atomic<bool> is_warned = false;
    std::int64_t next_sweep = 0;  // by the steady clock; the first is after the start
    std::filesystem::path home;
    const os::Clock* clock;
    crypto::Random* random;
    const domain::Codes* codes;
    crypto::FileSigner signer;
    crypto::Sealer sealer;
    Connections connections;
    Blobs blobs;
    CampusCache campuses;
    Contacts contacts;
    PublicList list;
    PushLine line;
};

NodeLine line_of(const Node& node);

}  // namespace wq::platform
