#include "tests/sim/world.h"

#include "sync/client/enrol.h"
#include "tests/sim/draws.h"
#include "tests/sim/network.h"
#include "tests/sync/world.h"

#include <cinttypes>
#include <cstdio>

namespace wq::sim {

namespace {

// Whoever is killed while it comes up again is killed only so often.
constexpr int kDeathsInARow = 4;

void set_up_death(World& world, Disk& disk, int deaths) {
    disk.calm();
    if (!world.is_calm && deaths < kDeathsInARow && world.dice.chance(15))
        disk.die_at(world.dice.between(1, 30));
}

}  // namespace

Instant MachineClock::now() const { return {world_->now_ms + offset_ms}; }
std::int64_t MachineClock::steady_ms() const { return world_->now_ms; }

Platform::Platform(World& its_world, std::filesystem::path folder, const Image& image)
    : world(&its_world), disk(std::move(folder), image), clock(its_world), random(its_world.dice.next()) {}

void Platform::start() {
    registry = std::make_unique<platform::Registry>(
        platform::RegistryOptions{disk.folder(), &clock, &random, &sync_test::codes()});
    api = std::make_unique<platform::Api>(*registry);
    ++starts;
}

void Platform::stop() {
    api.reset();
    registry.reset();
}

void Platform::recover() {
    for (int deaths = 0; disk.is_dead() || !is_up(); ++deaths) {
        stop();
        const bool power = world->loses_power;
        world->tell(
            [&] { return std::string("platform: ") + (power ? "has power again" : "is started again"); });
        power ? disk.revive_after(world->next_cut, world->dice) : disk.revive();
        set_up_death(*world, disk, deaths);
        try {
            start();
        } catch (const std::exception& fault) {
            if (!disk.is_dead()) throw Violation(std::string("the platform does not start: ") + fault.what());
        }
    }
}

std::optional<protocol::Response> Platform::handle(const protocol::Request& request) {
    if (!is_up()) return std::nullopt;
    protocol::Response response = api->handle(request);
    const bool is_done = api->do_chores();
    if (disk.is_dead()) {
        world->tell([&] { return "platform: dies at " + request.method + " " + request.target; });
        recover();
        return std::nullopt;
    }
    if ((response.status == 500 || !is_done) && !disk.was_troubled())
        throw Violation("the platform has a fault without a cause at " + request.method + " " +
                        request.target);
    disk.forget_trouble();
    return response;
}

Node::Node(World& its_world, int its_number, std::filesystem::path folder, const Installed& installed,
           bool its_own_connection)
    : world(&its_world),
      number(its_number),
      disk(std::move(folder), installed.image),
      clock(its_world),
      random(its_world.dice.next()),
      sealer(installed.seal, random),
      signer(installed.signer),
      network(its_world, its_number),
      own_connection(its_own_connection) {}

void Node::start() {
    const auto open = [&] {
        auto opened = store::Store::open({disk.folder(), &sealer, &clock, &random, &sync_test::codes()});
        if (!opened && !disk.is_dead() && !disk.was_troubled())
            throw Violation("a store does not open: " + opened.error().code);
        return opened ? std::move(*opened) : nullptr;
    };
    store = open();
    if (own_connection && store) synced = open();
}

void Node::stop() {
    synced.reset();
    store.reset();
}

void Node::recover() {
    for (int deaths = 0; disk.is_dead() || !store; ++deaths) {
        stop();
        const bool power = world->loses_power;
        world->tell([&] {
            return "node " + std::to_string(number) + (power ? ": has power again" : ": is started again");
        });
        power ? disk.revive_after(world->next_cut, world->dice) : disk.revive();
        set_up_death(*world, disk, deaths);
        try {
            start();
        } catch (const Fault& fault) {
            if (!disk.is_dead()) throw Violation(std::string("a store does not open: ") + fault.what());
        }
    }
    if (acknowledged.empty()) return;
    const auto& [last, hash] = *acknowledged.rbegin();
    if (store->log().hash_at(last) != hash)
        throw Violation("node " + std::to_string(number) + " has lost event " + std::to_string(last) +
                        ", which was acknowledged");
}

World::World(const std::filesystem::path& its_folder, std::uint64_t seed, std::vector<std::string>* its_story)
    : folder(its_folder),
      dice(seed),
      now_ms(midnight_in_china({2026, 11, 23}).ms + 9 * 60 * kMinute),
      story(its_story) {
    seed_sqlite(dice.next());
}

std::string World::time_text() const {
    const std::int64_t seconds = now_ms / 1000 + 8 * 3600;
    char text[40];
    std::snprintf(text, sizeof text, "%02" PRId64 ":%02" PRId64 ":%02" PRId64 " %*s", seconds / 3600 % 24,
                  seconds / 60 % 60, seconds % 60, depth * 2, "");
    return text;
}

bool World::attempt(Node& node, const std::string& what, const std::function<std::string()>& work) {
    std::string code;
    bool done = false;
    std::int64_t before = 0;
    try {
        before = node.store->log().head().number;
        code = work();
        done = code.empty() && node.store && !node.is_dead();
        const bool lives = node.store && !node.is_dead();
        const std::int64_t after = lives ? node.store->log().head().number : before;
        for (std::int64_t number = before + 1; number <= after; ++number)
            node.acknowledged[number] = node.store->log().hash_at(number);
    } catch (const Violation&) {
        throw;
    } catch (const std::exception& fault) {
        if (!node.is_dead() && !node.disk.was_troubled())
            throw Violation("node " + std::to_string(node.number) + ", " + what + ": " + fault.what());
        code = fault.what();
    }
    tell([&] {
        return "node " + std::to_string(node.number) + ": " + what +
               (node.is_dead() ? " and dies"
                : code.empty() ? ""
                               : ": " + code);
    });
    node.disk.forget_trouble();
    // While sync is under way, it sees for itself that its process is no more.
    if (!node.is_syncing && (node.is_dead() || !node.store)) node.recover();
    return done;
}

client::SyncResult World::sync(Node& node) {
    if (node.is_syncing || node.is_dead()) return {};
    node.is_syncing = true;
    tell([&] { return "node " + std::to_string(node.number) + ": begins to sync"; });
    client::SyncResult result;
    const auto work = [&] {
        if (!node.is_enrolled) {
            const auto enrolled =
                client::enrol(node.syncing_store().log(), node.sync_world(), node.enrol_code);
            if (!enrolled) return enrolled.error().code;
            node.is_enrolled = true;
            node.stop();
            node.start();
            if (!node.store) return std::string("store_closed");
        }
        result = client::SyncStep(client::SyncedParts::of(node.syncing_store()), node.sync_world()).run();
        return result.failed ? result.failed->code : std::string();
    };
    const auto told = [&] {
        return "has synced (" + std::to_string(result.pushed) + " out, " + std::to_string(result.rejected) +
               " of them rejected, " + std::to_string(result.pulled) + " in)";
    };
    bool done = false;
    try {
        done = attempt(node, "syncs", work);
    } catch (...) {
        node.is_syncing = false;
        throw;
    }
    node.is_syncing = false;
    if (node.is_dead() || !node.store) node.recover();
    if (done) tell([&] { return "node " + std::to_string(node.number) + ": " + told(); });
    return result;
}

void World::deliver_late() {
    while (!late.empty() && (is_calm || dice.chance(50))) {
        const auto at = late.begin() + dice.between(0, static_cast<std::int64_t>(late.size()) - 1);
        const protocol::Request request = std::move(*at);
        late.erase(at);
        const auto response = platform->handle(request);
        tell([&] {
            return "network: " + request.method + " " + request.target +
                   " arrives late: " + (response ? std::to_string(response->status) : "in vain");
        });
        if (response) note_answer(*this, request, *response);
    }
}

void World::interleave() {
    if (depth >= 3 || is_calm || !dice.chance(25)) return;
    ++depth;
    try {
        draw(*this);
    } catch (...) {
        --depth;
        throw;
    }
    --depth;
}

}  // namespace wq::sim
