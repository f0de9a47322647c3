#include "sync/platform/html.h"

#include "data/base/bytes.h"

namespace wq::platform {
namespace {

constexpr const char* kFrame = R"(<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{{frame_title_zh}} {{frame_title_en}}</title>
<style>
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f3f5f8; color: #16202c; font: 17px/1.6 "Noto Sans CJK SC", "PingFang SC", sans-serif; }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem 1rem 3rem; }
header { font-weight: 600; color: #46566b; padding: .5rem 0 1rem; }
.verdict { border-radius: 14px; padding: 1.25rem; color: #fff; background: #8a4b00; }
.good .verdict { background: #0b6b3a; }
.bad .verdict { background: #a32020; }
.calm .verdict { background: #1c4f9c; }
.verdict h1 { margin: 0; font-size: 1.5rem; line-height: 1.35; }
.verdict p { margin: .25rem 0 0; opacity: .95; }
dl, form, .sheet { margin: 1rem 0; background: #fff; border-radius: 14px; padding: .25rem 1.25rem; }
dl div { padding: .75rem 0; border-bottom: 1px solid #e4e8ee; }
dl div:last-child { border: 0; }
dt { font-size: .85rem; color: #55657a; }
dd { margin: 0; overflow-wrap: anywhere; }
.poor { color: #8a4b00; }
form { padding: 1.25rem; }
label { display: block; font-weight: 600; margin-bottom: .75rem; }
input[type=file] { display: block; width: 100%; font: inherit; margin: .5rem 0 1rem; }
button { display: block; width: 100%; min-height: 3.25rem; border: 0; border-radius: 12px; background: #1c4f9c;
  color: #fff; font: inherit; font-weight: 600; margin-top: .75rem; }
button.quiet { background: #e6ebf2; color: #16202c; }
.note { font-size: .9rem; color: #46566b; }
</style>
</head>
<body class="{{tone}}">
<main>
<header>网签 · {{frame_title_zh}} {{frame_title_en}}</header>
{{>body}}
</main>
</body>
</html>
)";

}  // namespace

void put(PageData& values, const std::string& name, Words words) {
    values.set(name + "_zh", std::string(words.zh));
    values.set(name + "_en", std::string(words.en));
}

PageData fact(Words label, std::string value) {
    PageData line;
    line.set("zh", std::string(label.zh));
    line.set("en", std::string(label.en));
    line.set("value", std::move(value));
    return line;
}

protocol::Response html_page(Words title, std::string_view tone, const char* body_template, PageData& values,
                             int status) {
    put(values, "frame_title", title);
    values.set("tone", std::string(tone));
    values.set("body", PageData(kainjow::mustache::partial([body_template] { return body_template; })));
    kainjow::mustache::mustache page(kFrame);
    const std::string html = page.render(values);
    const ByteView bytes = bytes_of(html);
    protocol::Response response{status, Bytes(bytes.begin(), bytes.end()), "text/html; charset=utf-8", {}};
    response.headers = {{"content-security-policy",
                         "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
                         " form-action 'self'; frame-ancestors 'none'"},
                        {"referrer-policy", "no-referrer"},
                        {"x-content-type-options", "nosniff"},
                        {"cache-control", "no-store"}};
    return response;
}

}  // namespace wq::platform
