#include "data/base/utf8.h"
#include "pdf/render/font_subset.h"
#include "tests/render/paper.h"

#include <boost/test/unit_test.hpp>

#include <thread>

using namespace wq;
using namespace wq::render;

BOOST_AUTO_TEST_SUITE(fonts)

BOOST_AUTO_TEST_CASE(draws_rare_characters_of_all_planes) {
    for (char32_t point : {U'中', U'𬱖', U'𠮷', U'𪚥', U'龘', U'·', U'㐂'})
        for (Face face : {Face::song, Face::kai, Face::kai_bold})
            BOOST_TEST(paper::fonts().glyph(face, point).has_value(), to_utf8(point));
}

BOOST_AUTO_TEST_CASE(refuses_what_no_font_draws_and_names_its_code_point) {
    const auto refused = paper::fonts().check("张\U0001F9FF三");
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().code == "character_not_printable");
    BOOST_TEST(refused.error().args.at(0).first == "code_point");
    BOOST_TEST(refused.error().args.at(0).second == "U+1F9FF");
}

BOOST_AUTO_TEST_CASE(refuses_private_use_control_and_selectors_even_if_a_font_has_them) {
    for (const char* text : {"\uE000", "\u200B", "\u202E", "\t", "葛\U000E0101", "葛\uFE00"})
        BOOST_TEST(!paper::fonts().check(text).has_value());
    BOOST_TEST(paper::fonts().check("一\n二").has_value());
}

BOOST_AUTO_TEST_CASE(a_missing_font_is_a_fault_that_names_file_and_package) {
    const auto names_both = [](const Fault& fault) {
        const std::string what = fault.what();
        return what.find("uming.ttc") != what.npos && what.find("fonts-arphic-uming") != what.npos;
    };
    BOOST_CHECK_EXCEPTION(Fonts({"/nonexistent"}), Fault, names_both);
}

BOOST_AUTO_TEST_CASE(a_font_is_found_in_a_later_folder) {
    BOOST_CHECK_NO_THROW(Fonts({"/nonexistent", kFontFolder}));
}

BOOST_AUTO_TEST_CASE(song_sets_full_stops_low_and_left_as_the_mainland_does) {
    const auto ordinary = paper::fonts().glyph(Face::song, U'中'),
               stop = paper::fonts().glyph(Face::song, U'。');
    BOOST_TEST(ordinary->file != stop->file);
}

BOOST_AUTO_TEST_CASE(a_subset_holds_glyphs_of_several_files) {
    std::vector<const WrittenGlyph*> glyphs;
    std::size_t outlines = 0;
    for (const FontFile& font : paper::fonts().files()) {
        glyphs.push_back(&font.written(font.glyph('A')));
        outlines += glyphs.back()->outline.bytes.size();
    }
    const FontSubset subset = subset_of(glyphs);
    BOOST_TEST_REQUIRE(subset.advances.size() == glyphs.size() + 1);
    for (std::size_t i = 0; i < glyphs.size(); ++i)
        BOOST_TEST(subset.advances[i + 1] ==
                   paper::fonts().files()[i].advance(paper::fonts().files()[i].glyph('A')));
    BOOST_TEST(subset.file.size() < outlines + 500);
}

BOOST_AUTO_TEST_CASE(a_glyph_is_written_once_however_many_threads_ask) {
    const FontFile& font = paper::fonts().files()[1];
    const std::uint16_t glyph = font.glyph(U'龘');
    std::array<const WrittenGlyph*, 4> seen{};
    {
        std::vector<std::jthread> threads;
        for (auto& it : seen) threads.emplace_back([&] { it = &font.written(glyph); });
    }
    for (const WrittenGlyph* it : seen) BOOST_TEST(it == &font.written(glyph));
}

BOOST_AUTO_TEST_SUITE_END()
