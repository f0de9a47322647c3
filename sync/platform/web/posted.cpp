#include "sync/platform/web/posted.h"

#include "data/base/utf8.h"
#include "data/os/text.h"
#include "sync/platform/multipart.h"

#include <optional>

namespace wq::platform {
namespace {

constexpr std::size_t kMostFields = 200;

tl::unexpected<Refusal> unreadable() { return refuse("request_unreadable"); }

std::string_view text_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const auto first = i + 1 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
        const auto second = i + 2 < text.size() ? hex_digit(text[i + 2]) : std::nullopt;
        if (!first || !second) return std::nullopt;
        plain += static_cast<char>(*first * 16 + *second);
        i += 2;
    }
    return plain;
}

// Line ends as browsers send them become ours.
std::string with_line_feeds(std::string text) {
    std::erase(text, '\r');
    return text;
}

// A password is what was typed, to the last blank.
Result<void> take(domain::Form& fields, const std::string& name, std::string_view value) {
    if (name.starts_with("password")) {
        if (!is_valid_utf8(value)) return unreadable();
        if (!value.empty()) fields.emplace(name, value);
        return {};
    }
    const auto text = os::normal_text(with_line_feeds(std::string(value)));
    if (!text || !is_valid_utf8(name) || fields.size() >= kMostFields) return unreadable();
    if (const std::string_view kept = trimmed(*text); !kept.empty()) fields.emplace(name, kept);
    return {};
}

Result<Posted> multipart(const protocol::Request& request) {
    const auto parts = form_parts(protocol::header_of(request.headers, "content-type"), request.body);
    if (!parts) return unreadable();
    Posted posted;
    for (const FormPart& part : *parts) {
        if (!part.file_name.empty()) {
            if (!part.content.empty()) posted.files.push_back({part.name, part.file_name, part.content});
        } else if (auto taken = take(posted.fields, part.name, text_of(part.content)); !taken) {
            return unreadable();
        }
    }
    return posted;
}

}  // namespace

Result<domain::Form> urlencoded(std::string_view text) {
    domain::Form fields;
    if (text.empty()) return fields;
    for (const std::string_view pair : split(text, '&')) {
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const auto name = unescaped(pair.substr(0, equals));
        const auto value = unescaped(pair.substr(std::min(equals + 1, pair.size())));
        if (!name || !value) return unreadable();
        if (auto taken = take(fields, *name, *value); !taken) return unreadable();
    }
    return fields;
}

Result<Posted> posted_in(const protocol::Request& request) {
    const std::string_view type = protocol::header_of(request.headers, "content-type");
    if (type.starts_with("multipart/form-data")) return multipart(request);
    if (!request.body.empty() && !type.starts_with("application/x-www-form-urlencoded")) return unreadable();
    return urlencoded(text_of(request.body)).map([](domain::Form&& fields) {
        return Posted{std::move(fields), {}};
    });
}

}  // namespace wq::platform
