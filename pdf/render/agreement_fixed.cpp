#include "pdf/render/agreement_fixed.h"

#include "data/base/utf8.h"
#include "pdf/render/agreement_clauses.h"

namespace wq::render {
namespace {

constexpr Style kTitle{Face::kai_bold, 23}, kHeading{Face::kai_bold, 15}, kClause{Face::song, 10},
    kClauseBold{Face::kai_bold, 10};

// Marks and notes, as on every page. What a person needs to know stands beside the lower code.
void add_frame_text(Drawing& page, const Fonts& fonts) {
    constexpr std::string_view kNotes[] = {
        "一、扫描任一二维码，或者输入码下的代码，可以核验本页由学校签发，并查看协议当前的状态。",
        "二、签字盖章后，请将全部页面平整扫描或者拍照回传；二维码和三个定位标记应当完整、清晰。",
        "三、印章、签名请落在各方的签章栏内，不要遮盖二维码；其余位置手写、涂改的内容无效。"};
    add_corner_marks(page);
    double baseline = 257;
    for (std::string_view note : kNotes) {
        add_text(page, fonts, {52, baseline}, kSmall, note);
        baseline += 5;
    }
    constexpr double kRule = 282.6;
    page.add(Line{{sheet::kLeft, kRule}, {sheet::kRight, kRule}, 0.15, 0.4});
    add_text(page, fonts, {sheet::kRight, kFootLine}, kSmall, std::string("版式 ") + kAgreementTemplate,
             Align::right);
}

FixedPage form_page(const Fonts& fonts) {
    Drawing page;
    add_text(page, fonts, {kTitleMiddle, 24.5}, kTitle, "全国普通高等学校", Align::centre, 1.6);
    add_text(page, fonts, {kTitleMiddle, 34.5}, kTitle, "毕业生就业协议书", Align::centre, 1.6);
    add_frame_text(page, fonts);
    return std::make_shared<const Drawing>(std::move(page));
}

Drawing text_page(const Fonts& fonts, std::string_view what, bool sample) {
    Drawing page;
    if (sample) add_watermark(page);
    add_frame_text(page, fonts);
    add_text(page, fonts, {kTitleMiddle, 23}, kBody, "全国普通高等学校毕业生就业协议书", Align::centre, 0.6);
    add_text(page, fonts, {kTitleMiddle, 33}, kHeading, what, Align::centre, 3);
    return page;
}

class ClausePages {
  public:
    ClausePages(const Fonts& fonts, Parties parties, bool sample) : fonts_(fonts), sample_(sample) {
        start();
        clause("", preamble(parties));
        std::size_t number = 0;
        for (const Clause& it : clauses(parties))
            clause(clause_number(++number) + "　" + std::string(it.heading), "　" + std::string(it.text));
        finish();
    }
    std::vector<FixedPage> take() { return std::move(pages_); }

  private:
    void start() {
        page_ = text_page(fonts_, "协议条款", sample_);
        y_ = sheet::kBodyTop + 6;
    }
    void finish() { pages_.push_back(std::make_shared<const Drawing>(std::move(page_))); }

    void clause(std::string_view heading, std::string_view text) {
        constexpr double kLeading = 5.1, kGap = 0.8;
        for (const TextLine& line :
             wrap(fonts_, kClause, "　　" + std::string(heading) + std::string(text), kBodyWidth)) {
            if (y_ > sheet::kBodyBottom) finish(), start();
            clause_line(line, heading);
            heading = {};
            y_ += kLeading;
        }
        y_ += kGap;
    }

    // A heading is bold; its characters are as wide in both faces, so the line was measured right.
    void clause_line(const TextLine& line, std::string_view heading) {
        const double tracking = justified(line, kBodyWidth);
        if (heading.empty()) {
            put(sheet::kLeft, kClause, line.text, tracking);
            return;
        }
        constexpr std::string_view kIndent = "　　";
        const auto advance = [&](std::string_view text) {
            return width_of(fonts_, kClause, text) + tracking * static_cast<double>(count_code_points(text));
        };
        const std::string_view rest = std::string_view(line.text).substr(kIndent.size() + heading.size());
        const double x = sheet::kLeft + advance(kIndent);
        put(x, kClauseBold, heading, tracking);
        put(x + advance(heading), kClause, rest, tracking);
    }

    void put(double x, Style style, std::string_view text, double tracking) {
        add_text(page_, fonts_, {x, y_}, style, text, Align::left, tracking);
    }

    const Fonts& fonts_;
    bool sample_;
    Drawing page_;
    double y_ = 0;  // of the next baseline
    std::vector<FixedPage> pages_;
};

}  // namespace

void add_watermark(Drawing& page) {
    constexpr Style kWatermark{Face::kai_bold, 200, 0.89};
    page.add(Text{{66, 190}, kWatermark, "样张", 0, 45});
}

AgreementTemplate::Fixed::Fixed(const Fonts& fonts)
    : form(form_page(fonts)), annex(std::make_shared<const Drawing>(text_page(fonts, kAnnex, false))) {
    for (Parties parties : {Parties::two, Parties::three})
        for (bool sample : {false, true})
            clauses[clause_set(parties, sample)] = ClausePages(fonts, parties, sample).take();
}

}  // namespace wq::render
