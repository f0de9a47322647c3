#include "data/base/cbor.h"
#include "data/crypto/hash.h"
#include "tests/sim/campus.h"
#include "tests/sim/rows.h"

#include <sqlite3.h>

namespace wq::sim {

namespace {

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

}  // namespace wq::sim
