#define BOOST_TEST_DYN_LINK
#include "data/domain/hand_code.h"
#include "data/os/files.h"
#include "tests/acceptance/campus.h"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

using namespace wq;
using acceptance::DemoCampus;

namespace {

// What a PDF reader takes out of the file.
std::string extracted(const Bytes& pdf) {
    acceptance::TemporaryFolder folder;
    os::write_file(folder.path() / "a.pdf", pdf);
    const std::string command =
        "cd " + folder.path().string() +
        " && qpdf --check a.pdf >/dev/null && pdftotext -layout a.pdf a.txt 2>warnings";
    BOOST_REQUIRE(std::system(command.c_str()) == 0);
    BOOST_TEST(*os::read_text(folder.path() / "warnings") == "");
    return *os::read_text(folder.path() / "a.txt");
}

}  // namespace

BOOST_AUTO_TEST_CASE(R34_the_agreement_has_every_field_and_is_clean) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const std::string text = extracted(*campus.students->pdf(session, campus.approved(session)));
    for (const char* value :
         {"奚𬱖", "202799510001000001", "成都云杉示例软件有限公司", "91510107MAA31L7A7C", "周明远",
          "13800020000", "510108199903141224", "三方协议", "第 1 页 / 共 2 页", "样张"})
        BOOST_TEST(text.find(value) != std::string::npos, value << " is not on the paper");
}

BOOST_AUTO_TEST_CASE(R34_the_same_record_always_gives_the_same_bytes) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.approved(session);
    const Bytes first = *campus.students->pdf(session, id);
    campus.clock.advance(400 * kDay);
    campus.home->store().campus().change({{"office_phone", "028-99999999"}}, desk::operator_actor());
    campus.restart();
    BOOST_TEST((*campus.students->pdf(session, id) == first));
}

BOOST_AUTO_TEST_CASE(R34_a_two_party_campus_prints_two_parties) {
    DemoCampus campus;
    BOOST_REQUIRE(campus.home->store().campus().change({{"parties", "2"}}, acceptance::kProvince));
    const auto session = campus.first_student();
    const std::string text = extracted(*campus.students->pdf(session, campus.approved(session)));
    BOOST_TEST(text.find("两方协议") != std::string::npos);
    BOOST_TEST(text.find("丙方") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(R54_long_values_flow_on_and_lose_nothing) {
    DemoCampus campus;
    const auto session = campus.first_student();
    domain::Form form = DemoCampus::good_form();
    std::string terms;
    for (int i = 100; i < 150; ++i) terms += "（" + std::to_string(i) + "）试用期内提供住宿及餐补。";
    form["supplement"] = terms;
    form["address"] =
        "武侯区一环路南一段二十四号示例科技园区A座北楼十二层一二〇八室（东侧电梯出口左转第三间）末";
    const auto submitted = campus.students->submit(session, campus.draft_of(session, form));
    BOOST_REQUIRE(submitted);
    BOOST_REQUIRE(campus.staff->act(campus.school(), submitted->id, domain::Action::pass, ""));
    std::string text = extracted(*campus.students->pdf(session, submitted->id));
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    for (int i = 100; i < 150; ++i)
        BOOST_TEST(text.find("（" + std::to_string(i) + "）") != std::string::npos, i);
    BOOST_TEST(text.find("左转第三间）末") != std::string::npos);
    BOOST_TEST(text.find("（以下空白）") != std::string::npos);
    BOOST_TEST(text.find("共3页") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(R54_a_character_that_no_font_has_is_told_where_it_was_typed) {
    DemoCampus campus;
    const auto session = campus.first_student();
    domain::Form form = DemoCampus::good_form();
    form["supplement"] = "提供\U0001F9FF一份";
    const Refusal refusal{"character_not_printable", {{"code_point", "U+1F9FF"}}};
    const auto problems = campus.students->check(domain::Kind::offline, form);
    BOOST_TEST((problems == std::vector{domain::Problem{"supplement", refusal}}));
    BOOST_TEST((campus.students->submit(session, campus.draft_of(session, form)).error() == refusal));
    BOOST_TEST(campus.zh()(refusal).find("U+1F9FF") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(R54_a_character_that_no_font_has_stops_before_anything_is_signed) {
    DemoCampus campus;
    const auto session = campus.first_student();
    domain::Command command{domain::Action::submit, {domain::Role::student, session.exam_number}};
    command.form = DemoCampus::good_form();
    command.form["contact_name"] = "周\U0001F9FF远";
    // As it may come from another node.
    const Uuid id = campus.home->random().uuid(campus.clock.now());
    BOOST_REQUIRE(
        campus.home->store().registrations().begin(id, domain::Kind::offline, session.exam_number, command));
    const auto passed = campus.staff->act(campus.school(), id, domain::Action::pass, "");
    BOOST_REQUIRE(!passed);
    BOOST_TEST((passed.error() == Refusal{"character_not_printable", {{"code_point", "U+1F9FF"}}}));
    const auto record = campus.record(id);
    BOOST_TEST((record.state == domain::State::school_review && record.number.empty() && !record.paper));
}

BOOST_AUTO_TEST_CASE(R35_the_code_alone_proves_record_revision_and_page) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const auto record = campus.record(campus.approved(session));
    for (int page = 0; page < record.paper->pages(); ++page) {
        for (const auto& codes : {record.paper->upper_codes, record.paper->lower_codes}) {
            const auto verified =
                desk::verify_text(*campus.home, codes[static_cast<std::size_t>(page)], campus.zh());
            BOOST_REQUIRE(verified);
            BOOST_TEST((verified->code.registration == record.id));
            BOOST_TEST(verified->code.page == page + 1);
            BOOST_TEST(verified->code.number == record.number);
            BOOST_TEST(verified->status == "就业协议审核通过");
        }
    }
}

BOOST_AUTO_TEST_CASE(R48_a_code_typed_by_hand_finds_record_revision_and_page) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const auto record = campus.record(campus.approved(session));
    for (int page = 1; page <= record.paper->pages(); ++page) {
        const std::string code = domain::to_text(domain::hand_code(record.paper->digest, page));
        const auto verified = desk::verify_hand_code(*campus.home, code, campus.zh());
        BOOST_REQUIRE(verified);
        BOOST_TEST((verified->code.registration == record.id && verified->code.page == page));
        BOOST_TEST(extracted(*campus.students->pdf(session, record.id)).find(code) != std::string::npos);
        std::string swapped = code;
        std::swap(swapped[0], swapped[1]);
        if (swapped != code)
            BOOST_TEST(desk::verify_hand_code(*campus.home, swapped, campus.zh()).error().code ==
                       "hand_code_mistyped");
    }
    const std::string stranger = domain::to_text(domain::HandCode{1, 42});
    BOOST_TEST(desk::verify_hand_code(*campus.home, stranger, campus.zh()).error().code ==
               "hand_code_unknown");
}

BOOST_AUTO_TEST_CASE(R35_the_code_tells_no_more_of_the_person_than_a_masked_name) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const auto record = campus.record(campus.approved(session));
    const auto code = domain::signed_code_from_text(record.paper->upper_codes[0]);
    const std::string body(text_of(code->body));
    BOOST_TEST(body.find("奚*") != std::string::npos);
    for (const char* secret :
         {"𬱖", acceptance::kFirstResidentId, acceptance::kFirstMobile, acceptance::kFirstExamNumber})
        BOOST_TEST(body.find(secret) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(R35_a_changed_byte_or_another_key_is_refused) {
    DemoCampus campus, other;
    const auto session = campus.first_student();
    std::string text = campus.record(campus.approved(session)).paper->lower_codes[0];
    BOOST_TEST(desk::verify_text(*other.home, text, other.zh()).error().code == "code_key_unknown");
    text[60] = text[60] == '0' ? '1' : '0';
    BOOST_TEST(!desk::verify_text(*campus.home, text, campus.zh()));
    BOOST_TEST(desk::verify_text(*campus.home, "HTTPS://EXAMPLE.CN/", campus.zh()).error().code ==
               "code_foreign");
}

BOOST_AUTO_TEST_CASE(R49_demo_paper_is_refused_live_and_live_paper_in_training) {
    DemoCampus demo, live(domain::Form{{"mode", "live"}});
    const std::string sample = demo.record(demo.approved(demo.first_student())).paper->lower_codes[0];
    BOOST_TEST(desk::verify_text(*live.home, sample, live.zh()).error().code == "sample_refused");
    const std::string real = live.record(live.approved(live.first_student())).paper->lower_codes[0];
    BOOST_TEST(desk::verify_text(*demo.home, real, demo.zh()).error().code == "live_refused");
}
