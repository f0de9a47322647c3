// The one border between wxString and the program's UTF-8. Only kiosk/ui knows wxString; every
// function that others call takes and gives UTF-8 in std::string.
#pragma once

#include <wx/string.h>

#include <string>
#include <string_view>

namespace wq::ui {

inline wxString to_wx(std::string_view utf8) { return wxString::FromUTF8(utf8.data(), utf8.size()); }

inline std::string from_wx(const wxString& text) {
    const wxScopedCharBuffer utf8 = text.utf8_str();
    return {utf8.data(), utf8.length()};
}

}  // namespace wq::ui
