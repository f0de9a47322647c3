#include "pdf/render/text_layout.h"

#include "data/base/utf8.h"

namespace wq::render {
namespace {

constexpr std::u32string_view kClosing = U"，。、；：？！）》」』】〕〉”’％‰℃…—～·,.;:?!)]}%";
constexpr std::u32string_view kOpening = U"（《「『【〔〈“‘￥([{$";

bool closes(char32_t point) { return kClosing.find(point) != std::u32string_view::npos; }
bool opens(char32_t point) { return kOpening.find(point) != std::u32string_view::npos; }

// Letters, digits and what joins them within words, numbers, addresses of the net.
bool in_word(char32_t point) {
    return point > 0x20 && point < 0x250 && point != 0xA0 && point != 0xB7 && !opens(point);
}

bool may_break(char32_t before, char32_t after) {
    if (after == ' ' || closes(after) || opens(before)) return false;
    return !(in_word(before) && in_word(after));
}

// Full-width marks by the half of their square that is blank.
enum class Blank { none, left, right };

Blank blank_of(char32_t point) {
    constexpr std::u32string_view kRight = U"、。〉》」』】〕），：；", kLeft = U"〈《「『【〔（";
    if (point < 0x3001 || (point > 0x3015 && point < 0xFF08) || point > 0xFF1B) return Blank::none;
    if (kRight.find(point) != std::u32string_view::npos) return Blank::right;
    return kLeft.find(point) != std::u32string_view::npos ? Blank::left : Blank::none;
}

// A character, where it begins in the text, and how wide it is in mm.
struct Measured {
    char32_t point;
    std::size_t at;
    double advance;
    double squeezed;  // of it, after the character before, unless it begins a line
};

class Breaker {
  public:
    Breaker(const Fonts& fonts, Style style, std::string_view text, double width)
        : text_(text), limit_(width + kSlack) {
        all_.reserve(text.size() / 2 + 2);
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t start = at;
            const char32_t point = next_code_point(text, at);
            const auto glyph = fonts.glyph(style.face, point);
            const int squeezed = all_.empty() ? 0 : squeeze(all_.back().point, point);
            const double unit = style.size * kPoint / 1000;
            all_.push_back({point, start, glyph ? glyph->advance * unit : 0, squeezed * unit});
        }
        all_.push_back({U'\n', text.size(), 0, 0});
    }

    std::vector<TextLine> lines() {
        for (std::size_t at = 0; at < all_.size();) {
            if (all_[at].point == U'\n') {
                end_line(at, true);
                first_ = ++at;
                continue;
            }
            std::size_t end = at + 1;
            while (all_[end].point != U'\n' && !may_break(all_[end - 1].point, all_[end].point)) ++end;
            place(at, end);
            at = end;
        }
        return std::move(lines_);
    }

  private:
    double width(std::size_t from, std::size_t to) const {
        double sum = 0;
        for (; from < to; ++from) sum += all_[from].advance - (from > first_ ? all_[from].squeezed : 0);
        return sum;
    }

    std::size_t without_last_spaces(std::size_t from, std::size_t to) const {
        while (to > from && all_[to - 1].point == U' ') --to;
        return to;
    }

    // A piece that nothing may break, unless it is wider than a whole line.
    void place(std::size_t from, std::size_t to) {
        const double seen = width(from, without_last_spaces(from, to));
        if (used_ + seen > limit_ && from > first_) end_line(from, false);
        if (seen <= limit_) {
            used_ += width(from, to);
            return;
        }
        for (; from < to; ++from) {
            if (used_ + all_[from].advance > limit_ && from > first_) end_line(from, false);
            used_ += width(from, from + 1);
        }
    }

    void end_line(std::size_t end, bool paragraph) {
        const std::size_t seen = paragraph ? end : without_last_spaces(first_, end);
        const std::size_t start = all_[first_].at;
        lines_.push_back(
            {std::string(text_.substr(start, all_[seen].at - start)), width(first_, seen), paragraph});
        first_ = end;
        used_ = 0;
    }

    static constexpr double kSlack = 1e-6;
    std::string_view text_;
    double limit_;
    std::vector<Measured> all_;  // with a line feed at the end
    std::size_t first_ = 0;      // of the line under way
    double used_ = 0;
    std::vector<TextLine> lines_;
};

}  // namespace

int squeeze(char32_t before, char32_t after) {
    const Blank first = blank_of(before), second = blank_of(after);
    const bool meet = first != Blank::none && second != Blank::none;
    return meet && !(first == Blank::left && second == Blank::right) ? 500 : 0;
}

double width_of(const Fonts& fonts, Style style, std::string_view text) {
    double sum = 0;
    char32_t before = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t point = next_code_point(text, at);
        if (const auto glyph = fonts.glyph(style.face, point)) sum += glyph->advance - squeeze(before, point);
        before = point;
    }
    return sum / 1000 * style.size * kPoint;
}

std::vector<TextLine> wrap(const Fonts& fonts, Style style, std::string_view text, double width) {
    return Breaker(fonts, style, text, width).lines();
}

double justified(const TextLine& line, double width) {
    const std::size_t count = count_code_points(line.text);
    if (line.ends_paragraph || count < 2 || line.width >= width) return 0;
    return (width - line.width) / static_cast<double>(count - 1);
}

void add_text(Drawing& page, const Fonts& fonts, Point at, Style style, std::string_view text, Align align,
              double tracking) {
    if (align != Align::left) {
        const std::size_t gaps = text.empty() ? 0 : count_code_points(text) - 1;
        const double width = width_of(fonts, style, text) + tracking * static_cast<double>(gaps);
        at.x -= align == Align::right ? width : width / 2;
    }
    page.add(Text{at, style, std::string(text), tracking});
}

}  // namespace wq::render
