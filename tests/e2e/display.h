// A virtual display (Xvfb) and what a person does in front of it: real mouse and key events by the X test
// extension, and photographs of the screen.
#pragma once

#include "tests/e2e/process.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

struct _XDisplay;

namespace wq::e2e {

class Display {
  public:
    // Starts Xvfb of this size on a free display number.
    Display(int width, int height, const std::filesystem::path& log);
    ~Display();

    const std::string& name() const { return name_; }  // ":97"

    void click(int x, int y);
    void type(std::string_view ascii);
    void press(const std::string& key);  // an X keysym's name: "Return", "a", "Down"
    // Nobody offers anything to paste.
    bool clipboard_is_empty();
    void photograph(const std::filesystem::path& png);

  private:
    void key(unsigned long symbol);

    std::string name_;
    std::unique_ptr<Process> server_;
    _XDisplay* display_ = nullptr;
};

}  // namespace wq::e2e
