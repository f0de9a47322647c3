#include "data/os/files.h"
#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace wq::sync_test {

BOOST_AUTO_TEST_SUITE(rounds)

BOOST_AUTO_TEST_CASE(what_a_node_did_offline_reaches_the_platform) {
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(3);
    const Uuid id = node.approved(1);
    BOOST_REQUIRE(node.enrol());
    const auto result = node.sync();
    BOOST_TEST(!result.failed);
    // settings, roster, confirmation, submission, approval
    BOOST_TEST(result.accepted == 5);
    BOOST_TEST(result.rejected == 0);
    BOOST_TEST(are_equal(node, id));
    BOOST_TEST(node.store->log().outbox().waiting == 0);
}

BOOST_AUTO_TEST_CASE(a_second_round_changes_nothing) {
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(3);
    node.approved(1);
    BOOST_REQUIRE(node.enrol());
    node.sync();
    const auto before = platform.registry->schools()[0].feed;
    const auto result = node.sync();
    BOOST_TEST(!result.failed);
    BOOST_TEST(result.pushed == 0);
    BOOST_TEST(result.pulled == 0);
    BOOST_TEST(platform.registry->schools()[0].feed == before);
}

BOOST_AUTO_TEST_CASE(a_new_node_enrols_and_pulls_equal_records) {
    Platform platform;
    TestNode first(platform, 1), second(platform);
    first.set_up(5);
    const Uuid one = first.approved(1), two = first.submitted(2);
    BOOST_REQUIRE(first.enrol());
    first.sync();
    const auto enrolled = second.enrol();
    BOOST_REQUIRE(enrolled);
    BOOST_TEST(enrolled->number == 2);
    BOOST_TEST(!second.sync().failed);
    BOOST_TEST((second.record(one) == first.record(one)));
    BOOST_TEST((second.record(two) == first.record(two)));
    BOOST_TEST(second.store->graduates().count() == 5);
    BOOST_TEST(second.store->campus().campus().school_name() == "示例大学");
}

BOOST_AUTO_TEST_CASE(what_another_node_reviews_comes_back) {
    Platform platform;
    TestNode kiosk(platform, 1), desk(platform);
    kiosk.set_up(2);
    const Uuid id = kiosk.submitted(1);
    BOOST_REQUIRE(kiosk.enrol());
    kiosk.sync();
    BOOST_REQUIRE(desk.enrol());
    desk.sync();
    BOOST_REQUIRE(desk.pass(id));
    desk.sync();
    kiosk.sync();
    BOOST_TEST((kiosk.record(id)->state == domain::State::approved));
    BOOST_TEST(are_equal(kiosk, id));
    BOOST_TEST(are_equal(desk, id));
}

BOOST_AUTO_TEST_CASE(what_was_confirmed_at_one_node_is_confirmed_wherever_the_roster_was_corrected) {
    Platform platform;
    TestNode one(platform, 1), other(platform);
    one.set_up(2);
    BOOST_REQUIRE(one.enrol());
    one.sync();
    BOOST_REQUIRE(other.enrol());
    other.sync();
    const auto correct = [](TestNode& node, const char* student, const char* major) {
        domain::Form base = node.store->graduates().search({}, student).at(0).base;
        base["major"] = major;
        node.store->graduates().import({base}, {domain::Role::school, "office"});
    };
    const auto all = one.store->graduates().search({}, "");
    const std::string first = all.at(0).exam_number(), second = all.at(1).exam_number();
    correct(other, first.c_str(), "逻辑学");
    correct(other, first.c_str(), "伦理学");
    correct(one, second.c_str(), "美学");
    one.sync();
    other.sync();
    BOOST_REQUIRE(other.store->graduates().confirm(first));
    const auto result = other.sync();
    BOOST_TEST(result.rejected == 0);
    one.sync();
    BOOST_TEST(one.store->graduates().find(first)->is_confirmed());
}

BOOST_AUTO_TEST_CASE(data_that_come_back_are_confirmed_on_the_platform_as_they_are_at_the_node) {
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(1);
    BOOST_REQUIRE(node.enrol());
    const std::string exam = exam_number(1);
    BOOST_REQUIRE(node.store->graduates().confirm(exam));
    for (const char* major : {"逻辑学", "软件工程"}) {
        domain::Form base = node.store->graduates().find(exam)->base;
        base["major"] = major;
        node.store->graduates().import({base}, office());
        BOOST_TEST(!node.sync().failed);
    }
    BOOST_TEST(node.store->graduates().find(exam)->is_confirmed());
    node.submitted(1);
    BOOST_TEST(node.sync().rejected == 0);
}

BOOST_AUTO_TEST_CASE(two_nodes_offline_approve_two_agreements_of_one_student_and_one_takes_the_slot) {
    Platform platform;
    TestNode first(platform, 1), second(platform);
    first.set_up(1);
    BOOST_REQUIRE(first.enrol());
    first.sync();
    BOOST_REQUIRE(second.enrol());
    second.sync();
    const Uuid winner = first.approved(1, "甲示例公司"), loser = second.approved(1, "乙示例公司");
    BOOST_TEST(first.sync().rejected == 0);
    const auto result = second.sync();
    // Somebody holds the slot when they arrive: neither the submission nor its approval stands.
    BOOST_TEST(result.rejected == 2);
    BOOST_TEST((second.record(winner)->state == domain::State::approved));
    BOOST_TEST(!second.record(loser));
    BOOST_TEST(
        std::ranges::count(second.store->feed().conflicts(), "already_engaged", &store::Conflict::code));
    BOOST_TEST((platform.registry->registration(winner)->state == domain::State::approved));
    BOOST_TEST(!platform.registry->registration(loser));
}

BOOST_AUTO_TEST_CASE(two_submissions_stand_until_the_first_approval) {
    Platform platform;
    TestNode first(platform, 1), second(platform);
    first.set_up(1);
    BOOST_REQUIRE(first.enrol());
    first.sync();
    BOOST_REQUIRE(second.enrol());
    second.sync();
    const Uuid one = first.submitted(1, "甲示例公司"), two = second.approved(1, "乙示例公司");
    BOOST_TEST(first.sync().rejected == 0);
    BOOST_TEST(second.sync().rejected == 0);
    // The first node has not heard of it yet.
    BOOST_REQUIRE(first.pass(one));
    BOOST_TEST(first.sync().rejected == 1);
    BOOST_TEST(first.store->feed().conflicts().at(0).code == "already_engaged");
    BOOST_TEST((first.record(one)->state == domain::State::school_review));
    BOOST_TEST((first.record(two)->state == domain::State::approved));
    BOOST_TEST(are_equal(first, one));
    BOOST_TEST(are_equal(second, one));
}

BOOST_AUTO_TEST_CASE(the_first_withdrawal_wins_and_the_late_approval_is_told) {
    Platform platform;
    TestNode first(platform, 1), second(platform);
    first.set_up(1);
    const Uuid id = first.submitted(1);
    BOOST_REQUIRE(first.enrol());
    first.sync();
    BOOST_REQUIRE(second.enrol());
    second.sync();
    domain::Command withdraw;
    withdraw.action = domain::Action::withdraw;
    withdraw.actor = office();
    withdraw.reason = "信息有误";
    BOOST_REQUIRE(first.store->registrations().act(id, withdraw));
    BOOST_REQUIRE(second.pass(id));
    first.sync();
    second.sync();
    BOOST_TEST(second.store->feed().conflicts().at(0).code == "changed_meanwhile");
    BOOST_TEST((second.record(id)->state == domain::State::returned));
    BOOST_TEST(are_equal(second, id));
}

// Both counted three acts, and both are in review: only who has seen the last act may go on from it.
BOOST_AUTO_TEST_CASE(nobody_approves_a_form_that_was_not_the_one_looked_at) {
    Platform platform;
    TestNode first(platform, 1), second(platform);
    first.set_up(1);
    const Uuid id = first.submitted(1, "甲示例公司");
    BOOST_REQUIRE(first.enrol());
    first.sync();
    BOOST_REQUIRE(second.enrol());
    second.sync();
    const auto submit_again = [&](TestNode& node, const std::string& employer) {
        domain::Command back{domain::Action::send_back, office()};
        back.reason = "信息有误";
        BOOST_REQUIRE(node.store->registrations().act(id, back));
        domain::Command submit{domain::Action::submit, {domain::Role::student, exam_number(1)}};
        submit.form = good_form();
        submit.form["employer_name"] = employer;
        BOOST_REQUIRE(node.store->registrations().act(id, submit));
    };
    submit_again(first, "乙示例公司");
    submit_again(second, "丙示例公司");
    BOOST_REQUIRE(second.pass(id));
    BOOST_TEST(first.sync().rejected == 0);
    BOOST_TEST(second.sync().rejected == 3);
    BOOST_TEST((platform.registry->registration(id)->state == domain::State::school_review));
    BOOST_TEST(second.store->feed().conflicts().size() == 3u);
    BOOST_TEST(are_equal(first, id));
    BOOST_TEST(are_equal(second, id));
    // Having seen it, the second may go on.
    BOOST_REQUIRE(second.pass(id));
    BOOST_TEST(second.sync().rejected == 0);
}

BOOST_AUTO_TEST_CASE(the_platform_keeps_everything_over_a_restart) {
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(2);
    const Uuid id = node.approved(1);
    BOOST_REQUIRE(node.enrol());
    node.sync();
    platform.restart();
    node.submitted(2);
    BOOST_TEST(!node.sync().failed);
    BOOST_TEST(are_equal(node, id));
}

// A new one would seal what nobody could open once the old one is back. A database of before 8 does not say
// yet by which it is sealed.
BOOST_AUTO_TEST_CASE(a_platform_whose_key_is_gone_waits_until_it_is_back) {
    for (const bool is_older : {false, true}) {
        Platform platform;
        TestNode node(platform, 1);
        node.set_up(1);
        const Uuid id = node.approved(1);
        BOOST_REQUIRE(node.enrol());
        node.sync();
        platform.api.reset();
        platform.registry.reset();
        if (is_older)
            step_back(is_on_server() ? platform.database.address()
                                     : (platform.folder.path() / "platform.db").string(),
                      7);
        const auto key = platform.folder.path() / "keys" / "seal.key";
        const Bytes kept = os::read_file(key, 64).value();
        std::filesystem::remove(key);
        BOOST_CHECK_EXCEPTION(platform.restart(), Fault, [](const Fault& fault) {
            return std::string_view(fault.what()).find("seal.key") != std::string_view::npos;
        });
        BOOST_REQUIRE(os::write_file(key, kept, true));
        platform.restart();
        BOOST_TEST(node.sync().is_complete());
        BOOST_TEST(are_equal(node, id));
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
