// A real IPP printer for the tests: CUPS's own ippeveprinter, with a press that a test lets run out of paper,
// jam, hang or die. It needs no daemon of the machine: the message bus that it wants is the test's own.
#pragma once

#include "kiosk/devices/cups_printer.h"
#include "tests/acceptance/campus.h"
#include "tests/e2e/process.h"

#include <memory>
#include <string>
#include <vector>

namespace wq::acceptance {

class IppPrinter {
  public:
    IppPrinter();
    ~IppPrinter();

    std::string uri() const { return "ipp://localhost:" + std::to_string(port_) + "/ipp/print"; }

    // Before page `page` (from 1; one more than there are: with all of them out) the press stops with this
    // reason of RFC 8011 until mend().
    void break_before(int page, const std::string& reason);
    void mend(int page = 0);  // 0: whatever is broken
    void fail();              // the press gives up each job
    void hang();              // answers nobody until wake()
    void wake();
    void kill();              // as when its plug is pulled
    void start();             // again, on the same port, without memory
    bool is_waiting() const;  // the press stands before a page

    // What came out, oldest first, and with which options it was asked for.
    std::vector<Bytes> documents() const;
    std::string asked_for() const;
    int pages_out() const;

  private:
    std::filesystem::path file(const char* name) const { return folder_.path() / name; }

    TemporaryFolder folder_;
    int port_ = 0;
    std::unique_ptr<e2e::Process> bus_, printer_;
};

// Nobody waits for long in a test.
inline constexpr devices::PrintPatience kHasty{.poll = std::chrono::milliseconds(50),
                                               .answer = std::chrono::milliseconds(1500),
                                               .lost = std::chrono::milliseconds(3000),
                                               .trouble = std::chrono::milliseconds(4000),
                                               .cancel = std::chrono::milliseconds(4000),
                                               .warning = std::chrono::milliseconds(100)};

}  // namespace wq::acceptance
