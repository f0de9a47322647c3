#include "data/os/files.h"
#include "kiosk/cli/program.h"
#include "kiosk/desk/staff_desk.h"

#include <ostream>

namespace wq::cli {
namespace {

Result<void> import_roster(Program& program, const std::string& file) {
    const auto content = os::read_file(file, std::size_t{256} << 20);
    if (!content) return tl::make_unexpected(content.error());
    const auto imported = desk::import_roster(program.home(), text_of(*content), desk::operator_actor());
    if (!imported) return tl::make_unexpected(imported.error());
    const nlohmann::json faults = tell_faults(program, file, imported->faults);
    const store::RosterChange& change = imported->change;
    program.print("rows " + std::to_string(imported->rows) + ", added " + std::to_string(change.added) +
                      ", changed " + std::to_string(change.changed) + ", same " +
                      std::to_string(change.same) + ", faults " + std::to_string(faults.size()),
                  {{"rows", imported->rows},
                   {"added", change.added},
                   {"changed", change.changed},
                   {"same", change.same},
                   {"faults", faults}});
    return {};
}

Result<desk::StaffSession> staff_session(Program& program, const std::string& as) {
    return actor_named(program, as).map([](const domain::Actor& actor) {
        return desk::StaffSession{actor, actor.account};
    });
}

Result<void> find(Program& program, const std::string& text, const std::string& as) {
    const auto session = staff_session(program, as);
    if (!session) return tl::make_unexpected(session.error());
    nlohmann::json rows = nlohmann::json::array();
    desk::StaffDesk desk(program.home(), program.paper());
    for (const domain::Graduate& graduate : desk.graduates(*session, text)) {
        nlohmann::json row = to_json(graduate.base);
        row["revision"] = graduate.revision;
        row["confirmed"] = graduate.is_confirmed();
        rows.push_back(std::move(row));
        if (!program.json())
            program.out() << graduate.exam_number() << '\t' << graduate["name"] << '\t'
                          << graduate["department"] << '\t' << graduate.revision << '\n';
    }
    if (program.json()) program.print("", rows);
    return {};
}

struct CorrectOptions {
    std::string exam_number, as;
    std::filesystem::path form;
    std::optional<std::int64_t> seen;
};

Result<void> correct(Program& program, const CorrectOptions& options) {
    const auto session = staff_session(program, options.as);
    if (!session) return tl::make_unexpected(session.error());
    const auto changes = form_from_file(options.form);
    if (!changes) return tl::make_unexpected(changes.error());
    return desk::StaffDesk(program.home(), program.paper())
        .correct(*session, options.exam_number, *changes, options.seen);
}

void add_correct(Program& program, CLI::App& roster) {
    auto options = std::make_shared<CorrectOptions>();
    CLI::App* command = program.command(roster, "correct", "Put a graduate's base data right",
                                        [&program, options] { return correct(program, *options); });
    command->add_option("EXAMNO", options->exam_number)->required();
    command->add_option("--form", options->form, "JSON object of the fields that change")->required();
    command->add_option("--as", options->as, "school:ACCOUNT")->required();
    command->add_option("--seen", options->seen, "The revision that was looked at");
}

}  // namespace

void add_roster_commands(Program& program) {
    CLI::App* roster =
        program.app().add_subcommand("roster", "The graduates' base data")->require_subcommand(1);
    roster->fallthrough();
    auto file = std::make_shared<std::string>();
    program
        .command(*roster, "import", "Import a CSV file; good lines are taken, bad ones named",
                 [&program, file] { return import_roster(program, *file); })
        ->add_option("FILE", *file)
        ->required();
    auto text = std::make_shared<std::string>(), as = std::make_shared<std::string>();
    CLI::App* finds = program.command(*roster, "find", "Graduates by the beginning of a name or number",
                                      [&program, text, as] { return find(program, *text, *as); });
    finds->add_option("TEXT", *text)->required();
    finds->add_option("--as", *as, "ROLE:ACCOUNT")->required();
    add_correct(program, *roster);
}

}  // namespace wq::cli
