// Where page pictures come from. PageSource is a seam: files and folders here, watched_folder.h, scanner.h
// and camera.h beside it. Foreign bytes are given as they are: pdf/scan decodes them.
#pragma once

#include "data/base/bytes.h"
#include "data/base/result.h"
#include "pdf/scan/picture.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

namespace wq::devices {

// A foreign file, or a picture that a device of ours made, which needs no decoding.
using FileOrPicture = std::variant<Bytes, scan::Picture>;

// A file as it was before it was read, so that only what was read is put away: its writer may have written
// another in its place since.
struct FileVersion {
    std::filesystem::path file;  // empty: none on a disk
    std::uint64_t inode = 0, size = 0;
    std::int64_t changed = 0;  // ns since 1970
    bool operator==(const FileVersion&) const = default;
};
FileVersion version_of(const std::filesystem::path& file);  // without inode where it can't be seen

struct SourceFile {
    std::string name;  // to tell a person which; no path
    Result<FileOrPicture> content;
    FileVersion version = {};

    // As a file: a picture becomes a JPEG.
    Result<Bytes> bytes() const;
};

class PageSource {
  public:
    virtual ~PageSource() = default;
    // The next file, or nothing at the end; may wait for it, until `stop` is asked for. One that can't be
    // read comes as its refusal.
    virtual std::optional<SourceFile> next(const std::stop_token& stop) = 0;
    std::optional<SourceFile> next() { return next(std::stop_token()); }
    // What was given is kept, or refused: a folder puts it away. From any thread.
    virtual void settle(const FileVersion& given, bool kept) {
        (void)given;
        (void)kept;
    }
    // Files in all, where that is known.
    virtual std::optional<std::size_t> count() const { return std::nullopt; }
};

// For how long a file must keep size and time before it is taken for whole.
constexpr std::chrono::milliseconds kQuiet{2000};

// Files as given and all files of folders (not of their subfolders), by name. Left out are hidden ones and
// those that somebody is still writing: by their names, and in folders also by what happens to them
// (whole_file.h); they are there the next time.
class FilePages final : public PageSource {
  public:
    enum class Afterwards {
        leave,
        put_away,  // into "taken" or "refused" beside it
        remove,    // what was kept; what was refused goes to "refused"
    };
    explicit FilePages(const std::vector<std::filesystem::path>& paths,
                       Afterwards afterwards = Afterwards::leave, std::chrono::milliseconds quiet = kQuiet);

    using PageSource::next;
    std::optional<SourceFile> next(const std::stop_token& stop) override;
    void settle(const FileVersion& given, bool kept) override;
    std::optional<std::size_t> count() const override { return files_.size(); }

  private:
    struct Listed {
        FileVersion version;
        bool chosen;  // by a person, who knows that it is whole
    };
    bool is_whole(const Listed& listed, const std::stop_token& stop) const;

    std::vector<Listed> files_;
    Afterwards afterwards_;
    std::chrono::milliseconds quiet_;
    std::chrono::steady_clock::time_point listed_at_ = std::chrono::steady_clock::now();
    std::size_t at_ = 0;
};

// Whether a file of this name may be a page: no hidden one, none that a copying program has not finished
// (".tmp", ".part", "~" and their like).
bool is_page_name(const std::string& name);

// The file, up to the largest that is taken.
SourceFile read_page_file(const std::filesystem::path& file);

// Moves a file that was read into a subfolder ("taken", "refused"), so that it is not read again; beside an
// earlier one of its name as NAME-2. One that can't be moved stays, and reading it again changes nothing.
void put_away(const std::filesystem::path& folder, const std::string& name, const std::string& subfolder);

// The same into the folder where it lies, unless another has been written in its place.
void put_away(const FileVersion& given, const std::string& subfolder);

}  // namespace wq::devices
