#define BOOST_TEST_DYN_LINK
#define BOOST_TEST_MODULE lint
#include "tests/lint/lint.h"

#include "tests/lint/rules.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>

namespace bdata = boost::unit_test::data;
using namespace wq::lint;

namespace {

struct Case {
    std::string path, text, rule;  // rule: what the first finding says; empty for none
};

std::ostream& operator<<(std::ostream& out, const Case& c) { return out << c.path << ": " << c.text; }

void check(const std::vector<Finding>& findings, const std::string& rule) {
    BOOST_TEST_REQUIRE(findings.size() == (rule.empty() ? 0u : 1u),
                       (findings.empty() ? "no finding" : to_text(findings.front())));
    if (!rule.empty()) BOOST_TEST(findings.front().rule == rule);
}

const std::vector<Case> kIncludes = {
    {"data/base/a.cpp", "#include \"data/base/b.h\"\n", ""},
    {"data/base/a.cpp", "#include \"data/domain/b.h\"\n", "layer"},
    {"data/domain/a.cpp", "#include \"data/base/b.h\"\n", ""},
    {"data/domain/a.cpp", "#include \"data/os/b.h\"\n", "layer"},
    {"data/crypto/a.cpp", "#include \"data/os/b.h\"\n", "layer"},
    {"data/store/a.cpp", "#include \"data/crypto/b.h\"\n", ""},
    {"data/store/a.cpp", "#include \"pdf/render/b.h\"\n", "layer"},
    {"pdf/render/a.cpp", "#include \"data/store/b.h\"\n", "layer"},
    {"pdf/scan/a.cpp", "#include \"pdf/render/sheet.h\"\n", ""},
    {"pdf/scan/a.cpp", "#include \"pdf/render/fonts.h\"\n", "layer"},
    {"sync/protocol/a.cpp", "#include \"data/store/b.h\"\n", "layer"},
    {"sync/client/a.cpp", "#include \"data/store/b.h\"\n", ""},
    {"sync/client/a.cpp", "#include \"kiosk/desk/b.h\"\n", "layer"},
    {"sync/platform/a.cpp", "#include \"pdf/render/b.h\"\n", ""},
    {"sync/platform/a.cpp", "#include \"data/store/b.h\"\n", "layer"},
    {"kiosk/devices/a.cpp", "#include \"data/store/b.h\"\n", "layer"},
    {"kiosk/desk/a.cpp", "#include \"kiosk/devices/b.h\"\n", ""},
    {"kiosk/desk/a.cpp", "#include \"sync/client/b.h\"\n", "layer"},
    {"kiosk/ui/deep/a.cpp", "#include \"kiosk/desk/b.h\"\n", ""},
    {"kiosk/ui/a.cpp", "#include \"kiosk/cli/b.h\"\n", "layer"},
    {"kiosk/cli/a.cpp", "#include \"sync/client/b.h\"\n", "layer"},
    {"kiosk/cli/main.cpp", "#include \"sync/client/b.h\"\n#include <wx/app.h>\n", ""},
    {"kiosk/ui/kiosk_main.cpp", "#include \"sync/client/b.h\"\n", ""},
    {"tests/e2e/a.cpp", "#include \"sync/client/b.h\"\n#include <opencv2/core.hpp>\n", ""},
    {"data/base/a.cpp", "#include \"b.h\"\n", "include"},
    {"data/new/a.cpp", "int a;\n", "layer"},
    {"data/basement/a.cpp", "int a;\n", "layer"},
};

const std::vector<Case> kForeign = {
    {"kiosk/ui/a.cpp", "#include <wx/frame.h>\n", ""},
    {"kiosk/desk/a.cpp", "#include <wx/string.h>\n", "owner"},
    {"pdf/scan/a.cpp", "#include <hpdf.h>\n", "owner"},
    {"pdf/render/a.cpp", "#include <ZXing/BarcodeFormat.h>\n", ""},
    {"kiosk/desk/a.cpp", "#include <ZXing/ReadBarcode.h>\n", "owner"},
    {"kiosk/ui/a.cpp", "#include <opencv2/core.hpp>\n", "owner"},
    {"data/store/a.cpp", "#include <openssl/evp.h>\n", "owner"},
    {"sync/client/a.cpp", "#  include <sqlite3.h>\n", "owner"},
    {"sync/client/a.cpp", "#include <boost/asio.hpp>\n", "owner"},
    {"sync/platform/a.cpp", "#include <curl/curl.h>\n", "owner"},
    {"data/domain/a.cpp", "#include <unicode/unistr.h>\n", "owner"},
    {"data/domain/a.cpp", "#include <nlohmann/json.hpp>\n", "owner"},
    {"sync/protocol/a.cpp", "#include <nlohmann/json.hpp>\n", ""},
    {"kiosk/desk/a.cpp", "#include <CLI/CLI.hpp>\n", "owner"},
};

const std::vector<Case> kWordsAndLines = {
    {"data/store/a.cpp", "auto t = std::chrono::system_clock::now();\n", "clock"},
    {"data/os/a.cpp", "auto t = std::chrono::system_clock::now();\n", ""},
    {"data/store/a.cpp", "auto t = std::time(nullptr);\n", "clock"},
    {"data/store/a.cpp", "auto t = event.time(0);  // time(0)\n", ""},
    {"data/store/a.cpp", "auto t = \"time(0)\";\n", ""},
    {"sync/client/a.cpp", "std::this_thread::sleep_for(kSecond);\n", "sleep"},
    {"kiosk/ui/a.cpp", "sleep(1);\n", "sleep"},
    {"kiosk/ui/a.cpp", "sleep(1);  // lint: sleep, the splash has no clock yet\n", ""},
    {"kiosk/desk/a.cpp", "sleep(1);  // lint: sleep, marked where marks don't count\n", "sleep"},
    {"data/domain/a.cpp", "std::random_device device;\n", "chance"},
    {"kiosk/desk/a.cpp", "int i = rand();\n", "chance"},
    {"kiosk/desk/a.cpp", "std::cout << i;\n", "print"},
    {"kiosk/desk/a.cpp", "std::snprintf(a, 2, b);\n", ""},
    {"kiosk/cli/a.cpp", "std::cout << i;\n", ""},
    {"data/os/a.cpp", "setlocale(LC_ALL, a);\n", "locale"},
    {"kiosk/desk/a.cpp", "class PrintManager {};\n", "name"},
    {"kiosk/desk/a.cpp", "\tint i;\n", "tab"},
    {"kiosk/desk/a.cpp",
     "int i;  // FIX"
     "ME later\n",
     "left behind"},
    {"kiosk/desk/a.cpp",
     "/* one\n   TO"
     "DO */\n",
     "left behind"},
    {"kiosk/desk/a.cpp",
     "auto a = \"TO"
     "DO\";\n",
     ""},
};

const std::string kOpening = "// One.\n// Two.\n";

const std::vector<Case> kForms = {
    {"data/base/a.h", kOpening + "#pragma once\n", ""},
    {"data/base/a.h", kOpening + "int a;\n", "header"},
    {"data/base/a.h", "// One.\n#pragma once\n", "header"},
    {"data/base/a.h", kOpening, "header"},
    {"data/base/a.h", kOpening + "#pragma once\n" + std::string(247, '\n'), ""},
    {"data/base/a.h", kOpening + "#pragma once\n" + std::string(248, '\n'), "size"},
    {"data/base/a.cpp", std::string(450, '\n'), ""},
    {"data/base/a.cpp", std::string(451, '\n'), "size"},
    {"tests/base/a.cpp", std::string(500, '\n'), ""},
    {"tests/base/a.cpp", std::string(501, '\n'), "size"},
};

const std::string kHead = "# A standard, 2026-01-31, a note\ncode\tname_zh\tname_en\tparent\n";

const std::vector<Case> kTables = {
    {"a.tsv", kHead + "1\t一\tone\t\n11\t一一\t\t1\n", ""},
    {"a.tsv", "# A standard\ncode\tname_zh\tname_en\n1\t一\tone\n", "code table"},
    {"a.tsv", "# A standard, 2026-01-31\ncode\tname\n1\t一\n", "code table"},
    {"a.tsv", kHead + "1\t一\tone\n", "code table"},
    {"a.tsv", kHead + "1\t一\tone\t\n1\t二\ttwo\t\n", "code table"},
    {"a.tsv", kHead + "11\t一\tone\t1\n", "code table"},
    {"a.tsv", kHead + "1\t\tone\t\n", "code table"},
    {"a.tsv", kHead + "1\t一 \tone\t\n", "code table"},
    {"a.tsv", kHead + "1\t一\tone\t", "code table"},
    {"a.tsv", "", "code table"},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_folder_includes_itself_and_what_is_below, bdata::make(kIncludes), c) {
    check(check_source(c.path, c.text), c.rule);
}

BOOST_DATA_TEST_CASE(a_foreign_header_has_one_owner, bdata::make(kForeign), c) {
    check(check_source(c.path, c.text), c.rule);
}

BOOST_DATA_TEST_CASE(words_and_lines_are_watched, bdata::make(kWordsAndLines), c) {
    check(check_source(c.path, c.text), c.rule);
}

BOOST_DATA_TEST_CASE(headers_have_a_form_and_files_a_size, bdata::make(kForms), c) {
    check(check_source(c.path, c.text), c.rule);
}

BOOST_DATA_TEST_CASE(a_code_table_has_a_form, bdata::make(kTables), c) {
    check(check_code_table(c.path, c.text), c.rule);
}

BOOST_AUTO_TEST_CASE(no_foreign_header_belongs_to_the_domain) {
    for (const Owner& owner : kOwners) {
        const auto findings =
            check_source("data/domain/a.cpp", "#include <" + std::string(owner.header) + "x.h>\n");
        BOOST_TEST(findings.size() == 1u, std::string(owner.header));
    }
}

BOOST_AUTO_TEST_CASE(a_finding_names_file_and_line) {
    const auto findings = check_source("data/base/a.cpp", "\n\nint i = rand();\n");
    BOOST_TEST_REQUIRE(findings.size() == 1u);
    BOOST_TEST(to_text(findings[0]).starts_with("data/base/a.cpp:3: chance: "));
}

BOOST_AUTO_TEST_CASE(literals_and_comments_are_no_code) {
    const Views views = views_of("a = R\"x(\"b\" // c)x\"; // d\nint n = 1'000; char e = '\"'; /* f */ g\n");
    BOOST_TEST(views.code == "a =                ;     \nint n = 1'000; char e =    ;         g\n");
    BOOST_TEST(views.comments.find("// d") != std::string::npos);
    BOOST_TEST(views.comments.find('c') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_tree_is_checked_whole) {
    const auto root = std::filesystem::temp_directory_path() / "wq_lint_test";
    std::filesystem::remove_all(root);
    const auto write = [&](const std::string& path, const std::string& text) {
        std::filesystem::create_directories((root / path).parent_path());
        std::ofstream(root / path) << text;
    };
    write("data/base/a.cpp", "int i = rand();\n");
    write("assets/codes/a.tsv", "nothing\n");
    write("kiosk/ui/notes.md", "\trand()\n");
    write("assets/wording.tsv", "refusal.told\t说了\tTold\nrefusal.half\t一半\t\n");
    write("pdf/b.cpp", "return refuse(\"told\");\nreturn refuse(\"half\");\n");
    const auto findings = check_tree(root);
    std::filesystem::remove_all(root);
    const auto has = [&](const std::string& file, std::size_t line, const std::string& rule) {
        return std::ranges::any_of(findings, [&](const Finding& finding) {
            return finding.file == file && finding.line == line && finding.rule == rule;
        });
    };
    BOOST_TEST(has("data/base/a.cpp", 1, "chance"));
    BOOST_TEST(has("pdf/b.cpp", 2, "words"));
    BOOST_TEST(!has("pdf/b.cpp", 1, "words"));
    BOOST_TEST(std::ranges::any_of(findings, [](const auto& it) { return it.file == "assets/codes/a.tsv"; }));
}
