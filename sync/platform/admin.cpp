#include "sync/platform/admin.h"

#include "sync/platform/courier.h"
#include "sync/platform/database.h"
#include "sync/platform/demo.h"
#include "sync/platform/web/readings.h"
#include "sync/platform/web/sessions.h"

#include <algorithm>

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
            {"last", line.last},
            {"seen", to_iso(line.seen)},
            {"silent_since", line.silent_since.ms > 0 ? to_iso(line.silent_since) : ""},
            {"failing", line.failing},
            {"failing_since", line.failing.empty() ? "" : to_iso(line.failing_since)}};
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

json json_of(const domain::EmployerAccount& account) {
    return {{"credit_code", account.credit_code},
            {"name", std::string(domain::value_of(account.form, "employer_name"))},
            {"state", std::string(domain::name_of(account.state))},
            {"revision", account.revision},
            {"comment", account.comment}};
}

template <class Lines>
json all_of(const Lines& lines) {
    json made = json::array();
    for (const auto& line : lines) made.push_back(json_of(line));
    return made;
}

}  // namespace

std::string lines_of(const json& value) {
    std::string text;
    if (value.is_array()) {
        for (const json& item : value) text += lines_of(item);
        return text;
    }
    for (const auto& [key, item] : value.items())
        text += (text.empty() ? "" : "  ") + key + "=" +
                (item.is_string() ? item.get<std::string>() : item.dump());
    return text + "\n";
}

json Admin::key() const { return {{"public_key", to_hex(registry_->public_key())}}; }

json Admin::schools() const { return all_of(registry_->schools()); }

json Admin::nodes() const {
    std::vector<NodeLine> lines;
    for (const SchoolLine& school : registry_->schools())
        for (NodeLine& node : registry_->nodes(school.code)) lines.push_back(std::move(node));
    return all_of(lines);
}

json Admin::events(const std::string& school) const { return all_of(registry_->events(school)); }

Result<json> Admin::add_school(const std::string& code, const std::string& name) const {
    return registry_->add_school(code, name).map([&] { return json{{"school", code}, {"name", name}}; });
}

Result<json> Admin::set(const std::string& school, const std::string& key, const std::string& value) const {
    return registry_->set(school, {{key, value}}).map([&] { return json{{"school", school}, {key, value}}; });
}

Result<json> Admin::set_province(const std::string& school, const std::string& province) const {
    const auto schools = registry_->schools();
    if (!std::ranges::count(schools, school, &SchoolLine::code))
        return refuse("school_unknown", {{"school", school}});
    registry_->transact([&](Database& database) { platform::set_province(database, school, province); });
    return json{{"school", school}, {"province", province}};
}

Result<json> Admin::put_account(const NewAccount& account) const {
    const auto role = domain::role_named(account.role);
    if (role != domain::Role::province && role != domain::Role::ministry)
        return refuse("role_unknown", {{"role", account.role}});
    if ((role == domain::Role::province) == account.province.empty()) return refuse("province_missing");
    const Person person{.role = *role,
                        .account = account.name,
                        .province = account.province,
                        .display_name = account.display_name};
    const bool is_made = account.password.empty();
    const std::string password = is_made ? registry_->random().typed_code(16) : account.password;
    Logins logins(*registry_);
    if (auto put = logins.put(person, password); !put) return tl::make_unexpected(put.error());
    Sessions(*registry_, logins).end_all(*role, account.name);
    json made = {{"role", account.role}, {"account", account.name}};
    if (is_made) made["password"] = password;
    return made;
}

Result<json> Admin::demo() const {
    return fill_demo(*registry_).map([](const std::vector<DemoLogin>& logins) {
        json made = json::array();
        for (const DemoLogin& login : logins)
            made.push_back({{"page", login.door}, {"account", login.who}, {"password", login.password}});
        return made;
    });
}

Result<json> Admin::new_code(const std::string& school) const {
    return registry_->new_enrol_code(school).map([](const std::string& code) {
        return json{{"code", code}, {"minutes", 15}};
    });
}

Result<json> Admin::revoke(const std::string& school, const std::string& device) const {
    const auto id = uuid_from_text(device);
    if (!id) return refuse("device_unknown");
    return registry_->revoke({school, *id}).map([&] {
        return json{{"device", device}, {"state", "revoked"}};
    });
}

Result<json> Admin::act(const Act& act) const {
    const auto action = domain::action_named(act.action);
    if (!action) return refuse("action_unknown", {{"action", act.action}});
    domain::Command command{*action, {domain::Role::employer, act.credit_code}};
    command.form = act.form;
    command.reason = act.reason;
    command.attachments = act.attachments;
    const auto id = act.registration.empty() ? registry_->new_id() : uuid_from_text(act.registration);
    if (!id) return refuse("record_unknown");
    return registry_->act(act.school, *id, act.exam_number, command)
        .map([](const domain::Registration& record) {
            return json{{"id", to_text(record.id)}, {"state", domain::name_of(record.state)}};
        });
}

Result<json> Admin::act(const AccountAct& act) const {
    const auto action = domain::account_action_named(act.action);
    if (!action) return refuse("action_unknown", {{"action", act.action}});
    domain::AccountCommand command{*action, {domain::Role::employer, act.credit_code}};
    if (act.as.starts_with("ministry:"))
        command.actor = {domain::Role::ministry, act.as.substr(9)};
    else if (act.as != "employer")
        return refuse("actor_wrong", {{"actor", act.as}});
    command.form = act.form;
    command.reason = act.reason;
    command.fen = act.fen;
    for (const auto& [kind, content] : act.files) {
        auto kept = registry_->keep_file(kind, content);
        if (!kept) return tl::make_unexpected(kept.error());
        command.attachments.push_back(std::move(*kept));
    }
    return registry_->act(act.credit_code, command).map([](const domain::EmployerAccount& account) {
        return json_of(account);
    });
}

json Admin::employers() const { return all_of(registry_->employers()); }

Result<json> Admin::employer(const std::string& credit_code) const {
    const domain::EmployerAccount account = registry_->employer(credit_code);
    if (account.state == domain::AccountState::none) return refuse("employer_unknown");
    json made = json_of(domain::to_cbor(account));
    made["history_whole"] = registry_->is_history_whole(credit_code);
    return made;
}

Result<json> Admin::export_plan(const std::string& school, const std::string& file) const {
    return registry_->export_plan(school, std::nullopt, std::filesystem::path(file))
        .map([&](std::size_t lines) {
            return json{{"file", file}, {"lines", lines}};
        });
}

Result<json> Admin::add_consumer(const std::string& name, const std::vector<std::string>& schools) const {
    return registry_->add_consumer({name, schools}).map([&](const std::string& token) {
        return json{{"name", name}, {"token", token}};
    });
}

Result<json> Admin::remove_consumer(const std::string& name) const {
    return registry_->remove_consumer(name).map([&] { return json{{"name", name}}; });
}

json Admin::consumers() const {
    json lines = json::array();
    for (const Consumer& consumer : registry_->consumers())
        lines.push_back({{"name", consumer.name}, {"schools", consumer.schools}});
    return lines;
}

Result<json> Admin::take_parcels(const std::string& folder) const {
    Api api(*registry_);
    crypto::SystemRandom random;
    const auto taken = platform::take_parcels(*registry_, api, random, folder);
    if (!taken) return tl::make_unexpected(taken.error());
    // One that is all that there is, is refused as a whole.
    if (taken->size() == 1 && taken->front().why) return tl::make_unexpected(*taken->front().why);
    json rows = json::array();
    for (const TakenParcel& one : *taken)
        rows.push_back({{"file", one.file},
                        {"requests", one.requests},
                        {"refused", one.refused},
                        {"code", one.why ? one.why->code : ""}});
    return rows;
}

json Admin::expire(const std::string& school) const {
    return {{"expired", registry_->expire_invitations(school)}};
}

Result<json> Admin::show(const std::string& registration) const {
    const auto id = uuid_from_text(registration);
    const auto record = id ? registry_->registration(*id) : std::nullopt;
    if (!record) return refuse("record_unknown");
    return json_of(domain::to_cbor(*record));
}

}  // namespace wq::platform
