#include "kiosk/link/post.h"

#include "kiosk/desk/machine.h"
#include "kiosk/desk/noting.h"

namespace wq::link {
namespace {

client::Schedule schedule_of(desk::Home& home) {
    using When = client::Schedule::When;
    const auto minutes = [&](std::string_view key) {
        return std::stoll(*desk::machine_setting(home, key)) * kMinute;
    };
    const std::string when = *desk::machine_setting(home, "sync");
    return {when == "night"   ? When::night
            : when == "timer" ? When::timer
                              : When::continuous,
            minutes("sync_every"),
            client::time_of_day(*desk::machine_setting(home, "sync_night")).value_or(0),
            minutes("sync_night_minutes")};
}

// A home and the way from it, for as long as a worker works with them.
struct Kept {
    std::unique_ptr<desk::Home> home;
    client::Post post;
};

void note(os::Log& log, const client::SyncResult& result) {
    if (result.failed || result.pushed > 0 || result.pulled > 0)
        desk::note_sync(log, result.pushed, result.pulled, result.conflicts, result.failed);
}

}  // namespace

Result<client::Post> post_of(desk::Home& home, const client::Interrupt& gives_up) {
    const std::string address = home.store().log().note(store::kPlatformNote);
    if (address.empty()) return refuse("platform_not_joined");
    auto transport = std::make_shared<client::HttpTransport>(
        address, client::HttpTransport::Patience{}, home.store().log().note(store::kPlatformCertificate));
    transport->set_interrupt(gives_up);
    return client::Post{transport,
                        &home.store(),
                        {transport.get(), &home.node_key(), &home.clock(), &home.random()},
                        schedule_of(home)};
}

Result<client::Post> open_post(const std::filesystem::path& folder, const client::Interrupt& gives_up) {
    auto home = desk::Home::open(folder);
    if (!home) return tl::make_unexpected(home.error());
    auto kept = std::make_shared<Kept>();
    kept->home = std::move(*home);
    auto post = post_of(*kept->home, gives_up);
    if (!post) return post;
    kept->post = *post;
    post->keeps = kept;
    return post;
}

client::SyncResult sync_once(desk::Home& home, const client::Post& post, bool compare) {
    const auto result = client::SyncStep(client::SyncedParts::of(*post.store), post.world).run(compare);
    desk::note_sync(home.log(), result.pushed, result.pulled, result.conflicts, result.failed);
    return result;
}

client::Worker::Options working(const std::filesystem::path& folder) {
    const auto home_of = [](const client::Post& post) -> desk::Home& {
        return *std::static_pointer_cast<Kept>(post.keeps)->home;
    };
    return {[folder](const client::Interrupt& gives_up) { return open_post(folder, gives_up); },
            [home_of](const client::Post& post, const client::SyncResult& result) {
                note(home_of(post).log(), result);
            },
            [](const client::Post& post) {
                post.store->balances().close(day_in_china({post.world.clock->now().ms - kDay}));
            }};
}

}  // namespace wq::link
