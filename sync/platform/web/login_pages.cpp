// In and out: log-in at each door, a password of one's own, one set by a code.
#include "sync/platform/web/fields.h"
#include "sync/platform/web/frame.h"

namespace wq::platform {
namespace {

using domain::Role;
using protocol::Response;

constexpr RouteLimit kLogins{"login", {30, 5 * kMinute}};

Response login_page(Visit& visit, Role door, const Faults& faults, const std::string& wrong, int status) {
    const std::string name(domain::name_of(door));
    std::vector<PageData> fields;
    if (door == Role::school)
        fields.push_back(shown_line({"school", visit.say("web.login.school"), "text", visit.posted["school"],
                                     visit.say("web.login.school.hint"), "organization"},
                                    faults));
    fields.push_back(shown_line(
        {"account", visit.say("web.login.account." + name), "text", visit.posted["account"], {}, "username"},
        faults));
    fields.push_back(shown_line(
        {"password", visit.say("web.login.password"), "password", {}, {}, "current-password"}, faults));
    PageData values;
    put_form(visit, values, fields, faults);
    put(values, "wrong", wrong);
    put(values, "note", visit.say("web.login.note." + name));
    values.set("employer", door == Role::employer);
    return visit.page("login", "web.login.title." + name, values, status);
}

Response log_in(Visit& visit, Role door) {
    if (!visit.is_post()) {
        if (visit.person && door_of(visit.person->role) == door_of(door)) return visit.see(door_of(door));
        return login_page(visit, door, {}, {}, 200);
    }
    const std::string school = door == Role::school ? visit.posted["school"] : std::string(),
                      account = normal_account(door, visit.posted["account"]);
    auto person = visit.house.logins.check(door, school, account, visit.posted["password"]);
    if (!person)
        return login_page(visit, door, {}, visit.speech()(person.error()),
                          person.error().code == "login_locked" ? 429 : 422);
    // Who was in by this browser before is out; nothing known before the log-in is of use after it.
    if (visit.person) visit.house.sessions.end(visit.cookie);
    visit.set_session(visit.house.sessions.begin(*person));
    return visit.see(door_of(door));
}

Response employer_login(Visit& visit) { return log_in(visit, Role::employer); }
Response school_login(Visit& visit) { return log_in(visit, Role::school); }
Response province_login(Visit& visit) { return log_in(visit, Role::province); }
Response ministry_login(Visit& visit) { return log_in(visit, Role::ministry); }

Response log_out(Visit& visit) {
    visit.house.sessions.end(visit.cookie);
    visit.set_session("");
    return visit.see("/");
}

Response password_page(Visit& visit, const Faults& faults, int status) {
    std::vector<PageData> fields{shown_line(
        {"password", visit.say("web.password.now"), "password", {}, {}, "current-password"}, faults)};
    for (PageData& line : new_password_lines(visit, faults)) fields.push_back(std::move(line));
    PageData values;
    put_form(visit, values, fields, faults);
    values.set("done", false);
    return visit.page("password", "web.password.title", values, status);
}

Response password(Visit& visit) {
    if (!visit.is_post()) return password_page(visit, {}, 200);
    Faults faults;
    check_new_passwords(visit, visit.person->account, visit.person->display_name, faults);
    if (!faults.empty()) return password_page(visit, faults, 422);
    const auto changed =
        visit.house.logins.change(*visit.person, visit.posted["password"], visit.posted["password_new"]);
    if (!changed) {
        faults.emplace("password", visit.speech()(changed.error()));
        return password_page(visit, faults, changed.error().code == "login_locked" ? 429 : 422);
    }
    // Every session by the old password is over, this one too: go on by a new one.
    const auto person =
        visit.house.logins.find(visit.person->role, visit.person->school, visit.person->account);
    visit.house.sessions.end_all(visit.person->role, visit.person->account);
    if (person) visit.set_session(visit.house.sessions.begin(*person));
    return visit.see(door_of(visit.person->role));
}

Response code_page(Visit& visit, const Faults& faults, int status) {
    std::vector<PageData> fields{shown_line({"account",
                                             visit.say("web.login.account.employer"),
                                             "text",
                                             visit.posted["account"],
                                             {},
                                             "username"},
                                            faults),
                                 shown_line({"code", visit.say("web.code.code"), "text", visit.posted["code"],
                                             visit.say("web.code.hint"), "one-time-code"},
                                            faults)};
    for (PageData& line : new_password_lines(visit, faults)) fields.push_back(std::move(line));
    PageData values;
    put_form(visit, values, fields, faults);
    return visit.page("code", "web.code.title", values, status);
}

Response set_by_code(Visit& visit) {
    if (!visit.is_post()) return code_page(visit, {}, 200);
    const std::string account = normal_account(Role::employer, visit.posted["account"]);
    Faults faults;
    check_new_passwords(visit, account, {}, faults);
    if (!faults.empty()) return code_page(visit, faults, 422);
    const auto person = visit.house.logins.set_by_code(Role::employer, account, visit.posted["code"],
                                                       visit.posted["password_new"]);
    if (!person) {
        faults.emplace("code", visit.speech()(person.error()));
        return code_page(visit, faults, 422);
    }
    visit.house.sessions.end_all(Role::employer, account);
    visit.set_session(visit.house.sessions.begin(*person));
    return visit.see("/e/account");
}

constexpr Route kRoutes[] = {
    {"GET", "/e/login", kPublic, employer_login},
    {"POST", "/e/login", kPublic, employer_login, kLogins},
    {"GET", "/s/login", kPublic, school_login},
    {"POST", "/s/login", kPublic, school_login, kLogins},
    {"GET", "/p/login", kPublic, province_login},
    {"POST", "/p/login", kPublic, province_login, kLogins},
    {"GET", "/m/login", kPublic, ministry_login},
    {"POST", "/m/login", kPublic, ministry_login, kLogins},
    {"POST", "/logout", kPublic, log_out},
    {"GET", "/e/code", kPublic, set_by_code},
    {"POST", "/e/code", kPublic, set_by_code, kLogins},
    {"GET", "/password", kEmployers | kProvinces | kMinistries, password},
    {"POST", "/password", kEmployers | kProvinces | kMinistries, password, kLogins},
};

}  // namespace

std::span<const Route> login_routes() { return kRoutes; }

}  // namespace wq::platform
