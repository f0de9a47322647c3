// Where page pictures come from. PageSource is a seam: files and folders here; scanners, cameras and watched
// folders beside it. Gives foreign bytes as they are: pdf/scan decodes them.
#pragma once

#include "data/base/bytes.h"
#include "data/base/result.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace wq::devices {

struct SourceFile {
    std::string name;  // to tell a person which; no path
    Result<Bytes> content;
};

class PageSource {
  public:
    virtual ~PageSource() = default;
    // The next file, or nothing at the end. One that can't be read comes as its refusal.
    virtual std::optional<SourceFile> next() = 0;
};

// Files as given and all files of folders (not of their subfolders), by name. Hidden ones are left out.
class FilePages final : public PageSource {
  public:
    explicit FilePages(const std::vector<std::filesystem::path>& paths);

    std::optional<SourceFile> next() override;
    std::size_t count() const { return files_.size(); }

  private:
    std::vector<std::filesystem::path> files_;
    std::size_t at_ = 0;
};

// Moves a file that was read into a subfolder ("taken", "refused"), so that it is not read again; beside an
// earlier one of its name as NAME-2. One that can't be moved stays, and reading it again changes nothing.
void put_away(const std::filesystem::path& folder, const std::string& name, const std::string& subfolder);

}  // namespace wq::devices
