// An upload's body, its boundary in the first line: every part lies inside the body.
#include "sync/platform/multipart.h"
#include "tests/fuzz/fuzz.h"

#include <string>

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const wq::ByteView bytes(data, size);
    const std::string_view text = wq::text_of(bytes);
    const std::size_t line = std::min(text.find('\n'), text.size());
    const auto parts = wq::platform::form_parts(
        "multipart/form-data; boundary=" + std::string(text.substr(0, line)), bytes.subspan(line));
    if (!parts) return 0;
    for (const auto& part : *parts)
        wq::fuzz::require(part.content.empty() || (part.content.data() >= data &&
                                                   part.content.data() + part.content.size() <= data + size));
    return 0;
}
