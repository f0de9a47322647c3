#include "tests/data/doc.h"

#include "data/os/files.h"

#include <boost/test/unit_test.hpp>

#include <regex>
#include <set>

namespace {

std::string in_data(const char* file) {
    return wq::os::read_text(std::filesystem::path(WQ_DATA_README).replace_filename(file)).value_or("");
}

// What `pattern` finds, as "a" and "a->b".
std::multiset<std::string> found(const std::string& text, const char* pattern) {
    std::multiset<std::string> names;
    const std::regex wanted(pattern);
    for (std::sregex_iterator at(text.begin(), text.end(), wanted), end; at != end; ++at) {
        std::string name = (*at)[1];
        if (at->size() > 2) name += "->" + (*at)[2].str();
        names.insert(name);
    }
    return names;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_readme_says_what_the_tables_say) {
    const std::string readme = wq::os::read_text(WQ_DATA_README).value();
    BOOST_REQUIRE(readme.find(wq::test::kDocBegin) != std::string::npos);
    BOOST_TEST((wq::test::with_generated_doc(readme) == readme), "run wq_data_doc data/README.md");
}

BOOST_AUTO_TEST_CASE(the_drawing_of_the_lifecycle_says_what_the_tables_say) {
    BOOST_TEST((in_data("lifecycle.dot") == wq::test::lifecycle_dot()), "run wq_data_doc data/README.md");
}

BOOST_AUTO_TEST_CASE(the_picture_of_the_lifecycle_shows_every_state_and_arrow_of_the_drawing) {
    const std::string dot = wq::test::lifecycle_dot(), svg = in_data("lifecycle.svg");
    const auto states = found(dot, R"(\n +(\w+) \[label=<)"), arrows = found(dot, R"(\n +(\w+) -> (\w+) \[)");
    BOOST_TEST(states.size() > 15);
    BOOST_TEST((states == found(svg, R"(class="node">\n<title>(\w+)</title>)")));
    BOOST_TEST((arrows == found(svg, R"(class="edge">\n<title>(\w+)(?::w)?&#45;&gt;(\w+)(?::w)?</title>)")));
}

BOOST_AUTO_TEST_CASE(the_picture_of_the_lifecycle_names_every_state_and_action_in_chinese) {
    using namespace wq::domain;
    const std::string svg = in_data("lifecycle.svg");
    const auto names = [&](const std::string& key) {
        return wq::test::wording(key).empty() || svg.find(wq::test::wording(key)) != std::string::npos;
    };
    for (const Transition& t : transitions()) {
        BOOST_TEST(names("state." + std::string(name_of(t.from))), name_of(t.from));
        BOOST_TEST(names("action." + std::string(name_of(t.action))), name_of(t.action));
    }
}
