// The roster as schools' spreadsheets write it.
#include "data/domain/roster.h"

#include "data/domain/csv.h"
#include "data/os/assets.h"
#include "data/os/files.h"
#include "data/os/text.h"
#include "tests/data/samples.h"

#include <boost/test/unit_test.hpp>
#include <rapidcheck.h>

using namespace wq;
using namespace wq::domain;

namespace {

const std::string kHeader =
    "考生号,学号,姓名,性别,出生日期,身份证号,生源地代码,民族,政治面貌,院系,层次,专业名称,学制,入学时间,"
    "毕业时间,培养方式";
const std::string kFirstRow =
    "21510107153001,2022010001,奚𬱖,女,1999-03-14,510108199903141224,510108,汉族,共青团员,"
    "哲学院,"
    "博士,"
    "哲学,"
    "5,202209,202706,1";
const std::string kSecondRow =
    "22330521153002,2022010002,胡长庚,男,2000/2/"
    "4,330521200002046777,330521,汉,共青团员,\"哲学,社会学院\",博士,哲学,5,2022-09,2027年6月,1";

std::string with(std::string row, const std::string& from, const std::string& to) {
    return row.replace(row.find(from), from.size(), to);
}

struct Reading {
    std::vector<Form> graduates;
    std::vector<RosterFault> faults;
    std::size_t rows = 0;
};

Reading read(const std::string& text, const Form& choices = {{"2", "21"}, {"4", "41"}}) {
    auto file = *RosterReader::open(text, "示例大学", test::codes(), choices);
    Reading reading;
    while (auto graduates = file.next()) std::ranges::move(*graduates, std::back_inserter(reading.graduates));
    reading.faults = file.faults();
    reading.rows = file.rows();
    return reading;
}

std::string mode_of(const std::string& mode, const Form& choices) {
    std::string row = kFirstRow;
    row.back() = '\0';
    row.pop_back();
    return std::string(value_of(read(kHeader + "\n" + row + mode, choices).graduates.at(0), "training_mode"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(roster)

BOOST_AUTO_TEST_CASE(good_rows_are_taken_in_normal_form) {
    const auto reading = read(kHeader + "\r\n" + kFirstRow + "\r\n" + kSecondRow + "\r\n");
    BOOST_TEST(reading.faults.empty());
    BOOST_REQUIRE_EQUAL(reading.graduates.size(), 2u);
    BOOST_TEST(value_of(reading.graduates[1], "department") == "哲学,社会学院");
    BOOST_TEST(value_of(reading.graduates[1], "birth_date") == "2000-02-04");
    BOOST_TEST(value_of(reading.graduates[1], "graduation_month") == "202706");
    BOOST_TEST(value_of(reading.graduates[1], "school_name") == "示例大学");
}

BOOST_AUTO_TEST_CASE(the_demo_roster_is_read_whole) {
    const auto reading = read(*os::read_text(os::assets_folder() / "demo/roster.csv"));
    BOOST_TEST(reading.faults.empty());
    BOOST_TEST(reading.graduates.size() == reading.rows);
    BOOST_TEST(reading.rows > 100u);
}

BOOST_AUTO_TEST_CASE(gb18030_and_a_byte_order_mark_make_no_difference) {
    const std::string text = kHeader + "\n" + kFirstRow;
    const auto marked = os::text_of_unknown_encoding("\xEF\xBB\xBF" + text);
    BOOST_TEST(*marked == text);
    BOOST_TEST(*os::text_of_unknown_encoding("\xD0\xD5\xC3\xFB\x2C\x99\x33\xC3\x36") == "姓名,𬱖");
    BOOST_TEST(read(*marked).graduates.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_bad_row_is_named_by_line_and_column_and_the_good_ones_stay) {
    const auto reading = read(kHeader + "\n" + with(kFirstRow, "141224", "141225") + "\n" + kSecondRow);
    BOOST_TEST(reading.graduates.size() == 1u);
    BOOST_REQUIRE_EQUAL(reading.faults.size(), 1u);
    BOOST_TEST(reading.faults[0].line == 2u);
    BOOST_TEST(reading.faults[0].column == "身份证号");
    BOOST_TEST((reading.faults[0].why == Refusal{"resident_id_check", {{"expected", "4"}}}));
}

BOOST_AUTO_TEST_CASE(a_file_that_was_cut_off_names_its_last_line) {
    for (const std::string& last :
         {kSecondRow.substr(0, 40), kSecondRow.substr(0, kSecondRow.find("社会"))}) {
        const auto reading = read(kHeader + "\n" + kFirstRow + "\n" + last);
        BOOST_TEST(reading.graduates.size() == 1u);
        BOOST_REQUIRE_EQUAL(reading.faults.size(), 1u);
        BOOST_TEST(reading.faults[0].line == 3u);
        BOOST_TEST(reading.faults[0].why.code == "line_cut_off");
    }
}

BOOST_AUTO_TEST_CASE(a_stray_quote_costs_its_own_line_only) {
    const auto reading = read(kHeader + "\n" + with(kFirstRow, "奚", "\"奚") + "\n" +
                              with(kSecondRow, "\"哲学,社会学院\"", "哲学院") + "\n");
    BOOST_TEST(reading.graduates.size() == 1u);
    BOOST_REQUIRE_EQUAL(reading.faults.size(), 1u);
    BOOST_TEST(reading.faults[0].line == 2u);
    BOOST_TEST(reading.faults[0].why.code == "line_cut_off");
}

BOOST_AUTO_TEST_CASE(what_one_graduate_alone_may_have_is_named_where_it_comes_twice) {
    const std::string header = kHeader + ",手机,邮箱";
    const std::string first = kFirstRow + ",13800100001,a@example.com";
    const auto column_of = [&](const std::string& second) {
        const auto reading = read(header + "\n" + first + "\n" + second);
        if (reading.faults.empty()) return std::string();
        BOOST_TEST(reading.faults[0].line == 3u);
        BOOST_TEST(reading.faults[0].why.code == "doubled");
        return reading.faults[0].column;
    };
    BOOST_TEST(column_of(kSecondRow + ",13800100002,b@example.com") == "");
    BOOST_TEST(column_of(kSecondRow + ",13800100001,b@example.com") == "手机");
    BOOST_TEST(column_of(kSecondRow + ",13800100002,A@Example.com") == "邮箱");
    BOOST_TEST(column_of(with(kSecondRow, "2022010002", "2022010001") + ",,") == "学号");
    BOOST_TEST(column_of(kSecondRow + ",,") == "");
}

BOOST_AUTO_TEST_CASE(a_number_doubled_in_the_file_is_named) {
    const auto reading = read(kHeader + "\n" + kFirstRow + "\n" + kFirstRow);
    BOOST_TEST(reading.graduates.size() == 1u);
    BOOST_REQUIRE_EQUAL(reading.faults.size(), 1u);
    BOOST_TEST(reading.faults[0].line == 3u);
    BOOST_TEST((reading.faults[0].why == Refusal{"doubled", {{"value", "21510107153001"}}}));
}

BOOST_AUTO_TEST_CASE(the_old_modes_2_and_4_become_what_the_school_chose) {
    const Form strict{{"2", "21"}, {"4", "41"}}, open{{"2", "22"}, {"4", "42"}};
    for (const char* given : {"2", "定向", "２"}) {
        BOOST_TEST(mode_of(given, strict) == "21", given);
        BOOST_TEST(mode_of(given, open) == "22", given);
    }
    for (const char* given : {"4", "委培"}) {
        BOOST_TEST(mode_of(given, strict) == "41", given);
        BOOST_TEST(mode_of(given, open) == "42", given);
    }
    for (const char* given : {"1", "21", "22", "3", "41", "42", "5"})
        BOOST_TEST(mode_of(given, open) == given);
}

BOOST_AUTO_TEST_CASE(a_file_without_rows_or_without_a_needed_column_is_refused_whole) {
    const auto refusal = [](const std::string& text) {
        return RosterReader::open(text, "", test::codes()).error();
    };
    BOOST_TEST(refusal("").code == "roster_empty");
    BOOST_TEST(refusal(kHeader + "\n").code == "roster_empty");
    BOOST_TEST((refusal(with(kHeader, "姓名,", "") + "\n" + kFirstRow) ==
                Refusal{"roster_columns_missing", {{"columns", "姓名"}}}));
}

BOOST_AUTO_TEST_CASE(tabs_semicolons_and_excels_formula_quotes_are_understood) {
    BOOST_TEST((parse_csv("a\tb\n=\"007\"\t2").at(1).cells == std::vector<std::string>{"007", "2"}));
    BOOST_TEST((parse_csv("a;b\n1;2").at(1).cells == std::vector<std::string>{"1", "2"}));
    BOOST_TEST((parse_csv("a,b\n\"x\"\"y\",\"l1\nl2\"\n\n3,4").at(1).cells ==
                std::vector<std::string>{"x\"y", "l1\nl2"}));
    BOOST_TEST(parse_csv("a,b\n\"x\ny\",2\n\n3,4").at(2).line == 5u);
}

BOOST_AUTO_TEST_CASE(a_cell_comes_back_as_it_was_written_unless_a_spreadsheet_would_run_it) {
    BOOST_TEST(rc::check("csv", [] {
        const auto cells = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
            rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab,\";\n\r\t 中")))));
        std::string line = "a,b\n";
        for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : ",") + csv_cell(cells[i]);
        RC_PRE(!(cells.size() == 1 && cells[0].empty()));
        auto expected = cells;
        for (auto& cell : expected)
            if (!cell.empty() && std::string("\t\r").find(cell[0]) != std::string::npos)
                cell.insert(0, 1, '\'');
        RC_ASSERT(parse_csv(line).at(1).cells == expected);
    }));
    BOOST_TEST(csv_cell("=1+1") == "'=1+1");
    BOOST_TEST(csv_cell("@a") == "'@a");
}

BOOST_AUTO_TEST_SUITE_END()
