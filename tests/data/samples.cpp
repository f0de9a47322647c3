#include "tests/data/samples.h"

#include "data/domain/numbers.h"
#include "data/domain/termination.h"
#include "data/os/assets.h"
#include "data/os/files.h"

namespace wq::test {

using namespace domain;

const Codes& codes() {
    static const Codes kCodes = os::load_codes(os::assets_folder()).value();
    return kCodes;
}

Form good_agreement() {
    return {{"employer_name", "成都云杉示例软件有限公司"},
            {"credit_code", "91350100M000100Y43"},
            {"employer_nature", "39"},
            {"industry", "34"},
            {"region", "510107"},
            {"address", "天府示例大道100号云杉大厦12层"},
            {"post", "13"},
            {"contact_name", "周明远"},
            {"contact_mobile", "13800020000"},
            {"contact_email", "hr01@example.com"},
            {"solves_household", "yes"}};
}

Form good_destination() {
    return {{"destination", "801"}, {"study_school", "示例工业大学"}, {"study_major", "伦理学"}};
}

Form good_graduate() {
    return {{"exam_number", "21510107153001"},
            {"student_number", "2022010001"},
            {"name", "奚𬱖"},
            {"sex", "2"},
            {"birth_date", "1999-03-14"},
            {"resident_id", "510108199903141224"},
            {"origin", "510108"},
            {"ethnicity", "01"},
            {"political_status", "03"},
            {"school_name", "示例大学"},
            {"department", "哲学与社会学院"},
            {"level", "01"},
            {"major", "哲学"},
            {"years", "5"},
            {"entry_month", "202209"},
            {"graduation_month", "202607"},
            {"training_mode", "1"},
            {"mobile", "13800100001"},
            {"email", "student001@example.com"}};
}

Form graduate_numbered(int number) {
    Form graduate = good_graduate();
    const std::string last = std::to_string(10'000 + number).substr(1);
    graduate["exam_number"] = "2151010715" + last;
    graduate["student_number"] = "2021" + last;
    graduate["mobile"] = "1380010" + last;
    graduate["email"] = "student" + last + "@example.com";
    graduate.erase("resident_id");
    return graduate;
}

Campus campus(bool department_review) {
    Campus campus{preset_settings()};
    campus.settings["school_code"] = "10999";
    campus.settings["school_name"] = "示例大学";
    campus.settings["cohort"] = "2026";
    campus.settings["department_review"] = department_review ? "on" : "off";
    return campus;
}

Command World::command(Action action, Role role) const {
    Command command;
    command.action = action;
    command.actor = {role, "office", role == Role::department ? std::string(graduate["department"]) : ""};
    if (role == Role::student) command.actor.account = record.exam_number;
    if (role == Role::employer) command.actor.account = kEmployer;
    command.form = record.kind == Kind::destination ? good_destination() : good_agreement();
    if (action == Action::ask_termination) command.form = {{"termination_cause", "1"}};
    const std::string kind = action == Action::force             ? "talks"
                             : action == Action::ask_termination ? "termination_paper"
                             : record.kind == Kind::supplement   ? "agreement_page"
                             : record.kind == Kind::destination  ? "admission_letter"
                                                                 : "";
    if (!kind.empty()) command.attachments = {{kind, {}, 10, "image/jpeg"}};
    command.confirmed = action == Action::force;
    command.reason = "理由";
    command.number = agreement_number(2026, "10999", 1, 1);
    Paper paper;
    paper.revision = record.revision;
    paper.upper_codes = paper.lower_codes = {"1", "2"};
    command.paper = paper;
    for (int page : {1, 2}) command.pages.push_back({page, {}, 10, "image/png", {}});
    return command;
}

std::optional<Refusal> World::act(const Command& command) {
    auto step = apply(record, command, context());
    if (!step) return step.error();
    record = std::move(step->after);
    return std::nullopt;
}

std::string World::code(Action action, Role role) {
    const auto refusal = act(action, role);
    return refusal ? refusal->code : "";
}

void World::put_in(State state, Kind kind) {
    record.state = state;
    record.kind = kind;
    record.form = kind == Kind::destination ? good_destination() : good_agreement();
    record.expires = {state == State::invited ? now.ms + kDay : 0};
    record.termination.reset();
    record.link.reset();
    if (state == State::approved) record.link = ReturnLink{1, {now.ms + kDay}};
    if (state == State::terminating) record.termination = Termination{};
    if (holds_slot(state)) record.paper = command(Action::pass, Role::school).paper;
}

void World::put_in(TerminationStage stage, Kind kind, Role initiator) {
    put_in(state_in(stage), kind);
    record.termination = Termination{};
    record.termination->initiator = initiator;
    record.termination->stage = stage;
    if (stage == TerminationStage::second_person) record.termination->forced_by = "another";
}

}  // namespace wq::test
