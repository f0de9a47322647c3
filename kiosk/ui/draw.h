// Drawing for the controls: rounded boxes with crisp edges, text set by the eye's middle, wrapped
// paragraphs, icons. Knows the theme and no controls. UI thread only; a Painter lives for one paint.
#pragma once

#include "kiosk/ui/theme.h"

#include <wx/dcclient.h>
#include <wx/graphics.h>
#include <wx/window.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wq::ui {

enum class Icon {
    none,
    play,
    check,
    cross,
    warning,
    info,
    back,
    forward,
    up,
    down,
    erase,
    shift,
    scan,
    print,
    search,
    plus,
    dot,
    person,
    document
};

enum class Align { left, centre, right };

// Widths and heights in pixels of the window. Text is UTF-8.
int text_width(Type type, std::string_view text);
int line_height(Type type);  // of a paragraph

// Lines of at most `width` pixels. Breaks at line feeds, between Chinese characters (never before a
// closing mark, nor after an opening one) and between words; what is still too long breaks anywhere.
// The first line begins `indent` pixels in.
std::vector<std::string> wrapped(Type type, std::string_view text, int width, int indent = 0);
int paragraph_height(Type type, std::string_view text, int width, int indent = 0);

// The text, its end replaced by … where it is wider than `width`.
std::string shortened(Type type, std::string_view text, int width);

struct Shape {  // what rounded() draws; a border of 0 px is none
    Colour fill;
    Colour outline = Colour::line;
    int border = 0;
    int radius = 0;
};

class Painter {
  public:
    // Paints `window` and begins by filling it with `ground`. Only inside its paint event.
    Painter(wxWindow& window, const wxColour& ground);
    ~Painter();
    Painter(const Painter&) = delete;
    Painter& operator=(const Painter&) = delete;

    void fill(const wxRect& rect, Colour colour);
    void rounded(const wxRect& rect, const Shape& shape);

    // A ring just outside `rect`, whose corners have `radius`.
    void ring(const wxRect& rect, int radius, Colour colour, int width);
    void disc(double x, double y, double radius, Colour colour);
    void icon(Icon icon, const wxRect& rect, Colour colour);

    // One line, centred on the middle of the rectangle's height, shortened to its width.
    void text(std::string_view text, const wxRect& rect, Type type, Colour colour, Align align = Align::left);

    // Wrapped lines from the rectangle's top; gives the height used. May run out below.
    int paragraph(std::string_view text, const wxRect& rect, Type type, Colour colour, int indent = 0,
                  Align align = Align::left);

    void picture(const wxBitmap& bitmap, const wxRect& rect);
    wxGraphicsContext& context() { return *context_; }

  private:
    void put(const wxString& line, double x, double middle, Type type, Colour colour);

    wxPaintDC dc_;
    std::unique_ptr<wxGraphicsContext> context_;
};

}  // namespace wq::ui
