// A node's place on the platform, lost and found again. A node that finds itself copied or restored speaks on
// adrift: in an epoch that is nobody's, so that nothing it says takes a number that the platform has given
// to something else. With a place of its own again, what it said meanwhile is said there: the same act, with
// its id, its time and its author, newly chained. Inside data/store only; called within a transaction.
#pragma once

#include "data/store/core.h"

#include <optional>
#include <span>

namespace wq::store {

// From now on this node speaks adrift, if it does not already; what waits comes along.
void set_adrift(Core& core);

// What this node said elsewhere and nobody has answered, into its present chain, in the order in which it
// was said. Returns how many acts moved.
std::int64_t say_again(Core& core);

// Frees the place of an event that the feed brings, where another act stands in it: an own one is kept
// and waits (adrift), a foreign one goes to the lost branches. Returns the registration that loses an act,
// or nil.
Uuid make_room(Core& core, const domain::Event& event);

// Takes an unanswered act out of the present chain into one of its own, rejected with this code, and chains
// those after it anew. Returns the act; nothing where there is none.
std::optional<domain::Event> leave_out(Core& core, std::int64_t number, std::string_view code);

// A row of the log as it was said: `lost_branch` keeps what has no place in a chain any more.
void keep_branch(Core& core, const Uuid& event);

// Own acts that the platform turned out not to have: they wait again. Nothing is made anew of them.
void ask_again(Core& core, std::span<const Uuid> events);

}  // namespace wq::store
