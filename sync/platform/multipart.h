// The parts of an uploaded form: multipart/form-data (RFC 7578 in the syntax of RFC 2046). Foreign bytes:
// what does not fit is nothing, never a fault. Private to sync/platform.
#pragma once

#include "data/base/bytes.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wq::platform {

struct FormPart {
    std::string name, file_name;  // as sent; the latter empty for a plain field
    ByteView content;             // into the body
};

inline constexpr std::size_t kMostFormParts = 64;

// Nothing for another media type, a body without its closing boundary, or too many parts.
std::optional<std::vector<FormPart>> form_parts(std::string_view content_type, ByteView body);

}  // namespace wq::platform
