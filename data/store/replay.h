// The campus's tables (roster, employers, accounts, settings, trust, warnings) as the history makes them:
// made anew where an own act was undone, and made beside for the audit to compare. Inside data/store only;
// called within a transaction, or on a store of its own.
#pragma once

#include "data/store/core.h"

#include <span>

namespace wq::store {

// A table of the campus, and the events that it follows from.
struct CampusTable {
    std::string_view name;
    std::span<const std::string_view> types;
    std::string_view columns;  // all that are proven, the key first
    std::string_view sealed;   // the last column's place in the sealing; empty: in the clear
};
std::span<const CampusTable> campus_tables();

// Projects every event of these types that stands into `into`, in the order that all nodes have them: the
// feed's, then what waits.
void replay_events(Core& core, std::span<const std::string_view> types, Core& into);

// The table that follows from events of this type made anew from all of them; nothing where there is none.
void rebuild_campus(Core& core, std::string_view type);

}  // namespace wq::store
