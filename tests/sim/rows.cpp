#include "tests/sim/rows.h"

#include "data/base/cbor.h"
#include "data/crypto/hash.h"
#include "tests/sim/campus.h"
#include "tests/sync/world.h"

#include <sqlite3.h>

#include <algorithm>
#include <sstream>

namespace wq::sim {

namespace {

constexpr domain::Role kRoles[] = {domain::Role::department, domain::Role::school};

std::string text_of_form(const domain::Form& form) {
    std::string text;
    for (const auto& [key, value] : form) text += key + "=" + value + " ";
    return text;
}

std::vector<domain::Graduate> graduates(store::Store& store) {
    std::vector<domain::Graduate> all;
    store.graduates().each({}, [&](const domain::Graduate& one) { all.push_back(one); });
    std::ranges::sort(all, {}, &domain::Graduate::exam_number);
    return all;
}

// A confirmation that is no longer of the data is none, wherever it is kept.
void add_graduates(std::string& text, store::Store& store) {
    for (const domain::Graduate& one : graduates(store))
        text += "graduate " + text_of_form(one.base) +
                (one.is_confirmed() ? "confirmed " + std::to_string(one.confirmed_at.ms) : "") + "\n";
}

void add_accounts(std::string& text, store::Store& store) {
    for (domain::Role role : kRoles)
        for (const store::Account& one : store.accounts().list(role))
            text +=
                "account " + one.actor.account + " " + one.display_name + " " + one.actor.department + "\n";
}

void add_warnings(std::string& text, std::vector<store::Warning> warnings) {
    std::ranges::sort(warnings, {}, &store::Warning::credit_code);
    for (const store::Warning& one : warnings)
        text += "warning " + one.credit_code + " " + one.category + "\n";
}

struct Connection {
    explicit Connection(const std::string& path) {
        if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK)
            throw Violation("the platform's database does not open");
    }
    ~Connection() { sqlite3_close(database); }
    // Each row's columns, in the query's order.
    std::vector<std::vector<std::string>> rows(const char* query) {
        std::vector<std::vector<std::string>> all;
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database, query, -1, &statement, nullptr) != SQLITE_OK)
            throw Violation(std::string("the platform's tables are others: ") + sqlite3_errmsg(database));
        while (sqlite3_step(statement) == SQLITE_ROW) {
            auto& row = all.emplace_back();
            for (int i = 0; i < sqlite3_column_count(statement); ++i) {
                const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
                row.emplace_back(text ? text : "");
            }
        }
        sqlite3_finalize(statement);
        return all;
    }
    sqlite3* database = nullptr;
};

void add_slots(std::string& text, Connection& sql) {
    const auto slots = sql.rows(
        "SELECT s.exam_number, s.registration, coalesce(r.state, '') FROM slot s"
        " LEFT JOIN registration r ON r.school = s.school AND r.registration ="
        " s.registration WHERE s.school = '10999' ORDER BY 1");
    for (const auto& slot : slots) text += "slot " + slot[0] + " " + slot[1] + " " + slot[2] + "\n";
}

}  // namespace

std::string rows_of(store::Store& store) {
    std::string text = "settings " + text_of_form(store.campus().campus().settings) + "\n";
    add_graduates(text, store);
    add_accounts(text, store);
    add_warnings(text, store.warnings().own());
    add_warnings(text, store.warnings().nationwide());
    for (const domain::Form& employer : store.employers().search("", 100))
        text += "employer " + text_of_form(employer) + "\n";
    for (const domain::Graduate& one : graduates(store)) {
        auto drafts = store.drafts().of_student(one.exam_number());
        std::ranges::sort(drafts, {}, &store::Draft::id);
        for (const store::Draft& draft : drafts)
            text += "draft " + to_text(draft.id) + " " + text_of_form(draft.form) + "\n";
    }
    for (const store::RegistrationRow& row : store.registrations().list({}))
        if (const int copy = store.prints().last_copy(row.id); copy > 0)
            text += "print " + to_text(row.id) + " " + std::to_string(copy) + "\n";
    return text;
}

std::string rows_of_platform(Platform& platform) {
    Connection sql((platform.disk.folder() / "platform.db").string());
    domain::Form settings = domain::preset_settings();
    for (const auto& row : sql.rows("SELECT name, value FROM setting WHERE school = '10999'"))
        settings[row[0]] = row[1];
    std::string text = "settings " + text_of_form(settings) + "\n";
    Dice dice(1);
    const crypto::Sealer sealer(campus({}).platform_seal, dice);
    for (const auto& row :
         sql.rows("SELECT base, confirmed_revision, confirmed_at FROM graduate WHERE school ="
                  " '10999' ORDER BY exam_number")) {
        const auto base = sealer.open(from_base64(row[0]).value_or(Bytes{}), "graduate.base");
        if (!base) throw Violation("a graduate on the platform can't be read");
        const bool is_confirmed = std::to_string(crypto::content_number(*base)) == row[1];
        text += "graduate " + text_of_form(domain::form_from_cbor(cbor::decode(*base).value())) +
                (is_confirmed ? "confirmed " + row[2] : "") + "\n";
    }
    for (const auto& row :
         sql.rows("SELECT credit_code, category FROM warning WHERE school = '10999' ORDER BY 1"))
        text += "warning " + row[0] + " " + row[1] + "\n";
    add_slots(text, sql);
    return text;
}

std::string rows_as_platform(store::Store& store) {
    std::string text = "settings " + text_of_form(store.campus().campus().settings) + "\n";
    add_graduates(text, store);
    add_warnings(text, store.warnings().own());
    std::vector<std::string> lines;
    for (const store::RegistrationRow& row : store.registrations().list({}))
        if (domain::holds_slot(row.state))
            lines.push_back("slot " + row.exam_number + " " + to_text(row.id) + " " +
                            std::string(domain::name_of(row.state)) + "\n");
    std::ranges::sort(lines);
    for (const std::string& line : lines) text += line;
    return text;
}

std::string difference(const std::string& one, const std::string& other) {
    std::istringstream left(one), right(other);
    std::string here, there;
    while (true) {
        const bool more_here = static_cast<bool>(std::getline(left, here));
        const bool more_there = static_cast<bool>(std::getline(right, there));
        if (!more_here && !more_there) return "not at all";
        if (!more_here) here.clear();
        if (!more_there) there.clear();
        if (here != there) return "“" + here + "” and “" + there + "”";
    }
}

}  // namespace wq::sim
