// SANE's virtual devices for tests: "test:0", a flatbed with a feeder of ten sheets whose faults can be
// chosen, and "pnm:0", which scans the picture that lies on it.
#pragma once

#include "kiosk/devices/scanner.h"

#include <filesystem>

namespace wq::stage {

// Programs started from now on see these two devices and no others.
class ScannerStage {
  public:
    ScannerStage();
    ~ScannerStage();
    ScannerStage(const ScannerStage&) = delete;
    ScannerStage& operator=(const ScannerStage&) = delete;

    // Lays a page on the glass of pnm:0.
    void lay(const scan::Picture& page) const;
    // The scan of it.
    devices::ScannerChoice glass() const;
    std::string glass_option() const { return "filename=" + (folder_ / "glass.ppm").string(); }
    static devices::ScannerChoice feeder(std::vector<std::string> options = {});

  private:
    std::filesystem::path folder_;
};

}  // namespace wq::stage
