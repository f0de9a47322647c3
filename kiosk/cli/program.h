// The command line `wangqian`: everything the windows can do, as commands, for operators, scripts and tests.
// Exit codes: 0 done, 1 refused by a rule (its code on stderr), 2 wrong usage, 3 fault. Commands that need
// more than the desk (sync) are added by main.cpp.
#pragma once

#include "data/base/result.h"
#include "data/domain/roster.h"
#include "kiosk/desk/home.h"
#include "kiosk/desk/paper.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>

namespace wq::cli {

// A command's work; a refusal is told on stderr and ends the program with 1.
using Work = std::function<Result<void>()>;

class Program {
  public:
    Program(std::ostream& out, std::ostream& err);

    // Parses, runs and returns the exit code.
    int run(int argc, const char* const* argv);

    CLI::App& app() { return app_; }
    // A command of `parent` whose work is done after parsing.
    CLI::App* command(CLI::App& parent, const std::string& name, const std::string& description, Work work);

    const std::filesystem::path& folder() const { return folder_; }
    bool json() const { return json_; }
    std::ostream& out() { return out_; }
    std::ostream& err() { return err_; }
    desk::Speech speech() { return {home().wording(), desk::Language::zh}; }

    // Opened when first asked for; a refusal to open ends the command.
    desk::Home& home();
    desk::Paper& paper();

    // One line of text, or the value with --json.
    void print(const std::string& text, const nlohmann::json& value);

  private:
    void tell(const Refusal& refusal);

    CLI::App app_;
    std::ostream& out_;
    std::ostream& err_;
    std::filesystem::path folder_;
    bool json_ = false;
    Work chosen_;
    std::unique_ptr<desk::Home> home_;
    std::unique_ptr<desk::Paper> paper_;
};

// Thrown by what has no other way to refuse (opening the home); ends the command like a returned refusal.
struct Refused {
    Refusal refusal;
};

void add_campus_commands(Program& program);        // init, settings, code-table
void add_account_commands(Program& program);       // account
void add_roster_commands(Program& program);        // roster
void add_registration_commands(Program& program);  // register, confirm, act, print, show, list, history
void add_paper_commands(Program& program);         // pdf, verify
void add_scan_commands(Program& program);          // scan, tray, devices
void add_office_commands(Program& program);        // figures, export, warn
void add_check_commands(Program& program);         // audit, doctor, printers

// "student:21510107153001", "school:wang", "department:dept1". Staff must have an account of this role here
// (`account_unknown`); whether a student is in the roster, and what employers and the ministry may do here,
// is seen when they act.
Result<domain::Actor> actor_named(Program& program, const std::string& text);
Result<domain::Actor> actor_written(const std::string& text);      // the same, whoever it is: `actor_wrong`
Result<Uuid> id_named(Program& program, const std::string& text);  // an id, or an agreement number
// A JSON object of texts. Refusals: `json_wrong` {file, reason}, and those of reading.
Result<domain::Form> form_from_file(const std::filesystem::path& file);

// Each on a line of its own on stderr, and as JSON.
nlohmann::json tell_faults(Program& program, const std::string& file,
                           const std::vector<domain::RosterFault>& faults);

nlohmann::json to_json(const domain::Form& form);
nlohmann::json to_json(const std::vector<domain::Attachment>& attachments);
nlohmann::json to_json(const domain::Registration& record);

}  // namespace wq::cli
