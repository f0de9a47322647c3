#define BOOST_TEST_DYN_LINK
#include "data/domain/csv.h"
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/acceptance/joined.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace wq;
using acceptance::Commands;
using acceptance::DemoCampus;
using acceptance::Joined;
using acceptance::kFirstExamNumber;
using acceptance::kProvince;
using acceptance::kSchool;
using acceptance::Platform;
using domain::Action;
using domain::Kind;
using domain::State;
using nlohmann::json;

namespace {

const domain::Form kStudy = {{"destination", "801"}, {"study_school", "示例工业大学"}};

}  // namespace

BOOST_AUTO_TEST_CASE(R01_each_role_sees_and_does_what_is_its_own) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    const auto own = campus.department_of(kFirstExamNumber);
    desk::StaffSession other = own;
    other.actor.department = "计算机学院";
    BOOST_TEST(campus.staff->count(own, false) == 1);
    BOOST_TEST(campus.staff->count(other, false) == 0);
    BOOST_TEST(campus.staff->review(other, id, campus.zh()).error().code == "out_of_scope");
    BOOST_TEST(campus.staff->act(other, id, Action::pass, "").error().code == "out_of_scope");
    other.actor.department.clear();  // of no department: nobody's
    BOOST_TEST(campus.staff->count(other, false) == 0);
    BOOST_TEST(campus.staff->graduates(other, "").empty());
    BOOST_TEST(campus.staff->review(other, id, campus.zh()).error().code == "out_of_scope");
    const desk::StaffSession province{kProvince, "省级"};
    BOOST_TEST(campus.staff->count(province, false) == 1);
    BOOST_TEST(campus.staff->act(province, id, Action::pass, "").error().code == "out_of_scope");
    auto stranger = campus.student_of_mode("3");
    BOOST_TEST(campus.students->record(stranger, id, campus.zh()).error().code == "out_of_scope");
    BOOST_TEST(campus.students->act(stranger, id, Action::discard).error().code == "out_of_scope");
}

BOOST_AUTO_TEST_CASE(R01_a_command_acts_for_somebody_who_is_there_in_that_role) {
    const Commands campus;
    const auto export_to = (campus.folder.path() / "all.csv").string();
    for (const std::string who :
         {"department:school", "department:nobody", "school:nobody", "school:dept1", "province:anybody"}) {
        BOOST_TEST(campus.refusal("figures --as " + who) == "account_unknown", who);
        BOOST_TEST(campus.refusal("export " + export_to + " --as " + who) == "account_unknown", who);
        BOOST_TEST(campus.refusal("settings office_name x --as " + who) == "account_unknown", who);
    }
    BOOST_TEST(campus.refusal("figures --as department:" + std::string(kFirstExamNumber)) ==
               "account_unknown");
    BOOST_TEST(campus.told("export " + export_to + " --as department:dept1")["rows"] < 200);
    const std::string id = campus.approved();
    BOOST_TEST(campus.refusal("act " + id + " withdraw --reason x --as school:nobody") == "account_unknown");
}

BOOST_AUTO_TEST_CASE(R08_once_joined_what_the_province_sets_comes_from_the_platform) {
    const Joined campus;
    BOOST_TEST(campus.refusal("settings parties 2") == "setting_from_platform");
    BOOST_TEST(campus.refusal("settings parties 2 --as province:province") == "setting_from_platform");
    campus.run("settings office_name 就业处 --as school:school");
}

BOOST_AUTO_TEST_CASE(R08_the_province_sets_how_many_parties_an_agreement_has) {
    const Commands campus;
    BOOST_TEST(campus.refusal("settings parties 2 --as school:school") == "setting_not_yours");
    BOOST_TEST(campus.run("settings parties") == "3");
    BOOST_TEST(campus.run("settings parties 2 --as province:province") == "2");
    BOOST_TEST(campus.refusal("settings mode live") == "setting_not_yours");
}

BOOST_AUTO_TEST_CASE(R08_for_a_joined_campus_the_province_sets_at_the_platform) {
    Joined campus;
    const auto set = [](const char* school, const char* key, const char* value) {
        return std::vector<std::string>{"admin", "setting", school, key, value};
    };
    campus.platform.command(set(kSchool, "parties", "2"));
    campus.sync();
    BOOST_TEST(campus.run("settings parties") == "2");
    BOOST_TEST(campus.platform.refusal(set(kSchool, "mode", "live")) == "setting_not_yours");
    BOOST_TEST(campus.platform.refusal(set(kSchool, "parties", "4")) == "setting_value");
    BOOST_TEST(campus.platform.refusal(set("99511", "parties", "3")) == "school_unknown");
    campus.platform.command({"admin", "school", "99511", "还没有来的示例大学"});
    BOOST_TEST(campus.platform.refusal(set("99511", "parties", "3")) == "school_not_set_up");
}

BOOST_AUTO_TEST_CASE(R09_switching_department_review_strands_nothing) {
    DemoCampus campus;
    auto& settings = campus.home->store().campus();
    BOOST_REQUIRE(settings.change({{"department_review", "on"}}, campus.school().actor));
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    BOOST_TEST((campus.record(id).state == State::department_review));
    BOOST_TEST(campus.staff->count(campus.school(), true) == 0);
    BOOST_REQUIRE(settings.change({{"department_review", "off"}}, campus.school().actor));
    BOOST_TEST(campus.staff->count(campus.school(), true) == 1);
    BOOST_TEST(campus.staff->act(campus.school(), id, Action::pass, "").has_value());
    BOOST_TEST((campus.record(id).state == State::school_review));
    BOOST_REQUIRE(settings.change({{"signing_open", "off"}}, campus.school().actor));
    BOOST_TEST(campus.staff->act(campus.school(), id, Action::send_back, "补充地址").has_value());
    BOOST_TEST(campus.students->submit(session, *campus.students->edit(session, id)).has_value());
}

BOOST_AUTO_TEST_CASE(R10_closed_destinations_are_told_and_nothing_is_lost) {
    DemoCampus campus;
    const auto session = campus.first_student();
    auto& settings = campus.home->store().campus();
    BOOST_REQUIRE(settings.change({{"destinations_open", "off"}}, campus.school().actor));
    BOOST_TEST(campus.students->hindrance(session, Kind::destination)->code == "destinations_closed");
    BOOST_TEST(campus.zh()(Refusal{"destinations_closed"}).find("该功能暂缓开通") == 0u);
    store::Draft draft = campus.students->new_draft(session, Kind::destination);
    draft.form = {{"destination", "701"}};
    campus.students->keep(session, draft);
    BOOST_TEST(campus.students->submit(session, draft).error().code == "destinations_closed");
    BOOST_REQUIRE(settings.change({{"destinations_open", "on"}}, campus.school().actor));
    BOOST_TEST(campus.students->submit(session, *campus.students->edit(session, draft.id)).has_value());
}

BOOST_AUTO_TEST_CASE(R11_after_the_closing_date_students_begin_nothing_new_and_staff_still_act) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    campus.clock.advance(midnight_in_china({campus.home->campus().cohort(), 8, 2}).ms -
                         campus.clock.now().ms);
    auto late = campus.student_of_mode("3");
    for (Kind kind : {Kind::offline, Kind::supplement, Kind::destination})
        BOOST_TEST(campus.students->hindrance(late, kind)->code == "past_deadline");
    BOOST_TEST(campus.staff->act(campus.school(), id, Action::pass, "").has_value());
}

BOOST_AUTO_TEST_CASE(R08_an_issued_agreement_keeps_its_parties_when_the_province_changes_the_form) {
    DemoCampus campus;
    const Uuid id = campus.approved(campus.first_student());
    auto& settings = campus.home->store().campus();
    BOOST_REQUIRE(settings.change({{"parties", "2"}}, acceptance::kProvince));
    const auto view = campus.staff->review(campus.school(), id, campus.zh());
    const auto parties = std::ranges::find(view->agreement, "parties", &desk::NamedValue::key);
    BOOST_TEST(parties->value == "三方协议");
    BOOST_TEST(std::ranges::count(view->stages, "鉴证", &desk::Stage::label) == 1);
}

BOOST_AUTO_TEST_CASE(R11_the_advised_date_is_told_and_warns_once_it_is_over) {
    DemoCampus campus;
    const auto session = campus.first_student();
    const auto on = [&](int month, int day) {
        campus.clock.advance(midnight_in_china({campus.home->campus().cohort(), month, day}).ms -
                             campus.clock.now().ms);
        return campus.students->deadline(session, campus.zh());
    };
    BOOST_TEST((on(6, 25)->tone == desk::Tone::info));
    BOOST_TEST((on(6, 26)->tone == desk::Tone::attention));
    BOOST_TEST(on(6, 27)->text.find("-08-01") != std::string::npos);
    BOOST_TEST((on(8, 2)->tone == desk::Tone::bad));
}

BOOST_AUTO_TEST_CASE(R14_an_employer_invites_the_student_accepts_and_the_school_completes) {
    Joined campus;
    const std::string id = campus.invite();
    BOOST_TEST(campus.state(id) == "invited");
    BOOST_TEST(campus.told("show " + id)["waits_for"] == "student");
    BOOST_TEST(campus.refusal("act " + id + " accept --as student:22330521153002") == "out_of_scope");
    BOOST_TEST(campus.run("act " + id + " accept --as " + campus.student) == "school_review");
    campus.run("act " + id + " pass --as school:school");
    campus.sync();
    BOOST_TEST(campus.there(id) == "effective");
    BOOST_TEST(campus.told("show " + id)["number"].get<std::string>().size() == 18u);
    BOOST_TEST(campus.told("sync status")["waiting"] == 0);
    campus.run("audit");
}

BOOST_AUTO_TEST_CASE(R14_an_invitation_is_declined_with_a_reason_or_taken_back) {
    Joined campus;
    const std::string first = campus.invite();
    BOOST_TEST(campus.platform
                   .refusal({"admin", "act", kSchool, "invite", "--as", campus.employer, "--student",
                             kFirstExamNumber, "--form", campus.form()})
                   .find("already_invited") == 0u);
    BOOST_TEST(campus.refusal("act " + first + " decline --as " + campus.student) == "reason_required");
    BOOST_TEST(campus.run("act " + first + " decline --as " + campus.student + " --reason 已有意向") ==
               "declined");
    campus.sync();
    BOOST_TEST(campus.there(first) == "declined");
    const std::string second = campus.invite();
    campus.employer_does("cancel", second);
    BOOST_TEST(campus.state(second) == "cancelled");
    BOOST_TEST(campus.refusal("act " + second + " accept --as " + campus.student) == "not_allowed");
}

BOOST_AUTO_TEST_CASE(R14_what_only_an_employer_may_do_no_campus_can_say_in_its_name) {
    Joined campus;
    const std::string id = campus.invite();
    BOOST_TEST(campus.refusal("act " + id + " cancel --as employer:" + campus.employer) == "out_of_scope");
    BOOST_TEST(campus.refusal("act " + id + " expire --as ministry:platform") == "out_of_scope");
}

BOOST_AUTO_TEST_CASE(R18_an_effective_agreement_bars_everything_else_and_an_invitation_does_not) {
    Joined campus;
    const std::string invitation = campus.invite();
    const std::string id = campus.effective();
    BOOST_TEST(campus.state(id) == "effective");
    BOOST_TEST(campus.refusal("act " + invitation + " accept --as " + campus.student) == "already_engaged");
    BOOST_TEST(campus.refusal("register --as " + campus.student + " --form " + campus.form()) ==
               "already_engaged");
}

BOOST_AUTO_TEST_CASE(R19_a_supplement_is_submitted_with_pictures_of_the_paper_only) {
    const Commands campus;
    campus.run("confirm --as " + campus.student);
    const std::string begin =
        "register --kind supplement --as " + campus.student + " --form " + campus.form();
    BOOST_TEST(campus.refusal(begin) == "materials_missing");
    BOOST_TEST(campus.refusal(begin + " --attach agreement_page=" + campus.form()) == "not_a_picture");
    const std::string id = campus.run(begin + " --attach agreement_page=" + campus.picture());
    BOOST_TEST(campus.state(id) == "school_review");
    BOOST_TEST(campus.told("show " + id)["attachments"].size() == 1u);
    campus.run("act " + id + " pass --as school:school");
    BOOST_TEST(campus.state(id) == "effective");
    BOOST_TEST(campus.run("show " + id).find("补登审核通过") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(R21_both_sides_agree_to_terminate_and_the_school_ends_it) {
    Joined campus;
    const std::string id = campus.invite();
    campus.run("act " + id + " accept --as " + campus.student);
    campus.run("act " + id + " pass --as school:school");
    campus.run("act " + id + " ask_termination --reason 升学 --as " + campus.student);
    campus.sync();
    campus.employer_does("disagree", id);
    BOOST_TEST(campus.state(id) == "effective");
    campus.run("act " + id + " ask_termination --reason 升学 --as " + campus.student);
    campus.sync();
    campus.employer_does("agree", id);
    BOOST_TEST(campus.told("show " + id)["termination"]["stage"] == "school_review");
    campus.run("act " + id + " pass --as school:school");
    BOOST_TEST(campus.state(id) == "terminated");
    campus.sync();
    BOOST_TEST(campus.there(id) == "terminated");
    campus.run("register --as " + campus.student + " --form " + campus.form());  // free to sign again
}

BOOST_AUTO_TEST_CASE(R22_an_agreement_on_paper_is_terminated_with_papers_and_the_schools_word) {
    const Commands campus;
    const std::string id = campus.effective();
    const std::string ask = "act " + id + " ask_termination --reason 单位搬迁 --as " + campus.student;
    BOOST_TEST(campus.refusal(ask) == "materials_missing");
    const std::string with_paper = ask + " --attach termination_paper=" + campus.picture();
    BOOST_TEST(campus.refusal(with_paper + " --form " + campus.form({{"termination_cause", "99"}})) ==
               "form_wrong");
    campus.run(with_paper + " --form " +
               campus.form({{"termination_cause", "5"}, {"next_destination", "另一家示例公司"}}));
    BOOST_TEST(campus.told("show " + id)["termination"]["form"]["termination_cause"] == "5");
    BOOST_TEST(campus.refusal("act " + id + " pass --as school:school") == "reason_required");
    campus.run("act " + id + " pass --as school:school --reason 已与单位电话核实");
    const json record = campus.told("show " + id);
    BOOST_TEST(record["state"] == "terminated");
    BOOST_TEST(record["termination"]["verified"] == "已与单位电话核实");
    BOOST_TEST(campus.run("show " + id).find("解约完成") != std::string::npos);
    BOOST_TEST(record["termination"]["forced"] == false);
}

BOOST_AUTO_TEST_CASE(R23_a_forced_termination_has_its_guards_and_its_mark_for_ever) {
    const Commands campus;
    const std::string id = campus.effective();
    campus.run("settings force_second_person on --as school:school");
    campus.run("act " + id + " ask_termination --reason 单位失联 --as " + campus.student +
               " --attach termination_paper=" + campus.picture());
    const std::string force = "act " + id + " force --as school:school";
    BOOST_TEST(campus.refusal(force) == "reason_required");
    BOOST_TEST(campus.refusal(force + " --reason 协商未果") == "materials_missing");
    const std::string with_talks = force + " --reason 协商未果 --attach talks=" + campus.picture();
    BOOST_TEST(campus.refusal(with_talks) == "confirmation_required");
    BOOST_TEST(campus.refusal("act " + id + " force --as department:dept1 --reason x --confirmed") != "");
    campus.run(with_talks + " --confirmed");
    BOOST_TEST(campus.state(id) == "terminating");
    BOOST_TEST(campus.refusal("act " + id + " confirm_force --as school:school") == "second_person_required");
    BOOST_TEST(campus.refusal("act " + id + " confirm_force --as school:li") == "account_unknown");
    campus.run("act " + id + " confirm_force --as school:school2");
    const json record = campus.told("show " + id);
    BOOST_TEST(record["state"] == "terminated");
    BOOST_TEST(record["termination"]["forced"] == true);
    BOOST_TEST(campus.run("history " + id).find("force") != std::string::npos);
    campus.run("register --as " + campus.student + " --form " + campus.form());
}

BOOST_AUTO_TEST_CASE(R23_what_the_second_person_refuses_was_not_forced) {
    const Commands campus;
    const std::string id = campus.effective();
    campus.run("settings force_second_person on --as school:school");
    campus.run("act " + id + " ask_termination --reason 单位失联 --as " + campus.student +
               " --attach termination_paper=" + campus.picture());
    campus.run("act " + id +
               " force --as school:school --reason 协商未果 --confirmed --attach talks=" + campus.picture());
    campus.run("act " + id + " reject --as school:school2 --reason 仍可协商");
    const json record = campus.told("show " + id);
    BOOST_TEST(record["state"] == "effective");
    BOOST_TEST(record["termination"]["forced"] == false);
    BOOST_TEST(record["termination"]["forced_by"] == "school");
    BOOST_TEST(campus.run("history " + id).find("force") != std::string::npos);
    campus.run("audit");
}

BOOST_AUTO_TEST_CASE(R24_a_destination_shows_its_own_fields_and_is_reviewed) {
    const Commands campus;
    campus.run("confirm --as " + campus.student);
    const std::string begin = "register --kind destination --as " + campus.student + " --form ";
    BOOST_TEST(campus.refusal(begin + campus.form({{"destination", "80"}})) == "form_wrong");
    BOOST_TEST(campus.refusal(begin + campus.form({{"destination", "801"},
                                                   {"study_school", "x"},
                                                   {"country", "SGP"}})) == "form_wrong");
    const std::string id =
        campus.run(begin + campus.form(kStudy) + " --attach admission_letter=" + campus.picture());
    campus.run("act " + id + " pass --as school:school");
    BOOST_TEST(campus.state(id) == "effective");
    BOOST_TEST(campus.run("show " + id).find("其他去向审核通过") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(R25_a_destination_is_refused_until_its_materials_are_there) {
    const Commands campus;
    campus.run("confirm --as " + campus.student);
    const domain::Form abroad = {{"destination", "85"},
                                 {"abroad_purpose", "1"},
                                 {"country", "SGP"},
                                 {"abroad_name", "示例海外大学"},
                                 {"abroad_name_foreign", "Example University"},
                                 {"starts_on", "2027-09-01"}};
    const std::string begin =
        "register --kind destination --as " + campus.student + " --form " + campus.form(abroad);
    const std::string file = campus.picture();
    BOOST_TEST(campus.refusal(begin) == "materials_missing");
    BOOST_TEST(campus.refusal(begin + " --attach abroad_form=" + file) == "materials_missing");
    BOOST_TEST(campus.refusal(begin + " --attach foreign_admission=" + file) == "materials_missing");
    BOOST_TEST(campus.refusal(begin + " --attach holiday_picture=" + file) == "material_unknown");
    const std::string both = " --attach abroad_form=" + file + " --attach foreign_acceptance=" + file;
    BOOST_TEST(campus.state(campus.run(begin + both)) == "school_review");
}

BOOST_AUTO_TEST_CASE(R26_an_approved_destination_is_deleted_and_stays_in_the_history) {
    const Commands campus;
    campus.run("confirm --as " + campus.student);
    const std::string id = campus.run("register --kind destination --as " + campus.student + " --form " +
                                      campus.form({{"destination", "701"}}));
    campus.run("act " + id + " pass --as school:school");
    BOOST_TEST(campus.run("act " + id + " delete --as " + campus.student) == "deleted");
    BOOST_TEST(campus.run("history " + id).find("delete") != std::string::npos);
    campus.run("register --as " + campus.student + " --form " + campus.form());
}

BOOST_AUTO_TEST_CASE(R27_a_destination_and_an_agreement_exclude_each_other) {
    const Commands campus;
    campus.run("confirm --as " + campus.student);
    const std::string destination = "register --kind destination --as " + campus.student + " --form ";
    const std::string waiting = campus.run(destination + campus.form({{"destination", "701"}}));
    BOOST_TEST(campus.refusal(destination + campus.form({{"destination", "71"}})) == "already_engaged");
    BOOST_TEST(campus.refusal("register --as " + campus.student + " --form " + campus.form()) ==
               "already_engaged");
    campus.run("act " + waiting + " send_back --reason 请核实 --as school:school");
    campus.run("act " + waiting + " discard --as " + campus.student);
    const std::string agreement = campus.run("register --as " + campus.student + " --form " + campus.form());
    BOOST_TEST(campus.state(agreement) == "school_review");
    BOOST_TEST(campus.refusal(destination + campus.form({{"destination", "71"}})) == "already_engaged");
}

BOOST_AUTO_TEST_CASE(R52_a_comment_points_at_fields_and_the_student_finds_it_there) {
    const Commands campus;
    campus.run("confirm --as " + campus.student);
    const std::string id = campus.run("register --as " + campus.student + " --form " + campus.form());
    campus.run("act " + id +
               " send_back --reason 地址不全 --on address --on contact_mobile --as school:school");
    BOOST_TEST((campus.told("show " + id)["comment_on"] == json::array({"address", "contact_mobile"})));
    campus.run("act " + id + " submit --as " + campus.student);
    BOOST_TEST(campus.told("show " + id)["comment_on"].empty());
}
