#include "kiosk/ui/keyboard.h"

#include "data/base/utf8.h"
#include "kiosk/ui/field.h"
#include "kiosk/ui/words.h"

#include <algorithm>
#include <array>

namespace wq::ui {
namespace {

constexpr std::array kLetters{"qwertyuiop", "asdfghjkl", "zxcvbnm"};
constexpr std::array kSymbols{"@.-_/:+=#&", "，。、；：？！（）", "“”《》·%*"};

int gap() { return px(12); }

// Lower where the panel lies, since height is what lacks there.
int key_height(int width) { return width > px(1400) ? metric(Metric::key) * 4 / 5 : metric(Metric::key); }

std::string upper(std::string letter) {
    for (char& c : letter)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return letter;
}

}  // namespace

Keyboard::Keyboard(wxWindow* parent, std::function<void()> next, std::function<void()> hide)
    : Control(parent, "keyboard", true), next_(std::move(next)), hide_(std::move(hide)) {}

void Keyboard::reset() {
    shift_ = Shift::off;
    symbols_ = false;
    Refresh();
}

int Keyboard::height_for(int width) const { return 5 * key_height(width) + 4 * gap() + px(20) + px(20); }

std::vector<std::vector<Keyboard::Key>> Keyboard::rows() const {
    std::vector<std::vector<Key>> rows(5);
    const auto letter = [&](std::size_t row, const std::string& text) {
        const std::string shown = shift_ == Shift::off ? text : upper(text);
        rows[row].push_back({Does::write, shown, shown, "key." + text, 1});
    };
    for (const char* digit = "1234567890"; *digit; ++digit) letter(0, std::string(1, *digit));
    rows[3].push_back({Does::shift, "", "", "key.shift", 1.5});
    for (std::size_t row = 0; row < 3; ++row)
        for (char32_t point : to_code_points(symbols_ ? kSymbols[row] : kLetters[row]))
            letter(row + 1, to_utf8(point));
    rows[3].push_back({Does::erase, words().key_delete, "", "key.delete", 1.5});
    rows[4] = {{Does::language, words().key_language, "", "key.language", 1.5},
               {Does::symbols, symbols_ ? words().key_letters : words().key_symbols, "", "key.symbols", 1.5},
               {Does::space, words().key_space, " ", "key.space", 3.5},
               {Does::hide, words().key_hide, "", "key.hide", 1.5},
               {Does::next, words().key_next, "", "key.next", 2}};
    return rows;
}

std::vector<Keyboard::Key> Keyboard::keys() const {
    std::vector<Key> placed;
    const int side = px(24), wide = std::min(GetClientSize().x, px(1600)),
              left = (GetClientSize().x - wide) / 2;
    const double unit = (wide - 2 * side + gap()) / 10.0;
    int y = px(20);
    for (auto& row : rows()) {
        double units = 0;
        for (const Key& key : row) units += key.width;
        double x = left + side + (10 - units) * unit / 2;
        for (Key& key : row) {
            const int from = static_cast<int>(x + 0.5), to = static_cast<int>(x + key.width * unit + 0.5);
            key.rect = {from, y, to - from - gap(), key_height(GetClientSize().x)};
            placed.push_back(key);
            x += key.width * unit;
        }
        y += key_height(GetClientSize().x) + gap();
    }
    return placed;
}

Description Keyboard::description() const {
    Description says{"keyboard", ""};
    for (const Key& key : keys())
        says.parts.push_back({key.name, "key", key.label, "", key.rect, key.does != Does::language});
    return says;
}

void Keyboard::draw(Painter& painter, const wxRect& seen) {
    painter.fill(seen, Colour::keys);
    for (const Key& key : keys()) draw_key(painter, key, is_down() && key.name == down_key_);
}

void Keyboard::draw_key(Painter& painter, const Key& key, bool down) {
    const int edge = metric(Metric::border_strong), radius = px(14);
    const bool main = key.does == Does::next, lit = key.does == Does::shift && shift_ != Shift::off;
    wxRect face = key.rect;
    face.height -= edge;
    if (down)
        face.Offset(0, edge);
    else
        painter.rounded(key.rect, {Colour::key_edge, Colour::line, 0, radius});
    const Colour fill = main          ? (down ? Colour::brand_pressed : Colour::brand)
                        : down || lit ? Colour::soft_blue
                                      : Colour::surface;
    painter.rounded(face, {fill, Colour::line, 0, radius});
    const Colour ink = main                         ? Colour::on_brand
                       : key.does == Does::language ? Colour::faint
                       : key.does == Does::write    ? Colour::ink
                                                    : Colour::muted;
    const int mark = font_px(Type::key_word) * 5 / 4;
    if (key.does == Does::shift) {
        painter.icon(Icon::shift, wxRect(0, 0, mark, mark).CenterIn(face),
                     lit ? Colour::brand_ink : Colour::ink);
        if (shift_ == Shift::locked)
            painter.fill({face.x + face.width / 2 - mark / 2, face.GetBottom() - px(10), mark, edge},
                         Colour::brand_ink);
    } else if (key.does == Does::erase) {
        const int text = text_width(Type::key_word, key.label),
                  x = face.x + (face.width - text - mark - px(8)) / 2;
        painter.icon(Icon::erase, {x, face.y + (face.height - mark) / 2, mark, mark}, ink);
        painter.text(key.label, {x + mark + px(8), face.y, text + 2, face.height}, Type::key_word, ink);
    } else {
        const Type type = key.does == Does::write ? Type::key : Type::key_word;
        painter.text(key.label, face, type, ink, Align::centre);
    }
}

void Keyboard::touch_began(wxPoint at) {
    down_key_.clear();
    for (const Key& key : keys())
        if (wxRect(key.rect).Inflate(gap() / 2).Contains(at)) down_key_ = key.name;
}

void Keyboard::pressed(wxPoint at) {
    for (const Key& key : keys())
        if (key.name == down_key_ && wxRect(key.rect).Inflate(gap() / 2).Contains(at)) return press(key);
}

void Keyboard::write(const std::string& text) {
    if (Field* field = Field::focused()) field->type(text);
    if (shift_ == Shift::once) shift_ = Shift::off;
}

void Keyboard::press(const Key& key) {
    Refresh();
    switch (key.does) {
        case Does::write:
        case Does::space:
            return write(key.writes);
        case Does::shift:
            shift_ = shift_ == Shift::off ? Shift::once : shift_ == Shift::once ? Shift::locked : Shift::off;
            return;
        case Does::erase:
            if (Field* field = Field::focused()) field->erase();
            return;
        case Does::symbols:
            symbols_ = !symbols_;
            return;
        case Does::language:
            return;
        case Does::next:
            return next_();
        case Does::hide:
            return hide_();
    }
}

}  // namespace wq::ui
