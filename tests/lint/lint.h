// The house's rules, proven on the source tree: who may include whom, the one owner of each foreign
// header, no clock or chance outside the seams, the form of headers, sizes, the form of code tables.
// rules.h has the tables; here is what reads them. It looks at text and knows no C++ grammar beyond
// comments and literals: what needs a compiler is clang-tidy's.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace wq::lint {

struct Finding {
    std::string file;  // path from the root of the tree
    std::size_t line;  // from 1
    std::string rule;  // stable name, for example "layer"
    std::string says;

    bool operator==(const Finding&) const = default;
};

// "data/base/time.h:12: layer: says"
std::string to_text(const Finding& finding);

// A source with one kind of its characters left; all others are blanks, lines stay lines.
struct Views {
    std::string code;      // without comments and without what stands in literals
    std::string comments;  // comments alone
};
Views views_of(std::string_view text);

// All findings in one file of C++; `path` is from the root with '/', for example "pdf/scan/page.cpp".
std::vector<Finding> check_source(const std::string& path, std::string_view text);

// All findings in one table of assets/codes.
std::vector<Finding> check_code_table(const std::string& path, std::string_view text);

// Every C++ file below data, pdf, sync, kiosk and tests and every code table, in the order of paths.
// Throws std::filesystem::filesystem_error where the tree can't be read.
std::vector<Finding> check_tree(const std::filesystem::path& root);

}  // namespace wq::lint
