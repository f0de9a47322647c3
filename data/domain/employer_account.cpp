#include "data/domain/employer_account.h"

#include "data/base/utf8.h"

#include <algorithm>
#include <utility>

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
    {At::submitted, suspend,          kMinistry, At::suspended, true},
    {At::returned,  suspend,          kMinistry, At::suspended, true},
    {At::suspended, restore,          kMinistry, At::approved,  false},
};
// clang-format on

Refusal not_allowed(AccountState state, AccountAction action, Role role) {
    return {"not_allowed",
            {{"state", std::string(name_of(state))},
             {"action", std::string(name_of(action))},
             {"role", std::string(name_of(role))}}};
}

bool has(const std::vector<Attachment>& attachments, std::string_view kind) {
    return std::ranges::find(attachments, kind, &Attachment::kind) != attachments.end();
}

bool proves_by_bank(const AccountProof& proof) {
    return !proof.from_jobs_site && !has(proof.attachments, kLicence);
}

// The letter's last day, where that is over.
std::optional<Refusal> check_authorized(const Form& form, Instant now) {
    const std::string until(value_of(form, "authorized_until"));
    const auto day = day_from_iso(until);
    if (!day || day_in_china(now) <= *day) return std::nullopt;
    return Refusal{"authorization_ended", {{"day", until}}};
}

// The letter always; the licence, or a bank account that a transfer will prove.
std::optional<Refusal> check_submitted(const EmployerAccount& after, const Codes& codes, Instant now) {
    if (auto refusal = form_wrong(check_form(account_fields(), after.form, codes))) return refusal;
    if (auto refusal = check_authorized(after.form, now)) return refusal;
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

// What was proven was proven of one organisation, by its name, and of one bank account.
void forget_proof_of_others(AccountProof& proof, const Form& before) {
    const auto differs = [&](const char* key) { return value_of(proof.form, key) != value_of(before, key); };
    if (differs("employer_name")) proof.from_jobs_site = false;
    if (differs("employer_name") || differs("bank_account") || differs("bank_name")) proof.transfer.reset();
}

std::optional<Refusal> submit_to(EmployerAccount& after, const AccountCommand& command, const Codes& codes,
                                 Instant now) {
    if (after.state == At::approved) after.standing = after;
    const Form before = std::exchange(after.form, command.form);
    after.attachments = command.attachments;
    forget_proof_of_others(after, before);
    if (value_of(after.form, "credit_code") != after.credit_code) return Refusal{"out_of_scope"};
    return check_submitted(after, codes, now);
}

std::optional<Refusal> send_to(EmployerAccount& after, std::int64_t fen) {
    if (!proves_by_bank(after)) return Refusal{"transfer_needless"};
    if (fen < 1 || fen > 99) return Refusal{"transfer_amount"};
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

std::optional<Refusal> approve_it(EmployerAccount& after, Instant now) {
    const bool is_proven = !proves_by_bank(after) || (after.transfer && after.transfer->confirmed);
    if (!is_proven) return Refusal{"transfer_unconfirmed"};
    after.standing.reset();
    return check_authorized(after.form, now);
}

// A renewal falls with it: restoring must not approve what nobody looked at.
std::optional<Refusal> suspend_it(EmployerAccount& after) {
    if (after.state == At::approved) return std::nullopt;
    if (!after.standing) return not_allowed(after.state, suspend, kMinistry);
    static_cast<AccountProof&>(after) = *std::exchange(after.standing, std::nullopt);
    return std::nullopt;
}

std::optional<Refusal> change(EmployerAccount& after, const AccountCommand& command, const Codes& codes,
                              Instant now) {
    switch (command.action) {
        case take_over:
            after.form = command.form;
            after.from_jobs_site = true;
            return form_wrong(check_form(employer_fields(), after.form, codes));
        case submit:
            return submit_to(after, command, codes, now);
        case send_transfer:
            return send_to(after, command.fen);
        case approve:
            return approve_it(after, now);
        case suspend:
            return suspend_it(after);
        case confirm_transfer:
        case send_back:
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
    if (command.expected_revision.value_or(before.revision) != before.revision)
        return refuse("changed_meanwhile");
    const auto transition = std::ranges::find_if(kTransitions, fits);
    if (transition == std::end(kTransitions))
        return tl::make_unexpected(not_allowed(before.state, command.action, command.actor.role));
    if (transition->needs_reason && trimmed(command.reason).empty()) return refuse("reason_required");
    EmployerAccount after = before;
    if (auto refusal = change(after, command, codes, now)) return tl::make_unexpected(std::move(*refusal));
    after.state = transition->to;
    ++after.revision;
    after.comment = trimmed(command.reason);
    after.changed = now;
    if (command.action == confirm_transfer) return confirmed(std::move(after), command.fen);
    return AccountStep{std::move(after), std::nullopt};
}

const Form* approved_form(const EmployerAccount& account) {
    if (account.state == At::approved) return &account.form;
    return account.standing ? &account.standing->form : nullptr;
}

std::optional<Refusal> may_act(const EmployerAccount& account, Instant now) {
    if (account.state == At::none) return Refusal{"employer_unknown"};
    const Form* form = approved_form(account);
    if (!form) return Refusal{"employer_not_approved", {{"state", std::string(name_of(account.state))}}};
    return check_authorized(*form, now);
}

namespace {

cbor::Value cbor_of(const AccountProof& proof) {
    cbor::Value value;
    value.set("form", to_cbor(proof.form)).set("attachments", to_cbor(proof.attachments));
    value.set("from_jobs_site", proof.from_jobs_site);
    if (!proof.transfer) return value;
    cbor::Value transfer;
    transfer.set("fen", proof.transfer->fen).set("confirmed", proof.transfer->confirmed);
    transfer.set("wrong_answers", std::int64_t{proof.transfer->wrong_answers});
    value.set("transfer", std::move(transfer));
    return value;
}

AccountProof proof_from_cbor(const cbor::Value& value) {
    AccountProof proof{form_from_cbor(value["form"]), attachments_from_cbor(value["attachments"]),
                       value["from_jobs_site"].as_bool(), std::nullopt};
    if (!value.has("transfer")) return proof;
    const cbor::Value& transfer = value["transfer"];
    proof.transfer = {transfer["fen"].as_int(), static_cast<int>(transfer["wrong_answers"].as_int()),
                      transfer["confirmed"].as_bool()};
    return proof;
}

}  // namespace

cbor::Value to_cbor(const EmployerAccount& account) {
    cbor::Value value = cbor_of(account);
    value.set("credit_code", account.credit_code).set("state", name_of(account.state));
    value.set("revision", account.revision).set("comment", account.comment);
    value.set("changed", account.changed.ms);
    if (account.standing) value.set("standing", cbor_of(*account.standing));
    return value;
}

std::optional<EmployerAccount> employer_account_from_cbor(const cbor::Value& value) {
    const auto state = account_state_named(value["state"].as_text());
    if (!state) return std::nullopt;
    EmployerAccount account{proof_from_cbor(value),
                            value["credit_code"].as_text(),
                            *state,
                            value["revision"].as_int(),
                            std::nullopt,
                            value["comment"].as_text(),
                            {value["changed"].as_int()}};
    if (value.has("standing")) account.standing = proof_from_cbor(value["standing"]);
    return account;
}

}  // namespace wq::domain
