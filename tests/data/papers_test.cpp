// Every paper that was issued: found by what is typed by hand, and told of once it is no longer in force.
#include "tests/data/campus_store.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using namespace wq::domain;
using test::kOffice;
using Names = std::vector<crypto::PaperName>;

namespace {

// Approved; withdrawn, handed in and approved anew by again().
struct OnePaper {
    OnePaper() {
        kiosk.set_up();
        id = kiosk.submitted();
        approve();
    }
    void approve() { BOOST_REQUIRE(!kiosk.act(id, Action::pass, Role::school)); }
    void withdraw() { BOOST_REQUIRE(!kiosk.act(id, Action::withdraw, Role::school)); }
    crypto::PaperName paper() { return {id, kiosk->registrations().find(id)->paper->revision}; }
    Names again() {
        const crypto::PaperName first = paper();
        withdraw();
        BOOST_REQUIRE(!kiosk.act(id, Action::submit, Role::student));
        approve();
        return {first, paper()};
    }

    test::Folder folder;
    test::Kiosk kiosk{folder.path() / "home"};
    Uuid id;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(papers, OnePaper)

BOOST_AUTO_TEST_CASE(paper_in_force_has_not_ended) {
    BOOST_TEST(kiosk->papers().ended().empty());
    const HandCode typed = hand_code(kiosk->registrations().find(id)->paper->digest, 2);
    BOOST_TEST((kiosk->papers().find(typed) == Names{paper()}));
    BOOST_TEST(kiosk->papers().find({1, typed.digest + 1}).empty());
}

BOOST_AUTO_TEST_CASE(withdrawn_paper_has_ended) {
    const Names both = again();
    BOOST_TEST((kiosk->papers().ended() == Names{both[0]}));
    withdraw();
    BOOST_TEST((kiosk->papers().ended() == both));
}

BOOST_AUTO_TEST_CASE(papers_that_were_issued_before_they_had_a_table_are_known) {
    const Names both = again();
    kiosk.close();
    kiosk.tamper(
        "DROP TABLE paper; DROP TABLE verification_list; DROP TABLE print_begun; DROP TABLE lost_branch; DROP TABLE balance; DROP INDEX event_own_when;"
        "ALTER TABLE tray DROP COLUMN likely_number; ALTER TABLE tray DROP COLUMN likely_page; PRAGMA "
        "user_version = 6");
    kiosk.open();
    BOOST_TEST((kiosk->papers().ended() == Names{both[0]}));
    BOOST_TEST(kiosk->audit().is_whole());
}

BOOST_AUTO_TEST_CASE(who_ends_paper_behind_the_history_is_found_out) {
    kiosk.close();
    kiosk.tamper("UPDATE paper SET ended = 1");
    kiosk.open();
    BOOST_TEST(!kiosk->audit().is_whole());
}

BOOST_AUTO_TEST_CASE(the_last_list_of_the_platform_is_kept) {
    BOOST_TEST(!kiosk->papers().verification_list());
    const crypto::FileSigner platform = crypto::FileSigner::generate(crypto::Algorithm::sm2);
    for (const std::int64_t ms : {1'000, 2'000}) {
        const crypto::SignedList list = crypto::sign({1, 2, 3}, {ms}, platform);
        kiosk->papers().keep(list);
        kiosk.restart();
        const auto kept = kiosk->papers().verification_list();
        BOOST_REQUIRE(kept.has_value());
        BOOST_TEST((kept->as_of == list.as_of));
        BOOST_TEST(crypto::is_signed_by(*kept, *crypto::Verifier::from_spki(kept->signer)));
    }
}

BOOST_AUTO_TEST_SUITE_END()
