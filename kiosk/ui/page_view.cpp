#include "kiosk/ui/page_view.h"

#include <wx/image.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace wq::ui {
namespace {
constexpr double kClosest = 6, kCloser = 2.5, kStep = 1.25;
}  // namespace

PageView::PageView(wxWindow* parent, std::string_view name, Ground ground)
    : Control(parent, name, ground == Ground::light), ground_(ground) {
    if (ground != Ground::light) return;
    SetCursor(wxCursor(wxCURSOR_MAGNIFIER));
    Bind(wxEVT_MOUSEWHEEL, [this](wxMouseEvent& event) {
        zoom_at(event.GetPosition(), look_.zoom * (event.GetWheelRotation() > 0 ? kStep : 1 / kStep));
    });
}

void PageView::set_picture(const Picture& picture) {
    picture_ = wxImage();
    if (picture.width > 0 && picture.height > 0) {
        picture_ = wxImage(picture.width, picture.height, false);
        std::memcpy(picture_.GetData(), picture.rgb.data(),
                    std::min(picture.rgb.size(), 3 * static_cast<std::size_t>(picture.width) *
                                                     static_cast<std::size_t>(picture.height)));
    }
    drawn_ = wxBitmap();
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

wxRect PageView::room() const {
    const int padding = ground_ == Ground::dark ? metric(Metric::card_padding) : metric(Metric::gap);
    wxRect room = seen().Deflate(padding);
    if (ground_ == Ground::light && !caption_.empty()) {
        room.y += line_height(Type::small);
        room.height -= line_height(Type::small);
    }
    return room;
}

// Where the page is larger than the room it fills it to the edges; where smaller it lies in the middle.
wxRect PageView::page_rect() const {
    const wxRect room = this->room();
    const double scale = look_.zoom * std::min(room.width / static_cast<double>(picture_.GetWidth()),
                                               room.height / static_cast<double>(picture_.GetHeight()));
    const auto along = [](int from, int space, int size, double middle) {
        if (size <= space) return from + (space - size) / 2;
        return std::clamp(from + space / 2 - static_cast<int>(middle * size), from + space - size, from);
    };
    const int width = std::max(1, static_cast<int>(picture_.GetWidth() * scale));
    const int height = std::max(1, static_cast<int>(picture_.GetHeight() * scale));
    return {along(room.x, room.width, width, look_.x), along(room.y, room.height, height, look_.y), width,
            height};
}

void PageView::set_look(Look look) {
    look_ = {std::clamp(look.zoom, 1.0, kClosest), std::clamp(look.x, 0.0, 1.0),
             std::clamp(look.y, 0.0, 1.0)};
    Refresh();
}

void PageView::look(Look look) {
    set_look(look);
    if (looked_) looked_(look_);
}

void PageView::look_at(const PageMark& mark) {
    look({std::max(look_.zoom, kCloser), mark.x + mark.width / 2, mark.y + mark.height / 2});
}

// What lies under `at` stays there.
void PageView::zoom_at(wxPoint at, double zoom) {
    if (!picture_.IsOk()) return;
    const wxRect page = page_rect(), room = this->room();
    zoom = std::clamp(zoom, 1.0, kClosest);
    const double closer = zoom / look_.zoom;
    const auto middle = [closer](int spot, int from, int size, int room_middle) {
        return ((spot - from) * closer + room_middle - spot) / (size * closer);
    };
    look({zoom, middle(at.x, page.x, page.width, room.x + room.width / 2),
          middle(at.y, page.y, page.height, room.y + room.height / 2)});
}

void PageView::touch_began(wxPoint at) {
    dragged_from_ = at;
    dragged_ = false;
}

void PageView::touch_moved(wxPoint at) {
    if (!picture_.IsOk()) return;
    const wxPoint by = at - dragged_from_;
    if (!dragged_ && std::abs(by.x) + std::abs(by.y) < px(6)) return;
    dragged_ = true;
    dragged_from_ = at;
    const wxRect page = page_rect();
    look({look_.zoom, look_.x - by.x / static_cast<double>(page.width),
          look_.y - by.y / static_cast<double>(page.height)});
}

void PageView::pressed(wxPoint at) {
    if (!dragged_) zoom_at(at, look_.zoom > 1 ? 1 : kCloser);
}

bool PageView::key(const wxKeyEvent& event) {
    const wxRect room = this->room();
    const wxPoint middle(room.x + room.width / 2, room.y + room.height / 2);
    switch (event.GetUnicodeKey()) {
        case '+':
        case '=':
            return zoom_at(middle, look_.zoom * kStep), true;
        case '-':
            return zoom_at(middle, look_.zoom / kStep), true;
        case '0':
            return zoom_at(middle, 1), true;
        default:
            return false;
    }
}

// Scales the part of the picture that is in view, once for a look.
void PageView::prepare(const wxRect& page, const wxRect& part) {
    if (drawn_.IsOk() && drawn_page_ == page && drawn_part_ == part) return;
    const double scale = picture_.GetWidth() / static_cast<double>(page.width);
    const auto source = [scale](int from, int size, int whole) {
        const int first = std::clamp(static_cast<int>(from * scale), 0, whole - 1);
        return std::pair(first, std::clamp(static_cast<int>(size * scale), 1, whole - first));
    };
    const auto [x, width] = source(part.x - page.x, part.width, picture_.GetWidth());
    const auto [y, height] = source(part.y - page.y, part.height, picture_.GetHeight());
    drawn_ =
        wxBitmap(picture_.GetSubImage({x, y, width, height})
                     .Scale(part.width, part.height,
                            part.width < width ? wxIMAGE_QUALITY_BOX_AVERAGE : wxIMAGE_QUALITY_BILINEAR));
    drawn_page_ = page;
    drawn_part_ = part;
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
    const wxRect page = page_rect(), part = wxRect(page).Intersect(room());
    const int frame = frame_ == Colour::line ? metric(Metric::border) : metric(Metric::border_strong) * 2;
    painter.ring(part, 0, frame_, frame);
    prepare(page, part);
    painter.picture(drawn_, part);
    for (const PageMark& mark : marks_) {
        const wxRect place(
            page.x + static_cast<int>(mark.x * page.width), page.y + static_cast<int>(mark.y * page.height),
            static_cast<int>(mark.width * page.width), static_cast<int>(mark.height * page.height));
        if (part.Intersects(place))
            painter.ring(wxRect(place).Intersect(part), metric(Metric::border_strong), mark.colour,
                         metric(Metric::border_strong));
    }
}

}  // namespace wq::ui
