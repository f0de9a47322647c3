// Acts, as the use cases make them of what a node or the platform knows.
#include "tests/sim/commands.h"
#include "tests/sim/draws.h"
#include "tests/sync/world.h"

#include <algorithm>

namespace wq::sim {

namespace {

using domain::Action, domain::Kind, domain::Role;

template <class T>
std::string code_of(const Result<T>& done) {
    return done ? std::string() : done.error().code;
}

std::string act_on_record(World& world, Node& node, const std::string& exam_number, std::string& what) {
    const auto chosen = some_choice(world.dice, *node.store, exam_number);
    if (!chosen) return "nothing_to_do";
    const auto& [record, action, role] = *chosen;
    what = std::string(domain::name_of(role)) + " of student " + exam_number.substr(exam_number.size() - 1) +
           ": " + std::string(domain::name_of(action)) + " of " + to_text(record.id).substr(28) + " in " +
           std::string(domain::name_of(record.state));
    return code_of(node.store->registrations().act(
        record.id, command_for(world.dice, *node.store, record, action, role)));
}

std::string begin(World& world, Node& node, const std::string& exam_number, std::string& what) {
    constexpr Kind kKinds[] = {Kind::offline, Kind::offline, Kind::supplement, Kind::destination};
    domain::Registration record;
    record.kind = world.dice.pick(kKinds);
    record.exam_number = exam_number;
    record.id = node.random.uuid(node.clock.now());
    what = "student " + exam_number.substr(exam_number.size() - 1) + ": submits " +
           std::string(domain::name_of(record.kind)) + " " + to_text(record.id).substr(28);
    const auto command = command_for(world.dice, *node.store, record, Action::submit, Role::student);
    return code_of(node.store->registrations().begin(record.id, record.kind, exam_number, command));
}

std::string confirm(World&, Node& node, const std::string& exam_number, std::string& what) {
    what = "student " + exam_number.substr(exam_number.size() - 1) + ": confirms";
    return code_of(node.store->graduates().confirm(exam_number));
}

std::string change_roster(World& world, Node& node, const std::string& exam_number, std::string& what) {
    what = "office: changes the roster";
    const auto graduate = node.store->graduates().find(exam_number);
    if (!graduate) return "student_unknown";
    domain::Form base = graduate->base;
    base["major"] = "专业" + std::to_string(world.dice.between(1, 5));
    if (world.dice.chance(20)) base["training_mode"] = world.dice.chance(50) ? "21" : "1";
    node.store->graduates().import({base}, sync_test::office());
    return {};
}

std::string change_settings(World& world, Node& node, const std::string&, std::string& what) {
    constexpr const char* kSwitches[] = {"department_review", "signing_open", "destinations_open",
                                         "force_second_person", "termination_department_review"};
    const char* key = world.dice.pick(kSwitches);
    const bool on = world.dice.chance(std::string_view(key) == "signing_open" ? 85 : 50);
    what = std::string("office: sets ") + key + (on ? " on" : " off");
    return code_of(node.store->campus().change({{key, on ? "on" : "off"}}, sync_test::office()));
}

std::string keep_draft(World& world, Node& node, const std::string& exam_number, std::string& what) {
    store::Draft draft;
    draft.exam_number = exam_number;
    const auto there = node.store->drafts().of_student(exam_number);
    if (!there.empty() && world.dice.chance(60)) draft = there.front();
    if (draft.id.is_nil()) draft.id = node.random.uuid(node.clock.now());
    if (!there.empty() && world.dice.chance(20)) {
        what = "student: discards draft " + to_text(draft.id).substr(28);
        world.discarded.insert(draft.id);
        node.store->drafts().discard(draft.id);
        return {};
    }
    draft.form = agreement_form(world.dice);
    what = "student: keeps draft " + to_text(draft.id).substr(28);
    node.store->drafts().keep(draft);
    if (!node.is_dead()) node.drafts.insert(draft.id);
    return {};
}

std::string print(World& world, Node& node, const std::string& exam_number, std::string& what) {
    what = "printing";
    const auto begun = node.store->prints().begun();
    if (!begun.empty() && world.dice.chance(70)) {
        what = "a print ends";
        constexpr store::PrintEnd kEnds[] = {store::PrintEnd::printed, store::PrintEnd::unsure,
                                             store::PrintEnd::none};
        node.store->prints().end(world.dice.pick(begun), world.dice.pick(kEnds));
        return {};
    }
    for (const auto& record : records_at(*node.store, exam_number))
        if (record.paper)
            return code_of(node.store->prints().begin(record.id, {Role::student, exam_number}, "printer"));
    return "paper_missing";
}

std::string warn(World& world, Node& node, const std::string&, std::string& what) {
    const auto& employer = world.dice.pick(kEmployers);
    what = std::string("office: warns of ") + employer[0];
    if (world.dice.chance(30)) {
        what = std::string("office: warns no more of ") + employer[0];
        return code_of(node.store->warnings().lift(employer[1], sync_test::office()));
    }
    const std::string category = world.dice.chance(50) ? "1" : "4";
    return code_of(node.store->warnings().mark(
        {employer[1], employer[0], category, "宣传不实", {some_picture(world.dice, *node.store, "evidence")}},
        sync_test::office()));
}

std::string change_accounts(World& world, Node& node, const std::string&, std::string& what) {
    const std::string account = "teacher" + std::to_string(world.dice.between(1, 2));
    what = "office: changes account " + account;
    if (world.dice.chance(30)) return code_of(node.store->accounts().remove(account, sync_test::office()));
    node.store->accounts().put({{{Role::department, account, kDepartment},
                                 "老师" + std::to_string(world.dice.between(1, 9)),
                                 "verifier"}},
                               sync_test::office());
    return {};
}

std::string change_directory(World& world, Node& node, const std::string&, std::string& what) {
    what = "office: changes the employers' directory";
    domain::Form employer = agreement_form(world.dice);
    std::erase_if(employer, [](const auto& entry) {
        return !domain::find_field(domain::employer_fields(), entry.first);
    });
    node.store->employers().put({employer}, sync_test::office());
    return {};
}

std::string settle(World& world, Node& node, const std::string&, std::string& what) {
    what = "office: settles a conflict";
    const auto conflicts = node.store->feed().conflicts();
    if (conflicts.empty()) return "conflict_unknown";
    return code_of(
        node.store->feed().settle(world.dice.pick(conflicts).event, "已与学生说明", sync_test::office()));
}

// On the platform there is nothing between the act and its verdict.
void note_act(World& world, const Uuid& id, const domain::Command& command,
              const Result<domain::Registration>& done) {
    if (done && !world.platform->disk.is_dead())
        world.platform_acts.push_back({id, done->revision, std::string(domain::name_of(command.action))});
}

// The first more often than the others, so that acts collide.
std::string some_student(World& world) {
    const int student = world.dice.chance(60) ? 1 : static_cast<int>(world.dice.between(1, kStudents));
    return sync_test::exam_number(student);
}

std::string act_of_employer(World& world, std::string& what) {
    platform::Registry& registry = *world.platform->registry;
    const auto& employer = kEmployers[0];
    domain::Command command;
    command.actor = {Role::employer, employer[1]};
    command.reason = "示例原因";
    std::optional<domain::Registration> record;
    if (!world.invitations.empty() && world.dice.chance(60))
        record = registry.registration(world.dice.pick(world.invitations));
    const auto actions = record ? domain::actions_for(*record, Role::employer) : std::vector<Action>();
    if (!actions.empty()) {
        command.action = world.dice.pick(actions);
        if (command.action == Action::ask_termination) command.form = {{"termination_cause", "1"}};
    } else {
        command.action = Action::invite;
        command.form = agreement_form(world.dice);
        command.form["employer_name"] = employer[0];
        command.form["credit_code"] = employer[1];
    }
    const Uuid id = actions.empty() ? registry.new_id() : record->id;
    what = "employer: " + std::string(domain::name_of(command.action)) + " " + to_text(id).substr(28);
    const auto done = registry.act(sync_test::kSchool, id, some_student(world), command);
    note_act(world, id, command, done);
    if (done && command.action == Action::invite) world.invitations.push_back(id);
    return code_of(done);
}

std::string act_of_province(World& world, std::string& what) {
    const std::string parties = world.dice.chance(50) ? "2" : "3";
    what = "province: sets " + parties + " parties";
    return code_of(world.platform->registry->set(sync_test::kSchool, {{"parties", parties}}));
}

using ActOfNode = std::string (*)(World&, Node&, const std::string&, std::string&);

ActOfNode draw_act(Dice& dice) {
    // The weights are repetition.
    constexpr ActOfNode kActs[] = {
        act_on_record, act_on_record, act_on_record, act_on_record,   act_on_record,   act_on_record,
        act_on_record, act_on_record, act_on_record, begin,           begin,           begin,
        confirm,       confirm,       change_roster, change_settings, keep_draft,      keep_draft,
        print,         warn,          settle,        change_accounts, change_directory};
    return dice.pick(kActs);
}

}  // namespace

void act_at(World& world, Node& node) {
    const ActOfNode act = draw_act(world.dice);
    const std::string exam_number = some_student(world);
    std::string what = "acts";
    const auto work = [&] { return act(world, node, exam_number, what); };
    world.attempt(node, what, work);
}

void act_on_platform(World& world) {
    Platform& platform = *world.platform;
    if (!platform.is_up()) return;
    std::string what = "acts", code;
    try {
        code = world.dice.chance(85) ? act_of_employer(world, what) : act_of_province(world, what);
    } catch (const std::exception& fault) {
        if (!platform.disk.is_dead() && !platform.disk.was_troubled())
            throw Violation("platform, " + what + ": " + fault.what());
        code = fault.what();
    }
    world.tell([&] { return what + (code.empty() ? "" : ": " + code); });
    platform.disk.forget_trouble();
    if (platform.disk.is_dead()) platform.recover();
}

}  // namespace wq::sim
