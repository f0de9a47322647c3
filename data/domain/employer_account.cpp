#include "data/domain/employer_account.h"

#include "data/base/utf8.h"

#include <algorithm>

namespace wq::domain {
namespace {

using At = AccountState;
using enum AccountAction;

constexpr std::string_view kStates[] = {"none",     "jobs_site", "submitted",
                                        "returned", "approved",  "suspended"};
constexpr std::string_view kActions[] = {"take_over", "submit",    "send_transfer", "confirm_transfer",
                                         "approve",   "send_back", "suspend",       "restore"};
constexpr std::string_view kLicence = "business_licence", kLetter = "authorization_letter";
constexpr int kMostWrongAnswers = 3;

constexpr Role kEmployer = Role::employer, kMinistry = Role::ministry;

// clang-format off
constexpr AccountTransition kTransitions[] = {
    {At::none,      take_over,        kMinistry, At::jobs_site, false},
    {At::none,      submit,           kEmployer, At::submitted, false},
    {At::jobs_site, submit,           kEmployer, At::submitted, false},
    {At::returned,  submit,           kEmployer, At::submitted, false},
    {At::approved,  submit,           kEmployer, At::submitted, false},
    {At::submitted, send_transfer,    kMinistry, At::submitted, false},
    {At::submitted, confirm_transfer, kEmployer, At::submitted, false},
    {At::submitted, approve,          kMinistry, At::approved,  false},
    {At::submitted, send_back,        kMinistry, At::returned,  true},
    {At::approved,  suspend,          kMinistry, At::suspended, true},
    {At::suspended, restore,          kMinistry, At::approved,  false},
};
// clang-format on

bool has(const std::vector<Attachment>& attachments, std::string_view kind) {
    return std::ranges::find(attachments, kind, &Attachment::kind) != attachments.end();
}

std::optional<Refusal> check_complete(std::span<const Field> fields, const Form& form, const Codes& codes) {
    const auto problems = check_form(fields, form, codes);
    if (problems.empty()) return std::nullopt;
    return Refusal{"form_wrong",
                   {{"count", std::to_string(problems.size())},
                    {"field", problems[0].field},
                    {"code", problems[0].why.code}}};
}

bool proves_by_bank(const EmployerAccount& account) {
    return !account.from_jobs_site && !has(account.attachments, kLicence);
}

// The letter always; the licence, or a bank account that a transfer will prove.
std::optional<Refusal> check_submitted(const EmployerAccount& after, const Codes& codes) {
    if (auto refusal = check_complete(account_fields(), after.form, codes)) return refusal;
    for (const Attachment& attachment : after.attachments)
        if (attachment.kind != kLicence && attachment.kind != kLetter)
            return Refusal{"material_unknown", {{"kind", attachment.kind}}};
    std::string missing;
    if (!has(after.attachments, kLetter)) missing = kLetter;
    if (proves_by_bank(after) && value_of(after.form, "bank_account").empty())
        missing += (missing.empty() ? "" : ",") + std::string(kLicence);
    if (missing.empty()) return std::nullopt;
    return Refusal{"materials_missing", {{"kinds", missing}}};
}

std::optional<Refusal> submit_to(EmployerAccount& after, const AccountCommand& command, const Codes& codes) {
    const std::string bank(value_of(after.form, "bank_account"));
    after.form = command.form;
    after.attachments = command.attachments;
    // Another account is proven anew.
    if (value_of(after.form, "bank_account") != bank) after.transfer.reset();
    if (value_of(after.form, "credit_code") != after.credit_code) return Refusal{"out_of_scope"};
    return check_submitted(after, codes);
}

std::optional<Refusal> send_to(EmployerAccount& after, std::int64_t fen) {
    if (!proves_by_bank(after) || fen < 1 || fen > 99) return Refusal{"amount_wrong", {{"left", "0"}}};
    after.transfer = BankTransfer{fen};
    return std::nullopt;
}

// The count stays, so that nobody guesses for long.
Result<AccountStep> confirmed(EmployerAccount after, std::int64_t fen) {
    if (!after.transfer || after.transfer->confirmed || after.transfer->wrong_answers >= kMostWrongAnswers)
        return refuse("transfer_missing");
    if (after.transfer->fen == fen) {
        after.transfer->confirmed = true;
        return AccountStep{std::move(after), std::nullopt};
    }
    const int left = kMostWrongAnswers - ++after.transfer->wrong_answers;
    return AccountStep{std::move(after), Refusal{"amount_wrong", {{"left", std::to_string(left)}}}};
}

std::optional<Refusal> check_approval(const EmployerAccount& account) {
    const bool is_proven = !proves_by_bank(account) || (account.transfer && account.transfer->confirmed);
    return is_proven ? std::nullopt : std::optional(Refusal{"transfer_unconfirmed"});
}

std::optional<Refusal> change(EmployerAccount& after, const AccountCommand& command, const Codes& codes) {
    switch (command.action) {
        case take_over:
            after.form = command.form;
            after.from_jobs_site = true;
            return check_complete(employer_fields(), after.form, codes);
        case submit:
            return submit_to(after, command, codes);
        case send_transfer:
            return send_to(after, command.fen);
        case approve:
            return check_approval(after);
        case confirm_transfer:
        case send_back:
        case suspend:
        case restore:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::string_view name_of(AccountState state) { return kStates[static_cast<std::size_t>(state)]; }
std::string_view name_of(AccountAction action) { return kActions[static_cast<std::size_t>(action)]; }

std::optional<AccountState> account_state_named(std::string_view name) {
    const auto at = std::ranges::find(kStates, name);
    if (at == std::end(kStates)) return std::nullopt;
    return static_cast<AccountState>(at - std::begin(kStates));
}

std::optional<AccountAction> account_action_named(std::string_view name) {
    const auto at = std::ranges::find(kActions, name);
    if (at == std::end(kActions)) return std::nullopt;
    return static_cast<AccountAction>(at - std::begin(kActions));
}

std::span<const AccountTransition> account_transitions() { return kTransitions; }

Result<AccountStep> apply(const EmployerAccount& before, const AccountCommand& command, const Codes& codes,
                          Instant now) {
    const auto fits = [&](const AccountTransition& t) {
        return t.from == before.state && t.action == command.action && t.role == command.actor.role;
    };
    if (command.actor.role == kEmployer && command.actor.account != before.credit_code)
        return refuse("out_of_scope");
    const auto transition = std::ranges::find_if(kTransitions, fits);
    if (transition == std::end(kTransitions))
        return refuse("not_allowed", {{"state", std::string(name_of(before.state))},
                                      {"action", std::string(name_of(command.action))},
                                      {"role", std::string(name_of(command.actor.role))}});
    if (transition->needs_reason && trimmed(command.reason).empty()) return refuse("reason_required");
    EmployerAccount after = before;
    if (auto refusal = change(after, command, codes)) return tl::make_unexpected(std::move(*refusal));
    after.state = transition->to;
    ++after.revision;
    after.comment = trimmed(command.reason);
    after.changed = now;
    if (command.action == confirm_transfer) return confirmed(std::move(after), command.fen);
    return AccountStep{std::move(after), std::nullopt};
}

std::optional<Refusal> may_act(const EmployerAccount& account, Instant now) {
    if (account.state == At::none) return Refusal{"employer_unknown"};
    if (account.state != At::approved)
        return Refusal{"employer_not_approved", {{"state", std::string(name_of(account.state))}}};
    const std::string until(value_of(account.form, "authorized_until"));
    if (const auto day = day_from_iso(until); day && day_in_china(now) > *day)
        return Refusal{"authorization_ended", {{"day", until}}};
    return std::nullopt;
}

cbor::Value to_cbor(const EmployerAccount& account) {
    cbor::Value value;
    value.set("credit_code", account.credit_code).set("state", name_of(account.state));
    value.set("revision", account.revision).set("form", to_cbor(account.form));
    value.set("attachments", to_cbor(account.attachments)).set("from_jobs_site", account.from_jobs_site);
    value.set("comment", account.comment).set("changed", account.changed.ms);
    if (!account.transfer) return value;
    cbor::Value transfer;
    transfer.set("fen", account.transfer->fen).set("confirmed", account.transfer->confirmed);
    transfer.set("wrong_answers", std::int64_t{account.transfer->wrong_answers});
    value.set("transfer", std::move(transfer));
    return value;
}

std::optional<EmployerAccount> employer_account_from_cbor(const cbor::Value& value) {
    const auto state = account_state_named(value["state"].as_text());
    if (!state) return std::nullopt;
    EmployerAccount account{value["credit_code"].as_text(),
                            *state,
                            value["revision"].as_int(),
                            form_from_cbor(value["form"]),
                            attachments_from_cbor(value["attachments"]),
                            value["from_jobs_site"].as_bool(),
                            std::nullopt,
                            value["comment"].as_text(),
                            {value["changed"].as_int()}};
    if (!value.has("transfer")) return account;
    const cbor::Value& transfer = value["transfer"];
    account.transfer = {transfer["fen"].as_int(), static_cast<int>(transfer["wrong_answers"].as_int()),
                        transfer["confirmed"].as_bool()};
    return account;
}

}  // namespace wq::domain
