// wangqian: joins the command line with sync, which the desk does not know.
#include "data/base/time.h"
#include "kiosk/cli/program.h"
#include "kiosk/desk/noting.h"
#include "sync/client/back_off.h"
#include "sync/client/enrol.h"
#include "sync/client/sync_step.h"

#include <chrono>
#include <iostream>
#include <thread>

namespace {

using namespace wq;

constexpr std::string_view kPlatform = store::kPlatformNote;

// What a node needs to talk to its platform; lives as long as the command.
struct Link {
    client::HttpTransport transport;
    client::Connection::World world;

    Link(desk::Home& home, const std::string& address) : Link(home, address, home.node_key()) {}
    Link(desk::Home& home, const std::string& address, const crypto::Signer& key)
        : transport(address), world{&transport, &key, &home.clock(), &home.random()} {}
};

Result<void> sync_once(cli::Program& program) {
    desk::Home& home = program.home();
    store::Log& log = home.store().log();
    const std::string address = log.note(kPlatform);
    if (address.empty()) return refuse("platform_not_joined");
    Link link(home, address);
    const client::SyncResult result =
        client::SyncStep(client::SyncedParts::of(home.store()), link.world).run();
    desk::note_sync(home.log(), result.pushed, result.pulled, result.conflicts, result.failed);
    program.print(
        "pushed " + std::to_string(result.pushed) + " (accepted " + std::to_string(result.accepted) +
            ", rejected " + std::to_string(result.rejected) + "), pulled " + std::to_string(result.pulled) +
            ", pictures sent " + std::to_string(result.pictures_sent) + ", fetched " +
            std::to_string(result.pictures_fetched) + ", conflicts " + std::to_string(result.conflicts),
        {{"pushed", result.pushed},
         {"accepted", result.accepted},
         {"rejected", result.rejected},
         {"quarantined", result.quarantined},
         {"pulled", result.pulled},
         {"conflicts", result.conflicts},
         {"pictures_sent", result.pictures_sent},
         {"pictures_fetched", result.pictures_fetched},
         {"pictures_left", result.pictures_left},
         {"failed", result.failed ? result.failed->code : ""}});
    if (result.failed) return tl::make_unexpected(*result.failed);
    return {};
}

// Until it is stopped: every minute, and slower while the platform does not answer.
Result<void> sync_watch(cli::Program& program) {
    client::BackOff back_off(program.home().random());
    for (;;) {
        const auto done = sync_once(program);
        if (done)
            back_off.reset();
        else
            program.err() << done.error().code << '\n';
        std::this_thread::sleep_for(std::chrono::milliseconds(done ? kMinute : back_off.next()));
    }
}

Result<void> sync_status(cli::Program& program) {
    store::Store& store = program.home().store();
    const store::OutboxCount outbox = store.log().outbox();
    const std::string oldest = outbox.waiting > 0 ? to_iso(outbox.oldest) : "";
    const auto recovered = store::recovery_from(store.log());
    const nlohmann::json json = {{"platform", store.log().note(kPlatform)},
                                 {"waiting", outbox.waiting},
                                 {"oldest", oldest},
                                 {"rejected", outbox.rejected},
                                 {"quarantined", outbox.quarantined},
                                 {"feed", store.feed().cursor()},
                                 {"chain", to_hex(store.feed().chain())},
                                 {"pictures_to_send", store.pictures().to_send(100'000).size()},
                                 {"pictures_to_fetch", store.pictures().to_fetch(100'000).size()},
                                 {"conflicts", store.feed().conflicts().size()},
                                 {"recovered", recovered ? recovered->what : ""},
                                 {"last_success", store.log().note(client::note::kLastSuccess)},
                                 {"last_failure", store.log().note(client::note::kLastFailure)}};
    std::string text;
    for (const auto& [key, value] : json.items())
        text += key + ": " + (value.is_string() ? value.get<std::string>() : value.dump()) + "\n";
    text.pop_back();
    program.print(text, json);
    return {};
}

Result<void> join(cli::Program& program, const std::string& address, const std::string& code) {
    if (!std::filesystem::exists(program.folder() / "keys/master.key"))
        if (auto made = desk::Home::create(program.folder(), false); !made)
            return tl::make_unexpected(made.error());
    desk::Home& home = program.home();
    const auto key = home.next_node_key();
    if (!key) return tl::make_unexpected(key.error());
    Link link(home, address, **key);
    const auto joined = client::enrol(home.store().log(), link.world, code);
    if (!joined) return tl::make_unexpected(joined.error());
    if (auto used = home.use_next_node_key(); !used) return used;
    home.store().log().set_note(kPlatform, address);
    program.print(joined->school_name + " " + joined->school + ", node " + std::to_string(joined->number),
                  {{"school", joined->school}, {"name", joined->school_name}, {"node", joined->number}});
    return {};
}

void add_sync_commands(cli::Program& program) {
    auto watch = std::make_shared<bool>(false);
    auto once = std::make_shared<bool>(false);
    CLI::App* sync =
        program.command(program.app(), "sync", "Bring everything to the platform and take what is new",
                        [=, &program] { return *watch ? sync_watch(program) : sync_once(program); });
    sync->add_flag("--once", *once, "One round (the usual)");
    sync->add_flag("--watch", *watch, "Go on until stopped");
    sync->require_subcommand(0, 1);
    program.command(*sync, "status", "What waits, since when, and why",
                    [&program] { return sync_status(program); });
    auto address = std::make_shared<std::string>();
    auto code = std::make_shared<std::string>();
    CLI::App* joining =
        program.command(program.app(), "join",
                        "Join a platform with a one-time code; an empty home becomes a node of its school",
                        [=, &program] { return join(program, *address, *code); });
    joining->add_option("ADDRESS", *address, "http://host:port")->required();
    joining->add_option("CODE", *code, "From wangqian-platform admin enrol-code")->required();
}

}  // namespace

int main(int argc, char** argv) {
    cli::Program program(std::cout, std::cerr);
    add_sync_commands(program);
    return program.run(argc, argv);
}
