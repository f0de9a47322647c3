// A PDF of a stranger as the child draws it, coarsely: whatever comes in, trouble or pages that fit. What
// Poppler itself breaks on is the child's to bear; here our own steps around it are watched.
#include "pdf/scan/readers.h"
#include "tests/fuzz/fuzz.h"

using namespace wq;
using namespace wq::scan;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Bytes room(std::size_t{3} << 20);
    Canvas canvas(room);
    const DecodeRequest request{.kind = FileKind::pdf, .dpi = 20};
    int pages = 0;
    const auto read = decode({data, size}, request, canvas, [&](const Canvas& page, int) {
        fuzz::require(page.width() > 0 && page.height() > 0);
        return ++pages < 3;
    });
    fuzz::require(!read || *read > 0);
    return 0;
}
