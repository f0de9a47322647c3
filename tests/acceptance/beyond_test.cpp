// What goes beyond the platform's guide: drafts that travel, the queue accepted together, conflicts settled.
#include "kiosk/desk/batch.h"
#include "kiosk/desk/conflicts.h"
#include "tests/acceptance/processes.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

namespace wq::acceptance {
namespace {

using domain::Action;
using domain::Kind;
using domain::State;
using nlohmann::json;

// A campus whose first students wait for the school's word on a destination without materials.
struct Waiting : DemoCampus {
    Waiting() {
        for (const domain::Graduate& graduate : home->store().graduates().search({}, "", 100)) {
            desk::StudentSession session{std::string(graduate["exam_number"]), "", false};
            BOOST_REQUIRE(students->confirm(session));
            store::Draft draft = students->new_draft(session, Kind::destination);
            draft.form = {{"destination", "71"}};
            if (students->submit(session, draft)) ids.push_back(draft.id);
        }
    }
    std::vector<Uuid> ids;
};

// One campus on two machines: what the first began, the second has from the platform.
struct TwoKiosks {
    TwoKiosks() {
        here.join(platform);
        here.run("sync --once");
        there.join(platform);
        there.run("sync --once");
    }
    Platform platform;
    Commands here, there{false};
};

std::set<Uuid> ids_of(const desk::Batch& batch) {
    std::set<Uuid> ids;
    for (const desk::BatchItem& item : batch.clean) ids.insert(item.id);
    return ids;
}

}  // namespace

BOOST_AUTO_TEST_CASE(R51_what_was_typed_is_there_after_a_crash_and_at_another_kiosk) {
    const TwoKiosks campus;
    const Commands &here = campus.here, &there = campus.there;
    const std::string draft = here.run("register --draft --as " + here.student + " --form " + here.form());
    BOOST_TEST(here.told("drafts --as " + here.student)[0]["form"]["employer_name"] ==
               "成都云杉示例软件有限公司");
    here.run("sync --once");
    there.run("sync --once");
    const json seen = there.told("drafts --as " + here.student);
    BOOST_REQUIRE(seen.size() == 1u);
    BOOST_TEST(seen[0]["id"] == draft);
    // The later word stands, wherever it was typed; what was submitted is a draft nowhere.
    auto form = DemoCampus::good_form();
    form["contact_name"] = "周远山";
    there.run("register --draft --id " + draft + " --as " + here.student + " --form " + there.form(form));
    there.run("sync --once");
    here.run("sync --once");
    BOOST_TEST(here.told("drafts --as " + here.student)[0]["form"]["contact_name"] == "周远山");
    here.run("confirm --as " + here.student);
    here.run("register --id " + draft + " --as " + here.student);
    here.run("sync --once");
    there.run("sync --once");
    BOOST_TEST(there.told("drafts --as " + here.student).empty());
    BOOST_TEST(there.told("show " + draft)["state"] == "school_review");
}

BOOST_AUTO_TEST_CASE(R57_clean_ones_are_passed_together_but_for_a_twentieth_that_is_pulled) {
    Waiting campus;
    const auto school = campus.school();
    const desk::Batch batch = desk::prepare_batch(*campus.home, *campus.staff, school);
    BOOST_TEST(campus.ids.size() >= 80u);
    BOOST_TEST(batch.clean.size() + batch.pulled + batch.flagged == campus.ids.size());
    BOOST_TEST(batch.pulled < campus.ids.size() / 5);
    BOOST_TEST((ids_of(desk::prepare_batch(*campus.home, *campus.staff, school)) == ids_of(batch)));
    // One of them is sent back by somebody else in the meantime.
    BOOST_REQUIRE(campus.staff->act(school, batch.clean[0].id, Action::send_back, "请补充说明"));
    const desk::BatchDone done = desk::pass_batch(*campus.staff, school, batch.clean);
    BOOST_TEST(done.passed == batch.clean.size() - 1);
    BOOST_REQUIRE(done.refused.size() == 1u);
    BOOST_TEST(done.refused[0].second.code == "changed_meanwhile");
    BOOST_TEST(campus.staff->count(school, true) == static_cast<std::int64_t>(batch.pulled + batch.flagged));
}

BOOST_AUTO_TEST_CASE(R57_one_in_twenty_is_pulled_and_nobody_knows_which) {
    DemoCampus one, other;
    const auto pulled = [](DemoCampus& campus, const Uuid& id) {
        return campus.home->store().registrations().is_pulled(id);
    };
    int count = 0, differ = 0;
    for (int i = 0; i < 4000; ++i) {
        const Uuid id = one.home->random().uuid(one.clock.now());
        count += pulled(one, id);
        differ += pulled(one, id) != pulled(other, id);
    }
    BOOST_TEST(count > 4000 / 20 - 70);
    BOOST_TEST(count < 4000 / 20 + 70);
    BOOST_TEST(differ > 200);  // each machine by a key of its own
}

BOOST_AUTO_TEST_CASE(R57_what_is_flagged_is_never_in_the_batch_and_comes_first) {
    DemoCampus campus;
    const auto session = campus.first_student();
    auto form = DemoCampus::good_form();
    form["credit_code"] = "";
    form["credit_code_note"] = "部队单位，没有信用代码";
    const auto flagged = campus.students->submit(session, campus.draft_of(session, form));
    BOOST_REQUIRE(flagged.has_value());
    auto other = campus.student_of_mode("3");
    campus.clock.advance(60'000);
    const Uuid clean = campus.submitted(other);
    const auto school = campus.school();
    const auto queue = campus.staff->queue(school, true, "", campus.zh());
    BOOST_REQUIRE(queue.size() == 2u);
    BOOST_TEST((queue[0].row.id == flagged->id));
    const auto batch = desk::prepare_batch(*campus.home, *campus.staff, school);
    BOOST_TEST(batch.flagged == 1u);
    BOOST_TEST(!ids_of(batch).contains(flagged->id));
    // An employer that the school warns of is for a look as well, however clean the form.
    BOOST_REQUIRE(campus.home->store().warnings().mark(
        {.credit_code = std::string(domain::value_of(campus.record(clean).form, "credit_code")),
         .employer_name = "云杉",
         .category = "4",
         .reason = "招聘信息不实",
         .evidence = {{"evidence", {}, 1, "image/jpeg"}}},
        school.actor));
    for (const desk::QueueRow& row : campus.staff->queue(school, true, "", campus.zh())) {
        BOOST_TEST(row.stands_out);
        if (row.row.id == clean) BOOST_TEST(row.note.find("预警单位") != std::string::npos);
    }
    BOOST_TEST(desk::prepare_batch(*campus.home, *campus.staff, school).flagged == 2u);
}

BOOST_AUTO_TEST_CASE(R18_two_kiosks_engage_one_student_the_later_is_a_conflict_that_staff_settle) {
    const TwoKiosks campus;
    const Commands &here = campus.here, &there = campus.there;
    here.run("confirm --as " + here.student);
    const std::string first = here.run("register --as " + here.student + " --form " + here.form());
    there.run("confirm --as " + there.student);
    there.run("register --as " + there.student + " --form " + there.form());
    here.run("act " + first + " pass --as school:school");
    here.run("sync --once");
    there.run("sync --once");
    BOOST_TEST(there.told("show " + first)["state"] == "approved");
    const json conflicts = there.told("conflicts");
    BOOST_REQUIRE(conflicts.size() >= 1u);
    const std::string event = conflicts[0]["event"];
    BOOST_TEST(there.refusal("settle " + event + " --as department:dept1 --reason 已联系") == "not_allowed");
    BOOST_TEST(there.refusal("settle " + event + " --as school:school") == "reason_required");
    for (const json& conflict : conflicts)
        there.run("settle " + conflict["event"].get<std::string>() +
                  " --as school:school --reason 已电话告知学生 --give-back");
    BOOST_TEST(there.told("conflicts").empty());
    BOOST_TEST(there.refusal("settle " + event + " --as school:school --reason 再次") == "conflict_unknown");
    const json drafts = there.told("drafts --as " + there.student);
    BOOST_REQUIRE(drafts.size() == 1u);
    BOOST_TEST(drafts[0]["form"]["employer_name"] == "成都云杉示例软件有限公司");
    there.run("sync --once");
    BOOST_TEST(there.told("sync status")["waiting"] == 0);
    there.run("audit");
}

}  // namespace wq::acceptance
