#include "kiosk/devices/page_source.h"

#include "data/os/files.h"

#include <algorithm>

namespace wq::devices {
namespace {

constexpr std::size_t kLargestFile = std::size_t{64} << 20;

}  // namespace

FilePages::FilePages(const std::vector<std::filesystem::path>& paths) {
    for (const auto& path : paths) {
        std::error_code error;
        if (!std::filesystem::is_directory(path, error)) {
            files_.push_back(path);
            continue;
        }
        std::vector<std::filesystem::path> inside;
        for (const auto& entry : std::filesystem::directory_iterator(path, error))
            if (entry.is_regular_file() && !entry.path().filename().string().starts_with('.'))
                inside.push_back(entry.path());
        std::ranges::sort(inside);
        files_.insert(files_.end(), inside.begin(), inside.end());
    }
}

std::optional<SourceFile> FilePages::next() {
    if (at_ == files_.size()) return std::nullopt;
    const auto& file = files_[at_++];
    return SourceFile{file.filename().string(), os::read_file(file, kLargestFile)};
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
