#include "sync/platform/server.h"

#include "sync/platform/polls.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

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
constexpr int kAccepting = 64;
constexpr std::chrono::milliseconds kPause{100};
constexpr std::chrono::milliseconds kChores{500};
// Smaller bodies are not counted: there are fewer connections than would matter.
constexpr std::int64_t kSmall = std::int64_t{64} << 10;

using Body = http::vector_body<std::uint8_t>;

bool is_wanted(std::string_view header) {
    return header.starts_with("x-wangqian-") || header == "content-type" || header == "cookie" ||
           header == "authorization" || header == "x-forwarded-for";
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

// How much may be on its way at once: each part holds a place until the last copy of it is gone.
class Gate {
  public:
    explicit Gate(std::int64_t most) : free_(most) {}

    // Nothing where there is not so much room.
    std::shared_ptr<void> enter(std::int64_t size = 1) {
        if (free_.fetch_sub(size) >= size)
            return {this, [size](void* gate) { static_cast<Gate*>(gate)->free_ += size; }};
        free_ += size;
        return nullptr;
    }

  private:
    std::atomic<std::int64_t> free_;
};

// What all connections share.
struct House {
    House(Api& served, const Server::Options& options)
        : api(&served),
          requests(options.requests),
          uploads(options.uploads),
          bodies(options.bodies),
          polls(served, static_cast<std::size_t>(options.polls)),
          patience(options.patience),
          workers(static_cast<std::size_t>(options.workers)) {}

    Api* api;
    Gate requests, uploads, bodies;
    Polls polls;
    std::chrono::milliseconds patience;
    asio::thread_pool workers;
    asio::thread_pool keeper{1};  // does the register's chores
    asio::thread_pool reader{1};  // reads and compares uploaded pictures, so that nobody else waits for it
};

using Plain = beast::tcp_stream;
using Secure = beast::ssl_stream<beast::tcp_stream>;

// One connection. It lives as long as one of its operations is under way.
template <class Stream>
class Session : public std::enable_shared_from_this<Session<Stream>> {
  public:
    Session(Stream&& stream, House& house) : stream_(std::move(stream)), house_(&house) {}

    void start() {
        if constexpr (std::is_same_v<Stream, Secure>) {
            connection().expires_after(house_->patience);
            stream_.async_handshake(asio::ssl::stream_base::server,
                                    [self = this->shared_from_this()](beast::error_code error) {
                                        if (!error) self->read();
                                    });
        } else {
            read();
        }
    }

  private:
    using Self = std::shared_ptr<Session>;

    Plain& connection() { return beast::get_lowest_layer(stream_); }
    std::string_view method() const { return text(parser_->get().method_string()); }
    std::string_view target() const { return text(parser_->get().target()); }
    static std::string_view text(beast::string_view from) { return {from.data(), from.size()}; }

    std::string peer() {
        beast::error_code unknown;
        const auto end = connection().socket().remote_endpoint(unknown);
        return unknown ? std::string() : end.address().to_string();
    }

    protocol::Request head() { return {std::string(method()), std::string(target()), {}, {}, peer()}; }

    void read() {
        parser_.emplace();
        parser_->body_limit(std::numeric_limits<std::uint64_t>::max());  // set when the head is known
        connection().expires_after(house_->patience);
        http::async_read_header(stream_, buffer_, *parser_,
                                [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                                    error ? self->close() : self->take_head();
                                });
    }

    void take_head() {
        const std::uint64_t limit = Api::body_limit(method(), target());
        const auto announced = parser_->content_length();
        if (announced && *announced > limit) return turn_away(413);
        const auto size = static_cast<std::int64_t>(announced ? *announced : parser_->chunked() ? limit : 0);
        if (size > kSmall && !(room_ = house_->bodies.enter(size))) return turn_away(429);
        if (Api::is_upload(method(), target()) && !(place_ = house_->uploads.enter())) return turn_away(503);
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
                              [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                                  if (error == http::error::body_limit) return self->turn_away(413);
                                  error ? self->close() : self->read_body();
                              });
    }

    void answer() {
        if (!place_ && !(place_ = house_->requests.enter())) return turn_busy_away();
        const bool is_upload = Api::is_upload(method(), target());
        auto message = parser_->release();
        is_head_ = message.method() == http::verb::head;
        keep_alive_ = message.keep_alive();
        connection().expires_never();
        asio::post(is_upload ? house_->reader.get_executor() : house_->workers.get_executor(),
                   [self = this->shared_from_this(), request = request_from(std::move(message), peer())] {
                       self->work(request);
                   });
    }

    // By a worker; whatever comes of it goes back to the connection's own strand.
    void work(const protocol::Request& request) {
        auto begun = house_->api->begin(request);
        if (auto* response = std::get_if<protocol::Response>(&begun)) return hand_over(std::move(*response));
        place_.reset();
        room_.reset();
        const auto& wait = std::get<Api::Wait>(begun);
        const Self self = this->shared_from_this();
        if (!house_->polls.add(wait, [self](protocol::Response&& news) { self->hand_over(std::move(news)); }))
            hand_over(house_->api->turned_away(request, 429));
    }

    void hand_over(protocol::Response&& response) {
        asio::post(stream_.get_executor(),
                   [self = this->shared_from_this(), response = std::move(response)]() mutable {
                       self->place_.reset();
                       self->room_.reset();
                       self->send(message_from(std::move(response), self->is_head_, self->keep_alive_));
                   });
    }

    // The request was read whole: the connection may go on.
    void turn_busy_away() {
        const bool keep_alive = parser_->get().keep_alive(),
                   is_head = parser_->get().method() == http::verb::head;
        room_.reset();
        send(message_from(house_->api->turned_away(head(), 429), is_head, keep_alive));
    }

    // The rest of the body is taken and thrown away: closed in the middle of it, a connection loses the
    // answer before a browser shows it.
    void turn_away(int status) {
        place_.reset();
        room_.reset();
        send(message_from(house_->api->turned_away(head(), status), false, false));
    }

    void send(http::response<Body>&& message) {
        response_ = std::move(message);
        serializer_.emplace(response_);
        deadline_ = Clock::now() + kLongest;
        send_some();
    }

    // Whoever goes on taking is waited for, too.
    void send_some() {
        be_patient();
        http::async_write_some(stream_, *serializer_,
                               [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                                   if (error) return self->close();
                                   self->serializer_->is_done() ? self->was_sent() : self->send_some();
                               });
    }

    void was_sent() {
        const bool goes_on = !response_.need_eof();
        serializer_.reset();
        response_ = {};
        if (goes_on) return read();
        close();
        deadline_ = Clock::now() + kLongest;
        drain();
    }

    void drain() {
        be_patient();
        rest_.resize(kDrained);
        stream_.async_read_some(asio::buffer(rest_),
                                [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                                    if (!error) self->drain();
                                });
    }

    void be_patient() { connection().expires_at(std::min(Clock::now() + house_->patience, deadline_)); }

    void close() {
        beast::error_code ignored;
        connection().socket().shutdown(tcp::socket::shutdown_send, ignored);
    }

    Stream stream_;
    House* house_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<Body>> parser_;
    std::shared_ptr<void> place_, room_;  // among those being worked on, and of a large body
    Clock::time_point deadline_;
    bool is_head_ = false, keep_alive_ = false;
    http::response<Body> response_;
    std::optional<http::response_serializer<Body>> serializer_;
    std::vector<std::uint8_t> rest_;
};

}  // namespace

struct Server::Io {
    Io(Api& api, const Options& options)
        : house(api, options),
          acceptor(context, tcp::endpoint(asio::ip::make_address(options.address), options.port)) {
        if (options.certificate.empty() && options.key.empty()) return;
        tls.emplace(asio::ssl::context::tls_server);
        tls->set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
        tls->use_certificate_chain_file(options.certificate.string());
        tls->use_private_key_file(options.key.string(), asio::ssl::context::pem);
    }

    void accept() {
        acceptor.async_accept(asio::make_strand(context),
                              [this](beast::error_code error, tcp::socket socket) {
                                  if (!acceptor.is_open()) return;
                                  if (error) return accept_later();
                                  begin(std::move(socket));
                                  accept();
                              });
    }

    // Out of descriptors, most likely: asked at once, the system would say the same again and again.
    void accept_later() {
        const auto pause = std::make_shared<asio::steady_timer>(context, kPause);
        pause->async_wait([this, pause](beast::error_code error) {
            if (!error) accept();
        });
    }

    void begin(tcp::socket&& socket) {
        beast::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        if (tls)
            std::make_shared<Session<Secure>>(Secure(std::move(socket), *tls), house)->start();
        else
            std::make_shared<Session<Plain>>(Plain(std::move(socket)), house)->start();
    }

    // By a worker, so that the database never holds up the connections.
    void look_for_news() {
        timer.expires_after(Polls::kEvery);
        timer.async_wait([this](beast::error_code error) {
            if (error) return;
            if (house.polls.is_empty()) return look_for_news();
            asio::post(house.workers, [this] {
                house.polls.serve_due(Polls::Clock::now());
                asio::post(context, [this] { look_for_news(); });
            });
        });
    }

    void do_chores() {
        chores.expires_after(kChores);
        chores.async_wait([this](beast::error_code error) {
            if (error) return;
            asio::post(house.keeper, [this] {
                house.api->do_chores();
                asio::post(context, [this] { do_chores(); });
            });
        });
    }

    // In this order: connections live in the context and know the house.
    House house;
    asio::io_context context;
    std::optional<asio::ssl::context> tls;
    tcp::acceptor acceptor;
    asio::steady_timer timer{context}, chores{context};
};

Server::Server(Api& api, const Options& options) {
    api.prepare_pages();
    try {
        io_ = std::make_unique<Io>(api, options);
    } catch (const std::exception& error) {
        throw Fault("can't serve on " + options.address + ":" + std::to_string(options.port) + ": " +
                    error.what());
    }
    // Many wait to be accepted at once, so that a crowd of new connections is not let in one in each round
    // over all the others.
    for (int i = 0; i < kAccepting; ++i) io_->accept();
    io_->look_for_news();
    io_->do_chores();
}

Server::~Server() {
    stop();
    // What works for a connection or waits for it ends before the connections do.
    io_->house.workers.join();
    io_->house.keeper.join();
    io_->house.reader.join();
    io_->house.polls.clear();
}

std::uint16_t Server::port() const { return io_->acceptor.local_endpoint().port(); }

void Server::run(bool until_signal) {
    asio::signal_set signals(io_->context);
    if (until_signal) {
        signals.add(SIGINT);
        signals.add(SIGTERM);
        signals.async_wait([this](beast::error_code error, int) {
            if (!error) stop();
        });
    }
    io_->context.run();
}

void Server::stop() { io_->context.stop(); }

}  // namespace wq::platform
