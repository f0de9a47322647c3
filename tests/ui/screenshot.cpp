// wq_screenshot FILE.png: what the X display shows now, as real pixels of the root window.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <wx/image.h>
#include <wx/init.h>

#include <cstdio>
#include <memory>

namespace {

wxImage picture_of_root(Display* display) {
    const Window root = DefaultRootWindow(display);
    XWindowAttributes about;
    XGetWindowAttributes(display, root, &about);
    XImage* pixels = XGetImage(display, root, 0, 0, static_cast<unsigned>(about.width),
                               static_cast<unsigned>(about.height), AllPlanes, ZPixmap);
    wxImage image(about.width, about.height, false);
    unsigned char* to = image.GetData();
    for (int y = 0; pixels && y < about.height; ++y) {
        for (int x = 0; x < about.width; ++x) {
            const unsigned long pixel = XGetPixel(pixels, x, y);
            *to++ = static_cast<unsigned char>(pixel >> 16);
            *to++ = static_cast<unsigned char>(pixel >> 8);
            *to++ = static_cast<unsigned char>(pixel);
        }
    }
    if (pixels) XDestroyImage(pixels);
    return image;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return std::fprintf(stderr, "usage: wq_screenshot FILE.png\n"), 2;
    Display* display = XOpenDisplay(nullptr);
    if (!display) return std::fprintf(stderr, "wq_screenshot: no display\n"), 3;
    wxImage::AddHandler(new wxPNGHandler);
    const bool saved = picture_of_root(display).SaveFile(argv[1], wxBITMAP_TYPE_PNG);
    XCloseDisplay(display);
    if (!saved) std::fprintf(stderr, "wq_screenshot: cannot write %s\n", argv[1]);
    return saved ? 0 : 3;
}
