// Shows the picture of a page, as large as fits: an issued sheet, a scan. Scaling is done once for a
// size; decoding and rasterising are others' work, off the UI thread.
#pragma once

#include "kiosk/ui/control.h"

#include <wx/bitmap.h>

#include <cstdint>
#include <string>
#include <vector>

namespace wq::ui {

// 8 bits each of red, green, blue; rows from the top without gaps.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;
};

// A place to look at, in shares (0 to 1) of the page.
struct PageMark {
    double x, y, width, height;
    Colour colour = Colour::lost;
};

class PageView : public Control {
  public:
    enum class Ground { dark, light };  // dark for the kiosk's scan screen, light for the desk

    PageView(wxWindow* parent, std::string_view name, Ground ground);

    void set_picture(const Picture& picture);  // an empty one takes it away
    void set_marks(std::vector<PageMark> marks);
    void set_frame(Colour frame);           // around the page: found or lost
    void set_caption(std::string caption);  // on light ground above, on dark in place of a picture

    int natural_width() const override { return px(400); }
    int height_for(int width) const override { return width; }
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;

  private:
    wxRect page_rect(const wxRect& seen) const;
    const wxBitmap& scaled(wxSize size);

    Ground ground_;
    wxImage picture_;
    wxBitmap scaled_;
    std::vector<PageMark> marks_;
    Colour frame_ = Colour::line;
    std::string caption_;
};

}  // namespace wq::ui
