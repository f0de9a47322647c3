// One scanner through SANE, from its first option to its last page. Inner part of wangqian-scanner: SANE is
// not made for threads, and drivers may hang or crash, so that they have a process of their own.
#pragma once

#include "data/base/result.h"
#include "kiosk/devices/sane_options.h"
#include "pdf/scan/picture.h"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace wq::devices {

enum class PaperFrom {
    anywhere,  // the feeder if there is one with paper in it, else the glass
    glass,
    feeder,
};

struct ScanOrder {
    PaperFrom from = PaperFrom::anywhere;
    int dpi = 200;
    // More of the device's options by name, as they are written for scanimage; the last word.
    std::vector<std::pair<std::string, std::string>> options;
};

class SaneScanner {
  public:
    // Refusals of all of this: `scanner_missing` (none is there), `scanner_unreachable`, `scanner_busy`,
    // `scanner_denied`, `scanner_jammed`, `scanner_cover_open`, `scanner_empty`.
    // `name` "auto": the first that is found.
    static Result<SaneScanner> open(const std::string& name);
    ~SaneScanner();
    SaneScanner(SaneScanner&& other) noexcept : device_(std::exchange(other.device_, nullptr)) {}

    // Page after page: one from the glass, all from the feeder, until `taken` says no. `alive` is called
    // while a page is on its way.
    Result<void> scan(const ScanOrder& order, const std::function<bool(scan::Picture)>& taken,
                      const std::function<void()>& alive);
    // From a signal handler: the page under way ends as if it had never begun.
    void cancel() const { sane_cancel(device_); }

  private:
    explicit SaneScanner(SANE_Handle device) : device_(device) {}
    Result<bool> choose(const ScanOrder& order, PaperFrom from);
    void choose_area(double dpi);
    Result<scan::Picture> read_page(const std::function<void()>& alive);

    SANE_Handle device_;
};

// "name<tab>vendor model" of each scanner that is found; takes seconds.
std::vector<std::string> list_devices();

// A frame (SANE standard 1.06, 3.2.1) laid into a picture: 1, 8 or 16 bits, grey, colour or one colour of
// three. The picture takes the frame's size where it is empty; what does not fit is left out.
void lay_frame(const SANE_Parameters& frame, ByteView data, scan::Picture& picture);

}  // namespace wq::devices
