#include "kiosk/cli/program.h"
#include "kiosk/desk/machine.h"
#include "kiosk/desk/set_up.h"

#include <algorithm>
#include <ostream>

namespace wq::cli {
namespace {

struct InitOptions {
    bool demo = false;
    std::string school, name, parties = "3", department_review = "off";
};

Result<void> init(Program& program, const InitOptions& options) {
    if (!options.demo && (options.school.empty() || options.name.empty()))
        throw CLI::RequiredError("--demo, or --school and --name,");
    auto home = desk::Home::create(program.folder(), true);
    if (!home) return tl::make_unexpected(home.error());
    const auto done = options.demo
                          ? desk::set_up_demo(**home)
                          : desk::set_up_campus(**home, {{"school_code", options.school},
                                                         {"school_name", options.name},
                                                         {"parties", options.parties},
                                                         {"department_review", options.department_review}});
    if (!done) {
        home->reset();
        std::filesystem::remove_all(program.folder() / "keys");
        return done;
    }
    const domain::Campus campus = (*home)->campus();
    program.print(campus.school_name() + " " + campus.school_code() + " — " + program.folder().string(),
                  {{"home", program.folder().string()},
                   {"school", campus.school_code()},
                   {"name", campus.school_name()},
                   {"mode", campus.is_demo() ? "demo" : "live"},
                   {"graduates", (*home)->store().graduates().count()},
                   {"employers", (*home)->store().employers().count()}});
    return {};
}

void add_init(Program& program) {
    auto options = std::make_shared<InitOptions>();
    CLI::App* command =
        program.command(program.app(), "init", "Make a campus: an empty one, or the demo campus",
                        [&program, options] { return init(program, *options); });
    CLI::Option* demo =
        command->add_flag("--demo", options->demo, "天府示例大学, an invented school with 200 graduates");
    CLI::Option* school =
        command->add_option("--school", options->school, "School code, 5 digits")->excludes(demo);
    command->add_option("--name", options->name, "School name")->needs(school);
    command->add_option("--parties", options->parties, "2 or 3")
        ->check(CLI::IsMember({"2", "3"}))
        ->excludes(demo);
    command->add_option("--department-review", options->department_review)
        ->check(CLI::IsMember({"on", "off"}))
        ->excludes(demo);
}

struct SettingsOptions {
    std::string key, value, as;
    CLI::Option* given = nullptr;
};

bool is_machine_setting(const std::string& key) {
    return std::ranges::count(desk::machine_settings(), key, &desk::MachineSetting::key) > 0;
}

// What devices this machine uses: its own, not the campus's.
Result<void> machine_setting(Program& program, const SettingsOptions& options) {
    if (options.given->count() > 0)
        if (auto done = desk::set_machine(program.home(), options.key, options.value); !done) return done;
    return desk::machine_setting(program.home(), options.key).map([&](const std::string& now) {
        program.print(now, {{options.key, now}});
    });
}

Result<void> settings(Program& program, const SettingsOptions& options) {
    desk::Home& home = program.home();
    const std::string& key = options.key;
    if (is_machine_setting(key)) return machine_setting(program, options);
    if (options.given->count() > 0) {
        // Whoever holds the console does what the province and the school decided.
        const auto actor = options.as.empty()
                               ? Result<domain::Actor>(domain::Actor{domain::Role::province, "operator", {}})
                               : actor_named(program, options.as);
        if (!actor) return tl::make_unexpected(actor.error());
        if (auto done = home.store().campus().change({{key, options.value}}, *actor); !done) return done;
    }
    const domain::Form all = home.campus().settings;
    if (!key.empty()) {
        if (auto refusal = domain::check_setting(key, domain::value_of(all, key));
            refusal && refusal->code == "setting_unknown")
            return tl::make_unexpected(*refusal);
        const std::string now(domain::value_of(all, key));
        program.print(now, {{key, now}});
        return {};
    }
    if (program.json()) {
        nlohmann::json json = to_json(all);
        for (const desk::MachineSetting& setting : desk::machine_settings())
            json[std::string(setting.key)] = *desk::machine_setting(home, setting.key);
        program.print("", json);
        return {};
    }
    for (const desk::MachineSetting& setting : desk::machine_settings())
        program.out() << setting.key << " = " << *desk::machine_setting(home, setting.key) << "   "
                      << setting.says << '\n';
    for (const domain::Setting& setting : domain::campus_settings())
        program.out() << setting.key << " = " << domain::value_of(all, setting.key) << "   "
                      << setting.name_zh << '\n';
    return {};
}

void add_settings(Program& program) {
    auto options = std::make_shared<SettingsOptions>();
    CLI::App* command = program.command(program.app(), "settings",
                                        "Show or change the settings of the campus and of this machine",
                                        [&program, options] { return settings(program, *options); });
    command->add_option("KEY", options->key);
    options->given = command->add_option("VALUE", options->value);
    command->add_option("--as", options->as, "ROLE:ACCOUNT; else the machine's operator");
}

Result<void> code_table(Program& program, const std::string& name) {
    const domain::Codes& codes = program.home().codes();
    if (!codes.has(name)) return refuse("code_table_missing", {{"table", name}});
    nlohmann::json rows = nlohmann::json::array();
    for (const domain::Code& code : codes.table(name).rows()) {
        rows.push_back({{"code", code.code},
                        {"name_zh", code.name_zh},
                        {"name_en", code.name_en},
                        {"parent", code.parent}});
        if (!program.json())
            program.out() << code.code << '\t' << code.name_zh << '\t' << code.name_en << '\t' << code.parent
                          << '\n';
    }
    if (program.json()) program.print("", rows);
    return {};
}

}  // namespace

void add_campus_commands(Program& program) {
    add_init(program);
    add_settings(program);
    auto name = std::make_shared<std::string>();
    program
        .command(program.app(), "code-table", "Print a code table",
                 [&program, name] { return code_table(program, *name); })
        ->add_option("NAME", *name, "region, employer_nature, industry, post, …")
        ->required();
}

}  // namespace wq::cli
