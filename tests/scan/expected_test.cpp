// Holds expected.tsv: what becomes of one page of each kind and strength of damage.
#include "pdf/render/qr.h"
#include "pdf/scan/issued_codes.h"
#include "pdf/scan/page_image.h"
#include "pdf/scan/page_reading.h"
#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

using namespace wq;
using namespace wq::scan;

namespace {

constexpr int kNumber = 0, kRegistered = 1000;
constexpr std::uint64_t kSeed = 300;

struct Expected {
    std::string kind, outcome;
    int strength = 0, seals = 0, most_changes = 0;
};

std::vector<Expected> expected_results() {
    std::ifstream file(WQ_SOURCE "/tests/scan/expected.tsv");
    std::vector<Expected> all;
    for (std::string line; std::getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        Expected each;
        std::istringstream(line) >> each.kind >> each.strength >> each.outcome >> each.seals >>
            each.most_changes;
        all.push_back(each);
    }
    return all;
}

const IssuedCodes& issued() {
    static const IssuedCodes kIssued = [] {
        IssuedCodes codes;
        for (int number = 0; number < kRegistered; ++number)
            for (const auto& text : {paper::codes_of(number, 1).upper, paper::codes_of(number, 1).lower}) {
                const auto symbol = *render::qr_symbol(text);
                codes.add(static_cast<std::uint64_t>(number), symbol.side, symbol.modules);
            }
        return codes;
    }();
    return kIssued;
}

std::string outcome_of(const PageReading& reading) {
    const auto texts = paper::codes_of(kNumber, 1);
    for (const FoundCode& code : reading.codes)
        if (code.text != texts.upper && code.text != texts.lower) return "wrong";
    if (!reading.codes.empty()) return "read";
    for (const MeasuredCode& code : reading.unread)
        if (const auto likely = issued().recognised(code.modules))
            return likely->name == kNumber ? "named" : "wrong";
    return "lost";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(expected)

BOOST_AUTO_TEST_CASE(every_kind_and_strength_of_damage_comes_out_as_the_table_says) {
    const IssuedPage issued_page(paper::printed(kNumber, kCompareDpi));
    for (const Expected& row : expected_results()) {
        const Picture page = workshop::damaged(paper::stamped(kNumber), row.kind, row.strength, kSeed);
        const PageReading reading = read_page(read_pictures(to_jpeg(page, 92))->at(0));
        BOOST_TEST_CONTEXT(row.kind << " " << row.strength) {
            BOOST_TEST(outcome_of(reading) == row.outcome);
            BOOST_TEST(static_cast<int>(reading.seals.size()) == row.seals);
            const auto changes = compare_page(reading, issued_page, paper::signing_areas());
            BOOST_TEST((changes ? static_cast<int>(changes->changes.size()) : -1) <= row.most_changes);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_table_names_every_kind_and_strength) {
    std::size_t rows = 0;
    for (std::string_view damage : workshop::damages())
        for (int strength = 1; strength <= 5; ++strength)
            for (const Expected& row : expected_results())
                rows += row.kind == damage && row.strength == strength;
    BOOST_TEST(rows == 5 * workshop::damages().size());
}

BOOST_AUTO_TEST_SUITE_END()
