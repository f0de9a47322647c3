// Outlines read, written on the grid and coded; bytes of strangers among them.
#include "pdf/render/outline.h"

#include "pdf/render/big_endian.h"
#include "pdf/render/bit_text.h"
#include "tests/render/paper.h"

#include <boost/test/unit_test.hpp>
#include <libdeflate.h>

#include <map>
#include <random>

using namespace wq;
using namespace wq::render;

namespace {

bool same(const std::vector<Contour>& a, const std::vector<Contour>& b) {
    const auto equal = [](const OutlinePoint& p, const OutlinePoint& q) {
        return p.x == q.x && p.y == q.y && p.on_curve == q.on_curve;
    };
    return std::ranges::equal(
        a, b, [&](const Contour& c, const Contour& d) { return std::ranges::equal(c, d, equal); });
}

const std::vector<Contour> kSquareAndBow{{{0, 0}, {300, 0}, {300, 300}, {0, 300}},
                                         {{10, -20}, {400, 50, false}, {20, 700}, {-600, 0, false}}};

GlyphBytes glyphs(std::map<std::uint16_t, Bytes> all) {
    auto kept = std::make_shared<const std::map<std::uint16_t, Bytes>>(std::move(all));
    return [kept](std::uint16_t glyph) {
        const auto at = kept->find(glyph);
        return at == kept->end() ? ByteView() : ByteView(at->second);
    };
}

Bytes inflated(ByteView stream, std::size_t size) {
    Bytes plain(size);
    libdeflate_decompressor* worker = libdeflate_alloc_decompressor();
    const auto result =
        libdeflate_zlib_decompress(worker, stream.data(), stream.size(), plain.data(), plain.size(), nullptr);
    libdeflate_free_decompressor(worker);
    return result == LIBDEFLATE_SUCCESS ? plain : Bytes();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(outlines)

BOOST_AUTO_TEST_CASE(what_is_written_is_read_again) {
    const WrittenOutline written = write_outline(kSquareAndBow);
    BOOST_TEST(same(read_outline(glyphs({{7, written.bytes}}), 7), kSquareAndBow));
    BOOST_TEST((written.points == 8 && written.contours == 2 && written.bytes.size() % 4 == 0));
    BOOST_TEST((written.box == std::array{-600, -20, 400, 700}));
    BOOST_TEST(read_outline(glyphs({}), 7).empty());
}

BOOST_AUTO_TEST_CASE(a_composed_glyph_becomes_a_simple_one) {
    Bytes composed;
    put16(composed, 0xFFFF);
    for (int i = 0; i < 4; ++i) put16(composed, 0);
    put16(composed, 1 | 2 | 8);  // words, offsets, one scale
    put16(composed, 7);
    put16(composed, 10), put16(composed, 20);
    put16(composed, 0x2000);  // a half
    const auto whole = read_outline(glyphs({{7, write_outline(kSquareAndBow).bytes}, {8, composed}}), 8);
    BOOST_TEST_REQUIRE(whole.size() == 2u);
    BOOST_TEST((whole[0][2].x == 160 && whole[0][2].y == 170));
}

BOOST_AUTO_TEST_CASE(a_glyph_composed_of_itself_is_a_fault) {
    Bytes composed;
    put16(composed, 0xFFFF);
    for (int i = 0; i < 4; ++i) put16(composed, 0);
    for (int value : {2, 8, 0}) put16(composed, static_cast<std::size_t>(value));
    BOOST_CHECK_THROW(read_outline(glyphs({{8, composed}}), 8), Fault);
}

BOOST_AUTO_TEST_CASE(damaged_bytes_are_read_as_something_or_are_a_fault) {
    const Bytes right = write_outline(kSquareAndBow).bytes;
    std::mt19937 random(3);
    for (int round = 0; round < 3000; ++round) {
        Bytes wrong(right.begin(), right.begin() + static_cast<std::ptrdiff_t>(random() % right.size() + 1));
        wrong[random() % wrong.size()] ^= static_cast<std::uint8_t>(1u << random() % 8);
        try {
            (void)read_outline(glyphs({{7, wrong}}), 7);
        } catch (const Fault&) {
        }
    }
}

BOOST_AUTO_TEST_CASE(points_that_say_nothing_on_the_grid_are_left_out) {
    const std::vector<Contour> idle{{{0, 0}, {100, 0}, {200, 0}, {200, 1}, {200, 200}, {0, 200}}};
    BOOST_TEST(on_grid(idle, 1, 2)[0].size() == 4u);
    BOOST_TEST(on_grid({{{0, 0}, {0.4, 0.3}}, idle[0]}, 1, 2).size() == 2u);
}

BOOST_AUTO_TEST_CASE(text_coded_bit_by_bit_inflates_to_what_it_was) {
    std::mt19937 random(5);
    for (int round = 0; round < 200; ++round) {
        Bytes plain;
        BitStream stream(1000);
        for (int piece = 0; piece < 20; ++piece) {
            Bytes bytes(random() % 60);
            for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
            piece % 2 == 0 ? stream.add(coded(bytes)) : stream.add(bytes);
            append(plain, bytes);
        }
        const Bytes file = stream.finish(plain);
        BOOST_TEST((inflated(file, plain.size()) == plain));
    }
}

BOOST_AUTO_TEST_SUITE_END()
