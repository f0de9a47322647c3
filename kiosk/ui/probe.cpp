#include "kiosk/ui/probe.h"

#include "kiosk/ui/shell.h"
#include "kiosk/ui/text.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace wq::ui {
namespace {

using Json = nlohmann::ordered_json;

Json rect_json(const wxWindow& window, const wxRect& rect) {
    const wxPoint at = window.ClientToScreen(rect.GetTopLeft());
    return Json::array({at.x, at.y, rect.width, rect.height});
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

void add(Json& controls, const wxWindow& window) {
    const auto* described = dynamic_cast<const Described*>(&window);
    const std::string name = from_wx(window.GetName());
    if (described) {
        const Description says = described->description();
        const wxRect whole(window.GetClientSize());
        controls.push_back({{"name", name},
                            {"kind", says.kind},
                            {"label", says.label},
                            {"value", says.secret ? "" : says.value},
                            {"rect", rect_json(window, whole)},
                            {"enabled", window.IsEnabled()},
                            {"focused", has_focus(window)},
                            {"reachable", is_reachable(window, whole)}});
        for (const Part& part : says.parts)
            controls.push_back({{"name", part.name},
                                {"kind", part.kind},
                                {"label", part.label},
                                {"value", part.value},
                                {"rect", rect_json(window, part.rect)},
                                {"enabled", part.enabled},
                                {"focused", false},
                                {"reachable", is_reachable(window, part.rect)}});
    }
    for (const wxWindow* child : window.GetChildren())
        if (child->IsShown()) add(controls, *child);
}

std::string told(const Shell& shell) {
    Json says;
    says["screen"] = shell.front() ? shell.front()->name() : "";
    says["overlay"] = shell.question() ? shell.question()->name() : "";
    says["size"] = {shell.GetClientSize().x, shell.GetClientSize().y};
    says["controls"] = Json::array();
    add(says["controls"], shell);
    return says.dump(1, ' ', false, Json::error_handler_t::replace);
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
