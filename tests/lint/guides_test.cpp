// The guides are true: their pictures are there, their words are the program's, their commands exist, their
// links lead somewhere.
#define BOOST_TEST_DYN_LINK
#define BOOST_TEST_MODULE guides
#include "data/base/utf8.h"
#include "data/domain/campus.h"
#include "data/domain/destinations.h"
#include "data/domain/fields.h"
#include "data/os/files.h"
#include "tests/e2e/process.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace fs = std::filesystem;
using namespace wq;

namespace {

const fs::path kRoot = WQ_ROOT, kGuides = kRoot / "assets/guides";
const std::vector<std::string> kReaders{"students", "staff", "operators"};
constexpr std::uintmax_t kMostBytes = 3 << 20;  // of all pictures

std::string text_of(const fs::path& file) { return os::read_text(file).value(); }
std::string guide(const std::string& reader, const std::string& language) {
    return text_of(kGuides / (reader + "." + language + ".md"));
}

// What `pattern` finds in its first group.
std::vector<std::string> found(const std::string& text, const char* pattern) {
    std::vector<std::string> all;
    const std::regex wanted(pattern);
    for (std::sregex_iterator at(text.begin(), text.end(), wanted), end; at != end; ++at)
        all.push_back((*at)[1]);
    return all;
}

void add_table(std::set<std::string>& words, const fs::path& file, std::size_t column) {
    const std::string text = text_of(file);
    for (std::string_view line : split(text, '\n'))
        if (const auto cells = split(line, '\t'); cells.size() > column && !line.starts_with('#'))
            words.emplace(trimmed(cells[column]));
}

// All that the screens say by name, column 1 in Chinese and 2 in English.
std::set<std::string> words_of(std::size_t column) {
    std::set<std::string> words;
    add_table(words, kRoot / "assets/wording.tsv", column);
    for (const auto& entry : fs::directory_iterator(kRoot / "assets/codes"))
        if (entry.path().extension() == ".tsv") add_table(words, entry.path(), column);
    const auto add = [&](const auto& named) {
        for (const auto& each : named) words.emplace(column == 1 ? each.name_zh : each.name_en);
    };
    add(domain::supplement_fields());
    add(domain::destination_fields());
    add(domain::graduate_fields());
    add(domain::campus_settings());
    add(domain::materials());
    return words;
}

void check_words(const std::string& language, std::size_t column, const char* quoted) {
    const auto words = words_of(column);
    for (const std::string& reader : kReaders)
        for (const std::string& word : found(guide(reader, language), quoted))
            BOOST_TEST(words.contains(word), reader + "." + language + ": the program never says " + word);
}

// What --help says, once for each command.
const std::string& help_of(const std::vector<std::string>& command) {
    static std::map<std::vector<std::string>, std::string> known;
    auto [at, is_new] = known.try_emplace(command);
    if (!is_new) return at->second;
    auto asked = command;
    asked[0] = (fs::read_symlink("/proc/self/exe").parent_path() / asked[0]).string();
    asked.emplace_back("--help");
    return at->second = e2e::run(asked).out;
}

bool lists(const std::string& help, const std::string& subcommand) {
    const std::size_t at = help.find("Subcommands:");
    return at != help.npos && help.find("\n  " + subcommand + " ", at) != help.npos;
}

// The program and subcommands of a line, and their options: each must be in the help.
void check_command(const std::string& line) {
    std::istringstream words(line.substr(0, line.find(" #")));
    std::vector<std::string> command;
    std::string helps;
    for (std::string word; words >> word;) {
        const std::string option = word.substr(0, word.find('='));
        const bool goes_on = command.empty() || lists(help_of(command), word);
        if (goes_on && (command.empty() || word[0] != '-')) {
            command.push_back(word);
            helps += help_of(command);
        } else if (word.starts_with("--")) {
            BOOST_TEST(helps.find(option) != helps.npos, line + ": there is no " + option);
        } else {
            // Where there is still a choice of commands, a word that is none of them is wrong.
            BOOST_TEST(help_of(command).find("Subcommands:") == std::string::npos,
                       line + ": what is " + word);
        }
    }
}

std::string anchor_of(std::string heading) {
    std::string anchor;
    for (const char c : heading)
        if (c == ' ')
            anchor += '-';
        else if (static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                 c == '-')
            anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return anchor;
}

bool leads(const fs::path& from, const std::string& link) {
    const std::size_t hash = link.find('#');
    const fs::path file = hash == 0 ? from : from.parent_path() / link.substr(0, hash);
    if (!fs::exists(file) || hash == link.npos) return fs::exists(file);
    const auto headings = found("\n" + text_of(file), R"(\n#+ ([^\n]+))");
    return std::ranges::any_of(
        headings, [&](const std::string& heading) { return anchor_of(heading) == link.substr(hash + 1); });
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_picture_of_a_guide_is_there_and_every_picture_there_is_shown) {
    std::set<std::string> shown, there;
    for (const std::string& reader : kReaders)
        for (const char* language : {"zh", "en"})
            for (const std::string& name : found(guide(reader, language), R"(pictures/([^")]+))"))
                shown.insert(name);
    std::uintmax_t bytes = 0;
    for (const auto& entry : fs::directory_iterator(kGuides / "pictures")) {
        there.insert(entry.path().filename().string());
        bytes += entry.file_size();
    }
    BOOST_TEST(shown == there, boost::test_tools::per_element());
    BOOST_TEST(bytes < kMostBytes);
}

BOOST_AUTO_TEST_CASE(every_word_that_a_chinese_guide_quotes_is_said_by_the_program) {
    check_words("zh", 1, "「((?:(?!」).)*)」");
}

BOOST_AUTO_TEST_CASE(every_word_that_an_english_guide_quotes_is_said_by_the_program) {
    check_words("en", 2, "“((?:(?!”).)*)”");
}

BOOST_AUTO_TEST_CASE(every_command_in_a_guide_is_one_that_the_programs_have) {
    std::size_t commands = 0;
    for (const std::string& reader : kReaders)
        for (const char* language : {"zh", "en"})
            for (const std::string& line :
                 found(guide(reader, language), R"((?:\n|`)(wangqian(?:-kiosk|-platform)? [^\n`]+))")) {
                check_command(line);
                ++commands;
            }
    BOOST_TEST(commands > 50u);
}

BOOST_AUTO_TEST_CASE(a_command_that_does_not_exist_is_found) {
    BOOST_TEST(!lists(help_of({"wangqian"}), "fly"));
    BOOST_TEST(lists(help_of({"wangqian", "tray"}), "assign"));
    BOOST_TEST(help_of({"wangqian", "init"}).find("--fly") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_link_of_a_guide_leads_to_a_file_and_a_heading) {
    for (const std::string& reader : kReaders)
        for (const char* language : {"zh", "en"})
            for (const std::string& link : found(guide(reader, language), R"(\]\(([^)]+)\))"))
                BOOST_TEST(leads(kGuides / (reader + "." + language + ".md"), link), reader + ": " + link);
}

BOOST_AUTO_TEST_CASE(both_languages_of_a_guide_have_the_same_sections) {
    for (const std::string& reader : kReaders)
        BOOST_TEST(found(guide(reader, "zh"), R"(\n(#+) )") == found(guide(reader, "en"), R"(\n(#+) )"),
                   reader);
}

BOOST_AUTO_TEST_CASE(the_students_guide_names_every_material_that_a_destination_asks_for) {
    const std::string zh = guide("students", "zh"), en = guide("students", "en");
    for (const domain::DestinationRule& rule : domain::destination_rules())
        for (const domain::MaterialNeed& need : rule.needs)
            for (std::string_view kind : need.kinds) {
                const domain::Material* material = domain::find_material(kind);
                BOOST_TEST(zh.find(material->name_zh) != zh.npos, material->name_zh);
                BOOST_TEST(en.find(material->name_en) != en.npos, material->name_en);
            }
}
