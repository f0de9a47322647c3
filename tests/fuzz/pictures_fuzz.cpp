// The readers of foreign pictures as the child runs them: whatever comes in, trouble or pages that fit.
#include "pdf/scan/readers.h"
#include "tests/fuzz/fuzz.h"

using namespace wq;
using namespace wq::scan;

namespace {

FileKind kind_of(ByteView file) {
    const std::string_view text = text_of(file);
    if (text.starts_with("\x89PNG")) return FileKind::png;
    if (text.starts_with("\xFF\xD8")) return FileKind::jpeg;
    return text.starts_with("BM") ? FileKind::bmp : FileKind::tiff;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Bytes room(std::size_t{3} << 20);  // small, so that a lying size costs little
    Canvas canvas(room);
    std::size_t pages = 0;
    const auto read =
        decode({data, size}, {.kind = kind_of({data, size})}, canvas, [&](const Canvas& page, int) {
            const auto width = static_cast<std::size_t>(page.width()),
                       height = static_cast<std::size_t>(page.height());
            fuzz::require(width > 0 && height > 0 && 3 * width * height <= room.size());
            return ++pages <= kMostPages;
        });
    fuzz::require(pages <= kMostPages && (!read || *read > 0));
    return 0;
}
