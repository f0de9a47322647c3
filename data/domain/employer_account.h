// An employer's account on the platform (R31, R32): the organisation is proven by its stamped business
// licence or by a bank transfer that it confirms, its signing officer (网签负责人) by the stamped
// authorization letter (网签授权书); the ministry's administrators approve or send back. Who comes over from
// the older jobs site has proven the organisation there and brings the letter. Pure; one table, as in
// lifecycle.h.
#pragma once

#include "data/base/result.h"
#include "data/base/time.h"
#include "data/domain/checks.h"
#include "data/domain/registration.h"

#include <optional>
#include <span>

namespace wq::domain {

enum class AccountState {
    none,       // not known
    jobs_site,  // taken over from the older jobs site (新职业网), may not sign
    submitted,  // waits for the ministry; of a renewal, what was approved before stands meanwhile
    returned,   // sent back, with what has to be put right; likewise
    approved,
    suspended,
};

enum class AccountAction {
    take_over,         // the ministry: an account of the jobs site, with its form
    submit,            // the employer: form and files, first, after a return, or anew before the letter ends
    send_transfer,     // the ministry sent this amount to the bank account
    confirm_transfer,  // the employer says which amount came
    approve,
    send_back,
    suspend,
    restore,
};

std::string_view name_of(AccountState state);
std::string_view name_of(AccountAction action);
std::optional<AccountState> account_state_named(std::string_view name);
std::optional<AccountAction> account_action_named(std::string_view name);

struct AccountTransition {
    AccountState from;
    AccountAction action;
    Role role;
    AccountState to;
    bool needs_reason;
};
std::span<const AccountTransition> account_transitions();

// The amount that proves a bank account, in fen; three wrong answers ask for another transfer.
struct BankTransfer {
    std::int64_t fen = 0;
    int wrong_answers = 0;
    bool confirmed = false;

    bool operator==(const BankTransfer&) const = default;
};

// What an employer is known and proven by.
struct AccountProof {
    Form form;                            // account_fields()
    std::vector<Attachment> attachments;  // "business_licence", "authorization_letter"
    bool from_jobs_site = false;
    std::optional<BankTransfer> transfer;

    bool operator==(const AccountProof&) const = default;
};

struct EmployerAccount : AccountProof {
    std::string credit_code;
    AccountState state = AccountState::none;
    std::int64_t revision = 0;             // grows with each act
    std::optional<AccountProof> standing;  // approved before, until its renewal is
    std::string comment;                   // of the administrator; empty after the next act
    Instant changed;

    bool operator==(const EmployerAccount&) const = default;
};

struct AccountCommand {
    AccountAction action = AccountAction::submit;
    Actor actor;  // employer: account is the credit code
    Form form = {};
    std::vector<Attachment> attachments = {};
    std::string reason = {};
    std::int64_t fen = 0;
    std::optional<std::int64_t> expected_revision = {};  // of the account that was looked at
};

// Decides on `before`. Refusals: `changed_meanwhile` (it is not what was looked at), `not_allowed` {state,
// action, role}, `out_of_scope`, `form_wrong` {count, field, code}, `materials_missing` {kinds},
// `material_unknown` {kind}, `reason_required`, `authorization_ended` {day} (of a letter that is submitted or
// approved), `transfer_amount` (not 1 to 99 fen), `transfer_needless`, `amount_wrong` {left},
// `transfer_missing` (nothing was sent, or another has to be), `transfer_unconfirmed` (approving). A wrong
// amount is counted: then the account with the count comes back and `refusal` says so.
struct AccountStep {
    EmployerAccount after;
    std::optional<Refusal> refusal;
};
Result<AccountStep> apply(const EmployerAccount& before, const AccountCommand& command, const Codes& codes,
                          Instant now);

// The form that the ministry approved and the employer acts by, in its name; nothing where none stands.
const Form* approved_form(const EmployerAccount& account);
// Why an employer may not act on agreements now: `employer_unknown`, `employer_not_approved` {state},
// `authorization_ended` {day}; nothing when it may.
std::optional<Refusal> may_act(const EmployerAccount& account, Instant now);

cbor::Value to_cbor(const EmployerAccount& account);
std::optional<EmployerAccount> employer_account_from_cbor(const cbor::Value& value);

}  // namespace wq::domain
