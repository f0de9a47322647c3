#include "sync/platform/admin.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace wq::platform {
namespace {

using nlohmann::json;

json json_of(const cbor::Value& value) {
    if (value.is_int()) return value.as_int();
    if (value.is_text()) return value.as_text();
    if (value.is_bytes()) return to_hex(value.as_bytes());
    json made;
    if (value.is_array()) {
        made = json::array();
        for (const cbor::Value& item : value.as_array()) made.push_back(json_of(item));
    } else if (value.is_map()) {
        made = json::object();
        for (const auto& [key, item] : value.as_map()) made[key] = json_of(item);
    } else if (!value.is_null()) {
        made = value.as_bool();
    }
    return made;
}

json json_of(const SchoolLine& line) {
    return {{"school", line.code},
            {"name", line.name},
            {"graduates", line.graduates},
            {"registrations", line.registrations},
            {"feed", line.feed}};
}

json json_of(const NodeLine& line) {
    return {{"school", line.sender.school},
            {"device", to_text(line.sender.device)},
            {"epoch", line.epoch},
            {"number", line.number},
            {"state", line.state},
            {"reason", line.reason},
            {"last", line.last}};
}

json json_of(const EventLine& line) {
    json made = {{"feed", line.entry.feed},
                 {"verdict", line.entry.verdict},
                 {"code", line.entry.why.code},
                 {"received", to_iso(line.entry.received)}};
    if (!line.event) return made;
    made["type"] = line.event->type;
    made["device"] = to_text(line.event->device);
    made["number"] = line.event->number;
    if (!line.event->registration.is_nil()) made["registration"] = to_text(line.event->registration);
    if (line.event->body.has("action")) made["action"] = line.event->body["action"].as_text();
    return made;
}

// A line for people: the values in the order of their names.
void print_line(const json& value) {
    std::string line;
    for (const auto& [key, item] : value.items())
        line += (line.empty() ? "" : "  ") + key + "=" +
                (item.is_string() ? item.get<std::string>() : item.dump());
    std::printf("%s\n", line.c_str());
}

// The commands' shared state; they are called after parsing.
struct Admin {
    std::function<Registry&()> registry;
    int* exit_code;
    bool as_json = false;
    std::string school, name, id;

    void print(const json& value) const {
        if (as_json || !value.is_array())
            as_json ? (void)std::printf("%s\n", value.dump().c_str()) : print_line(value);
        else
            for (const json& line : value) print_line(line);
    }

    template <class Lines>
    void print_all(const Lines& lines) const {
        json made = json::array();
        for (const auto& line : lines) made.push_back(json_of(line));
        print(made);
    }

    void refuse_with(const Refusal& refusal) const {
        std::fprintf(stderr, "%s\n", refusal.code.c_str());
        for (const auto& [key, value] : refusal.args)
            std::fprintf(stderr, "  %s: %s\n", key.c_str(), value.c_str());
        *exit_code = 1;
    }

    void add_school() const {
        if (auto added = registry().add_school(school, name); !added) return refuse_with(added.error());
        print({{"school", school}, {"name", name}});
    }

    void make_code() const {
        const auto code = registry().new_enrol_code(school);
        if (!code) return refuse_with(code.error());
        as_json ? print({{"code", *code}, {"minutes", 15}}) : (void)std::printf("%s\n", code->c_str());
    }

    void show() const {
        const auto uuid = uuid_from_text(id);
        const auto record = uuid ? registry().registration(*uuid) : std::nullopt;
        if (!record) return refuse_with({"record_unknown"});
        print(json_of(domain::to_cbor(*record)));
    }

    void revoke() const {
        const auto device = uuid_from_text(id);
        const auto revoked =
            device ? registry().revoke({school, *device}) : Result<void>(refuse("device_unknown"));
        if (!revoked) return refuse_with(revoked.error());
        print({{"device", id}, {"state", "revoked"}});
    }
};

}  // namespace

void add_admin(CLI::App& program, std::function<Registry&()> registry, int& exit_code) {
    auto admin = std::make_shared<Admin>();
    admin->registry = std::move(registry);
    admin->exit_code = &exit_code;
    CLI::App* commands = program.add_subcommand("admin", "Look after the platform")->require_subcommand(1);
    const auto add = [&](const char* name, const char* help, auto work) {
        CLI::App* command = commands->add_subcommand(name, help);
        command->add_flag("--json", admin->as_json, "Print JSON");
        command->callback([admin, work] { work(*admin); });
        return command;
    };
    add("init", "Make the home folder with its keys", [](const Admin& a) {
        a.print({{"public_key", to_hex(a.registry().public_key())}});
    });
    CLI::App* school = add("school", "Add or rename a school", [](const Admin& a) { a.add_school(); });
    school->add_option("code", admin->school, "5 digits")->required();
    school->add_option("name", admin->name)->required();
    add("schools", "List the schools", [](const Admin& a) { a.print_all(a.registry().schools()); });
    add("enrol-code", "A one-time code that lets a node join, valid for 15 minutes",
        [](const Admin& a) { a.make_code(); })
        ->add_option("school", admin->school)
        ->required();
    add("nodes", "List the nodes", [](const Admin& a) {
        std::vector<NodeLine> lines;
        for (const SchoolLine& line : a.registry().schools())
            for (NodeLine& node : a.registry().nodes(line.code)) lines.push_back(std::move(node));
        a.print_all(lines);
    });
    CLI::App* revoke =
        add("revoke", "A node may no longer speak for its school", [](const Admin& a) { a.revoke(); });
    revoke->add_option("school", admin->school)->required();
    revoke->add_option("device", admin->id)->required();
    add("events", "List a school's feed", [](const Admin& a) { a.print_all(a.registry().events(a.school)); })
        ->add_option("school", admin->school)
        ->required();
    add("show", "One registration with all it holds", [](const Admin& a) { a.show(); })
        ->add_option("registration", admin->id)
        ->required();
}

}  // namespace wq::platform
