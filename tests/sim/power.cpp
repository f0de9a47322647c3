#include "tests/sim/power.h"

#include "tests/sim/campus.h"
#include "tests/sync/world.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace wq::sim {

namespace {

struct Said {
    std::size_t steps = 0;  // of the disk, when it was said
    std::int64_t number = 0;
    domain::Hash hash{};
};

// A node and its platform, the disk of one of which is cut.
struct Scene {
    Scene(const std::filesystem::path& folder, std::uint64_t seed) : world(folder, seed, nullptr) {
        world.is_calm = true;
        const Campus& made = campus(folder);
        for (const char* home : {"platform", "node0"})
            for (const char* part : {"pictures", "blobs", "uploads"})
                std::filesystem::remove_all(folder / home / part);
        world.platform = std::make_unique<Platform>(world, folder / "platform", made.platform);
        world.platform->start();
        world.nodes.push_back(std::make_unique<Node>(world, 0, folder / "node0", made.nodes[0], false));
        node().start();
    }
    Node& node() { return *world.nodes.front(); }
    store::Store& store() { return *node().store; }
    void said() {
        const store::ChainHead head = store().log().head();
        log.push_back({node().disk.steps(), head.number, head.hash});
    }

    World world;
    std::vector<Said> log;                                   // what the node said was done
    std::vector<std::pair<std::size_t, std::int64_t>> told;  // steps of the platform's disk, last row told
};

Uuid submit(Scene& scene) {
    domain::Command command{domain::Action::submit, {domain::Role::student, sync_test::exam_number(1)}};
    command.form = sync_test::good_form();
    const Uuid id = scene.world.dice.uuid(scene.node().clock.now());
    if (scene.store().registrations().begin(id, domain::Kind::offline, sync_test::exam_number(1), command))
        scene.said();
    return id;
}

void pass(Scene& scene, const Uuid& id) {
    domain::Command command{domain::Action::pass, sync_test::office()};
    command.number = scene.store().registrations().reserve_number();
    command.paper = sync_test::some_paper(2);
    if (scene.store().registrations().act(id, command)) scene.said();
}

void return_paper(Scene& scene, const Uuid& id) {
    const auto picture = scene.store().pictures().keep(scene.world.dice.bytes(3000), "image/png");
    domain::Command command{domain::Action::return_paper, sync_test::office()};
    for (int page : {1, 2})
        command.pages.push_back({page, picture->hash, picture->size, picture->media_type, {}});
    if (scene.store().registrations().act(id, command)) scene.said();
}

void change_roster(Scene& scene) {
    domain::Form base = scene.store().graduates().find(sync_test::exam_number(2))->base;
    base["major"] = "专业" + std::to_string(scene.world.dice.between(1, 1'000'000));
    scene.store().graduates().import({base}, sync_test::office());
    scene.said();
}

void sync(Scene& scene) {
    const auto result = scene.world.sync(scene.node());
    scene.said();
    if (!result.failed && !scene.world.rows.empty())
        scene.told.push_back({scene.world.platform->disk.steps(), scene.world.rows.rbegin()->first});
}

struct Script {
    const char* name;
    void (*play)(Scene&);
    bool cuts_platform = false;
};

// Many acts after one another, so that the log is folded back into the file, too.
void play_long(Scene& scene) {
    for (int i = 0; i < 40; ++i) change_roster(scene);
}

constexpr Script kScripts[] = {
    {"an act", [](Scene& scene) { submit(scene); }},
    {"an act with a picture",
     [](Scene& scene) {
         const Uuid id = submit(scene);
         pass(scene, id);
         return_paper(scene, id);
     }},
    {"a push and what it brings",
     [](Scene& scene) {
         pass(scene, submit(scene));
         sync(scene);
     }},
    {"adopting what others did",
     [](Scene& scene) {
         for (int i = 0; i < 5; ++i)
             (void)scene.world.platform->registry->set(sync_test::kSchool, {{"parties", i % 2 ? "2" : "3"}});
         sync(scene);
     }},
    {"a long day", play_long},
    {"the platform's side of it",
     [](Scene& scene) {
         for (int i = 0; i < 6; ++i) {
             change_roster(scene);
             sync(scene);
         }
     },
     true},
};

void demand_sound(const std::filesystem::path& file) {
    sqlite3* database = nullptr;
    sqlite3_stmt* statement = nullptr;
    const bool is_sound =
        sqlite3_open(file.c_str(), &database) == SQLITE_OK &&
        sqlite3_prepare_v2(database, "PRAGMA integrity_check", -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW &&
        std::strcmp(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)), "ok") == 0;
    sqlite3_finalize(statement);
    sqlite3_close(database);
    demand(is_sound, "the database is not sound");
}

// What a cut left, opened by itself: pictures and keys are where they were.
std::filesystem::path beside(const std::filesystem::path& folder, const char* of) {
    const auto home = folder / (std::string("cut-") + of);
    std::filesystem::remove_all(home);
    std::filesystem::create_directories(home);
    for (const char* part : {"keys", "pictures", "blobs"})
        std::filesystem::create_directory_symlink(folder / of / part, home / part);
    return home;
}

// The node comes up again: all that it said was done is there.
void prove_node(Node& node, const std::vector<Said>& log, std::size_t steps, bool audits) {
    node.start();
    for (const Said& one : log)
        if (one.steps <= steps)
            demand(node.store->log().hash_at(one.number) == one.hash,
                   "event " + std::to_string(one.number) + " was acknowledged and is gone");
    if (audits) {
        const auto report = node.store->audit();
        demand(report.is_whole(), "the audit finds " + (report.is_whole() ? "" : report.faults[0].where));
    }
    node.stop();
    demand_sound(node.disk.folder() / "wangqian.db");
}

// The platform comes up again: all that it told stands.
void prove_platform(Platform& platform, const Scene& scene, std::size_t steps) {
    platform.start();
    std::int64_t last = 0;
    for (const auto& [at, feed] : scene.told)
        if (at <= steps) last = feed;
    const auto page = platform.registry->feed(sync_test::kSchool, 0, protocol::kMaxFeedRows);
    demand(page && page->last >= last, "the platform has forgotten what it told");
    domain::Hash chain{};
    std::int64_t number = 0;
    for (const Bytes& row : page->rows) {
        chain = protocol::feed_chain(chain, row);
        demand(protocol::feed_entry_from(row)->feed == ++number, "the feed has a gap");
        const auto before = scene.world.rows.find(number);
        demand(number > last || before == scene.world.rows.end() || before->second == row,
               "a row of the feed is another");
    }
    demand(chain == page->chain, "the feed's chain is broken");
    platform.stop();
    demand_sound(platform.disk.folder() / "platform.db");
}

void note(CutReport& report, const Script& script, std::size_t step, const std::function<void()>& proof) {
    ++report.cuts;
    try {
        proof();
    } catch (const std::exception& broken) {
        ++report.broken;
        if (report.first.empty())
            report.first =
                std::string(script.name) + ", cut after step " + std::to_string(step) + ": " + broken.what();
    }
}

// Plays once, then cuts: after each step in each way, or `some` times.
void cut(const std::filesystem::path& folder, const Script& script, std::uint64_t seed, std::int64_t some,
         CutReport& report) {
    Scene scene(folder, seed);
    Disk& disk = script.cuts_platform ? scene.world.platform->disk : scene.node().disk;
    Dice dice(seed);
    // Now and then the disk is full besides.
    if (some > 0 && dice.chance(30)) disk.trouble_at(dice.between(1, 60), Trouble::full, dice.between(1, 20));
    try {
        script.play(scene);
    } catch (const std::exception&) {
        if (!disk.was_troubled()) throw;
    }
    disk.calm();
    const std::size_t steps = disk.steps();
    Platform platform(scene.world, beside(folder, "platform"), {});
    Node node(scene.world, 0, beside(folder, "node0"), campus(folder).nodes[0], false);
    const auto at = [&](std::size_t step, Cut kind) {
        Disk& left = script.cuts_platform ? platform.disk : node.disk;
        left.set(disk.image_after(step, kind, dice));
        note(report, script, step, [&] {
            script.cuts_platform ? prove_platform(platform, scene, step)
                                 : prove_node(node, scene.log, step, step % 8 == 0);
        });
        platform.stop();
        node.stop();
    };
    for (std::size_t step = 0; some == 0 && step <= steps; ++step)
        for (const Cut kind : kCuts) at(step, kind);
    for (std::int64_t i = 0; i < some; ++i)
        at(static_cast<std::size_t>(dice.between(0, static_cast<std::int64_t>(steps))), dice.pick(kCuts));
    scene.node().stop();
    scene.world.platform->stop();
}

}  // namespace

CutReport cut_everywhere(const std::filesystem::path& folder) {
    CutReport report;
    for (const Script& script : kScripts) cut(folder, script, 1, 0, report);
    return report;
}

CutReport cut_anywhere(const std::filesystem::path& folder, std::uint64_t seed, std::int64_t cuts) {
    constexpr std::int64_t kOfOnePlay = 25;
    CutReport report;
    for (Dice dice(seed); report.cuts < cuts;)
        cut(folder, dice.pick(kScripts), dice.next(), std::min(kOfOnePlay, cuts - report.cuts), report);
    return report;
}

}  // namespace wq::sim
