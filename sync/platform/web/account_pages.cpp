// An employer's account (R31, R32): opened with its form and a password, the letter printed and stamped, the
// files sent in, the transfer confirmed; and what is to be done next, at every state.
#include "data/base/utf8.h"
#include "sync/platform/employers.h"
#include "sync/platform/web/fields.h"
#include "sync/platform/web/frame.h"

#include <algorithm>
#include <charconv>

namespace wq::platform {
namespace {

using domain::AccountAction, domain::AccountState, domain::EmployerAccount, domain::Role;
using protocol::Response;

constexpr RouteLimit kOpenings{"open", {60, 60 * kMinute}}, kSubmissions{"submit", {20, 60 * kMinute}};
constexpr std::size_t kMostFile = std::size_t{10} << 20;
constexpr std::string_view kFixed[] = {"credit_code"};
constexpr const char* kFiles[] = {"authorization_letter", "business_licence"};

domain::Actor employer_actor(const Visit& visit) { return {Role::employer, visit.person->account}; }

bool may_submit(AccountState state) {
    return state == AccountState::none || state == AccountState::jobs_site ||
           state == AccountState::returned || state == AccountState::approved;
}

// Whom nobody has proven anything of yet may begin by himself; all others have a code to begin by.
bool may_open(const EmployerAccount& account) {
    return account.state == AccountState::none ||
           ((account.state == AccountState::returned || account.state == AccountState::submitted) &&
            !account.standing && !account.from_jobs_site);
}

Response opening_page(Visit& visit, const domain::Form& form, const Faults& faults, int status) {
    PageData values;
    std::vector<PageData> fields = shown_fields(visit, domain::account_fields(), form, faults);
    for (PageData& line : new_password_lines(visit, faults)) fields.push_back(std::move(line));
    put_form(visit, values, fields, faults);
    return visit.page("open", "web.open.title", values, status);
}

Response open_account(Visit& visit) {
    if (!visit.is_post()) return opening_page(visit, {}, {}, 200);
    Faults faults;
    const domain::Form form = read_fields(visit, domain::account_fields(), faults);
    const std::string code(domain::value_of(form, "credit_code")),
        name(domain::value_of(form, "employer_name"));
    add_faults(visit, domain::check_form(domain::account_fields(), form, visit.registry().codes()), faults);
    check_new_passwords(visit, code, name, faults);
    if (visit.house.logins.find(Role::employer, {}, code))
        faults.emplace("credit_code", visit.say("web.open.exists"));
    else if (!may_open(visit.registry().employer(code)))
        faults.emplace("credit_code", visit.say("web.open.needs_code"));
    if (!faults.empty()) return opening_page(visit, form, faults, 422);
    const Person person{.role = Role::employer, .account = code, .display_name = name};
    if (const auto put = visit.house.logins.put(person, visit.posted["password_new"], true); !put)
        return opening_page(visit, form, {{"credit_code", visit.speech()(put.error())}}, 422);
    visit.house.logins.keep_form(code, form);
    visit.set_session(
        visit.house.sessions.begin(visit.house.logins.find(Role::employer, {}, code).value_or(person)));
    return visit.see("/e/account");
}

// What the employer works on: its form since the last submission, or what was submitted.
domain::Form form_at_work(Visit& visit, const EmployerAccount& account) {
    domain::Form kept = visit.house.logins.kept_form(visit.person->account);
    return kept.empty() ? account.form : kept;
}

std::vector<PageData> file_lines(const Visit& visit, const EmployerAccount& account, const Faults& faults) {
    std::vector<PageData> lines;
    for (const char* kind : kFiles) {
        const bool is_there = std::ranges::count(account.attachments, kind, &domain::Attachment::kind) > 0;
        std::string hint = visit.say(std::string("web.file.") + kind + ".hint");
        if (is_there && account.state != AccountState::approved)
            hint = visit.say("web.file.there") + " " + hint;
        lines.push_back(shown_file(kind, visit.say(std::string("web.file.") + kind), hint, faults));
    }
    return lines;
}

std::vector<PageData> steps_of(const Visit& visit, const EmployerAccount& account, bool is_form_whole) {
    const bool is_sent = account.state == AccountState::submitted || account.state == AccountState::approved;
    const std::pair<const char*, bool> kSteps[] = {{"form", is_form_whole},
                                                   {"letter", is_sent},
                                                   {"submit", is_sent},
                                                   {"review", account.state == AccountState::approved}};
    std::vector<PageData> steps;
    bool was_done = true;
    for (const auto& [key, done] : kSteps) {
        PageData step;
        step.set("words", visit.say(std::string("web.step.") + key));
        step.set("done", done);
        step.set("current", was_done && !done);
        steps.push_back(step);
        was_done = done;
    }
    return steps;
}

void put_state(const Visit& visit, PageData& values, const EmployerAccount& account) {
    const std::string key = "web.account.state." + std::string(domain::name_of(account.state));
    put(values, "state", visit.say(key));
    put(values, "next", visit.say(key + ".next"));
    const auto why_not = domain::may_act(account, visit.registry().now());
    const bool is_ended = why_not && why_not->code == "authorization_ended";
    values.set("tone", std::string(account.state == AccountState::approved && !is_ended ? "good"
                                   : account.state == AccountState::submitted           ? "info"
                                   : account.state == AccountState::suspended           ? "bad"
                                                                                        : "attention"));
    if (is_ended) put(values, "next", visit.speech()(*why_not));
    put(values, "comment", account.comment);
    put(values, "standing", account.standing ? visit.say("web.account.standing") : "");
}

Response account_page(Visit& visit, const Faults& faults, int status) {
    const EmployerAccount account = visit.registry().employer(visit.person->account);
    const domain::Form form = form_at_work(visit, account);
    const bool is_whole =
        domain::check_form(domain::account_fields(), form, visit.registry().codes()).empty();
    PageData values;
    put_state(visit, values, account);
    put(values, "steps", steps_of(visit, account, is_whole));
    put(values, "facts",
        facts_of(os::named_values(domain::account_fields(), form, visit.registry().codes(), visit.speech())));
    values.set("may_edit", may_submit(account.state));
    values.set("may_submit", may_submit(account.state) && is_whole);
    values.set("must_complete", may_submit(account.state) && !is_whole);
    values.set("is_renewal", account.state == AccountState::approved);
    put(values, "files", file_lines(visit, account, faults));
    const bool asks_amount = account.state == AccountState::submitted && account.transfer &&
                             !account.transfer->confirmed && account.transfer->wrong_answers < 3;
    values.set("asks_amount", asks_amount);
    const Line line{"amount", visit.say("web.transfer.amount"), "text", visit.posted["amount"],
                    visit.say("web.transfer.hint")};
    put(values, "amount", std::vector<PageData>{shown_line(line, faults)});
    put(values, "wrong", faults.contains("") ? faults.at("") : "");
    return visit.page("account", "web.account.title", values, status);
}

Response account(Visit& visit) { return account_page(visit, {}, 200); }

Response form_page(Visit& visit, const domain::Form& form, const Faults& faults, int status) {
    PageData values;
    put(values, "facts", std::vector<PageData>{fact(visit.say("label.credit_code"), visit.person->account)});
    put_form(visit, values, shown_fields(visit, domain::account_fields(), form, faults, kFixed), faults);
    return visit.page("account_form", "web.account.form", values, status);
}

Response account_form(Visit& visit) {
    const EmployerAccount account = visit.registry().employer(visit.person->account);
    if (!may_submit(account.state)) return visit.see("/e/account");
    if (!visit.is_post()) return form_page(visit, form_at_work(visit, account), {}, 200);
    Faults faults;
    visit.posted.fields["credit_code"] = visit.person->account;
    const domain::Form form = read_fields(visit, domain::account_fields(), faults);
    add_faults(visit, domain::check_form(domain::account_fields(), form, visit.registry().codes()), faults);
    if (!faults.empty()) return form_page(visit, form, faults, 422);
    visit.house.logins.keep_form(visit.person->account, form);
    return visit.see("/e/account");
}

Response letter(Visit& visit) {
    const EmployerAccount account = visit.registry().employer(visit.person->account);
    auto pdf = visit.house.prints.letter(form_at_work(visit, account),
                                         {visit.house.templates.wording(), os::Language::zh});
    if (!pdf) return account_page(visit, {{"", visit.speech()(pdf.error())}}, 422);
    return visit.file(std::move(*pdf), "application/pdf", "authorization-letter.pdf");
}

// What is sent now, and what was sent before and is still good.
Result<std::vector<domain::Attachment>> attachments_of(Visit& visit, const EmployerAccount& account,
                                                       Faults& faults) {
    std::vector<domain::Attachment> attachments;
    for (const std::string kind : kFiles) {
        const auto sent = std::ranges::find(visit.posted.files, kind, &UploadedFile::field);
        if (sent == visit.posted.files.end()) {
            const auto known = std::ranges::find(account.attachments, kind, &domain::Attachment::kind);
            const bool is_good = account.state != AccountState::approved || kind == "business_licence";
            if (known != account.attachments.end() && is_good) attachments.push_back(*known);
            continue;
        }
        if (sent->content.size() > kMostFile) {
            faults.emplace(kind, visit.say("web.file.too_large"));
            continue;
        }
        auto kept = visit.registry().keep_file(kind, sent->content);
        if (!kept && (kept.error().code == "disk_full" || kept.error().code == "file_unwritable"))
            return tl::make_unexpected(kept.error());
        if (kept)
            attachments.push_back(std::move(*kept));
        else
            faults.emplace(kind, visit.speech()(kept.error()));
    }
    return attachments;
}

void add_missing(const Visit& visit, const Refusal& refusal, Faults& faults) {
    if (refusal.code != "materials_missing") {
        faults.emplace("", visit.speech()(refusal));
        return;
    }
    for (const char* kind : kFiles)
        if (refusal.args[0].second.find(kind) != std::string::npos)
            faults.emplace(kind, visit.say(std::string("web.file.") + kind + ".missing"));
}

Response submit(Visit& visit) {
    const EmployerAccount account = visit.registry().employer(visit.person->account);
    Faults faults;
    auto attachments = attachments_of(visit, account, faults);
    if (!attachments) return visit.refused(507, "web.disk_full");
    if (!faults.empty()) return account_page(visit, faults, 422);
    const auto done =
        visit.registry().act(visit.person->account, {AccountAction::submit, employer_actor(visit),
                                                     form_at_work(visit, account), std::move(*attachments)});
    if (!done) {
        add_missing(visit, done.error(), faults);
        return account_page(visit, faults, 422);
    }
    visit.house.logins.keep_form(visit.person->account, {});
    return visit.see("/e/account");
}

// "0.37" yuan, or nothing.
std::optional<std::int64_t> fen_of(std::string text) {
    text = to_half_width(text);
    if (text.size() != 4 || !text.starts_with("0.")) return std::nullopt;
    int fen = 0;
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + 4, fen);
    return error == std::errc() && end == text.data() + 4 ? std::optional<std::int64_t>(fen) : std::nullopt;
}

Response confirm_transfer(Visit& visit) {
    const auto fen = fen_of(visit.posted["amount"]);
    if (!fen) return account_page(visit, {{"amount", visit.say("web.transfer.wrong")}}, 422);
    domain::AccountCommand command{AccountAction::confirm_transfer, employer_actor(visit)};
    command.fen = *fen;
    const auto done = visit.registry().act(visit.person->account, command);
    if (!done) return account_page(visit, {{"amount", visit.speech()(done.error())}}, 422);
    return visit.see("/e/account");
}

constexpr Route kRoutes[] = {
    {"GET", "/e/open", kPublic, open_account},
    {"POST", "/e/open", kPublic, open_account, kOpenings},
    {"GET", "/e/account", kEmployers, account},
    {"GET", "/e/account/form", kEmployers, account_form},
    {"POST", "/e/account/form", kEmployers, account_form},
    {"GET", "/e/account/letter.pdf", kEmployers, letter},
    {"POST", "/e/account/submit", kEmployers, submit, kSubmissions, true},
    {"POST", "/e/account/transfer", kEmployers, confirm_transfer},
};

}  // namespace

std::span<const Route> account_routes() { return kRoutes; }

}  // namespace wq::platform
