#include "data/store/store.h"

#include "data/store/core.h"
#include "data/store/projection.h"
#include "data/store/schema.h"

#include <sqlite3.h>

namespace wq::store {
namespace {

constexpr std::uintmax_t kLeastRoom = 64 << 10;  // bytes, of a file's first pages

// SQLite's shared index finds no room without saying so: its error is any other of the disk's.
bool has_no_room(const std::filesystem::path& home) {
    std::error_code error;
    const auto space = std::filesystem::space(home, error);
    return !error && space.available < kLeastRoom;
}

Refusal refusal_of(const SQLite::Exception& error, const std::filesystem::path& home) {
    switch (error.getErrorCode()) {
        case SQLITE_FULL:
            return {"disk_full"};
        case SQLITE_IOERR:
            return has_no_room(home) ? Refusal{"disk_full"}
                                     : Refusal{"store_damaged", {{"reason", error.what()}}};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {"store_busy"};
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return {"file_unwritable", {{"file", "wangqian.db"}, {"reason", error.what()}}};
        default:
            return {"store_damaged", {{"reason", error.what()}}};
    }
}

bool is_newer(const std::filesystem::path& home) {
    const std::filesystem::path file = home / "wangqian.db";
    if (home == ":memory:" || !std::filesystem::exists(file)) return false;
    SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, 5000);
    return database.execAndGet("PRAGMA user_version").getInt() > static_cast<int>(schema_steps().size());
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const StoreOptions& options) {
    try {
        if (is_newer(options.home)) return refuse("store_newer");
        auto core = std::make_unique<Core>(options);
        if (core->meta("rows") == "stale") refresh_rows(*core);
        return std::unique_ptr<Store>(new Store(std::move(core)));
    } catch (const SQLite::Exception& error) {
        return tl::make_unexpected(refusal_of(error, options.home));
    } catch (const std::filesystem::filesystem_error& error) {
        return refuse("file_unwritable",
                      {{"file", options.home.string()}, {"reason", error.code().message()}});
    }
}

Store::Store(std::unique_ptr<Core> core)
    : core_(std::move(core)),
      campus_(*core_),
      graduates_(*core_),
      accounts_(*core_),
      employers_(*core_),
      drafts_(*core_),
      registrations_(*core_),
      papers_(*core_),
      prints_(*core_),
      returns_(*core_),
      pictures_(*core_),
      warnings_(*core_),
      figures_(*core_),
      balances_(*core_),
      log_(*core_),
      feed_(*core_) {}

Store::~Store() = default;

}  // namespace wq::store
