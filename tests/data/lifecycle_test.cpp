// The lifecycle: its table walked whole, its guards, and that replaying an act is the act.
#include "data/domain/termination.h"
#include "tests/data/samples.h"

#include <boost/test/unit_test.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

using namespace wq;
using namespace wq::domain;
using test::World;

namespace {

constexpr int kStates = 17, kRoles = 6, kKinds = 4;

const Transition* row_of(State state, Action action, Role role, Kind kind) {
    for (const Transition& t : transitions())
        if (t.from == state && t.action == action && (t.roles >> int(role) & 1) && (t.kinds >> int(kind) & 1))
            return &t;
    return nullptr;
}

// Calls for every combination of the table's four columns.
void walk(const std::function<void(State, Action, Role, Kind)>& visit) {
    for (int state = 0; state < kStates; ++state)
        for (int action = 0; action < kActions; ++action)
            for (int role = 0; role < kRoles; ++role)
                for (int kind = 0; kind < kKinds; ++kind)
                    visit(State(state), Action(action), Role(role), Kind(kind));
}

Registration other_in(State state) {
    Registration other;
    other.state = state;
    other.number = "202610999001000009";
    other.form["employer_name"] = "别家公司";
    return other;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lifecycle)

BOOST_AUTO_TEST_CASE(every_act_is_legal_by_the_table_or_refused_with_its_own_code) {
    for (const bool departments : {false, true})
        walk([&](State state, Action action, Role role, Kind kind) {
            World world(departments);
            world.put_in(state, kind);
            if (action == Action::expire) world.now = world.record.expires;
            const Transition* row = row_of(state, action, role, kind);
            if (!row && find_step(world.record, action, role)) return;  // the other table's
            const std::string code = world.code(action, role);
            const bool no_employer = kind == Kind::destination;
            const bool outside = (role == Role::employer && no_employer) || role == Role::province ||
                                 (role == Role::ministry && action != Action::expire);
            const std::string wanted = outside ? "out_of_scope" : row ? "" : "not_allowed";
            BOOST_TEST(code == wanted, name_of(state) << " " << name_of(action) << " " << name_of(role) << " "
                                                      << name_of(kind));
        });
}

BOOST_AUTO_TEST_CASE(no_row_of_the_table_leaves_a_final_state_or_stands_twice) {
    std::set<std::array<int, 4>> seen;
    for (const Transition& t : transitions()) {
        BOOST_TEST(!is_final(t.from));
        for (int role = 0; role < kRoles; ++role)
            for (int kind = 0; kind < kKinds; ++kind)
                if ((t.roles >> role & 1) && (t.kinds >> kind & 1))
                    BOOST_TEST(seen.insert({int(t.from), int(t.action), role, kind}).second,
                               name_of(t.from) << " " << name_of(t.action));
    }
}

BOOST_AUTO_TEST_CASE(names_of_states_actions_kinds_and_roles_come_back) {
    for (int i = 0; i < kStates; ++i) BOOST_TEST((state_named(name_of(State(i))) == State(i)));
    for (int i = 0; i < kActions; ++i) BOOST_TEST((action_named(name_of(Action(i))) == Action(i)));
    for (int i = 0; i < kRoles; ++i) BOOST_TEST((role_named(name_of(Role(i))) == Role(i)));
    for (int i = 0; i < kKinds; ++i) BOOST_TEST((kind_named(name_of(Kind(i))) == Kind(i)));
    BOOST_TEST((!state_named("") && !action_named("x") && !kind_named("Offline") && !role_named("root")));
}

BOOST_AUTO_TEST_CASE(an_offline_agreement_comes_to_its_end) {
    World world(true);
    const std::pair<std::pair<Action, Role>, State> story[] = {
        {{Action::submit, Role::student}, State::department_review},
        {{Action::pass, Role::department}, State::school_review},
        {{Action::send_back, Role::school}, State::returned},
        {{Action::submit, Role::student}, State::department_review},
        {{Action::pass, Role::department}, State::school_review},
        {{Action::pass, Role::school}, State::approved},
        {{Action::return_paper, Role::student}, State::return_department_review},
        {{Action::pass, Role::department}, State::return_school_review},
        {{Action::send_back, Role::school}, State::approved},
        {{Action::return_paper, Role::school}, State::return_department_review},
        {{Action::pass, Role::school}, State::return_school_review},
        {{Action::pass, Role::school}, State::effective}};
    for (const auto& [act, state] : story) {
        BOOST_TEST(world.code(act.first, act.second) == "");
        BOOST_TEST(name_of(world.record.state) == name_of(state));
    }
    BOOST_TEST(world.record.revision == 12);
    BOOST_TEST(world.record.number == "202610999001000001");
    BOOST_TEST(world.record.pages.size() == 2u);
}

BOOST_AUTO_TEST_CASE(without_department_review_the_school_alone_reviews) {
    World world;
    BOOST_TEST(world.code(Action::submit, Role::student) == "");
    BOOST_TEST(name_of(world.record.state) == "school_review");
    BOOST_TEST(world.code(Action::pass, Role::department) == "not_allowed");
}

BOOST_AUTO_TEST_CASE(a_record_under_way_is_never_stranded_by_a_setting) {
    World world(true);
    world.put_in(State::department_review);
    world.school.settings["department_review"] = "off";
    BOOST_TEST(world.code(Action::pass, Role::school) == "");
    BOOST_TEST(world.code(Action::send_back, Role::school) == "");
    world.school.settings["signing_open"] = "off";
    BOOST_TEST(world.code(Action::submit, Role::student) == "");
}

BOOST_AUTO_TEST_CASE(what_was_sent_back_after_the_deadline_may_be_submitted_again) {
    World world;
    world.put_in(State::returned);
    world.record.revision = 2;
    world.now = midnight_in_china({2026, 8, 2});
    BOOST_TEST(world.code(Action::submit, Role::student) == "");
}

BOOST_AUTO_TEST_CASE(the_guards_of_a_submission_speak_one_by_one) {
    for (const char* mode : {"21", "41"}) {
        World world;
        world.graduate.base["training_mode"] = mode;
        BOOST_TEST((world.act(Action::submit, Role::student) == Refusal{"not_eligible", {{"mode", mode}}}));
    }
    World world;
    world.graduate.revision = 2;
    BOOST_TEST(world.code(Action::submit, Role::student) == "not_confirmed");
    world.graduate.confirmed_revision = 2;
    world.school.settings["signing_open"] = "off";
    BOOST_TEST(world.code(Action::submit, Role::student) == "signing_closed");
    world.school.settings["signing_open"] = "on";
    world.now = midnight_in_china({2026, 8, 2});
    BOOST_TEST(
        (world.act(Action::submit, Role::student) == Refusal{"past_deadline", {{"day", "2026-08-01"}}}));
    world.now.ms -= 1;
    BOOST_TEST(world.code(Action::submit, Role::student) == "");
}

BOOST_AUTO_TEST_CASE(modes_that_may_sign_may) {
    for (const char* mode : {"1", "22", "3", "42", "5"}) {
        World world;
        world.graduate.base["training_mode"] = mode;
        BOOST_TEST(world.code(Action::submit, Role::student) == "", mode);
    }
}

BOOST_AUTO_TEST_CASE(one_agreement_under_way_bars_another) {
    World world;
    world.other = other_in(State::school_review);
    BOOST_TEST((world.act(Action::submit, Role::student) == Refusal{"already_engaged",
                                                                    {{"employer", "别家公司"},
                                                                     {"kind", "offline"},
                                                                     {"number", "202610999001000009"},
                                                                     {"state", "school_review"}}}));
}

BOOST_AUTO_TEST_CASE(a_destination_that_bars_is_named_by_what_it_is_known_by) {
    World world;
    world.other = other_in(State::effective);
    world.other->form = {{"destination", "801"}, {"study_school", "示例工业大学"}};
    BOOST_TEST(world.act(Action::submit, Role::student)->args[0].second == "示例工业大学");
}

BOOST_AUTO_TEST_CASE(of_two_submissions_the_first_approved_takes_the_slot) {
    World world;
    world.put_in(State::school_review);
    world.other = other_in(State::school_review);
    BOOST_TEST(world.code(Action::pass, Role::school) == "");
    World second;
    second.put_in(State::school_review);
    second.other = other_in(State::approved);
    BOOST_TEST(second.code(Action::pass, Role::school) == "already_engaged");
}

BOOST_AUTO_TEST_CASE(an_effective_agreement_bars_every_kind_of_approval) {
    for (const Kind kind : {Kind::online, Kind::offline, Kind::supplement, Kind::destination}) {
        World world;
        world.put_in(State::school_review, kind);
        world.other = other_in(State::effective);
        BOOST_TEST(world.code(Action::pass, Role::school) == "already_engaged", name_of(kind));
        BOOST_TEST(world.code(Action::reject, Role::school) == "");
    }
}

BOOST_AUTO_TEST_CASE(a_form_with_problems_is_not_submitted) {
    World world;
    Command command = world.command(Action::submit, Role::student);
    command.form["contact_mobile"] = "1";
    command.form.erase("address");
    BOOST_TEST((world.act(command) ==
                Refusal{"form_wrong", {{"count", "2"}, {"field", "address"}, {"code", "required"}}}));
    BOOST_TEST(world.record.revision == 0);
}

BOOST_AUTO_TEST_CASE(what_needs_a_reason_is_refused_without_one) {
    for (const Transition& t : transitions()) {
        World world;
        world.put_in(t.from, t.kinds >> int(Kind::online) & 1 ? Kind::online : Kind::offline);
        Command command =
            world.command(t.action, t.roles >> int(Role::school) & 1 ? Role::school : Role::student);
        command.reason = " 　";
        if (t.needs_reason) BOOST_TEST(world.act(command)->code == "reason_required");
    }
}

BOOST_AUTO_TEST_CASE(an_approval_needs_its_paper_and_a_return_all_pages) {
    World world;
    world.put_in(State::school_review);
    Command pass = world.command(Action::pass, Role::school);
    pass.paper.reset();
    BOOST_TEST(world.act(pass)->code == "paper_missing");
    world.put_in(State::approved);
    Command give = world.command(Action::return_paper, Role::student);
    give.pages.erase(give.pages.begin());
    BOOST_TEST((world.act(give) == Refusal{"pages_missing", {{"pages", "1"}}}));
}

BOOST_AUTO_TEST_CASE(nobody_acts_outside_their_scope) {
    World world(true);
    Command command = world.command(Action::submit, Role::student);
    command.actor.account = "21510107153002";
    BOOST_TEST(world.act(command)->code == "out_of_scope");
    world.put_in(State::department_review);
    command = world.command(Action::pass, Role::department);
    command.actor.department = "数学学院";
    BOOST_TEST(world.act(command)->code == "out_of_scope");
}

BOOST_AUTO_TEST_CASE(what_moved_on_meanwhile_is_not_acted_upon) {
    World world;
    world.record.revision = 4;
    Command command = world.command(Action::submit, Role::student);
    command.expected_revision = 3;
    BOOST_TEST((world.act(command) == Refusal{"changed_meanwhile", {{"revision", "4"}}}));
}

BOOST_AUTO_TEST_CASE(replaying_an_act_gives_the_record_that_the_act_gave) {
    walk([](State state, Action action, Role role, Kind kind) {
        World world(true);
        world.put_in(state, kind);
        const auto step = apply(world.record, world.command(action, role), world.context());
        if (!step) return;
        const auto body = cbor::decode(cbor::encode(step->body));
        BOOST_TEST((replay(world.record, *body, world.now) == step->after));
        // The platform decides on the same command and comes to the same step.
        const auto command = command_of(*body, world.command(action, role).actor);
        const auto again = apply(world.record, *command, world.context());
        BOOST_REQUIRE(again);
        BOOST_TEST((again->after == step->after && again->body == step->body));
    });
}

BOOST_AUTO_TEST_CASE(a_body_that_does_not_fit_is_not_replayed) {
    World world;
    cbor::Value body;
    body.set("action", "submit").set("to", "nowhere").set("kind", "offline");
    BOOST_TEST(replay(world.record, body, test::kNow).error().code == "event_wrong");
    body.set("to", "school_review");
    BOOST_TEST(replay(world.record, body, test::kNow).has_value());
    world.put_in(State::void_);
    BOOST_TEST(replay(world.record, body, test::kNow).error().code == "event_wrong");
    BOOST_TEST(command_of(cbor::Value(), {}).error().code == "event_wrong");
}

BOOST_AUTO_TEST_CASE(a_record_comes_back_from_its_bytes) {
    World world;
    for (const auto& [action, role] : {std::pair{Action::submit, Role::student},
                                       {Action::pass, Role::school},
                                       {Action::return_paper, Role::student}})
        BOOST_TEST(world.code(action, role) == "");
    world.record.attachments = {{"agreement_page", {}, 7, "image/png"}};
    world.record.expires = {5};
    world.record.termination = Termination{Role::employer,
                                           TerminationStage::second_person,
                                           "原因",
                                           world.record.attachments,
                                           "电话核实",
                                           "office",
                                           "强制",
                                           Form{{"termination_cause", "1"}},
                                           world.record.attachments};
    world.record.link = ReturnLink{2, {9}};
    const auto value = cbor::decode(cbor::encode(to_cbor(world.record)));
    BOOST_TEST((registration_from_cbor(*value) == world.record));
    BOOST_TEST(!registration_from_cbor(cbor::Value()));
}

BOOST_AUTO_TEST_CASE(a_record_awaits_somebody_who_can_bring_it_on) {
    walk([](State state, Action, Role, Kind kind) {
        World world;
        world.put_in(state, kind);
        const bool online = state == State::invited || state == State::terminating;
        if (kind != (online ? Kind::online : Kind::offline)) return;
        const auto role = awaited(world.record);
        BOOST_TEST((!role || !actions_for(world.record, *role).empty()), name_of(state));
        BOOST_TEST(
            role.has_value() == (!is_final(state) && state != State::draft && state != State::effective),
            name_of(state));
    });
    World world;
    world.put_in(State::approved);
    BOOST_TEST(
        (actions_for(world.record, Role::school) ==
         std::vector{Action::return_paper, Action::share_link, Action::revoke_link, Action::withdraw}));
}

BOOST_AUTO_TEST_CASE(a_page_that_could_not_be_compared_stands_out) {
    for (const auto& [same, stands_out] : {std::pair("yes", false), {"no", false}, {"unsure", true}}) {
        World world;
        world.put_in(State::return_school_review);
        world.record.pages = {ReturnedPage{1, {}, 0, "image/jpeg", {{"same", same}}}};
        const auto flags = flags_of(world.record);
        BOOST_TEST((std::ranges::find(flags, "not_compared") != flags.end()) == stands_out, same);
    }
}

BOOST_AUTO_TEST_CASE(a_state_that_holds_the_slot_is_live_and_no_final_one_is) {
    for (int i = 0; i < kStates; ++i) {
        BOOST_TEST((!holds_slot(State(i)) || is_live(State(i))));
        BOOST_TEST((!is_final(State(i)) || !is_live(State(i))));
    }
    BOOST_TEST((!is_live(State::draft) && !is_live(State::invited)));
}

BOOST_AUTO_TEST_SUITE_END()
