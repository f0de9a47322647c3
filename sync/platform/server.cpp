#include "sync/platform/server.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <cctype>
#include <chrono>
#include <optional>
#include <thread>
#include <vector>

namespace wq::platform {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

constexpr std::chrono::seconds kPatience{30};

using Body = http::vector_body<std::uint8_t>;

protocol::Request request_from(http::request<Body>&& message) {
    protocol::Request request{
        std::string(message.method_string()), std::string(message.target()), std::move(message.body()), {}};
    for (const auto& field : message) {
        std::string name(field.name_string());
        for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (name.starts_with("x-wangqian-") || name == "content-type")
            request.headers.insert_or_assign(std::move(name), std::string(field.value()));
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

// One connection. It lives as long as one of its operations is under way.
class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(tcp::socket&& socket, Api& api) : stream_(std::move(socket)), api_(&api) {}

    void read() {
        parser_.emplace();
        parser_->body_limit(protocol::kMaxBody);
        stream_.expires_after(kPatience);
        http::async_read(stream_, buffer_, *parser_,
                         [self = shared_from_this()](beast::error_code error, std::size_t) {
                             if (error == http::error::body_limit) return self->answer_too_large();
                             if (error) return self->close();
                             self->answer();
                         });
    }

  private:
    void answer() {
        auto message = parser_->release();
        const bool is_head = message.method() == http::verb::head, keep_alive = message.keep_alive();
        send(message_from(api_->handle(request_from(std::move(message))), is_head, keep_alive));
    }

    void answer_too_large() { send(message_from({413, {}, "text/plain", {}}, false, false)); }

    void send(http::response<Body>&& message) {
        response_ = std::move(message);
        stream_.expires_after(kPatience);
        http::async_write(stream_, response_,
                          [self = shared_from_this()](beast::error_code error, std::size_t) {
                              if (error || self->response_.need_eof()) return self->close();
                              self->read();
                          });
    }

    void close() {
        beast::error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    }

    beast::tcp_stream stream_;
    Api* api_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<Body>> parser_;
    http::response<Body> response_;
};

}  // namespace

struct Server::Io {
    Io(Api& served, const std::string& address, std::uint16_t port)
        : api(&served), acceptor(context, tcp::endpoint(asio::ip::make_address(address), port)) {}

    void accept() {
        acceptor.async_accept(asio::make_strand(context),
                              [this](beast::error_code error, tcp::socket socket) {
                                  if (!acceptor.is_open()) return;
                                  if (!error) {
                                      beast::error_code ignored;
                                      socket.set_option(tcp::no_delay(true), ignored);
                                      std::make_shared<Session>(std::move(socket), *api)->read();
                                  }
                                  accept();
                              });
    }

    Api* api;
    asio::io_context context;
    tcp::acceptor acceptor;
};

Server::Server(Api& api, const std::string& address, std::uint16_t port) {
    try {
        io_ = std::make_unique<Io>(api, address, port);
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
