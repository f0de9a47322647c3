#include "data/os/files.h"
#include "kiosk/cli/program.h"
#include "kiosk/desk/accounts.h"
#include "kiosk/desk/set_up.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace wq::cli {
namespace {

// Not shown while it is typed.
class NoEcho {
  public:
    NoEcho() {
        if (::tcgetattr(STDIN_FILENO, &before_) != 0) return;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        is_set_ = ::tcsetattr(STDIN_FILENO, TCSANOW, &silent) == 0;
    }
    ~NoEcho() {
        if (is_set_) ::tcsetattr(STDIN_FILENO, TCSANOW, &before_);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

  private:
    termios before_{};
    bool is_set_ = false;
};

// The first line of the standard input: an argument would stand in the list of processes.
std::string password_given(Program& program) {
    const bool asks = ::isatty(STDIN_FILENO) == 1;
    if (asks) program.err() << program.speech().say("account.password") << ' ' << std::flush;
    const NoEcho silent;
    std::string password;
    std::getline(std::cin, password);
    if (asks) program.err() << '\n';
    if (!password.empty() && password.back() == '\r') password.pop_back();
    return password;
}

struct AddOptions {
    std::string who, display, department;
};

Result<void> add(Program& program, const AddOptions& options) {
    auto actor = actor_written(options.who);
    if (!actor) return tl::make_unexpected(actor.error());
    actor->department = options.department;
    const std::string display = options.display.empty() ? actor->account : options.display;
    return desk::add_account(program.home(), {*actor, display, password_given(program)},
                             desk::operator_actor());
}

Result<void> list(Program& program) {
    store::Accounts& accounts = program.home().store().accounts();
    nlohmann::json rows = nlohmann::json::array();
    for (domain::Role role : {domain::Role::province, domain::Role::school, domain::Role::department})
        for (const store::Account& account : accounts.list(role)) {
            const std::string name(domain::name_of(role));
            rows.push_back({{"role", name},
                            {"account", account.actor.account},
                            {"display_name", account.display_name},
                            {"department", account.actor.department}});
            if (!program.json())
                program.out() << name << ':' << account.actor.account << '\t' << account.display_name << '\t'
                              << account.actor.department << '\n';
        }
    const std::int64_t students = accounts.count(domain::Role::student);
    if (program.json())
        program.print("", {{"staff", rows}, {"students", students}});
    else
        program.out() << "student\t" << students << '\n';
    return {};
}

Result<void> import(Program& program, const std::string& file) {
    const auto content = os::read_file(file, std::size_t{64} << 20);
    if (!content) return tl::make_unexpected(content.error());
    const auto imported = desk::import_accounts(program.home(), text_of(*content), desk::operator_actor());
    if (!imported) return tl::make_unexpected(imported.error());
    const nlohmann::json faults = tell_faults(program, file, imported->faults);
    program.print("rows " + std::to_string(imported->rows) + ", changed " +
                      std::to_string(imported->changed) + ", faults " + std::to_string(faults.size()),
                  {{"rows", imported->rows}, {"changed", imported->changed}, {"faults", faults}});
    return {};
}

void add_add(Program& program, CLI::App& account) {
    auto options = std::make_shared<AddOptions>();
    CLI::App* command = program.command(
        account, "add", "Make an account, or give it another password, which the standard input says",
        [&program, options] { return add(program, *options); });
    command->add_option("WHO", options->who, "ROLE:NAME, or student:EXAMNO")->required();
    command->add_option("--display", options->display, "The person's name");
    command->add_option("--department", options->department, "Of a department's staff, as in the roster");
}

}  // namespace

void add_account_commands(Program& program) {
    CLI::App* account =
        program.app().add_subcommand("account", "Who may log in at this campus")->require_subcommand(1);
    account->fallthrough();
    add_add(program, *account);
    program.command(*account, "list", "Staff by name, students by number",
                    [&program] { return list(program); });
    auto name = std::make_shared<std::string>();
    program
        .command(*account, "remove", "It can't log in any more",
                 [&program, name] {
                     return program.home().store().accounts().remove(*name, desk::operator_actor());
                 })
        ->add_option("NAME", *name)
        ->required();
    auto file = std::make_shared<std::string>();
    program
        .command(*account, "import", "Students' verifiers from a CSV file: 考生号, 口令校验值",
                 [&program, file] { return import(program, *file); })
        ->add_option("FILE", *file)
        ->required();
}

}  // namespace wq::cli
