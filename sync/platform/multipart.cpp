#include "sync/platform/multipart.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::platform {
namespace {

constexpr std::string_view kMediaType = "multipart/form-data";
constexpr std::size_t kLongestBoundary = 70;  // RFC 2046, 5.1.1

std::string_view text_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Where a quoted text ends that begins at `at`: behind its closing quote, or at the end. Browsers write a
// quote within as %22, older ones and curl with a backslash.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
    for (++at; at < text.size(); ++at) {
        if (text[at] == '"') return at + 1;
        if (text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\')) ++at;
    }
    return at;
}

// "form-data; name=a; filename=\"b;c\"" in its three parts.
std::vector<std::string_view> parameters_of(std::string_view header) {
    std::vector<std::string_view> parameters;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= header.size();) {
        if (at < header.size() && header[at] == '"') {
            at = end_of_quoted(header, at);
            continue;
        }
        if (at == header.size() || header[at] == ';') {
            parameters.push_back(trimmed(header.substr(begin, at - begin)));
            begin = at + 1;
        }
        ++at;
    }
    return parameters;
}

std::string unquoted(std::string_view value) {
    if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::string(value);
    std::string text;
    for (std::size_t at = 1; at + 1 < value.size(); ++at) {
        const bool is_escape = value[at] == '\\' && (value[at + 1] == '"' || value[at + 1] == '\\');
        if (is_escape && at + 2 < value.size()) ++at;
        text += value[at];
    }
    return text;
}

// The value of `name="…"` or `name=…` among a header's parameters.
std::string parameter(std::string_view header, std::string_view name) {
    for (const std::string_view part : parameters_of(header)) {
        const auto equals = part.find('=');
        if (equals == std::string_view::npos || to_lower_ascii(part.substr(0, equals)) != name) continue;
        return unquoted(part.substr(equals + 1));
    }
    return {};
}

// Of "head CRLF CRLF content"; a part without a name is none.
std::optional<FormPart> part_of(ByteView part) {
    const std::string_view text = text_of(part);
    const auto head_end = text.find("\r\n\r\n");
    if (head_end == std::string_view::npos) return std::nullopt;
    for (std::string_view line : split(text.substr(0, head_end), '\n')) {
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (!to_lower_ascii(line).starts_with("content-disposition:")) continue;
        FormPart found{parameter(line, "name"), parameter(line, "filename"), part.subspan(head_end + 4)};
        if (!found.name.empty()) return found;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::vector<FormPart>> form_parts(std::string_view content_type, ByteView body) {
    if (!to_lower_ascii(content_type).starts_with(kMediaType)) return std::nullopt;
    const std::string boundary = parameter(content_type, "boundary");
    if (boundary.empty() || boundary.size() > kLongestBoundary) return std::nullopt;
    const std::string delimiter = "--" + boundary;
    const std::string_view text = text_of(body);
    std::vector<FormPart> parts;
    std::size_t at = text.find(delimiter);
    while (at != std::string_view::npos) {
        at += delimiter.size();
        if (text.substr(at, 2) == "--") return parts;
        if (text.substr(at, 2) != "\r\n") return std::nullopt;
        const std::size_t end = text.find("\r\n" + delimiter, at);
        if (end == std::string_view::npos || parts.size() == kMostFormParts) return std::nullopt;
        // A part may be empty: then its end is the line break that ends the delimiter before it.
        const std::size_t begin = std::min(at + 2, end);
        if (auto part = part_of(body.subspan(begin, end - begin))) parts.push_back(std::move(*part));
        at = end + 2;
    }
    return std::nullopt;
}

}  // namespace wq::platform
