#include "tests/e2e/display.h"

#include "data/os/files.h"
#include "pdf/scan/picture.h"
#include "tests/workshop/workshop.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

namespace wq::e2e {
namespace {

namespace fs = std::filesystem;

constexpr int kFirstDisplay = 71, kLastDisplay = 170;

scan::Picture picture_of(XImage& image) {
    scan::Picture picture{image.width, image.height, {}};
    picture.bgr.reserve(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 3);
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x) {
            const unsigned long pixel = XGetPixel(&image, x, y);
            for (int shift : {0, 8, 16}) picture.bgr.push_back(static_cast<std::uint8_t>(pixel >> shift));
        }
    return picture;
}

bool needs_shift(char c) {
    return (c >= 'A' && c <= 'Z') ||
           std::string_view("~!@#$%^&*()_+{}|:\"<>?").find(c) != std::string_view::npos;
}

}  // namespace

Display::Display(int width, int height, const fs::path& log) {
    for (int number = kFirstDisplay; number <= kLastDisplay && !display_; ++number) {
        if (fs::exists("/tmp/.X" + std::to_string(number) + "-lock")) continue;
        name_ = ":" + std::to_string(number);
        const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
        server_ = std::make_unique<Process>(
            std::vector<std::string>{"Xvfb", name_, "-screen", "0", screen, "-nolisten", "tcp"},
            Environment{}, log);
        for (int i = 0; i < 250 && server_->is_running() && !display_; ++i) {
            pause_ms(20);
            display_ = XOpenDisplay(name_.c_str());
        }
    }
    if (!display_) throw Fault("Xvfb does not start");
}

Display::~Display() {
    if (display_) XCloseDisplay(display_);
}

void Display::click(int x, int y) {
    XTestFakeMotionEvent(display_, -1, x, y, CurrentTime);
    XSync(display_, False);
    pause_ms(30);
    XTestFakeButtonEvent(display_, 1, True, CurrentTime);
    XSync(display_, False);
    pause_ms(40);
    XTestFakeButtonEvent(display_, 1, False, CurrentTime);
    XSync(display_, False);
}

void Display::key(unsigned long symbol) {
    const KeyCode code = XKeysymToKeycode(display_, symbol);
    if (code == 0) throw Fault("the virtual keyboard has no such key");
    XTestFakeKeyEvent(display_, code, True, CurrentTime);
    XTestFakeKeyEvent(display_, code, False, CurrentTime);
    XSync(display_, False);
    pause_ms(8);
}

void Display::type(std::string_view ascii) {
    const KeyCode shift = XKeysymToKeycode(display_, XK_Shift_L);
    for (char c : ascii) {
        if (needs_shift(c)) XTestFakeKeyEvent(display_, shift, True, CurrentTime);
        key(static_cast<unsigned char>(c));
        if (needs_shift(c)) XTestFakeKeyEvent(display_, shift, False, CurrentTime);
        XSync(display_, False);
    }
}

void Display::press(const std::string& name) { key(XStringToKeysym(name.c_str())); }

bool Display::clipboard_is_empty() {
    return XGetSelectionOwner(display_, XInternAtom(display_, "CLIPBOARD", False)) == None &&
           XGetSelectionOwner(display_, XA_PRIMARY) == None;
}

void Display::photograph(const fs::path& png) {
    const Window root = DefaultRootWindow(display_);
    XWindowAttributes about;
    XGetWindowAttributes(display_, root, &about);
    XImage* image = XGetImage(display_, root, 0, 0, static_cast<unsigned>(about.width),
                              static_cast<unsigned>(about.height), AllPlanes, ZPixmap);
    if (!image) throw Fault("the screen can't be photographed");
    const Bytes file = workshop::to_png(picture_of(*image));
    XDestroyImage(image);
    if (!os::write_file(png, file)) throw Fault("can't write " + png.string());
}

}  // namespace wq::e2e
