// What lies on the machine's scanner, for one press of a button: fetched beside the desk thread, which a
// scanner must not hold up, and then used on it.
#pragma once

#include "kiosk/desk/machine.h"
#include "kiosk/devices/page_source.h"

#include <memory>
#include <vector>

namespace wq::ui {

class Sheets {
  public:
    explicit Sheets(std::unique_ptr<devices::PageSource> source) : source_(std::move(source)) {}

    // Of a folder one file, of a scanner all it gives.
    void fetch() {
        while (auto file = source_->next()) {
            const bool failed = !file->content;
            files_.push_back(std::move(*file));
            if (failed || source_->count()) break;
        }
    }
    // Empty where nothing lay there.
    const std::vector<devices::SourceFile>& files() const { return files_; }
    void settle(const devices::SourceFile& file, bool kept) { source_->settle(file.version, kept); }

  private:
    std::unique_ptr<devices::PageSource> source_;
    std::vector<devices::SourceFile> files_;
};

}  // namespace wq::ui
