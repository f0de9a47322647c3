// Devices that were copied or restored, and a platform that was: noticed before anything wrong is said, cured
// by joining anew, nothing lost and nothing done twice.
#include "tests/sync/world.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

namespace wq::sync_test {

namespace {

std::string failure_of(const client::SyncResult& result) { return result.failed ? result.failed->code : ""; }

// A node that has synced, with a backup of its home as of then.
struct Backed {
    explicit Backed(int students = 6) : node(platform, 1) {
        node.set_up(students);
        first = node.approved(1);
        BOOST_REQUIRE(node.enrol());
        BOOST_REQUIRE(failure_of(node.sync()).empty());
        node.save(backup);
    }

    // Every event of the school once, and all accepted but for `rejected`.
    void check_whole(int rejected = 0) {
        std::set<Uuid> ids;
        int refused = 0;
        const auto events = platform.registry->events(kSchool);
        for (const auto& line : events) {
            ids.insert(line.event->id);
            refused += line.entry.verdict != "accepted";
        }
        BOOST_TEST(ids.size() == events.size());
        BOOST_TEST(refused == rejected);
    }

    Platform platform;
    TestNode node;
    TemporaryFolder backup;
    Uuid first;
};

void check_sound(TestNode& node) {
    BOOST_TEST(failure_of(node.sync()) == "");
    BOOST_TEST(node.store->log().outbox().waiting == 0);
    for (const auto& fault : node.store->audit().faults) BOOST_ERROR(fault.where + ": " + fault.what);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(forks)

BOOST_AUTO_TEST_CASE(a_restored_node_that_has_not_spoken_is_noticed_and_says_nothing) {
    Backed world;
    const Uuid lost = world.node.approved(2);
    world.node.sync();
    world.node.restore(world.backup);
    BOOST_TEST(failure_of(world.node.sync()) == "device_behind");
    // What the platform had of it is here again already; speaking must wait.
    BOOST_TEST(are_equal(world.node, lost));
    const Uuid late = world.node.submitted(3);
    BOOST_TEST(failure_of(world.node.sync()) == "device_adrift");
    BOOST_TEST(world.node.store->log().outbox().waiting == 2);
    BOOST_TEST(world.platform.registry->nodes(kSchool)[0].state == "active");
    BOOST_REQUIRE(world.node.enrol());
    const auto result = world.node.sync();
    BOOST_TEST(failure_of(result).empty());
    BOOST_TEST(result.recovered->what == "joined_anew");
    BOOST_TEST(result.recovered->again == 2);
    BOOST_TEST(are_equal(world.node, late));
    check_sound(world.node);
    world.check_whole();
}

BOOST_AUTO_TEST_CASE(a_restored_node_that_spoke_before_it_synced_keeps_both_branches) {
    Backed world;
    const Uuid lost = world.node.approved(2);
    world.node.sync();
    world.node.restore(world.backup);
    const Uuid early = world.node.approved(3), later = world.node.submitted(4);
    BOOST_TEST(failure_of(world.node.sync()) == "fork");
    BOOST_REQUIRE(world.node.enrol());
    BOOST_TEST(failure_of(world.node.sync()).empty());
    BOOST_TEST(world.node.store->log().node().epoch == 2);
    for (const Uuid& id : {world.first, lost, later}) BOOST_TEST(are_equal(world.node, id));
    // Its number was given before the restore: the act is refused, kept, and can be done anew.
    BOOST_TEST((world.node.record(early)->state == domain::State::school_review));
    BOOST_TEST(world.node.store->feed().conflicts().at(0).code == "number_taken");
    BOOST_REQUIRE(world.node.pass(early));
    check_sound(world.node);
    BOOST_TEST(are_equal(world.node, early));
    world.check_whole(1);
}

BOOST_AUTO_TEST_CASE(what_contradicts_the_lost_branch_becomes_a_conflict_with_everything_kept) {
    Backed world;
    const Uuid id = world.node.submitted(2);
    world.node.sync();
    world.node.save(world.backup);
    domain::Command back;
    back.action = domain::Action::send_back;
    back.actor = office();
    back.reason = "请补充";
    BOOST_REQUIRE(world.node.store->registrations().act(id, back));
    world.node.sync();
    world.node.restore(world.backup);
    BOOST_REQUIRE(world.node.pass(id));
    BOOST_TEST(failure_of(world.node.sync()) == "fork");
    BOOST_REQUIRE(world.node.enrol());
    world.node.sync();
    BOOST_TEST((world.node.record(id)->state == domain::State::returned));
    const auto conflicts = world.node.store->feed().conflicts();
    BOOST_REQUIRE(conflicts.size() == 1u);
    BOOST_TEST(conflicts[0].code == "changed_meanwhile");
    BOOST_TEST(world.node.store->feed().conflicting(conflicts[0].event)->body.has("paper"));
    check_sound(world.node);
    BOOST_TEST(are_equal(world.node, id));
}

BOOST_AUTO_TEST_CASE(an_act_on_ones_own_answered_act_is_no_stranger_in_the_new_epoch) {
    Backed world;
    const Uuid id = world.node.submitted(2);
    world.node.transport.fate = [](int, const protocol::Request& request) {
        return request.target.starts_with("/v1/feed") ? LoopTransport::Fate::request_lost
                                                      : LoopTransport::Fate::arrives;
    };
    world.node.sync();
    BOOST_TEST(world.node.store->log().outbox().waiting == 0);
    world.node.transport.fate = {};
    BOOST_REQUIRE(world.node.pass(id));
    BOOST_REQUIRE(world.node.enrol());
    BOOST_TEST(failure_of(world.node.sync()) == "");
    BOOST_TEST((world.node.record(id)->state == domain::State::approved));
    check_sound(world.node);
    BOOST_TEST(are_equal(world.node, id));
    world.check_whole();
}

// With a key of its own, as a program does it, or by the same one.
BOOST_DATA_TEST_CASE(a_copy_becomes_a_device_of_its_own_once_the_other_has_moved_on,
                     boost::unit_test::data::make({true, false}), has_new_key) {
    Backed world;
    TestNode copy(world.platform);
    copy.sealer = world.node.sealer;
    copy.signer = crypto::FileSigner::from_pem(world.node.signer.to_pem()).value();
    copy.restore(world.backup);
    const Uuid one = world.node.submitted(2), other = copy.submitted(3);
    BOOST_TEST(failure_of(world.node.sync()).empty());
    BOOST_TEST(failure_of(copy.sync()) == "fork");
    if (has_new_key) copy.signer = crypto::FileSigner::generate(crypto::Algorithm::sm2);
    BOOST_REQUIRE(copy.enrol());
    BOOST_TEST(failure_of(copy.sync()).empty());
    // The first that joins anew is the device; the one that stayed is found out at its next round.
    BOOST_TEST(failure_of(world.node.sync()) == "epoch_wrong");
    const Uuid late = world.node.submitted(4);
    BOOST_TEST(world.node.enrol()->number == 2);
    BOOST_TEST(failure_of(world.node.sync()).empty());
    BOOST_TEST((world.node.store->log().node().device != copy.store->log().node().device));
    check_sound(copy);
    check_sound(world.node);
    for (const Uuid& id : {one, other, late}) {
        BOOST_TEST(are_equal(world.node, id));
        BOOST_TEST(are_equal(copy, id));
    }
    world.check_whole();
}

BOOST_AUTO_TEST_CASE(what_a_copy_has_brought_already_is_not_said_twice) {
    Platform platform;
    TestNode node(platform, 1);
    TemporaryFolder backup;
    node.set_up(3);
    BOOST_REQUIRE(node.enrol());
    node.sync();
    const Uuid both = node.submitted(1);
    node.save(backup);
    TestNode copy(platform);
    copy.sealer = node.sealer;
    copy.restore(backup);
    // The copy joins with a key of its own, before the other has sent what both know.
    BOOST_REQUIRE(copy.enrol());
    BOOST_TEST(failure_of(copy.sync()).empty());
    BOOST_REQUIRE(node.enrol());
    const auto result = node.sync();
    BOOST_TEST(failure_of(result).empty());
    BOOST_TEST(result.rejected == 0);
    check_sound(node);
    check_sound(copy);
    BOOST_TEST(are_equal(node, both));
    BOOST_TEST(platform.registry->events(kSchool).size() == 4u);
}

BOOST_AUTO_TEST_CASE(two_programs_that_sync_one_home_take_each_other_for_nothing_else) {
    Backed world(12);
    int student = 1;
    TestNode other(world.platform);
    BOOST_REQUIRE(other.enrol());
    other.sync();
    for (const char* moment : {"/v1/status", "/v1/push", "/v1/feed", "/v1/digests"}) {
        world.node.submitted(++student);
        other.submitted(++student);
        other.sync();
        // Beside this round, a window's own one: whatever it is about to ask, the other has just done all.
        bool beside = false;
        world.node.transport.fate = [&](int, const protocol::Request& request) {
            if (!beside && request.target.starts_with(moment)) {
                beside = true;
                LoopTransport line(world.platform);
                const auto store = world.node.opened();
                client::Connection::World there = world.node.world();
                there.transport = &line;
                BOOST_TEST(failure_of(client::SyncStep(client::SyncedParts::of(*store), there).run()) == "");
            }
            return LoopTransport::Fate::arrives;
        };
        const auto result =
            client::SyncStep(client::SyncedParts::of(*world.node.store), world.node.world()).run(true);
        BOOST_TEST(beside);
        BOOST_TEST(!result.recovered, moment);
        BOOST_TEST(!store::recovery_from(world.node.store->log()));
        BOOST_TEST(!is_adrift(world.node.store->log().node()), moment);
        world.node.transport.fate = {};
        check_sound(world.node);
        BOOST_TEST(store::agreement_from(world.node.store->log())->difference == "");
    }
}

BOOST_AUTO_TEST_CASE(a_platform_that_forgot_an_answer_is_told_again) {
    Backed world;
    TemporaryFolder backup;
    world.platform.save(backup);
    const Uuid id = world.node.approved(2);
    world.node.transport.fate = [](int, const protocol::Request& request) {
        return request.method == "POST" || request.target.starts_with("/v1/status")
                   ? LoopTransport::Fate::arrives
                   : LoopTransport::Fate::request_lost;
    };
    world.node.sync();
    BOOST_TEST(world.node.store->log().outbox().waiting == 0);
    world.platform.restore(backup);
    world.node.transport.fate = {};
    const auto result = world.node.sync();
    BOOST_TEST(failure_of(result).empty());
    BOOST_TEST(result.recovered->what == "platform_restored");
    BOOST_TEST(result.recovered->again == 3);
    BOOST_TEST(are_equal(world.node, id));
    check_sound(world.node);
}

BOOST_AUTO_TEST_CASE(all_nodes_give_a_restored_platform_back_what_it_lost) {
    Backed world;
    TestNode other(world.platform);
    BOOST_REQUIRE(other.enrol());
    other.sync();
    TemporaryFolder backup;
    world.platform.save(backup);
    const Uuid one = world.node.approved(2), two = other.approved(3), mixed = world.node.submitted(4);
    world.node.sync();
    other.sync();
    BOOST_REQUIRE(other.pass(mixed));
    other.sync();
    world.node.sync();
    world.platform.restore(backup);
    const Uuid late = world.node.submitted(5);
    const auto told = world.node.sync();
    BOOST_TEST(failure_of(told).empty());
    BOOST_TEST(told.recovered->what == "platform_restored");
    BOOST_TEST(told.recovered->again == 5);
    BOOST_TEST(told.recovered->apart == 4);
    BOOST_TEST(failure_of(other.sync()).empty());
    check_sound(world.node);
    check_sound(other);
    for (const Uuid& id : {one, two, mixed, late}) {
        BOOST_TEST(are_equal(world.node, id));
        BOOST_TEST(are_equal(other, id));
    }
    BOOST_TEST((world.node.record(mixed)->state == domain::State::approved));
    world.check_whole();
}

BOOST_AUTO_TEST_CASE(what_won_before_a_restore_is_no_conflict_after_it) {
    Backed world;
    TestNode other(world.platform);
    BOOST_REQUIRE(other.enrol());
    other.sync();
    const Uuid id = other.submitted(2);
    other.sync();
    world.node.sync();
    TemporaryFolder backup;
    world.platform.save(backup);
    domain::Command back;
    back.action = domain::Action::send_back;
    back.actor = office();
    back.reason = "请补充";
    BOOST_REQUIRE(other.store->registrations().act(id, back));
    other.sync();
    domain::Command reject = back;
    reject.action = domain::Action::reject;
    BOOST_REQUIRE(world.node.store->registrations().act(id, reject));
    BOOST_TEST(world.node.sync().rejected == 1);
    world.platform.restore(backup);
    other.sync();
    BOOST_TEST(world.node.sync().recovered->what == "platform_restored");
    BOOST_TEST((world.node.record(id)->state == domain::State::returned));
    BOOST_TEST(world.node.store->feed().conflicts().size() == 1u);
    check_sound(world.node);
    BOOST_TEST(are_equal(world.node, id));
}

BOOST_AUTO_TEST_CASE(a_platform_that_has_forgotten_a_node_takes_it_again_with_all_it_said) {
    Backed world;
    TestNode other(world.platform);
    TemporaryFolder backup;
    world.platform.save(backup);
    BOOST_REQUIRE(other.enrol());
    other.sync();
    const Uuid id = other.approved(3);
    other.sync();
    world.platform.restore(backup);
    BOOST_TEST(failure_of(other.sync()) == "device_unknown");
    BOOST_REQUIRE(other.enrol());
    BOOST_TEST(failure_of(other.sync()).empty());
    BOOST_TEST(are_equal(other, id));
    check_sound(other);
    world.check_whole();
}

BOOST_AUTO_TEST_CASE(whatever_call_fails_while_it_recovers_the_next_round_completes) {
    for (int failing = 1; failing <= 12; ++failing) {
        Backed world;
        const Uuid lost = world.node.approved(2);
        world.node.sync();
        world.node.restore(world.backup);
        const Uuid early = world.node.submitted(3);
        world.node.sync();
        BOOST_REQUIRE(world.node.enrol());
        const int before = world.node.transport.calls;
        world.node.transport.fate = [&](int call, const auto&) {
            return call - before == failing ? LoopTransport::Fate::answer_lost : LoopTransport::Fate::arrives;
        };
        world.node.sync();
        world.node.transport.fate = {};
        world.node.open();
        check_sound(world.node);
        BOOST_TEST(are_equal(world.node, lost));
        BOOST_TEST(are_equal(world.node, early));
        world.check_whole();
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
