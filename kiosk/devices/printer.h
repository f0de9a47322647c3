// Printers. Printer is a seam: the spool folder here, CUPS in cups_printer.h. What is said to be printed, the
// printer said; what nobody knows yet stays open and is asked for again by the job's title. Not for what is
// printed, nor for who counts the copies (kiosk/desk/printing.h).
#pragma once

#include "data/base/bytes.h"
#include "data/base/result.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace wq::devices {

enum class PrinterState {
    ready,
    busy,
    out_of_paper,
    jammed,
    cover_open,
    out_of_toner,
    full,     // its output tray
    stopped,  // paused, or for a reason that it does not tell
    unreachable,
};
std::string_view name_of(PrinterState state);  // "out_of_paper"

// A moment of a print: what the printer does or waits for, and the pages that are out as far as it tells.
struct PrintMoment {
    PrinterState state = PrinterState::busy;
    int pages_out = 0;

    bool operator==(const PrintMoment&) const = default;
};

// How a print is watched. `tell` is called by the printing thread, when something has changed.
struct PrintWatch {
    std::function<void(const PrintMoment&)> tell = {};
    std::stop_token stop = {};  // asked for: the job is cancelled
};

struct PrintJob {
    ByteView pdf;
    std::string title;  // names the job at the printer, one of its own for each; tells no personal data
    int pages = 0;      // 0: unknown
};

enum class Fate {
    printed,      // the printer said that it is done
    handed_over,  // to somebody who will not tell: the spool folder
    not_printed,  // and no page will come any more
    unsure,       // nobody will ever tell
    open,         // not known yet; it may still print: ask fate_of later
};

struct PrintOutcome {
    Fate fate = Fate::not_printed;
    std::optional<Refusal> why = {};  // where it is neither printed nor handed over
    int pages_out = 0;
};

class Printer {
  public:
    virtual ~Printer() = default;
    virtual PrinterState state() = 0;
    // Returns when the paper is out, or when it will not come. Waits for people to mend what they can.
    // Refusals: `printer_unreachable` {printer}, `printer_lost` {printer}, `printer_out_of_paper`,
    // `printer_jammed`, `printer_cover_open`, `printer_out_of_toner`, `printer_full`, `printer_stopped`,
    // `printer_hangs`, `printer_takes_no_pdf`, `print_cancelled`, `print_failed` {reason}, `disk_full`,
    // `file_unwritable`.
    virtual PrintOutcome print(const PrintJob& job, const PrintWatch& watch = {}) = 0;
    // What became of a job that was begun, of so many pages (0: unknown). One that is still to be printed is
    // cancelled: whoever wanted it has gone.
    virtual Fate fate_of(const std::string& title, int pages) = 0;
};

// Puts each print as a PDF file into a folder, for a print server that watches it, and for trying out.
class SpoolPrinter final : public Printer {
  public:
    explicit SpoolPrinter(std::filesystem::path folder) : folder_(std::move(folder)) {}

    PrinterState state() override;
    PrintOutcome print(const PrintJob& job, const PrintWatch& watch = {}) override;
    Fate fate_of(const std::string& title, int pages) override;

  private:
    std::filesystem::path folder_;
};

inline constexpr std::string_view kSpool = "spool", kDefaultQueue = "auto";

struct PrinterChoice {
    std::string name{kSpool};  // kSpool, kDefaultQueue, a queue of CUPS, or the URI of an IPP printer
    bool two_sided = false;
    std::filesystem::path spool = {};  // the spool's folder
};
std::unique_ptr<Printer> open_printer(const PrinterChoice& choice);

struct FoundPrinter {
    std::string name;  // for PrinterChoice
    std::string says;  // make and model, or where it stands
    bool is_default = false;
};
// The queues that CUPS knows; none where there is no CUPS. Takes up to two seconds.
std::vector<FoundPrinter> find_printers();

}  // namespace wq::devices
