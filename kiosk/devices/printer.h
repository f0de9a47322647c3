// Printers. Printer is a seam: the spool folder here, CUPS beside it. A print is done only when the printer
// said so.
#pragma once

#include "data/base/bytes.h"
#include "data/base/result.h"

#include <filesystem>
#include <string>

namespace wq::devices {

enum class PrinterState { ready, busy, out_of_paper, jammed, unreachable };

class Printer {
  public:
    virtual ~Printer() = default;
    virtual std::string name() const = 0;
    virtual PrinterState state() const = 0;
    // Returns when the paper is out. `title` is the job's name and tells no personal data. Refusals:
    // `printer_unreachable`, `printer_out_of_paper`, `printer_jammed`, `disk_full`, `file_unwritable`.
    virtual Result<void> print(ByteView pdf, std::string_view title) = 0;
};

// Puts each print as a PDF file into a folder, for a print server that watches it, and for trying out.
class SpoolPrinter final : public Printer {
  public:
    explicit SpoolPrinter(std::filesystem::path folder) : folder_(std::move(folder)) {}

    std::string name() const override { return "spool"; }
    PrinterState state() const override;
    Result<void> print(ByteView pdf, std::string_view title) override;

  private:
    std::filesystem::path folder_;
};

}  // namespace wq::devices
