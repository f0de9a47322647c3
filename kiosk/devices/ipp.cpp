#include "kiosk/devices/ipp.h"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

namespace wq::devices::ipp {
namespace {

// The scheduler and the printers show who printed; that is this program, never a person.
constexpr const char* kUser = "wangqian";

Address queue_named(const std::string& name) {
    const std::string resource = "/printers/" + name;
    return {cupsServer(), resource, "ipp://localhost" + resource, ippPort(), cupsEncryption()};
}

Address printer_at(const std::string& uri) {
    char scheme[32], user[64], host[256], resource[256];
    int port = 0;
    const auto read = httpSeparateURI(HTTP_URI_CODING_ALL, uri.c_str(), scheme, sizeof scheme, user,
                                      sizeof user, host, sizeof host, &port, resource, sizeof resource);
    if (read < HTTP_URI_STATUS_OK) return {};
    const std::string_view by = scheme;
    if (by != "ipp" && by != "ipps" && by != "http" && by != "https") return {};
    const bool secure = by == "ipps" || by == "https";
    return {host, resource, (secure ? "ipps" : "ipp") + uri.substr(by.size()), port,
            secure ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED};
}

Address default_queue() {
    cups_dest_t* dest = cupsGetNamedDest(CUPS_HTTP_DEFAULT, nullptr, nullptr);
    if (!dest) return {};
    const Address queue = queue_named(dest->name);
    cupsFreeDests(1, dest);
    return queue;
}

const char* no_password(const char*, http_t*, const char*, const char*, void*) { return nullptr; }

}  // namespace

Address address_of(const std::string& printer) {
    if (printer == "auto") return default_queue();
    return printer.find("://") == std::string::npos ? queue_named(printer) : printer_at(printer);
}

Request::Request(ipp_op_t operation, const Address& to) : ipp_(ippNewRequest(operation), ippDelete) {
    ippAddString(get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, to.uri.c_str());
    name("requesting-user-name", kUser);
}

// RFC 8011, 4.1.5: the job-id stands right after the printer's URI, which some printers insist on.
Request& Request::job(int id) {
    ippDeleteAttribute(get(), ippFindAttribute(get(), "requesting-user-name", IPP_TAG_NAME));
    ippAddInteger(get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", id);
    return name("requesting-user-name", kUser);
}

Request& Request::name(const char* attribute, const std::string& value) {
    ippAddString(get(), IPP_TAG_OPERATION, IPP_TAG_NAME, attribute, nullptr, value.c_str());
    return *this;
}

Request& Request::keyword(const char* attribute, const std::string& value) {
    ippAddString(get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, attribute, nullptr, value.c_str());
    return *this;
}

Request& Request::keywords(const char* attribute, const std::vector<const char*>& values) {
    ippAddStrings(get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, attribute, static_cast<int>(values.size()),
                  nullptr, values.data());
    return *this;
}

Request& Request::format(const char* media_type) {
    ippAddString(get(), IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", nullptr, media_type);
    return *this;
}

Request& Request::flag(const char* attribute, bool value) {
    ippAddBoolean(get(), IPP_TAG_OPERATION, attribute, value ? 1 : 0);
    return *this;
}

Request& Request::job_keyword(const char* attribute, const std::string& value) {
    ippAddString(get(), IPP_TAG_JOB, IPP_TAG_KEYWORD, attribute, nullptr, value.c_str());
    return *this;
}

Request& Request::job_number(const char* attribute, int value) {
    ippAddInteger(get(), IPP_TAG_JOB, IPP_TAG_INTEGER, attribute, value);
    return *this;
}

ipp_attribute_t* Answer::find(const char* attribute) const {
    return ipp_ ? ippFindAttribute(ipp_.get(), attribute, IPP_TAG_ZERO) : nullptr;
}

ipp_status_t Answer::status() const {
    return ipp_ ? ippGetStatusCode(ipp_.get()) : IPP_STATUS_ERROR_SERVICE_UNAVAILABLE;
}

bool Answer::has(const char* attribute) const { return find(attribute) != nullptr; }

int Answer::number(const char* attribute, int otherwise) const {
    ipp_attribute_t* found = find(attribute);
    if (!found) return otherwise;
    const ipp_tag_t tag = ippGetValueTag(found);
    return tag == IPP_TAG_INTEGER || tag == IPP_TAG_ENUM ? ippGetInteger(found, 0) : otherwise;
}

std::vector<std::string> Answer::texts(const char* attribute) const {
    std::vector<std::string> texts;
    ipp_attribute_t* found = find(attribute);
    for (int i = 0; found && i < ippGetCount(found); ++i)
        if (const char* text = ippGetString(found, i, nullptr)) texts.emplace_back(text);
    return texts;
}

bool Answer::offers(const char* attribute, std::string_view value) const {
    return std::ranges::count(texts(attribute), value) > 0;
}

std::vector<Answer::Job> Answer::jobs() const {
    std::vector<Job> jobs;
    bool within = false;
    for (ipp_attribute_t* it = ipp_ ? ippFirstAttribute(ipp_.get()) : nullptr; it;
         it = ippNextAttribute(ipp_.get())) {
        if (ippGetGroupTag(it) != IPP_TAG_JOB) {
            within = false;
            continue;
        }
        if (!std::exchange(within, true)) jobs.emplace_back();
        const std::string_view name = ippGetName(it) ? ippGetName(it) : "";
        const char* text = ippGetString(it, 0, nullptr);
        if (name == "job-id") jobs.back().id = ippGetInteger(it, 0);
        if (name == "job-state") jobs.back().state = ippGetInteger(it, 0);
        if (name == "job-name" && text) jobs.back().name = text;
    }
    return jobs;
}

Connection::Connection(Address to, std::chrono::milliseconds patience)
    : to_(std::move(to)), patience_(patience), http_(nullptr, httpClose) {
    // Nobody is there to type one; the library would ask on the terminal.
    cupsSetPasswordCB2(no_password, nullptr);
}

bool Connection::connect() {
    if (http_) return true;
    http_.reset(httpConnect2(to_.host.c_str(), to_.port, nullptr, AF_UNSPEC, to_.encryption, 1,
                             static_cast<int>(patience_.count()), nullptr));
    if (!http_) return false;
    const auto wait_on = [](http_t*, void* self) {
        return std::chrono::steady_clock::now() < static_cast<Connection*>(self)->until_ ? 1 : 0;
    };
    constexpr double kLook = 0.25;  // seconds, after which it is asked whether to wait on
    httpSetTimeout(http_.get(), kLook, wait_on, this);
    return true;
}

Answer Connection::tried(const Request& request, ByteView document) {
    until_ = std::chrono::steady_clock::now() + patience_;
    if (!to_.is_known() || !connect()) return Answer();
    const std::size_t length = ippLength(request.get()) + document.size();
    http_status_t status = cupsSendRequest(http_.get(), request.get(), to_.resource.c_str(), length);
    if (status == HTTP_STATUS_CONTINUE && !document.empty())
        status = cupsWriteRequestData(http_.get(), reinterpret_cast<const char*>(document.data()),
                                      document.size());
    Answer answer(status == HTTP_STATUS_CONTINUE ? cupsGetResponse(http_.get(), to_.resource.c_str())
                                                 : nullptr);
    if (!answer.is_there()) http_.reset();
    return answer;
}

// A printer closes a connection that was quiet; only what was never taken in is sent again.
Answer Connection::ask(const Request& request, ByteView document) {
    const bool is_old = http_ != nullptr;
    Answer answer = tried(request, document);
    const auto operation = ippGetOperation(request.get());
    const bool may_repeat = operation != IPP_OP_CREATE_JOB && operation != IPP_OP_SEND_DOCUMENT;
    if (answer.is_there() || !is_old || !may_repeat) return answer;
    return tried(request, document);
}

}  // namespace wq::devices::ipp
