#include "tests/lint/lint.h"

#include <algorithm>
#include <fstream>
#include <iterator>
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

}  // namespace

std::string to_text(const Finding& finding) {
    return finding.file + ":" + std::to_string(finding.line) + ": " + finding.rule + ": " + finding.says;
}

std::vector<Finding> check_tree(const fs::path& root) {
    std::vector<Finding> all;
    for (std::string_view folder : {"assets/codes", "data", "kiosk", "pdf", "sync", "tests"})
        for (const std::string& file : files_below(root, folder)) {
            const bool is_source = file.ends_with(".h") || file.ends_with(".cpp");
            const bool is_table = folder == "assets/codes" && file.ends_with(".tsv");
            if (!is_source && !is_table) continue;
            const auto check = is_source ? check_source : check_code_table;
            std::ranges::move(check(file, content_of(root / file)), std::back_inserter(all));
        }
    return all;
}

}  // namespace wq::lint
