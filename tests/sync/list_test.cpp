// The list that verifies without a network: it comes with every round, and only as the platform signed it.
#include "sync/platform/database.h"
#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>

namespace wq::sync_test {

namespace {

struct OnePaper {
    OnePaper() : node(platform, 1) {
        node.set_up(1);
        id = node.approved(1);
        BOOST_REQUIRE(node.enrol());
        first = paper();
    }
    crypto::PaperName paper() { return {id, node.record(id)->paper->revision}; }
    void act(domain::Action action, domain::Actor actor = office()) {
        domain::Command command;
        command.action = action;
        command.actor = std::move(actor);
        command.reason = "信息有误";
        command.form = node.record(id)->form;
        BOOST_REQUIRE(node.store->registrations().act(id, command));
    }
    void issue_anew() {
        act(domain::Action::withdraw);
        act(domain::Action::submit, {domain::Role::student, node.record(id)->exam_number});
        BOOST_REQUIRE(node.pass(id));
    }
    bool has_ended(const crypto::PaperName& name) {
        const auto kept = node.store->papers().verification_list();
        return crypto::verification_list_from(kept->content)->ended.may_hold(name);
    }

    Platform platform;
    TestNode node;
    Uuid id;
    crypto::PaperName first;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(verification_list, OnePaper)

BOOST_AUTO_TEST_CASE(a_round_brings_what_has_ended) {
    BOOST_REQUIRE(node.sync().is_complete());
    BOOST_TEST(!has_ended(first));
    issue_anew();
    BOOST_REQUIRE(node.sync().is_complete());
    BOOST_TEST(has_ended(first));
    BOOST_TEST(!has_ended(paper()));
}

BOOST_AUTO_TEST_CASE(what_has_not_changed_does_not_travel_again) {
    node.sync();
    const Bytes content = node.store->papers().verification_list()->content;
    platform.clock.advance(60'000);
    const crypto::SignedList now = platform.registry->verification_list();
    BOOST_TEST((now.content == content));
    node.sync();
    const auto kept = node.store->papers().verification_list();
    BOOST_TEST((kept->as_of == now.as_of));
    BOOST_TEST(crypto::is_signed_by(*kept, *crypto::Verifier::from_spki(platform.registry->public_key())));
}

BOOST_AUTO_TEST_CASE(the_list_is_made_anew_where_a_paper_ended_and_not_for_every_approval) {
    const auto version = [&] {
        std::int64_t counted = -1;
        platform.registry->look([&](platform::Database& database) {
            database.sql() << "SELECT papers_version FROM feed_counter", soci::into(counted);
        });
        return counted;
    };
    BOOST_REQUIRE(node.sync().is_complete());
    BOOST_TEST(version() == 1);  // the school's name
    act(domain::Action::withdraw);
    BOOST_REQUIRE(node.sync().is_complete());
    BOOST_TEST(version() == 2);
}

BOOST_AUTO_TEST_CASE(a_new_school_and_a_new_name_are_in_the_list_at_once) {
    const auto names = [&] {
        return crypto::verification_list_from(platform.registry->verification_list().content)->schools;
    };
    BOOST_TEST(names().size() == 1u);
    BOOST_REQUIRE(platform.registry->add_school("10998", "别处示例大学"));
    BOOST_REQUIRE(platform.registry->add_school(kSchool, "示例理工大学"));
    BOOST_TEST(names().size() == 2u);
    BOOST_TEST(names().at(kSchool) == "示例理工大学");
}

// Another instance of the platform signed it before, or has a clock that is a little behind.
BOOST_AUTO_TEST_CASE(a_list_that_is_a_little_older_is_passed_over_and_a_much_older_one_is_refused) {
    BOOST_REQUIRE(node.sync().is_complete());
    const auto kept = node.store->papers().verification_list();
    for (const std::int64_t behind : {kSecond, 2 * kMinute}) {
        platform.clock.advance(kept->as_of.ms - behind - platform.clock.now().ms);
        BOOST_TEST(node.sync().is_complete());
    }
    platform.clock.advance(kept->as_of.ms - 2 * kMinute - 1 - platform.clock.now().ms);
    BOOST_TEST(node.sync().failed->code == "verification_list_old");
    BOOST_TEST((node.store->papers().verification_list()->as_of == kept->as_of));
}

BOOST_AUTO_TEST_CASE(a_list_that_another_signed_is_not_taken) {
    node.sync();
    node.store->log().set_note(client::note::kPlatformKey, to_hex(node.signer.public_key()));
    const auto before = node.store->papers().verification_list();
    const auto failed = node.sync().failed;
    BOOST_REQUIRE(failed.has_value());
    BOOST_TEST((node.store->papers().verification_list()->signature == before->signature));
}

BOOST_AUTO_TEST_CASE(papers_of_a_database_before_their_table_are_known) {
    if (is_on_server()) return;  // older versions knew files alone
    issue_anew();
    node.sync();
    platform.api.reset();
    platform.registry.reset();
    step_back(platform.folder.path() / "platform.db", 3);
    platform.restart();
    const auto list = crypto::verification_list_from(platform.registry->verification_list().content);
    BOOST_TEST(list->ended.count() == 1);
    BOOST_TEST(list->ended.may_hold(first));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
