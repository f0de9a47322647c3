#include "kiosk/ui/page_view.h"

#include <wx/image.h>

#include <cstdlib>
#include <cstring>

namespace wq::ui {

PageView::PageView(wxWindow* parent, std::string_view name, Ground ground)
    : Control(parent, name, false), ground_(ground) {}

void PageView::set_picture(const Picture& picture) {
    picture_ = wxImage();
    if (picture.width > 0 && picture.height > 0) {
        picture_ = wxImage(picture.width, picture.height, false);
        std::memcpy(picture_.GetData(), picture.rgb.data(),
                    std::min(picture.rgb.size(), 3 * static_cast<std::size_t>(picture.width) *
                                                     static_cast<std::size_t>(picture.height)));
    }
    scaled_ = wxBitmap();
    Refresh();
}

void PageView::set_marks(std::vector<PageMark> marks) {
    marks_ = std::move(marks);
    Refresh();
}

void PageView::set_frame(Colour frame) {
    frame_ = frame;
    Refresh();
}

void PageView::set_caption(std::string caption) {
    caption_ = std::move(caption);
    Refresh();
}

Description PageView::description() const {
    return {"picture", caption_,
            picture_.IsOk() ? std::to_string(picture_.GetWidth()) + "x" + std::to_string(picture_.GetHeight())
                            : ""};
}

// The largest rectangle of the page's proportions inside what is seen.
wxRect PageView::page_rect(const wxRect& seen) const {
    const int padding = ground_ == Ground::dark ? metric(Metric::card_padding) : metric(Metric::gap);
    wxRect room = wxRect(seen).Deflate(padding);
    if (ground_ == Ground::light && !caption_.empty()) {
        room.y += line_height(Type::small);
        room.height -= line_height(Type::small);
    }
    const double scale = std::min(room.width / static_cast<double>(picture_.GetWidth()),
                                  room.height / static_cast<double>(picture_.GetHeight()));
    const int width = std::max(1, static_cast<int>(picture_.GetWidth() * scale));
    const int height = std::max(1, static_cast<int>(picture_.GetHeight() * scale));
    return {room.x + (room.width - width) / 2, room.y + (room.height - height) / 2, width, height};
}

const wxBitmap& PageView::scaled(wxSize size) {
    if (!scaled_.IsOk() || scaled_.GetSize() != size) {
        const bool smaller = size.x < picture_.GetWidth();
        scaled_ = wxBitmap(
            picture_.Scale(size.x, size.y, smaller ? wxIMAGE_QUALITY_BOX_AVERAGE : wxIMAGE_QUALITY_BILINEAR));
    }
    return scaled_;
}

void PageView::draw(Painter& painter, const wxRect& seen) {
    const bool dark = ground_ == Ground::dark;
    painter.rounded(seen, {dark ? Colour::dark : Colour::surface, Colour::line,
                           dark ? 0 : metric(Metric::border), dark ? metric(Metric::card_radius) : 0});
    if (!dark)
        painter.text(caption_,
                     {seen.x + metric(Metric::gap), seen.y + metric(Metric::gap_small),
                      seen.width - 2 * metric(Metric::gap), line_height(Type::small)},
                     Type::small, Colour::muted);
    if (!picture_.IsOk()) {
        if (dark) painter.text(caption_, seen, Type::body, Colour::on_brand, Align::centre);
        return;
    }
    const wxRect page = page_rect(seen);
    const int frame = frame_ == Colour::line ? metric(Metric::border) : metric(Metric::border_strong) * 2;
    painter.ring(page, 0, frame_, frame);
    painter.picture(scaled(page.GetSize()), page);
    for (const PageMark& mark : marks_)
        painter.ring(
            {page.x + static_cast<int>(mark.x * page.width), page.y + static_cast<int>(mark.y * page.height),
             static_cast<int>(mark.width * page.width), static_cast<int>(mark.height * page.height)},
            metric(Metric::border_strong), mark.colour, metric(Metric::border_strong));
}

}  // namespace wq::ui
