#include "kiosk/devices/page_source.h"

#include "data/os/clock.h"
#include "data/os/files.h"
#include "kiosk/devices/whole_file.h"
#include "pdf/scan/page_image.h"

#include <sys/stat.h>

#include <algorithm>

namespace wq::devices {
namespace {

constexpr std::size_t kLargestFile = std::size_t{64} << 20;
constexpr int kPictureQuality = 90;
constexpr std::string_view kUnfinished[] = {".tmp", ".temp", ".part", ".partial", ".filepart", ".crdownload"};

std::string lower_case(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

}  // namespace

Result<Bytes> SourceFile::bytes() const {
    if (!content) return tl::make_unexpected(content.error());
    if (const auto* file = std::get_if<Bytes>(&*content)) return *file;
    return scan::to_jpeg(std::get<scan::Picture>(*content), kPictureQuality);
}

bool is_page_name(const std::string& name) {
    if (name.empty() || name.starts_with('.') || name.starts_with('~') || name.ends_with('~')) return false;
    const std::string ending = lower_case(std::filesystem::path(name).extension().string());
    return std::ranges::find(kUnfinished, ending) == std::end(kUnfinished);
}

FileVersion version_of(const std::filesystem::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) return {file};
    return {file, status.st_ino, static_cast<std::uint64_t>(status.st_size),
            std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

// The version is looked at first: what is written while the file is read is then another.
SourceFile read_page_file(const std::filesystem::path& file) {
    FileVersion version = version_of(file);
    return {file.filename().string(), os::read_file(file, kLargestFile), std::move(version)};
}

FilePages::FilePages(const std::vector<std::filesystem::path>& paths, Afterwards afterwards,
                     std::chrono::milliseconds quiet)
    : afterwards_(afterwards), quiet_(quiet) {
    for (const auto& path : paths) {
        std::error_code error;
        if (!std::filesystem::is_directory(path, error)) {
            files_.push_back({version_of(path), true});
            continue;
        }
        std::vector<std::filesystem::path> inside;
        for (const auto& entry : std::filesystem::directory_iterator(path, error))
            if (entry.is_regular_file(error) && is_page_name(entry.path().filename().string()))
                inside.push_back(entry.path());
        std::ranges::sort(inside);
        for (const auto& file : inside) files_.push_back({version_of(file), false});
    }
}

std::optional<SourceFile> FilePages::next(const std::stop_token& stop) {
    while (at_ != files_.size() && !stop.stop_requested()) {
        const Listed& listed = files_[at_++];
        if (listed.chosen || is_whole(listed, stop)) return read_page_file(listed.version.file);
    }
    return std::nullopt;
}

// Its own time may be that of another machine's clock, or of the original it is a copy of: so long as it has
// been listed is long enough too.
bool FilePages::is_whole(const Listed& listed, const std::stop_token& stop) const {
    const FileVersion& version = listed.version;
    // Against the real clock whatever the program's is: the file's time is the file system's.
    const auto since_change =
        std::chrono::milliseconds(os::SystemClock().now().ms) - std::chrono::nanoseconds(version.changed);
    const auto since_listed = std::chrono::steady_clock::now() - listed_at_;
    const std::chrono::nanoseconds rested = std::max<std::chrono::nanoseconds>(since_change, since_listed);
    if (rested < quiet_) wait_for(quiet_ - rested, stop);
    if (stop.stop_requested() || version_of(version.file) != version) return false;
    return rested >= kLongestRest || !is_being_written(version.file);
}

void FilePages::settle(const FileVersion& given, bool kept) {
    if (afterwards_ == Afterwards::leave) return;
    if (!kept || afterwards_ == Afterwards::put_away) return put_away(given, kept ? "taken" : "refused");
    std::error_code ignored;  // one that stays is taken again, which changes nothing
    if (version_of(given.file) == given) std::filesystem::remove(given.file, ignored);
}

void put_away(const std::filesystem::path& folder, const std::string& name, const std::string& subfolder) {
    std::error_code ignored;
    const std::filesystem::path given(name), away = folder / subfolder;
    std::filesystem::create_directories(away, ignored);
    std::filesystem::path place = away / given;
    for (int again = 2; std::filesystem::exists(place, ignored); ++again)
        place = away / (given.stem().string() + "-" + std::to_string(again) + given.extension().string());
    std::filesystem::rename(folder / given, place, ignored);
}

void put_away(const FileVersion& given, const std::string& subfolder) {
    if (given.inode != 0 && version_of(given.file) == given)
        put_away(given.file.parent_path(), given.file.filename().string(), subfolder);
}

}  // namespace wq::devices
