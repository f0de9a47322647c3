#include "pdf/render/document.h"

#include "pdf/render/document_table.h"
#include "pdf/render/form_grid.h"

#include <algorithm>

namespace wq::render {
namespace {

constexpr Style kTitle{Face::kai_bold, 21}, kNote{Face::song, 9.5}, kBody{Face::song, 10.5},
    kBold{Face::kai_bold, 10.5}, kSmall{Face::song, 8.5}, kSeal{Face::song, 10.5, 0.72};
constexpr double kWidth = sheet::kRight - sheet::kLeft, kMiddle = sheet::kWidth / 2;
constexpr double kTitleLine = 31, kNoteLine = 38.5, kTop = 43, kBottom = 276, kFoot = 286.2;
constexpr double kLeading = 5.8, kGap = 2.5;
// A seal of 45 mm has its place beside the words in a wide field, between them in a narrow one.
constexpr double kWideField = 48, kNarrowField = 57;
constexpr std::string_view kBlankBelow = "（以下空白）";

// {key} becomes the value.
std::string filled_in(std::string_view text, const domain::Form& values) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = text.find('{'), close = text.find('}');
        if (open == text.npos || close == text.npos) break;
        const auto value = domain::value_of(values, text.substr(open + 1, close - open - 1));
        out.append(text.substr(0, open)).append(value.empty() ? "／" : value);
        text.remove_prefix(close + 1);
    }
    return out.append(text);
}

class DocumentLayout {
  public:
    DocumentLayout(const Fonts& fonts, const DocumentSpec& spec, const domain::Form& values,
                   const std::vector<CaptionedPhoto>& photos)
        : fonts_(fonts), spec_(spec), values_(values), photos_(photos), grid_(fonts, blocks()) {
        for (std::string_view paragraph : spec.text)
            for (TextLine& line : wrap(fonts, kBody, filled_in(paragraph, values), kWidth))
                text_.push_back(std::move(line));
    }

    Sheets sheets() {
        start_page(spec_.title);
        put({kMiddle, kNoteLine}, kNote, spec_.note, Align::centre);
        const double tail =
            height_of_materials() + height_of_text() + height_of_cards() + height_of_signing();
        grid_.fit(kBottom - kTop - tail - 2 * kGap);
        y_ = kTop;
        if (spec_.text_first) text();
        grid_.draw_ground(pages_.back(), y_);
        if (is_sample()) watermark();
        y_ = grid_.draw(pages_.back(), y_) + kGap;
        materials();
        if (!spec_.text_first) text();
        for (const CaptionedPhoto& photo : photos_) show(photo);
        cards();
        signing();
        annex();
        for (std::size_t i = 0; i < pages_.size(); ++i) footer(pages_[i], i + 1);
        return {std::string(spec_.title), std::move(pages_)};
    }

  private:
    std::string value(std::string_view key) const {
        const auto found = domain::value_of(values_, key);
        return found.empty() ? "／" : std::string(found);
    }
    bool is_sample() const { return domain::value_of(values_, "sample") == "yes"; }

    std::vector<Block> blocks() const {
        std::vector<Block> all;
        for (const DocumentBlock& block : spec_.blocks) {
            Block& made = all.emplace_back(Block{std::string(block.name), {}});
            for (const DocumentRow& row : block.rows) {
                made.rows.push_back({{std::string(row.left.label), value(row.left.key)}});
                if (!row.right.label.empty())
                    made.rows.back().right = Cell{std::string(row.right.label), value(row.right.key)};
            }
        }
        return all;
    }

    void put(Point at, Style style, std::string_view text, Align align = Align::left, double tracking = 0) {
        if (!text.empty()) add_text(pages_.back(), fonts_, at, style, text, align, tracking);
    }

    void start_page(std::string_view title) {
        pages_.emplace_back();
        put({kMiddle, kTitleLine}, kTitle, title, Align::centre, 1.2);
        if (is_sample())
            put({kMiddle, kTitleLine - 10}, kBold, "样张：仅供演示和培训，不具有任何效力", Align::centre);
    }

    void watermark() {
        constexpr Style kWatermark{Face::kai_bold, 200, 0.89};
        pages_.back().add(Text{{66, 190}, kWatermark, "样张", 0, 45});
    }

    double height_of_text() const {
        return text_.empty() ? 0 : kLeading * static_cast<double>(text_.size()) + 2 * kGap;
    }
    void text() {
        y_ += kGap;
        for (const TextLine& line : text_) {
            put({sheet::kLeft, y_ + 3.6}, kBody, line.text, Align::left, justified(line, kWidth));
            y_ += kLeading;
        }
        y_ += kGap;
    }

    double height_of_materials() const {
        return spec_.materials.empty() ? 0
                                       : kLeading * static_cast<double>(spec_.materials.size() + 1) + kGap;
    }
    // Ticked by hand: what is brought along differs from case to case.
    void materials() {
        if (spec_.materials.empty()) return;
        const double indent = width_of(fonts_, kBold, "随表材料：");
        put({sheet::kLeft, y_ + 4.2}, kBold, "随表材料：");
        for (std::string_view material : spec_.materials) {
            put({sheet::kLeft + indent, y_ + 4.2}, kBody, "☐ " + std::string(material));
            y_ += kLeading;
        }
        put({sheet::kLeft + indent, y_ + 4.2}, kBody, "☐ 其他：");
        y_ += kLeading + kGap;
    }

    // Both sides of an identity card in their true size (ISO/IEC 7810, ID-1).
    static constexpr double kCardWidth = 85.6, kCardHeight = 54;
    double height_of_cards() const { return spec_.identity_card ? kCardHeight + 2 * kGap : 0; }
    void cards() {
        if (!spec_.identity_card) return;
        const double left[] = {sheet::kLeft, sheet::kRight - kCardWidth};
        const std::string_view names[] = {"被授权人身份证复印件（人像面）", "被授权人身份证复印件（国徽面）"};
        for (std::size_t i : {0, 1}) {
            const Box box{left[i], y_, kCardWidth, kCardHeight};
            add_frame(pages_.back(), box, kThin, 0.5);
            put({box.centre().x, box.centre().y - 1}, kSeal, names[i], Align::centre);
            put({box.centre().x, box.centre().y + 5}, kSeal, "粘贴处", Align::centre);
        }
        y_ += kCardHeight + 2 * kGap;
    }

    // Whole on a page, under its caption.
    void show(const CaptionedPhoto& photo) {
        constexpr double kHighest = 95;
        const double ratio = static_cast<double>(photo.picture->height) / photo.picture->width;
        const double width = std::min({photo.width, kWidth, kHighest / ratio}), height = width * ratio;
        const auto caption = wrap(fonts_, kBold, photo.caption, kWidth);
        if (y_ + kLeading * static_cast<double>(caption.size()) + height + 2 * kGap > kBottom) {
            start_page(spec_.title);
            y_ = kTop;
        }
        for (const TextLine& line : caption) {
            put({sheet::kLeft, y_ + 3.6}, kBold, line.text);
            y_ += kLeading;
        }
        const Box box{sheet::kLeft, y_, width, height};
        pages_.back().add(Photo{box, photo.picture});
        add_frame(pages_.back(), box, kThin, 0.5);
        y_ += height + 2 * kGap;
    }

    std::size_t across() const {
        return spec_.signing.size() == 4 ? 2 : std::max<std::size_t>(1, spec_.signing.size());
    }
    double field_height() const { return across() == 2 ? kWideField : kNarrowField; }
    double height_of_signing() const {
        return spec_.signing.empty() ? 0
                                     : field_height() * static_cast<double>(spec_.signing.size() / across());
    }
    void signing() {
        const double width = kWidth / static_cast<double>(across());
        const double top = kBottom - height_of_signing();
        if (y_ > top + 1e-6)
            throw Fault("a document's table does not fit on its page: " + std::string(spec_.name));
        if (spec_.signing.empty()) put({sheet::kLeft, y_ + 3.6}, kBody, kBlankBelow);
        for (std::size_t i = 0; i < spec_.signing.size(); ++i)
            sign({sheet::kLeft + static_cast<double>(i % across()) * width,
                  top + static_cast<double>(i / across()) * field_height(), width, field_height()},
                 spec_.signing[i]);
    }
    void sign(Box area, const DocumentSigning& it) {
        Drawing& page = pages_.back();
        add_frame(page, area, kThick);
        put({area.x + 3, area.y + 5.2}, kBody, it.party);
        put({area.x + 3, area.bottom() - 2.4}, kBody, it.signer);
        put({area.right() - 3, area.bottom() - 2.4}, kBody, "年　　月　　日", Align::right);
        if (!it.stamped) return;
        page.add(DashedCircle{area.centre(), 20, 0.2, kSeal.grey});
        put({area.centre().x, area.centre().y + 1.4}, kSeal, "盖章处", Align::centre);
    }

    void annex() {
        const std::vector<Cell> moved = grid_.moved();
        if (moved.empty()) return;
        annex_page();
        for (std::size_t i = 0; i < moved.size(); ++i) {
            if (y_ + kLeading > kBottom) annex_page();
            put({sheet::kLeft, y_}, kBold, std::to_string(i + 1) + ". " + moved[i].label);
            y_ += kLeading + 0.6;
            for (const TextLine& line : wrap(fonts_, kValueStyle, moved[i].value, kWidth)) {
                if (y_ > kBottom) annex_page();
                put({sheet::kLeft, y_}, kValueStyle, line.text, Align::left, justified(line, kWidth));
                y_ += kLeading;
            }
        }
        if (y_ > kBottom) annex_page();
        put({sheet::kLeft, y_}, kValueStyle, kBlankBelow);
    }
    void annex_page() {
        start_page("附　页");
        put({kMiddle, kNoteLine}, kNote, spec_.title, Align::centre);
        if (is_sample()) watermark();
        y_ = kTop + 6;
    }

    void footer(Drawing& page, std::size_t number) const {
        constexpr double kRule = 282.6;
        page.add(Line{{sheet::kLeft, kRule}, {sheet::kRight, kRule}, kThin, 0.4});
        const std::string pages =
            "第 " + std::to_string(number) + " 页 / 共 " + std::to_string(pages_.size()) + " 页";
        add_text(page, fonts_, {sheet::kLeft, kFoot}, kSmall, pages);
        add_text(page, fonts_, {sheet::kRight, kFoot}, kSmall, "版式 " + std::string(spec_.version),
                 Align::right);
    }

    const Fonts& fonts_;
    const DocumentSpec& spec_;
    const domain::Form& values_;
    const std::vector<CaptionedPhoto>& photos_;
    FormGrid grid_;
    std::vector<TextLine> text_;
    double y_ = 0;
    std::vector<Drawing> pages_;
};

}  // namespace

std::string_view name_of(Document document) { return spec_of(document).name; }
std::string_view template_of(Document document) { return spec_of(document).version; }

std::optional<Document> document_named(std::string_view name) {
    for (const DocumentSpec& spec : document_specs())
        if (spec.name == name) return spec.document;
    return std::nullopt;
}

std::vector<std::string_view> keys_of(Document document) {
    const DocumentSpec& spec = spec_of(document);
    std::vector<std::string_view> keys;
    for (const DocumentBlock& block : spec.blocks)
        for (const DocumentRow& row : block.rows)
            for (std::string_view key : {row.left.key, row.right.key})
                if (!key.empty()) keys.push_back(key);
    for (std::string_view text : spec.text)
        for (std::size_t open = text.find('{'); open != text.npos; open = text.find('{', open + 1))
            keys.push_back(text.substr(open + 1, text.find('}', open) - open - 1));
    return keys;
}

Result<Sheets> lay_out(const Fonts& fonts, Document document, const domain::Form& values,
                       const std::vector<CaptionedPhoto>& photos) {
    const DocumentSpec& spec = spec_of(document);
    const auto version = domain::value_of(values, "template");
    if (!version.empty() && version != spec.version)
        return refuse("template_unknown", {{"version", std::string(version)}});
    for (std::string_view key : keys_of(document))
        if (auto printable = fonts.check(domain::value_of(values, key)); !printable)
            return tl::make_unexpected(printable.error());
    for (const CaptionedPhoto& photo : photos)
        if (auto printable = fonts.check(photo.caption); !printable)
            return tl::make_unexpected(printable.error());
    return DocumentLayout(fonts, spec, values, photos).sheets();
}

}  // namespace wq::render
