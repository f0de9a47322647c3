// The proof that history is whole (R46): every chain of every node that this store has, hash by hash, and
// every row of registrations, roster, confirmations, accounts, employers, settings, keys and warnings, column
// by column, against what its events make of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wq::store {

struct AuditFault {
    std::string where;  // "device … number 17", "registration …", "setting parties"
    std::string what;   // "chain_broken", "bytes_changed", "number_missing", "row_differs"
};

struct AuditReport {
    std::int64_t events = 0, registrations = 0, pictures = 0;
    std::vector<AuditFault> faults;  // the first broken link of each chain

    bool is_whole() const { return faults.empty(); }
};

}  // namespace wq::store
