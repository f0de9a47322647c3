#include "data/domain/lifecycle.h"
#include "data/os/files.h"
#include "kiosk/cli/program.h"
#include "kiosk/desk/attaching.h"
#include "kiosk/desk/staff_desk.h"
#include "kiosk/desk/student_desk.h"

#include <ostream>

namespace wq::cli {
namespace {

struct RegisterOptions {
    std::string as, kind = "offline", id;
    std::filesystem::path form;
    std::vector<std::string> attach;
    bool draft = false;
};

// KIND=FILE, each kept before anything else is done.
Result<std::vector<domain::Attachment>> attached(Program& program, const std::vector<std::string>& given) {
    std::vector<domain::Attachment> attachments;
    for (const std::string& text : given) {
        const std::size_t sign = text.find('=');
        if (sign == text.npos || sign == 0) return refuse("attach_wrong", {{"text", text}});
        const auto content = os::read_file(text.substr(sign + 1));
        if (!content) return tl::make_unexpected(content.error());
        auto attachment = desk::attach_file(program.home(), text.substr(0, sign), *content);
        if (!attachment) return tl::make_unexpected(attachment.error());
        attachments.push_back(std::move(*attachment));
    }
    return attachments;
}

Result<desk::StudentSession> student_session(Program& program, const std::string& as) {
    const auto actor = actor_named(program, as);
    if (!actor) return tl::make_unexpected(actor.error());
    if (actor->role != domain::Role::student) return refuse("actor_wrong", {{"actor", as}});
    const auto graduate = program.home().store().graduates().find(actor->account);
    if (!graduate) return refuse("student_unknown");
    return desk::StudentSession{actor->account, "", graduate->is_confirmed()};
}

Result<void> tell_problems(Program& program, const std::vector<domain::Problem>& problems) {
    for (const domain::Problem& problem : problems)
        program.err() << problem.field << ": " << problem.why.code << ": " << program.speech()(problem.why)
                      << '\n';
    return {};
}

// A new one, or the one that was kept under --id.
Result<store::Draft> kept_draft(desk::StudentDesk& desk, const desk::StudentSession& session,
                                const RegisterOptions& options) {
    if (options.id.empty()) return desk.new_draft(session, *domain::kind_named(options.kind));
    const auto id = uuid_from_text(options.id);
    if (!id) return refuse("record_unknown");
    return desk.edit(session, *id);
}

Result<void> tell_drafts(Program& program, const std::string& as) {
    const auto session = student_session(program, as);
    if (!session) return tl::make_unexpected(session.error());
    nlohmann::json drafts = nlohmann::json::array();
    desk::StudentDesk desk(program.home(), program.paper());
    for (const desk::HomeItem& item : desk.items(*session, program.speech())) {
        const auto draft = item.is_draft ? desk.edit(*session, item.id) : refuse("record_unknown");
        if (!draft) continue;
        drafts.push_back({{"id", to_text(draft->id)},
                          {"kind", std::string(domain::name_of(draft->kind))},
                          {"form", to_json(draft->form)}});
        if (!program.json()) program.out() << to_text(draft->id) << '\t' << item.title << '\n';
    }
    if (program.json()) program.print("", drafts);
    return {};
}

Result<void> register_record(Program& program, const RegisterOptions& options) {
    const auto session = student_session(program, options.as);
    if (!session) return tl::make_unexpected(session.error());
    auto attachments = attached(program, options.attach);
    if (!attachments) return tl::make_unexpected(attachments.error());
    desk::StudentDesk desk(program.home(), program.paper());
    auto kept = kept_draft(desk, *session, options);
    if (!kept) return tl::make_unexpected(kept.error());
    store::Draft draft = std::move(*kept);
    if (!options.form.empty()) {
        auto form = form_from_file(options.form);
        if (!form) return tl::make_unexpected(form.error());
        draft.form = std::move(*form);
    }
    if (!attachments->empty()) draft.attachments = std::move(*attachments);
    if (options.draft) {
        desk.keep(*session, draft);
    } else {
        const auto record = desk.submit(*session, draft);
        if (!record) {
            if (record.error().code == "form_wrong")
                tell_problems(program, desk.check(draft.kind, draft.form));
            return tl::make_unexpected(record.error());
        }
    }
    program.print(to_text(draft.id), {{"id", to_text(draft.id)}});
    return {};
}

void add_register(Program& program) {
    auto options = std::make_shared<RegisterOptions>();
    CLI::App* command = program.command(program.app(), "register", "Fill in and submit a registration",
                                        [&program, options] { return register_record(program, *options); });
    command->add_option("--as", options->as, "student:EXAMNO")->required();
    command->add_option("--kind", options->kind)
        ->check(CLI::IsMember({"offline", "supplement", "destination"}))
        ->capture_default_str();
    auto* form = command->add_option_group("what")->require_option(1, 2);
    form->add_option("--form", options->form, "JSON object of the form's fields");
    form->add_option("--id", options->id, "Go on with this draft");
    command->add_option("--attach", options->attach,
                        "KIND=FILE: a material, or agreement_page of a supplement");
    command->add_flag("--draft", options->draft, "Keep only");
}

struct ActOptions {
    std::string id, action, as, reason;
    std::filesystem::path form;
    std::vector<std::string> attach, on;
    bool confirmed = false;
    std::optional<std::int64_t> seen;
};

Result<domain::Registration> act_as_student(Program& program, const Uuid& id, domain::Action action,
                                            const ActOptions& options) {
    const auto session = student_session(program, options.as);
    if (!session) return tl::make_unexpected(session.error());
    auto attachments = attached(program, options.attach);
    if (!attachments) return tl::make_unexpected(attachments.error());
    domain::Form form;
    if (!options.form.empty()) {
        auto read = form_from_file(options.form);
        if (!read) return tl::make_unexpected(read.error());
        form = std::move(*read);
    }
    desk::StudentDesk desk(program.home(), program.paper());
    if (action != domain::Action::submit)
        return desk.act(*session, id, action, options.reason, std::move(*attachments), options.seen, form);
    auto draft = desk.edit(*session, id);
    if (!draft) return tl::make_unexpected(draft.error());
    if (options.seen) draft->seen = options.seen;
    if (!form.empty()) draft->form = std::move(form);
    if (!attachments->empty()) draft->attachments = std::move(*attachments);
    auto record = desk.submit(*session, *draft);
    if (!record && record.error().code == "form_wrong")
        tell_problems(program, desk.check(draft->kind, draft->form));
    return record;
}

Result<domain::Registration> act_as_staff(Program& program, const Uuid& id, const domain::Actor& actor,
                                          domain::Action action, const ActOptions& options) {
    // What employers and the ministry do is the platform's to say.
    if (actor.role == domain::Role::employer || actor.role == domain::Role::ministry)
        return refuse("out_of_scope");
    auto attachments = attached(program, options.attach);
    if (!attachments) return tl::make_unexpected(attachments.error());
    return desk::StaffDesk(program.home(), program.paper())
        .act({actor, actor.account}, id, action,
             {options.reason, options.seen, options.on, std::move(*attachments), options.confirmed});
}

Result<void> act(Program& program, const ActOptions& options) {
    const auto id = id_named(program, options.id);
    const auto actor = actor_named(program, options.as);
    const auto action = domain::action_named(options.action);
    if (!actor) return tl::make_unexpected(actor.error());
    if (!action) return refuse("action_unknown", {{"action", options.action}});
    if (!id && *action != domain::Action::submit) return tl::make_unexpected(id.error());
    const Uuid target = id.value_or(uuid_from_text(options.id).value_or(Uuid{}));
    const auto record = actor->role == domain::Role::student
                            ? act_as_student(program, target, *action, options)
                            : act_as_staff(program, target, *actor, *action, options);
    if (!record) return tl::make_unexpected(record.error());
    const desk::RecordView view = desk::view_of(program.home(), *record, program.speech());
    if (*action == domain::Action::share_link && view.link) {
        program.print(view.link->url, {{"url", view.link->url}, {"until", to_iso(record->link->expires)}});
        return {};
    }
    const std::string number = record->number.empty() ? "" : " " + record->number;
    program.print(std::string(domain::name_of(record->state)) + number, to_json(*record));
    return {};
}

void add_act(Program& program) {
    auto options = std::make_shared<ActOptions>();
    CLI::App* command = program.command(
        program.app(), "act",
        "Act on a registration: submit, discard, pass, send_back, reject, withdraw; accept, decline; delete;"
        " ask_termination, agree, disagree, revoke, force, confirm_force; share_link, revoke_link",
        [&program, options] { return act(program, *options); });
    command->add_option("ID", options->id, "Its id or agreement number")->required();
    command->add_option("ACTION", options->action)->required()->check([](const std::string& name) {
        return domain::action_named(name) ? std::string() : "no such action: " + name;
    });
    command->add_option("--as", options->as, "ROLE:ACCOUNT")->required();
    command->add_option("--reason", options->reason);
    command->add_option("--form", options->form);
    command->add_option("--attach", options->attach, "KIND=FILE");
    command->add_option("--on", options->on, "What the reason points at: a field's key, a material, page:2");
    command->add_option("--seen", options->seen, "The revision that was looked at");
    command->add_flag("--confirmed", options->confirmed, "Yes, force it");
}

Result<void> confirm(Program& program, const std::string& as) {
    const auto session = student_session(program, as);
    if (!session) return tl::make_unexpected(session.error());
    return program.home().store().graduates().confirm(session->exam_number);
}

Result<void> print_paper(Program& program, const std::string& id_text, const std::string& as) {
    const auto id = id_named(program, id_text);
    if (!id) return tl::make_unexpected(id.error());
    const auto session = student_session(program, as);
    if (!session) return tl::make_unexpected(session.error());
    const auto tell = [&](const devices::PrintMoment& moment) {
        program.err() << devices::name_of(moment.state) << ", " << moment.pages_out << " pages out"
                      << std::endl;
    };
    const auto copy = desk::StudentDesk(program.home(), program.paper()).print(*session, *id, {tell, {}});
    if (!copy) return tl::make_unexpected(copy.error());
    program.print("copy " + std::to_string(*copy), {{"copy", *copy}});
    return {};
}

Result<void> show(Program& program, const std::string& id_text) {
    const auto id = id_named(program, id_text);
    const auto record = id ? program.home().store().registrations().find(*id) : std::nullopt;
    if (!record) return refuse("record_unknown");
    if (program.json()) {
        program.print("", to_json(*record));
        return {};
    }
    const desk::RecordView view = desk::view_of(program.home(), *record, program.speech());
    program.out() << view.title << "  " << view.status << '\n';
    for (const auto* values : {&view.agreement, &view.form, &view.student})
        for (const desk::NamedValue& value : *values)
            program.out() << "  " << value.label << ": " << value.value << '\n';
    if (view.link)
        program.out() << "  " << program.speech().say("student.record.share_link") << ": " << view.link->url
                      << "  " << program.speech().say("student.link.until", {{"time", view.link->until}})
                      << '\n';
    for (const std::string& warning : view.warnings) program.out() << "  ! " << warning << '\n';
    return {};
}

Result<void> list(Program& program, const std::string& state, const std::string& student) {
    store::RegistrationFilter filter;
    if (!state.empty()) {
        const auto named = domain::state_named(state);
        if (!named) return refuse("state_unknown", {{"state", state}});
        filter.states = {*named};
    }
    filter.exam_number = student;
    filter.limit = 1'000'000;
    nlohmann::json rows = nlohmann::json::array();
    for (const store::RegistrationRow& row : program.home().store().registrations().list(filter)) {
        rows.push_back({{"id", to_text(row.id)},
                        {"kind", domain::name_of(row.kind)},
                        {"state", domain::name_of(row.state)},
                        {"revision", row.revision},
                        {"exam_number", row.exam_number},
                        {"employer", row.employer_name},
                        {"number", row.number},
                        {"changed", to_iso(row.changed)},
                        {"waiting", row.waiting}});
        if (!program.json())
            program.out() << to_text(row.id) << '\t' << domain::name_of(row.state) << '\t' << row.exam_number
                          << '\t' << row.student_name << '\t' << row.employer_name << '\t' << row.number
                          << '\n';
    }
    if (program.json()) program.print("", rows);
    return {};
}

Result<void> history(Program& program, const std::string& id_text) {
    const auto id = id_named(program, id_text);
    if (!id) return tl::make_unexpected(id.error());
    nlohmann::json rows = nlohmann::json::array();
    for (const store::HistoryEntry& entry : program.home().store().log().history(*id)) {
        const domain::Event& event = entry.event;
        rows.push_back({{"type", event.type},
                        {"action", event.body["action"].as_text()},
                        {"to", event.body["to"].as_text()},
                        {"role", domain::name_of(event.actor.role)},
                        {"account", event.actor.account},
                        {"reason", event.body["reason"].as_text()},
                        {"when", to_iso(event.when)},
                        {"device", to_text(event.device)},
                        {"number", event.number},
                        {"hash", to_hex(entry.hash)},
                        {"feed", entry.feed},
                        {"verdict", entry.verdict},
                        {"code", entry.code}});
        if (!program.json())
            program.out() << to_iso(event.when) << '\t' << event.type << '\t'
                          << event.body["action"].as_text() << '\t' << event.body["to"].as_text() << '\t'
                          << domain::name_of(event.actor.role) << ':' << event.actor.account << '\t'
                          << (entry.verdict.empty() ? "waiting" : entry.verdict) << '\t'
                          << to_hex(entry.hash).substr(0, 16) << '\n';
    }
    if (program.json()) program.print("", rows);
    return {};
}

}  // namespace

void add_registration_commands(Program& program) {
    add_register(program);
    add_act(program);
    CLI::App& app = program.app();
    auto as = std::make_shared<std::string>();
    program
        .command(app, "confirm", "Confirm a graduate's base data",
                 [&program, as] { return confirm(program, *as); })
        ->add_option("--as", *as, "student:EXAMNO")
        ->required();
    program
        .command(app, "drafts", "What a student has typed and not submitted",
                 [&program, as] { return tell_drafts(program, *as); })
        ->add_option("--as", *as, "student:EXAMNO")
        ->required();
    auto id = std::make_shared<std::string>();
    CLI::App* print = program.command(app, "print", "Print an agreement, and wait until it is out",
                                      [&program, id, as] { return print_paper(program, *id, *as); });
    print->add_option("ID", *id)->required();
    print->add_option("--as", *as, "student:EXAMNO")->required();
    program.command(app, "show", "Show a registration", [&program, id] { return show(program, *id); })
        ->add_option("ID", *id)
        ->required();
    program
        .command(app, "history", "Its history, link by link",
                 [&program, id] { return history(program, *id); })
        ->add_option("ID", *id)
        ->required();
    auto state = std::make_shared<std::string>();
    auto student = std::make_shared<std::string>();
    CLI::App* lists = program.command(app, "list", "List registrations",
                                      [=, &program] { return list(program, *state, *student); });
    lists->add_option("--state", *state);
    lists->add_option("--student", *student, "Exam number");
}

}  // namespace wq::cli
