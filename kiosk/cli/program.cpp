#include "kiosk/cli/program.h"

#include "data/os/files.h"
#include "data/os/text.h"

#include <ostream>

namespace wq::cli {
namespace {

enum Exit { kDone = 0, kRefused = 1, kUsage = 2, kFault = 3 };

}  // namespace

Program::Program(std::ostream& out, std::ostream& err)
    : app_("网签 Wangqian: employment agreements, from form to paper to platform", "wangqian"),
      out_(out),
      err_(err),
      folder_(os::default_home()) {
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.add_option("--home", folder_, "The campus's folder (default: $WANGQIAN_HOME)");
    app_.add_flag("--json", json_, "Answer in JSON");
    add_campus_commands(*this);
    add_account_commands(*this);
    add_roster_commands(*this);
    add_registration_commands(*this);
    add_paper_commands(*this);
    add_scan_commands(*this);
    add_office_commands(*this);
    add_check_commands(*this);
}

int Program::run(int argc, const char* const* argv) {
    try {
        app_.parse(argc, argv);
        const auto done = chosen_();
        if (done) return kDone;
        tell(done.error());
        return kRefused;
    } catch (const CLI::ParseError& error) {
        return app_.exit(error, out_, err_) == 0 ? kDone : kUsage;
    } catch (const Refused& refused) {
        tell(refused.refusal);
        return kRefused;
    } catch (const DiskFull&) {
        tell({"disk_full"});
        return kRefused;
    } catch (const std::exception& fault) {
        err_ << "fault: " << fault.what() << '\n';
        return kFault;
    }
}

CLI::App* Program::command(CLI::App& parent, const std::string& name, const std::string& description,
                           Work work) {
    CLI::App* command = parent.add_subcommand(name, description);
    command->fallthrough();
    // A command's own work stands back where one of its subcommands was given.
    command->callback([this, command, work = std::move(work)] {
        if (command->get_subcommands().empty()) chosen_ = work;
    });
    return command;
}

desk::Home& Program::home() {
    if (!home_) {
        auto opened = desk::Home::open(folder_);
        if (!opened) throw Refused{opened.error()};
        home_ = std::move(*opened);
    }
    return *home_;
}

desk::Paper& Program::paper() {
    if (!paper_) paper_ = std::make_unique<desk::Paper>(home());
    return *paper_;
}

void Program::print(const std::string& text, const nlohmann::json& value) {
    out_ << (json_ ? value.dump() : text) << '\n';
}

void Program::tell(const Refusal& refusal) { err_ << os::told(refusal) << '\n'; }

Result<domain::Actor> actor_written(const std::string& text) {
    const std::size_t colon = text.find(':');
    const auto role = domain::role_named(text.substr(0, colon));
    if (!role || colon == std::string::npos || colon + 1 == text.size())
        return refuse("actor_wrong", {{"actor", text}});
    return domain::Actor{*role, text.substr(colon + 1), {}};
}

Result<domain::Actor> actor_named(Program& program, const std::string& text) {
    auto actor = actor_written(text);
    if (!actor) return actor;
    switch (actor->role) {
        case domain::Role::student:
        case domain::Role::employer:
        case domain::Role::ministry:
            return actor;
        case domain::Role::department:
        case domain::Role::school:
        case domain::Role::province:
            break;
    }
    const auto account = program.home().store().accounts().find(actor->account);
    if (!account || account->actor.role != actor->role) return refuse("account_unknown", {{"account", text}});
    return account->actor;
}

nlohmann::json tell_faults(Program& program, const std::string& file,
                           const std::vector<domain::RosterFault>& faults) {
    nlohmann::json told = nlohmann::json::array();
    for (const domain::RosterFault& fault : faults) {
        const std::string reason = program.speech()(fault.why);
        told.push_back(
            {{"line", fault.line}, {"column", fault.column}, {"code", fault.why.code}, {"reason", reason}});
        if (!program.json())
            program.err() << file << ":" << fault.line << ": " << fault.column << " " << fault.why.code
                          << ": " << reason << '\n';
    }
    return told;
}

Result<Uuid> id_named(Program& program, const std::string& text) {
    if (const auto id = uuid_from_text(text)) return *id;
    if (const auto record = program.home().store().registrations().find_number(text)) return record->id;
    return refuse("record_unknown");
}

Result<domain::Form> form_from_file(const std::filesystem::path& file) {
    const auto text = os::read_text(file, std::size_t{1} << 20).and_then([](const std::string& t) {
        return os::normal_text(t);
    });
    if (!text) return tl::make_unexpected(text.error());
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object())
        return refuse("json_wrong", {{"file", file.string()}, {"reason", "an object is wanted"}});
    domain::Form form;
    for (const auto& [key, value] : json.items()) {
        if (!value.is_string() && !value.is_number() && !value.is_boolean())
            return refuse("json_wrong", {{"file", file.string()}, {"reason", "the value of " + key}});
        form.emplace(key, value.is_string() ? value.get<std::string>() : value.dump());
    }
    return form;
}

nlohmann::json to_json(const domain::Form& form) {
    nlohmann::json json = nlohmann::json::object();
    for (const auto& [key, value] : form) json[key] = value;
    return json;
}

nlohmann::json to_json(const std::vector<domain::Attachment>& attachments) {
    nlohmann::json json = nlohmann::json::array();
    for (const domain::Attachment& attachment : attachments)
        json.push_back({{"kind", attachment.kind},
                        {"picture", to_hex(attachment.picture)},
                        {"size", attachment.size},
                        {"media_type", attachment.media_type}});
    return json;
}

nlohmann::json to_json(const domain::Registration& record) {
    nlohmann::json pages = nlohmann::json::array();
    for (const domain::ReturnedPage& page : record.pages)
        pages.push_back({{"page", page.page},
                         {"picture", to_hex(page.picture)},
                         {"size", page.size},
                         {"media_type", page.media_type},
                         {"checks", to_json(page.checks)}});
    nlohmann::json json = {{"id", to_text(record.id)},
                           {"kind", domain::name_of(record.kind)},
                           {"state", domain::name_of(record.state)},
                           {"revision", record.revision},
                           {"exam_number", record.exam_number},
                           {"initiator", domain::name_of(record.initiator)},
                           {"number", record.number},
                           {"form", to_json(record.form)},
                           {"comment", record.comment},
                           {"comment_on", record.comment_on},
                           {"pages", pages},
                           {"attachments", to_json(record.attachments)},
                           {"created", to_iso(record.created)},
                           {"changed", to_iso(record.changed)}};
    if (record.paper)
        json["paper"] = {{"revision", record.paper->revision},
                         {"template", record.paper->template_version},
                         {"pages", record.paper->pages()},
                         {"digest", to_hex(record.paper->digest)}};
    if (record.link)
        json["link"] = {{"serial", record.link->serial}, {"expires", to_iso(record.link->expires)}};
    if (record.expires.ms > 0) json["expires"] = to_iso(record.expires);
    if (record.effective.ms > 0) json["effective"] = to_iso(record.effective);
    if (const auto role = domain::awaited(record)) json["waits_for"] = domain::name_of(*role);
    if (!record.termination) return json;
    const domain::Termination& termination = *record.termination;
    json["termination"] = {{"initiator", domain::name_of(termination.initiator)},
                           {"stage", domain::name_of(termination.stage)},
                           {"reason", termination.reason},
                           {"form", to_json(termination.form)},
                           {"papers", to_json(termination.papers)},
                           {"verified", termination.verified},
                           {"forced", termination.is_forced()},
                           {"forced_by", termination.forced_by},
                           {"forced_reason", termination.forced_reason},
                           {"talks", to_json(termination.talks)}};
    return json;
}

}  // namespace wq::cli
