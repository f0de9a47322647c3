#include "tests/lint/lint.h"
#include "tests/lint/rules.h"

#include <algorithm>
#include <optional>
#include <regex>

namespace wq::lint {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(separator), text.size());
        parts.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

// True for the folder itself, what is below it, and a file named whole.
bool is_in(std::string_view path, std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

bool is_in_one_of(std::string_view path, std::string_view folders) {
    return std::ranges::any_of(split(folders, ' '), [&](auto folder) { return is_in(path, folder); });
}

bool is_header(std::string_view path) { return path.ends_with(".h"); }
bool is_test(std::string_view path) { return is_in(path, "tests"); }
bool is_main(std::string_view path) { return path.ends_with("/main.cpp") || path.ends_with("_main.cpp"); }

// One file under inspection.
struct Source {
    const std::string& path;
    std::vector<std::string_view> lines, code, comments;
    std::vector<Finding> findings = {};

    void found(std::size_t index, std::string_view rule, std::string says) {
        findings.push_back({path, index + 1, std::string(rule), std::move(says)});
    }
};

struct Include {
    std::string path;
    bool quoted;
};

std::optional<Include> include_in(std::string_view line) {
    static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])");
    if (line.find('#') == std::string_view::npos) return {};
    std::match_results<std::string_view::const_iterator> match;
    if (!std::regex_search(line.begin(), line.end(), match, pattern)) return {};
    return Include{match[2].str(), *match[1].first == '"'};
}

void check_layer(Source& source, std::size_t index, const Include& include) {
    const auto layer = std::ranges::find_if(kLayers, [&](auto& l) { return is_in(source.path, l.folder); });
    if (layer == kLayers.end() || is_in(include.path, layer->folder)) return;
    if (!is_in_one_of(include.path, "data pdf sync kiosk tests"))
        source.found(index, "include", "\"" + include.path + "\" is no folder path from the root");
    else if (!is_in_one_of(include.path, layer->may_include))
        source.found(index, "layer",
                     std::string(layer->folder) + " may not include " + include.path + "; it may: " +
                         (layer->may_include.empty() ? "itself alone" : std::string(layer->may_include)));
}

void check_owner(Source& source, std::size_t index, const Include& include) {
    for (const Owner& owner : kOwners)
        if (include.path.starts_with(owner.header) && !is_in_one_of(source.path, owner.folders) &&
            !is_test(source.path))
            source.found(index, "owner",
                         "<" + include.path + "> belongs to " + std::string(owner.folders) + " alone");
}

void check_includes(Source& source) {
    if (is_main(source.path)) return;
    if (std::ranges::none_of(kLayers, [&](auto& layer) { return is_in(source.path, layer.folder); }))
        source.found(0, "layer", "this folder has no line in the table of layers (tests/lint/rules.h)");
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        const auto include = include_in(source.lines[i]);
        if (!include) continue;
        if (include->quoted) check_layer(source, i, *include);
        check_owner(source, i, *include);
    }
}

bool matches(std::string_view line, const std::regex& pattern) {
    return line.find_first_not_of(' ') != std::string_view::npos &&
           std::regex_search(line.begin(), line.end(), pattern);
}

const std::regex& pattern_of(const Word& word) {
    static const auto patterns = [] {
        std::vector<std::regex> compiled;
        compiled.reserve(kWords.size());
        for (const Word& each : kWords) compiled.emplace_back(std::string(each.pattern));
        return compiled;
    }();
    return patterns[static_cast<std::size_t>(&word - kWords.data())];
}

void check_word(Source& source, const Word& word) {
    if (is_in_one_of(source.path, word.allowed)) return;
    const std::string mark = "lint: " + std::string(word.rule) + ", ";
    const bool may_mark = is_in_one_of(source.path, word.if_marked);
    for (std::size_t i = 0; i < source.code.size(); ++i) {
        if (!matches(source.code[i], pattern_of(word))) continue;
        if (may_mark && source.comments[i].find(mark) != std::string_view::npos) continue;
        source.found(i, word.rule, std::string(word.says));
    }
}

void check_lines(Source& source) {
    static const std::regex left_behind{std::string(kLeftBehind)};
    for (std::size_t i = 0; i < source.lines.size(); ++i) {
        if (source.lines[i].find('\t') != std::string_view::npos)
            source.found(i, "tab", "a tab; indent with blanks");
        if (matches(source.comments[i], left_behind))
            source.found(i, "left behind", "do it, or write it down outside the code");
    }
}

void check_size(Source& source) {
    const std::size_t limit = is_test(source.path)     ? kTestLines
                              : is_header(source.path) ? kHeaderLines
                                                       : kSourceLines;
    if (source.lines.size() > limit)
        source.found(
            limit, "size",
            std::to_string(source.lines.size()) + " lines; " + std::to_string(limit) + " are allowed");
}

void check_header(Source& source) {
    const auto& lines = source.lines;
    const auto body = std::ranges::find_if(lines, [](auto line) { return !line.starts_with("//"); });
    if (body - lines.begin() < 2)
        source.found(0, "header", "say in two lines or more what this is for and not for");
    if (body == lines.end() || *body != "#pragma once")
        source.found(static_cast<std::size_t>(body - lines.begin()), "header",
                     "#pragma once follows the opening comment");
}

}  // namespace

std::vector<Finding> check_source(const std::string& path, std::string_view text) {
    const Views views = views_of(text);
    Source source{path, split(text, '\n'), split(views.code, '\n'), split(views.comments, '\n')};
    check_includes(source);
    if (!is_main(path))
        for (const Word& word : kWords) check_word(source, word);
    check_lines(source);
    check_size(source);
    if (is_header(path)) check_header(source);
    std::ranges::stable_sort(source.findings, {}, &Finding::line);
    return std::move(source.findings);
}

}  // namespace wq::lint
