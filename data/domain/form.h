// A form's values as people gave them: field key -> UTF-8 text. Which keys there are, what they are called
// and what they may hold is in fields.h, one line a field. An absent key and an empty value are the same.
#pragma once

#include "data/base/cbor.h"

#include <map>
#include <string>
#include <string_view>

namespace wq::domain {

using Form = std::map<std::string, std::string, std::less<>>;

inline std::string_view value_of(const Form& form, std::string_view key) {
    const auto at = form.find(key);
    return at == form.end() ? std::string_view() : std::string_view(at->second);
}

cbor::Value to_cbor(const Form& form);
Form form_from_cbor(const cbor::Value& value);

}  // namespace wq::domain
