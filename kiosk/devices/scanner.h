// Scanners, flatbeds and feeders, as a source of pages; each scan is a program of its own (wangqian-scanner),
// so that a driver that hangs or crashes costs one scan and nothing else. Which device is used is the
// caller's.
#pragma once

#include "kiosk/devices/device_program.h"
#include "kiosk/devices/page_source.h"

#include <chrono>

namespace wq::devices {

struct ScannerChoice {
    std::string device = "auto";  // as SANE names it; "auto": the first found
    std::string from =
        "anywhere";  // "glass", "feeder"; "anywhere": the feeder if paper lies in it, else the glass
    int dpi = 200;   // or the nearest that the device has
    std::vector<std::string> options = {};  // more of the device's own, NAME=VALUE as for scanimage
    // Without any sign of life from the device, after which it is given up. Some warm up for a minute.
    std::chrono::milliseconds patience{90'000};
};

class ScannerPages final : public PageSource {
  public:
    // Starts the scan. Fault where wangqian-scanner is missing.
    explicit ScannerPages(const ScannerChoice& choice);

    using PageSource::next;
    // One page from the glass, all from the feeder. Refusals: `scanner_missing`, `scanner_unreachable`,
    // `scanner_denied`, `scanner_busy`, `scanner_jammed`, `scanner_cover_open`, `scanner_empty`,
    // `scanner_feeder_missing`, `scanner_option_wrong`, `scanner_hangs`; it ends with one.
    std::optional<SourceFile> next(const std::stop_token& stop) override;

  private:
    std::chrono::milliseconds patience_;
    std::optional<DeviceProgram> program_;
    int page_ = 0;
};

struct ScannerFound {
    std::string device, name;  // as SANE names it, and as people do
};
// Takes some seconds, for the network is asked too. Refuses with `scanner_hangs`.
Result<std::vector<ScannerFound>> find_scanners(
    std::chrono::milliseconds patience = std::chrono::seconds(60));

}  // namespace wq::devices
