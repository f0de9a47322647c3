#include "tests/devices/film.h"

#include "data/os/files.h"
#include "pdf/scan/page_image.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace wq::stage {

namespace fs = std::filesystem;

Film::Film() {
    std::string name = (fs::temp_directory_path() / "wangqian-film-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
}

Film::~Film() { fs::remove_all(folder_); }

fs::path Film::next() {
    char name[16];
    std::snprintf(name, sizeof name, "%03d.jpg", frames_++);
    return folder_ / name;
}

void Film::frame(const scan::Picture& page, int away) {
    scan::Picture desk{kWidth, kHeight, Bytes(std::size_t{3} * kWidth * kHeight, 110)};
    for (int y = 0; y < page.height && y + 60 + away < kHeight; ++y)
        std::copy_n(&page.bgr[std::size_t{3} * static_cast<std::size_t>(y * page.width)], 3 * page.width,
                    &desk.bgr[std::size_t{3} * static_cast<std::size_t>((y + 60 + away) * kWidth + 80)]);
    (void)os::write_file(next(), scan::to_jpeg(desk, 80));
}

void Film::still(const scan::Picture& page, int count) {
    frame(page, 0);
    char name[16];
    std::snprintf(name, sizeof name, "%03d.jpg", frames_ - 1);
    for (int i = 1; i < count; ++i) fs::create_hard_link(folder_ / name, next());
}

}  // namespace wq::stage
