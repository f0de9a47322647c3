#include "pdf/render/agreement.h"

#include "data/base/utf8.h"
#include "pdf/render/agreement_clauses.h"
#include "pdf/render/form_grid.h"

#include <algorithm>
#include <cmath>

namespace wq::render {
namespace {

constexpr double kWhole = sheet::kRight - sheet::kLeft;
constexpr Style kTitle{Face::kai_bold, 23}, kHeading{Face::kai_bold, 15}, kSmall{Face::song, 8.5},
    kBody{Face::song, 10.5}, kBodyBold{Face::kai_bold, 10.5}, kClause{Face::song, 10},
    kClauseBold{Face::kai_bold, 10}, kSeal{Face::song, 10.5, 0.72};
constexpr std::string_view kBlankBelow = "（以下空白）", kAnnex = "附　页";

// The supplement stands beside its name on page 1 and as wide in the annex, so that lines just move over.
constexpr double kSupplementLeft = sheet::kLeft + kNameWidth, kSupplementPadding = 2.5;
constexpr double kSupplementWidth = sheet::kRight - kSupplementLeft - 2 * kSupplementPadding;
constexpr double kSupplementLeading = 5.6, kSupplementEdge = 1.6;
constexpr int kFewestSupplementLines = 3;

std::string shown(const std::string& value) { return value.empty() ? "／" : value; }

std::string joined(const std::string& first, const std::string& second, const char* between) {
    return first.empty() || second.empty() ? shown(first + second) : first + between + second;
}

// Registers hold the years of study as a bare number.
std::string with_unit(const std::string& years) {
    const bool bare = !years.empty() && years.find_first_not_of("0123456789.") == std::string::npos;
    return bare ? years + " 年" : years;
}

Block employer_block(const AgreementEmployer& it) {
    return {"甲方用人单位",
            {{{"单位名称", shown(it.employer_name)}},
             {{"统一社会信用代码", shown(it.credit_code)}, Cell{"单位性质", shown(it.employer_nature)}},
             {{"单位行业", shown(it.industry)}, Cell{"职位类别", shown(it.post)}},
             {{"通讯地址", joined(it.region, it.address, "")}},
             {{"单位联系人", shown(it.contact_name)}, Cell{"联系手机", shown(it.contact_mobile)}},
             {{"联系电话", shown(it.contact_phone)},
              Cell{"是否解决户档", it.solves_household ? "☑ 是　☐ 否" : "☐ 是　☑ 否"}},
             {{"联系邮箱", shown(it.contact_email)}}}};
}

Block student_block(const AgreementStudent& it) {
    return {"乙方毕业生",
            {{{"姓　　名", shown(it.name)}, Cell{"性　　别", shown(it.sex)}},
             {{"身份证号", shown(it.resident_id)}, Cell{"考 生 号", shown(it.exam_number)}},
             {{"毕业院校", shown(it.school_name)}, Cell{"学　　号", shown(it.student_number)}},
             {{"专业名称", shown(it.major)}, Cell{"层次／学制", joined(it.level, with_unit(it.years), "／")}},
             {{"生源省市", shown(it.origin)}, Cell{"毕业时间", shown(it.graduation_month)}},
             {{"培养方式", shown(it.training_mode)}}}};
}

Block school_block(const AgreementSchool& it, Parties parties) {
    return {parties == Parties::three ? "丙方学校" : "鉴证学校",
            {{{"学校名称", joined(it.school_name, it.office_name, "　")}},
             {{"联 系 人", shown(it.contact_name)}, Cell{"联系电话", shown(it.contact_phone)}},
             {{"通讯地址", shown(it.address)}}}};
}

std::vector<Block> blocks_of(const Agreement& it) {
    return {employer_block(it.employer), student_block(it.student), school_block(it.school, it.parties)};
}

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

    Sheets sheets() {
        form_page();
        clause_page();
        annex();
        for (std::size_t i = 0; i < pages_.size(); ++i) footer(pages_[i], i + 1);
        return {"全国普通高等学校毕业生就业协议书 " + agreement_.number, std::move(pages_)};
    }

  private:
    Drawing& new_page() {
        Drawing& page = pages_.emplace_back();
        add_corner_marks(page);
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

    void watermark(Drawing& page) const {
        if (!agreement_.sample) return;
        constexpr Style kWatermark{Face::kai_bold, 200, 0.89};
        page.add(Text{{66, 190}, kWatermark, "样张", 0, 45});
    }

    void put(Drawing& page, Point at, Style style, std::string_view text, Align align = Align::left,
             double tracking = 0) const {
        add_text(page, fonts_, at, style, text, align, tracking);
    }

    // Number at the left, kind at the right, above the body and left of the code.
    void number_line(Drawing& page) const {
        constexpr double kBaseline = 47.6;
        constexpr std::string_view kName = "协议编号：";
        put(page, {sheet::kLeft, kBaseline}, kBody, kName);
        put(page, {sheet::kLeft + width_of(fonts_, kBody, kName), kBaseline}, kValueStyle, agreement_.number);
        put(page, {sheet::kUpperCode.x - 4, kBaseline}, kBody, parties_name(agreement_.parties),
            Align::right);
        put(page, {sheet::kUpperCode.centre().x, 48.9}, kSmall, "扫码核验真伪与状态", Align::centre);
        if (agreement_.sample)
            put(page, {title_middle(), 41}, kBodyBold, "样张：仅供演示和培训，不具有任何效力", Align::centre);
    }

    static double title_middle() { return (sheet::kLeft + sheet::kUpperCode.x) / 2; }

    void form_page() {
        const double space = sheet::kSigningTop - sheet::kBodyTop;
        grid_.fit(space - 2 * kSupplementEdge - kFewestSupplementLines * kSupplementLeading);
        Drawing& page = new_page();
        grid_.draw_ground(page, sheet::kBodyTop);
        watermark(page);
        put(page, {title_middle(), 24.5}, kTitle, "全国普通高等学校", Align::centre, 1.6);
        put(page, {title_middle(), 34.5}, kTitle, "毕业生就业协议书", Align::centre, 1.6);
        number_line(page);
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
        add_frame(page, {sheet::kLeft, top, kWhole, height}, kThick);
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

    // A page after the first, titled; returns its first baseline.
    double text_page(std::string_view what) {
        Drawing& page = new_page();
        watermark(page);
        put(page, {title_middle(), 23}, kBody, "全国普通高等学校毕业生就业协议书", Align::centre, 0.6);
        put(page, {title_middle(), 33}, kHeading, what, Align::centre, 3);
        number_line(page);
        return sheet::kBodyTop + 6;
    }

    void clause_page() {
        y_ = text_page("协议条款");
        clause("", preamble(agreement_.parties));
        std::size_t number = 0;
        for (const Clause& it : clauses(agreement_.parties))
            clause(clause_number(++number) + "　" + std::string(it.heading), "　" + std::string(it.text));
    }

    void clause(std::string_view heading, std::string_view text) {
        constexpr double kLeading = 5.1, kGap = 0.8;
        for (const TextLine& line :
             wrap(fonts_, kClause, "　　" + std::string(heading) + std::string(text), kWhole)) {
            if (y_ > sheet::kBodyBottom) y_ = text_page("协议条款");
            clause_line(pages_.back(), line, y_, heading);
            heading = {};
            y_ += kLeading;
        }
        y_ += kGap;
    }

    // A heading is bold; its characters are as wide in both faces, so the line was measured right.
    void clause_line(Drawing& page, const TextLine& line, double baseline, std::string_view heading) const {
        const double tracking = justified(line, kWhole);
        if (heading.empty()) {
            put(page, {sheet::kLeft, baseline}, kClause, line.text, Align::left, tracking);
            return;
        }
        constexpr std::string_view kIndent = "　　";
        const auto advance = [&](std::string_view text) {
            return width_of(fonts_, kClause, text) + tracking * static_cast<double>(count_code_points(text));
        };
        const std::string_view rest = std::string_view(line.text).substr(kIndent.size() + heading.size());
        const double x = sheet::kLeft + advance(kIndent);
        put(page, {x, baseline}, kClauseBold, heading, Align::left, tracking);
        put(page, {x + advance(heading), baseline}, kClause, rest, Align::left, tracking);
    }

    void annex() {
        const std::vector<Cell> moved = grid_.moved();
        if (moved.empty() && shown_lines_ == supplement_.size()) return;
        y_ = text_page(kAnnex);
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
        if (y_ > sheet::kBodyBottom) y_ = text_page(kAnnex);
        supplement_line(pages_.back(), line, {sheet::kLeft + (kWhole - kSupplementWidth) / 2, y_});
        y_ += kSupplementLeading;
    }

    // Never alone at the foot of a page.
    void annex_heading(const std::string& text) {
        if (y_ + kSupplementLeading > sheet::kBodyBottom) y_ = text_page(kAnnex);
        put(pages_.back(), {sheet::kLeft, y_}, kBodyBold, text);
        y_ += kSupplementLeading + 0.6;
    }

    // What a person needs to know stands beside the lower code.
    void footer(Drawing& page, std::size_t number) const {
        constexpr std::string_view kNotes[] = {
            "一、扫描本页任一二维码，可以核验本页由学校签发，并查看协议当前的状态。",
            "二、签字盖章后，请将全部页面平整扫描或者拍照回传；二维码和三个定位标记应当完整、清晰。",
            "三、印章、签名请落在各方的签章栏内，不要遮盖二维码；其余位置手写、涂改的内容无效。"};
        double baseline = 257;
        for (std::string_view note : kNotes) {
            put(page, {52, baseline}, kSmall, note);
            baseline += 5;
        }
        constexpr double kRule = 280.5, kFoot = 284.8;
        page.add(Line{{sheet::kLeft, kRule}, {sheet::kRight, kRule}, kThin, 0.4});
        put(page, {sheet::kLeft, kFoot}, kSmall,
            "第 " + std::to_string(number) + " 页 / 共 " + std::to_string(pages_.size()) + " 页");
        put(page, {sheet::kWidth / 2, kFoot}, kSmall, "文件指纹 " + agreement_.fingerprint, Align::centre);
        put(page, {sheet::kRight, kFoot}, kSmall, "版式 " + agreement_.template_version, Align::right);
    }

    const Fonts& fonts_;
    const Agreement& agreement_;
    FormGrid grid_;
    std::vector<TextLine> supplement_;
    std::size_t shown_lines_ = 0;
    double y_ = 0;  // of the next baseline
    std::vector<Drawing> pages_;
};

Result<void> check_printable(const Fonts& fonts, const Agreement& it) {
    std::string all = it.number + it.fingerprint + it.supplement;
    for (const Block& block : blocks_of(it))
        for (const Row& row : block.rows) all += row.left.value + (row.right ? row.right->value : "");
    return fonts.check(all);
}

}  // namespace

Result<Sheets> lay_out(const Fonts& fonts, const Agreement& agreement) {
    if (agreement.template_version != kAgreementTemplate)
        return refuse("template_unknown", {{"version", agreement.template_version}});
    if (auto printable = check_printable(fonts, agreement); !printable)
        return tl::make_unexpected(printable.error());
    return AgreementLayout(fonts, agreement).sheets();
}

std::vector<FixedText> agreement_fixed_text(const Fonts& fonts) {
    std::string ascii;
    for (char c = ' '; c <= '~'; ++c) ascii += c;
    std::vector<FixedText> fixed{{Face::song, ascii}, {Face::kai, ascii}};
    for (Parties parties : {Parties::two, Parties::three}) {
        Agreement empty;
        empty.parties = parties;
        for (const Drawing& page : AgreementLayout(fonts, empty).sheets().pages)
            for (const Item& item : page.items)
                if (const Text* text = std::get_if<Text>(&item))
                    fixed.push_back({text->style.face, text->text});
    }
    return fixed;
}

}  // namespace wq::render
