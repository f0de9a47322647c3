#include "kiosk/desk/accounts.h"

#include "data/base/utf8.h"
#include "data/crypto/password.h"
#include "data/os/text.h"

#include <algorithm>
#include <set>

namespace wq::desk {
namespace {

using domain::Role;

bool is_staff_name(std::string_view name) {
    return name.size() >= 2 && name.size() <= 32 && std::ranges::all_of(name, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '-' || c == '_';
           });
}

std::optional<Refusal> check_name(Home& home, const domain::Actor& actor) {
    if (actor.role == Role::employer || actor.role == Role::ministry)
        return Refusal{"account_role", {{"role", std::string(domain::name_of(actor.role))}}};
    if (actor.role == Role::student)
        return home.store().graduates().find(actor.account) ? std::nullopt
                                                            : std::optional(Refusal{"student_unknown"});
    if (!is_staff_name(actor.account)) return Refusal{"account_name", {{"account", actor.account}}};
    if (actor.role != Role::department) return std::nullopt;
    const auto departments = home.store().graduates().departments();
    if (std::ranges::count(departments, actor.department) > 0) return std::nullopt;
    return Refusal{"department_unknown", {{"department", actor.department}}};
}

struct Columns {
    std::size_t account, verifier;
};

std::optional<Columns> columns_of(const std::vector<std::string>& header) {
    const auto index = [&](std::string_view zh, std::string_view en) {
        return static_cast<std::size_t>(
            std::ranges::find_if(
                header, [&](const std::string& cell) { return trimmed(cell) == zh || trimmed(cell) == en; }) -
            header.begin());
    };
    const Columns columns{index("考生号", "exam_number"), index("口令校验值", "verifier")};
    if (columns.account == header.size() || columns.verifier == header.size()) return std::nullopt;
    return columns;
}

}  // namespace

Result<void> add_account(Home& home, const NewAccount& account, const domain::Actor& by) {
    if (auto refusal = check_name(home, account.actor)) return tl::make_unexpected(*refusal);
    const auto there = home.store().accounts().find(account.actor.account);
    if (there && there->actor.role != account.actor.role)
        return refuse("account_taken", {{"account", account.actor.account}});
    if (count_code_points(account.password) < kShortestPassword)
        return refuse("password_short", {{"least", std::to_string(kShortestPassword)}});
    home.store().accounts().put(
        {{account.actor, account.display_name, crypto::password_verifier(account.password, home.random())}},
        by);
    return {};
}

Result<AccountImport> import_accounts(Home& home, std::string_view content, const domain::Actor& by) {
    const auto text = os::text_of_unknown_encoding(content).and_then(
        [](const std::string& t) { return os::normal_text(t); });
    if (!text) return tl::make_unexpected(text.error());
    const auto rows = domain::parse_csv(*text);
    const auto columns = rows.empty() ? std::nullopt : columns_of(rows[0].cells);
    if (!columns) return refuse("accounts_columns_missing");
    AccountImport imported;
    std::vector<store::Account> accounts;
    std::set<std::string> seen;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        ++imported.rows;
        const auto& cells = rows[i].cells;
        const auto fault = [&](const char* column, Refusal why) {
            imported.faults.push_back({rows[i].line, column, std::move(why)});
        };
        if (rows[i].cut_off || cells.size() <= std::max(columns->account, columns->verifier)) {
            fault("", {"line_cut_off",
                       {{"cells", std::to_string(cells.size())},
                        {"expected", std::to_string(rows[0].cells.size())}}});
            continue;
        }
        const std::string account(trimmed(cells[columns->account])),
            verifier(trimmed(cells[columns->verifier]));
        const auto graduate = home.store().graduates().find(account);
        if (!graduate)
            fault("考生号", {"student_unknown"});
        else if (!seen.insert(account).second)
            fault("考生号", {"doubled", {{"value", account}}});
        else if (!crypto::is_verifier(verifier))
            fault("口令校验值", {"verifier_wrong"});
        else
            accounts.push_back({{Role::student, account, {}}, std::string((*graduate)["name"]), verifier});
    }
    imported.changed = home.store().accounts().put(accounts, by);
    return imported;
}

}  // namespace wq::desk
