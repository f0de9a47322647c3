#include "kiosk/ui/qr_picture.h"

#include <algorithm>

namespace wq::ui {
namespace {
constexpr int kQuiet = 4, kSide = 380;  // modules, and units of the design
}

QrPicture::QrPicture(wxWindow* parent, std::string_view text)
    : Control(parent, "", false),
      text_(text),
      symbol_(render::qr_symbol(text).value_or(render::QrSymbol{})) {}

int QrPicture::module_size(int width) const { return std::max(2, std::min(width, px(kSide)) / modules()); }

int QrPicture::natural_width() const { return module_size(px(kSide)) * modules(); }
int QrPicture::height_for(int width) const { return module_size(width) * modules(); }

void QrPicture::draw(Painter& painter, const wxRect& seen) {
    const int size = module_size(seen.width), side = size * modules();
    const int left = seen.x + (seen.width - side) / 2;
    wxGraphicsContext& context = painter.context();
    context.SetAntialiasMode(wxANTIALIAS_NONE);
    context.SetPen(*wxTRANSPARENT_PEN);
    context.SetBrush(*wxWHITE_BRUSH);
    context.DrawRectangle(left, seen.y, side, side);
    context.SetBrush(*wxBLACK_BRUSH);
    for (int y = 0; y < symbol_.side; ++y)
        for (int x = 0; x < symbol_.side; ++x)
            if (symbol_.dark(x, y))
                context.DrawRectangle(left + (x + kQuiet) * size, seen.y + (y + kQuiet) * size, size, size);
    context.SetAntialiasMode(wxANTIALIAS_DEFAULT);
}

}  // namespace wq::ui
