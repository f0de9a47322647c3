#include "data/store/core.h"

#include "data/crypto/hash.h"
#include "data/store/schema.h"
#include "data/store/store.h"

#include <sqlite3.h>

namespace wq::store {
namespace {

constexpr int kBusyMs = 5000;

std::string file_of(const std::filesystem::path& home) {
    if (home == ":memory:") return ":memory:";
    std::filesystem::create_directories(home);
    return (home / "wangqian.db").string();
}

std::int64_t pragma(SQLite::Database& database, const char* text) {
    return database.execAndGet(text).getInt64();
}

}  // namespace

namespace detail {

void throw_as_fault(const SQLite::Exception& error) {
    if (error.getErrorCode() == SQLITE_FULL) throw DiskFull();
    throw Fault(std::string("SQLite: ") + error.what());
}

}  // namespace detail

Core::Core(const StoreOptions& options)
    : home_(options.home),
      sealer_(options.sealer),
      clock_(options.clock),
      random_(options.random),
      codes_(options.codes),
      database_(file_of(options.home), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kBusyMs),
      boot_(options.random->uuid(options.clock->now())) {
    prepare_connection();
    read_node();
}

StoreOptions Core::options(const std::filesystem::path& home) const {
    return {home, sealer_, clock_, random_, codes_};
}

void Core::prepare_connection() {
    database_.exec("PRAGMA journal_mode = WAL");
    database_.exec("PRAGMA synchronous = FULL");
    database_.exec("PRAGMA foreign_keys = ON");
    database_.exec("PRAGMA cache_size = -32768");
    // Less than FULL lost acknowledged acts in half of the simulated power cuts.
    if (pragma(database_, "PRAGMA synchronous") != 2) throw Fault("SQLite does not keep synchronous = FULL");
    const auto steps = schema_steps();
    SQLite::Transaction upgrade(database_, SQLite::TransactionBehavior::IMMEDIATE);
    const auto version = static_cast<std::size_t>(pragma(database_, "PRAGMA user_version"));
    for (std::size_t step = version; step < steps.size(); ++step) database_.exec(steps[step]);
    if (version < steps.size()) database_.exec("PRAGMA user_version = " + std::to_string(steps.size()));
    upgrade.commit();
}

void Core::read_node() {
    auto version = sql("PRAGMA data_version");
    version.executeStep();
    if (const std::int64_t now = int_at(version, 0); now == data_version_)
        return;
    else
        data_version_ = now;
    node_.school = meta("school");
    if (const auto device = uuid_from_text(meta("device"))) node_.device = *device;
    if (const std::string epoch = meta("epoch"); !epoch.empty()) node_.epoch = std::stoll(epoch);
    if (const std::string number = meta("node_number"); !number.empty()) node_.number = std::stoi(number);
}

void Core::set_node(const Node& node) {
    transaction([&] {
        const bool is_same = node.device == node_.device && node.epoch == node_.epoch;
        set_meta("school", node.school);
        set_meta("device", to_text(node.device));
        set_meta("epoch", std::to_string(node.epoch));
        set_meta("node_number", std::to_string(node.number));
        node_ = node;
        if (!is_same) set_meta("said." + std::to_string(node.epoch), std::to_string(head().number));
    });
}

Prepared Core::sql(std::string_view text) {
    if (const auto at = statements_.find(text); at != statements_.end()) return Prepared(*at->second);
    const std::string key(text);
    auto statement = std::make_unique<SQLite::Statement>(database_, key);
    return Prepared(*statements_.emplace(key, std::move(statement)).first->second);
}

void Core::begin() {
    sql("BEGIN IMMEDIATE").exec();
    read_node();
}

void Core::commit() { sql("COMMIT").exec(); }

void Core::roll_back() noexcept {
    for (auto& [text, statement] : statements_) statement->tryReset();
    try {
        database_.exec("ROLLBACK");
    } catch (const SQLite::Exception&) {
        // SQLite has rolled back by itself, for example on a full disk.
    }
}

std::string Core::meta(std::string_view key) {
    auto read = sql("SELECT value FROM meta WHERE key = ?");
    bind_at(read, 1, key);
    return read.executeStep() ? text_at(read, 0) : std::string();
}

void Core::set_meta(std::string_view key, std::string_view value) {
    auto write = sql(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
    bind_at(write, 1, key);
    bind_at(write, 2, value);
    write.exec();
}

ChainHead Core::head() {
    auto read =
        sql("SELECT number, hash FROM event WHERE device = ? AND epoch = ? ORDER BY number DESC LIMIT 1");
    bind_at(read, 1, node_.device.view());
    read.bind(2, node_.epoch);
    if (!read.executeStep()) return {};
    return {int_at(read, 0), domain::hash_from(bytes_at(read, 1))};
}

std::int64_t Core::said() {
    const std::string said = meta("said." + std::to_string(node_.epoch));
    return said.empty() ? 0 : std::stoll(said);
}

domain::Event Core::new_event(std::string_view type, const domain::Actor& actor) {
    domain::Event event;
    event.type = type;
    event.school = node_.school;
    event.device = node_.device;
    event.epoch = node_.epoch;
    event.id = random_->uuid(now());
    event.actor = actor;
    const std::string cursor = meta("feed_cursor");
    event.seen = cursor.empty() ? 0 : std::stoll(cursor);
    event.when = now();
    event.steady_ms = clock_->steady_ms();
    event.boot = boot_;
    return event;
}

void Core::append(domain::Event& event) {
    const ChainHead before = head();
    event.number = before.number + 1;
    event.previous = before.hash;
    const Bytes bytes = domain::encode(event);
    insert_event(event, bytes, crypto::sm3(domain::chain_message(bytes)), 0, "", "", true);
    set_meta("said." + std::to_string(event.epoch), std::to_string(event.number));
}

void Core::insert_event(const domain::Event& event, ByteView bytes, const domain::Hash& hash,
                        std::int64_t feed, std::string_view verdict, std::string_view code, bool own) {
    auto insert =
        sql("INSERT INTO event (device, epoch, number, id, type, registration, hash, bytes, own, feed, "
            "verdict, code, when_ms)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bind_at(insert, 1, event.device.view());
    insert.bind(2, event.epoch);
    insert.bind(3, event.number);
    bind_at(insert, 4, event.id.view());
    bind_at(insert, 5, event.type);
    if (!event.registration.is_nil()) bind_at(insert, 6, event.registration.view());
    bind_at(insert, 7, hash);
    bind_at(insert, 8, seal(bytes, "event.bytes"));
    insert.bind(9, own ? 1 : 0);
    if (feed > 0) insert.bind(10, feed);
    if (!verdict.empty()) bind_at(insert, 11, verdict);
    bind_at(insert, 12, code);
    insert.bind(13, event.when.ms);
    insert.exec();
}

std::string like_text(std::string_view text) {
    std::string escaped;
    for (char c : text) {
        if (c == '%' || c == '_' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

Bytes Core::unseal(ByteView sealed, std::string_view place) const {
    auto plain = sealer_->open(sealed, place);
    if (!plain)
        throw Fault("a sealed value of " + std::string(place) +
                    " does not open: wrong key, or changed on the disk");
    return std::move(*plain);
}

cbor::Value Core::unseal_cbor(ByteView sealed, std::string_view place) const {
    auto value = cbor::decode(unseal(sealed, place));
    if (!value) throw Fault("a sealed value of " + std::string(place) + " is not readable");
    return std::move(*value);
}

}  // namespace wq::store
