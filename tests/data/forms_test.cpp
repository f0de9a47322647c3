// Fields, their checks and normal forms, and the code tables behind them.
#include "data/base/utf8.h"
#include "data/os/assets.h"
#include "data/os/files.h"
#include "data/os/text.h"
#include "tests/data/samples.h"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <set>

using namespace wq;
using namespace wq::domain;
using test::codes;

namespace {

std::string normal(std::string_view key, std::string_view value) {
    const Field* field = find_field(agreement_fields(), key);
    return normalised(field ? *field : *find_field(graduate_fields(), key), value, codes());
}

// The codes of the problems of the good agreement with one value changed.
std::string problem(std::string_view key, std::string_view value) {
    Form form = test::good_agreement();
    form.insert_or_assign(std::string(key), std::string(value));
    std::string all;
    for (const Problem& found : check_agreement(form, codes())) {
        BOOST_TEST(found.field == key);
        all += found.why.code;
    }
    return all;
}

std::string graduate_problem(std::string_view key, std::string_view value) {
    Form form = test::good_graduate();
    form.insert_or_assign(std::string(key), std::string(value));
    std::string all;
    for (const Problem& found : check_graduate(form, codes()))
        all += (all.empty() ? "" : " ") + found.why.code;
    return all;
}

Refusal table_fault(std::string_view tsv) { return CodeTable::parse("t", tsv).error(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(forms)

BOOST_AUTO_TEST_CASE(good_forms_have_no_problem) {
    BOOST_TEST(check_agreement(test::good_agreement(), codes()).empty());
    BOOST_TEST(check_graduate(test::good_graduate(), codes()).empty());
    BOOST_TEST(agreement_warnings(test::good_agreement()).empty());
}

BOOST_AUTO_TEST_CASE(every_required_field_of_an_empty_form_is_named_at_once_in_order) {
    std::vector<std::string> wanted, found;
    for (const Field& field : agreement_fields())
        if (field.need == Need::required) wanted.emplace_back(field.key);
    for (const Problem& one : check_form(agreement_fields(), {}, codes())) {
        BOOST_TEST(one.why.code == "required");
        found.push_back(one.field);
    }
    BOOST_TEST(found == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(nothing_but_white_space_is_nothing) {
    for (std::string_view key : {"employer_name", "address", "solves_household"})
        BOOST_TEST(problem(key, " 　") == "required");
    Form form = test::good_agreement();
    form["credit_code"] = "";
    form["credit_code_note"] = "　";
    BOOST_REQUIRE_EQUAL(check_agreement(form, codes()).size(), 1u);
    BOOST_TEST(check_agreement(form, codes())[0].why.code == "credit_code_missing");
}

BOOST_AUTO_TEST_CASE(each_fault_of_a_value_has_its_own_code) {
    const char* const cases[][3] = {{"employer_nature", "38", "code_unknown"},
                                    {"region", "510199", "code_unknown"},
                                    {"region", "510100", "region_not_lowest"},
                                    {"solves_household", "oui", "required"},
                                    {"contact_mobile", "12345678901", "mobile_wrong"},
                                    {"contact_phone", "12", "phone_wrong"},
                                    {"contact_email", "hr", "email_wrong"},
                                    {"credit_code", "9135", "credit_code_length"},
                                    {"credit_code", "91350100M000100YI3", "credit_code_character"},
                                    {"credit_code", "91350100M000100Y44", "credit_code_check"},
                                    {"credit_code", "", "credit_code_missing"},
                                    {"pay", "10", "field_unknown"}};
    for (const auto& [key, value, code] : cases) BOOST_TEST(problem(key, value) == code, key << " " << value);
}

BOOST_AUTO_TEST_CASE(each_fault_of_a_graduate_has_its_own_code) {
    const char* const cases[][3] = {{"birth_date", "1999-02-30", "date_wrong birth_differs"},
                                    {"birth_date", "1999-03-15", "birth_differs"},
                                    {"sex", "1", "sex_differs"},
                                    {"entry_month", "202213", "month_wrong"},
                                    {"graduation_month", "202109", "months_reversed"},
                                    {"years", "4.", "number_wrong"},
                                    {"resident_id", "51010819990314122X", "resident_id_check"},
                                    {"exam_number", "5.12024E+13", "character_not_allowed"}};
    for (const auto& [key, value, code] : cases)
        BOOST_TEST(graduate_problem(key, value) == code, key << " " << value);
}

BOOST_AUTO_TEST_CASE(lengths_are_counted_in_characters_and_controls_are_named) {
    std::string thousand;
    for (int i = 0; i < 1000; ++i) thousand += "𬱖";
    BOOST_TEST(problem("supplement", thousand) == "");
    BOOST_TEST(problem("supplement", thousand + "一") == "too_long");
    BOOST_TEST(problem("supplement", "一\n二") == "");
    BOOST_TEST(problem("address", "一\n二") == "character_not_allowed");
    const Field& name = *find_field(agreement_fields(), "employer_name");
    BOOST_TEST((check_value(name, "甲\u202E乙", codes()) ==
                Refusal{"character_not_allowed", {{"code_point", "U+202E"}}}));
    BOOST_TEST((check_value(name, std::string(61, 'a'), codes()) ==
                Refusal{"too_long", {{"limit", "60"}, {"length", "61"}}}));
}

BOOST_AUTO_TEST_CASE(a_note_explains_a_failing_check_character_but_no_broken_code) {
    Form form = test::good_agreement();
    form["credit_code_note"] = "旧码";
    form["credit_code"] = "91350211M0000XUF46";
    BOOST_TEST(check_agreement(form, codes()).empty());
    BOOST_TEST(agreement_warnings(form).at(0).why.code == "credit_code_check");
    form["credit_code"] = "9135";
    BOOST_TEST(check_agreement(form, codes()).at(0).why.code == "credit_code_length");
    form["credit_code"] = "";
    BOOST_TEST(check_agreement(form, codes()).empty());
    BOOST_TEST(agreement_warnings(form).at(0).why.code == "credit_code_missing");
}

BOOST_AUTO_TEST_CASE(values_are_kept_in_their_normal_form) {
    const char* const cases[][3] = {{"contact_mobile", "+86 138-0002-0000", "13800020000"},
                                    {"contact_mobile", "１３８００００２００００", "138000020000"},
                                    {"credit_code", " ９１３５０１００m000100y43 ", "91350100M000100Y43"},
                                    {"resident_id", "11010519491231002x", "11010519491231002X"},
                                    {"resident_id", "11010519491231002Ⅹ", "11010519491231002X"},
                                    {"employer_name", "　某 公司 ", "某 公司"},
                                    {"contact_email", " hr@example.com ", "hr@example.com"},
                                    {"contact_phone", "(028)87654321", "02887654321"},
                                    {"solves_household", "是", "yes"},
                                    {"employer_nature", "党政机关", "10"},
                                    {"sex", "女", "2"},
                                    {"ethnicity", "汉", "01"}};
    for (const auto& [key, given, kept] : cases) BOOST_TEST(normal(key, given) == kept, given);
}

BOOST_AUTO_TEST_CASE(days_and_months_are_read_as_people_write_them) {
    for (const char* given :
         {"1999-03-14", "1999/3/14", "1999.3.14", "1999年3月14日", "19990314", "１９９９－０３－１４"})
        BOOST_TEST(normal("birth_date", given) == "1999-03-14", given);
    for (const char* given :
         {"202706", "2027-06", "2027/6", "2027.6", "2027年6月", "2027-06-30", "20270630", "2027年06月30日"})
        BOOST_TEST(normal("graduation_month", given) == "202706", given);
}

BOOST_AUTO_TEST_CASE(a_day_or_month_that_is_none_is_kept_as_typed_and_refused) {
    for (const char* given : {"六月", "待定", "约2027-06", "2027-06:8", "2027"}) {
        BOOST_TEST(normal("graduation_month", given) == given);
        BOOST_TEST(graduate_problem("graduation_month", given) != "", given);
    }
    for (const char* given : {"约1999-03-14", "1999-3-1 4", "03/14/1999", "99-3-14"}) {
        BOOST_TEST(graduate_problem("birth_date", normal("birth_date", given)) != "birth_differs", given);
        BOOST_TEST(graduate_problem("birth_date", normal("birth_date", given)) != "", given);
    }
}

BOOST_AUTO_TEST_CASE(normalising_twice_is_normalising_once) {
    for (const auto& [form, fields] : {std::pair{test::good_agreement(), agreement_fields()},
                                       {test::good_graduate(), graduate_fields()}}) {
        const Form once = normalised(fields, form, codes());
        BOOST_TEST((once == form));
        BOOST_TEST((normalised(fields, once, codes()) == once));
    }
}

BOOST_AUTO_TEST_CASE(a_name_that_two_codes_share_stands_for_neither) {
    BOOST_TEST(!codes().table("region").named("朝阳区"));
    BOOST_TEST(normal("origin", "朝阳区") == "朝阳区");
    BOOST_TEST(codes().table("region").named("武侯区")->code == "510107");
}

BOOST_AUTO_TEST_CASE(the_projects_own_tables_load_and_know_their_paths) {
    BOOST_TEST(codes().table("region").full_name("510107") == "四川省成都市武侯区");
    BOOST_TEST(codes().table("region").full_name("110105") == "北京市朝阳区");
    BOOST_TEST(!codes().table("region").has_children("441900"));
    BOOST_TEST(codes().table("training_mode").find("22")->value("eligible") == "yes");
    BOOST_TEST(codes().name("sex", "7") == "7");
    BOOST_CHECK_THROW(codes().table("nothing"), Fault);
}

BOOST_AUTO_TEST_CASE(every_lowest_region_has_a_full_name_of_its_own) {
    std::set<std::string> names;
    const CodeTable& table = codes().table("region");
    for (const Code& row : table.rows())
        if (!table.has_children(row.code))
            BOOST_TEST(names.insert(table.full_name(row.code)).second, row.code);
}

BOOST_AUTO_TEST_CASE(a_broken_code_table_is_named_by_line) {
    const char* const cases[][3] = {
        {"# c\ncode\tname_zh\n1\tA\n1\tB\n", "4", "doubled code 1"},
        {"# c\ncode\tname_zh\n1\tA\n2\n", "4", "code or name_zh is empty"},
        {"code\tname_zh\tparent\n1\tA\t9\n", "2", "unknown parent 9"},
        {"code\tname_zh\tparent\n1\tA\t1\n", "2", "unknown parent 1"},
        {"# c\ncode\tname\n1\tA\n", "2", "the columns code and name_zh are missing"},
        {"# c\ncode\tname_zh\n", "3", "no rows"},
        {"code\tname_zh\n1\t\xFF\n", "1", "not UTF-8"}};
    for (const auto& [tsv, line, reason] : cases)
        BOOST_TEST((table_fault(tsv) ==
                    Refusal{"code_table_wrong", {{"table", "t"}, {"line", line}, {"reason", reason}}}),
                   reason);
    BOOST_TEST(CodeTable::parse("t", "code\tname_zh\r\n1\tA\r\n")->find("1")->name_zh == "A");
}

BOOST_AUTO_TEST_CASE(a_missing_table_is_named) {
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / ("wangqian-codes-" + std::to_string(::getpid()));
    BOOST_TEST(os::load_codes(folder).error().code == "file_missing");
    fs::create_directories(folder / "codes");
    BOOST_TEST(os::load_codes(folder).error().code == "code_table_missing");
    BOOST_REQUIRE(os::write_file(folder / "codes/sex.tsv", bytes_of("code\n")));
    BOOST_TEST(os::load_codes(folder).error().code == "code_table_wrong");
    fs::remove_all(folder);
}

BOOST_AUTO_TEST_CASE(settings_take_only_what_they_may_hold) {
    const char* const right[][2] = {{"parties", "2"},         {"department_review", "on"},
                                    {"school_code", "10999"}, {"cohort", "2026"},
                                    {"closes_on", "08-01"},   {"verify_host", "WQ.EXAMPLE.CN"}};
    for (const auto& [key, value] : right) BOOST_TEST(!check_setting(key, value), key);
    const char* const wrong[][2] = {
        {"parties", "4"},         {"department_review", ""},
        {"school_code", "1099"},  {"cohort", "26"},
        {"closes_on", "13-01"},   {"closes_on", "02-29"},  // not in every cohort's year
        {"office_name", "a\nb"},  {"verify_host", "wq.example.cn"},
        {"verify_host", "A/V/B"}, {"verify_host", ""}};
    for (const auto& [key, value] : wrong)
        BOOST_TEST(check_setting(key, value).value_or(Refusal{}).code == "setting_value", key << value);
    BOOST_TEST(check_setting("colour", "red")->code == "setting_unknown");
}

BOOST_AUTO_TEST_CASE(a_cohort_begins_in_september) {
    BOOST_TEST(cohort_on({2026, 8, 31}) == 2026);
    BOOST_TEST(cohort_on({2026, 9, 1}) == 2027);
    BOOST_TEST((test::campus().closes_on() == Day{2026, 8, 1}));
    BOOST_TEST((test::campus().advised_by() == Day{2026, 6, 25}));
}

BOOST_AUTO_TEST_CASE(text_at_the_inlets_becomes_normal_form_c) {
    BOOST_TEST(*os::normal_text("e\u0301") == "\u00E9");
    BOOST_TEST(*os::normal_text("买买提\u2022艾力") == "买买提·艾力");
    BOOST_TEST((os::normal_text("ab\xFF").error() == Refusal{"text_not_utf8", {{"position", "2"}}}));
}

BOOST_AUTO_TEST_CASE(files_of_schools_are_read_in_their_encodings) {
    BOOST_TEST(*os::text_of_unknown_encoding("\xEF\xBB\xBF姓名") == "姓名");
    BOOST_TEST(*os::text_of_unknown_encoding("\xD0\xD5\xC3\xFB") == "姓名");
    BOOST_TEST(*os::text_of_unknown_encoding(std::string("\xFF\xFE\xD3\x59\x0D\x54", 6)) == "姓名");
    BOOST_TEST(*os::text_of_unknown_encoding("\x99\x33\xC3\x36") == "𬱖");
    BOOST_TEST(os::text_of_unknown_encoding("\xFF\xFF\xFF").error().code == "text_encoding_unknown");
}

BOOST_AUTO_TEST_CASE(a_utf_8_file_that_was_cut_is_not_taken_for_gb18030) {
    const std::string whole = "姓名,学号,张";
    for (std::size_t cut : {1, 2}) {
        const std::string text = whole.substr(0, whole.size() - cut);
        BOOST_TEST(os::text_of_unknown_encoding("\xEF\xBB\xBF" + text).error().code ==
                   "text_encoding_unknown");
        BOOST_TEST((os::text_of_unknown_encoding(text).error() ==
                    Refusal{"text_encoding_unknown", {{"position", std::to_string(whole.size() - 3)}}}));
    }
}

BOOST_AUTO_TEST_CASE(a_file_is_replaced_whole_or_not_at_all) {
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / ("wangqian-files-" + std::to_string(::getpid()));
    const fs::path file = folder / "a/b.txt";
    BOOST_REQUIRE(os::write_file(file, bytes_of("one"), true));
    BOOST_TEST(((fs::status(file).permissions() & fs::perms::group_read) == fs::perms::none));
    BOOST_REQUIRE(os::write_file(file, bytes_of("two")));
    BOOST_TEST(*os::read_text(file) == "two");
    BOOST_TEST(std::distance(fs::directory_iterator(folder / "a"), {}) == 1);
    BOOST_TEST(os::read_file(folder / "c").error().code == "file_missing");
    BOOST_TEST(os::read_file(folder).error().code == "file_unreadable");
    BOOST_TEST(os::read_file(file, 2).error().code == "file_too_large");
    BOOST_TEST(os::write_file(file / "d", bytes_of("x")).error().code == "file_unwritable");
    fs::remove_all(folder);
}

BOOST_AUTO_TEST_SUITE_END()
