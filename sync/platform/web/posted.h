// What a form sent: fields as text in normal form, files as bytes. Foreign bytes: what is no form of ours is
// a refusal, never a fault. Private to sync/platform.
#pragma once

#include "data/base/result.h"
#include "data/domain/form.h"
#include "sync/protocol/http.h"

#include <string>
#include <vector>

namespace wq::platform {

struct UploadedFile {
    std::string field, name;
    ByteView content;  // into the request's body
};

struct Posted {
    domain::Form fields;  // trimmed; blank ones left out
    std::vector<UploadedFile> files;

    std::string operator[](std::string_view key) const { return std::string(domain::value_of(fields, key)); }
};

// Of application/x-www-form-urlencoded or multipart/form-data. A field that comes twice keeps its first
// value; a file of no bytes is none. Refusal: `request_unreadable`.
Result<Posted> posted_in(const protocol::Request& request);

// "a=1&b=%E4%B8%AD" in its parts; also of a query. Nothing for what is cut within a %.
Result<domain::Form> urlencoded(std::string_view text);

}  // namespace wq::platform
