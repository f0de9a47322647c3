// A QR symbol on the screen, for a phone to read: black on white in any theme, with its quiet zone, modules
// of whole pixels. The text is in the QR alphanumeric set (pdf/render/qr.h); another shows nothing.
#pragma once

#include "kiosk/ui/control.h"
#include "pdf/render/qr.h"

#include <string>
#include <string_view>

namespace wq::ui {

class QrPicture : public Control {
  public:
    QrPicture(wxWindow* parent, std::string_view text);

    int natural_width() const override;
    int height_for(int width) const override;
    Description description() const override { return {"qr", "", text_}; }

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    int modules() const { return symbol_.side + 2 * 4; }  // ISO/IEC 18004, 9.1: four around it
    int module_size(int width) const;

    std::string text_;
    render::QrSymbol symbol_;
};

}  // namespace wq::ui
