#include "pdf/render/agreement.h"

#include "pdf/render/agreement_blocks.h"
#include "pdf/render/agreement_fixed.h"

#include <cmath>

namespace wq::render {
namespace {

constexpr Style kSeal{Face::song, 10.5, 0.72};
constexpr std::string_view kBlankBelow = "（以下空白）";
constexpr std::string_view kFigures = "0123456789 ABCDEFGHJKMNPQRSTVWXYZ-";  // numbers and codes

// The supplement stands beside its name on page 1 and as wide in the annex, so that lines just move over.
constexpr double kSupplementLeft = sheet::kLeft + kNameWidth, kSupplementPadding = 2.5;
constexpr double kSupplementWidth = sheet::kRight - kSupplementLeft - 2 * kSupplementPadding;
constexpr double kSupplementLeading = 5.6, kSupplementEdge = 1.6;
constexpr int kFewestSupplementLines = 3;

std::string parties_name(Parties parties) {
    return parties == Parties::three ? "（三方协议）" : "（两方协议）";
}

struct SigningText {
    std::string_view party, signer;
};
constexpr SigningText kSigning[] = {
    {"甲方（公章）", "经办人："}, {"乙方（签字）", "签名："}, {"丙方（公章）", "经办人："}};

std::span<const sheet::SigningPlace> places(Parties parties) {
    if (parties == Parties::three) return sheet::kThreePartyPlaces;
    return sheet::kTwoPartyPlaces;
}

class AgreementLayout {
  public:
    AgreementLayout(const Fonts& fonts, const Agreement& agreement)
        : fonts_(fonts), agreement_(agreement), grid_(fonts, blocks_of(agreement)) {
        const std::string& text = agreement.supplement;
        supplement_ = wrap(fonts, kValueStyle, text.empty() ? "无。" : text, kSupplementWidth);
        close_supplement();
    }

    Sheets sheets(const FixedPage& form, const std::vector<FixedPage>& clauses, const FixedPage& annex) {
        form_page(form);
        for (const FixedPage& page : clauses) new_page(page);
        annex_ = annex;
        annex_pages();
        for (std::size_t i = 0; i < pages_.size(); ++i) footer(pages_[i], i + 1);
        return {"全国普通高等学校毕业生就业协议书 " + agreement_.number, std::move(pages_)};
    }

  private:
    // Number at the left, kind at the right, above the body and left of the code.
    Drawing& new_page(const FixedPage& fixed) {
        Drawing& page = pages_.emplace_back();
        page.fixed = fixed;
        constexpr double kBaseline = 47.6;
        constexpr std::string_view kName = "协议编号：";
        put(page, {sheet::kLeft, kBaseline}, kBody, kName);
        put(page, {sheet::kLeft + width_of(fonts_, kBody, kName), kBaseline}, kValueStyle, agreement_.number);
        put(page, {sheet::kUpperCode.x - 4, kBaseline}, kBody, parties_name(agreement_.parties),
            Align::right);
        if (agreement_.sample)
            put(page, {kTitleMiddle, 41}, kBodyBold, "样张：仅供演示和培训，不具有任何效力", Align::centre);
        return page;
    }

    // Says on the last line, or else on one more, that nothing follows.
    void close_supplement() {
        TextLine& last = supplement_.back();
        const double width = width_of(fonts_, kValueStyle, kBlankBelow);
        if (last.width + width > kSupplementWidth) {
            supplement_.push_back({std::string(kBlankBelow), width, true});
            return;
        }
        last.text += kBlankBelow;
        last.width += width;
    }

    void put(Drawing& page, Point at, Style style, std::string_view text, Align align = Align::left,
             double tracking = 0) const {
        add_text(page, fonts_, at, style, text, align, tracking);
    }

    void form_page(const FixedPage& fixed) {
        const double space = sheet::kSigningTop - sheet::kBodyTop;
        grid_.fit(space - 2 * kSupplementEdge - kFewestSupplementLines * kSupplementLeading);
        Drawing& page = new_page(fixed);
        grid_.draw_ground(page, sheet::kBodyTop);
        if (agreement_.sample) add_watermark(page);
        supplement(page, grid_.draw(page, sheet::kBodyTop));
        signing(page);
    }

    // As many lines as there is room for; the last of them says where the others are.
    void supplement(Drawing& page, double top) {
        const double height = sheet::kSigningTop - top;
        const auto room =
            static_cast<std::size_t>(std::floor((height - 2 * kSupplementEdge) / kSupplementLeading + 1e-6));
        shown_lines_ = supplement_.size() <= room ? supplement_.size() : room - 1;
        draw_block_name(page, fonts_, {sheet::kLeft, top, kNameWidth, height}, "补充约定");
        page.add(Line{{kSupplementLeft, top}, {kSupplementLeft, sheet::kSigningTop}, kThin});
        add_frame(page, {sheet::kLeft, top, kBodyWidth, height}, kThick);
        double baseline = top + kSupplementEdge + 4;
        for (std::size_t i = 0; i < shown_lines_; ++i, baseline += kSupplementLeading)
            supplement_line(page, supplement_[i], {kSupplementLeft + kSupplementPadding, baseline});
        if (shown_lines_ < supplement_.size())
            put(page, {sheet::kRight - kSupplementPadding, baseline}, kSmall, "（未完，续见附页）",
                Align::right);
    }

    void supplement_line(Drawing& page, const TextLine& line, Point at) const {
        put(page, at, kValueStyle, line.text, Align::left, justified(line, kSupplementWidth));
    }

    void signing(Drawing& page) const {
        const auto fields = places(agreement_.parties);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const Box& area = fields[i].area;
            add_frame(page, area, kThick);
            put(page, {area.x + 3, area.y + 5.2}, kBody, kSigning[i].party);
            put(page, {area.x + 3, area.bottom() - 2.4}, kBody, kSigning[i].signer);
            put(page, {area.right() - 3, area.bottom() - 2.4}, kBody, "年　　月　　日", Align::right);
            if (fields[i].seal.width == 0) continue;
            const Point middle = fields[i].seal.centre();
            page.add(DashedCircle{middle, 20, 0.2, kSeal.grey});
            put(page, {middle.x, middle.y + 1.4}, kSeal, "盖章处", Align::centre);
        }
    }

    void annex_page() {
        Drawing& page = new_page(annex_);
        if (agreement_.sample) add_watermark(page);
        y_ = sheet::kBodyTop + 6;
    }

    void annex_pages() {
        const std::vector<Cell> moved = grid_.moved();
        if (moved.empty() && shown_lines_ == supplement_.size()) return;
        annex_page();
        for (std::size_t i = 0; i < moved.size(); ++i) {
            annex_heading(std::to_string(i + 1) + ". " + moved[i].label);
            for (const TextLine& line : wrap(fonts_, kValueStyle, moved[i].value, kSupplementWidth))
                annex_line(line);
        }
        if (shown_lines_ < supplement_.size())
            annex_heading("补充约定（续）");
        else
            annex_line({std::string(kBlankBelow), 0, true});
        for (std::size_t i = shown_lines_; i < supplement_.size(); ++i) annex_line(supplement_[i]);
    }

    void annex_line(const TextLine& line) {
        if (y_ > sheet::kBodyBottom) annex_page();
        supplement_line(pages_.back(), line, {sheet::kLeft + (kBodyWidth - kSupplementWidth) / 2, y_});
        y_ += kSupplementLeading;
    }

    // Never alone at the foot of a page.
    void annex_heading(const std::string& text) {
        if (y_ + kSupplementLeading > sheet::kBodyBottom) annex_page();
        put(pages_.back(), {sheet::kLeft, y_}, kBodyBold, text);
        y_ += kSupplementLeading + 0.6;
    }

    void footer(Drawing& page, std::size_t number) const {
        put(page, {sheet::kLeft, kFootLine}, kSmall,
            "第 " + std::to_string(number) + " 页 / 共 " + std::to_string(pages_.size()) + " 页");
        put(page, {sheet::kWidth / 2, kFootLine}, kSmall, "文件指纹 " + agreement_.fingerprint,
            Align::centre);
    }

    const Fonts& fonts_;
    const Agreement& agreement_;
    FormGrid grid_;
    std::vector<TextLine> supplement_;
    std::size_t shown_lines_ = 0;
    double y_ = 0;  // of the next baseline
    FixedPage annex_;
    std::vector<Drawing> pages_;
};

Result<void> check_printable(const Fonts& fonts, const Agreement& it) {
    std::string all = it.number + it.fingerprint + it.supplement;
    for (const Block& block : blocks_of(it))
        for (const Row& row : block.rows) all += row.left.value + (row.right ? row.right->value : "");
    return fonts.check(all);
}

}  // namespace

AgreementTemplate::AgreementTemplate(const Fonts& fonts)
    : fonts_(fonts), fixed_(std::make_unique<const Fixed>(fonts)) {}

AgreementTemplate::~AgreementTemplate() = default;

Result<Sheets> AgreementTemplate::lay_out(const Agreement& agreement) const {
    if (agreement.template_version != kAgreementTemplate)
        return refuse("template_unknown", {{"version", agreement.template_version}});
    if (auto printable = check_printable(fonts_, agreement); !printable)
        return tl::make_unexpected(printable.error());
    return AgreementLayout(fonts_, agreement)
        .sheets(fixed_->form, fixed_->clauses_of(agreement), fixed_->annex);
}

FixedParts AgreementTemplate::fixed_parts() const {
    FixedParts parts;
    for (Face face : {Face::song, Face::kai}) parts.texts.push_back({face, std::string(kFigures)});
    const auto take = [&](const Drawing& page) {
        for (const Item& item : page.items)
            if (const Text* text = std::get_if<Text>(&item))
                parts.texts.push_back({text->style.face, text->text});
    };
    for (Parties parties : {Parties::two, Parties::three}) {
        Agreement empty;
        empty.parties = parties;
        for (const Drawing& page : AgreementLayout(fonts_, empty)
                                       .sheets(fixed_->form, fixed_->clauses_of(empty), fixed_->annex)
                                       .pages)
            take(page);
    }
    parts.drawings = {fixed_->form, fixed_->annex};
    for (const auto& clauses : fixed_->clauses)
        parts.drawings.insert(parts.drawings.end(), clauses.begin(), clauses.end());
    for (const auto& drawing : parts.drawings) take(*drawing);
    return parts;
}

}  // namespace wq::render
