#include "pdf/scan/modules.h"

#include "pdf/render/qr.h"
#include "tests/scan/paper.h"

#include <boost/test/unit_test.hpp>

#include <random>

using namespace wq;
using namespace wq::scan;

namespace {

SoftModules measured(const std::string& text) {
    const auto symbol = *render::qr_symbol(text);
    SoftModules modules{symbol.side, {}, 1};
    for (std::uint8_t dark : symbol.modules) modules.dark.push_back(dark ? 0.9f : -0.9f);
    return modules;
}

// `part` of all modules say the contrary, or nothing.
SoftModules spoilt(const std::string& text, double part, float left, unsigned seed) {
    SoftModules modules = measured(text);
    std::mt19937 random(seed);
    for (float& dark : modules.dark)
        if (random() % 10000 < part * 10000) dark *= left;
    return modules;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(modules)

BOOST_AUTO_TEST_CASE(what_is_printed_is_read_back_at_every_length) {
    for (std::size_t length = 1; length < 480; length += 7) {
        const std::string text =
            (paper::codes_of(3, 1).upper + paper::codes_of(4, 1).upper).substr(0, length);
        BOOST_TEST(text_of(measured(text)).value_or("") == text, length);
    }
}

BOOST_AUTO_TEST_CASE(some_wrong_modules_are_mended) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        const std::string text = paper::codes_of(static_cast<int>(seed), 1).upper;
        BOOST_TEST(text_of(spoilt(text, 0.008, -1, seed)).value_or("") == text, seed);
    }
}

BOOST_AUTO_TEST_CASE(twice_as_many_may_be_missing_as_wrong) {
    int read_missing = 0, read_wrong = 0;
    for (unsigned seed = 0; seed < 20; ++seed) {
        const std::string text = paper::codes_of(static_cast<int>(seed), 1).upper;
        read_missing += text_of(spoilt(text, 0.02, -0.05f, seed)) == text;
        read_wrong += text_of(spoilt(text, 0.02, -1, seed)) == text;
    }
    BOOST_TEST(read_missing == 20);
    BOOST_TEST(read_wrong < read_missing);
}

BOOST_AUTO_TEST_CASE(where_too_much_is_lost_nothing_is_made_up) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        const std::string text = paper::codes_of(static_cast<int>(seed % 9), 1).lower;
        const double part = 0.03 + 0.001 * seed;
        const auto read = text_of(spoilt(text, part, seed % 2 ? -1.f : -0.3f, seed));
        BOOST_TEST((!read || *read == text), seed);
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_symbol_has_no_text) {
    BOOST_TEST(!text_of(SoftModules{}).has_value());
    BOOST_TEST(!text_of(SoftModules{61, std::vector<float>(61 * 61, 0.f), 0}).has_value());
    BOOST_TEST(!text_of(SoftModules{185, std::vector<float>(185 * 185, 0.5f), 0}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
