#include "pdf/render/text_layout.h"

#include "data/base/utf8.h"
#include "tests/render/paper.h"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace wq;
using namespace wq::render;

namespace {

constexpr Style kStyle{Face::kai, 10.5};
constexpr double kEm = 10.5 * kPoint;

std::vector<std::string> texts(std::string_view text, double ems) {
    std::vector<std::string> found;
    for (const TextLine& line : wrap(paper::fonts(), kStyle, text, ems * kEm)) found.push_back(line.text);
    return found;
}

using Lines = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(text_layout)

BOOST_AUTO_TEST_CASE(a_full_width_character_is_one_em_wide) {
    BOOST_TEST(width_of(paper::fonts(), kStyle, "毕业生") == 3 * kEm, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(lines_break_between_han_characters) {
    BOOST_TEST((texts("一二三四五六七", 3) == Lines{"一二三", "四五六", "七"}));
}

BOOST_AUTO_TEST_CASE(no_line_starts_with_closing_punctuation) {
    BOOST_TEST((texts("一二三，四五六", 3) == Lines{"一二", "三，四", "五六"}));
}

BOOST_AUTO_TEST_CASE(no_line_ends_with_an_opening_mark) {
    BOOST_TEST((texts("一二（三四）五", 3) == Lines{"一二", "（三", "四）五"}));
}

BOOST_AUTO_TEST_CASE(latin_words_and_numbers_stay_whole) {
    BOOST_TEST((texts("单位 Wangqian 2026年", 5) == Lines{"单位", "Wangqian", "2026年"}));
}

BOOST_AUTO_TEST_CASE(a_word_wider_than_the_line_breaks_anywhere_and_loses_nothing) {
    const std::string word(100, 'm');
    std::string joined;
    for (const TextLine& line : wrap(paper::fonts(), kStyle, word, 10 * kEm)) {
        BOOST_TEST(line.width <= 10 * kEm + 1e-6);
        joined += line.text;
    }
    BOOST_TEST(joined == word);
}

BOOST_AUTO_TEST_CASE(a_line_feed_ends_a_paragraph) {
    const auto lines = wrap(paper::fonts(), kStyle, "一二三四\n五", 3 * kEm);
    BOOST_TEST_REQUIRE(lines.size() == 3u);
    BOOST_TEST(!lines[0].ends_paragraph);
    BOOST_TEST((lines[1].ends_paragraph && lines[2].ends_paragraph));
    BOOST_TEST(justified(lines[1], 3 * kEm) == 0);
}

BOOST_AUTO_TEST_CASE(marks_that_meet_give_up_half_a_square) {
    for (const std::string pair : {"；（", "。）", "）。", "（《", "》、", "：「"}) {
        BOOST_TEST(width_of(paper::fonts(), kStyle, "一" + pair + "二") == 3.5 * kEm,
                   boost::test_tools::tolerance(1e-9));
        BOOST_TEST((texts("一" + pair + "二", 3.5) == Lines{"一" + pair + "二"}));
    }
    for (const std::string pair : {"（）", "！）", "，一", "一（", "；a", "“（"})
        BOOST_TEST(
            width_of(paper::fonts(), kStyle, pair) == width_of(paper::fonts(), kStyle, pair.substr(0, 3)) +
                                                          width_of(paper::fonts(), kStyle, pair.substr(3)),
            boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_mark_that_begins_a_line_keeps_its_square) {
    const auto lines = wrap(paper::fonts(), kStyle, "一二三；（四五六", 4 * kEm);
    BOOST_TEST_REQUIRE(lines.size() == 2u);
    BOOST_TEST(lines[1].text == "（四五六");
    BOOST_TEST(lines[1].width == 4 * kEm, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(a_justified_line_reaches_the_margin) {
    const auto lines = wrap(paper::fonts(), kStyle, "一二三，四五六", 3 * kEm);
    BOOST_TEST(lines[0].width + justified(lines[0], 3 * kEm) == 3 * kEm, boost::test_tools::tolerance(1e-9));
}

BOOST_AUTO_TEST_CASE(any_text_keeps_its_characters_and_the_laws_of_punctuation) {
    constexpr std::u32string_view kAlphabet = U"毕业生签约，。（）《》ab12、；";
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        std::u32string text;
        for (std::size_t i = 0; i < 60; ++i) text += kAlphabet[random() % kAlphabet.size()];
        std::u32string joined;
        const auto lines = wrap(paper::fonts(), kStyle, to_utf8(text), 40 * kEm);
        for (const TextLine& line : lines) {
            const std::u32string points = to_code_points(line.text);
            BOOST_TEST(line.width <= 40 * kEm + 1e-6);
            if (!joined.empty())
                BOOST_TEST(std::u32string_view(U"，。）》、；").find(points.front()) ==
                           std::u32string_view::npos);
            joined += points;
            if (!line.ends_paragraph)
                BOOST_TEST(std::u32string_view(U"（《").find(points.back()) == std::u32string_view::npos);
        }
        BOOST_TEST((joined == text));
    }
}

BOOST_AUTO_TEST_SUITE_END()
