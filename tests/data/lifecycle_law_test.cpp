// Laws that hold whatever people do: weeks of random acts by all roles on several registrations of one
// student, under settings that change on the way (R09, R16–R18, R21–R23, R27).
#include "data/domain/termination.h"
#include "tests/data/samples.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <set>

using namespace wq;
using namespace wq::domain;
using test::World;

namespace {

constexpr int kHistories = 10'000, kActs = 60;
constexpr Role kRoles[] = {Role::student, Role::employer, Role::department, Role::school, Role::ministry};
constexpr Kind kKinds[] = {Kind::online, Kind::offline, Kind::supplement, Kind::destination};

// One student's life: the store's part (who bars whom) is played as the store does it.
class Life {
  public:
    explicit Life(std::uint32_t seed) : random_(seed), seed_(seed) {
        for (Kind kind : kKinds)
            for (int i = 0; i < 2; ++i) records_.push_back(fresh(kind));
    }

    void live() {
        for (int act = 0; act < kActs; ++act) {
            world_.now.ms += static_cast<std::int64_t>(below(30)) * 60 * kMinute;
            if (below(12) == 0) change_a_setting();
            do_something();
        }
        for (const Kept& kept : records_) check_history(kept);
    }

    // What happened at all: states, and "forced" and "second" of terminations.
    const std::set<std::string>& seen() const { return seen_; }

  private:
    struct Kept {
        Registration record;
        std::vector<std::pair<cbor::Value, Instant>> history;
        Registration first;
    };

    Kept fresh(Kind kind) const {
        Registration record;
        record.kind = kind;
        record.exam_number = world_.graduate.exam_number();
        return {record, {}, record};
    }

    unsigned below(unsigned bound) { return random_() % bound; }

    void change_a_setting() {
        constexpr const char* kSwitches[] = {"department_review", "termination_department_review",
                                             "force_second_person", "signing_open", "destinations_open"};
        std::string& value = world_.school.settings[kSwitches[below(5)]];
        value = value == "off" ? "on" : "off";
        world_.school.settings["parties"] = below(2) ? "2" : "3";
    }

    void do_something() {
        Kept& kept = records_[below(static_cast<unsigned>(records_.size()))];
        const Role role = kRoles[below(5)];
        // Mostly what is possible now, now and then anything at all.
        const auto possible = actions_for(kept.record, role);
        const Action action = possible.empty() || below(8) == 0
                                  ? Action(below(unsigned{kActions}))
                                  : possible[below(static_cast<unsigned>(possible.size()))];
        world_.record = kept.record;
        look_around(kept);
        Command command = world_.command(action, role);
        if (below(3) == 0) command.actor.account += role == Role::school ? "2" : "";
        if (below(10) == 0) command.reason.clear();
        const auto step = apply(kept.record, command, world_.context());
        if (!step) return;
        check_step(kept.record, command, step->after);
        kept.record = step->after;
        kept.history.push_back({step->body, world_.now});
        seen_.emplace(name_of(kept.record.state));
        if (kept.record.termination)
            seen_.emplace("termination " + std::string(name_of(kept.record.termination->stage)));
        if (kept.record.state == State::terminated && kept.record.termination->is_forced())
            seen_.insert("forced");
        check_one_engagement();
    }

    void look_around(const Kept& kept) {
        world_.other.reset();
        world_.invitation.reset();
        for (const Kept& other : records_) {
            if (&other == &kept) continue;
            if (other.record.state == State::invited) world_.invitation = other.record;
            if (is_live(other.record.state) && (!world_.other || holds_slot(other.record.state)))
                if (!world_.other || !holds_slot(world_.other->state)) world_.other = other.record;
        }
    }

    void check_step(const Registration& before, const Command& command, const Registration& after) const {
        const auto holds = [&](bool law, const char* what) {
            BOOST_REQUIRE_MESSAGE(law, what << ", seed " << seed_ << ": " << name_of(before.state) << " "
                                            << name_of(command.action) << " " << name_of(after.state));
        };
        holds(!is_final(before.state), "nothing leaves a final state");
        holds(after.revision == before.revision + 1, "every act counts");
        const bool open = before.state == State::draft || before.state == State::returned;
        holds(open || after.form == before.form, "what was submitted is not changed");
        holds(open || after.attachments == before.attachments, "nor what proves it");
        holds(after.state != State::effective || before.state == State::effective ||
                  before.state == State::terminating || command.actor.role == Role::school,
              "only the school completes");
        holds(after.state != State::terminated || command.actor.role == Role::school, "only the school ends");
        if (after.state == State::terminated && after.termination->is_forced())
            holds(!after.termination->talks.empty() && !after.termination->forced_reason.empty(),
                  "a forced end has its reason and its talks");
        holds(before.number.empty() || after.number == before.number, "a number stays");
    }

    void check_one_engagement() const {
        const auto engaged =
            std::ranges::count_if(records_, [](const Kept& kept) { return holds_slot(kept.record.state); });
        BOOST_REQUIRE_MESSAGE(engaged <= 1, "two engagements, seed " << seed_);
    }

    void check_history(const Kept& kept) const {
        Registration replayed = kept.first;
        for (const auto& [body, when] : kept.history) {
            auto after = replay(replayed, body, when);
            BOOST_REQUIRE(after);
            replayed = std::move(*after);
        }
        BOOST_REQUIRE_MESSAGE(replayed == kept.record, "history explains the state, seed " << seed_);
    }

    std::mt19937 random_;
    std::uint32_t seed_;
    World world_;
    std::vector<Kept> records_;
    std::set<std::string> seen_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(lifecycle_laws)

BOOST_AUTO_TEST_CASE(ten_thousand_histories_keep_the_laws) {
    std::set<std::string> seen;
    for (std::uint32_t seed = 1; seed <= kHistories; ++seed) {
        Life life(seed);
        life.live();
        seen.insert(life.seen().begin(), life.seen().end());
    }
    BOOST_TEST(seen.size() == 16u + 9u + 1u);  // all states but draft, all stages, and an end by force
}

BOOST_AUTO_TEST_SUITE_END()
