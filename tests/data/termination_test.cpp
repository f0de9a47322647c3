// Ending an agreement before its time: the small table walked whole, its guards, and its stories (R21-R23).
#include "data/domain/termination.h"

#include "tests/data/samples.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using namespace wq::domain;
using test::World;
using Stage = TerminationStage;

namespace {

constexpr int kStages = 9, kRoles = 6, kKinds = 4;

// Calls for every stage and for none, action, role, kind and initiator.
void walk(const std::function<void(World, Action, Role)>& visit) {
    for (int stage = -1; stage < kStages; ++stage)
        for (int action = int(Action::ask_termination); action < kActions; ++action)
            for (int role = 0; role < kRoles; ++role)
                for (int kind = 0; kind < kKinds; ++kind)
                    for (const Role initiator : {Role::student, Role::employer}) {
                        World world;
                        if (stage < 0)
                            world.put_in(State::effective, Kind(kind));
                        else
                            world.put_in(Stage(stage), Kind(kind), initiator);
                        visit(world, Action(action), Role(role));
                    }
}

std::string code_of(World& world, std::vector<std::pair<Action, Role>> story) {
    for (const auto& [action, role] : story)
        if (const auto code = world.code(action, role); !code.empty()) return code;
    return "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(termination)

BOOST_AUTO_TEST_CASE(every_act_is_legal_by_the_table_or_refused_with_its_own_code) {
    int legal = 0;
    walk([&](World world, Action action, Role role) {
        const bool allowed = find_step(world.record, action, role) != nullptr;
        const bool outside = role == Role::province || role == Role::ministry ||
                             (role == Role::employer && world.record.kind == Kind::destination);
        const std::string wanted = outside ? "out_of_scope" : allowed ? "" : "not_allowed";
        BOOST_TEST(world.code(action, role) == wanted,
                   name_of(action) << " " << name_of(role) << " " << name_of(world.record.kind));
        legal += wanted.empty();
    });
    BOOST_TEST(legal > 40);
}

BOOST_AUTO_TEST_CASE(no_row_stands_twice_or_leaves_what_is_done) {
    for (const TerminationStep& a : termination_steps()) {
        BOOST_TEST((a.from != Stage::done && a.from != Stage::revoked));
        for (const TerminationStep& b : termination_steps())
            if (&a != &b && a.from == b.from && a.action == b.action && (a.kinds & b.kinds) &&
                (a.roles & b.roles))
                BOOST_TEST(int(a.side) != int(b.side));
    }
}

BOOST_AUTO_TEST_CASE(both_sides_and_the_school_end_an_online_agreement) {
    for (const auto& [asks, agrees] :
         {std::pair{Role::student, Role::employer}, {Role::employer, Role::student}}) {
        World world;
        world.put_in(State::effective, Kind::online);
        BOOST_TEST(code_of(world, {{Action::ask_termination, asks}}) == "");
        BOOST_TEST((awaited(world.record) == agrees));
        BOOST_TEST(world.code(Action::agree, asks) == "not_allowed");
        BOOST_TEST(code_of(world, {{Action::agree, agrees}, {Action::pass, Role::school}}) == "");
        BOOST_TEST((world.record.state == State::terminated));
        BOOST_TEST(!world.record.termination->is_forced());
    }
}

BOOST_AUTO_TEST_CASE(departments_have_a_part_by_a_switch_of_their_own) {
    World world(true);
    world.put_in(State::effective, Kind::online);
    const std::vector<std::pair<Action, Role>> agreed = {{Action::ask_termination, Role::student},
                                                         {Action::agree, Role::employer}};
    BOOST_TEST(code_of(world, agreed) == "");
    BOOST_TEST((world.record.termination->stage == Stage::school_review));
    world.put_in(State::effective, Kind::online);
    world.school.settings["termination_department_review"] = "on";
    BOOST_TEST(code_of(world, agreed) == "");
    BOOST_TEST((world.record.termination->stage == Stage::department_review));
    BOOST_TEST(code_of(world, {{Action::pass, Role::department}, {Action::pass, Role::school}}) == "");
    BOOST_TEST((world.record.state == State::terminated));
}

BOOST_AUTO_TEST_CASE(a_refused_request_leaves_the_agreement_in_force_and_may_be_asked_again) {
    World world;
    world.put_in(State::effective, Kind::online);
    BOOST_TEST(
        code_of(world, {{Action::ask_termination, Role::student}, {Action::disagree, Role::employer}}) == "");
    BOOST_TEST((world.record.state == State::effective));
    BOOST_TEST((world.record.termination->stage == Stage::disagreed));
    BOOST_TEST(code_of(world, {{Action::ask_termination, Role::student}, {Action::revoke, Role::student}}) ==
               "");
    BOOST_TEST((world.record.state == State::effective));
}

BOOST_AUTO_TEST_CASE(on_paper_the_school_writes_how_it_made_sure_with_the_employer) {
    World world;
    world.put_in(State::effective, Kind::offline);
    Command ask = world.command(Action::ask_termination, Role::student);
    ask.attachments.clear();
    BOOST_TEST((world.act(ask) == Refusal{"materials_missing", {{"kinds", "termination_paper"}}}));
    BOOST_TEST(code_of(world, {{Action::ask_termination, Role::student}}) == "");
    Command pass = world.command(Action::pass, Role::school);
    pass.reason.clear();
    BOOST_TEST(world.act(pass)->code == "reason_required");
    BOOST_TEST(code_of(world, {{Action::send_back, Role::school},
                               {Action::ask_termination, Role::student},
                               {Action::pass, Role::school}}) == "");
    BOOST_TEST((world.record.state == State::terminated));
    BOOST_TEST(world.record.termination->verified == "理由");
}

BOOST_AUTO_TEST_CASE(forcing_needs_reason_talks_and_a_second_look) {
    for (const auto& [stage, kind] : {std::pair{Stage::asked, Kind::online},
                                      {Stage::disagreed, Kind::online},
                                      {Stage::school_review, Kind::offline}}) {
        World world;
        world.put_in(stage, kind);
        Command force = world.command(Action::force, Role::school);
        force.reason = " ";
        BOOST_TEST(world.act(force)->code == "reason_required");
        force.reason = "协商未果";
        force.confirmed = false;
        BOOST_TEST(world.act(force)->code == "confirmation_required");
        force.confirmed = true;
        force.attachments[0].kind = "termination_paper";
        BOOST_TEST((world.act(force) == Refusal{"materials_missing", {{"kinds", "talks"}}}));
        force.attachments[0].kind = "talks";
        BOOST_TEST(!world.act(force).has_value());
        BOOST_TEST((world.record.state == State::terminated));
        BOOST_TEST(
            (world.record.termination->forced_by == "office" && world.record.termination->is_forced()));
    }
}

BOOST_AUTO_TEST_CASE(what_the_second_person_refused_was_not_forced) {
    test::World world;
    world.school.settings["force_second_person"] = "on";
    world.put_in(TerminationStage::asked, Kind::online);
    Command force = world.command(Action::force, Role::school);
    force.confirmed = true;
    BOOST_TEST(!world.act(force).has_value());
    BOOST_TEST(world.record.termination->is_forced());
    BOOST_TEST(world.code(Action::reject, Role::school) == "");
    BOOST_TEST((world.record.state == State::effective));
    BOOST_TEST(!world.record.termination->is_forced());
    BOOST_TEST(flags_of(world.record).empty());
    BOOST_TEST(world.record.termination->forced_by == "office");  // the attempt is kept
}

BOOST_AUTO_TEST_CASE(what_the_employer_asked_for_is_not_forced) {
    World world;
    world.put_in(Stage::asked, Kind::online, Role::employer);
    BOOST_TEST(world.code(Action::force, Role::school) == "not_allowed");
}

BOOST_AUTO_TEST_CASE(where_the_school_says_so_a_second_person_confirms) {
    World world;
    world.school.settings["force_second_person"] = "on";
    world.put_in(Stage::asked, Kind::online);
    BOOST_TEST(code_of(world, {{Action::force, Role::school}}) == "");
    BOOST_TEST((world.record.state == State::terminating));
    BOOST_TEST(world.code(Action::confirm_force, Role::school) == "second_person_required");
    Command second = world.command(Action::confirm_force, Role::school);
    second.actor.account = "another";
    BOOST_TEST(!world.act(second).has_value());
    BOOST_TEST((world.record.state == State::terminated));
}

BOOST_AUTO_TEST_CASE(replaying_a_step_gives_the_record_that_the_step_gave) {
    walk([](World world, Action action, Role role) {
        const auto step = apply(world.record, world.command(action, role), world.context());
        if (!step) return;
        const auto body = cbor::decode(cbor::encode(step->body));
        BOOST_TEST((replay(world.record, *body, world.now) == step->after));
        const auto command = command_of(*body, world.command(action, role).actor);
        const auto again = apply(world.record, *command, world.context());
        BOOST_REQUIRE(again);
        BOOST_TEST((again->after == step->after && again->body == step->body));
    });
}

BOOST_AUTO_TEST_CASE(an_open_request_awaits_somebody_who_can_bring_it_on) {
    walk([](World world, Action, Role) {
        if (world.record.state != State::terminating || world.record.kind == Kind::destination) return;
        const bool online_only = world.record.termination->stage == Stage::asked;
        const bool paper_only = world.record.termination->stage == Stage::returned;
        if ((online_only && world.record.kind != Kind::online) ||
            (paper_only && world.record.kind == Kind::online))
            return;
        if (paper_only && world.record.termination->initiator == Role::employer) return;
        const auto role = awaited(world.record);
        BOOST_REQUIRE(role);
        BOOST_TEST(!actions_for(world.record, *role).empty());
    });
}

BOOST_AUTO_TEST_SUITE_END()
