#include "data/os/assets.h"
#include "data/os/files.h"
#include "data/os/wording.h"
#include "pdf/scan/page_image.h"
#include "sync/platform/admin.h"
#include "sync/platform/server.h"

#include <CLI/CLI.hpp>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>

namespace {

using namespace wq;

std::string default_platform_home() {
    const char* set = std::getenv("WANGQIAN_PLATFORM_HOME");
    return set ? set : (os::default_home() / "platform").string();
}

std::string env_or_empty(const char* name) {
    const char* set = std::getenv(name);
    return set ? set : "";
}

// Each connection costs a descriptor, and by itself a program has a thousand: fewer than nodes that wait.
void let_in_as_many_as_may_be() {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
}

// Opened when a command needs it, so that --help and wrong usage touch nothing.
class Platform {
  public:
    std::string home = default_platform_home();
    std::string database = env_or_empty("WANGQIAN_PLATFORM_DATABASE");

    platform::Registry& registry() {
        if (registry_) return *registry_;
        auto codes = os::load_codes(os::assets_folder());
        if (!codes) throw Fault("the code tables can't be read: " + os::told(codes.error()));
        codes_ = std::move(*codes);
        return registry_.emplace(platform::RegistryOptions{home, &clock_, &random_, &codes_, database});
    }

  private:
    os::SystemClock clock_;
    crypto::SystemRandom random_;
    domain::Codes codes_;
    std::optional<platform::Registry> registry_;
};

// What the commands share; it outlives the parsing that calls them.
struct Run {
    Platform here;
    std::string school, name, id, form, setting, becomes;
    platform::Admin::Act employer;
    platform::Admin::AccountAct account;
    platform::Admin::NewAccount login;
    platform::SiteOptions site;
    std::string access_log;
    bool password_from_stdin = false;
    std::vector<std::string> attach, schools;
    platform::Server::Options listen;
    int exit_code = 0;
    bool as_json = false;

    platform::Admin admin() { return platform::Admin(here.registry()); }

    void print(const Result<nlohmann::json>& result) {
        if (!result) {
            std::fprintf(stderr, "%s\n", os::told(result.error()).c_str());
            exit_code = 1;
            return;
        }
        std::fputs((as_json ? result->dump() + "\n" : platform::lines_of(*result)).c_str(), stdout);
    }

    // The form's file; nothing given is an empty form.
    Result<domain::Form> read_form() const {
        domain::Form read;
        if (form.empty()) return read;
        const auto text = os::read_text(form);
        if (!text) return tl::make_unexpected(text.error());
        const auto fields = nlohmann::json::parse(*text, nullptr, false);
        if (!fields.is_object()) return refuse("json_wrong", {{"file", form}, {"reason", "no object"}});
        for (const auto& [key, value] : fields.items())
            if (value.is_string()) read.emplace(key, value.get<std::string>());
        return read;
    }

    Result<nlohmann::json> act() {
        return read_form().and_then([&](domain::Form&& read) {
            employer.form = std::move(read);
            return admin().act(employer);
        });
    }

    Result<nlohmann::json> act_on_account() {
        auto read = read_form();
        if (!read) return tl::make_unexpected(read.error());
        account.form = std::move(*read);
        for (const std::string& given : attach) {
            const auto equals = given.find('=');
            auto content = os::read_file(given.substr(equals == std::string::npos ? 0 : equals + 1));
            if (!content) return tl::make_unexpected(content.error());
            account.files.emplace_back(given.substr(0, equals), std::move(*content));
        }
        return admin().act(account);
    }

    // For people the code alone, ready to be read aloud or taken by a script.
    void print_code(const Result<nlohmann::json>& code) {
        if (!code || as_json) return print(code);
        std::printf("%s\n", (*code)["code"].get<std::string>().c_str());
    }

    // Beyond this machine nothing goes without TLS: passwords, and what people typed.
    void require_tls() const {
        const bool is_here =
            listen.address.starts_with("127.") || listen.address == "::1" || listen.address == "localhost";
        if (!is_here && listen.certificate.empty() && !site.is_behind_proxy)
            throw Fault(
                "beyond 127.0.0.1 it is served with --tls-certificate and --tls-key, or --behind-tls");
    }

    void serve() {
        require_tls();
        scan::make_decoder_ready();
        std::ofstream log;
        if (!access_log.empty()) {
            log.open(access_log, std::ios::app);
            if (!log) throw Fault("can't write " + access_log);
            site.log = [&log, mutex = std::make_shared<std::mutex>()](const std::string& line) {
                const std::lock_guard lock(*mutex);
                log << line << std::endl;
            };
        }
        site.is_tls = site.is_behind_proxy || !listen.certificate.empty();
        platform::Api api(here.registry(), site);
        let_in_as_many_as_may_be();
        platform::Server server(api, listen);
        std::printf("listening on %s://%s:%d\n", listen.certificate.empty() ? "http" : "https",
                    listen.address.c_str(), server.port());
        std::fflush(stdout);
        server.run(true);
    }
};

void add_serve(CLI::App& program, Run& run) {
    CLI::App* serve = program.add_subcommand("serve", "Serve nodes and the public over HTTP");
    run.listen.port = 8480;
    serve->add_option("--port", run.listen.port, "0 takes a free one");
    serve->add_option("--address", run.listen.address);
    serve->add_option("--workers", run.listen.workers)->check(CLI::Range(1, 256));
    CLI::Option* certificate =
        serve->add_option("--tls-certificate", run.listen.certificate, "PEM, with its chain");
    serve->add_option("--tls-key", run.listen.key, "PEM")->needs(certificate);
    certificate->needs("--tls-key");
    serve->add_flag("--behind-tls", run.site.is_behind_proxy,
                    "A proxy before it ends TLS: cookies are Secure, X-Forwarded-For names the visitor");
    serve->add_option(
        "--access-log", run.access_log,
        "A line for each request to a page: time, method, route, status, ms; nothing of anybody");
    serve->callback([&run] { run.serve(); });
}

void add_employers(const auto& add, Run& run) {
    CLI::App* employer =
        add("employer",
            "An act on an employer's account: submit, confirm_transfer (the employer); take_over,"
            " send_transfer, approve, send_back, suspend, restore (the ministry)",
            [&run] { run.print(run.act_on_account()); });
    employer->add_option("credit-code", run.account.credit_code)->required();
    employer->add_option("action", run.account.action)->required();
    employer->add_option("--as", run.account.as, "employer, or ministry:NAME")->required();
    employer->add_option("--form", run.form, "JSON object of the account's fields");
    employer->add_option("--attach", run.attach, "business_licence=FILE, authorization_letter=FILE");
    employer->add_option("--reason", run.account.reason);
    employer->add_option("--fen", run.account.fen, "The transfer's amount, 1 to 99");
    add("employers", "List the employers' accounts", [&run] { run.print(run.admin().employers()); });
    add("employer-show", "One employer's account with all it holds",
        [&run] { run.print(run.admin().employer(run.id)); })
        ->add_option("credit-code", run.id)
        ->required();
}

void add_accounts(const auto& add, Run& run) {
    CLI::App* account =
        add("account",
            "Make an account of the pages for province or ministry, or give it a new password;"
            " without --password-stdin one is made and told",
            [&run] {
                if (run.password_from_stdin) std::getline(std::cin, run.login.password);
                run.print(run.admin().put_account(run.login));
            });
    account->add_option("role", run.login.role, "province or ministry")->required();
    account->add_option("name", run.login.name)->required();
    account->add_option("--province", run.login.province, "Two digits such as 51, of province");
    account->add_option("--display-name", run.login.display_name);
    account->add_flag("--password-stdin", run.password_from_stdin, "Read the password from standard input");
    add("demo", "Fill an empty platform to be tried, and tell its log-ins",
        [&run] { run.print(run.admin().demo()); });
}

void add_placements(const auto& add, Run& run) {
    CLI::App* exporting =
        add("export", "The national plan's columns of all a school's graduates, .csv or .xlsx",
            [&run] { run.print(run.admin().export_plan(run.school, run.name)); });
    exporting->add_option("school", run.school)->required();
    exporting->add_option("file", run.name)->required();
    CLI::App* consumer = add("consumer", "Let another system read placements; prints its token, once",
                             [&run] { run.print(run.admin().add_consumer(run.name, run.schools)); });
    consumer->add_option("name", run.name)->required();
    consumer->add_option("--school", run.schools, "Of this school, may be repeated; without it, of all");
    add("consumers", "List them", [&run] { run.print(run.admin().consumers()); });
    add("consumer-remove", "Its token is good no more",
        [&run] { run.print(run.admin().remove_consumer(run.name)); })
        ->add_option("name", run.name)
        ->required();
}

void add_admin(CLI::App& program, Run& run) {
    CLI::App* admin = program.add_subcommand("admin", "Look after the platform")->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, std::function<void()> work) {
        CLI::App* command = admin->add_subcommand(name, help);
        command->add_flag("--json", run.as_json, "Print JSON");
        command->callback(std::move(work));
        return command;
    };
    add("init", "Make the home folder with its keys", [&run] { run.print(run.admin().key()); });
    CLI::App* school = add("school", "Add or rename a school",
                           [&run] { run.print(run.admin().add_school(run.school, run.name)); });
    school->add_option("code", run.school, "5 digits")->required();
    school->add_option("name", run.name)->required();
    CLI::App* province = add("province", "The province whose staff sees a school, two digits such as 51",
                             [&run] { run.print(run.admin().set_province(run.school, run.name)); });
    province->add_option("school", run.school)->required();
    province->add_option("province", run.name)
        ->required()
        ->check(CLI::IsMember({"11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33",
                               "34", "35", "36", "37", "41", "42", "43", "44", "45", "46", "50",
                               "51", "52", "53", "54", "61", "62", "63", "64", "65", "66"}));
    add_accounts(add, run);
    CLI::App* setting =
        add("setting", "What the province sets for a school, such as parties, told to its nodes by the feed",
            [&run] { run.print(run.admin().set(run.school, run.setting, run.becomes)); });
    setting->add_option("school", run.school)->required();
    setting->add_option("key", run.setting)->required();
    setting->add_option("value", run.becomes)->required();
    add("schools", "List the schools", [&run] { run.print(run.admin().schools()); });
    add("enrol-code", "A one-time code that lets a node join within 15 minutes",
        [&run] { run.print_code(run.admin().new_code(run.school)); })
        ->add_option("school", run.school)
        ->required();
    add("nodes", "List the nodes", [&run] { run.print(run.admin().nodes()); });
    CLI::App* revoke = add("revoke", "A node may no longer speak for its school",
                           [&run] { run.print(run.admin().revoke(run.school, run.id)); });
    revoke->add_option("school", run.school)->required();
    revoke->add_option("device", run.id)->required();
    CLI::App* act =
        add("act", "What an employer does: invite, cancel, agree, disagree, ask_termination, revoke",
            [&run] { run.print(run.act()); });
    act->add_option("school", run.employer.school)->required();
    act->add_option("action", run.employer.action)->required();
    act->add_option("--as", run.employer.credit_code, "The employer's credit code")->required();
    act->add_option("--registration", run.employer.registration);
    act->add_option("--student", run.employer.exam_number, "Exam number, to invite");
    act->add_option("--form", run.form, "JSON object of the form's fields, to invite");
    act->add_option("--reason", run.employer.reason);
    add_employers(add, run);
    add_placements(add, run);
    CLI::App* courier = add("courier", "Take what nodes wrote on a stick and lay the answers beside it",
                            [&run] { run.print(run.admin().take_parcels(run.id)); });
    courier->add_option("action", run.becomes)->required()->check(CLI::IsMember({"take"}));
    courier->add_option("folder", run.id)->required()->check(CLI::ExistingDirectory);
    add("expire", "Let invitations expire whose time is over",
        [&run] { run.print(run.admin().expire(run.school)); })
        ->add_option("school", run.school)
        ->required();
    add("events", "List a school's feed", [&run] { run.print(run.admin().events(run.school)); })
        ->add_option("school", run.school)
        ->required();
    add("show", "One registration with all it holds", [&run] { run.print(run.admin().show(run.id)); })
        ->add_option("registration", run.id)
        ->required();
}

int run_program(int argc, char** argv) {
    CLI::App program("The reference platform of Wangqian", "wangqian-platform");
    program.require_subcommand(1);
    program.fallthrough();
    Run run;
    program.add_option("--home", run.here.home, "Folder of database, keys and pictures");
    program.add_option("--database", run.here.database,
                       "postgresql://… instead of a file in the home; better in $WANGQIAN_PLATFORM_DATABASE,"
                       " where nobody sees its password");
    add_serve(program, run);
    add_admin(program, run);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : 2;
    }
    return run.exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run_program(argc, argv);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "wangqian-platform: %s\n", fault.what());
        return 3;
    }
}
