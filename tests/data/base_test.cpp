// Laws of the vocabulary: bytes and their texts, CBOR, UTF-8, time, identities.
#include "data/base/cbor.h"
#include "data/base/ids.h"
#include "data/base/time.h"
#include "data/base/utf8.h"

#include <boost/test/unit_test.hpp>
#include <rapidcheck.h>

#include <functional>

using namespace wq;

namespace {

rc::Gen<std::string> any_text() {
    const auto point = rc::gen::map(rc::gen::inRange<std::uint32_t>(0, 0x10F800), [](std::uint32_t p) {
        return to_utf8(char32_t(p < 0xD800 ? p : p + 0x800));
    });
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(point), [](const auto& points) {
        std::string text;
        for (const auto& p : points) text += p;
        return text;
    });
}

rc::Gen<cbor::Value> any_value(int depth) {
    using rc::gen::map;
    const auto number =
        map(rc::gen::arbitrary<std::int64_t>(), [](std::int64_t n) { return cbor::Value(n); });
    const auto truth = map(rc::gen::arbitrary<bool>(), [](bool b) { return cbor::Value(b); });
    const auto text = map(any_text(), [](std::string t) { return cbor::Value(std::move(t)); });
    const auto bytes = map(rc::gen::arbitrary<Bytes>(), [](Bytes b) { return cbor::Value(std::move(b)); });
    if (depth == 0) return rc::gen::oneOf(rc::gen::just(cbor::Value()), number, truth, text, bytes);
    const auto items = map(rc::gen::container<cbor::Array>(any_value(depth - 1)),
                           [](cbor::Array a) { return cbor::Value(std::move(a)); });
    const auto entries =
        map(rc::gen::container<std::vector<std::pair<std::string, cbor::Value>>>(
                rc::gen::pair(any_text(), any_value(depth - 1))),
            [](const auto& pairs) { return cbor::Value(cbor::Map(pairs.begin(), pairs.end())); });
    return rc::gen::oneOf(number, text, bytes, items, entries);
}

bool holds(const char* law, const std::function<void()>& check) { return rc::check(law, check); }

bool decodes(std::string_view hex) { return cbor::decode(*from_hex(hex)).has_value(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(base)

BOOST_AUTO_TEST_CASE(what_cbor_encodes_it_decodes_to_the_same) {
    BOOST_TEST(holds("decode(encode(v)) == v", [] {
        const cbor::Value value = *any_value(2);
        RC_ASSERT(cbor::decode(cbor::encode(value)) == std::optional(value));
    }));
}

BOOST_AUTO_TEST_CASE(whatever_cbor_decodes_encodes_to_the_same_bytes) {
    BOOST_TEST(holds("encode(decode(b)) == b", [] {
        Bytes bytes = cbor::encode(*any_value(2));
        if (!bytes.empty())
            bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] ^= *rc::gen::arbitrary<std::uint8_t>();
        if (const auto value = cbor::decode(bytes)) RC_ASSERT(cbor::encode(*value) == bytes);
    }));
}

BOOST_AUTO_TEST_CASE(cbor_refuses_every_second_way_to_say_a_value) {
    for (const char* hex : {"1817",        // 23 in two bytes
                            "1900ff",      // 255 in three
                            "1a0000ffff",  // 65535 in five
                            "1b00000000ffffffff",
                            "1bffffffffffffffff",                            // beyond 63 bits
                            "7f6161ff", "9f01ff", "bf616101ff",              // indefinite lengths
                            "a2616201616102",                                // keys out of order
                            "a2616101616101",                                // a key twice
                            "a10102",                                        // a key that is no text
                            "c074323031332d30332d32315432303a30343a30305a",  // a tag
                            "f93c00", "f7", "e0",                            // float, undefined, simple
                            "61ff", "0000", ""})
        BOOST_TEST(!decodes(hex), hex);
}

BOOST_AUTO_TEST_CASE(cbor_refuses_to_go_deeper_than_16_levels) {
    BOOST_TEST(decodes(std::string(32, '8').replace(0, 32, [] {
        std::string hex;
        for (int i = 0; i < 16; ++i) hex += "81";
        return hex;
    }()) + "01"));
    std::string hex;
    for (int i = 0; i < 17; ++i) hex += "81";
    BOOST_TEST(!decodes(hex + "01"));
}

BOOST_AUTO_TEST_CASE(cbor_reads_what_is_absent_as_empty) {
    const cbor::Value value;
    BOOST_TEST(value["a"]["b"][3].as_text() == "");
    BOOST_TEST(cbor::Value("7").as_int() == 0);
    BOOST_TEST(!cbor::Value(1).as_bool());
}

BOOST_AUTO_TEST_CASE(bytes_come_back_from_each_of_their_texts) {
    BOOST_TEST(holds("texts of bytes", [] {
        const auto bytes = *rc::gen::arbitrary<Bytes>();
        RC_ASSERT(from_hex(to_hex(bytes)) == bytes);
        RC_ASSERT(from_base64(to_base64(bytes)) == bytes);
        RC_ASSERT(from_crockford(to_crockford(bytes)) == bytes);
    }));
}

BOOST_AUTO_TEST_CASE(base_64_is_that_of_rfc_4648) {
    const char* const known[][2] = {
        {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, text] : known) BOOST_TEST(to_base64(bytes_of(plain)) == text);
    for (const char* wrong : {"Zg=", "Zg", "Zh==", "Z===", "====", "Zm9\n"})
        BOOST_TEST(!from_base64(wrong), wrong);
}

BOOST_AUTO_TEST_CASE(crockford_reads_what_people_type_and_refuses_the_rest) {
    BOOST_TEST((from_crockford("oiL0") == from_crockford("0110")));
    BOOST_TEST((from_crockford("zw") == from_crockford("ZW")));
    BOOST_TEST(!from_crockford("U0"));  // not of the alphabet
    BOOST_TEST(!from_crockford("01"));  // bits left over
    BOOST_TEST(!from_crockford("0"));   // less than a byte
}

BOOST_AUTO_TEST_CASE(valid_utf_8_is_what_rfc_3629_says) {
    for (const char* wrong : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
                              "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE4\xBD", "\xFF"})
        BOOST_TEST(!is_valid_utf8(wrong));
    BOOST_TEST(is_valid_utf8("奚𬱖 a\xF4\x8F\xBF\xBF"));
}

BOOST_AUTO_TEST_CASE(code_points_come_back_from_text) {
    BOOST_TEST(holds("code points", [] {
        const std::string text = *any_text();
        RC_ASSERT(is_valid_utf8(text));
        RC_ASSERT(to_utf8(to_code_points(text)) == text);
        RC_ASSERT(to_code_points(text).size() == count_code_points(text));
        const auto count = *rc::gen::inRange<std::size_t>(0, 20);
        RC_ASSERT(count_code_points(first_code_points(text, count)) ==
                  std::min(count, count_code_points(text)));
        RC_ASSERT(trimmed(trimmed(text)) == trimmed(text));
    }));
}

BOOST_AUTO_TEST_CASE(every_bidirectional_control_is_a_control) {
    for (char32_t point :
         {0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069, 0x00, 0x0A, 0x85, 0xFFFE, 0x1FFFF, 0xE000})
        BOOST_TEST(is_control(point), std::uint32_t(point));
    for (char32_t point : {U'a', U'中', U'𬱖', U'·', U'\uFE00'}) BOOST_TEST(!is_control(point));
}

BOOST_AUTO_TEST_CASE(masks_show_no_more_than_they_say) {
    BOOST_TEST(masked_name("奚𬱖") == "奚*");
    BOOST_TEST(masked_name("𬱖") == "𬱖*");
    BOOST_TEST(masked_name("") == "");
    BOOST_TEST(masked_number("510107199903140024") == "5101**********0024");
    BOOST_TEST(masked_number("1234567890") == "**********");
}

BOOST_AUTO_TEST_CASE(days_and_moments_agree_with_the_calendar) {
    BOOST_TEST(holds("days", [] {
        const auto days = *rc::gen::inRange<std::int64_t>(-700000, 2900000);
        const Day day = day_of(days);
        RC_ASSERT(is_real(day));
        RC_ASSERT(days_since_1970(day) == days);
        RC_ASSERT(day_from_iso(to_iso(day)) == day || day.year < 0 || day.year > 9999);
        RC_ASSERT(day_in_china(midnight_in_china(day)) == day);
        RC_ASSERT(day_in_china({midnight_in_china(day).ms - 1}) == day_of(days - 1));
    }));
}

BOOST_AUTO_TEST_CASE(a_moment_is_shown_in_china_time) {
    const Instant moment{midnight_in_china({2026, 6, 3}).ms + 11 * 60 * kMinute + 16 * kMinute};
    BOOST_TEST(to_iso(moment) == "2026-06-03T03:16:00.000Z");
    BOOST_TEST(shown_time(moment) == "2026-06-03 11:16");
    BOOST_TEST(shown_short(moment) == "6月3日 11:16");
    BOOST_TEST(to_iso(Instant{-1}) == "1969-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_CASE(an_unreal_day_is_no_day) {
    for (const char* wrong :
         {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "2026/01/01", "20260100", "2026-0101", ""})
        BOOST_TEST(!day_from_iso(wrong), wrong);
    BOOST_TEST((day_from_iso("20240229") == Day{2024, 2, 29}));
    BOOST_TEST(!is_real({2026, 257, 1}));
    BOOST_TEST(!is_real({2026, 1, 257}));
}

BOOST_AUTO_TEST_CASE(a_uuid_is_of_version_7_and_comes_back_from_its_text) {
    BOOST_TEST(holds("uuid", [] {
        const Instant now{*rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 48)};
        const Uuid id = uuid_v7(now, *rc::gen::arbitrary<std::array<std::uint8_t, 10>>());
        RC_ASSERT(to_text(id)[14] == '7');
        RC_ASSERT(std::string("89ab").find(to_text(id)[19]) != std::string::npos);
        RC_ASSERT(uuid_from_text(to_text(id)) == id);
    }));
    BOOST_TEST(!uuid_from_text("0197a2b4-0000-7000-8000-00000000000"));
    BOOST_TEST(!uuid_from_text("0197a2b4x0000-7000-8000-000000000000"));
}

BOOST_AUTO_TEST_SUITE_END()
