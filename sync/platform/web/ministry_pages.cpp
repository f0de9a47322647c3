// The ministry's administrators: employers' accounts (R31, R32) from the queue to the decision, employers
// that schools warn of (R33), the nation's figures.
#include "data/base/utf8.h"
#include "sync/platform/employers.h"
#include "sync/platform/web/fields.h"
#include "sync/platform/web/figure_parts.h"
#include "sync/platform/web/record_parts.h"

#include <algorithm>

namespace wq::platform {
namespace {

using domain::AccountAction, domain::AccountState, domain::EmployerAccount, domain::Role;
using protocol::Response;

constexpr AccountState kStates[] = {AccountState::submitted, AccountState::returned, AccountState::approved,
                                    AccountState::suspended, AccountState::jobs_site};
constexpr AccountAction kDecisions[] = {AccountAction::approve, AccountAction::send_transfer,
                                        AccountAction::send_back, AccountAction::suspend,
                                        AccountAction::restore};

std::string tone_of(AccountState state) {
    switch (state) {
        case AccountState::approved:
            return "good";
        case AccountState::submitted:
            return "attention";
        case AccountState::suspended:
            return "bad";
        case AccountState::none:
        case AccountState::jobs_site:
        case AccountState::returned:
            return "plain";
    }
    return "plain";
}

std::string state_words(const Visit& visit, AccountState state) {
    return visit.say("web.account.state." + std::string(domain::name_of(state)));
}

std::string tab_path(AccountState state) { return "/m?state=" + std::string(domain::name_of(state)); }

// How many are in the state that is shown.
std::int64_t put_tabs(const Visit& visit, PageData& values, std::optional<AccountState> shown) {
    auto counts = visit.registry().employer_counts();
    std::vector<PageData> tabs;
    for (const AccountState state : kStates) {
        PageData tab;
        tab.set("path", tab_path(state));
        tab.set("words", state_words(visit, state));
        tab.set("count", std::to_string(counts[state]));
        tab.set("current", state == shown);
        tabs.push_back(tab);
    }
    put(values, "tabs", tabs);
    return shown ? counts[*shown] : 0;
}

// The page that is shown: the one that was asked for, or the last.
int put_pager(const Visit& visit, PageData& values, AccountState shown, std::int64_t total) {
    const int pages =
        static_cast<int>(std::max<std::int64_t>(1, (total + Employers::kOnPage - 1) / Employers::kOnPage));
    const int page =
        std::clamp(std::atoi(std::string(domain::value_of(visit.query, "page")).c_str()), 1, pages);
    if (pages == 1) return page;
    const auto path = [&](int number) { return tab_path(shown) + "&page=" + std::to_string(number); };
    values.set("has_pages", true);
    put(values, "previous", page > 1 ? path(page - 1) : "");
    put(values, "following", page < pages ? path(page + 1) : "");
    values.set("pages", visit.say("web.records.pages", {{"page", std::to_string(page)},
                                                        {"pages", std::to_string(pages)},
                                                        {"total", std::to_string(total)}}));
    return page;
}

// What is searched for is sent in the body: names belong into no address.
Response employers(Visit& visit) {
    const auto chosen = domain::account_state_named(domain::value_of(visit.query, "state"));
    const std::string text(trimmed(visit.posted["find"]));
    const AccountState shown = chosen.value_or(AccountState::submitted);
    PageData values;
    const std::int64_t total = put_tabs(visit, values, text.empty() ? std::optional(shown) : std::nullopt);
    const int page = text.empty() ? put_pager(visit, values, shown, total) : 1;
    std::vector<EmployerAccount> accounts;
    visit.registry().look([&](Database& database) {
        Employers all(database);
        accounts = text.empty() ? all.page(shown, page) : all.search(text);
    });
    std::vector<PageData> lines;
    for (const EmployerAccount& account : accounts) {
        PageData line;
        line.set("path", "/m/employers/" + account.credit_code);
        line.set("name", std::string(domain::value_of(account.form, "employer_name")));
        line.set("code", account.credit_code);
        line.set("officer", std::string(domain::value_of(account.form, "officer_name")));
        line.set("changed", shown_time(account.changed));
        line.set("renewal", account.standing.has_value());
        put(line, "state", text.empty() ? "" : state_words(visit, account.state));
        line.set("tone", tone_of(account.state));
        lines.push_back(line);
    }
    put(values, "employers", lines);
    put(values, "find", text);
    return visit.page("employers", "web.nav.employers", values);
}

bool may_decide(const EmployerAccount& account, AccountAction action) {
    if (action == AccountAction::suspend && account.state != AccountState::approved && !account.standing)
        return false;
    const bool is_proven = account.transfer && account.transfer->confirmed;
    const bool by_bank =
        std::ranges::count(account.attachments, "business_licence", &domain::Attachment::kind) == 0;
    if (action == AccountAction::send_transfer && (account.from_jobs_site || !by_bank)) return false;
    if (action == AccountAction::approve && by_bank && !account.from_jobs_site && !is_proven) return false;
    return std::ranges::any_of(domain::account_transitions(),
                               [&](const domain::AccountTransition& transition) {
                                   return transition.from == account.state && transition.action == action &&
                                          transition.role == Role::ministry;
                               });
}

std::vector<PageData> decisions_on(const Visit& visit, const EmployerAccount& account, const Faults& faults) {
    std::vector<PageData> forms;
    const std::string tried = visit.posted["action"];
    for (const AccountAction action : kDecisions) {
        if (!may_decide(account, action)) continue;
        const std::string name(domain::name_of(action));
        const bool needs_reason = action == AccountAction::send_back || action == AccountAction::suspend;
        const Faults& own = tried == name ? faults : Faults{};
        std::vector<PageData> fields;
        if (needs_reason)
            fields.push_back(shown_area("reason", visit.say("web.decide.reason"),
                                        tried == name ? visit.posted["reason"] : std::string(), own));
        if (action == AccountAction::send_transfer)
            fields.push_back(shown_line(
                {"fen", visit.say("web.decide.fen"), "text",
                 tried == name ? visit.posted["fen"] : std::string(), visit.say("web.decide.fen.hint")},
                own));
        PageData form;
        form.set("action", name);
        form.set("words", visit.say("web.decide." + name));
        form.set("about", visit.say("web.decide." + name + ".about"));
        form.set("open", tried == name || action == AccountAction::approve);
        form.set("danger", needs_reason);
        form.set("revision", std::to_string(account.revision));
        put_form(visit, form, fields, own);
        put(form, "wrong", own.contains("") ? own.at("") : "");
        forms.push_back(std::move(form));
    }
    return forms;
}

std::vector<PageData> files_of(const Visit& visit, const EmployerAccount& account) {
    std::vector<PageData> files;
    for (const domain::Attachment& attachment : account.attachments) {
        PageData file;
        file.set("label", visit.say("web.file." + attachment.kind));
        file.set("path", "/m/employers/" + account.credit_code + "/files/" + to_hex(attachment.picture));
        files.push_back(file);
    }
    return files;
}

void put_transfer(const Visit& visit, PageData& values, const EmployerAccount& account) {
    if (!account.transfer) return put(values, "transfer", std::string());
    put(values, "transfer",
        visit.say(account.transfer->confirmed            ? "web.transfer.confirmed"
                  : account.transfer->wrong_answers >= 3 ? "web.transfer.failed"
                                                         : "web.transfer.waits",
                  {{"fen", std::to_string(account.transfer->fen)},
                   {"wrong", std::to_string(account.transfer->wrong_answers)}}));
}

Response employer_page(Visit& visit, const EmployerAccount& account, const Faults& faults,
                       const std::string& code, int status) {
    PageData values;
    values.set("state", state_words(visit, account.state));
    values.set("tone", tone_of(account.state));
    put(values, "comment", account.comment);
    put(values, "standing", account.standing ? visit.say("web.employer.standing") : "");
    auto named =
        os::named_values(domain::account_fields(), account.form, visit.registry().codes(), visit.speech());
    // Whoever compares the letter needs the whole number.
    for (os::NamedValue& value : named)
        if (value.key == "officer_id") value.value = domain::value_of(account.form, "officer_id");
    const std::vector<PageData> facts = facts_of(named);
    put(values, "facts", facts);
    put(values, "files", files_of(visit, account));
    put_transfer(visit, values, account);
    put(values, "actions", decisions_on(visit, account, faults));
    values.set("has_login", visit.house.logins.find(Role::employer, {}, account.credit_code).has_value());
    put(values, "code", code);
    values.set("code_path", "/m/employers/" + account.credit_code + "/code");
    values.set("reset_path", "/m/employers/" + account.credit_code + "/reset");
    values.set("whole", visit.registry().is_history_whole(account.credit_code));
    values.set("revision", std::to_string(account.revision));
    const std::string name(domain::value_of(account.form, "employer_name"));
    return visit.page("employer", name.empty() ? account.credit_code : name, values, status);
}

std::optional<EmployerAccount> asked_for_employer(const Visit& visit) {
    EmployerAccount account = visit.registry().employer(visit.captured[0]);
    if (account.state == AccountState::none) return std::nullopt;
    return account;
}

Response employer(Visit& visit) {
    const auto account = asked_for_employer(visit);
    return account ? employer_page(visit, *account, {}, {}, 200) : visit.not_found();
}

Response decide(Visit& visit) {
    const auto account = asked_for_employer(visit);
    if (!account) return visit.not_found();
    const auto action = domain::account_action_named(visit.posted["action"]);
    if (!action || !std::ranges::count(kDecisions, *action)) return visit.refused(400, "web.unreadable");
    domain::AccountCommand command{*action, {Role::ministry, visit.person->account}};
    command.reason = visit.posted["reason"];
    command.fen = std::atoll(visit.posted["fen"].c_str());
    // Decided is what was looked at, not what came meanwhile.
    command.expected_revision = std::atoll(visit.posted["revision"].c_str());
    const auto done = visit.registry().act(account->credit_code, command);
    if (done) return visit.see("/m/employers/" + account->credit_code);
    const std::string& why = done.error().code;
    if (why == "changed_meanwhile")
        return employer_page(visit, asked_for_employer(visit).value_or(*account),
                             {{"", visit.say("refusal.changed_meanwhile")}}, {}, 409);
    const std::string field = why == "reason_required" ? "reason" : why == "transfer_amount" ? "fen" : "";
    const std::string words =
        why == "reason_required" ? visit.say("refusal.required") : visit.speech()(done.error());
    return employer_page(visit, *account, {{field, words}}, {}, 422);
}

// Told to the employer by telephone or post, as the ministry has it: it sets a password, once.
Response new_code(Visit& visit) {
    const auto account = asked_for_employer(visit);
    if (!account) return visit.not_found();
    return employer_page(visit, *account, {},
                         visit.house.logins.new_code(Role::employer, account->credit_code), 200);
}

// Somebody opened it in another's name: its password is gone, its sessions are over.
Response reset(Visit& visit) {
    const auto account = asked_for_employer(visit);
    if (!account) return visit.not_found();
    visit.house.logins.remove(Role::employer, account->credit_code);
    visit.house.sessions.end_all(Role::employer, account->credit_code);
    return visit.see("/m/employers/" + account->credit_code);
}

Response employer_file(Visit& visit) {
    const auto account = asked_for_employer(visit);
    if (!account) return visit.not_found();
    for (const domain::Attachment& attachment : account->attachments) {
        if (to_hex(attachment.picture) != visit.captured[1]) continue;
        auto blob = visit.registry().blob(kEmployersFiles, attachment.picture);
        if (blob) return visit.picture(std::move(blob->content));
    }
    return visit.not_found();
}

Response takeover_page(Visit& visit, const domain::Form& form, const Faults& faults, int status) {
    PageData values;
    put_form(visit, values, shown_fields(visit, domain::employer_fields(), form, faults), faults);
    if (faults.contains("")) put(values, "wrong", faults.at(""));
    return visit.page("takeover", "web.takeover.title", values, status);
}

Response take_over(Visit& visit) {
    if (!visit.is_post()) return takeover_page(visit, {}, {}, 200);
    Faults faults;
    domain::AccountCommand command{AccountAction::take_over, {Role::ministry, visit.person->account}};
    command.form = read_fields(visit, domain::employer_fields(), faults);
    add_faults(visit, domain::check_form(domain::employer_fields(), command.form, visit.registry().codes()),
               faults);
    if (!faults.empty()) return takeover_page(visit, command.form, faults, 422);
    const std::string code(domain::value_of(command.form, "credit_code"));
    const auto done = visit.registry().act(code, command);
    if (!done) return takeover_page(visit, command.form, {{"", visit.speech()(done.error())}}, 409);
    return visit.see("/m/employers/" + code);
}

Response warnings(Visit& visit) {
    std::vector<WarnedEmployer> warned;
    visit.registry().look([&](Database& database) { warned = warned_employers(database, {}); });
    std::ranges::stable_sort(warned, std::ranges::greater{},
                             [](const WarnedEmployer& employer) { return employer.schools.size(); });
    std::vector<PageData> lines;
    for (const WarnedEmployer& employer : warned) {
        PageData line = warning_line(visit, employer);
        line.set("schools",
                 visit.say(employer.schools.size() >= 5 ? "web.warnings.nation" : "web.warnings.few",
                           {{"schools", std::to_string(employer.schools.size())}}));
        lines.push_back(std::move(line));
    }
    PageData values;
    put(values, "warnings", lines);
    put(values, "about", visit.say("web.warnings.about.ministry"));
    return visit.page("warnings", "web.nav.warnings", values);
}

Response figures(Visit& visit) { return figures_page(visit, {}); }
Response figures_csv(Visit& visit) { return figures_file(visit, {}); }

constexpr Route kRoutes[] = {
    {"GET", "/m", kMinistries, employers},
    {"POST", "/m", kMinistries, employers},
    {"GET", "/m/employers/{code}", kMinistries, employer},
    {"POST", "/m/employers/{code}", kMinistries, decide},
    {"POST", "/m/employers/{code}/code", kMinistries, new_code},
    {"POST", "/m/employers/{code}/reset", kMinistries, reset},
    {"GET", "/m/employers/{code}/files/{hash}", kMinistries, employer_file},
    {"GET", "/m/takeover", kMinistries, take_over},
    {"POST", "/m/takeover", kMinistries, take_over},
    {"GET", "/m/warnings", kMinistries, warnings},
    {"GET", "/m/figures", kMinistries, figures},
    {"GET", "/m/figures.csv", kMinistries, figures_csv},
};

}  // namespace

std::span<const Route> ministry_routes() { return kRoutes; }

}  // namespace wq::platform
