// What stands on a page, as a plain list in millimetres from the upper left corner, painted in order.
// Pure data: it can be compared, described and tested without any PDF. press.h makes it paper.
#pragma once

#include "pdf/render/fonts.h"
#include "pdf/render/qr.h"
#include "pdf/render/sheet.h"

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace wq::render {

using sheet::Box;
using sheet::Point;

// Sizes of type are in points (1/72 inch), as printers count: 10.5 is Chinese size five. Grey: 0 is
// black, 1 white.
struct Style {
    Face face = Face::song;
    double size = 10.5;
    double grey = 0;
};

inline constexpr double kPoint = 25.4 / 72;  // mm

// One line of text from its baseline's left end. `tracking` is added after every character, in mm;
// `angle` turns counterclockwise around the start, in degrees.
struct Text {
    Point at;
    Style style;
    std::string text;
    double tracking = 0;
    double angle = 0;
};

struct Line {
    Point from, to;
    double width;
    double grey = 0;
};

struct Filled {
    Box box;
    double grey;
};

struct DashedCircle {
    Point centre;
    double radius;
    double width;
    double grey;
};

// The box includes the quiet zone, which is painted white.
struct Code {
    Box box;
    QrSymbol symbol;
};

// A JPEG (ITU-T T.81) of three channels, stretched over the box. For people, where nothing is read or
// compared.
struct Photograph {
    int width = 0, height = 0;  // pixels
    Bytes jpeg;
};
struct Photo {
    Box box;
    std::shared_ptr<const Photograph> picture;
};

using Item = std::variant<Text, Line, Filled, DashedCircle, Code, Photo>;

// `fixed` is what all pages of a template have alike; it is painted first, and the press keeps it ready.
struct Drawing {
    std::vector<Item> items;
    std::shared_ptr<const Drawing> fixed = nullptr;

    template <class Kind>
    void add(Kind item) {
        items.emplace_back(std::in_place_type<Kind>, std::move(item));
    }
};

// Pages under one title (shown by readers, never printed).
struct Sheets {
    std::string title;
    std::vector<Drawing> pages;
};

// The four sides of a box.
void add_frame(Drawing& page, Box box, double width, double grey = 0);

// The three corner marks of sheet.h.
void add_corner_marks(Drawing& page);

}  // namespace wq::render
