#include "sync/client/transport.h"
#include "sync/protocol/messages.h"

#include <curl/curl.h>

#include <algorithm>
#include <cctype>
#include <optional>

namespace wq::client {
namespace {

// More than any answer of the platform has.
constexpr std::size_t kMaxAnswer = std::size_t{64} << 20;
constexpr int kLookAboutMs = 250;

std::size_t take_body(char* data, std::size_t, std::size_t size, void* into) {
    auto& body = *static_cast<Bytes*>(into);
    if (body.size() + size > kMaxAnswer) return 0;
    append(body, bytes_of({data, size}));
    return size;
}

std::size_t take_header(char* data, std::size_t, std::size_t size, void* into) {
    const std::string_view line(data, size);
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return size;
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::string_view value = line.substr(colon + 1);
    const auto first = value.find_first_not_of(" \t\r\n"), last = value.find_last_not_of(" \t\r\n");
    value = first == std::string_view::npos ? std::string_view() : value.substr(first, last - first + 1);
    static_cast<protocol::Headers*>(into)->insert_or_assign(std::move(name), std::string(value));
    return size;
}

struct HeaderList {
    curl_slist* list = nullptr;
    ~HeaderList() { curl_slist_free_all(list); }
    void add(const std::string& line) { list = curl_slist_append(list, line.c_str()); }
};

Refusal refusal_for(CURLcode code, const char* words) {
    if (code == CURLE_OPERATION_TIMEDOUT) return {"platform_timeout"};
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE)
        return {"platform_unproven"};
    return {"platform_unreachable", {{"reason", *words ? words : curl_easy_strerror(code)}}};
}

}  // namespace

struct HttpTransport::Handle {
    CURL* curl = nullptr;
    CURLM* multi = nullptr;  // has the connection, and lets us look about while we wait
    char error[CURL_ERROR_SIZE] = "";

    Handle() {
        static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
        curl = ready == CURLE_OK ? curl_easy_init() : nullptr;
        multi = curl ? curl_multi_init() : nullptr;
        if (!multi) throw Fault("libcurl does not start");
    }
    ~Handle() {
        curl_multi_cleanup(multi);
        curl_easy_cleanup(curl);
    }

    // Nothing where it was interrupted.
    std::optional<CURLcode> perform(const Interrupt& interrupt) {
        curl_multi_add_handle(multi, curl);
        std::optional<CURLcode> ended;
        for (int running = 1; !ended;) {
            const CURLMcode went = curl_multi_perform(multi, &running);
            int left = 0;
            if (const CURLMsg* message = curl_multi_info_read(multi, &left))
                ended = message->data.result;
            else if (went != CURLM_OK || running == 0)
                ended = CURLE_FAILED_INIT;
            else if (interrupt && interrupt())
                break;
            else
                curl_multi_poll(multi, nullptr, 0, kLookAboutMs, nullptr);
        }
        curl_multi_remove_handle(multi, curl);
        return ended;
    }

    template <class Value>
    void set(CURLoption option, Value value) {
        curl_easy_setopt(curl, option, value);
    }

    void set_method(const protocol::Request& request) {
        if (request.method == "HEAD") set(CURLOPT_NOBODY, 1L);
        if (request.method == "GET" || request.method == "HEAD") return;
        set(CURLOPT_POST, 1L);
        set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        set(CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(request.body.data()));
    }
};

HttpTransport::HttpTransport(std::string address, Patience patience, std::string authority)
    : address_(std::move(address)),
      patience_(patience),
      authority_(std::move(authority)),
      handle_(std::make_unique<Handle>()) {
    while (address_.ends_with('/')) address_.pop_back();
}

HttpTransport::~HttpTransport() = default;

Result<protocol::Response> HttpTransport::send(const protocol::Request& request) {
    Handle& h = *handle_;
    curl_easy_reset(h.curl);
    h.error[0] = '\0';
    const std::string url = address_ + request.target;
    protocol::Response response;
    HeaderList headers;
    for (const auto& [name, value] : request.headers) headers.add(name + ": " + value);
    headers.add("content-type: " + std::string(protocol::kCborMediaType));
    // Waiting for "100 Continue" costs a second with servers that don't send it.
    headers.add("expect:");
    h.set(CURLOPT_URL, url.c_str());
    h.set(CURLOPT_PROTOCOLS_STR, "http,https");
    h.set(CURLOPT_HTTPHEADER, headers.list);
    h.set(CURLOPT_ERRORBUFFER, static_cast<char*>(h.error));
    h.set(CURLOPT_NOSIGNAL, 1L);
    h.set(CURLOPT_TCP_NODELAY, 1L);
    h.set(CURLOPT_CONNECTTIMEOUT_MS, patience_.connect_ms);
    h.set(CURLOPT_TIMEOUT_MS, patience_.whole_ms);
    h.set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    h.set(CURLOPT_LOW_SPEED_TIME, patience_.silence_s);
    h.set(CURLOPT_WRITEFUNCTION, take_body);
    h.set(CURLOPT_WRITEDATA, static_cast<void*>(&response.body));
    h.set(CURLOPT_HEADERFUNCTION, take_header);
    h.set(CURLOPT_HEADERDATA, static_cast<void*>(&response.headers));
    if (!authority_.empty()) {
        curl_blob certificates{authority_.data(), authority_.size(), CURL_BLOB_NOCOPY};
        h.set(CURLOPT_CAINFO_BLOB, &certificates);
        h.set(CURLOPT_CAPATH, nullptr);
    }
    h.set_method(request);
    const auto code = h.perform(interrupt_);
    if (!code) return refuse("interrupted");
    if (*code != CURLE_OK) return tl::make_unexpected(refusal_for(*code, h.error));
    long status = 0;
    curl_easy_getinfo(h.curl, CURLINFO_RESPONSE_CODE, &status);
    response.status = static_cast<int>(status);
    response.media_type = protocol::header_of(response.headers, "content-type");
    return response;
}

}  // namespace wq::client
