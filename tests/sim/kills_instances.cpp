#include "tests/sim/kills_instances.h"

#include "data/crypto/hash.h"
#include "data/store/sync_notes.h"
#include "tests/sim/member.h"
#include "tests/sim/rows.h"
#include "tests/sim/school_proofs.h"
#include "tests/sync/world.h"

#include <algorithm>

namespace wq::sim {

namespace {

namespace fs = std::filesystem;

constexpr int kNodes = 3;

class School {
  public:
    School(const fs::path& folder, Dice& dice)
        : dice_(&dice),
          instances_{Instance(folder / "platform", database_.address()),
                     Instance(folder / "platform", database_.address())},
          settings_(folder / "settings") {
        for (int number = 1; number <= kNodes; ++number)
            members_.push_back(std::make_unique<Member>(folder, number, dice.next()));
        set_up(members_.front()->home);
        invite();
        join_first();
    }

    // Some time in which whatever may be killed.
    void storm(std::int64_t kills) {
        *is_calm_ = 0;
        for (Instance& instance : instances_) instance.start();
        for (const auto& member : members_) start(*member);
        start_operator();
        for (std::int64_t i = 0; i < kills; ++i) {
            dice_->chance(70) ? wait_a_little(*dice_, 40'000, 220'000) : wait_a_little(*dice_, 500, 40'000);
            kill_some();
        }
        *is_calm_ = 1;
        for (const auto& member : members_) await_end(member->job);
        await_end(operator_);
        for (const Instance& instance : instances_) instance.await_up();
    }

    // All sync until nothing waits anywhere, which has to happen soon.
    void calm_down() {
        for (int round = 0; round < 4; ++round)
            for (const auto& member : members_) {
                member->home.draw_anew(dice_->next());
                const auto store = member->home.open();
                const Journal journal(member->journal);
                Balanced way(instances_, *dice_, journal);
                demand(member->sync(*store, way, true),
                       "with nobody killed the node can't sync" + member->name());
            }
        for (Instance& instance : instances_) instance.kill();
    }

    void prove() {
        crypto::SystemRandom random;
        const auto registry = instances_.front().registry(random);
        const auto feed = proven_feed(*registry, told_);
        for (const Row& row : feed) told_[row.entry.feed] = protocol::encode(row.entry);
        prove_chains(feed);
        prove_settings(feed);
        prove_evidence(*registry, feed);
        const Records records = proven_records(*registry, feed);
        std::string rows;
        for (const auto& member : members_) {
            const auto store = member->home.open();
            prove_told(*member, *store, feed);
            prove_node(*registry, *store, member->name(), feed, records);
            prove_audit(*store, member->name());
            prove_equality(*member, *store, rows);
        }
        count(feed);
    }

    Killed killed;

  private:
    void invite() {
        crypto::SystemRandom random;
        const auto registry = instances_.front().registry(random);
        demand(registry->add_school(sync_test::kSchool, "示例大学").has_value(), "no school");
        for (const auto& member : members_)
            member->code = registry->new_enrol_code(sync_test::kSchool).value();
    }

    // Its events carry the number 1 already, which nobody else may get before.
    void join_first() {
        for (Instance& instance : instances_) instance.start();
        for (const Instance& instance : instances_) instance.await_up();
        Member& first = *members_.front();
        const auto store = first.home.open();
        const Journal journal(first.journal);
        Balanced way(instances_, *dice_, journal);
        demand(first.sync(*store, way), "with nobody killed the node can't join" + first.name());
        for (Instance& instance : instances_) instance.kill();
    }

    void start(Member& member) {
        member.home.draw_anew(dice_->next());
        member.job = begin_process([&] { work(member); });
    }

    void work(Member& member) {
        const auto store = member.home.open();
        const Journal journal(member.journal);
        Balanced way(instances_, member.home.random, journal);
        while (!*is_calm_) {
            // Before it has joined, a new node has no roster to act on.
            const bool can_act = store->feed().cursor() > 0;
            for (auto acts = member.home.random.between(1, 6); can_act && acts > 0; --acts)
                member.act(*store, journal);
            if (!member.sync(*store, way)) wait_a_little(member.home.random, 0, 20'000);
            if (can_act && member.home.random.chance(15)) member.wait_for_news(*store, way);
        }
    }

    // A third program on the same database: what it sets is said by the platform itself.
    void start_operator() {
        const std::uint64_t seed = dice_->next();
        operator_ = begin_process([this, seed] {
            Dice dice(seed);
            crypto::SystemRandom random;
            const auto registry = instances_.front().registry(random);
            const Journal journal(settings_);
            while (!*is_calm_) {
                const std::string parties = dice.chance(50) ? "2" : "3";
                const auto set = registry->set(sync_test::kSchool, {{"parties", parties}});
                demand(set || set.error().code == "school_not_set_up",
                       "the operator can't set: " + (set ? "" : set.error().code));
                if (set)
                    journal.write({Journal::Kind::done, static_cast<std::int64_t>(dice.next() >> 1), {}});
                wait_a_little(dice, 2'000, 40'000);
            }
        });
    }

    void kill_some() {
        const bool both = dice_->chance(10);
        const std::size_t first = both ? 0 : static_cast<std::size_t>(dice_->between(0, 1));
        const std::size_t count = both ? 2 : 1;
        for (std::size_t i = first; i < first + count; ++i) instances_[i].kill();
        if (dice_->chance(50)) wait_a_little(*dice_, 0, 30'000);
        for (std::size_t i = first; i < first + count; ++i) instances_[i].start();
        ++(both ? killed.of_both : killed.of_instances);
        if (!dice_->chance(15)) return;
        ++killed.of_others;
        const auto victim = static_cast<std::size_t>(dice_->between(0, kNodes));
        if (victim == kNodes) {
            kill_process(operator_);
            return start_operator();
        }
        kill_process(members_[victim]->job);
        start(*members_[victim]);
    }

    // What the operator was told to be done is there: each said settings of its own.
    void prove_settings(const std::vector<Row>& feed) {
        const auto said = std::ranges::count_if(feed, [](const Row& row) {
            return row.event.actor.role == domain::Role::province && row.entry.verdict == "accepted";
        });
        const auto done = static_cast<std::int64_t>(read_journal(settings_).done.size());
        demand(said >= done,
               "of " + std::to_string(done) + " settings " + std::to_string(said) + " are in the feed");
    }

    // Pictures of records are prove_node's; these came in parts, the same ones from several nodes at once.
    static void prove_evidence(platform::Registry& registry, const std::vector<Row>& feed) {
        for (const Row& row : feed)
            for (const auto& one : domain::attachments_from_cbor(row.event.body["evidence"])) {
                const auto picture = registry.blob(sync_test::kSchool, one.picture);
                demand(picture && crypto::sm3(picture->content) == one.picture,
                       "the evidence at " + std::to_string(row.entry.feed) + " is not whole on the platform");
            }
    }

    // Each act that was done is in the feed, and all that was ever told of verdicts and pages still holds.
    void prove_told(const Member& member, store::Store& store, const std::vector<Row>& feed) {
        const Told told = read_journal(member.journal);
        const store::Node node = store.log().node();
        demand(node.epoch == 1, "the node has to begin anew" + member.name());
        std::map<std::int64_t, const Row*> own;
        std::vector<domain::Hash> chains(1);
        for (const Row& row : feed) {
            if (row.event.device == node.device) own[row.event.number] = &row;
            chains.push_back(protocol::feed_chain(chains.back(), protocol::encode(row.entry)));
        }
        for (const auto& [number, hash] : told.done)
            demand(own.contains(number) && protocol::event_hash(own[number]->entry.event) == hash,
                   "act " + std::to_string(number) + member.name() + " was done and is not in the feed");
        for (const auto& [number, hash] : told.verdicts)
            demand(own.contains(number) &&
                       verdict_hash(own[number]->entry.verdict, own[number]->entry.why.code) == hash,
                   "the verdict on act " + std::to_string(number) + member.name() + " is another now");
        for (const auto& [number, chain] : told.pages)
            demand(
                number < static_cast<std::int64_t>(chains.size()) &&
                    chains[static_cast<std::size_t>(number)] == chain,
                "the feed told" + member.name() + " through " + std::to_string(number) + " is another now");
    }

    // `rows`: those of the nodes before, or empty.
    void prove_equality(const Member& member, store::Store& store, std::string& rows) {
        const auto agreement = store::agreement_from(store.log());
        demand(agreement && agreement->difference.empty() && agreement->compared.ms > 0,
               "node and platform are not found equal" + member.name());
        const std::string here = rows_of(store);
        demand(rows.empty() || here == rows, "nodes differ: " + difference(rows, here));
        rows = here;
    }

    void count(const std::vector<Row>& feed) {
        killed.acts = static_cast<std::int64_t>(feed.size());
        killed.rejected =
            std::ranges::count_if(feed, [](const Row& row) { return row.entry.verdict != "accepted"; });
        killed.engaged = std::ranges::count_if(
            feed, [](const Row& row) { return row.entry.why.code == "already_engaged"; });
    }

    Dice* dice_;
    sync_test::TestDatabase database_;
    Instances instances_;
    fs::path settings_;
    SharedNumber is_calm_;
    std::vector<std::unique_ptr<Member>> members_;
    pid_t operator_ = 0;
    std::map<std::int64_t, Bytes> told_;  // rows of the feed as they once were
};

}  // namespace

Killed kill_instances(const fs::path& folder, std::int64_t kills, Dice& dice) {
    constexpr std::int64_t kOfOneStorm = 15;
    School school(folder, dice);
    for (std::int64_t done = 0; done < kills; done += kOfOneStorm) {
        school.storm(std::min(kOfOneStorm, kills - done));
        school.calm_down();
        school.prove();
    }
    return school.killed;
}

}  // namespace wq::sim
