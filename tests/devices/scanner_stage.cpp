#include "tests/devices/scanner_stage.h"

#include "data/os/files.h"

#include <cstdlib>

namespace wq::stage {

ScannerStage::ScannerStage() {
    std::string name = (std::filesystem::temp_directory_path() / "wangqian-sane-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    (void)os::write_file(folder_ / "dll.conf", bytes_of("test\npnm\n"));
    ::setenv("SANE_CONFIG_DIR", folder_.c_str(), 1);
}

ScannerStage::~ScannerStage() {
    ::unsetenv("SANE_CONFIG_DIR");
    std::filesystem::remove_all(folder_);
}

void ScannerStage::lay(const scan::Picture& page) const {
    const std::string head =
        "P6\n" + std::to_string(page.width) + " " + std::to_string(page.height) + "\n255\n";
    Bytes file(head.begin(), head.end());
    for (std::size_t i = 0; i < page.bgr.size(); i += 3)
        file.insert(file.end(), {page.bgr[i + 2], page.bgr[i + 1], page.bgr[i]});
    (void)os::write_file(folder_ / "glass.ppm", file);
}

devices::ScannerChoice ScannerStage::glass() const {
    devices::ScannerChoice choice;
    choice.device = "pnm:0";
    choice.options = {glass_option()};
    return choice;
}

devices::ScannerChoice ScannerStage::feeder(std::vector<std::string> options) {
    devices::ScannerChoice choice;
    choice.device = "test:0";
    choice.dpi = 50;
    choice.options = std::move(options);
    return choice;
}

}  // namespace wq::stage
