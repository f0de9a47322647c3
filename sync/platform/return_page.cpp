#include "sync/platform/return_page.h"

#include "data/base/time.h"
#include "pdf/scan/page_checks.h"
#include "sync/platform/html.h"
#include "sync/platform/multipart.h"

#include <algorithm>

namespace wq::platform {
namespace {

constexpr Words kTitle{"协助回传就业协议书", "Return of an employment agreement"};

constexpr const char* kBody = R"(<section class="verdict"><h1>{{title_zh}}</h1><p>{{title_en}}</p></section>
{{#has_notice}}<p class="sheet poor">{{notice_zh}}<br>{{notice_en}}</p>{{/has_notice}}
{{#has_results}}<dl>
{{#results}}<div><dt>{{file}}</dt><dd{{#poor}} class="poor"{{/poor}}>{{zh}}<br>{{en}}</dd></div>
{{/results}}</dl>{{/has_results}}
{{#is_open}}<dl>
{{#facts}}<div><dt>{{zh}} {{en}}</dt><dd>{{value}}</dd></div>
{{/facts}}</dl>
<form method="post" enctype="multipart/form-data">
<label>{{ask_zh}}<br>{{ask_en}}
<input type="file" name="pages" accept="image/jpeg,image/png,image/tiff,application/pdf" multiple required></label>
<button>上传 Upload</button>
</form>
{{#may_send_anyway}}<form method="post" enctype="multipart/form-data">
<p class="note">{{anyway_zh}}<br>{{anyway_en}}</p>
<input type="hidden" name="anyway" value="yes">
<button class="quiet">就用现有图像提交 Send as it is</button>
</form>{{/may_send_anyway}}{{/is_open}}
<p class="note">{{note_zh}}<br>{{note_en}}</p>
)";

constexpr const char* kTurnedAway =
    R"(<section class="verdict"><h1>{{title_zh}}</h1><p>{{title_en}}</p></section>
<p class="note"><a href="">返回上传页面 Back to the upload</a></p>
)";

struct Told {
    std::string_view code;
    Words words;
};

constexpr Told kLinkRefusals[] = {
    {"link_unknown",
     {"链接无法识别，或学校尚未同步", "This link is unknown, or the school has not synchronised yet"}},
    {"link_revoked", {"链接已被收回或已更换", "This link was taken back or replaced"}},
    {"link_expired", {"链接已过期", "This link has expired"}},
    {"link_used", {"协议书已回传，无需再次上传", "The agreement was returned already"}},
};

// Where the record of a used link has ended since; else the words are those above.
constexpr Told kEndedStates[] = {
    {"void", {"这份协议书已作废，请勿再盖章或上传", "This agreement is void: do not stamp or send it"}},
    {"terminating", {"这份协议书正在办理解约", "This agreement is being terminated"}},
    {"terminated", {"这份协议书已解约", "This agreement was terminated"}},
};

constexpr Words kUnreadable{
    "没有收到文件：上传中断，或一次超过 64 个文件。请减少文件后重新上传。",
    "Nothing was taken: the upload broke off or had more than 64 files. Choose fewer and send them again."};
constexpr Words kNoFile{"没有选择文件，请先选择照片或 PDF 再上传。",
                        "No file was chosen: choose photos or a PDF, then send them."};
constexpr Words kTooLarge{"文件太大：一次最多 48 MB。请分几次上传，每次少选几页。",
                          "Too large: 48 MB at most at once. Send the pages in turn, fewer at a time."};
constexpr Words kBusy{"上传的人太多，本次没有收到。请一分钟后再传。",
                      "Too many uploads right now; nothing was taken. Try again in a minute."};

constexpr Told kPageRefusals[] = {
    {"code_not_found",
     {"没有读到二维码：请把整页拍进画面，光线均匀，不要反光",
      "No code was read: take the whole page, evenly lit"}},
    {"codes_disagree",
     {"一张图里有两页：请每页单独拍摄", "Two pages in one picture: take each page by itself"}},
    {"other_agreement", {"这一页属于另一份协议书", "This page belongs to another agreement"}},
    {"paper_superseded",
     {"这份纸张已被新版本取代，请向毕业生索取最新打印件",
      "This paper was superseded: ask for the latest print"}},
    {"sample_refused", {"这是样张，没有效力", "This is a sample without effect"}},
    {"code_forged",
     {"二维码签名不符，这不是学校签发的页面", "The code's signature is wrong: not issued by the school"}},
    {"not_a_picture", {"不是图片或 PDF 文件", "Neither a picture nor a PDF"}},
    {"file_empty", {"文件是空的", "The file is empty"}},
    {"picture_too_large",
     {"图像太大，请降低分辨率后再传", "The picture is too large: take it at a lower resolution"}},
    {"picture_cut_short", {"文件不完整，请重新上传", "The file is cut short: send it again"}},
    {"picture_too_costly",
     {"文件太复杂，请另存为普通 JPEG", "The file takes too much to open: save it as a plain JPEG"}},
    {"picture_format_unsupported",
     {"不支持这种图片格式，请另存为 JPEG 或 PDF", "Not a format we read: save it as JPEG or PDF"}},
    {"pdf_locked", {"PDF 有密码，请去掉密码", "The PDF has a password: remove it"}},
    {"picture_damaged", {"文件已损坏，请重新拍摄", "The file is damaged: take it again"}},
    {"too_many_pages", {"文件页数太多", "Too many pages in one file"}},
    {"page_cut_off", {"页面边缘被裁掉，请拍全四角", "The page is cut off: take all four corners"}},
    {"page_resolution_low", {"分辨率太低，请靠近些拍", "The resolution is too low: go nearer"}},
    {"page_blurred", {"图像模糊，请拿稳再拍", "Blurred: hold still and take it again"}},
    {"page_too_dark", {"光线太暗", "Too dark"}},
    {"page_too_bright", {"光线太亮或反光", "Too bright, or a reflection"}},
    {"page_uneven_light", {"光线不均匀，有阴影", "Unevenly lit, with a shadow"}},
    {"page_seal_missing",
     {"已收到，但没有看到单位公章：请确认已盖章",
      "Taken, but no seal was seen: please make sure that it is stamped"}},
};

template <std::size_t N>
Words words_for(const Told (&told)[N], std::string_view code, Words otherwise) {
    const auto at = std::ranges::find(told, code, &Told::code);
    return at == std::end(told) ? otherwise : at->words;
}

protocol::Response closed_page(const Refusal& why) {
    const auto state = std::ranges::find(why.args, "state", &Args::value_type::first);
    const auto ended = state == why.args.end() ? std::end(kEndedStates)
                                               : std::ranges::find(kEndedStates, state->second, &Told::code);
    const bool is_over = ended != std::end(kEndedStates);
    PageData values;
    values.set("has_results", false);
    values.set("is_open", false);
    put(values, "title",
        is_over ? ended->words
                : words_for(kLinkRefusals, why.code, {"现在不能回传", "Nothing can be returned now"}));
    put(values, "note",
        is_over
            ? Words{"如有疑问，请联系毕业生或学校就业部门。",
                    "Ask the graduate or the school's career office."}
            : Words{"如需回传，请联系毕业生重新发送链接，或由毕业生本人到校内自助机扫描回传。",
                    "To return the paper, ask the graduate for a new link, or let the graduate scan it at a "
                    "kiosk."});
    return html_page(kTitle, why.code == "link_used" && !is_over ? "good" : "", kBody, values,
                     why.code == "link_unknown" ? 404 : 200);
}

PageData shown(const UploadedPage& page) {
    const Words taken{"已收到", "Taken"};
    const Words words =
        page.why ? words_for(kPageRefusals, page.why->code, {"未能接收这一页", "Could not be taken"}) : taken;
    PageData line = fact(words, "");
    line.set("file", page.page > 0 ? page.file + " · 第 " + std::to_string(page.page) + " 页" : page.file);
    line.set("poor", page.why.has_value());
    return line;
}

void put_results(PageData& values, const std::vector<UploadedPage>& pages) {
    PageData results{PageData::type::list};
    for (const UploadedPage& page : pages) results << shown(page);
    values.set("has_results", !pages.empty());
    values.set("results", results);
}

std::string listed(const std::vector<int>& pages) {
    std::string text;
    for (const int page : pages) text += (text.empty() ? "" : ", ") + std::to_string(page);
    return text;
}

std::vector<int> wanted_pages(const OpenLink& link) {
    std::vector<int> wanted;
    for (int page = 1; page <= link.record.paper->pages(); ++page) {
        const auto there = std::ranges::find(link.pages, page, &domain::ReturnedPage::page);
        if (there == link.pages.end() || !scan::is_well_taken(there->checks)) wanted.push_back(page);
    }
    return wanted;
}

protocol::Response open_page(const OpenLink& link, const std::vector<UploadedPage>& uploaded,
                             const std::optional<Words>& notice) {
    const std::vector<int> wanted = wanted_pages(link);
    PageData values, facts{PageData::type::list};
    facts << fact({"学校", "School"}, link.school_name) << fact({"毕业生", "Graduate"}, link.masked_name)
          << fact({"用人单位", "Employer"}, std::string(domain::value_of(link.record.form, "employer_name")))
          << fact({"协议编号", "Number"}, link.record.number)
          << fact({"待上传页", "Pages wanted"}, listed(wanted))
          << fact({"链接有效期至", "Link valid until"}, shown_time(link.record.link->expires));
    values.set("facts", facts);
    values.set("is_open", true);
    values.set("has_notice", notice.has_value());
    if (notice) put(values, "notice", *notice);
    put_results(values, uploaded);
    put(values, "title", {"请上传已盖章的协议书", "Upload the stamped agreement"});
    put(values, "ask",
        {"每页一张照片或扫描件，也可以是一个 PDF", "A photo or scan of each page, or one PDF"});
    values.set("may_send_anyway", static_cast<int>(link.pages.size()) == link.record.paper->pages());
    put(values, "anyway",
        {"所有页面都已收到，但有的图像不够清楚。", "All pages are there, but some could be clearer."});
    put(values, "note",
        {"此链接只用于回传这一份协议书。图像只提供给学校审核。",
         "This link serves this one agreement. The pictures go to the school's reviewers only."});
    return html_page(kTitle, "calm", kBody, values);
}

protocol::Response done_page(const Upload& upload) {
    PageData values;
    values.set("is_open", false);
    put_results(values, upload.pages);
    put(values, "title", {"已回传，等待学校审核", "Returned; the school will review it"});
    put(values, "note",
        {"可以关闭此页。审核结果由学校通知毕业生。",
         "You may close this page. The school tells the graduate the result."});
    return html_page(kTitle, "good", kBody, values);
}

// What was sent, read from the form.
struct Sent {
    std::vector<UploadedFile> files;
    bool anyway = false;
    std::optional<Words> wrong;
};

Sent sent_by(const protocol::Request& request) {
    Sent sent;
    const auto parts = form_parts(protocol::header_of(request.headers, "content-type"), request.body);
    for (const FormPart& part : parts.value_or(std::vector<FormPart>{})) {
        if (part.name == "pages" && !part.content.empty())
            sent.files.push_back({part.file_name, part.content});
        sent.anyway = sent.anyway || part.name == "anyway";
    }
    if (!parts)
        sent.wrong = kUnreadable;
    else if (sent.files.empty() && !sent.anyway)
        sent.wrong = kNoFile;
    return sent;
}

}  // namespace

protocol::Response return_page(LinkReturns& returns, const protocol::Request& request) {
    const std::string token(protocol::path_of(request.target).substr(3));
    std::vector<UploadedPage> uploaded;
    std::optional<Words> notice;
    if (request.method == "POST") {
        const Sent sent = sent_by(request);
        notice = sent.wrong;
        if (!notice) {
            const auto upload = returns.take(token, sent.files, sent.anyway);
            if (!upload) return closed_page(upload.error());
            if (upload->missing.empty()) return done_page(*upload);
            uploaded = upload->pages;
        }
    }
    const auto link = returns.look(token);
    return link ? open_page(*link, uploaded, notice) : closed_page(link.error());
}

protocol::Response return_turned_away(int status) {
    PageData values;
    const Words why = status == 413 ? kTooLarge : kBusy;
    put(values, "title", why);
    return html_page(kTitle, "", kTurnedAway, values, status);
}

}  // namespace wq::platform
