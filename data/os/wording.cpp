#include "data/os/wording.h"

#include "data/base/utf8.h"
#include "data/os/files.h"

namespace wq::os {
namespace {

std::string with_args(std::string text, const Args& args) {
    for (const auto& [name, value] : args) {
        const std::string mark = "{" + name + "}";
        for (std::size_t at = text.find(mark); at != std::string::npos;
             at = text.find(mark, at + value.size()))
            text.replace(at, mark.size(), value);
    }
    return text;
}

std::string with_line_feeds(std::string_view cell) {
    std::string text(cell);
    for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at))
        text.replace(at, 2, "\n");
    return text;
}

}  // namespace

Result<Wording> Wording::parse(std::string_view tsv) {
    Wording wording;
    std::size_t line = 0;
    const auto wrong = [&](std::string reason) {
        return refuse("wording_wrong", {{"line", std::to_string(line)}, {"reason", std::move(reason)}});
    };
    for (std::string_view text : split(tsv, '\n')) {
        ++line;
        if (text.empty() || text.starts_with('#') || text == "key\tzh\ten") continue;
        const auto cells = split(text, '\t');
        if (cells.size() != 3 || cells[0].empty() || cells[1].empty() || cells[2].empty())
            return wrong("three columns are wanted: key, zh, en");
        if (!wording.sentences_
                 .emplace(cells[0], Sentence{with_line_feeds(cells[1]), with_line_feeds(cells[2])})
                 .second)
            return wrong("doubled key " + std::string(cells[0]));
    }
    return wording;
}

std::string Wording::say(std::string_view key, Language language, const Args& args) const {
    const auto at = sentences_.find(key);
    if (at == sentences_.end()) return std::string(key);
    return with_args(language == Language::zh ? at->second.zh : at->second.en, args);
}

Result<Wording> load_wording(const std::filesystem::path& assets) {
    return read_text(assets / "wording.tsv").and_then([](const std::string& tsv) {
        return Wording::parse(tsv);
    });
}

std::string told(const Refusal& refusal) {
    const auto wording = load_wording(assets_folder());
    if (!wording) return refusal.code;
    const std::string key = "refusal." + refusal.code;
    return refusal.code + ": " + wording->say(key, Language::zh, refusal.args) + " | " +
           wording->say(key, Language::en, refusal.args);
}

}  // namespace wq::os
