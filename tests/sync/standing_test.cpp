// What staff and operators are told of a node: its clock, its closed days, and from the platform's side who
// is silent or failing.
#include "tests/sync/database.h"
#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>

namespace wq::sync_test {

namespace {

struct Standing {
    Standing() : node(platform, 1) {
        node.set_up(4);
        BOOST_REQUIRE(node.enrol());
        BOOST_REQUIRE(!node.sync().failed);
    }
    Result<void> clock() { return store::check_clock(node.store->log(), node.clock.now()); }
    platform::NodeLine line() { return platform.registry->nodes(kSchool).back(); }
    store::Balance today() { return node.store->balances().of(day_in_china(node.clock.now())); }
    void change(const std::string& sql) {
        node.store.reset();
        change_rows(node.folder.path() / "wangqian.db", sql);
        node.open();
    }

    Platform platform;
    TestNode node;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(standing)

BOOST_AUTO_TEST_CASE(a_clock_that_is_off_by_more_than_ten_minutes_signs_nothing_until_it_is_right) {
    Standing world;
    BOOST_TEST(world.clock().has_value());
    world.node.clock.advance(9 * kMinute);
    world.node.sync();
    BOOST_TEST(world.clock().has_value());
    world.node.clock.advance(2 * kMinute);
    BOOST_TEST(!world.node.sync().failed);
    BOOST_TEST(world.clock().error().code == "clock_off");
    BOOST_TEST((world.clock().error().args == Args{{"minutes", "11"}}));
    // Set right, it signs again as soon as the platform has said so.
    world.node.clock.advance(-11 * kMinute);
    world.node.sync();
    BOOST_TEST(world.clock().has_value());
}

BOOST_AUTO_TEST_CASE(a_clock_that_stands_before_the_last_answer_is_found_out_without_a_network) {
    Standing world;
    world.node.clock.advance(-3 * kDay);
    BOOST_TEST((world.clock().error().args == Args{{"minutes", std::to_string(3 * kDay / kMinute)}}));
}

BOOST_AUTO_TEST_CASE(a_day_adds_up) {
    Standing world;
    const Uuid id = world.node.approved(1);
    domain::Command reject;
    reject.action = domain::Action::reject;
    reject.actor = office();
    reject.reason = "单位不符";
    BOOST_REQUIRE(world.node.store->registrations().act(world.node.submitted(2), reject));
    const auto open = world.today();
    BOOST_TEST(open.said == 8);
    BOOST_TEST(open.waiting == 6);
    BOOST_TEST(open.voided == 1);
    BOOST_TEST(open.missing == "");
    world.node.sync();
    const auto sent = world.today();
    BOOST_TEST(sent.accepted == 8);
    BOOST_TEST(sent.sent == 8);
    BOOST_TEST(sent.waiting == 0);
    BOOST_TEST(sent.said == sent.accepted + sent.rejected + sent.quarantined + sent.waiting);
    BOOST_TEST(!world.node.store->balances().last_closed());
    world.node.store->balances().close(day_in_china(world.node.clock.now()));
    BOOST_TEST(world.node.store->balances().last_closed()->said == 8);
    (void)id;
}

BOOST_AUTO_TEST_CASE(a_row_that_is_missing_from_a_day_is_named) {
    Standing world;
    world.node.approved(1);
    world.change("DELETE FROM event WHERE number = 4");
    BOOST_TEST(world.today().missing == "event 4");
}

BOOST_AUTO_TEST_CASE(the_end_of_a_closed_day_can_not_go_missing_unnoticed) {
    Standing world;
    world.node.approved(1);
    world.node.store->balances().close(day_in_china(world.node.clock.now()));
    world.change("DELETE FROM event WHERE number > 4; UPDATE meta SET value = '4' WHERE key = 'said.1'");
    BOOST_TEST(world.today().missing == "closing 1");
    BOOST_TEST(world.node.store->balances().close(day_in_china(world.node.clock.now())).missing ==
               "closing 1");
}

BOOST_AUTO_TEST_CASE(a_print_of_a_paper_that_nobody_issued_is_named) {
    Standing world;
    const Uuid id = world.node.approved(1);
    const auto print = world.node.store->prints().begin(id, office(), "spool");
    BOOST_TEST(world.today().missing == "unfinished " + to_text(id) + " 1");
    world.node.store->prints().end(*print, store::PrintEnd::printed);
    BOOST_TEST(world.today().printed == 1);
    BOOST_TEST(world.today().missing == "");
    world.change("DELETE FROM paper");
    BOOST_TEST(world.today().missing == "print " + to_text(id) + " 1");
}

BOOST_AUTO_TEST_CASE(a_silent_node_is_told_with_its_last_moment) {
    Standing world;
    BOOST_TEST(world.line().silent_since.ms == 0);
    const Instant seen = world.platform.clock.now();
    world.platform.clock.advance(platform::NodeLine::kSilent + kMinute);
    BOOST_TEST(world.line().silent_since.ms == seen.ms);
    BOOST_TEST(world.platform.registry->nodes_in_trouble().size() == 1u);
    world.node.clock.advance(platform::NodeLine::kSilent + kMinute);
    world.node.sync();
    BOOST_TEST(world.line().silent_since.ms == 0);
    BOOST_TEST(world.platform.registry->nodes_in_trouble().empty());
}

BOOST_AUTO_TEST_CASE(a_failing_node_is_told_with_its_reason_until_the_same_request_passes) {
    Standing world;
    const Instant began = world.platform.clock.now();
    const auto signed_push = [&](std::int64_t epoch) {
        protocol::Push push;
        push.device = world.node.store->log().node().device;
        push.epoch = epoch;
        protocol::Request request{"POST", "/v1/push", cbor::encode(protocol::to_cbor(push)), {}};
        protocol::sign(request, {kSchool, push.device}, world.node.signer, world.node.clock.now(),
                       world.node.random.bytes(protocol::kNonceSize));
        return world.platform.api->handle(request).status;
    };
    BOOST_TEST(signed_push(7) >= 400);
    world.platform.clock.advance(5 * kMinute);
    world.node.clock.advance(5 * kMinute);
    BOOST_TEST(!world.node.sync().failed);  // reads, and has nothing to push
    BOOST_TEST(world.line().failing != "");
    BOOST_TEST(world.line().failing_since.ms == began.ms);
    world.platform.restart();
    BOOST_TEST(world.line().failing_since.ms == began.ms);
    world.node.submitted(1);
    world.node.sync();
    BOOST_TEST(world.line().failing == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
