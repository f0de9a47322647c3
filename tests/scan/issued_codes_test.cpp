#include "pdf/scan/issued_codes.h"

#include "pdf/render/qr.h"
#include "tests/scan/paper.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>

using namespace wq;
using namespace wq::scan;

namespace {

constexpr int kCodes = 3000;

const IssuedCodes& issued() {
    static const IssuedCodes kIssued = [] {
        IssuedCodes codes;
        for (int number = 0; number < kCodes; ++number) {
            const auto symbol = *render::qr_symbol(paper::codes_of(number, 1).lower);
            codes.add(static_cast<std::uint64_t>(number), symbol.side, symbol.modules);
        }
        return codes;
    }();
    return kIssued;
}

// A code of which `part` of all modules were measured at random.
SoftModules spoilt(const std::string& text, double part, unsigned seed) {
    const auto symbol = *render::qr_symbol(text);
    SoftModules modules{symbol.side, {}, 1};
    std::mt19937 random(seed);
    const auto chance = [&] { return static_cast<float>(random() % 2001) / 1000 - 1; };
    for (std::uint8_t dark : symbol.modules)
        modules.dark.push_back(random() % 1000 < part * 1000 ? chance() : (dark ? 0.8f : -0.8f));
    return modules;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(issued_codes)

BOOST_AUTO_TEST_CASE(a_code_of_which_a_quarter_is_left_is_recognised) {
    for (int number = 0; number < 50; ++number) {
        const auto likely = issued().recognised(
            spoilt(paper::codes_of(number, 1).lower, 0.75, static_cast<unsigned>(number)));
        BOOST_TEST_REQUIRE(likely.has_value(), number);
        BOOST_TEST(likely->name == static_cast<std::uint64_t>(number));
    }
}

BOOST_AUTO_TEST_CASE(codes_that_nobody_issued_are_not_recognised) {
    for (int number = kCodes; number < kCodes + 500; ++number) {
        const double part = number % 10 / 10.0;
        BOOST_TEST(
            !issued()
                 .recognised(spoilt(paper::codes_of(number, 1).lower, part, static_cast<unsigned>(number)))
                 .has_value(),
            number);
    }
}

BOOST_AUTO_TEST_CASE(codes_that_have_nearly_all_in_common_are_told_apart_or_not_at_all) {
    IssuedCodes codes;
    const std::string text = paper::codes_of(0, 1).lower;
    for (unsigned other = 0; other < 30; ++other) {
        std::string sibling = text;
        for (std::size_t i = 0; i < other; ++i) sibling[60 + i] = sibling[60 + i] == 'A' ? 'B' : 'A';
        const auto symbol = *render::qr_symbol(sibling);
        codes.add(other, symbol.side, symbol.modules);
    }
    for (double part : {0.2, 0.5, 0.8})
        for (unsigned seed = 0; seed < 20; ++seed) {
            const auto likely = codes.recognised(spoilt(text, part, seed));
            BOOST_TEST((!likely || likely->name == 0), "part " << part << " seed " << seed);
        }
}

BOOST_AUTO_TEST_CASE(nothing_is_recognised_where_nothing_was_measured_or_issued) {
    BOOST_TEST(!issued().recognised({}).has_value());
    BOOST_TEST(!issued().recognised({53, std::vector<float>(53 * 53, 0.f), 0}).has_value());
    BOOST_TEST(!issued().recognised({57, std::vector<float>(57 * 57, 0.9f), 1}).has_value());
    BOOST_TEST(!IssuedCodes().recognised(spoilt(paper::codes_of(0, 1).lower, 0, 1)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
