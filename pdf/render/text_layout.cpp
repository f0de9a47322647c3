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

class Breaker {
  public:
    Breaker(const Fonts& fonts, Style style, double width) : fonts_(fonts), style_(style), limit_(width) {}

    std::vector<TextLine> lines(const std::u32string& text) {
        for (std::size_t at = 0; at < text.size();) {
            if (text[at] == '\n') {
                end_line(true);
                ++at;
                continue;
            }
            std::size_t end = at + 1;
            while (end < text.size() && text[end] != '\n' && !may_break(text[end - 1], text[end])) ++end;
            place(text.substr(at, end - at));
            at = end;
        }
        end_line(true);
        return std::move(lines_);
    }

  private:
    double advance(char32_t point) const {
        const auto glyph = fonts_.glyph(style_.face, point);
        return glyph ? glyph->advance / 1000.0 * style_.size * kPoint : 0;
    }

    double width(std::u32string_view text) const {
        double sum = 0;
        for (char32_t point : text) sum += advance(point);
        return sum;
    }

    static std::u32string_view without_last_spaces(std::u32string_view text) {
        while (text.ends_with(U' ')) text.remove_suffix(1);
        return text;
    }

    // A piece that nothing may break, unless it is wider than a whole line.
    void place(const std::u32string& piece) {
        const double seen = width(without_last_spaces(piece));
        if (used_ + seen > limit_ + kSlack && !line_.empty()) end_line(false);
        if (seen <= limit_ + kSlack) {
            line_ += piece;
            used_ += width(piece);
            return;
        }
        for (char32_t point : piece) {
            if (used_ + advance(point) > limit_ + kSlack && !line_.empty()) end_line(false);
            line_ += point;
            used_ += advance(point);
        }
    }

    void end_line(bool paragraph) {
        const auto seen = paragraph ? std::u32string_view(line_) : without_last_spaces(line_);
        lines_.push_back({to_utf8(seen), width(seen), paragraph});
        line_.clear();
        used_ = 0;
    }

    static constexpr double kSlack = 1e-6;
    const Fonts& fonts_;
    Style style_;
    double limit_;
    std::u32string line_;
    double used_ = 0;
    std::vector<TextLine> lines_;
};

}  // namespace

double width_of(const Fonts& fonts, Style style, std::string_view text) {
    double sum = 0;
    for (char32_t point : to_code_points(text))
        if (const auto glyph = fonts.glyph(style.face, point)) sum += glyph->advance;
    return sum / 1000 * style.size * kPoint;
}

std::vector<TextLine> wrap(const Fonts& fonts, Style style, std::string_view text, double width) {
    return Breaker(fonts, style, width).lines(to_code_points(text));
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
