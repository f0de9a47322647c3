// What the programs join of a home and its platform: the one place that knows desk and sync. For the mains
// (kiosk, desk and command line) alone.
#pragma once

#include "kiosk/desk/home.h"
#include "sync/client/worker.h"

#include <filesystem>

namespace wq::link {

// An open home with its way to the platform. Refusals: Home::open's, `platform_not_joined`.
Result<client::Post> open_post(const std::filesystem::path& folder, const client::Interrupt& gives_up = {});
// The same of a home that is open already, and outlives the post.
Result<client::Post> post_of(desk::Home& home, const client::Interrupt& gives_up = {});

// One round; told in the home's log.
client::SyncResult sync_once(desk::Home& home, const client::Post& post, bool compare = false);

// For a Worker on this home: rounds are told in the log, days are closed at night.
client::Worker::Options working(const std::filesystem::path& folder);

}  // namespace wq::link
