#include "kiosk/ui/probe.h"

#include "kiosk/ui/shell.h"
#include "kiosk/ui/text.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace wq::ui {
namespace {

// RFC 8259, section 7. What wx holds is valid text, so bytes above 0x7F go as they are.
std::string quoted(const std::string& text) {
    std::string json = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') json += '\\';
        if (static_cast<unsigned char>(c) >= 0x20)
            json += c;
        else if (c == '\n')
            json += "\\n";
        else
            json += ' ';
    }
    return json + "\"";
}

std::string rect_json(const wxWindow& window, const wxRect& rect) {
    const wxPoint at = window.ClientToScreen(rect.GetTopLeft());
    return "[" + std::to_string(at.x) + "," + std::to_string(at.y) + "," + std::to_string(rect.width) + "," +
           std::to_string(rect.height) + "]";
}

// Whether the middle of the rectangle is inside every window around it.
bool is_reachable(const wxWindow& window, const wxRect& rect) {
    const wxPoint middle = window.ClientToScreen(wxPoint(rect.x + rect.width / 2, rect.y + rect.height / 2));
    for (const wxWindow* up = &window; up; up = up->GetParent()) {
        if (!wxRect(up->GetClientSize()).Contains(up->ScreenToClient(middle))) return false;
        if (up->IsTopLevel()) break;
    }
    return true;
}

// An entry has the focus for the field around it.
bool has_focus(const wxWindow& window) {
    const wxWindow* focus = wxWindow::FindFocus();
    return focus && (focus == &window || (focus->GetParent() == &window && !focus->GetParent()->HasFocus()));
}

const char* truth(bool is) { return is ? "true" : "false"; }

// One object of the list; a control tells of itself as of a part that is its whole window.
std::string part_json(const wxWindow& window, const Part& part, bool focused) {
    return "{\"name\":" + quoted(part.name) + ",\"kind\":" + quoted(part.kind) +
           ",\"label\":" + quoted(part.label) + ",\"value\":" + quoted(part.value) +
           ",\"rect\":" + rect_json(window, part.rect) + ",\"enabled\":" + truth(part.enabled) +
           ",\"focused\":" + truth(focused) + ",\"reachable\":" + truth(is_reachable(window, part.rect)) +
           "}";
}

void add(std::string& controls, const wxWindow& window) {
    const auto append = [&](const Part& part, bool focused) {
        controls += (controls.empty() ? "\n " : ",\n ") + part_json(window, part, focused);
    };
    if (const auto* described = dynamic_cast<const Described*>(&window)) {
        const Description says = described->description();
        append({from_wx(window.GetName()), says.kind, says.label, says.secret ? "" : says.value,
                wxRect(window.GetClientSize()), window.IsEnabled()},
               has_focus(window));
        for (const Part& part : says.parts) append(part, false);
    }
    for (const wxWindow* child : window.GetChildren())
        if (child->IsShown()) add(controls, *child);
}

std::string told(const Shell& shell) {
    const wxSize size = shell.GetClientSize();
    std::string controls;
    add(controls, shell);
    return "{\"screen\":" + quoted(shell.front() ? shell.front()->name() : "") +
           ",\"overlay\":" + quoted(shell.question() ? shell.question()->name() : "") + ",\"size\":[" +
           std::to_string(size.x) + "," + std::to_string(size.y) + "],\"controls\":[" + controls + "\n]}\n";
}

// A reader sees the old text or the new one, never half.
void write_whole(const std::string& path, const std::string& text) {
    const std::string fresh = path + ".new";
    std::ofstream(fresh, std::ios::binary) << text;
    std::error_code ignored;
    std::filesystem::rename(fresh, path, ignored);
}

}  // namespace

void start_probe(Shell& shell) {
    const char* path = std::getenv("WANGQIAN_PROBE");
    if (!path || !*path) return;
    shell.Bind(wxEVT_IDLE,
               [&shell, file = std::string(path), last = std::string()](wxIdleEvent& event) mutable {
                   event.Skip();
                   std::string now = told(shell);
                   if (now == last) return;
                   write_whole(file, now);
                   last = std::move(now);
               });
}

}  // namespace wq::ui
