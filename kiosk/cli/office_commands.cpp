#include "data/os/files.h"
#include "kiosk/cli/program.h"
#include "kiosk/desk/attaching.h"
#include "kiosk/desk/conflicts.h"
#include "kiosk/desk/exporting.h"
#include "kiosk/desk/figures.h"
#include "kiosk/desk/set_up.h"

#include <cstdio>
#include <ostream>

namespace wq::cli {
namespace {

nlohmann::json to_json(const desk::FigureLine& line) {
    nlohmann::json json = {{"key", line.key}, {"label", line.label}, {"registered", line.registered}};
    if (line.graduates == 0) return json;
    json["graduates"] = line.graduates;
    json["placed"] = line.placed;
    json["rate"] = line.rate();
    return json;
}

nlohmann::json to_json(const std::vector<desk::FigureLine>& lines) {
    nlohmann::json json = nlohmann::json::array();
    for (const desk::FigureLine& line : lines) json.push_back(to_json(line));
    return json;
}

void tell(std::ostream& out, const desk::FigureLine& line) {
    out << line.label << '\t' << line.registered;
    if (line.graduates > 0) {
        char rate[16];
        std::snprintf(rate, sizeof rate, "%.1f %%", line.rate());
        out << '\t' << line.placed << " / " << line.graduates << '\t' << rate;
    }
    out << '\n';
}

// Staff see their own: a department its graduates, the school all; so does who holds the console.
Result<domain::Scope> scope_of(Program& program, const std::string& as) {
    if (as.empty()) return domain::Scope();
    const auto actor = actor_named(program, as);
    if (!actor) return tl::make_unexpected(actor.error());
    const domain::Scope scope = domain::scope_of(*actor);
    if (scope && scope->empty()) return refuse("out_of_scope");
    return scope;
}

Result<void> figures(Program& program, const std::string& as) {
    const auto scope = scope_of(program, as);
    if (!scope) return tl::make_unexpected(scope.error());
    const desk::FiguresView view = desk::figures_of(program.home(), *scope, program.speech());
    if (program.json()) {
        program.print("", {{"total", to_json(view.total)},
                           {"departments", to_json(view.departments)},
                           {"levels", to_json(view.levels)},
                           {"codes", to_json(view.codes)},
                           {"groups", to_json(view.groups)},
                           {"days", to_json(view.days)}});
        return {};
    }
    tell(program.out(), view.total);
    for (const auto* lines : {&view.departments, &view.levels, &view.codes, &view.groups, &view.days}) {
        program.out() << '\n';
        for (const desk::FigureLine& line : *lines) tell(program.out(), line);
    }
    return {};
}

Result<void> export_file(Program& program, const std::string& file, const std::string& what,
                         const std::string& as) {
    const auto scope = scope_of(program, as);
    if (!scope) return tl::make_unexpected(scope.error());
    desk::Home& home = program.home();
    const auto rows =
        what == "roster" ? desk::export_roster(home, file, *scope)
        : what == "figures"
            ? desk::export_figures(desk::figures_of(home, *scope, program.speech()), file, program.speech())
            : desk::export_destinations(home, file, *scope);
    if (!rows) return tl::make_unexpected(rows.error());
    program.print(std::to_string(*rows) + " rows", {{"file", file}, {"rows", *rows}});
    return {};
}

struct WarnOptions {
    std::string credit_code, as, name, category, reason;
    std::vector<std::string> evidence;
    bool lift = false;
};

nlohmann::json to_json(const store::Warning& warning) {
    return {{"credit_code", warning.credit_code},  {"employer", warning.employer_name},
            {"category", warning.category},        {"reason", warning.reason},
            {"evidence", warning.evidence.size()}, {"schools", warning.schools}};
}

Result<void> tell_warning(Program& program, const std::string& credit_code) {
    const auto warning = program.home().store().warnings().shown(credit_code);
    if (warning)
        program.print(warning->category + "\t" + warning->reason, to_json(*warning));
    else
        program.print("", nullptr);
    return {};
}

Result<void> warn(Program& program, const WarnOptions& options) {
    if (options.as.empty()) return tell_warning(program, options.credit_code);
    const auto actor = actor_named(program, options.as);
    if (!actor) return tl::make_unexpected(actor.error());
    store::Warnings& warnings = program.home().store().warnings();
    if (options.lift) return warnings.lift(options.credit_code, *actor);
    store::Warning warning{options.credit_code, options.name, options.category, options.reason};
    for (const std::string& file : options.evidence) {
        const auto content = os::read_file(file);
        if (!content) return tl::make_unexpected(content.error());
        auto kept = desk::attach_file(program.home(), "evidence", *content);
        if (!kept) return tl::make_unexpected(kept.error());
        warning.evidence.push_back(std::move(*kept));
    }
    return warnings.mark(warning, *actor);
}

Result<void> tell_conflicts(Program& program) {
    nlohmann::json conflicts = nlohmann::json::array();
    for (const desk::ConflictView& view : desk::conflicts_of(program.home(), program.speech())) {
        const std::string event = to_text(view.conflict.event);
        conflicts.push_back({{"event", event},
                             {"registration", to_text(view.conflict.registration)},
                             {"student", view.student},
                             {"act", view.what},
                             {"code", view.conflict.code},
                             {"why", view.why},
                             {"stands", view.theirs_title}});
        if (!program.json())
            program.out() << event << '\t' << view.student << '\t' << view.what << '\t' << view.why << '\n';
    }
    if (program.json()) program.print("", conflicts);
    return {};
}

struct SettleOptions {
    std::string event, as, reason;
    bool give_back = false;
};

Result<void> settle(Program& program, const SettleOptions& options) {
    const auto actor = actor_named(program, options.as);
    if (!actor) return tl::make_unexpected(actor.error());
    const auto event = uuid_from_text(options.event);
    if (!event) return refuse("conflict_unknown");
    return desk::settle_conflict(program.home(), {*actor, actor->account}, *event, options.reason,
                                 options.give_back);
}

void add_conflicts(Program& program) {
    program.command(program.app(), "conflicts", "Acts of this machine that lost to others",
                    [&program] { return tell_conflicts(program); });
    auto options = std::make_shared<SettleOptions>();
    CLI::App* command = program.command(program.app(), "settle", "Settle such a conflict",
                                        [&program, options] { return settle(program, *options); });
    command->add_option("EVENT", options->event)->required();
    command->add_option("--as", options->as, "school:ACCOUNT")->required();
    command->add_option("--reason", options->reason);
    command->add_flag("--give-back", options->give_back, "What was typed becomes the student's draft");
}

}  // namespace

void add_office_commands(Program& program) {
    CLI::App& app = program.app();
    add_conflicts(program);
    auto as = std::make_shared<std::string>();
    auto file = std::make_shared<std::string>();
    program
        .command(app, "figures", "Placement by department, level, code and day, and the rate",
                 [&program, as] { return figures(program, *as); })
        ->add_option("--as", *as, "ROLE:ACCOUNT; else the machine's operator");
    auto what = std::make_shared<std::string>("destinations");
    CLI::App* exports =
        program.command(app, "export", "Destinations, base data or figures as a file",
                        [&program, file, what, as] { return export_file(program, *file, *what, *as); });
    exports->add_option("--what", *what)
        ->check(CLI::IsMember({"destinations", "roster", "figures"}))
        ->capture_default_str();
    exports->add_option("FILE", *file, ".csv or .xlsx")->required();
    exports->add_option("--as", *as, "ROLE:ACCOUNT; else the machine's operator");
    auto options = std::make_shared<WarnOptions>();
    CLI::App* warns = program.command(app, "warn", "Show, mark or lift the warning of an employer",
                                      [&program, options] { return warn(program, *options); });
    warns->add_option("CREDIT_CODE", options->credit_code)->required();
    warns->add_option("--as", options->as, "school:ACCOUNT, to change it");
    warns->add_option("--name", options->name);
    warns->add_option("--category", options->category, "Code of the table warning_category");
    warns->add_option("--reason", options->reason);
    warns->add_option("--evidence", options->evidence, "Files");
    warns->add_flag("--lift", options->lift);
}

}  // namespace wq::cli
