// A printer by CUPS: a queue of its scheduler, or an IPP printer that is asked directly and needs none. The
// job is followed until the printer says that it is done. A4 at full size, in colour where the printer has
// it.
#pragma once

#include "kiosk/devices/printer.h"

#include <chrono>

namespace wq::devices {

namespace ipp {
class Answer;
class Connection;
}  // namespace ipp

// How long to wait for whom.
struct PrintPatience {
    std::chrono::milliseconds poll{400};         // between two looks
    std::chrono::milliseconds answer{8'000};     // for one answer
    std::chrono::milliseconds lost{60'000};      // for a printer that has gone
    std::chrono::milliseconds trouble{600'000};  // for people to bring paper, without a page coming out
    std::chrono::milliseconds cancel{15'000};    // for a job to be given up
    // A printer warns of an empty tray also while it prints from another: a warning counts when no page came
    // out for so long.
    std::chrono::milliseconds warning{2'500};
};

class CupsPrinter final : public Printer {
  public:
    CupsPrinter(std::string name, bool two_sided, PrintPatience patience = {})
        : name_(std::move(name)), two_sided_(two_sided), patience_(patience) {}

    PrinterState state() override;
    PrintOutcome print(const PrintJob& job, const PrintWatch& watch = {}) override;
    Fate fate_of(const std::string& title, int pages) override;

  private:
    std::string name_;
    bool two_sided_;
    PrintPatience patience_;
};

}  // namespace wq::devices
