// How events become rows: the one place that writes the tables of what is known, for acts of this node and
// for adopted ones alike. Inside data/store only; called within a transaction.
#pragma once

#include "data/store/core.h"

namespace wq::store {

// Everything but registrations: roster, employers, accounts, settings, trust, confirmations, prints. Unknown
// types are left to the log.
void project(Core& core, const domain::Event& event);
// A draft as the log has it (drafts.cpp).
void project_draft(Core& core, const domain::Event& event);

// The row of a registration as its events make it: those that the feed ordered, then this node's unanswered
// ones. An unanswered act that no longer applies becomes a conflict; returns how many did so now.
int rebuild_registration(Core& core, const Uuid& id);

void write_registration(Core& core, const domain::Registration& record);
// A paper that was issued for a registration; and that none of them is in force.
void put_paper(Core& core, const Uuid& id, const domain::Paper& paper, bool ended);
void end_papers(Core& core, const Uuid& id);
// All rows of the campus and of registrations made anew after a change of the schema: from the history, and
// from what is sealed in them.
void refresh_rows(Core& core);
std::optional<domain::Registration> read_registration(Core& core, const Uuid& id);

// The registration as its events in the log make it, without writing; nothing where there are none.
std::optional<domain::Registration> fold_registration(Core& core, const Uuid& id);

void add_conflict(Core& core, const domain::Event& event, std::string_view code);
// False where there was none.
bool forget_conflict(Core& core, ByteView event);

}  // namespace wq::store
