#include "pdf/render/page_stream.h"

#include "data/base/utf8.h"
#include "pdf/render/text_layout.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numbers>

namespace wq::render {
namespace {

constexpr std::size_t kUsualLength = 16'384;

// Paints into PDF's default space: points from the lower left corner.
class Painter {
  public:
    Painter(PageFonts& fonts, std::size_t parts_before) : fonts_(fonts), parts_before_(parts_before) {}

    void operator()(const Text& text);
    void operator()(const Line& line);
    void operator()(const Filled& filled);
    void operator()(const DashedCircle& circle);
    void operator()(const Code& code);
    void operator()(const Photo& photo);

    // What follows is marked as such; nothing at the end.
    enum class Mark { none, artifact, paragraph, heading };
    void mark(Mark mark);

    PageStream page;
    std::optional<char32_t> unprintable;

  private:
    // A hundredth of a point is 3.5 µm: below what any printer resolves.
    void number(double value) { decimal<100>(value); }
    void length(double mm) { number(mm / kPoint); }
    void fine_length(double mm) { decimal<10000>(mm / kPoint); }  // for what adds up along a line

    template <long kUnit>
    void decimal(double value) {
        const long rounded = std::lround(value * kUnit);
        std::array<char, 24> text{};
        char* end = text.data();
        if (rounded < 0) *end++ = '-';
        const long whole = std::abs(rounded) / kUnit;
        long rest = std::abs(rounded) % kUnit;
        end = std::to_chars(end, text.data() + text.size(), whole).ptr;
        if (rest > 0) *end++ = '.';
        for (long scale = kUnit / 10; rest > 0; rest %= scale, scale /= 10)
            *end++ = static_cast<char>('0' + rest / scale);
        *end++ = ' ';
        page.content.append(text.data(), end);
    }
    void point(Point at) {
        length(at.x);
        length(sheet::kHeight - at.y);
    }
    void word(std::string_view text) { page.content += text; }
    void fill_grey(double grey) {
        if (grey == fill_grey_) return;
        number(fill_grey_ = grey);
        word("g\n");
    }
    void pen(double width, double grey) {
        if (width != pen_width_) length(pen_width_ = width), word("w\n");
        if (grey != pen_grey_) number(pen_grey_ = grey), word("G\n");
    }
    // What follows is drawn into the box's unit square.
    void into(Box box) {
        word("q ");
        length(box.width);
        word("0 0 ");
        length(box.height);
        point({box.x, box.bottom()});
    }
    void rectangle(Box box) {
        point({box.x, box.bottom()});
        length(box.width);
        length(box.height);
        word("re f\n");
    }
    void hexadecimal(std::uint16_t id) {
        constexpr std::string_view kDigits = "0123456789ABCDEF";
        const char digits[] = {kDigits[id >> 12], kDigits[id >> 8 & 15], kDigits[id >> 4 & 15],
                               kDigits[id & 15]};
        page.content.append(digits, sizeof digits);
    }
    void font(int number_of_font, double size) {
        if (number_of_font == font_ && size == size_) return;
        word("/F" + std::to_string(font_ = number_of_font) + " ");
        number(size_ = size);
        word("Tf\n");
    }

    PageFonts& fonts_;
    std::size_t parts_before_;
    Mark mark_ = Mark::none;
    double fill_grey_ = 0, pen_grey_ = 0, pen_width_ = -1, size_ = -1, tracking_ = 0;
    int font_ = -1;
};

void Painter::operator()(const Text& text) {
    if (text.text.empty()) return;
    fill_grey(text.style.grey);
    word("BT\n");
    if (text.tracking != tracking_) fine_length(tracking_ = text.tracking), word("Tc\n");
    const double turn = text.angle * std::numbers::pi / 180;
    if (text.angle != 0) {
        for (double part : {std::cos(turn), std::sin(turn), -std::sin(turn), std::cos(turn)})
            decimal<10000>(part);
        point(text.at);
        word("Tm\n");
    } else {
        point(text.at);
        word("Td\n");
    }
    bool open = false;
    char32_t before = 0;
    for (std::size_t at = 0; at < text.text.size();) {
        const char32_t character = next_code_point(text.text, at);
        const auto glyph = fonts_.place(text.style.face, character);
        if (!glyph) {
            unprintable = character;
            return;
        }
        if (open && glyph->font != font_) word(">] TJ\n"), open = false;
        font(glyph->font, text.style.size);
        const int squeezed = squeeze(before, character);
        if (open && squeezed != 0) word(">");
        if (!open) word("[");
        if (squeezed != 0) number(squeezed);
        if (!open || squeezed != 0) word("<");
        open = true;
        hexadecimal(glyph->id);
        before = character;
    }
    word(">] TJ\nET\n");
}

void Painter::operator()(const Line& line) {
    pen(line.width, line.grey);
    point(line.from);
    word("m ");
    point(line.to);
    word("l S\n");
}

void Painter::operator()(const Filled& filled) {
    fill_grey(filled.grey);
    rectangle(filled.box);
}

void Painter::operator()(const DashedCircle& circle) {
    constexpr double kBow = 0.5522847498;  // of a quarter circle as a Bézier curve
    const auto [x, y] = circle.centre;
    const double r = circle.radius, b = r * kBow;
    pen(circle.width, circle.grey);
    word("[4 3] 0 d\n");
    point({x + r, y});
    word("m\n");
    const Point quarters[4][3] = {{{x + r, y - b}, {x + b, y - r}, {x, y - r}},
                                  {{x - b, y - r}, {x - r, y - b}, {x - r, y}},
                                  {{x - r, y + b}, {x - b, y + r}, {x, y + r}},
                                  {{x + b, y + r}, {x + r, y + b}, {x + r, y}}};
    for (const auto& quarter : quarters) {
        for (Point control : quarter) point(control);
        word("c\n");
    }
    word("s [] 0 d\n");
}

void Painter::operator()(const Code& code) {
    fill_grey(1);
    rectangle(code.box);
    fill_grey(0);
    into(sheet::symbol_in(code.box, code.symbol.side));
    // A page's two codes are often one symbol.
    const auto same = std::ranges::find_if(page.pictures, [&](const auto* it) { return *it == code.symbol; });
    word("cm /C" + std::to_string(same - page.pictures.begin()) + " Do Q\n");
    if (same == page.pictures.end()) page.pictures.push_back(&code.symbol);
}

void Painter::operator()(const Photo& photo) {
    into(photo.box);
    word("cm /P" + std::to_string(page.photos.size()) + " Do Q\n");
    page.photos.push_back(photo.picture.get());
}

void Painter::mark(Mark mark) {
    if (mark == mark_) return;
    if (mark_ != Mark::none) word("EMC\n");
    mark_ = mark;
    if (mark == Mark::none) return;
    if (mark == Mark::artifact) return word("/Artifact BMC\n");
    word(mark == Mark::heading ? "/H1" : "/P");
    word(" <</MCID " + std::to_string(parts_before_ + page.parts.size()) + ">> BDC\n");
    page.parts.push_back(mark == Mark::heading);
}

// Titles are larger than all other text; a watermark is larger still, and turned.
Painter::Mark mark_of(const Item& item) {
    constexpr double kSmallestTitle = 14;
    const Text* text = std::get_if<Text>(&item);
    if (!text || text->angle != 0) return Painter::Mark::artifact;
    return text->style.size >= kSmallestTitle ? Painter::Mark::heading : Painter::Mark::paragraph;
}

}  // namespace

Result<PageStream> page_stream(const Drawing& drawing, PageFonts& fonts, std::size_t before) {
    Painter painter(fonts, before);
    painter.page.content.reserve(kUsualLength);
    for (const Item& item : drawing.items) {
        painter.mark(mark_of(item));
        std::visit(painter, item);
        if (painter.unprintable)
            return refuse("character_not_printable", {{"code_point", code_point_name(*painter.unprintable)}});
    }
    painter.mark(Painter::Mark::none);
    return std::move(painter.page);
}

}  // namespace wq::render
