#define BOOST_TEST_DYN_LINK
#include "data/crypto/password.h"
#include "data/os/files.h"
#include "kiosk/desk/accounts.h"
#include "tests/acceptance/campus.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using acceptance::DemoCampus;

BOOST_AUTO_TEST_CASE(R02_a_graduate_logs_in_by_phone_resident_id_or_email) {
    DemoCampus campus;
    for (const char* login :
         {acceptance::kFirstMobile, acceptance::kFirstResidentId, acceptance::kFirstEmail}) {
        const auto session = campus.students->log_in(login, desk::kDemoPassword);
        BOOST_REQUIRE(session);
        BOOST_TEST(session->exam_number == acceptance::kFirstExamNumber);
    }
    BOOST_TEST(campus.students->log_in(acceptance::kFirstExamNumber, desk::kDemoPassword).error().code ==
               "login_wrong");
}

BOOST_AUTO_TEST_CASE(R02_staff_have_their_own_desk) {
    DemoCampus campus;
    BOOST_TEST(campus.students->log_in("school", desk::kDemoPassword).error().code == "login_wrong");
    BOOST_TEST(campus.staff->log_in(acceptance::kFirstMobile, desk::kDemoPassword).error().code ==
               "login_wrong");
    BOOST_TEST(campus.school().display_name == "王老师");
}

BOOST_AUTO_TEST_CASE(R02_who_forgot_is_told_where_to_recover) {
    DemoCampus campus;
    const std::string words = campus.zh()(campus.students->log_in(acceptance::kFirstMobile, "wrong").error());
    BOOST_TEST(words.find("学信网") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(R03_login_works_offline_and_no_password_is_kept) {
    DemoCampus campus;
    BOOST_TEST(campus.students->log_in(acceptance::kFirstMobile, desk::kDemoPassword).has_value());
    const auto account = campus.home->store().accounts().find(acceptance::kFirstExamNumber);
    BOOST_TEST(account->verifier.starts_with("$argon2id$"));
    BOOST_TEST(account->verifier.find(desk::kDemoPassword) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(R02_people_of_a_live_campus_are_given_accounts_and_log_in) {
    acceptance::TemporaryFolder folder;
    const auto home = folder.path() / "home";
    const auto refusal = [&](const std::string& arguments) {
        const auto ran = acceptance::run_wangqian(home, arguments);
        return ran.exit == 0 ? "" : ran.err.substr(0, ran.err.find(':'));
    };
    const std::string password = " < " + acceptance::write_password(folder.path());
    const std::string roster = (os::assets_folder() / "demo/roster.csv").string();
    BOOST_TEST(refusal("init --school 99511 --name 示例大学") == "");
    BOOST_TEST(refusal("account add department:zhexue --department 哲学学院" + password) ==
               "department_unknown");
    BOOST_TEST(refusal("roster import " + roster) == "");
    BOOST_TEST(refusal("account add school:wang --display 王老师" + password) == "");
    BOOST_TEST(refusal("account add employer:x" + password) == "account_role");
    BOOST_TEST(refusal("account add school:王" + password) == "account_name");
    BOOST_TEST(refusal("account add province:wang" + password) == "account_taken");
    BOOST_TEST(refusal("account add student:1" + password) == "student_unknown");
    BOOST_TEST(refusal("account add department:zhexue" + password) == "department_unknown");
    BOOST_TEST(refusal("account add school:li < /dev/null") == "password_short");
    auto opened = desk::Home::open(home);
    BOOST_REQUIRE(opened);
    desk::Paper paper(**opened);
    BOOST_TEST(desk::StaffDesk(**opened, paper).log_in("wang", acceptance::kPassword)->display_name ==
               "王老师");
    BOOST_TEST(acceptance::run_wangqian(home, "account list").out.find("school:wang\t王老师") == 0u);
    BOOST_TEST(refusal("account remove wang") == "");
    BOOST_TEST(!desk::StaffDesk(**opened, paper).log_in("wang", acceptance::kPassword));
}

BOOST_AUTO_TEST_CASE(R03_students_log_in_by_the_verifiers_that_the_student_service_exports) {
    DemoCampus service;
    const auto verifier = crypto::password_verifier("own password", service.home->random());
    const std::string file = std::string("考生号,口令校验值\n") + acceptance::kFirstExamNumber + "," + "\"" +
                             verifier + "\"\n21510107153999,x\n22330521153002,plain\n";
    const auto imported = desk::import_accounts(*service.home, file, desk::operator_actor());
    BOOST_REQUIRE(imported);
    BOOST_TEST(imported->changed == 1);
    BOOST_REQUIRE(imported->faults.size() == 2u);
    BOOST_TEST(imported->faults[0].why.code == "student_unknown");
    BOOST_TEST(imported->faults[1].why.code == "verifier_wrong");
    BOOST_TEST(service.students->log_in(acceptance::kFirstMobile, "own password").has_value());
    BOOST_TEST(!service.students->log_in(acceptance::kFirstMobile, desk::kDemoPassword));
    BOOST_TEST(desk::import_accounts(*service.home, file, desk::operator_actor())->changed == 0);
    BOOST_TEST(desk::import_accounts(*service.home, "a,b\n1,2\n", desk::operator_actor()).error().code ==
               "accounts_columns_missing");
}

BOOST_AUTO_TEST_CASE(R04_five_wrong_passwords_lock_for_fifteen_minutes) {
    DemoCampus campus;
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(campus.students->log_in(acceptance::kFirstMobile, "wrong").error().code == "login_wrong");
    BOOST_TEST(campus.students->log_in(acceptance::kFirstMobile, desk::kDemoPassword).error().code ==
               "login_locked");
    campus.clock.advance(15 * kMinute - 1);
    BOOST_TEST(!campus.students->log_in(acceptance::kFirstMobile, desk::kDemoPassword));
    campus.clock.advance(1);
    BOOST_TEST(campus.students->log_in(acceptance::kFirstMobile, desk::kDemoPassword).has_value());
}

BOOST_AUTO_TEST_CASE(R04_a_restart_does_not_forget_the_failures) {
    DemoCampus campus;
    for (int i = 0; i < 5; ++i) (void)campus.students->log_in(acceptance::kFirstMobile, "wrong");
    campus.restart();
    BOOST_TEST(campus.students->log_in(acceptance::kFirstMobile, desk::kDemoPassword).error().code ==
               "login_locked");
}

BOOST_AUTO_TEST_CASE(R04_a_wrong_account_is_answered_like_a_wrong_password) {
    DemoCampus campus;
    for (int i = 0; i < 5; ++i)
        BOOST_TEST((campus.students->log_in("13999999999", "x").error() ==
                    campus.students->log_in(acceptance::kFirstMobile, "x").error()));
    BOOST_TEST((campus.students->log_in("13999999999", "x").error() ==
                campus.students->log_in(acceptance::kFirstMobile, "x").error()));
}
