#include "kiosk/ui/draw.h"

#include "kiosk/ui/text.h"

#include <cmath>

namespace wq::ui {
namespace {

wxGraphicsContext& ruler() {
    static const std::unique_ptr<wxGraphicsContext> context(wxGraphicsContext::Create());
    return *context;
}

double width_of(Type type, const wxString& text) {
    ruler().SetFont(font(type), *wxBLACK);
    double width = 0;
    ruler().GetTextExtent(text, &width, nullptr);
    return width;
}

bool is_wide(wxUniChar c) { return c.GetValue() >= 0x2E80; }

bool may_not_begin_line(wxUniChar c) {
    static const wxString kMarks = wxString::FromUTF8("，。、；：？！）】》〉”’…·,.;:?!)]}%~—");
    return kMarks.Find(c) != wxNOT_FOUND;
}

bool may_not_end_line(wxUniChar c) {
    static const wxString kMarks = wxString::FromUTF8("（【《〈“‘([{");
    return kMarks.Find(c) != wxNOT_FOUND;
}

bool may_break_between(wxUniChar before, wxUniChar after) {
    if (may_not_begin_line(after) || may_not_end_line(before)) return false;
    return before == ' ' || is_wide(before) || is_wide(after);
}

// How many characters of `text` stand on its first line.
std::size_t fitting(Type type, const wxString& text, double width) {
    ruler().SetFont(font(type), *wxBLACK);
    wxArrayDouble ends;
    ruler().GetPartialTextExtents(text, ends);
    std::size_t fits = 0;
    while (fits < text.length() && ends[fits] <= width) ++fits;
    if (fits == text.length()) return fits;
    for (std::size_t at = fits; at > 0; --at)
        if (may_break_between(text[at - 1], text[at])) return at;
    return std::max<std::size_t>(fits, 1);
}

void wrap_line(Type type, wxString text, int width, int& indent, std::vector<std::string>& lines) {
    do {
        const std::size_t count = fitting(type, text, width - indent);
        wxString line = text.Left(count);
        lines.push_back(from_wx(line.Trim()));
        text = text.Mid(count).Trim(false);
        indent = 0;
    } while (!text.empty());
}

}  // namespace

int text_width(Type type, std::string_view text) {
    return static_cast<int>(std::ceil(width_of(type, to_wx(text))));
}

// Tighter where letters are large.
int line_height(Type type) {
    return static_cast<int>(std::lround(font_px(type) * (type == Type::hero ? 1.2 : 1.5)));
}

std::vector<std::string> wrapped(Type type, std::string_view text, int width, int indent) {
    std::vector<std::string> lines;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        wrap_line(type, to_wx(text.substr(start, end - start)), width, indent, lines);
        start = end + 1;
    }
    return lines;
}

int paragraph_height(Type type, std::string_view text, int width, int indent) {
    if (text.empty()) return 0;
    return static_cast<int>(wrapped(type, text, width, indent).size()) * line_height(type);
}

std::string shortened(Type type, std::string_view text, int width) {
    const wxString whole = to_wx(text);
    if (width_of(type, whole) <= width + 1) return std::string(text);
    const wxString dots = wxString::FromUTF8("…");
    const double room = width - width_of(type, dots);
    wxArrayDouble ends;
    ruler().GetPartialTextExtents(whole, ends);
    std::size_t fits = 0;
    while (fits < whole.length() && ends[fits] <= room) ++fits;
    return from_wx(whole.Left(fits) + dots);
}

Painter::Painter(wxWindow& window, const wxColour& ground)
    : dc_(&window), context_(wxGraphicsContext::Create(dc_)) {
    context_->SetAntialiasMode(wxANTIALIAS_DEFAULT);
    context_->SetPen(*wxTRANSPARENT_PEN);
    context_->SetBrush(wxBrush(ground));
    const wxSize size = window.GetClientSize();
    context_->DrawRectangle(0, 0, size.x, size.y);
}

Painter::~Painter() = default;

void Painter::fill(const wxRect& rect, Colour which) {
    context_->SetPen(*wxTRANSPARENT_PEN);
    context_->SetBrush(wxBrush(colour(which)));
    context_->DrawRectangle(rect.x, rect.y, rect.width, rect.height);
}

// Two fills instead of fill and stroke: both edges then lie on whole pixels at any width.
void Painter::rounded(const wxRect& rect, const Shape& shape) {
    context_->SetPen(*wxTRANSPARENT_PEN);
    const auto draw = [&](int inset, Colour which) {
        context_->SetBrush(wxBrush(colour(which)));
        context_->DrawRoundedRectangle(rect.x + inset, rect.y + inset, rect.width - 2 * inset,
                                       rect.height - 2 * inset, std::max(0, shape.radius - inset));
    };
    if (shape.border > 0) draw(0, shape.outline);
    draw(shape.border, shape.fill);
}

void Painter::ring(const wxRect& rect, int radius, Colour which, int width) {
    context_->SetBrush(*wxTRANSPARENT_BRUSH);
    context_->SetPen(wxPen(colour(which), width));
    const double half = width / 2.0;
    context_->DrawRoundedRectangle(rect.x - half, rect.y - half, rect.width + width, rect.height + width,
                                   radius + half);
}

void Painter::disc(double x, double y, double radius, Colour which) {
    context_->SetPen(*wxTRANSPARENT_PEN);
    context_->SetBrush(wxBrush(colour(which)));
    context_->DrawEllipse(x - radius, y - radius, 2 * radius, 2 * radius);
}

// Noto's line box lies lower than its characters look: the middle of a Chinese character is 0.38 em
// above the baseline. The baseline is found from the line that is drawn, since a rare character's
// fallback font may have made it taller.
void Painter::put(const wxString& line, double x, double middle, Type type, Colour which) {
    context_->SetFont(font(type), colour(which));
    double height = 0, descent = 0;
    context_->GetTextExtent(line, nullptr, &height, &descent);
    const double baseline = std::round(middle + 0.37 * font_px(type));
    context_->DrawText(line, std::round(x), baseline - (height - descent));
}

void Painter::text(std::string_view text, const wxRect& rect, Type type, Colour which, Align align) {
    const wxString line = to_wx(shortened(type, text, rect.width));
    double x = rect.x;
    if (align == Align::centre) x += (rect.width - width_of(type, line)) / 2;
    if (align == Align::right) x += rect.width - width_of(type, line);
    put(line, x, rect.y + rect.height / 2.0, type, which);
}

int Painter::paragraph(std::string_view text, const wxRect& rect, Type type, Colour which, int indent,
                       Align align) {
    if (text.empty()) return 0;
    const int height = line_height(type);
    int y = rect.y;
    for (const std::string& line : wrapped(type, text, rect.width, indent)) {
        const wxRect place(rect.x + indent, y, rect.width - indent + px(8), height);
        if (align == Align::left)
            put(to_wx(line), place.x, y + height / 2.0, type, which);
        else
            this->text(line, wxRect(rect.x, y, rect.width, height), type, which, align);
        y += height;
        indent = 0;
    }
    return y - rect.y;
}

void Painter::picture(const wxBitmap& bitmap, const wxRect& rect) {
    context_->SetInterpolationQuality(wxINTERPOLATION_BEST);
    context_->DrawBitmap(bitmap, rect.x, rect.y, rect.width, rect.height);
}

}  // namespace wq::ui
