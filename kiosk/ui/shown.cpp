#include "kiosk/ui/shown.h"

namespace wq::ui {
namespace {

struct ToneColours {
    Colour ground, text, strong;
};

ToneColours colours_of(Tone tone) {
    switch (tone) {
        case Tone::blue:
            return {Colour::soft_blue, Colour::ink, Colour::brand_ink};
        case Tone::amber:
            return {Colour::soft_amber, Colour::ink, Colour::warning};
        case Tone::red:
            return {Colour::soft_red, Colour::danger, Colour::danger};
        case Tone::green:
            return {Colour::soft_green, Colour::ink, Colour::success};
    }
    return {};
}

int note_padding() { return density() == Density::touch ? px(28) : px(12); }

}  // namespace

Label::Label(wxWindow* parent, Type type, Colour colour, std::string text, Align align)
    : Control(parent, "", false), type_(type), colour_(colour), text_(std::move(text)), align_(align) {}

void Label::set_text(std::string text) {
    if (text == text_) return;
    text_ = std::move(text);
    lay_out_again(*this);
}

int Label::natural_width() const { return text_width(type_, text_) + 1; }
int Label::height_for(int width) const { return paragraph_height(type_, text_, width); }

void Label::draw(Painter& painter, const wxRect& seen) {
    painter.paragraph(text_, seen, type_, colour_, 0, align_);
}

Badge::Badge(wxWindow* parent, Tone tone, std::string text)
    : Control(parent, "", false), tone_(tone), text_(std::move(text)) {}

int Badge::natural_width() const {
    return text_width(Type::small_strong, text_) + font_px(Type::small) * 3 / 2;
}
int Badge::height_for(int) const { return font_px(Type::small) * 2; }

void Badge::draw(Painter& painter, const wxRect& seen) {
    const auto [ground, text, strong] = colours_of(tone_);
    painter.rounded(
        seen, {ground, strong, high_contrast() ? metric(Metric::border) : 0, metric(Metric::radius_small)});
    painter.text(text_, seen, Type::small_strong, strong, Align::centre);
}

NoteBox::NoteBox(wxWindow* parent, Tone tone, std::string lead, std::string text)
    : Control(parent, "", false), tone_(tone), lead_(std::move(lead)), text_(std::move(text)) {}

void NoteBox::set_text(std::string lead, std::string text) {
    lead_ = std::move(lead);
    text_ = std::move(text);
    lay_out_again(*this);
}

int NoteBox::natural_width() const {
    return text_width(Type::note_strong, lead_) + text_width(Type::note, text_) + 2 * note_padding() + 2;
}

int NoteBox::height_for(int width) const {
    const int indent = text_width(Type::note_strong, lead_);
    return paragraph_height(Type::note, text_, width - 2 * note_padding(), indent) + 2 * note_padding();
}

void NoteBox::draw(Painter& painter, const wxRect& seen) {
    const auto [ground, text, strong] = colours_of(tone_);
    painter.rounded(seen,
                    {ground, strong, high_contrast() ? metric(Metric::border) : 0, metric(Metric::radius)});
    const wxRect inner = wxRect(seen).Deflate(note_padding());
    const int indent = text_width(Type::note_strong, lead_);
    const Colour lead = tone_ == Tone::blue ? text : strong;
    painter.text(lead_, {inner.x, inner.y, indent + 2, line_height(Type::note)}, Type::note_strong, lead);
    painter.paragraph(text_, inner, Type::note, text, indent);
}

Steps::Steps(wxWindow* parent, std::vector<std::string> captions, int current, Done done)
    : Control(parent, "", false), captions_(std::move(captions)), current_(current), done_(done) {}

wxRect Steps::column(int step, const wxRect& seen) const {
    const int count = static_cast<int>(captions_.size()), gap = metric(Metric::gap_small);
    const int left = step * (seen.width + gap) / count, right = (step + 1) * (seen.width + gap) / count - gap;
    return {seen.x + left, seen.y, right - left, seen.height};
}

int Steps::height_for(int width) const {
    int highest = line_height(Type::small);
    for (int i = 0; i < static_cast<int>(captions_.size()); ++i)
        highest =
            std::max(highest, paragraph_height(Type::small_strong, captions_[static_cast<std::size_t>(i)],
                                               column(i, {0, 0, width, 0}).width));
    return highest + font_px(Type::small);
}

Description Steps::description() const {
    const auto at = static_cast<std::size_t>(current_);
    return {"steps", at < captions_.size() ? captions_[at] : "", std::to_string(current_ + 1)};
}

void Steps::draw(Painter& painter, const wxRect& seen) {
    const int bar = std::max(3, font_px(Type::small) * 3 / 10), below = font_px(Type::small) * 7 / 10;
    const Colour done = done_ == Done::success ? Colour::success : Colour::brand_ink;
    for (int i = 0; i < static_cast<int>(captions_.size()); ++i) {
        const wxRect place = column(i, seen);
        const Colour colour = i < current_ ? done : i == current_ ? Colour::brand_ink : Colour::muted;
        painter.fill({place.x, place.y, place.width, bar}, i > current_ ? Colour::line : colour);
        painter.paragraph(captions_[static_cast<std::size_t>(i)],
                          {place.x, place.y + below, place.width, place.height},
                          i == current_ ? Type::small_strong : Type::small, colour);
    }
}

KeyValueList::KeyValueList(wxWindow* parent, std::string_view name, std::vector<Row> rows)
    : Control(parent, name, false), rows_(std::move(rows)) {}

KeyValueList::Grid KeyValueList::grid(int width) const {
    const int columns = std::max(1, width / px(density() == Density::touch ? 540 : 420));
    const bool upright = density() == Density::touch && !is_landscape();
    const auto whole_parts = [](std::size_t of, std::size_t by) { return (of + by - 1) / by; };
    const std::size_t lines = whole_parts(rows_.size(), static_cast<std::size_t>(upright ? 1 : columns));
    // The last columns may have nothing left to hold.
    const int used =
        std::max(1, static_cast<int>(whole_parts(rows_.size(), std::max<std::size_t>(1, lines))));
    return {used, (width - (used - 1) * metric(Metric::card_padding)) / used, lines};
}

// As on paper: the values stand in one column, at the widest key or the design's place.
int KeyValueList::key_width(int width) const {
    int widest = 0;
    for (const Row& row : rows_) widest = std::max(widest, text_width(Type::body, row.key));
    const int usual = density() == Density::touch ? px(280) : px(110);
    return std::min(std::max(widest + font_px(Type::body), std::min(usual, width * 3 / 10)), width / 2);
}

int KeyValueList::row_height(const Row& row, int width) const {
    const int text = paragraph_height(Type::body_strong, row.value, width - key_width(width));
    const int key = paragraph_height(Type::body, row.key, key_width(width) - px(12));
    return std::max({metric(Metric::row), text + px(24), key + px(24)});
}

// Rows side by side are equally high.
int KeyValueList::line_height_of(std::size_t line, const Grid& grid) const {
    int height = 0;
    for (std::size_t row = line; row < rows_.size(); row += grid.lines)
        height = std::max(height, row_height(rows_[row], grid.width));
    return height;
}

int KeyValueList::height_for(int width) const {
    const Grid cells = grid(width);
    int height = 0;
    for (std::size_t line = 0; line < cells.lines; ++line) height += line_height_of(line, cells);
    return height;
}

Description KeyValueList::description() const {
    Description says{"list", ""};
    for (const Row& row : rows_) says.value += row.key + ": " + row.value + "\n";
    return says;
}

void KeyValueList::draw(Painter& painter, const wxRect& seen) {
    const Grid cells = grid(seen.width);
    int y = seen.y;
    for (std::size_t line = 0; line < cells.lines; ++line) {
        const int height = line_height_of(line, cells);
        int x = seen.x;
        for (std::size_t row = line; row < rows_.size(); row += cells.lines) {
            const wxRect place(x, y, cells.width, height);
            draw_row(painter, rows_[row], place);
            if (line + 1 < cells.lines)
                painter.fill(
                    {x, place.GetBottom() + 1 - metric(Metric::border), cells.width, metric(Metric::border)},
                    Colour::hairline);
            x += cells.width + metric(Metric::card_padding);
        }
        y += height;
    }
}

void KeyValueList::draw_row(Painter& painter, const Row& row, const wxRect& place) {
    const int keys = key_width(place.width), room = place.width - keys;
    const auto middle = [&](int text) { return place.y + (place.height - text) / 2; };
    const int key = paragraph_height(Type::body, row.key, keys - px(12));
    const int value = paragraph_height(Type::body_strong, row.value, room);
    painter.paragraph(row.key, {place.x, middle(key), keys - px(12), key}, Type::body, Colour::muted);
    painter.paragraph(row.value, {place.x + keys, middle(value), room, value}, Type::body_strong, row.colour);
}

CheckList::CheckList(wxWindow* parent, std::string_view name, std::vector<Line> lines)
    : Control(parent, name, false), lines_(std::move(lines)) {}

void CheckList::set_lines(std::vector<Line> lines) {
    lines_ = std::move(lines);
    lay_out_again(*this);
}

int CheckList::height_for(int width) const {
    int height = 0;
    const int indent = font_px(Type::body) * 5 / 4;
    for (const Line& line : lines_)
        height += paragraph_height(Type::body, line.text, width - indent) + metric(Metric::gap_small) * 4 / 3;
    return std::max(0, height - metric(Metric::gap_small) * 4 / 3);
}

Description CheckList::description() const {
    Description says{"list", ""};
    for (const Line& line : lines_) says.value += line.text + "\n";
    return says;
}

void CheckList::draw(Painter& painter, const wxRect& seen) {
    const int indent = font_px(Type::body) * 5 / 4, mark = font_px(Type::body);
    int y = seen.y;
    for (const Line& line : lines_) {
        const int first = line_height(Type::body);
        painter.icon(line.icon, {seen.x, y + (first - mark) / 2, mark, mark}, line.colour);
        y += painter.paragraph(line.text, {seen.x + indent, y, seen.width - indent, seen.height}, Type::body,
                               line.colour == Colour::danger ? Colour::danger : Colour::ink);
        y += metric(Metric::gap_small) * 4 / 3;
    }
}

Timeline::Timeline(wxWindow* parent, std::string_view name, std::vector<Entry> entries)
    : Control(parent, name, false), entries_(std::move(entries)) {}

int Timeline::entry_height(const Entry& entry, int width) const {
    const int room = width - font_px(Type::body) * 2;
    return paragraph_height(Type::body_strong, entry.title, room) +
           paragraph_height(Type::small, entry.meta, room) + paragraph_height(Type::note, entry.text, room) +
           metric(Metric::gap);
}

int Timeline::height_for(int width) const {
    int height = 0;
    for (const Entry& entry : entries_) height += entry_height(entry, width);
    return std::max(0, height - metric(Metric::gap));
}

Description Timeline::description() const {
    Description says{"timeline", ""};
    for (const Entry& entry : entries_)
        says.value += entry.title + " | " + entry.meta + " | " + entry.text + "\n";
    return says;
}

void Timeline::draw(Painter& painter, const wxRect& seen) {
    const int indent = font_px(Type::body) * 2, middle = seen.x + font_px(Type::body) / 2;
    const int room = seen.width - indent;
    int y = seen.y;
    for (const Entry& entry : entries_) {
        const int dot = y + line_height(Type::body) / 2, height = entry_height(entry, seen.width);
        if (&entry != &entries_.back())
            painter.fill(
                {middle - metric(Metric::border_strong) / 2, dot, metric(Metric::border_strong), height},
                Colour::line);
        const bool newest = &entry == &entries_.front();
        painter.disc(middle, dot, font_px(Type::body) * 0.42, colours_of(entry.tone).strong);
        if (!newest) painter.disc(middle, dot, font_px(Type::body) * 0.26, Colour::surface);
        int text = y;
        const auto put = [&](const std::string& what, Type type, Colour colour) {
            text += painter.paragraph(what, {seen.x + indent, text, room, seen.height}, type, colour);
        };
        put(entry.title, Type::body_strong, newest ? colours_of(entry.tone).strong : Colour::ink);
        put(entry.meta, Type::small, Colour::muted);
        put(entry.text, Type::note, Colour::ink);
        y += height;
    }
}

}  // namespace wq::ui
