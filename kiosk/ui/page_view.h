// Shows the picture of a page: an issued sheet, a scan. On the kiosk as large as fits; on the desk a click or
// the wheel looks closer and a drag moves on. Decoding and rasterising are others' work, off the UI thread.
#pragma once

#include "kiosk/ui/control.h"

#include <wx/bitmap.h>

#include <cstdint>
#include <functional>
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

// What of the page is seen: 1 is all of it; the middle in shares of the page.
struct Look {
    double zoom = 1, x = 0.5, y = 0.5;
};

class PageView : public Control {
  public:
    enum class Ground { dark, light };  // dark for the kiosk's scan screen, light for the desk

    PageView(wxWindow* parent, std::string_view name, Ground ground);

    void set_picture(const Picture& picture);  // an empty one takes it away
    void set_marks(std::vector<PageMark> marks);
    void set_frame(Colour frame);           // around the page: found or lost
    void set_caption(std::string caption);  // on light ground above, on dark in place of a picture

    // Called after a person has moved the look, so that a page beside can follow.
    void on_look(std::function<void(const Look&)> looked) { looked_ = std::move(looked); }
    void set_look(Look look);
    void look_at(const PageMark& mark);  // closer, and tells on_look

    int natural_width() const override { return px(400); }
    int height_for(int width) const override { return width; }
    Description description() const override;

  protected:
    void draw(Painter& painter, const wxRect& seen) override;
    void pressed(wxPoint at) override;
    void touch_began(wxPoint at) override;
    void touch_moved(wxPoint at) override;
    bool key(const wxKeyEvent& event) override;

  private:
    wxRect room() const;       // for the page, inside what is seen
    wxRect page_rect() const;  // of the whole page; larger than the room when looking closer
    void look(Look look);
    void zoom_at(wxPoint at, double zoom);
    void prepare(const wxRect& page, const wxRect& part);

    Ground ground_;
    wxImage picture_;
    Look look_;
    std::function<void(const Look&)> looked_;
    wxPoint dragged_from_;
    bool dragged_ = false;
    wxBitmap drawn_;  // the part in view, scaled
    wxRect drawn_page_, drawn_part_;
    std::vector<PageMark> marks_;
    Colour frame_ = Colour::line;
    std::string caption_;
};

}  // namespace wq::ui
