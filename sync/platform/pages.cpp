#include "sync/platform/pages.h"

#include "data/base/time.h"
#include "data/os/files.h"
#include "sync/platform/html.h"

namespace wq::platform {
namespace {

constexpr Words kTitle{"协议核验", "Agreement verification"};

constexpr const char* kBody = R"(<section class="verdict"><h1>{{title_zh}}</h1><p>{{title_en}}</p></section>
{{#has_facts}}<dl>
{{#facts}}<div><dt>{{zh}} {{en}}</dt><dd>{{value}}</dd></div>
{{/facts}}</dl>{{/has_facts}}
<p class="note">{{note_zh}}<br>{{note_en}}</p>
)";

Words words_for(domain::State state) {
    using enum domain::State;
    switch (state) {
        case draft:
        case invited:
        case department_review:
        case school_review:
            return {"审核中", "Under review"};
        case returned:
            return {"退回修改，纸质协议已失效", "Sent back; the paper is no longer valid"};
        case approved:
            return {"已通过审核，待回传签章页", "Approved; signed pages not yet returned"};
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

protocol::Response unknown_page(const Refusal& why) {
    const bool forged = why.code == "code_forged";
    PageData values;
    values.set("has_facts", false);
    put(values, "title",
        forged ? Words{"签名不符，不是本平台认可的编码", "The signature is wrong: not a genuine code"}
               : Words{"未能核验", "Unknown: this could not be verified"});
    put(values, "note",
        forged ? Words{"请勿采信这份纸张，并联系学校就业部门。",
                       "Do not rely on this paper; ask the school's career office."}
               : Words{"本平台没有与此编码相符的登记。可能是编码不完整、学校尚未同步，或不是本平台签发。",
                       "The register has nothing that fits this code: it may be incomplete, not yet "
                       "synchronised, or not from here."});
    return html_page(kTitle, forged ? "bad" : "", kBody, values, 404);
}

protocol::Response known_page(const Verification& known) {
    const Words state = words_for(known.state);
    PageData facts{PageData::type::list}, values;
    facts << fact({"协议编号", "Number"}, known.code.number)
          << fact({"登记状态", "Status"}, std::string(state.zh) + " · " + std::string(state.en))
          << fact({"毕业生", "Graduate"}, known.masked_name) << fact({"用人单位", "Employer"}, known.employer)
          << fact({"签发日期", "Issued"}, to_iso(day_of(known.code.day)))
          << fact({"页", "Page"}, std::to_string(known.code.page) + " / " + std::to_string(known.code.pages));
    values.set("has_facts", true);
    values.set("facts", facts);
    const bool stands = known.is_latest_paper && domain::holds_slot(known.state);
    put(values, "title",
        known.code.sample ? Words{"样张：无效力", "Sample: without effect"}
        : stands          ? Words{"编码真实，登记在册", "Genuine code, in the register"}
                 : Words{"编码真实，但这份纸张已不是现行版本", "Genuine code, but not the current paper"});
    put(values, "note",
        {"此页证明编码由学校签发及其登记状态，不证明纸面其他内容，请与上列各项逐一对照。",
         "This proves who issued the code and what the register says, not what else stands on the paper:"
         " compare the lines above."});
    return html_page(kTitle, known.code.sample || !stands ? "" : "good", kBody, values);
}

}  // namespace

protocol::Response verification_page(Registry& registry, const protocol::Request& request) {
    const std::string code(protocol::path_of(request.target).substr(3));
    const auto known = registry.verify("HTTPS://WANGQIAN/V/" + code);
    return known ? known_page(*known) : unknown_page(known.error());
}

protocol::Response offline_page(Registry& registry) {
    const auto html = os::read_text(os::assets_folder() / "offline" / "verify.html");
    if (!html) throw Fault("the page for verifying offline can't be read");
    const std::string page = crypto::offline_page(*html, registry.verification_list());
    const ByteView bytes = bytes_of(page);
    return {200,
            {bytes.begin(), bytes.end()},
            "text/html; charset=utf-8",
            {{"content-disposition", "attachment; filename=\"wangqian-verify.html\""}}};
}

}  // namespace wq::platform
