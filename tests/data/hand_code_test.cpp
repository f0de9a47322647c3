// The code under the QR code: what a typing person can do wrong is noticed, every bit of it.
#include "data/domain/hand_code.h"

#include <boost/test/unit_test.hpp>
#include <rapidcheck.h>

using namespace wq;
using namespace wq::domain;

namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

HandCode some(std::uint64_t seed) { return {static_cast<int>(seed % 32), seed * 0x9E3779B97F4A7C15u >> 19}; }

std::string plain(const HandCode& code) {
    std::string text = to_text(code);
    std::erase(text, '-');
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hand_codes)

BOOST_AUTO_TEST_CASE(a_code_is_twelve_characters_in_three_groups) {
    const std::string text = to_text(some(1));
    BOOST_TEST(text.size() == 14u);
    BOOST_TEST((text[4] == '-' && text[9] == '-'));
    BOOST_TEST(text.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ-") == text.npos);
}

BOOST_AUTO_TEST_CASE(every_code_comes_back_from_its_text) {
    BOOST_TEST(rc::check("hand code", [] {
        const HandCode code{*rc::gen::inRange(0, 32), *rc::gen::arbitrary<std::uint64_t>() >> 19};
        RC_ASSERT(hand_code_from_text(to_text(code)) == code);
    }));
}

BOOST_AUTO_TEST_CASE(every_single_wrong_character_is_refused) {
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        const std::string right = plain(some(seed));
        for (std::size_t at = 0; at < right.size(); ++at)
            for (char c : kAlphabet) {
                std::string wrong = right;
                wrong[at] = c;
                if (c != right[at] && hand_code_from_text(wrong)) BOOST_ERROR(right + " " + wrong);
            }
    }
}

BOOST_AUTO_TEST_CASE(every_swap_of_two_characters_is_refused) {
    for (std::uint64_t seed = 0; seed < 5000; ++seed) {
        const std::string right = plain(some(seed));
        for (std::size_t i = 0; i < right.size(); ++i)
            for (std::size_t j = i + 1; j < right.size(); ++j) {
                std::string wrong = right;
                std::swap(wrong[i], wrong[j]);
                if (wrong != right && hand_code_from_text(wrong)) BOOST_ERROR(right + " " + wrong);
            }
    }
}

// The code is linear: what holds for the pattern of errors on one code holds on all.
BOOST_AUTO_TEST_CASE(every_two_wrong_characters_are_refused) {
    const std::string right = plain(some(7));
    for (std::size_t i = 0; i < right.size(); ++i)
        for (std::size_t j = i + 1; j < right.size(); ++j)
            for (char a : kAlphabet)
                for (char b : kAlphabet) {
                    std::string wrong = right;
                    wrong[i] = a, wrong[j] = b;
                    if (wrong != right && hand_code_from_text(wrong)) BOOST_ERROR(right + " " + wrong);
                }
}

BOOST_AUTO_TEST_CASE(a_person_may_type_as_people_do) {
    const HandCode code{1, 0x1FFF00000000u >> 1};
    std::string text = to_text(code);
    BOOST_TEST((hand_code_from_text(plain(code)) == code));
    for (char& c : text)
        c = c == '0' ? 'o' : c == '1' ? 'l' : c == '-' ? ' ' : static_cast<char>(std::tolower(c));
    BOOST_TEST((hand_code_from_text(" " + text) == code));
}

BOOST_AUTO_TEST_CASE(what_is_no_code_is_refused_by_what_is_wrong_with_it) {
    BOOST_TEST(hand_code_from_text("").error().code == "hand_code_length");
    BOOST_TEST(hand_code_from_text("7K2M-9QX4-TB0").error().code == "hand_code_length");
    BOOST_TEST(hand_code_from_text("7K2M-9QX4-TB0U").error().code == "hand_code_character");
    BOOST_TEST(hand_code_from_text("\xE7\xBD\x91").error().code == "hand_code_character");
}

BOOST_AUTO_TEST_CASE(pages_and_papers_have_codes_of_their_own) {
    Hash digest{}, other{};
    digest.fill(0xA5);
    other.fill(0xA5);
    other[5] ^= 0x08;  // the last bit that the code tells
    BOOST_TEST(to_text(hand_code(digest, 1)) != to_text(hand_code(digest, 2)));
    BOOST_TEST(to_text(hand_code(digest, 1)) != to_text(hand_code(other, 1)));
    BOOST_TEST((hand_code(digest, 31).page == 31 && hand_code(digest, 32).page == 0));
}

BOOST_AUTO_TEST_SUITE_END()
