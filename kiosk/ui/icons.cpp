#include "kiosk/ui/draw.h"

#include <wx/pen.h>

#include <span>

namespace wq::ui {
namespace {

struct Point {
    double x, y;
};

// Strokes in a square of 24 units: a polyline for each span, drawn with round ends.
constexpr Point kCheck[] = {{5, 12.5}, {10, 17.5}, {19.5, 7}};
constexpr Point kCrossA[] = {{6.5, 6.5}, {17.5, 17.5}};
constexpr Point kCrossB[] = {{17.5, 6.5}, {6.5, 17.5}};
constexpr Point kBack[] = {{15, 5}, {8, 12}, {15, 19}};
constexpr Point kForward[] = {{9, 5}, {16, 12}, {9, 19}};
constexpr Point kUp[] = {{5, 15.5}, {12, 8.5}, {19, 15.5}};
constexpr Point kDown[] = {{5, 8.5}, {12, 15.5}, {19, 8.5}};
constexpr Point kErase[] = {{8.5, 6}, {21, 6}, {21, 18}, {8.5, 18}, {3, 12}, {8.5, 6}};
constexpr Point kEraseA[] = {{11.5, 9.2}, {17, 14.8}};
constexpr Point kEraseB[] = {{17, 9.2}, {11.5, 14.8}};
constexpr Point kShift[] = {{12, 4}, {20, 12}, {16, 12}, {16, 19}, {8, 19}, {8, 12}, {4, 12}, {12, 4}};
constexpr Point kPlusA[] = {{12, 5}, {12, 19}};
constexpr Point kPlusB[] = {{5, 12}, {19, 12}};
constexpr Point kSheet[] = {{6, 3.5}, {14, 3.5}, {18.5, 8}, {18.5, 20.5}, {6, 20.5}, {6, 3.5}};
constexpr Point kSheetA[] = {{9.5, 11.5}, {15, 11.5}};
constexpr Point kSheetB[] = {{9.5, 15.5}, {15, 15.5}};
constexpr Point kCornerA[] = {{3.5, 8}, {3.5, 4}, {8, 4}};
constexpr Point kCornerB[] = {{16, 4}, {20.5, 4}, {20.5, 8}};
constexpr Point kCornerC[] = {{20.5, 16}, {20.5, 20}, {16, 20}};
constexpr Point kCornerD[] = {{8, 20}, {3.5, 20}, {3.5, 16}};
constexpr Point kBar[] = {{6, 12}, {18, 12}};
constexpr Point kPaperIn[] = {{7, 8.5}, {7, 3.5}, {17, 3.5}, {17, 8.5}};
constexpr Point kPrinter[] = {{7, 17}, {3.5, 17}, {3.5, 8.5}, {20.5, 8.5}, {20.5, 17}, {17, 17}};
constexpr Point kPaperOut[] = {{7, 13.5}, {17, 13.5}, {17, 20.5}, {7, 20.5}, {7, 13.5}};
constexpr Point kHandle[] = {{15.5, 15.5}, {20.5, 20.5}};
constexpr Point kMark[] = {{12, 7}, {12, 13}};
constexpr Point kStem[] = {{12, 11}, {12, 17}};

using Strokes = std::vector<std::span<const Point>>;

Strokes strokes_of(Icon icon) {
    switch (icon) {
        case Icon::check:
            return {kCheck};
        case Icon::cross:
            return {kCrossA, kCrossB};
        case Icon::warning:
            return {kMark};
        case Icon::info:
            return {kStem};
        case Icon::back:
            return {kBack};
        case Icon::forward:
            return {kForward};
        case Icon::up:
            return {kUp};
        case Icon::down:
            return {kDown};
        case Icon::erase:
            return {kErase, kEraseA, kEraseB};
        case Icon::shift:
            return {kShift};
        case Icon::plus:
            return {kPlusA, kPlusB};
        case Icon::document:
            return {kSheet, kSheetA, kSheetB};
        case Icon::scan:
            return {kCornerA, kCornerB, kCornerC, kCornerD, kBar};
        case Icon::print:
            return {kPaperIn, kPrinter, kPaperOut};
        case Icon::search:
            return {kHandle};
        case Icon::none:
        case Icon::play:
        case Icon::dot:
        case Icon::person:
            break;
    }
    return {};
}

// The parts of an icon that are circles or solid.
void add_rounds(Icon icon, wxGraphicsPath& outline, wxGraphicsPath& solid) {
    if (icon == Icon::search) outline.AddCircle(10.5, 10.5, 6.5);
    if (icon == Icon::person) {
        outline.AddCircle(12, 8, 4);
        outline.AddArc(12, 21, 7.5, -2.9, -0.24, true);
    }
    if (icon == Icon::warning || icon == Icon::info) outline.AddCircle(12, 12, 9);
    if (icon == Icon::warning) solid.AddCircle(12, 16.6, 1.3);
    if (icon == Icon::info) solid.AddCircle(12, 7.4, 1.3);
    if (icon == Icon::dot) solid.AddCircle(12, 12, 6);
    if (icon == Icon::play) {
        solid.MoveToPoint(7, 4.5);
        solid.AddLineToPoint(19, 12);
        solid.AddLineToPoint(7, 19.5);
        solid.CloseSubpath();
    }
}

}  // namespace

void Painter::icon(Icon icon, const wxRect& rect, Colour which) {
    if (icon == Icon::none) return;
    const double size = std::min(rect.width, rect.height), scale = size / 24.0;
    context_->PushState();
    context_->Translate(rect.x + (rect.width - size) / 2, rect.y + (rect.height - size) / 2);
    context_->Scale(scale, scale);
    wxGraphicsPath outline = context_->CreatePath(), solid = context_->CreatePath();
    for (const auto& stroke : strokes_of(icon)) {
        outline.MoveToPoint(stroke[0].x, stroke[0].y);
        for (const Point& point : stroke.subspan(1)) outline.AddLineToPoint(point.x, point.y);
    }
    add_rounds(icon, outline, solid);
    const double weight = icon == Icon::check || icon == Icon::cross ? 2.8 : 2.0;
    context_->SetPen(context_->CreatePen(
        wxGraphicsPenInfo(colour(which)).Width(weight).Cap(wxCAP_ROUND).Join(wxJOIN_ROUND)));
    context_->StrokePath(outline);
    context_->SetBrush(wxBrush(colour(which)));
    context_->FillPath(solid);
    context_->PopState();
}

}  // namespace wq::ui
