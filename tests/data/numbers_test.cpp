// Check numbers, with the worked examples of the standards' tables.
#include "data/domain/numbers.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using namespace wq::domain;

namespace {

std::string code_of(const std::optional<Refusal>& refusal) { return refusal ? refusal->code : ""; }

}  // namespace

BOOST_AUTO_TEST_SUITE(numbers)

BOOST_AUTO_TEST_CASE(genuine_credit_codes_pass) {
    for (const char* code : {"91350100M000100Y43", "91110000802100433B", "91440300708461136T",
                             "91512081MA62K0260E", "9144030071526726XG", "12100000400010275N"})
        BOOST_TEST(code_of(check_credit_code(code)) == "", code);
}

BOOST_AUTO_TEST_CASE(a_wrong_check_character_is_named_with_the_right_one) {
    const auto refusal = check_credit_code("91350100M000100Y4Z");
    BOOST_TEST(code_of(refusal) == "credit_code_character");  // Z is not of the alphabet
    BOOST_TEST((check_credit_code("91350100M000100Y44") ==
                Refusal{"credit_code_check", {{"position", "18"}, {"expected", "3"}}}));
    for (const char* older : {"91350211M0000XUF46", "91350100M0001TGQXM"})
        BOOST_TEST(code_of(check_credit_code(older)) == "credit_code_check");
}

BOOST_AUTO_TEST_CASE(a_remainder_of_zero_gives_the_check_character_zero) {
    std::string first = "91000000000000000";
    while (credit_code_check_character(first) != '0') ++first[16];
    BOOST_TEST(code_of(check_credit_code(first + "0")) == "");
}

BOOST_AUTO_TEST_CASE(every_single_wrong_character_of_a_credit_code_is_refused) {
    const std::string right = "91350100M000100Y43";
    for (std::size_t i = 0; i < right.size(); ++i)
        for (char c : std::string("0123456789ABCDEFGHJKLMNPQRTUWXYIOSVZ")) {
            std::string wrong = right;
            wrong[i] = c;
            BOOST_TEST((check_credit_code(wrong).has_value() == (wrong != right)));
        }
}

BOOST_AUTO_TEST_CASE(a_credit_code_is_counted_and_shown_in_characters) {
    BOOST_TEST((check_credit_code("9135") == Refusal{"credit_code_length", {{"length", "4"}}}));
    BOOST_TEST((check_credit_code("信用代码") == Refusal{"credit_code_length", {{"length", "4"}}}));
    BOOST_TEST((check_credit_code("91350100M000中00Y43") ==
                Refusal{"credit_code_character", {{"position", "13"}, {"character", "中"}}}));
}

BOOST_AUTO_TEST_CASE(genuine_resident_ids_pass) {
    for (const char* id :
         {"11010519491231002X", "34052419800101001X", "440100200311050018", "110108199503132519",
          "810000199001010019", "820000199001010010", "830000199001010012", "911840198506300024"})
        BOOST_TEST(code_of(check_resident_id(id)) == "", id);
    BOOST_TEST((resident_id_check_character("13050319670401001") == '6'));
}

BOOST_AUTO_TEST_CASE(each_fault_of_a_resident_id_has_its_own_code) {
    BOOST_TEST((check_resident_id("110105") == Refusal{"resident_id_length", {{"length", "6"}}}));
    BOOST_TEST((check_resident_id("身份证号码") == Refusal{"resident_id_length", {{"length", "5"}}}));
    BOOST_TEST(
        (check_resident_id("1101051949123100X2") == Refusal{"resident_id_character", {{"position", "17"}}}));
    BOOST_TEST(code_of(check_resident_id("001050194912310021")) == "resident_id_region");
    BOOST_TEST(code_of(check_resident_id("991000198506300024")) == "resident_id_region");
    BOOST_TEST(code_of(check_resident_id("110105194913310020")) == "resident_id_birth");
    BOOST_TEST(
        (check_resident_id("110105194912310021") == Refusal{"resident_id_check", {{"expected", "X"}}}));
}

BOOST_AUTO_TEST_CASE(a_resident_id_tells_birth_and_sex) {
    BOOST_TEST((resident_id_birth("11010519491231002X") == Day{1949, 12, 31}));
    BOOST_TEST(resident_id_sex("11010519491231002X") == "2");
    BOOST_TEST(resident_id_sex("110108199503132519") == "1");
}

BOOST_AUTO_TEST_CASE(telephones_and_addresses_are_checked) {
    for (const char* right : {"13800020000", "19912345678"}) BOOST_TEST(!check_mobile(right));
    for (const char* wrong : {"12800020000", "1380002000", "138000200000", "1380002000a", ""})
        BOOST_TEST(code_of(check_mobile(wrong)) == "mobile_wrong");
    for (const char* right :
         {"028-87654321", "010-12345678-123", "4001234567", "800-123-4567", "13800020000"})
        BOOST_TEST(!check_phone(right), right);
    for (const char* wrong : {"87654321", "028", "028 87654321", "---", "abc"})
        BOOST_TEST(code_of(check_phone(wrong)) == "phone_wrong");
    for (const char* right : {"a@b.cn", "first.last+x@mail.example.com"})
        BOOST_TEST(!check_email(right), right);
    for (const char* wrong :
         {"a@b", "@b.cn", "a@", "a b@c.cn", "a@@b.cn", ".a@b.cn", "a..b@c.cn", "a@-b.cn", "中@b.cn"})
        BOOST_TEST(code_of(check_email(wrong)) == "email_wrong", wrong);
    BOOST_TEST(code_of(check_email("a@" + std::string(260, 'b') + ".cn")) == "email_wrong");
}

BOOST_AUTO_TEST_CASE(an_agreement_number_says_year_school_node_and_serial) {
    BOOST_TEST(agreement_number(2026, "10999", 7, 42) == "202610999007000042");
}

BOOST_AUTO_TEST_SUITE_END()
