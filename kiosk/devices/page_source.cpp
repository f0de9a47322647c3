#include "kiosk/devices/page_source.h"

#include "data/os/files.h"
#include "pdf/scan/page_image.h"

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

Result<FileOrPicture> read_page_file(const std::filesystem::path& file) {
    return os::read_file(file, kLargestFile);
}

FilePages::FilePages(const std::vector<std::filesystem::path>& paths, Afterwards afterwards)
    : afterwards_(afterwards) {
    for (const auto& path : paths) {
        std::error_code error;
        if (!std::filesystem::is_directory(path, error)) {
            files_.push_back(path);
            continue;
        }
        std::vector<std::filesystem::path> inside;
        for (const auto& entry : std::filesystem::directory_iterator(path, error))
            if (entry.is_regular_file(error) && is_page_name(entry.path().filename().string()))
                inside.push_back(entry.path());
        std::ranges::sort(inside);
        files_.insert(files_.end(), inside.begin(), inside.end());
    }
}

std::optional<SourceFile> FilePages::next(const std::stop_token& stop) {
    if (at_ == files_.size() || stop.stop_requested()) return std::nullopt;
    const auto& file = files_[at_++];
    return SourceFile{file.filename().string(), read_page_file(file)};
}

void FilePages::settle(const std::string& name, bool kept) {
    if (afterwards_ == Afterwards::leave) return;
    const auto file =
        std::ranges::find(files_, name, [](const auto& path) { return path.filename().string(); });
    if (file == files_.end()) return;
    std::error_code ignored;  // one that stays is taken again, which changes nothing
    if (kept && afterwards_ == Afterwards::remove)
        std::filesystem::remove(*file, ignored);
    else
        put_away(file->parent_path(), name, kept ? "taken" : "refused");
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

}  // namespace wq::devices
