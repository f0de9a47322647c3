#include "kiosk/devices/printer.h"

#include "data/os/files.h"
#include "kiosk/devices/cups_printer.h"

namespace wq::devices {

std::string_view name_of(PrinterState state) {
    switch (state) {
        case PrinterState::ready:
            return "ready";
        case PrinterState::busy:
            return "busy";
        case PrinterState::out_of_paper:
            return "out_of_paper";
        case PrinterState::jammed:
            return "jammed";
        case PrinterState::cover_open:
            return "cover_open";
        case PrinterState::out_of_toner:
            return "out_of_toner";
        case PrinterState::full:
            return "full";
        case PrinterState::stopped:
            return "stopped";
        case PrinterState::unreachable:
            return "unreachable";
    }
    return {};
}

PrinterState SpoolPrinter::state() {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    return error ? PrinterState::unreachable : PrinterState::ready;
}

PrintOutcome SpoolPrinter::print(const PrintJob& job, const PrintWatch&) {
    if (state() != PrinterState::ready)
        return {Fate::not_printed, Refusal{"printer_unreachable", {{"printer", folder_.string()}}}};
    if (auto written = os::write_file(folder_ / (job.title + ".pdf"), job.pdf, true); !written)
        return {Fate::not_printed, written.error()};
    return {Fate::handed_over};
}

Fate SpoolPrinter::fate_of(const std::string& title, int) {
    // What is not there may have been taken already.
    std::error_code error;
    return std::filesystem::exists(folder_ / (title + ".pdf"), error) ? Fate::handed_over : Fate::unsure;
}

std::unique_ptr<Printer> open_printer(const PrinterChoice& choice) {
    if (choice.name == kSpool) return std::make_unique<SpoolPrinter>(choice.spool);
    return std::make_unique<CupsPrinter>(choice.name, choice.two_sided);
}

}  // namespace wq::devices
