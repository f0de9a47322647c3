#include "sync/platform/web/templates.h"

#include "data/base/utf8.h"
#include "data/os/files.h"

namespace wq::platform {
namespace {

namespace fs = std::filesystem;

constexpr int kDeepest = 4;

std::string content_of(const fs::path& file) {
    auto text = os::read_text(file, std::size_t{1} << 20);
    if (!text) throw Fault("can't read " + file.string());
    return std::move(*text);
}

os::Wording wording_in(const fs::path& assets) {
    auto wording = os::Wording::parse(content_of(assets / "wording.tsv") + "\n" +
                                      content_of(assets / "web" / "wording.tsv"));
    if (!wording) throw Fault("the wording can't be read: " + wording.error().args.back().second);
    return std::move(*wording);
}

// Indentation is for who reads the file, not for who waits for the page.
std::string without_indentation(const std::string& text) {
    std::string lines;
    for (std::string_view line : split(text, '\n')) {
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        if (!line.empty()) lines.append(line).append("\n");
    }
    return lines;
}

// What `replaced` makes of each `open`…`close`.
std::string replaced_marks(const std::string& text, std::string_view open, std::string_view close,
                           auto replaced) {
    std::string made;
    std::size_t from = 0;
    for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, from)) {
        const std::size_t end = text.find(close, at);
        if (end == std::string::npos) throw Fault("a mark is not closed: " + text.substr(at, 40));
        made.append(text, from, at - from);
        made += replaced(text.substr(at + open.size(), end - at - open.size()));
        from = end + close.size();
    }
    return made.append(text, from);
}

}  // namespace

void put(PageData& values, const std::string& name, const std::string& text) {
    values.set(name, text.empty() ? PageData(false) : PageData(text));
}

void put(PageData& values, const std::string& name, const std::vector<PageData>& list) {
    PageData items{PageData::type::list};
    for (const PageData& item : list) items << item;
    values.set("has_" + name, !list.empty());
    values.set(name, items);
}

Templates::Templates(const fs::path& assets)
    : folder_(assets / "web"),
      wording_(wording_in(assets)),
      style_(content_of(folder_ / "web.css")),
      icon_(content_of(folder_ / "icon.svg")) {
    for (const auto& entry : fs::directory_iterator(folder_)) {
        if (entry.path().extension() != ".mustache") continue;
        const std::string name = entry.path().stem();
        const std::string text = whole(name, 0);
        for (const os::Language language : {os::Language::zh, os::Language::en}) {
            const std::string& ready = ready_[{name, language}] = said(text, language);
            if (kainjow::mustache::mustache page(ready); !page.is_valid())
                throw Fault(entry.path().string() + ": " + page.error_message());
        }
    }
}

std::string Templates::whole(const std::string& name, int depth) const {
    if (depth > kDeepest) throw Fault("templates put each other in: " + name);
    return replaced_marks(without_indentation(content_of(folder_ / (name + ".mustache"))), "{{>", "}}",
                          [&](const std::string& other) { return whole(other, depth + 1); });
}

std::string Templates::said(const std::string& text, os::Language language) const {
    return replaced_marks(text, "[[", "]]", [&](const std::string& key) {
        if (!wording_.has(key)) throw Fault("a template says what has no words: " + key);
        return kainjow::mustache::html_escape(wording_.say(key, language));
    });
}

bool Templates::asks_token(const std::string& name) const {
    const auto at = ready_.find({name, os::Language::zh});
    return at != ready_.end() && at->second.find("{{token}}") != std::string::npos;
}

std::string Templates::render(const std::string& name, os::Language language, const PageData& values) const {
    const auto at = ready_.find({name, language});
    if (at == ready_.end()) throw Fault("there is no template " + name);
    return kainjow::mustache::mustache(at->second).render(values);
}

}  // namespace wq::platform
