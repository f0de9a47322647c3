// The same over real sockets, and the program itself.
#include "data/base/utf8.h"
#include "sync/client/back_off.h"
#include "sync/platform/server.h"
#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>

#include <thread>

namespace wq::sync_test {
namespace {

struct Served {
    Served() : server(*platform.api, {}), thread([this] { server.run(); }) {}
    ~Served() {
        server.stop();
        thread.join();
    }
    std::string address() const { return "http://127.0.0.1:" + std::to_string(server.port()); }

    Platform platform;
    platform::Server server;
    std::thread thread;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(http)

BOOST_AUTO_TEST_CASE(a_node_enrols_and_syncs_over_sockets) {
    Served served;
    TestNode node(served.platform, 1);
    node.set_up(2);
    const Uuid id = node.approved(1);
    client::HttpTransport transport(served.address());
    auto world = node.world();
    world.transport = &transport;
    const std::string code = served.platform.registry->new_enrol_code(kSchool).value();
    BOOST_REQUIRE(client::enrol(node.store->log(), world, code));
    const auto result = client::SyncStep(client::SyncedParts::of(*node.store), world).run();
    BOOST_TEST(!result.failed);
    BOOST_TEST(result.accepted == 5);
    BOOST_TEST(are_equal(node, id));
}

BOOST_AUTO_TEST_CASE(heads_and_bodies_pass_whole) {
    Served served;
    client::HttpTransport transport(served.address());
    const auto status = transport.send({"GET", "/v1/status", {}, {}});
    BOOST_REQUIRE(status);
    BOOST_TEST(status->status == 401);
    BOOST_TEST(status->media_type == protocol::kCborMediaType);
    const auto head = transport.send({"HEAD", "/v1/status", {}, {}});
    BOOST_REQUIRE(head);
    BOOST_TEST(head->body.empty());
    const auto too_large = transport.send({"POST", "/v1/push", Bytes(protocol::kMaxBody + 1), {}});
    BOOST_TEST((!too_large || too_large->status == 413));
    BOOST_TEST(transport.send({"GET", "/v1/status", {}, {}}).has_value());
}

BOOST_AUTO_TEST_CASE(a_closed_port_and_a_silent_one_are_told_apart) {
    client::HttpTransport closed("http://127.0.0.1:9");
    BOOST_TEST(closed.send({"GET", "/"}).error().code == "platform_unreachable");
    // Listens, and nobody serves it.
    Platform platform;
    platform::Server server(*platform.api, {});
    client::HttpTransport silent("http://127.0.0.1:" + std::to_string(server.port()), {1000, 1, 300});
    BOOST_TEST(silent.send({"GET", "/"}).error().code == "platform_timeout");
}

BOOST_AUTO_TEST_CASE(the_public_page_is_honest_about_what_it_does_not_know) {
    Platform platform;
    const auto page = platform.api->handle({"GET", "/V/<script>alert(1)</script>"});
    BOOST_TEST(page.status == 404);
    BOOST_TEST(text_of(page.body).find("未能核验") != std::string_view::npos);
    BOOST_TEST(text_of(page.body).find("<script>") == std::string_view::npos);
    BOOST_TEST(
        protocol::header_of(page.headers, "content-security-policy").starts_with("default-src 'none'"));
}

BOOST_AUTO_TEST_CASE(the_public_page_shows_what_the_register_says_of_a_genuine_code) {
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(1);
    const auto issuer = crypto::FileSigner::generate(crypto::Algorithm::sm2);
    node.store->campus().trust_key({issuer.public_key(), kSchool, false, 0}, office());
    const Uuid id = node.approved(1);
    BOOST_REQUIRE(node.enrol());
    BOOST_TEST(node.sync().rejected == 0);
    domain::PrintCode code;
    code.registration = id;
    code.revision = 1;
    code.number = node.record(id)->number;
    code.day = 20780;
    code.page = code.pages = 1;
    code.template_version = "1";
    const std::string text = crypto::signed_page_codes(code, Bytes(16), issuer, "X")[0].lower;
    const auto page = platform.api->handle({"GET", text.substr(text.find("/V/"))});
    BOOST_TEST(page.status == 200);
    for (const std::string_view part : {std::string_view(code.number), std::string_view("陆*")})
        BOOST_TEST(text_of(page.body).find(part) != std::string_view::npos);
    BOOST_TEST(text_of(page.body).find("陆示例") == std::string_view::npos);
}

BOOST_AUTO_TEST_CASE(waiting_doubles_to_a_quarter_of_an_hour_and_starts_again) {
    crypto::SystemRandom random;
    client::BackOff back_off(random);
    BOOST_TEST(back_off.next() <= 2 * kSecond);
    std::int64_t longest = 0;
    for (int i = 0; i < 200; ++i) longest = std::max(longest, back_off.next());
    BOOST_TEST(longest <= 15 * kMinute);
    BOOST_TEST(longest > 5 * kMinute);
    back_off.reset();
    BOOST_TEST(back_off.next() <= 2 * kSecond);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
