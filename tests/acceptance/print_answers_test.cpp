// What becomes of a print by a printer's answers that the real one of the other tests never gives: busy,
// gone, pages that nobody counts (R55).
#define BOOST_TEST_DYN_LINK
#include "kiosk/devices/ipp.h"
#include "tests/acceptance/ipp_printer.h"

#include <boost/test/unit_test.hpp>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <optional>
#include <thread>

using namespace wq;
using devices::Fate;

namespace {

// What it says of its job when it is asked.
struct Word {
    ipp_status_t status = IPP_STATUS_OK;
    int state = IPP_JSTATE_PROCESSING;
    bool has_begun = true;
    std::optional<int> pages_out = {};
};

// Takes every job and tells of it one word after the other; the last one stays.
class CurtPrinter {
  public:
    explicit CurtPrinter(std::vector<Word> words) : words_(std::move(words)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* at = reinterpret_cast<sockaddr*>(&address);
        BOOST_REQUIRE(::bind(listener_, at, size) == 0);
        BOOST_REQUIRE(::listen(listener_, 4) == 0);
        BOOST_REQUIRE(::getsockname(listener_, at, &size) == 0);
        uri_ = "ipp://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/ipp/print";
        thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    }
    ~CurtPrinter() {
        thread_ = {};
        ::close(listener_);
    }

    devices::PrintOutcome print() {
        return devices::CupsPrinter(uri_, false, acceptance::kHasty)
            .print({bytes_of("%PDF-"), "title", 2}, {});
    }

  private:
    void serve(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            pollfd caller{listener_, POLLIN, 0};
            if (::poll(&caller, 1, 50) <= 0) continue;
            const std::unique_ptr<http_t, void (*)(http_t*)> http(httpAcceptConnection(listener_, 1),
                                                                  httpClose);
            while (http && answered(http.get()))
                ;
        }
    }

    // False when the caller has gone.
    bool answered(http_t* http) {
        char resource[1024];
        if (httpReadRequest(http, resource, sizeof resource) != HTTP_STATE_POST) return false;
        http_status_t status = HTTP_STATUS_CONTINUE;
        while (status == HTTP_STATUS_CONTINUE) status = httpUpdate(http);
        if (httpGetExpect(http) == HTTP_STATUS_CONTINUE) httpWriteResponse(http, HTTP_STATUS_CONTINUE);
        const std::unique_ptr<ipp_t, void (*)(ipp_t*)> request(ippNew(), ippDelete);
        if (status != HTTP_STATUS_OK || ippRead(http, request.get()) != IPP_STATE_DATA) return false;
        if (httpGetState(http) == HTTP_STATE_POST_RECV) httpFlush(http);
        const std::unique_ptr<ipp_t, void (*)(ipp_t*)> answer(answer_to(request.get()), ippDelete);
        httpClearFields(http);
        httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
        httpSetLength(http, ippLength(answer.get()));
        return httpWriteResponse(http, HTTP_STATUS_OK) == 0 && ippWrite(http, answer.get()) == IPP_STATE_DATA;
    }

    ipp_t* answer_to(ipp_t* request) {
        ipp_t* answer = ippNewResponse(request);
        if (ippGetOperation(request) == IPP_OP_CREATE_JOB)
            ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-id", 1);
        if (ippGetOperation(request) != IPP_OP_GET_JOB_ATTRIBUTES) return answer;
        const Word word = words_[std::min(said_++, words_.size() - 1)];
        ippSetStatusCode(answer, word.status);
        if (word.status != IPP_STATUS_OK) return answer;
        ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_ENUM, "job-state", word.state);
        if (word.has_begun) ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "time-at-processing", 7);
        if (word.pages_out)
            ippAddInteger(answer, IPP_TAG_JOB, IPP_TAG_INTEGER, "job-impressions-completed", *word.pages_out);
        return answer;
    }

    std::vector<Word> words_;
    std::size_t said_ = 0;
    int listener_ = -1;
    std::string uri_;
    std::jthread thread_;
};

Fate fate_by(std::vector<Word> words) { return CurtPrinter(std::move(words)).print().fate; }

}  // namespace

BOOST_AUTO_TEST_CASE(R55_a_printer_that_is_busy_is_asked_again) {
    const Word busy{.status = IPP_STATUS_ERROR_BUSY}, done{.state = IPP_JSTATE_COMPLETED};
    BOOST_TEST((fate_by({busy, busy, done}) == Fate::printed));
    for (const ipp_status_t gone : {IPP_STATUS_ERROR_NOT_FOUND, IPP_STATUS_ERROR_GONE})
        BOOST_TEST((fate_by({busy, {.status = gone}, done}) == Fate::unsure));
}

BOOST_AUTO_TEST_CASE(R55_a_job_broken_off_is_unsure_unless_its_pages_were_counted) {
    for (const int state : {IPP_JSTATE_CANCELED, IPP_JSTATE_ABORTED}) {
        BOOST_TEST((fate_by({{.state = state, .pages_out = 2}}) == Fate::printed));
        BOOST_TEST((fate_by({{.state = state, .pages_out = 1}}) == Fate::unsure));
        BOOST_TEST((fate_by({{.state = state, .pages_out = 0}}) == Fate::not_printed));
        BOOST_TEST((fate_by({{.state = state}}) == Fate::unsure));
        BOOST_TEST((fate_by({{.state = state, .has_begun = false}}) == Fate::not_printed));
        BOOST_TEST((fate_by({{.pages_out = 1}, {.state = state, .pages_out = 0}}) == Fate::unsure));
    }
}
