// The courier: the outbox on a stick, brought in any order, twice, damaged, or to the wrong place.
#include "sync/client/courier.h"

#include "data/os/files.h"
#include "sync/platform/courier.h"
#include "sync/protocol/parcel.h"
#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace wq::sync_test {

namespace fs = std::filesystem;

namespace {

// Enrolled and synced while there was a line; then acts, one with a picture of several parts.
struct Cut {
    Cut() : node(platform, 1) {
        node.set_up(4);
        BOOST_REQUIRE(node.enrol());
        BOOST_REQUIRE(!node.sync().failed);
        node.transport.fate = [](int, const auto&) { return LoopTransport::Fate::request_lost; };
        id = node.approved(1);
        return_pages(id, 600'000);
    }

    void return_pages(const Uuid& of, std::size_t size) {
        domain::Command command;
        command.action = domain::Action::return_paper;
        command.actor = office();
        for (int page : {1, 2}) {
            const auto picture = node.store->pictures().keep(node.random.bytes(size), "image/png");
            command.pages.push_back({page, picture->hash, picture->size, picture->media_type, {}});
        }
        BOOST_REQUIRE(node.store->registrations().act(of, command));
    }

    client::SyncedParts parts(TestNode& of) { return client::SyncedParts::of(*of.store); }
    client::Written write() { return client::write_parcels(parts(node), node.world(), stick.path()).value(); }
    std::vector<platform::TakenParcel> take(Platform& at) {
        return platform::take_parcels(*at.registry, *at.api, at.random, stick.path()).value();
    }
    Result<client::SyncResult> read(TestNode& at) {
        return client::read_parcels(parts(at), at.world(), stick.path());
    }
    fs::path file(const std::string& ending) {
        for (const auto& entry : fs::directory_iterator(stick.path()))
            if (entry.path().extension() == ending) return entry.path();
        return {};
    }
    bool is_whole() {
        return node.store->log().outbox().waiting == 0 && node.store->pictures().to_send().empty() &&
               are_equal(node, id) && node.store->audit().is_whole();
    }

    Platform platform;
    TestNode node;
    TemporaryFolder stick;
    Uuid id;
};

std::string code_of(const std::vector<platform::TakenParcel>& taken) {
    return taken.at(0).why ? taken.at(0).why->code : "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(courier)

BOOST_AUTO_TEST_CASE(what_waits_travels_on_a_stick_and_comes_back_answered) {
    Cut cut;
    const auto written = cut.write();
    BOOST_TEST(written.events == 4);
    BOOST_TEST(written.pictures == 2);
    BOOST_TEST(written.files == 1);
    // It comes days later.
    cut.platform.clock.advance(6 * kDay);
    const auto taken = cut.take(cut.platform);
    BOOST_TEST(code_of(taken) == "");
    BOOST_TEST(taken[0].refused == 0);
    const auto read = cut.read(cut.node);
    BOOST_REQUIRE(read);
    BOOST_TEST(!read->failed);
    BOOST_TEST(read->accepted == 4);
    BOOST_TEST(cut.is_whole());
}

BOOST_AUTO_TEST_CASE(brought_twice_in_any_order_and_beside_the_line_nothing_happens_twice) {
    Cut cut;
    cut.write();
    cut.take(cut.platform);
    const auto events = cut.platform.registry->events(kSchool).size();
    cut.take(cut.platform);
    BOOST_TEST(cut.platform.registry->events(kSchool).size() == events);
    BOOST_REQUIRE(cut.read(cut.node));
    BOOST_REQUIRE(cut.read(cut.node));
    BOOST_TEST(cut.is_whole());
    // The line is back, and then the old stick comes once more.
    cut.node.transport.fate = {};
    const Uuid late = cut.node.submitted(2);
    BOOST_TEST(!cut.node.sync().failed);
    cut.take(cut.platform);
    const auto read = cut.read(cut.node);
    BOOST_TEST(!read->failed);
    BOOST_TEST(are_equal(cut.node, late));
    BOOST_TEST(cut.is_whole());
}

BOOST_AUTO_TEST_CASE(a_second_stick_that_arrives_before_the_first_is_answered_with_what_is_missing) {
    Cut cut;
    cut.write();
    TemporaryFolder first;
    fs::copy(cut.stick.path(), first.path(), fs::copy_options::recursive);
    cut.take(cut.platform);
    BOOST_REQUIRE(cut.read(cut.node));
    cut.node.submitted(2);
    cut.write();
    BOOST_TEST(cut.take(cut.platform)[0].refused == 0);
    BOOST_TEST(!cut.read(cut.node)->failed);
    const auto again =
        platform::take_parcels(*cut.platform.registry, *cut.platform.api, cut.platform.random, first.path());
    BOOST_TEST(again->at(0).refused == 0);
    BOOST_TEST(client::read_parcels(cut.parts(cut.node), cut.node.world(), first.path()).has_value());
    BOOST_TEST(cut.is_whole());
}

BOOST_AUTO_TEST_CASE(nobody_but_the_platform_reads_what_is_on_the_stick) {
    Cut cut;
    cut.write();
    const Bytes bytes = *os::read_file(cut.file(".requests"));
    const std::string text(bytes.begin(), bytes.end());
    for (const char* secret : {"陆示例", "成都云杉示例软件有限公司", "13800020000", "26109990000001"})
        BOOST_TEST(text.find(secret) == std::string::npos);
    Platform other;
    BOOST_TEST(code_of(cut.take(other)) == "device_unknown");
}

BOOST_AUTO_TEST_CASE(a_stick_for_another_platform_or_another_node_is_told_so) {
    Cut cut;
    cut.write();
    Platform other;
    TestNode stranger(other, 1);
    stranger.set_up(1);
    BOOST_REQUIRE(stranger.enrol());
    // Sealed for the first platform, and sent as if by a node that the second one knows.
    const auto key = crypto::Verifier::from_spki(cut.platform.registry->public_key()).value();
    const protocol::Parcel parcel{
        protocol::Parcel::Kind::requests, {kSchool, stranger.store->log().node().device}, {}};
    TemporaryFolder astray;
    BOOST_REQUIRE(os::write_file(astray.path() / "a.requests",
                                 protocol::pack(parcel, key, stranger.signer, stranger.random)));
    BOOST_TEST(code_of(*platform::take_parcels(*other.registry, *other.api, other.random, astray.path())) ==
               "courier_not_ours");
    cut.take(cut.platform);
    TestNode second(cut.platform);
    BOOST_REQUIRE(second.enrol());
    BOOST_TEST(cut.read(second).error().code == "courier_other_node");
}

BOOST_AUTO_TEST_CASE(every_damage_is_noticed_and_nothing_is_taken) {
    Cut cut;
    cut.write();
    const fs::path file = cut.file(".requests");
    const Bytes whole = *os::read_file(file);
    for (std::size_t at = 0; at < whole.size(); at += whole.size() / 40) {
        Bytes damaged = whole;
        damaged[at] ^= 0x10;
        BOOST_REQUIRE(os::write_file(file, damaged));
        const std::string code = code_of(cut.take(cut.platform));
        BOOST_TEST((code == "courier_damaged" || code == "courier_forged" || code == "device_unknown"), code);
    }
    BOOST_REQUIRE(os::write_file(file, ByteView(whole).first(whole.size() / 2)));
    BOOST_TEST(code_of(cut.take(cut.platform)) == "courier_damaged");
    BOOST_TEST(cut.platform.registry->events(kSchool).size() == 2u);
    BOOST_REQUIRE(os::write_file(file, whole));
    cut.take(cut.platform);
    const fs::path answers = cut.file(".answers");
    Bytes damaged = *os::read_file(answers);
    damaged[damaged.size() / 2] ^= 1;
    BOOST_REQUIRE(os::write_file(answers, damaged));
    BOOST_TEST(cut.read(cut.node).error().code == "courier_forged");
    BOOST_TEST(cut.node.store->log().outbox().waiting == 4);
}

BOOST_AUTO_TEST_CASE(an_empty_folder_and_a_node_adrift_are_told) {
    Cut cut;
    BOOST_TEST(cut.read(cut.node).error().code == "courier_none");
    BOOST_TEST(platform::take_parcels(*cut.platform.registry, *cut.platform.api, cut.platform.random,
                                      cut.stick.path())
                   .error()
                   .code == "courier_none");
    cut.node.store->log().set_adrift();
    BOOST_TEST(client::write_parcels(cut.parts(cut.node), cut.node.world(), cut.stick.path()).error().code ==
               "device_adrift");
}

BOOST_AUTO_TEST_CASE(a_long_outbox_fills_several_files_and_others_news_come_back) {
    Cut cut;
    TestNode office_node(cut.platform);
    BOOST_REQUIRE(office_node.enrol());
    office_node.sync();
    const Uuid theirs = office_node.submitted(3);
    office_node.sync();
    for (int student : {2, 4}) cut.return_pages(cut.node.approved(student), 9'000'000);
    const auto written = cut.write();
    BOOST_TEST(written.files == 2);
    cut.take(cut.platform);
    BOOST_TEST(!cut.read(cut.node)->failed);
    BOOST_TEST(are_equal(cut.node, theirs));
    BOOST_TEST(cut.is_whole());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
