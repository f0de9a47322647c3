// What the platform says and settles by itself: warnings to every school, invitations in time, the province's
// settings, and a database that an earlier version made.
#include "sync/client/courier.h"
#include "sync/platform/courier.h"
#include "sync/platform/database.h"
#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>
#include <soci/sqlite3/soci-sqlite3.h>

#include <algorithm>

namespace wq::sync_test {
namespace {

const std::string kEmployer = "91510107MAA31L7A7C";

std::string school_of(int number) { return "1010" + std::to_string(number); }

// What a school was told of shared warnings, "schools:categories" one after another.
std::string told(Platform& platform, const std::string& school) {
    std::string all;
    for (const platform::EventLine& line : platform.registry->events(school))
        if (line.event && line.event->type == domain::event_type::kSharedWarning)
            all += (all.empty() ? "" : " ") + std::to_string(line.event->body["schools"].as_int()) + ":" +
                   line.event->body["categories"].as_text();
    return all;
}

// A node of another school than the world's own.
struct SchoolNode : TestNode {
    SchoolNode(Platform& its_platform, const std::string& code) : TestNode(its_platform) {
        BOOST_REQUIRE(its_platform.registry->add_school(code, "示例大学" + code));
        BOOST_REQUIRE(
            client::enrol(store->log(), world(), its_platform.registry->new_enrol_code(code).value()));
    }
    void warn(const std::string& category) {
        BOOST_REQUIRE(store->warnings().mark(
            {kEmployer, "云杉", category, "宣传不实", {{"evidence", {}, 1, "image/jpeg"}}}, office()));
    }
    void mark(const std::string& category) {
        warn(category);
        BOOST_TEST(sync().rejected == 0);
    }
};

// To an instance that does no chores.
struct Direct final : client::Transport {
    explicit Direct(platform::Api& its_api) : api(&its_api) {}
    Result<protocol::Response> send(const protocol::Request& request) override {
        return api->handle(request);
    }
    platform::Api* api;
};

std::vector<std::unique_ptr<SchoolNode>> marked_by_five(Platform& platform) {
    std::vector<std::unique_ptr<SchoolNode>> schools;
    for (int number = 1; number <= 5; ++number) {
        schools.push_back(std::make_unique<SchoolNode>(platform, school_of(number)));
        schools.back()->mark("4");
    }
    return schools;
}

domain::Command invitation() {
    domain::Command invite{domain::Action::invite, {domain::Role::employer, kEmployer}};
    invite.form = good_form();
    return invite;
}

void approve_employer(platform::Registry& registry) {
    domain::AccountCommand submit{domain::AccountAction::submit, {domain::Role::employer, kEmployer}};
    submit.form = {{"legal_representative", "示例法人"},     {"officer_name", "示例专员"},
                   {"officer_id", "510108199903140010"},     {"officer_mobile", "13800200001"},
                   {"officer_email", "officer@example.com"}, {"authorized_until", "2030-12-31"}};
    const domain::Form form = good_form();
    for (const domain::Field& field : domain::employer_fields())
        if (const auto value = domain::value_of(form, field.key); !value.empty())
            submit.form.emplace(field.key, value);
    for (const char* kind : {"business_licence", "authorization_letter"})
        submit.attachments.push_back({kind, {}, 1, "image/jpeg"});
    BOOST_REQUIRE(registry.act(kEmployer, submit));
    BOOST_REQUIRE(registry.act(kEmployer, {domain::AccountAction::approve, {domain::Role::ministry, "li"}}));
}

// A school with one graduate, whom an approved employer may invite.
struct Inviting {
    Inviting() : node(platform, 1) {
        node.set_up(1);
        BOOST_REQUIRE(node.enrol());
        BOOST_REQUIRE(node.store->graduates().confirm(exam_number(1)));
        BOOST_TEST(node.sync().rejected == 0);
        approve_employer(*platform.registry);
    }
    Result<domain::Registration> invite() {
        return platform.registry->act(kSchool, platform.registry->new_id(), exam_number(1), invitation());
    }
    void advance(std::int64_t ms) {
        platform.clock.advance(ms);
        node.clock.advance(ms);
    }

    Platform platform;
    TestNode node;
};

soci::session opened(const std::filesystem::path& database) {
    return {soci::sqlite3, "db=" + database.string()};
}

std::int64_t expiry_in(const std::filesystem::path& database) {
    soci::session sql = opened(database);
    std::int64_t expires = 0;
    sql << "SELECT expires FROM registration WHERE state = 'invited'", soci::into(expires);
    return expires;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(platform_itself)

BOOST_AUTO_TEST_CASE(a_school_that_comes_later_is_told_what_the_others_know) {
    Platform platform;
    const auto schools = marked_by_five(platform);
    BOOST_TEST(told(platform, kSchool) == "5:4");
    BOOST_REQUIRE(platform.registry->add_school("10107", "后来的示例大学"));
    BOOST_TEST(told(platform, "10107") == "5:4");
    BOOST_REQUIRE(platform.registry->add_school("10107", "改了名的示例大学"));
    BOOST_TEST(told(platform, "10107") == "5:4");
}

BOOST_AUTO_TEST_CASE(other_categories_are_told_though_the_number_is_the_same) {
    Platform platform;
    const auto schools = marked_by_five(platform);
    schools[0]->mark("2");
    BOOST_TEST(told(platform, kSchool) == "5:4 5:2,4");
    schools[0]->mark("2");
    BOOST_TEST(told(platform, kSchool) == "5:4 5:2,4");
    platform.restart();
    BOOST_TEST(told(platform, kSchool) == "5:4 5:2,4");
}

BOOST_AUTO_TEST_CASE(a_mark_that_came_on_a_stick_is_told_too) {
    Platform platform;
    const auto schools = marked_by_five(platform);
    const TemporaryFolder stick;
    SchoolNode& cut = *schools[0];
    cut.warn("2");
    BOOST_REQUIRE(client::write_parcels(client::SyncedParts::of(*cut.store), cut.world(), stick.path()));
    BOOST_REQUIRE(platform::take_parcels(*platform.registry, *platform.api, platform.random, stick.path()));
    BOOST_TEST(told(platform, kSchool) == "5:4 5:2,4");
}

BOOST_AUTO_TEST_CASE(what_an_instance_that_died_left_untold_is_told_within_the_hour) {
    Platform platform;
    const auto schools = marked_by_five(platform);
    {
        platform::Registry registry({platform.folder.path(), &platform.clock, &platform.random, &codes(),
                                     platform.database.address()});
        platform::Api api(registry);
        Direct way(api);
        auto world = schools[0]->world();
        world.transport = &way;
        schools[0]->warn("2");
        client::SyncStep(client::SyncedParts::of(*schools[0]->store), world).run();
    }
    platform.api->do_chores();
    BOOST_TEST(told(platform, kSchool) == "5:4");
    platform.clock.advance(60 * kMinute);
    platform.api->do_chores();
    BOOST_TEST(told(platform, kSchool) == "5:4 5:2,4");
}

BOOST_AUTO_TEST_CASE(an_invitation_that_lapsed_bars_no_new_one_though_nobody_has_asked_since) {
    Inviting inviting;
    BOOST_REQUIRE(inviting.invite());
    BOOST_TEST(inviting.invite().error().code == "already_invited");
    inviting.advance(5 * kDay);
    BOOST_TEST(inviting.invite().has_value());
}

BOOST_AUTO_TEST_CASE(a_late_acceptance_is_refused_whoever_asked_before) {
    for (const bool somebody_pulls : {false, true}) {
        Inviting inviting;
        const auto invited = inviting.invite();
        inviting.node.sync();
        const domain::Command accept{domain::Action::accept, {domain::Role::student, exam_number(1)}};
        inviting.advance(5 * kDay - kMinute);
        BOOST_REQUIRE(inviting.node.store->registrations().act(invited->id, accept));
        inviting.advance(kMinute);
        if (somebody_pulls) BOOST_REQUIRE(inviting.platform.registry->feed(kSchool, 0, 1));
        BOOST_TEST(inviting.node.sync().rejected == 1);
        BOOST_TEST((inviting.platform.registry->registration(invited->id)->state == domain::State::expired));
        BOOST_TEST(are_equal(inviting.node, invited->id));
    }
}

BOOST_AUTO_TEST_CASE(what_the_province_sets_comes_from_the_platform_alone) {
    Platform platform;
    BOOST_TEST(platform.registry->set(kSchool, {{"parties", "2"}}).error().code == "school_not_set_up");
    TestNode node(platform, 1);
    node.set_up(1);
    BOOST_REQUIRE(node.enrol());
    BOOST_TEST(node.sync().rejected == 0);
    auto& campus = node.store->campus();
    BOOST_REQUIRE(platform.registry->set(kSchool, {{"parties", "2"}}));
    node.sync();
    BOOST_TEST(campus.campus().parties() == 2);
    for (const auto& [settings, code] : {std::pair{domain::Form{{"mode", "demo"}}, "setting_not_yours"},
                                         std::pair{domain::Form{{"parties", "4"}}, "setting_value"},
                                         std::pair{domain::Form{{"party", "4"}}, "setting_unknown"}})
        BOOST_TEST(platform.registry->set(kSchool, settings).error().code == code);
}

BOOST_AUTO_TEST_CASE(a_node_that_speaks_for_the_province_is_refused) {
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(1);
    const domain::Actor province{domain::Role::province, "anybody"};
    BOOST_REQUIRE(node.store->campus().change({{"parties", "2"}}, province));
    BOOST_REQUIRE(node.store->campus().change({{"signing_open", "off"}}, province));
    BOOST_REQUIRE(node.enrol());
    BOOST_TEST(node.sync().rejected == 1);
    const auto events = platform.registry->events(kSchool);
    BOOST_TEST(std::ranges::count_if(events, [](const platform::EventLine& line) {
                   return line.entry.why.code == "setting_not_yours";
               }) == 1);
}

BOOST_AUTO_TEST_CASE(a_database_of_schema_2_is_brought_up_with_what_is_in_it) {
    if (is_on_server()) return;  // older versions knew files alone
    Inviting inviting;
    BOOST_REQUIRE(inviting.invite());
    inviting.platform.api.reset();
    inviting.platform.registry.reset();
    step_back(inviting.platform.folder.path() / "platform.db", 2);
    inviting.platform.restart();
    BOOST_TEST(expiry_in(inviting.platform.folder.path() / "platform.db") ==
               inviting.platform.clock.now().ms + 5 * kDay);
    approve_employer(*inviting.platform.registry);
    BOOST_TEST(inviting.platform.registry->expire_invitations(kSchool) == 0);
    BOOST_TEST(inviting.invite().error().code == "already_invited");
    inviting.advance(5 * kDay);
    BOOST_TEST(inviting.platform.registry->expire_invitations(kSchool) == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
