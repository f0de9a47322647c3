// A network that loses, cuts and garbles, and a node that dies in the middle: nothing is lost or done twice.
#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>

namespace wq::sync_test {

using Fate = LoopTransport::Fate;

namespace {

constexpr Fate kFates[] = {Fate::request_lost,   Fate::request_caught, Fate::answer_lost,
                           Fate::answer_garbled, Fate::answer_cut,     Fate::times_out};

// Enrolled; a round is eleven calls: the meeting, one push, five for a picture of three parts, one page of
// the feed, one list, and two to compare what both hold.
struct Busy {
    Busy() : node(platform, 1) {
        node.set_up(2);
        id = node.approved(1);
        const auto picture = node.store->pictures().keep(node.random.bytes(600'000), "image/png");
        domain::Command command;
        command.action = domain::Action::return_paper;
        command.actor = office();
        for (int page : {1, 2})
            command.pages.push_back({page, picture->hash, picture->size, picture->media_type, {}});
        BOOST_REQUIRE(node.store->registrations().act(id, command));
        BOOST_REQUIRE(node.enrol());
    }

    bool is_whole() {
        const auto schools = platform.registry->schools();
        for (const domain::Attachment& page : domain::attachments_of(*node.record(id)))
            if (!platform.registry->blob_parts(kSchool, page.picture).complete) return false;
        return schools[0].feed == 6 && are_equal(node, id) && node.store->pictures().to_send().empty() &&
               node.store->feed().cursor() == 6 && node.store->log().outbox().waiting == 0 &&
               node.store->log().outbox().rejected == 0 && node.store->audit().is_whole();
    }

    Platform platform;
    TestNode node;
    Uuid id;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(faults)

BOOST_AUTO_TEST_CASE(whatever_call_fails_in_whatever_way_the_next_round_completes) {
    for (const Fate fate : kFates)
        for (int failing = 1; failing <= 11; ++failing) {
            Busy busy;
            busy.node.transport.fate = [&](int call, const auto&) {
                return call == failing ? fate : Fate::arrives;
            };
            busy.node.sync();
            BOOST_TEST(!busy.node.sync().failed);
            BOOST_TEST(busy.is_whole(), "call " << failing << ", fate " << static_cast<int>(fate));
        }
}

BOOST_AUTO_TEST_CASE(a_network_that_dies_after_each_call_still_gets_there) {
    Busy busy;
    int budget = 0;
    busy.node.transport.fate = [&](int, const auto&) {
        return budget-- > 0 ? Fate::arrives : Fate::answer_lost;
    };
    for (int round = 0; round < 12 && !busy.is_whole(); ++round) {
        budget = 2;
        busy.node.sync();
    }
    BOOST_TEST(busy.is_whole());
}

BOOST_AUTO_TEST_CASE(an_upload_goes_on_where_it_was_cut) {
    Busy busy;
    int parts = 0;
    busy.node.transport.fate = [&](int, const protocol::Request& request) {
        if (request.method != "PUT") return Fate::arrives;
        return ++parts == 3 ? Fate::request_lost : Fate::arrives;
    };
    BOOST_TEST(busy.node.sync().failed->code == "platform_unreachable");
    busy.platform.restart();
    BOOST_TEST(!busy.node.sync().failed);
    // Three parts, the third of them twice.
    BOOST_TEST(parts == 4);
    BOOST_TEST(busy.is_whole());
}

BOOST_AUTO_TEST_CASE(an_upload_that_nobody_went_on_with_is_thrown_away) {
    Platform platform;
    const domain::Hash kept{1}, forgotten{2};
    for (const domain::Hash& hash : {kept, forgotten})
        BOOST_REQUIRE(platform.registry->put_blob_part(kSchool, hash, 0, Bytes(100, 7)));
    const auto folder = platform.folder.path() / "uploads" / kSchool / to_hex(forgotten);
    std::filesystem::last_write_time(
        folder, std::filesystem::file_time_type::clock::now() - std::chrono::hours(24 * 8));
    BOOST_TEST(platform.api->do_chores());
    BOOST_TEST(platform.registry->blob_parts(kSchool, kept).parts.size() == 1u);
    BOOST_TEST(platform.registry->blob_parts(kSchool, forgotten).parts.empty());
}

BOOST_AUTO_TEST_CASE(a_garbled_answer_is_told_and_nothing_of_it_believed) {
    Busy busy;
    busy.node.transport.fate = [](int, const auto&) { return Fate::answer_garbled; };
    BOOST_TEST(busy.node.sync().failed->code == "platform_answer_wrong");
    BOOST_TEST(busy.node.store->log().outbox().waiting == 6);
}

BOOST_AUTO_TEST_CASE(a_lost_answer_to_enrolment_is_asked_for_again) {
    for (int number : {0, 1}) {
        Platform platform;
        TestNode node(platform, number);
        const std::string code = platform.registry->new_enrol_code(kSchool).value();
        node.transport.fate = [](int call, const auto&) {
            return call == 1 ? Fate::answer_lost : Fate::arrives;
        };
        const auto lost = client::enrol(node.store->log(), node.world(), code);
        BOOST_TEST(lost.error().code == "platform_unreachable");
        const auto enrolled = client::enrol(node.store->log(), node.world(), code);
        BOOST_TEST((enrolled && enrolled->number == 1), "number " << number);
        BOOST_TEST(platform.registry->nodes(kSchool).size() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(a_portal_that_says_yes_to_a_small_picture_has_not_kept_it) {
    Busy busy;
    const auto picture = busy.node.store->pictures().keep(busy.node.random.bytes(2000), "image/png");
    BOOST_REQUIRE(busy.node.store->warnings().mark(
        {"91510107MAA31L7A7C", "云杉", "4", "宣传不实", {{"evidence", picture->hash, 2000, "image/png"}}},
        office()));
    busy.node.transport.fate = [](int, const protocol::Request& request) {
        return request.method == "PUT" ? Fate::request_caught : Fate::arrives;
    };
    busy.node.sync();
    busy.node.transport.fate = {};
    BOOST_TEST(!busy.node.sync().failed);
    BOOST_TEST(busy.platform.registry->blob_parts(kSchool, picture->hash).complete);
}

BOOST_AUTO_TEST_CASE(a_node_whose_clock_is_days_off_still_syncs) {
    Busy busy;
    busy.node.clock.advance(3 * kDay);
    const auto result = busy.node.sync();
    BOOST_TEST(!result.failed);
    BOOST_TEST(result.clock_offset_ms == -3 * kDay);
}

BOOST_AUTO_TEST_CASE(another_node_fetches_the_picture) {
    Busy busy;
    busy.node.sync();
    TestNode other(busy.platform);
    BOOST_REQUIRE(other.enrol());
    BOOST_TEST(other.sync().pictures_fetched == 1);
    const auto hash = busy.node.record(busy.id)->pages[0].picture;
    BOOST_TEST((other.store->pictures().read(hash) == busy.node.store->pictures().read(hash)));
    BOOST_TEST(other.store->pictures().to_send().empty());
    BOOST_TEST(other.sync().pictures_sent == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
