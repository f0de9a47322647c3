#include "data/base/utf8.h"
#include "tests/render/paper.h"

#include <boost/test/unit_test.hpp>
#include <hpdf.h>

using namespace wq;
using namespace wq::render;

namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

std::string without_white_space(std::string_view text) {
    std::u32string points = to_code_points(text);
    std::erase_if(points, [](char32_t c) { return c == ' ' || c == '\n' || c == '\f' || c == U'　'; });
    return to_utf8(points);
}

Agreement sample() {
    Agreement it = samples::three_party();
    it.sample = true;
    return it;
}

const std::vector<Agreement>& all() {
    static const std::vector<Agreement> kAll{samples::two_party(), samples::three_party(), sample(),
                                             samples::longest()};
    return kAll;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(agreement)

BOOST_AUTO_TEST_CASE(the_same_agreement_always_gives_the_same_bytes) {
    const Press another(paper::fonts(), paper::form().fixed_parts());
    for (const Agreement& it : all()) {
        const auto sheets = *paper::form().lay_out(it);
        BOOST_TEST((*print(another, sheets, samples::codes(sheets.pages.size())) == paper::printed(it)));
    }
}

BOOST_AUTO_TEST_CASE(qpdf_and_mutool_find_nothing_wrong) {
    for (const Agreement& it : all()) BOOST_TEST(paper::pleases_readers(paper::printed(it)));
}

BOOST_AUTO_TEST_CASE(poppler_reads_and_paints_every_page_without_a_complaint) {
    paper::complaints().clear();
    for (const Agreement& it : all()) {
        const Bytes pdf = paper::printed(it);
        for (int page = 0; page < paper::opened(pdf)->pages(); ++page)
            paper::darkest(pdf, page, {0, 0, 200, 200});
    }
    BOOST_TEST(paper::complaints().empty());
}

BOOST_AUTO_TEST_CASE(rare_names_can_be_extracted) {
    BOOST_TEST(contains(paper::text_of_page(paper::printed(samples::three_party()), 0), "奚𬱖"));
    BOOST_TEST(contains(paper::text_of_page(paper::printed(samples::two_party()), 0), "𠮷田𪚥"));
}

BOOST_AUTO_TEST_CASE(rare_names_are_drawn) {
    Agreement with = samples::two_party(), without = with;
    without.student.name = "　";
    const sheet::Box second_half{58, 97, 40, 5};
    BOOST_TEST(paper::darkest(paper::printed(with), 0, second_half) < 100);
    BOOST_TEST(paper::darkest(paper::printed(without), 0, second_half) > 200);
}

BOOST_AUTO_TEST_CASE(every_value_stands_on_the_paper) {
    const Agreement it = samples::three_party();
    const std::string text = without_white_space(paper::text_of_page(paper::printed(it), 0));
    for (const std::string* value : {&it.number,
                                     &it.fingerprint,
                                     &it.employer.employer_name,
                                     &it.employer.credit_code,
                                     &it.employer.employer_nature,
                                     &it.employer.industry,
                                     &it.employer.region,
                                     &it.employer.address,
                                     &it.employer.post,
                                     &it.employer.contact_name,
                                     &it.employer.contact_phone,
                                     &it.employer.contact_mobile,
                                     &it.employer.contact_email,
                                     &it.student.name,
                                     &it.student.sex,
                                     &it.student.resident_id,
                                     &it.student.exam_number,
                                     &it.student.student_number,
                                     &it.student.school_name,
                                     &it.student.level,
                                     &it.student.years,
                                     &it.student.major,
                                     &it.student.graduation_month,
                                     &it.student.origin,
                                     &it.student.training_mode,
                                     &it.school.office_name,
                                     &it.school.contact_name,
                                     &it.school.contact_phone,
                                     &it.school.address,
                                     &it.supplement,
                                     &it.template_version})
        BOOST_TEST(contains(text, without_white_space(*value)), *value);
    BOOST_TEST(contains(text, "☑是☐否"));
}

BOOST_AUTO_TEST_CASE(form_and_clauses_take_two_pages) {
    for (const Agreement& it : {samples::two_party(), samples::three_party(), sample()}) {
        const auto sheets = paper::form().lay_out(it);
        BOOST_TEST(sheets->pages.size() == 2u);
        BOOST_TEST(contains(paper::described(sheets->pages[1]), "第 2 页 / 共 2 页"));
    }
}

BOOST_AUTO_TEST_CASE(nothing_of_the_longest_agreement_is_lost) {
    const Agreement it = samples::longest();
    const auto sheets = paper::form().lay_out(it);
    std::string filled;  // all that is set in Kai, in order
    for (const Drawing& page : sheets->pages)
        for (const Item& item : page.items)
            if (const Text* text = std::get_if<Text>(&item); text && text->style.face == Face::kai)
                filled += text->text == it.number ? "" : text->text;
    for (const std::string* value :
         {&it.employer.employer_name, &it.employer.address, &it.employer.contact_email, &it.student.name,
          &it.student.major, &it.school.address})
        BOOST_TEST(contains(filled, *value), *value);
    const std::size_t rest = it.supplement.size() - 2100;
    BOOST_TEST(contains(filled, it.supplement.substr(rest) + "（以下空白）"));
    const std::string form = paper::described(sheets->pages[0]);
    BOOST_TEST((contains(form, "（见附页第 1 项）") && contains(form, "（未完，续见附页）")));
}

BOOST_AUTO_TEST_CASE(an_empty_supplement_says_so_and_closes) {
    const auto sheets = paper::form().lay_out(samples::two_party());
    BOOST_TEST(contains(paper::described(sheets->pages[0]), "无。（以下空白）"));
}

BOOST_AUTO_TEST_CASE(text_stays_clear_of_codes_seals_and_edges) {
    for (const Agreement& it : all()) {
        const auto sheets = paper::form().lay_out(it);
        Agreement plain = it;
        plain.sample = false;
        const Bytes pdf = *paper::press().print(*paper::form().lay_out(plain));
        for (int page = 0; page < static_cast<int>(sheets->pages.size()); ++page) {
            for (sheet::Box box : {sheet::kUpperCode, sheet::kLowerCode, sheet::Box{193, 50, 16, 230},
                                   sheet::Box{1, 20, 16, 220}})
                BOOST_TEST(paper::darkest(pdf, page, box) > 250, page << ' ' << box.x << ' ' << box.y);
        }
        for (sheet::SigningPlace place : sheet::kThreePartyPlaces)
            if (it.parties == Parties::three && place.seal.width > 0)
                BOOST_TEST(paper::darkest(pdf, 0, place.seal) > 150);
    }
}

BOOST_AUTO_TEST_CASE(both_codes_of_every_page_decode_from_a_grey_picture_of_150_dpi) {
    for (const Agreement& it : all()) {
        const Bytes pdf = paper::printed(it);
        const auto codes = samples::codes(static_cast<std::size_t>(paper::opened(pdf)->pages()));
        for (int page = 0; page < static_cast<int>(codes.size()); ++page) {
            const PageCodes& code = codes[static_cast<std::size_t>(page)];
            BOOST_TEST(paper::code_text(pdf, page, sheet::kUpperCode, 150) == code.upper);
            BOOST_TEST(paper::code_text(pdf, page, sheet::kLowerCode, 150) == code.lower);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_code_to_type_by_hand_stands_under_both_codes_of_every_page) {
    const Bytes pdf = paper::printed(samples::three_party());
    for (int page = 0; page < 2; ++page) {
        const std::string text = paper::text_of_page(pdf, page),
                          code = samples::codes(2)[static_cast<std::size_t>(page)].by_hand;
        const std::size_t first = text.find(code);
        BOOST_TEST((first != text.npos && text.find(code, first + 1) != text.npos));
        for (sheet::Point at : {sheet::kUpperHandCode, sheet::kLowerHandCode})
            BOOST_TEST(paper::darkest(pdf, page, {at.x - 8, at.y - 2, 16, 2}) < 100);
    }
}

BOOST_AUTO_TEST_CASE(an_unprintable_character_in_any_value_refuses_before_layout) {
    Agreement it = samples::three_party();
    it.school.contact_name = "王\U0001F9FF老师";
    const auto refused = paper::form().lay_out(it);
    BOOST_TEST_REQUIRE(!refused.has_value());
    BOOST_TEST((refused.error() == Refusal{"character_not_printable", {{"code_point", "U+1F9FF"}}}));
}

BOOST_AUTO_TEST_CASE(an_unknown_template_is_refused) {
    Agreement it = samples::three_party();
    it.template_version = "JY-1999-9";
    BOOST_TEST(
        (paper::form().lay_out(it).error() == Refusal{"template_unknown", {{"version", "JY-1999-9"}}}));
}

BOOST_AUTO_TEST_CASE(a_page_without_its_codes_is_not_printed) {
    const auto sheets = paper::form().lay_out(samples::three_party());
    BOOST_TEST(print(paper::press(), *sheets, samples::codes(1)).error().code == "codes_missing");
}

BOOST_AUTO_TEST_CASE(a_code_too_dense_to_be_read_back_is_refused) {
    const auto sheets = paper::form().lay_out(samples::three_party());
    auto codes = samples::codes(2);
    codes[1].lower += std::string(200, 'X');
    BOOST_TEST(print(paper::press(), *sheets, codes).error().code == "code_text_too_long");
}

BOOST_AUTO_TEST_CASE(a_sample_says_so_on_every_page) {
    const auto sheets = paper::form().lay_out(sample());
    for (const Drawing& page : sheets->pages) {
        BOOST_TEST(contains(paper::described(page), " 样张\n"));
        BOOST_TEST(contains(paper::described(page), "样张：仅供演示和培训"));
    }
    BOOST_TEST(!contains(paper::described(paper::form().lay_out(samples::three_party())->pages[0]), "样张"));
}

BOOST_AUTO_TEST_CASE(signing_places_are_those_that_scanning_looks_at) {
    const std::string two = paper::described(paper::form().lay_out(samples::two_party())->pages[0]);
    const std::string three = paper::described(paper::form().lay_out(samples::three_party())->pages[0]);
    BOOST_TEST((contains(two, "circle 61.50 216.50") && !contains(two, "丙方")));
    BOOST_TEST((contains(three, "circle 47.00 216.50") && contains(three, "circle 163.00 216.50")));
}

// Whoever changes wording or geometry must give the template a new version and keep the old one printable.
BOOST_AUTO_TEST_CASE(wording_and_geometry_belong_to_their_template_version) {
    std::uint64_t digest = 14695981039346656037u;  // FNV-1a
    for (const Agreement& it : all()) {
        const auto sheets = paper::form().lay_out(it);
        for (const Drawing& page : sheets->pages)
            for (char c : paper::described(page))
                digest = (digest ^ static_cast<unsigned char>(c)) * 1099511628211u;
    }
    BOOST_TEST(kAgreementTemplate == std::string("JY-2026-1"));
    BOOST_TEST(digest == 11891978196366056246u);
}

BOOST_AUTO_TEST_CASE(the_file_tells_its_title_language_producer_and_no_date) {
    const Bytes pdf = paper::printed(samples::three_party());
    const auto document = paper::opened(pdf);
    BOOST_TEST(contains(text_of(pdf), "/Lang (zh\\055CN)") != contains(text_of(pdf), "/Lang (zh-CN)"));
    BOOST_TEST(text_of(pdf).starts_with("%PDF-1.7"));
    BOOST_TEST(document->get_producer().to_latin1() == "Wangqian");
    const auto title = document->get_title().to_utf8();
    BOOST_TEST(contains({title.begin(), title.end()}, "就业协议书 202451999001000172"));
    BOOST_TEST(!contains(text_of(pdf), "Date"));
}

BOOST_AUTO_TEST_CASE(the_file_can_be_read_aloud_heading_first) {
    const Bytes pdf = paper::printed(samples::three_party());
    for (std::string_view part :
         {"/Marked true", "/StructTreeRoot", "/S /Document", "/S /H1", "/S /P", "/StructParents 1"})
        BOOST_TEST(contains(text_of(pdf), part), part);
}

BOOST_AUTO_TEST_CASE(libharu_is_the_version_whose_objects_the_press_knows) {
    BOOST_TEST(std::string(HPDF_GetVersion()) == "2.3.0");
}

BOOST_AUTO_TEST_SUITE_END()
