// Both sides prove that nothing is missing, or name the first thing that differs.
#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>

namespace wq::sync_test {

namespace {

struct Equal {
    Equal() : node(platform, 1) {
        node.set_up(5);
        id = node.approved(1);
        BOOST_REQUIRE(node.enrol());
        BOOST_REQUIRE(!node.sync().failed);
    }
    store::Agreement told() { return store::agreement_from(node.store->log()).value(); }
    std::string difference() {
        BOOST_TEST(!client::SyncStep(client::SyncedParts::of(*node.store), node.world()).run(true).failed);
        return told().difference;
    }
    // Behind the store's back.
    void change(const std::string& sql) {
        node.store.reset();
        change_rows(node.folder.path() / "wangqian.db", sql);
        node.open();
    }

    Platform platform;
    TestNode node;
    Uuid id;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(comparing)

BOOST_AUTO_TEST_CASE(after_a_round_both_hold_the_same_and_say_so) {
    Equal world;
    BOOST_TEST(world.told().difference == "");
    BOOST_TEST(world.told().here == 6);
    BOOST_TEST(world.told().there == 6);
    BOOST_TEST(world.told().events == 5);
    BOOST_TEST(world.told().compared.ms == world.node.clock.now().ms);
}

BOOST_AUTO_TEST_CASE(rows_are_compared_once_a_day_and_chains_each_round) {
    Equal world;
    int digests = 0;
    world.node.transport.fate = [&](int, const protocol::Request& request) {
        digests += request.target.starts_with("/v1/digests");
        return LoopTransport::Fate::arrives;
    };
    world.node.sync();
    BOOST_TEST(digests == 0);
    world.node.clock.advance(kDay);
    world.platform.clock.advance(kDay);
    world.node.sync();
    BOOST_TEST(digests == 1);
    BOOST_TEST(world.told().compared.ms == world.node.clock.now().ms);
}

BOOST_AUTO_TEST_CASE(a_row_that_is_missing_or_altered_is_named) {
    Equal world;
    const std::string name = "registration " + to_text(world.id);
    world.change("UPDATE graduate SET confirmed_revision = 0");
    BOOST_TEST(world.difference() == "graduate " + exam_number(1) + " differs");
    world.change("UPDATE graduate SET confirmed_revision = revision WHERE exam_number = '" + exam_number(1) +
                 "'; DELETE FROM registration");
    BOOST_TEST(world.difference() == name + " only_there");
    BOOST_TEST(world.told().here == 5);
}

BOOST_AUTO_TEST_CASE(a_picture_that_one_side_lacks_is_named) {
    Equal world;
    const auto picture = world.node.store->pictures().keep(world.node.random.bytes(5'000), "image/png");
    domain::Command command;
    command.action = domain::Action::return_paper;
    command.actor = office();
    for (int page : {1, 2})
        command.pages.push_back({page, picture->hash, picture->size, picture->media_type, {}});
    BOOST_REQUIRE(world.node.store->registrations().act(world.id, command));
    BOOST_TEST(world.difference() == "");
    world.change("UPDATE picture SET here = 0, wanted = 0");
    BOOST_TEST(world.difference() == "picture " + to_hex(picture->hash) + " only_there");
}

BOOST_AUTO_TEST_CASE(what_waits_is_no_difference_of_content) {
    Equal world;
    world.node.transport.fate = [](int, const protocol::Request& request) {
        return request.method == "POST" ? LoopTransport::Fate::request_lost : LoopTransport::Fate::arrives;
    };
    world.node.submitted(2);
    BOOST_TEST(world.node.sync().failed->code == "platform_unreachable");
    BOOST_TEST(world.node.store->log().outbox().waiting == 2);
    world.node.transport.fate = {};
    BOOST_TEST(world.difference() == "");
    BOOST_TEST(world.told().here == 7);
}

BOOST_AUTO_TEST_CASE(sums_of_rows_do_not_hang_on_their_order_and_wrap_around) {
    crypto::RowDigests one, other;
    std::vector<domain::Graduate> all;
    for (int student = 1; student <= 2000; ++student) all.push_back({graduate(student), 1, 0, {}});
    for (const auto& graduate : all) one.add(graduate);
    for (auto graduate = all.rbegin(); graduate != all.rend(); ++graduate) other.add(*graduate);
    BOOST_TEST((one.buckets() == other.buckets()));
    BOOST_TEST(one.count() == 2000);
    other.add(domain::Graduate{graduate(2001), 1, 0, {}});
    BOOST_TEST((crypto::top_of(one.buckets()) != crypto::top_of(other.buckets())));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
