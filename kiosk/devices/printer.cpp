#include "kiosk/devices/printer.h"

#include "data/os/files.h"

namespace wq::devices {

PrinterState SpoolPrinter::state() const {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    return error ? PrinterState::unreachable : PrinterState::ready;
}

Result<void> SpoolPrinter::print(ByteView pdf, std::string_view title) {
    if (state() != PrinterState::ready) return refuse("printer_unreachable", {{"printer", folder_.string()}});
    return os::write_file(folder_ / (std::string(title) + ".pdf"), pdf, true);
}

}  // namespace wq::devices
