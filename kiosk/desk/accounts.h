// Who may log in at a campus (R02, R03): staff by name and password, students by the verifiers that the
// student service exports. Done from the console of a machine, or by the school; every node learns of it by
// sync.
#pragma once

#include "data/domain/roster.h"
#include "kiosk/desk/home.h"

namespace wq::desk {

inline constexpr std::size_t kShortestPassword = 8;

struct NewAccount {
    domain::Actor actor;  // student by exam number; department staff with their department
    std::string display_name;
    std::string password;
};

// Makes it, or gives it another password and name. Refusals: `account_role` {role} (employers and the
// ministry log in at the platform), `account_name` {account}, `account_taken` {account} (by another role),
// `student_unknown`, `department_unknown` {department}, `password_short` {least}.
Result<void> add_account(Home& home, const NewAccount& account, const domain::Actor& by);

struct AccountImport {
    std::int64_t changed = 0;
    std::size_t rows = 0;
    std::vector<domain::RosterFault> faults;
};
// Students' verifiers as a CSV file with the columns 考生号 (or exam_number) and 口令校验值 (or verifier).
// Good rows are taken, the others named: `student_unknown`, `verifier_wrong`, `doubled`, `line_cut_off`.
// Refuses a file without the columns with `accounts_columns_missing`.
Result<AccountImport> import_accounts(Home& home, std::string_view content, const domain::Actor& by);

}  // namespace wq::desk
