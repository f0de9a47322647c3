#include "sync/platform/pages.h"

#include "data/base/time.h"

#include <kainjow/mustache.hpp>

namespace wq::platform {
namespace {

using kainjow::mustache::data;

constexpr const char* kPage = R"(<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>协议核验 Verification</title>
<style>
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f5f8; color: #16202c; font: 17px/1.6 "Noto Sans CJK SC", "PingFang SC", sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
header { font-weight: 600; color: #46566b; padding: .5rem 0 1rem; }
.verdict { border-radius: 14px; padding: 1.25rem; color: #fff; background: #8a4b00; }
.good .verdict { background: #0b6b3a; }
.bad .verdict { background: #a32020; }
.verdict h1 { margin: 0; font-size: 1.5rem; line-height: 1.35; }
.verdict p { margin: .25rem 0 0; opacity: .95; }
dl { margin: 1rem 0; background: #fff; border-radius: 14px; padding: .25rem 1.25rem; }
dl div { padding: .75rem 0; border-bottom: 1px solid #e4e8ee; }
dl div:last-child { border: 0; }
dt { font-size: .85rem; color: #55657a; }
dd { margin: 0; overflow-wrap: anywhere; }
.note { font-size: .9rem; color: #46566b; }
</style>
</head>
<body class="{{tone}}">
<main>
<header>网签 · 协议核验 Agreement verification</header>
<section class="verdict"><h1>{{title_zh}}</h1><p>{{title_en}}</p></section>
{{#has_facts}}<dl>
{{#facts}}<div><dt>{{zh}} {{en}}</dt><dd>{{value}}</dd></div>
{{/facts}}</dl>{{/has_facts}}
<p class="note">{{note_zh}}<br>{{note_en}}</p>
</main>
</body>
</html>
)";

struct Words {
    std::string_view zh, en;
};

Words words_for(domain::State state) {
    using enum domain::State;
    switch (state) {
        case draft:
        case invited:
        case department_review:
        case school_review:
            return {"审核中", "Under review"};
        case returned:
            return {"退回修改,纸质协议已失效", "Sent back; the paper is no longer valid"};
        case approved:
            return {"已通过审核,待回传签章页", "Approved; signed pages not yet returned"};
        case return_department_review:
        case return_school_review:
            return {"签章页审核中", "Signed pages under review"};
        case effective:
            return {"签约完成", "In force"};
        case terminating:
            return {"解约办理中", "Termination under way"};
        case void_:
            return {"已作废", "Void"};
        case declined:
            return {"毕业生已拒绝", "Declined"};
        case expired:
            return {"邀约失效", "Invitation expired"};
        case cancelled:
            return {"已取消", "Cancelled"};
        case discarded:
        case deleted:
            return {"已删除", "Deleted"};
        case terminated:
            return {"已解约", "Terminated"};
    }
    return {"", ""};
}

data fact(const char* zh, const char* en, const std::string& value) {
    data line;
    line.set("zh", zh);
    line.set("en", en);
    line.set("value", value);
    return line;
}

protocol::Response page_of(data& values) {
    kainjow::mustache::mustache page(kPage);
    const std::string html = page.render(values);
    const ByteView bytes = bytes_of(html);
    protocol::Response response{200, Bytes(bytes.begin(), bytes.end()), "text/html; charset=utf-8", {}};
    response.headers = {{"content-security-policy",
                         "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
                         " form-action 'none'; frame-ancestors 'none'"},
                        {"referrer-policy", "no-referrer"},
                        {"x-content-type-options", "nosniff"},
                        {"cache-control", "no-store"}};
    return response;
}

void say(data& values, const char* tone, Words title, Words note) {
    values.set("tone", tone);
    values.set("title_zh", std::string(title.zh));
    values.set("title_en", std::string(title.en));
    values.set("note_zh", std::string(note.zh));
    values.set("note_en", std::string(note.en));
}

protocol::Response unknown_page(const Refusal& why) {
    data values;
    values.set("has_facts", false);
    if (why.code == "code_forged")
        say(values, "bad", {"签名不符,不是本平台认可的编码", "The signature is wrong: not a genuine code"},
            {"请勿采信这份纸张,并联系学校就业部门。",
             "Do not rely on this paper; ask the school's career office."});
    else
        say(values, "", {"未能核验", "Unknown: this could not be verified"},
            {"本平台没有与此编码相符的登记。可能是编码不完整、学校尚未同步,或不是本平台签发。",
             "The register has nothing that fits this code: it may be incomplete, not yet synchronised, or "
             "not"
             " from here."});
    protocol::Response response = page_of(values);
    response.status = 404;
    return response;
}

protocol::Response known_page(const Verification& known) {
    const Words state = words_for(known.state);
    data facts{data::type::list}, values;
    facts << fact("协议编号", "Number", known.code.number)
          << fact("登记状态", "Status", std::string(state.zh) + " · " + std::string(state.en))
          << fact("毕业生", "Graduate", known.masked_name) << fact("用人单位", "Employer", known.employer)
          << fact("签发日期", "Issued", to_iso(day_of(known.code.day)))
          << fact("页", "Page", std::to_string(known.code.page) + " / " + std::to_string(known.code.pages));
    values.set("has_facts", true);
    values.set("facts", facts);
    const bool stands = known.is_latest_paper && domain::holds_slot(known.state);
    const Words title =
        known.code.sample ? Words{"样张:无效力", "Sample: without effect"}
        : stands          ? Words{"编码真实,登记在册", "Genuine code, in the register"}
                 : Words{"编码真实,但这份纸张已不是现行版本", "Genuine code, but not the current paper"};
    say(values, known.code.sample || !stands ? "" : "good", title,
        {"此页证明编码由学校签发及其登记状态,不证明纸面其他内容,请与上列各项逐一对照。",
         "This proves who issued the code and what the register says, not what else stands on the paper:"
         " compare the lines above."});
    return page_of(values);
}

}  // namespace

protocol::Response verification_page(Registry& registry, const protocol::Request& request) {
    const std::string code(protocol::path_of(request.target).substr(3));
    const auto known = registry.verify("HTTPS://WANGQIAN/V/" + code);
    return known ? known_page(*known) : unknown_page(known.error());
}

}  // namespace wq::platform
