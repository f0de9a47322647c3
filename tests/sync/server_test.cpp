// The server's own promises over real sockets: news at once, limits told at once, TLS, and a database that
// goes away and comes back.
#include "sync/platform/server.h"

#include "data/crypto/hash.h"
#include "data/os/files.h"
#include "tests/sync/world.h"

#include <arpa/inet.h>
#include <boost/test/unit_test.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

namespace wq::sync_test {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

// A platform that is served, and a node of it that talks through sockets.
struct Served {
    explicit Served(platform::Server::Options options = {}, const std::string& authority = {})
        : scheme(options.certificate.empty() ? "http" : "https"),
          server(*platform.api, options),
          thread([this] { server.run(); }),
          node(platform, 1),
          transport(scheme + "://127.0.0.1:" + std::to_string(server.port()),
                    client::HttpTransport::Patience{}, authority) {
        node.set_up(1);
    }
    ~Served() {
        server.stop();
        thread.join();
    }
    void join() { BOOST_REQUIRE(node.enrol()); }
    Result<protocol::Response> send(const std::string& target, const std::string& method = "GET",
                                    Bytes body = {}) {
        protocol::Request request{method, target, std::move(body), {}};
        protocol::sign(request, {kSchool, node.store->log().node().device}, node.signer, node.clock.now(),
                       node.random.bytes(16));
        return transport.send(request);
    }

    Platform platform;
    std::string scheme;
    platform::Server server;
    std::thread thread;
    TestNode node;
    client::HttpTransport transport;
};

std::int64_t last_in(const Result<protocol::Response>& response) {
    return protocol::feed_page_from(cbor::decode(response.value().body).value()).value().last;
}

std::string code_in(const Result<protocol::Response>& response) {
    const auto value = cbor::decode(response.value().body);
    return value ? (*value)["code"].as_text() : "";
}

double seconds_since(SteadyClock::time_point from) {
    return std::chrono::duration<double>(SteadyClock::now() - from).count();
}

// A key and a certificate for 127.0.0.1.
platform::Server::Options with_certificate(const TemporaryFolder& folder) {
    platform::Server::Options options;
    options.certificate = folder.path() / "certificate.pem";
    options.key = folder.path() / "key.pem";
    const std::string make =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=platform"
        " -addext subjectAltName=IP:127.0.0.1 -keyout " +
        options.key.string() + " -out " + options.certificate.string() + " 2>/dev/null";
    BOOST_REQUIRE(std::system(make.c_str()) == 0);
    return options;
}

// Asks, and takes the answer in pieces over so long a time; gives the number of bytes that came.
std::size_t slowly(std::uint16_t port, const protocol::Request& request, std::chrono::milliseconds time) {
    constexpr int kPieces = 100;
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    const int small = 64 << 10;
    ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_port = htons(port);
    there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    BOOST_REQUIRE(::connect(socket, reinterpret_cast<const sockaddr*>(&there), sizeof there) == 0);
    std::string head = request.method + " " + request.target + " HTTP/1.1\r\nHost: platform\r\n";
    for (const auto& [name, value] : request.headers) head += name + ": " + value + "\r\n";
    head += "Connection: close\r\n\r\n";
    BOOST_REQUIRE(::write(socket, head.data(), head.size()) == static_cast<ssize_t>(head.size()));
    std::size_t total = 0;
    std::vector<char> piece(std::size_t{256} << 10);
    for (ssize_t got = 1; got > 0;) {
        for (std::size_t taken = 0; got > 0 && taken < piece.size(); taken += static_cast<std::size_t>(got)) {
            got = ::read(socket, piece.data(), piece.size() - taken);
            if (got > 0) total += static_cast<std::size_t>(got);
            if (got <= 0) break;
        }
        std::this_thread::sleep_for(time / kPieces);
    }
    ::close(socket);
    return total;
}

int control_postgres(const std::string& what) {
    return std::system(
        (std::string(std::getenv("WANGQIAN_TEST_POSTGRES_CTL")) + " " + what + " >/dev/null 2>&1").c_str());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(server)

BOOST_AUTO_TEST_CASE(who_waits_for_news_has_them_at_once) {
    Served served;
    served.join();
    TestNode other(served.platform);
    BOOST_REQUIRE(other.enrol());
    BOOST_REQUIRE(served.node.sync().is_complete());
    const std::int64_t seen = served.node.store->feed().cursor();
    served.node.submitted(1);
    SteadyClock::time_point pushed;
    std::thread writer([&] {
        std::this_thread::sleep_for(300ms);
        served.node.sync();
        pushed = SteadyClock::now();
    });
    const auto news = served.send("/v1/feed?after=" + std::to_string(seen) + "&wait=20");
    writer.join();
    BOOST_TEST(last_in(news) > seen);
    BOOST_TEST(seconds_since(pushed) < 1.0);
}

BOOST_AUTO_TEST_CASE(who_waits_for_nothing_is_answered_in_time) {
    Served served;
    served.join();
    const auto from = SteadyClock::now();
    BOOST_TEST(last_in(served.send("/v1/feed?after=0&wait=1")) == 0);
    BOOST_TEST(seconds_since(from) >= 0.9);
    BOOST_TEST(seconds_since(from) < 3.0);
}

BOOST_AUTO_TEST_CASE(a_hundred_waiting_cost_no_worker) {
    Served served({.workers = 2});
    served.join();
    std::vector<std::thread> waiting;
    const std::string address = "http://127.0.0.1:" + std::to_string(served.server.port());
    const Uuid device = served.node.store->log().node().device;  // a store is for one thread
    for (int i = 0; i < 100; ++i)
        waiting.emplace_back([&, address] {
            client::HttpTransport transport(address);
            protocol::Request request{"GET", "/v1/feed?after=0&wait=3", {}, {}};
            protocol::sign(request, {kSchool, device}, served.node.signer, served.node.clock.now(),
                           crypto::SystemRandom().bytes(16));
            transport.send(request);
        });
    std::this_thread::sleep_for(500ms);
    const auto from = SteadyClock::now();
    BOOST_TEST(served.send("/v1/status")->status == 200);
    BOOST_TEST(seconds_since(from) < 1.0);
    for (std::thread& one : waiting) one.join();
}

BOOST_AUTO_TEST_CASE(too_many_requests_are_told_to_come_again) {
    Served served({.requests = 0});
    const auto answer = served.send("/v1/status");
    BOOST_TEST(answer->status == 429);
    BOOST_TEST(protocol::header_of(answer->headers, "retry-after") == "2");
    Served narrow({.bodies = 1 << 20});
    BOOST_TEST(narrow.send("/v1/push", "POST", Bytes(2 << 20))->status == 429);
    BOOST_TEST(narrow.send("/v1/push", "POST", Bytes(1 << 19))->status == 403);
}

BOOST_AUTO_TEST_CASE(it_speaks_tls_to_those_who_know_its_certificate) {
    const TemporaryFolder folder;
    const auto options = with_certificate(folder);
    const std::string authority = os::read_text(options.certificate).value();
    Served served(options, authority);
    served.join();
    BOOST_TEST(served.send("/v1/status")->status == 200);
    client::HttpTransport stranger("https://127.0.0.1:" + std::to_string(served.server.port()));
    BOOST_TEST(stranger.send({"GET", "/v1/status"}).error().code == "platform_unproven");
    client::HttpTransport plain("http://127.0.0.1:" + std::to_string(served.server.port()));
    BOOST_TEST(!plain.send({"GET", "/v1/status"}));
}

// A picture over a slow line: longer under way than anybody's silence is borne.
BOOST_AUTO_TEST_CASE(who_takes_an_answer_slowly_has_it_whole) {
    Served served({.patience = 400ms});
    served.join();
    const Bytes picture = served.platform.random.bytes(std::size_t{24} << 20);
    const auto hash = crypto::sm3(picture);
    for (std::size_t at = 0; at < picture.size(); at += protocol::kPartSize)
        BOOST_REQUIRE(served.platform.registry->put_blob_part(
            kSchool, hash, at / protocol::kPartSize, ByteView(picture).subspan(at, protocol::kPartSize)));
    BOOST_REQUIRE(served.platform.registry->commit_blob(kSchool, hash, "image/png"));
    protocol::Request request{"GET", "/v1/blobs/" + to_hex(hash), {}, {}};
    protocol::sign(request, {kSchool, served.node.store->log().node().device}, served.node.signer,
                   served.node.clock.now(), served.node.random.bytes(16));
    BOOST_TEST(slowly(served.server.port(), request, 2s) > picture.size());
}

BOOST_AUTO_TEST_CASE(a_certificate_that_cannot_be_read_is_no_server) {
    Platform platform;
    BOOST_CHECK_THROW(platform::Server(*platform.api, {.certificate = "/nowhere", .key = "/nowhere"}), Fault);
}

BOOST_AUTO_TEST_CASE(a_database_that_was_away_is_found_again) {
    if (!is_on_server()) return;
    Served served;
    served.join();
    BOOST_REQUIRE(served.node.sync().is_complete());
    served.node.submitted(1);
    BOOST_REQUIRE(control_postgres("-m immediate stop") == 0);
    BOOST_TEST(served.send("/v1/status")->status == 503);
    BOOST_TEST(code_in(served.send("/v1/status")) == "database_away");
    BOOST_TEST(served.node.sync().failed->code == "database_away");
    BOOST_REQUIRE(control_postgres("start") == 0);
    BOOST_TEST(served.send("/v1/status")->status == 200);
    BOOST_TEST(served.node.sync().is_complete());
    BOOST_TEST(served.node.store->log().outbox().waiting == 0);
}

BOOST_AUTO_TEST_CASE(a_restarted_database_costs_nobody_an_answer) {
    if (!is_on_server()) return;
    Served served;
    served.join();
    BOOST_REQUIRE(control_postgres("-m fast restart") == 0);
    served.node.submitted(1);
    BOOST_TEST(served.node.sync().is_complete());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
