#define BOOST_TEST_DYN_LINK
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/acceptance/campus.h"
#include "tests/acceptance/processes.h"
#include "tests/e2e/process.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>
#include <netinet/in.h>
#include <nlohmann/json.hpp>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <thread>

using namespace wq;
using acceptance::DemoCampus;
using acceptance::Platform;
using acceptance::run_wangqian;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

// Listens where a platform should, and answers every request with the same bytes; with none it says nothing.
class Impostor {
  public:
    explicit Impostor(std::string answer) : answer_(std::move(answer)) {
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        BOOST_REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
        BOOST_REQUIRE(::listen(socket_, 8) == 0);
        socklen_t length = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &length);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~Impostor() {
        ::shutdown(socket_, SHUT_RDWR);
        ::close(socket_);
        thread_.join();
    }
    std::string address() const { return "http://127.0.0.1:" + std::to_string(port_); }

  private:
    void serve() {
        for (int peer; (peer = ::accept(socket_, nullptr, nullptr)) >= 0;) {
            char request[65536];
            (void)!::read(peer, request, sizeof request);
            (void)!::write(peer, answer_.data(), answer_.size());
            ::close(peer);
        }
    }

    std::string answer_;
    int socket_ = -1;
    int port_ = 0;
    std::thread thread_;
};

// A campus with one signed agreement, its pages attached, closed so that commands can work on it.
struct Signed : DemoCampus {
    Signed() {
        const auto session = first_student();
        id = approved(session);
        const Bytes pdf = *students->pdf(session, id);
        desk::Returning returning(*home, *paper);
        for (int number = 1; number <= 2; ++number) {
            scan::Picture page = workshop::printed(pdf, number, 150);
            if (number == 1) workshop::press_seal(page, {47, 216}, {}, 1);
            (void)returning.take({"page", scan::to_jpeg(page)}, std::nullopt);
        }
        BOOST_REQUIRE(
            (staff->act(school(), id, domain::Action::pass, "")->state == domain::State::effective));
        events = home->store().log().outbox().waiting;
        close();
    }

    void close() {
        staff.reset();
        students.reset();
        paper.reset();
        home.reset();
    }
    fs::path where() const { return folder.path() / "home"; }
    acceptance::Ran run(const std::string& arguments) const { return run_wangqian(where(), arguments); }
    json status() const { return json::parse(run("--json sync status").out); }
    json shown() const { return json::parse(run("--json show " + to_text(id)).out); }

    Uuid id;
    std::int64_t events = 0;
};

}  // namespace

BOOST_AUTO_TEST_CASE(R43_every_act_reaches_the_platform_and_a_second_kiosk_exactly_once) {
    Signed campus;
    Platform platform;
    BOOST_TEST(campus.run("join " + platform.address() + " " + platform.code()).exit == 0);
    const auto synced = campus.run("--json sync --once");
    BOOST_TEST(synced.exit == 0, synced.err);
    BOOST_TEST(json::parse(synced.out)["accepted"] == campus.events);
    BOOST_TEST(static_cast<std::int64_t>(platform.events()) == campus.events);
    BOOST_TEST(campus.status()["waiting"] == 0);
    BOOST_TEST(campus.status()["pictures_to_send"] == 0);

    acceptance::TemporaryFolder second;
    BOOST_TEST(run_wangqian(second.path(), "join " + platform.address() + " " + platform.code()).exit == 0);
    BOOST_TEST(run_wangqian(second.path(), "sync --once").exit == 0);
    BOOST_TEST(json::parse(run_wangqian(second.path(), "--json show " + to_text(campus.id)).out) ==
               campus.shown());
    BOOST_TEST(run_wangqian(second.path(), "audit").exit == 0);

    const auto again = json::parse(campus.run("--json sync --once").out);
    BOOST_TEST(again["pushed"] == 0);
    BOOST_TEST(again["pulled"] == 0);
    BOOST_TEST(static_cast<std::int64_t>(platform.events()) == campus.events);
}

BOOST_AUTO_TEST_CASE(R43_a_platform_killed_in_the_middle_takes_the_rest_later_and_nothing_twice) {
    Signed campus;
    Platform platform;
    BOOST_REQUIRE(campus.run("join " + platform.address() + " " + platform.code()).exit == 0);
    for (int ms : {5, 20, 60, 120}) {
        std::thread syncing([&] { (void)campus.run("sync --once"); });
        e2e::pause_ms(ms);
        platform.kill();
        syncing.join();
        platform.start();
    }
    const auto last = campus.run("sync --once");
    BOOST_TEST(last.exit == 0, last.err);
    BOOST_TEST(static_cast<std::int64_t>(platform.events()) == campus.events);
    BOOST_TEST(campus.status()["waiting"] == 0);
    BOOST_TEST(campus.status()["pictures_to_send"] == 0);
    BOOST_TEST(campus.run("audit").exit == 0);
}

BOOST_AUTO_TEST_CASE(R43_a_platform_that_is_away_or_talks_nonsense_is_told_and_nothing_is_lost) {
    Signed campus;
    Platform platform;
    BOOST_REQUIRE(campus.run("join " + platform.address() + " " + platform.code()).exit == 0);
    platform.kill();
    const auto down = campus.run("sync --once");
    BOOST_TEST(down.exit == 1);
    BOOST_TEST(down.err.find("platform_unreachable") != std::string::npos, down.err);
    BOOST_TEST(campus.status()["last_failure"] == "platform_unreachable");
    platform.start();
    for (const char* answer : {"garbage", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
                               "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", ""}) {
        const Impostor impostor(answer);
        acceptance::TemporaryFolder stranger;
        const auto joined =
            run_wangqian(stranger.path(), "join " + impostor.address() + " " + platform.code());
        BOOST_TEST(joined.exit == 1);
        BOOST_TEST(joined.err.find("platform_") != std::string::npos, joined.err);
    }
    BOOST_TEST(campus.status()["waiting"] == campus.events);
    BOOST_TEST(campus.run("sync --once").exit == 0);
    BOOST_TEST(static_cast<std::int64_t>(platform.events()) == campus.events);
}
