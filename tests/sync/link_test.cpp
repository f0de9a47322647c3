// Return links (R20) as the public meets them: what the page says, and how the server takes large, slow and
// many uploads.
#include "data/crypto/return_link.h"
#include "pdf/scan/page_image.h"
#include "sync/platform/multipart.h"
#include "sync/platform/server.h"
#include "tests/sync/world.h"

#include <boost/asio.hpp>
#include <boost/test/unit_test.hpp>

#include <future>
#include <thread>

namespace wq::sync_test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr const char* kForm = "multipart/form-data; boundary=x";

std::string file_part(std::string_view content) {
    return "--x\r\nContent-Disposition: form-data; name=\"pages\"; filename=\"a;b.jpg\"\r\n\r\n" +
           std::string(content) + "\r\n";
}

std::string form_of(const std::string& parts) { return parts + "--x--\r\n"; }

// A picture that takes a while to be read and holds no code.
std::string large_picture() {
    crypto::SystemRandom random;
    const Bytes noise = random.bytes(std::size_t{2000} * 1500 * 3);
    const Bytes jpeg = scan::to_jpeg(scan::Picture{2000, 1500, noise});
    return {jpeg.begin(), jpeg.end()};
}

// An approved agreement with a link for its employer.
struct Linked {
    Linked() : node(platform, 1) {
        node.set_up(1);
        id = node.approved(1);
        act({domain::Action::share_link, office()});
        BOOST_REQUIRE(node.enrol());
        sync();
        path = "/R/" + crypto::return_token(*node.record(id), kSchool);
    }
    void act(const domain::Command& command) { BOOST_REQUIRE(node.store->registrations().act(id, command)); }
    void sync() { BOOST_TEST(node.sync().rejected == 0); }
    std::string get() { return text(platform.api->handle({"GET", path})); }
    std::string post(const std::string& body) {
        const ByteView bytes = bytes_of(body);
        return text(platform.api->handle(
            {"POST", path, Bytes(bytes.begin(), bytes.end()), {{"content-type", kForm}}}));
    }
    static std::string text(const protocol::Response& response) {
        return {response.body.begin(), response.body.end()};
    }

    Platform platform;
    TestNode node;
    Uuid id;
    std::string path;
};

struct Served : Linked {
    explicit Served(const platform::Server::Options& options = {})
        : server(*platform.api, options), thread([this] { server.run(); }) {}
    ~Served() {
        server.stop();
        thread.join();
    }
    std::string head(std::string_view method, const std::string& target, std::size_t length) const {
        return std::string(method) + " " + target + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + kForm +
               "\r\nContent-Length: " + std::to_string(length) + "\r\nConnection: close\r\n\r\n";
    }

    platform::Server server;
    std::thread thread;
};

// What a browser is to the server.
struct Browser {
    explicit Browser(const Served& served) : socket(context) {
        socket.connect({asio::ip::make_address("127.0.0.1"), served.server.port()});
    }
    bool send(const std::string& bytes) {
        boost::system::error_code error;
        asio::write(socket, asio::buffer(bytes), error);
        return !error;
    }
    std::string answer() {
        std::string all;
        boost::system::error_code until_the_end;
        asio::read(socket, asio::dynamic_buffer(all), until_the_end);
        return all;
    }

    asio::io_context context;
    asio::ip::tcp::socket socket;
};

bool says(const std::string& page, std::string_view words) { return page.find(words) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(links)

BOOST_AUTO_TEST_CASE(an_upload_of_nothing_or_of_what_is_no_form_is_told) {
    Linked linked;
    BOOST_TEST(says(linked.get(), "type=\"file\""));
    BOOST_TEST(says(linked.post(file_part("cut off")), "没有收到文件"));
    std::string many;
    for (std::size_t i = 0; i <= platform::kMostFormParts; ++i) many += file_part("x");
    BOOST_TEST(says(linked.post(form_of(many)), "没有收到文件"));
    BOOST_TEST(says(linked.post(form_of(file_part(""))), "没有选择文件"));
    const std::string page = linked.post(form_of(file_part("x")));
    BOOST_TEST(says(page, "a;b.jpg"));
    BOOST_TEST(!says(page, "没有收到文件"));
}

BOOST_AUTO_TEST_CASE(a_used_link_says_what_has_become_of_its_agreement) {
    Linked linked;
    domain::Command returned{domain::Action::return_paper, office()};
    for (const int page : {1, 2}) returned.pages.push_back({page, {}, 1, "image/png", {}});
    linked.act(returned);
    linked.sync();
    BOOST_TEST(says(linked.get(), "协议书已回传"));
    domain::Command rejected{domain::Action::reject, office()};
    rejected.reason = "公章不符";
    linked.act(rejected);
    linked.sync();
    BOOST_TEST(says(linked.get(), "已作废"));
    BOOST_TEST(!says(linked.get(), "已回传"));
}

BOOST_AUTO_TEST_CASE(too_large_an_upload_is_told_in_words_though_all_of_it_was_sent) {
    Served served;
    Browser browser(served);
    const std::size_t length = (std::size_t{48} << 20) + 1;
    BOOST_TEST(browser.send(served.head("POST", served.path, length)));
    BOOST_TEST(browser.send(std::string(length, 'x')));
    const std::string answer = browser.answer();
    BOOST_TEST(answer.starts_with("HTTP/1.1 413"));
    BOOST_TEST(says(answer, "文件太大"));
    Browser node(served);
    node.send(served.head("POST", "/v1/push", protocol::kMaxBody + 1));
    BOOST_TEST(node.answer().starts_with("HTTP/1.1 413"));
}

BOOST_AUTO_TEST_CASE(some_photos_of_a_phone_pass) {
    Served served;
    Browser browser(served);
    const std::string body = form_of(file_part(std::string(std::size_t{20} << 20, 'x')));
    browser.send(served.head("POST", served.path, body.size()));
    browser.send(body);
    BOOST_TEST(says(browser.answer(), "不是图片"));
}

BOOST_AUTO_TEST_CASE(who_sends_slowly_is_waited_for_and_who_is_silent_is_not) {
    Served served({.uploads = 16, .patience = 400ms});
    const std::string body = form_of(file_part("not a picture"));
    Browser slow(served), silent(served);
    slow.send(served.head("POST", served.path, body.size()));
    silent.send(served.head("POST", served.path, body.size()));
    const std::size_t piece = body.size() / 10 + 1;
    for (std::size_t at = 0; at < body.size(); at += piece) {
        std::this_thread::sleep_for(100ms);
        slow.send(body.substr(at, piece));
    }
    BOOST_TEST(says(slow.answer(), "不是图片"));
    BOOST_TEST(silent.answer().empty());
}

BOOST_AUTO_TEST_CASE(nobody_waits_for_somebody_elses_pictures) {
    Served served;
    const std::string picture = file_part(large_picture());
    std::string pictures;
    for (int i = 0; i < 12; ++i) pictures += picture;
    const std::string body = form_of(pictures);
    Browser browser(served), other(served);
    browser.send(served.head("POST", served.path, body.size()));
    browser.send(body);
    auto uploaded = std::async(std::launch::async, [&] { return browser.answer(); });
    std::this_thread::sleep_for(300ms);  // until all of it has come and is being read
    other.send(served.head("GET", "/v1/status", 0));
    BOOST_TEST(other.answer().starts_with("HTTP/1.1 401"));
    BOOST_TEST((uploaded.wait_for(0s) == std::future_status::timeout));
    BOOST_TEST(says(uploaded.get(), "没有读到二维码"));
}

BOOST_AUTO_TEST_CASE(of_too_many_uploads_the_last_is_told_to_come_again) {
    Served served({.uploads = 1, .patience = 30s});
    Browser first(served), second(served);
    const std::string body = form_of(file_part("not a picture"));
    first.send(served.head("POST", served.path, body.size()) + body.substr(0, 10));
    std::this_thread::sleep_for(100ms);
    second.send(served.head("POST", served.path, body.size()) + body);
    const std::string busy = second.answer();
    BOOST_TEST(busy.starts_with("HTTP/1.1 503"));
    BOOST_TEST(says(busy, "上传的人太多"));
    first.send(body.substr(10));
    BOOST_TEST(says(first.answer(), "不是图片"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
