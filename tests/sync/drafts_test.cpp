// Drafts at two nodes whose clocks differ: in the end both have the same.
#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>

namespace wq::sync_test {

namespace {

struct TwoNodes {
    TwoNodes() : one(platform, 1), other(platform) {
        one.set_up(1);
        BOOST_REQUIRE(one.enrol());
        one.sync();
        BOOST_REQUIRE(other.enrol());
        other.sync();
    }

    // Everybody hears of everything.
    void sync_all() {
        for (int round = 0; round < 2; ++round)
            for (TestNode* node : {&one, &other}) BOOST_TEST(!node->sync().failed);
    }
    void keep(TestNode& node, const std::string& address) {
        store::Draft draft;
        draft.id = id;
        draft.exam_number = exam_number(1);
        draft.form = {{"address", address}};
        node.store->drafts().keep(draft);
    }
    std::string address(TestNode& node) {
        const auto draft = node.store->drafts().find(id);
        return draft ? std::string(domain::value_of(draft->form, "address")) : "none";
    }

    Platform platform;
    TestNode one, other;
    Uuid id = one.random.uuid(one.clock.now());
};

}  // namespace

BOOST_AUTO_TEST_SUITE(drafts)

BOOST_AUTO_TEST_CASE(what_is_typed_at_a_node_whose_clock_is_behind_is_the_later_word_all_the_same) {
    TwoNodes two;
    two.keep(two.one, "第一稿");
    two.sync_all();
    two.other.clock.advance(-5 * kMinute);
    two.keep(two.other, "第二稿");
    two.sync_all();
    BOOST_TEST(two.address(two.one) == "第二稿");
    BOOST_TEST(two.address(two.other) == "第二稿");
}

BOOST_AUTO_TEST_CASE(a_clock_that_is_set_back_does_not_keep_a_draft_from_being_told) {
    TwoNodes two;
    two.keep(two.one, "第一稿");
    two.sync_all();
    two.one.clock.advance(-5 * kMinute);
    two.keep(two.one, "第二稿");
    two.sync_all();
    BOOST_TEST(two.address(two.other) == "第二稿");
}

BOOST_AUTO_TEST_CASE(of_two_words_at_the_same_moment_both_nodes_keep_the_same) {
    TwoNodes two;
    two.keep(two.one, "甲");
    two.keep(two.other, "乙");
    two.sync_all();
    BOOST_TEST(two.address(two.one) == two.address(two.other));
}

BOOST_AUTO_TEST_CASE(an_earlier_word_that_comes_late_brings_no_discarded_draft_back) {
    TwoNodes two;
    two.keep(two.one, "第一稿");
    two.sync_all();
    two.keep(two.other, "第二稿");
    two.one.clock.advance(kMinute);
    two.one.store->drafts().discard(two.id);
    two.sync_all();
    BOOST_TEST(two.address(two.one) == "none");
    BOOST_TEST(two.address(two.other) == "none");
}

BOOST_AUTO_TEST_CASE(a_discarded_draft_may_be_begun_again) {
    TwoNodes two;
    two.keep(two.one, "第一稿");
    two.sync_all();
    two.one.clock.advance(kMinute);
    two.one.store->drafts().discard(two.id);
    two.sync_all();
    two.keep(two.other, "新的一稿");
    two.sync_all();
    BOOST_TEST(two.address(two.one) == "新的一稿");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
