#include "sync/protocol/http.h"

#include "data/base/utf8.h"

namespace wq::protocol {

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

std::string_view parameter_of(std::string_view target, std::string_view name) {
    const auto query = target.find('?');
    if (query == std::string_view::npos) return {};
    for (const std::string_view pair : split(target.substr(query + 1), '&')) {
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return pair.substr(equals + 1);
    }
    return {};
}

}  // namespace wq::protocol
