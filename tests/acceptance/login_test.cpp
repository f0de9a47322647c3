#define BOOST_TEST_DYN_LINK
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
