#define BOOST_TEST_DYN_LINK
#include "tests/acceptance/campus.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace wq;
using acceptance::DemoCampus;
using domain::Action;
using domain::State;

namespace {

std::vector<std::string> codes_of(const std::vector<domain::Problem>& problems) {
    std::vector<std::string> codes;
    for (const domain::Problem& problem : problems) codes.push_back(problem.field + ":" + problem.why.code);
    return codes;
}

domain::Form with(std::string key, std::string value) {
    domain::Form form = DemoCampus::good_form();
    form.insert_or_assign(std::move(key), std::move(value));
    return form;
}

std::vector<std::string> problems_with(DemoCampus& campus, std::string key, std::string value) {
    return codes_of(campus.students->check(domain::Kind::offline, with(std::move(key), std::move(value))));
}

}  // namespace

BOOST_AUTO_TEST_CASE(R13_home_lists_every_item_with_its_next_step) {
    DemoCampus campus;
    const auto session = campus.first_student();
    BOOST_TEST(campus.students->items(session, campus.zh()).empty());
    campus.approved(session);
    campus.students->keep(session, campus.draft_of(session, {{"employer_name", "另一家示例公司"}}));
    const auto items = campus.students->items(session, campus.zh());
    BOOST_REQUIRE(items.size() == 2u);
    BOOST_TEST(items[0].status == "就业协议审核通过");
    BOOST_TEST(items[0].actions[0] == "print");
    BOOST_TEST(items[0].next_step.find("盖章") != std::string::npos);
    BOOST_TEST(items[1].status == "暂存");
    BOOST_TEST(items[1].title == "另一家示例公司");
}

BOOST_AUTO_TEST_CASE(R15_an_offline_agreement_goes_from_form_to_number_and_paper) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    BOOST_TEST((campus.record(id).state == State::school_review));
    const auto record = campus.staff->act(campus.school(), id, Action::pass, "");
    BOOST_REQUIRE(record);
    BOOST_TEST((record->state == State::approved));
    BOOST_TEST(record->number == "202799510001000001");
    BOOST_TEST(campus.students->pdf(session, id)->size() > 10'000u);
}

BOOST_AUTO_TEST_CASE(R15_with_department_review_both_look) {
    DemoCampus campus;
    BOOST_REQUIRE(
        campus.home->store().campus().change({{"department_review", "on"}}, desk::operator_actor()));
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    BOOST_TEST((campus.record(id).state == State::department_review));
    const auto department = campus.department_of(session.exam_number);
    BOOST_TEST((campus.staff->act(department, id, Action::pass, "")->state == State::school_review));
    BOOST_TEST(campus.staff->act(department, id, Action::pass, "").error().code == "not_allowed");
    BOOST_TEST((campus.staff->act(campus.school(), id, Action::pass, "")->state == State::approved));
}

BOOST_AUTO_TEST_CASE(R16_sent_back_is_edited_and_submitted_again) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    BOOST_TEST(campus.staff->act(campus.school(), id, Action::send_back, " ").error().code ==
               "reason_required");
    BOOST_REQUIRE(campus.staff->act(campus.school(), id, Action::send_back, "单位名称请写全称"));
    BOOST_TEST(campus.students->items(session, campus.zh())[0].comment == "单位名称请写全称");
    auto draft = campus.students->edit(session, id);
    BOOST_REQUIRE(draft);
    BOOST_TEST((draft->form == DemoCampus::good_form()));
    draft->form["address"] = "天府示例大道101号";
    const auto again = campus.students->submit(session, *draft);
    BOOST_REQUIRE(again);
    BOOST_TEST((again->state == State::school_review));
    BOOST_TEST(domain::value_of(again->form, "address") == "天府示例大道101号");
}

BOOST_AUTO_TEST_CASE(R16_an_old_window_overwrites_no_later_version) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    BOOST_REQUIRE(campus.staff->act(campus.school(), id, Action::send_back, "地址请写全"));
    auto old_window = *campus.students->edit(session, id);
    auto draft = old_window;
    draft.form["address"] = "天府示例大道101号";
    BOOST_REQUIRE(campus.students->submit(session, draft));
    BOOST_REQUIRE(campus.staff->act(campus.school(), id, Action::send_back, "联系人请写全名"));
    old_window.form["contact_name"] = "周远山";
    BOOST_TEST(campus.students->submit(session, old_window).error().code == "changed_meanwhile");
    campus.students->keep(session, old_window);
    const auto again = campus.students->edit(session, id);
    BOOST_TEST(domain::value_of(again->form, "address") == "天府示例大道101号");
    BOOST_REQUIRE(campus.students->submit(session, *again));
}

BOOST_AUTO_TEST_CASE(R16_not_approved_is_void_and_a_new_one_may_be_made) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    BOOST_TEST(campus.students->hindrance(session)->code == "already_engaged");
    BOOST_REQUIRE(campus.staff->act(campus.school(), id, Action::reject, "单位不存在"));
    BOOST_TEST((campus.record(id).state == State::void_));
    BOOST_TEST(!campus.students->edit(session, id));
    BOOST_TEST(!campus.students->hindrance(session));
    campus.submitted(session);
}

BOOST_AUTO_TEST_CASE(R17_a_draft_keeps_an_incomplete_form) {
    DemoCampus campus;
    const auto session = campus.first_student();
    store::Draft draft = campus.draft_of(session, {{"employer_name", "成都"}, {"credit_code", "9151"}});
    campus.students->keep(session, draft);
    campus.restart();
    BOOST_TEST((campus.students->edit(session, draft.id)->form == draft.form));
}

BOOST_AUTO_TEST_CASE(R17_who_comes_second_is_told_what_changed_and_by_whom) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    const std::int64_t seen = campus.record(id).revision;
    BOOST_REQUIRE(campus.staff->act(campus.school(), id, Action::send_back, "补充地址", seen));
    const auto late = campus.staff->act(campus.school(), id, Action::pass, "", seen);
    BOOST_TEST(late.error().code == "changed_meanwhile");
    BOOST_TEST(campus.zh()(late.error()).find("学校于") != std::string::npos);
    BOOST_TEST(campus.zh()(late.error()).find("“退回修改”") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(R17_submitted_is_read_only_until_the_school_withdraws_it) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    BOOST_TEST(campus.students->edit(session, id).error().code == "submitted_is_locked");
    store::Draft same = campus.draft_of(session);
    same.id = id;
    BOOST_TEST(!campus.students->submit(session, same));
    BOOST_TEST(campus.staff->act(campus.department_of(session.exam_number), id, Action::withdraw, "x")
                   .error()
                   .code == "not_allowed");
    BOOST_REQUIRE(campus.staff->act(campus.school(), id, Action::withdraw, "学生要求修改"));
    BOOST_TEST(campus.students->edit(session, id).has_value());
}

BOOST_AUTO_TEST_CASE(R28_all_faults_are_shown_at_once_each_at_its_field) {
    DemoCampus campus;
    const auto codes = codes_of(
        campus.students->check(domain::Kind::offline, {{"contact_mobile", "1380"}, {"region", "510000"}}));
    for (const char* expected :
         {"employer_name:required", "credit_code:credit_code_missing", "employer_nature:required",
          "industry:required", "region:region_not_lowest", "address:required", "post:required",
          "contact_name:required", "contact_mobile:mobile_wrong", "contact_email:required",
          "solves_household:required"})
        BOOST_TEST(std::ranges::count(codes, expected) == 1, expected << " is missing");
    BOOST_TEST(codes.size() == 11u);
    BOOST_TEST(campus.students->check(domain::Kind::offline, DemoCampus::good_form()).empty());
}

BOOST_AUTO_TEST_CASE(R28_the_directory_is_searched_by_name_and_code) {
    DemoCampus campus;
    const auto by_name = campus.students->search_employers("云杉", campus.zh());
    BOOST_REQUIRE(!by_name.empty());
    BOOST_TEST(domain::value_of(by_name[0], "credit_code") == "91510107MAA31L7A7C");
    BOOST_TEST(campus.students->search_employers("91510107MAA31L7A7C", campus.zh()).size() == 1u);
    BOOST_TEST(campus.students->search_employers("100%", campus.zh()).empty());
}

BOOST_AUTO_TEST_CASE(R28_the_supplement_holds_a_thousand_characters_and_no_more) {
    DemoCampus campus;
    std::string text;
    for (int i = 0; i < 1000; ++i) text += "𬱖";
    BOOST_TEST(problems_with(campus, "supplement", text).empty());
    BOOST_TEST(problems_with(campus, "supplement", text + "一").at(0) == "supplement:too_long");
}

BOOST_AUTO_TEST_CASE(R29_wrong_check_characters_name_the_place) {
    DemoCampus campus;
    const auto problems =
        campus.students->check(domain::Kind::offline, with("credit_code", "91510107MAA31L7A7D"));
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(campus.zh()(problems[0].why).find("第 18 位应为 C") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(R29_an_old_code_that_fails_wants_a_note_and_shows_to_the_reviewer) {
    DemoCampus campus;
    const auto session = campus.first_student();
    domain::Form form = with("credit_code", "91350211M0000XUF46");
    BOOST_TEST(codes_of(campus.students->check(domain::Kind::offline, form)).at(0) ==
               "credit_code:credit_code_check");
    form["credit_code_note"] = "营业执照上即为此代码";
    const auto record = campus.students->submit(session, campus.draft_of(session, form));
    BOOST_REQUIRE(record);
    BOOST_TEST(campus.staff->review(campus.school(), record->id, campus.zh())->warnings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(R29_values_are_taken_as_people_write_them) {
    DemoCampus campus;
    const auto session = campus.first_student();
    domain::Form form = with("contact_mobile", "+86 138-0002-0000");
    form["credit_code"] = "９１５１０１０７ｍａａ３１ｌ７ａ７ｃ";
    const auto record = campus.students->submit(session, campus.draft_of(session, form));
    BOOST_REQUIRE(record);
    BOOST_TEST(domain::value_of(record->form, "contact_mobile") == "13800020000");
    BOOST_TEST(domain::value_of(record->form, "credit_code") == "91510107MAA31L7A7C");
}

BOOST_AUTO_TEST_CASE(R30_the_student_is_told_before_submitting) {
    DemoCampus campus;
    const std::string notice = campus.zh().say("student.form.notice_text");
    for (const char* part : {"学校审核", "生效", "一份"})
        BOOST_TEST(notice.find(part) != std::string::npos, notice);
}
