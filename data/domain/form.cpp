#include "data/domain/form.h"

namespace wq::domain {

cbor::Value to_cbor(const Form& form) {
    cbor::Map map;
    for (const auto& [key, value] : form)
        if (!value.empty()) map.emplace(key, value);
    return cbor::Value(std::move(map));
}

Form form_from_cbor(const cbor::Value& value) {
    Form form;
    for (const auto& [key, item] : value.as_map()) form.emplace(key, item.as_text());
    return form;
}

}  // namespace wq::domain
