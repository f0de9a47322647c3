// The Internet Printing Protocol (RFC 8010, RFC 8011) as far as a print needs it: a request to a queue of
// CUPS or to a printer itself, and what is answered. Every wait has an end. Not for what an answer means to
// people (cups_printer.h).
#pragma once

#include "data/base/bytes.h"

#include <cups/cups.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wq::devices::ipp {

// Whom to talk to (the scheduler for a queue) and the URI that names the printer there.
struct Address {
    std::string host, resource, uri;
    int port = 0;
    http_encryption_t encryption = HTTP_ENCRYPTION_IF_REQUESTED;

    bool is_known() const { return !uri.empty(); }
};
// A queue's name, "auto" for CUPS's default, or ipp://, ipps://, http://, https://; unknown where it is none.
Address address_of(const std::string& printer);

class Request {
  public:
    Request(ipp_op_t operation, const Address& to);

    // Attributes of the operation, then of the job.
    Request& job(int id);
    Request& name(const char* attribute, const std::string& value);
    Request& keyword(const char* attribute, const std::string& value);
    Request& keywords(const char* attribute, const std::vector<const char*>& values);
    Request& format(const char* media_type);
    Request& flag(const char* attribute, bool value);
    Request& job_keyword(const char* attribute, const std::string& value);
    Request& job_number(const char* attribute, int value);

    ipp_t* get() const { return ipp_.get(); }

  private:
    std::unique_ptr<ipp_t, void (*)(ipp_t*)> ipp_;
};

// Empty where nothing came: the connection broke, or the time was over.
class Answer {
  public:
    explicit Answer(ipp_t* ipp = nullptr) : ipp_(ipp, ippDelete) {}

    bool is_there() const { return ipp_ != nullptr; }
    bool is_good() const {
        return is_there() && ippGetStatusCode(ipp_.get()) < IPP_STATUS_REDIRECTION_OTHER_SITE;
    }
    ipp_status_t status() const;
    // RFC 8011, 4.1.6: it knows no such job, or no longer; it can't tell just now.
    bool is_gone() const {
        return is_there() && (status() == IPP_STATUS_ERROR_NOT_FOUND || status() == IPP_STATUS_ERROR_GONE);
    }
    bool is_for_now() const { return is_there() && status() >= IPP_STATUS_ERROR_INTERNAL; }
    bool has(const char* attribute) const;
    int number(const char* attribute, int otherwise) const;
    std::vector<std::string> texts(const char* attribute) const;
    bool offers(const char* attribute, std::string_view value) const;

    // One of the jobs of an answer to Get-Jobs.
    struct Job {
        int id = 0;
        std::string name;
        int state = 0;
    };
    std::vector<Job> jobs() const;

  private:
    ipp_attribute_t* find(const char* attribute) const;

    std::unique_ptr<ipp_t, void (*)(ipp_t*)> ipp_;
};

// A connection, made when it is first needed and again when it broke. One thread.
class Connection {
  public:
    Connection(Address to, std::chrono::milliseconds patience);

    const Address& to() const { return to_; }
    Answer ask(const Request& request, ByteView document = {});

  private:
    bool connect();
    Answer tried(const Request& request, ByteView document);

    Address to_;
    std::chrono::milliseconds patience_;
    std::chrono::steady_clock::time_point until_;
    std::unique_ptr<http_t, void (*)(http_t*)> http_;
};

}  // namespace wq::devices::ipp
