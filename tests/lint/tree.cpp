#include "tests/lint/lint.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <sstream>
#include <system_error>

namespace wq::lint {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw fs::filesystem_error("can't read", file, std::make_error_code(std::errc::io_error));
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> files_below(const fs::path& root, std::string_view folder) {
    std::vector<std::string> files;
    if (!fs::exists(root / folder)) return files;
    for (const auto& entry : fs::recursive_directory_iterator(root / folder))
        if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(root).generic_string());
    std::ranges::sort(files);
    return files;
}

// The keys of assets/wording.tsv that have words in both languages.
std::set<std::string> worded_keys(const fs::path& root) {
    std::set<std::string> keys;
    if (!fs::exists(root / "assets/wording.tsv")) return keys;
    std::istringstream lines(content_of(root / "assets/wording.tsv"));
    for (std::string line; std::getline(lines, line);) {
        const std::size_t chinese = line.find('\t');
        const std::size_t english = line.find('\t', chinese == std::string::npos ? chinese : chinese + 1);
        if (english != std::string::npos && english > chinese + 1 && english + 1 < line.size())
            keys.insert(line.substr(0, chinese));
    }
    return keys;
}

// A refusal that a source names must be a sentence somewhere.
void check_refusals(const std::string& file, const std::string& text, const std::set<std::string>& keys,
                    std::vector<Finding>& all) {
    static const std::regex refusal(R"re((?:\brefuse\(|\bRefusal[({])\s*"([a-z0-9_]+)"\s*[,)}])re");
    for (std::sregex_iterator at(text.begin(), text.end(), refusal), end; at != end; ++at)
        if (const std::string code = (*at)[1]; !keys.contains("refusal." + code))
            all.push_back(
                {file,
                 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + at->position(), '\n')),
                 "words", "refusal." + code + " has no words in assets/wording.tsv"});
}

}  // namespace

std::string to_text(const Finding& finding) {
    return finding.file + ":" + std::to_string(finding.line) + ": " + finding.rule + ": " + finding.says;
}

std::vector<Finding> check_tree(const fs::path& root) {
    std::vector<Finding> all;
    const std::set<std::string> keys = worded_keys(root);
    for (std::string_view folder : {"assets/codes", "data", "kiosk", "pdf", "sync", "tests"})
        for (const std::string& file : files_below(root, folder)) {
            const bool is_source = file.ends_with(".h") || file.ends_with(".cpp");
            const bool is_table = folder == "assets/codes" && file.ends_with(".tsv");
            if (!is_source && !is_table) continue;
            const auto check = is_source ? check_source : check_code_table;
            const std::string text = content_of(root / file);
            std::ranges::move(check(file, text), std::back_inserter(all));
            if (is_source && folder != "tests") check_refusals(file, text, keys, all);
        }
    return all;
}

}  // namespace wq::lint
