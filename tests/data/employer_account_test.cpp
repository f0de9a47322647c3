// Employers' accounts (R31, R32): the table walked whole, and its guards.
#include "data/domain/employer_account.h"

#include "tests/data/samples.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using namespace wq::domain;

namespace {

constexpr int kStates = 6, kAccountActions = 8, kRoles = 6;
constexpr const char* kCode = "91510107MAA31L7A7C";

Form good_form() {
    Form form = test::good_agreement();
    Form account{{"legal_representative", "示例法人"},     {"officer_name", "示例专员"},
                 {"officer_id", "510108199903140010"},     {"officer_mobile", "13800200001"},
                 {"officer_email", "officer@example.com"}, {"authorized_until", "2030-12-31"}};
    for (const Field& field : employer_fields()) account.emplace(field.key, value_of(form, field.key));
    account["credit_code"] = kCode;
    return account;
}

std::vector<Attachment> files(const std::vector<std::string>& kinds) {
    std::vector<Attachment> made;
    for (const std::string& kind : kinds) made.push_back({kind, {}, 1, "image/jpeg"});
    return made;
}

EmployerAccount account_in(AccountState state) {
    EmployerAccount account;
    account.credit_code = kCode;
    account.state = state;
    account.revision = 3;
    account.form = good_form();
    account.attachments = files({"business_licence", "authorization_letter"});
    if (state == AccountState::submitted || state == AccountState::returned) account.standing = account;
    return account;
}

AccountCommand command(AccountAction action, Role role) {
    AccountCommand made{action, {role, role == Role::employer ? kCode : "li"}};
    made.form = good_form();
    made.attachments = files({"business_licence", "authorization_letter"});
    made.reason = "原因";
    made.fen = 37;
    if (action != AccountAction::take_over) return made;
    std::erase_if(made.form, [](const auto& entry) { return !find_field(employer_fields(), entry.first); });
    return made;
}

std::string code_of(const EmployerAccount& before, const AccountCommand& made) {
    const auto step = apply(before, made, test::codes(), {1'000'000});
    if (!step) return step.error().code;
    return step->refusal ? step->refusal->code : "";
}

const AccountTransition* row_of(AccountState state, AccountAction action, Role role) {
    for (const AccountTransition& row : account_transitions())
        if (row.from == state && row.action == action && row.role == role) return &row;
    return nullptr;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(employer_account)

BOOST_AUTO_TEST_CASE(every_act_is_legal_by_the_table_or_refused) {
    for (int state = 0; state < kStates; ++state)
        for (int action = 0; action < kAccountActions; ++action)
            for (int role = 0; role < kRoles; ++role) {
                EmployerAccount before = account_in(AccountState(state));
                const bool of_bank = AccountAction(action) == AccountAction::send_transfer ||
                                     AccountAction(action) == AccountAction::confirm_transfer;
                if (of_bank) before.attachments = files({"authorization_letter"});
                if (AccountAction(action) == AccountAction::confirm_transfer)
                    before.transfer = BankTransfer{37};
                const auto made = command(AccountAction(action), Role(role));
                const auto* row = row_of(before.state, made.action, Role(role));
                BOOST_TEST(code_of(before, made) == (row ? "" : "not_allowed"),
                           name_of(before.state)
                               << " " << name_of(made.action) << " " << name_of(Role(role)));
                if (row) BOOST_TEST((apply(before, made, test::codes(), {1})->after.state == row->to));
            }
}

BOOST_AUTO_TEST_CASE(nobody_acts_for_another_employer) {
    AccountCommand made = command(AccountAction::submit, Role::employer);
    made.actor.account = "91510104MA7J92LX58";
    BOOST_TEST(code_of(account_in(AccountState::returned), made) == "out_of_scope");
    made.actor.account = kCode;
    made.form["credit_code"] = "91510104MA7J92LX58";
    BOOST_TEST(code_of(account_in(AccountState::returned), made) == "out_of_scope");
}

BOOST_AUTO_TEST_CASE(another_bank_account_is_proven_anew) {
    EmployerAccount before = account_in(AccountState::approved);
    before.form["bank_account"] = "6200000000000001";
    before.transfer = BankTransfer{37, 0, true};
    AccountCommand made = command(AccountAction::submit, Role::employer);
    made.attachments = files({"authorization_letter"});
    made.form["bank_account"] = "6200000000000001";
    BOOST_TEST(apply(before, made, test::codes(), {1})->after.transfer->confirmed);
    made.form["bank_account"] = "6200000000000002";
    BOOST_TEST(!apply(before, made, test::codes(), {1})->after.transfer);
}

BOOST_AUTO_TEST_CASE(another_name_is_proven_anew) {
    EmployerAccount before = account_in(AccountState::approved);
    before.form["bank_name"] = "示例银行";
    before.form["bank_account"] = "6200000000000001";
    before.transfer = BankTransfer{37, 0, true};
    AccountCommand made = command(AccountAction::submit, Role::employer);
    made.attachments = files({"authorization_letter"});
    made.form = before.form;
    made.form["employer_name"] = "换了名字的示例公司";
    BOOST_TEST(!apply(before, made, test::codes(), {1})->after.transfer);
    before.from_jobs_site = true;
    BOOST_TEST(!apply(before, made, test::codes(), {1})->after.from_jobs_site);
    made.form["employer_name"] = before.form["employer_name"];
    BOOST_TEST(apply(before, made, test::codes(), {1})->after.from_jobs_site);
    made.form["bank_name"] = "另一家示例银行";
    BOOST_TEST(!apply(before, made, test::codes(), {1})->after.transfer);
}

BOOST_AUTO_TEST_CASE(a_letter_that_has_ended_is_neither_submitted_nor_approved) {
    AccountCommand made = command(AccountAction::submit, Role::employer);
    const Instant after_its_day = midnight_in_china({2031, 1, 1});
    BOOST_TEST(apply(account_in(AccountState::returned), made, test::codes(), after_its_day).error().code ==
               "authorization_ended");
    made = command(AccountAction::approve, Role::ministry);
    BOOST_TEST(apply(account_in(AccountState::submitted), made, test::codes(), after_its_day).error().code ==
               "authorization_ended");
}

BOOST_AUTO_TEST_CASE(a_transfer_is_sent_where_it_proves_and_in_cents) {
    EmployerAccount before = account_in(AccountState::submitted);
    AccountCommand made = command(AccountAction::send_transfer, Role::ministry);
    BOOST_TEST(code_of(before, made) == "transfer_needless");
    before.attachments = files({"authorization_letter"});
    for (const int fen : {0, 100, -1}) {
        made.fen = fen;
        BOOST_TEST(code_of(before, made) == "transfer_amount");
    }
}

BOOST_AUTO_TEST_CASE(while_a_renewal_waits_the_employer_acts_by_what_was_approved) {
    const EmployerAccount approved = account_in(AccountState::approved);
    AccountCommand made = command(AccountAction::submit, Role::employer);
    made.form["employer_name"] = "换了名字的示例公司";
    EmployerAccount renewing = apply(approved, made, test::codes(), {1})->after;
    BOOST_TEST((renewing.state == AccountState::submitted));
    BOOST_TEST(!may_act(renewing, {1}));
    BOOST_TEST((*approved_form(renewing) == approved.form));
    renewing = apply(renewing, command(AccountAction::send_back, Role::ministry), test::codes(), {1})->after;
    BOOST_TEST(!may_act(renewing, {1}));
    renewing = apply(renewing, made, test::codes(), {1})->after;
    renewing = apply(renewing, command(AccountAction::approve, Role::ministry), test::codes(), {1})->after;
    BOOST_TEST((*approved_form(renewing) == made.form));
    BOOST_TEST(!renewing.standing);
}

BOOST_AUTO_TEST_CASE(suspended_while_its_renewal_waits_an_employer_is_what_was_approved) {
    const EmployerAccount approved = account_in(AccountState::approved);
    AccountCommand made = command(AccountAction::submit, Role::employer);
    made.form["employer_name"] = "换了名字的示例公司";
    const auto suspend = command(AccountAction::suspend, Role::ministry);
    EmployerAccount first = apply(approved, made, test::codes(), {1})->after;
    const EmployerAccount suspended = apply(first, suspend, test::codes(), {1})->after;
    BOOST_TEST((suspended.state == AccountState::suspended));
    BOOST_TEST((suspended.form == approved.form));
    BOOST_TEST(may_act(suspended, {1})->code == "employer_not_approved");
    first.standing.reset();
    BOOST_TEST(code_of(first, suspend) == "not_allowed");
    BOOST_TEST(may_act(first, {1})->code == "employer_not_approved");
}

BOOST_AUTO_TEST_CASE(an_authorization_ends_with_its_day) {
    EmployerAccount account = account_in(AccountState::approved);
    account.form["authorized_until"] = "2026-12-31";
    const Instant new_year = midnight_in_china({2027, 1, 1});
    BOOST_TEST(!may_act(account, {new_year.ms - 1}));
    BOOST_TEST(may_act(account, new_year)->code == "authorization_ended");
    account.state = AccountState::suspended;
    BOOST_TEST(may_act(account, {1})->code == "employer_not_approved");
}

BOOST_AUTO_TEST_CASE(an_account_comes_back_as_it_was_kept) {
    EmployerAccount account = account_in(AccountState::submitted);
    account.from_jobs_site = true;
    account.transfer = BankTransfer{37, 2, false};
    account.comment = "请补盖章";
    account.changed = {12345};
    account.standing->from_jobs_site = true;
    BOOST_TEST((employer_account_from_cbor(to_cbor(account)) == account));
    BOOST_TEST(!employer_account_from_cbor(cbor::Value{}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
