#include "sync/platform/server.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
#include <limits>
#include <optional>
#include <thread>
#include <vector>

namespace wq::platform {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

using Clock = std::chrono::steady_clock;

constexpr std::chrono::minutes kLongest{15};  // for one body
constexpr std::size_t kDrained = std::size_t{64} << 10;

using Body = http::vector_body<std::uint8_t>;

bool is_wanted(std::string_view header) {
    return header.starts_with("x-wangqian-") || header == "content-type" || header == "cookie" ||
           header == "x-forwarded-for";
}

protocol::Request request_from(http::request<Body>&& message, std::string peer) {
    protocol::Request request{std::string(message.method_string()),
                              std::string(message.target()),
                              std::move(message.body()),
                              {},
                              std::move(peer)};
    for (const auto& field : message) {
        std::string name(field.name_string());
        for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (is_wanted(name)) request.headers.insert_or_assign(std::move(name), std::string(field.value()));
    }
    return request;
}

http::response<Body> message_from(protocol::Response&& response, bool is_head, bool keep_alive) {
    http::response<Body> message(static_cast<http::status>(response.status), 11);
    message.set(http::field::server, "wangqian-platform");
    message.set(http::field::content_type, response.media_type);
    for (const auto& [name, value] : response.headers) message.set(name, value);
    message.keep_alive(keep_alive);
    message.body() = std::move(response.body);
    message.prepare_payload();
    // The answer to HEAD has the head alone.
    if (is_head) message.body().clear();
    return message;
}

// How many uploads may be on their way at once: each is held in memory, and one at a time is worked on.
class Gate {
  public:
    explicit Gate(int most) : free_(most) {}

    // Nothing where all places are taken; a place is free again when the last copy is gone.
    std::shared_ptr<void> enter() {
        if (free_.fetch_sub(1) > 0) return {this, [](void* gate) { ++static_cast<Gate*>(gate)->free_; }};
        ++free_;
        return nullptr;
    }

  private:
    std::atomic<int> free_;
};

// What all connections share.
struct House {
    Api* api;
    Gate gate;
    std::chrono::milliseconds patience;
    asio::thread_pool* uploads;  // reads and compares pictures, so that the others never wait for it
};

// One connection. It lives as long as one of its operations is under way.
class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(tcp::socket&& socket, House& house) : stream_(std::move(socket)), house_(&house) {}

    void read() {
        parser_.emplace();
        parser_->body_limit(std::numeric_limits<std::uint64_t>::max());  // set when the head is known
        stream_.expires_after(house_->patience);
        http::async_read_header(stream_, buffer_, *parser_,
                                [self = shared_from_this()](beast::error_code error, std::size_t) {
                                    error ? self->close() : self->take_head();
                                });
    }

  private:
    std::string_view method() const { return text(parser_->get().method_string()); }
    std::string_view target() const { return text(parser_->get().target()); }
    static std::string_view text(beast::string_view from) { return {from.data(), from.size()}; }

    std::string peer() const {
        beast::error_code unknown;
        const auto end = stream_.socket().remote_endpoint(unknown);
        return unknown ? std::string() : end.address().to_string();
    }

    void take_head() {
        const std::uint64_t limit = Api::body_limit(method(), target());
        if (parser_->content_length().value_or(0) > limit) return turn_away(413);
        if (Api::is_upload(method(), target()) && !(place_ = house_->gate.enter())) return turn_away(503);
        parser_->body_limit(limit);
        parser_->eager(true);
        deadline_ = Clock::now() + kLongest;
        read_body();
    }

    // Whoever goes on sending is waited for: a phone's connection may be slow.
    void read_body() {
        if (parser_->is_done()) return answer();
        be_patient();
        http::async_read_some(stream_, buffer_, *parser_,
                              [self = shared_from_this()](beast::error_code error, std::size_t) {
                                  if (error == http::error::body_limit) return self->turn_away(413);
                                  error ? self->close() : self->read_body();
                              });
    }

    void answer() {
        auto message = parser_->release();
        const bool is_head = message.method() == http::verb::head, keep_alive = message.keep_alive();
        protocol::Request request = request_from(std::move(message), peer());
        if (!place_) return send(message_from(house_->api->handle(request), is_head, keep_alive));
        asio::post(*house_->uploads, [self = shared_from_this(), request = std::move(request), keep_alive] {
            auto answer = message_from(self->house_->api->handle(request), false, keep_alive);
            asio::post(self->stream_.get_executor(), [self, answer = std::move(answer)]() mutable {
                self->place_.reset();
                self->send(std::move(answer));
            });
        });
    }

    // The rest of the body is taken and thrown away: closed in the middle of it, a connection loses the
    // answer before a browser shows it.
    void turn_away(int status) {
        place_.reset();
        const protocol::Request head{std::string(method()), std::string(target()), {}, {}, peer()};
        send(message_from(house_->api->turned_away(head, status), false, false));
    }

    void send(http::response<Body>&& message) {
        response_ = std::move(message);
        stream_.expires_after(house_->patience);
        http::async_write(stream_, response_,
                          [self = shared_from_this()](beast::error_code error, std::size_t) {
                              if (error) return self->close();
                              if (!self->response_.need_eof()) return self->read();
                              self->close();
                              self->deadline_ = Clock::now() + kLongest;
                              self->drain();
                          });
    }

    void drain() {
        be_patient();
        rest_.resize(kDrained);
        stream_.async_read_some(asio::buffer(rest_),
                                [self = shared_from_this()](beast::error_code error, std::size_t) {
                                    if (!error) self->drain();
                                });
    }

    void be_patient() { stream_.expires_at(std::min(Clock::now() + house_->patience, deadline_)); }

    void close() {
        beast::error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }

    beast::tcp_stream stream_;
    House* house_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<Body>> parser_;
    std::shared_ptr<void> place_;  // of an upload
    Clock::time_point deadline_;
    http::response<Body> response_;
    std::vector<std::uint8_t> rest_;
};

}  // namespace

struct Server::Io {
    Io(Api& served, const std::string& address, std::uint16_t port, const Limits& limits)
        : house{&served, Gate(limits.uploads), limits.patience, &uploads},
          acceptor(context, tcp::endpoint(asio::ip::make_address(address), port)) {}

    void accept() {
        acceptor.async_accept(asio::make_strand(context),
                              [this](beast::error_code error, tcp::socket socket) {
                                  if (!acceptor.is_open()) return;
                                  if (!error) {
                                      beast::error_code ignored;
                                      socket.set_option(tcp::no_delay(true), ignored);
                                      std::make_shared<Session>(std::move(socket), house)->read();
                                  }
                                  accept();
                              });
    }

    // In this order: what waits for a thread holds connections, which live in the context and know the house.
    House house;
    asio::io_context context;
    tcp::acceptor acceptor;
    asio::thread_pool uploads{1};
};

Server::Server(Api& api, const std::string& address, std::uint16_t port, const Limits& limits) {
    try {
        io_ = std::make_unique<Io>(api, address, port, limits);
    } catch (const std::exception& error) {
        throw Fault("can't listen on " + address + ":" + std::to_string(port) + ": " + error.what());
    }
    io_->accept();
}

Server::~Server() { stop(); }

std::uint16_t Server::port() const { return io_->acceptor.local_endpoint().port(); }

void Server::run(int threads, bool until_signal) {
    asio::signal_set signals(io_->context);
    if (until_signal) {
        signals.add(SIGINT);
        signals.add(SIGTERM);
        signals.async_wait([this](beast::error_code error, int) {
            if (!error) stop();
        });
    }
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back([this] { io_->context.run(); });
    io_->context.run();
}

void Server::stop() { io_->context.stop(); }

}  // namespace wq::platform
