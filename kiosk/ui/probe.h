// Tells what is on the screen, for drivers of tests and for readers: when WANGQIAN_PROBE names a file,
// it holds after each change the current screen and every control with its name, place and value.
// Pure reading; no commands come this way. The value of a secret field is never told.
#pragma once

#include <wx/gdicmn.h>

#include <string>
#include <vector>

class wxWindow;

namespace wq::ui {

// What a control says of itself. A part is something to touch inside a control that draws many of them
// (a key, a row); its rectangle is in pixels of the control's window.
struct Part {
    std::string name;
    std::string kind;
    std::string label;
    std::string value;
    wxRect rect;
    bool enabled = true;
};

struct Description {
    std::string kind;
    std::string label;
    std::string value = {};
    bool secret = false;
    std::vector<Part> parts = {};
};

class Described {
  public:
    virtual ~Described() = default;
    virtual Description description() const = 0;
};

class Shell;

// Starts telling about the shell if WANGQIAN_PROBE is set; otherwise does nothing.
//
// {"screen": "login", "size": [1080, 1920], "overlay": "", "controls": [{"name": "login.account",
//   "kind": "field", "label": "…", "value": "…", "rect": [x, y, w, h] (pixels of the screen),
//   "enabled": true, "focused": false, "reachable": true}, …]}
// reachable: its middle is in view, not scrolled away.
void start_probe(Shell& shell);

}  // namespace wq::ui
