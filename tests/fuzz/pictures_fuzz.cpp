// Foreign files as pictures: whatever comes in, a refusal or pictures whose sizes are true.
#include "pdf/scan/page_image.h"
#include "tests/fuzz/fuzz.h"

using namespace wq;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto pictures = scan::read_pictures({data, size});
    if (!pictures) return 0;
    fuzz::require(!pictures->empty() && pictures->size() <= scan::kMostPages);
    for (const scan::Picture& picture : *pictures)
        fuzz::require(picture.bgr.size() ==
                      3 * static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
    return 0;
}
