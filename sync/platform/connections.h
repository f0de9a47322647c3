// The platform's connections to its database, lent to whoever has something to read or write. On SQLite one
// writes at a time; on a server each school's writers wait for each other at the school's own rows. What two
// transactions spoilt for each other is tried again. Thread-safe. Private to sync/platform.
#pragma once

#include "sync/platform/database.h"

#include <memory>
#include <mutex>
#include <vector>

namespace wq::platform {

class Connections {
  public:
    // Opens the first one and brings the schema up to date. Throws as Database does.
    Connections(std::string address, const crypto::Sealer& sealer);

    // Both give what `work(Database&)` gives, and may call it again. A connection that was lost is asked for
    // anew once, before anything was done; DatabaseAway otherwise, DiskFull where the database has no room.
    template <class Work>
    auto read(Work&& work) {
        return lend([&](Database& database) { return work(database); });
    }
    // One transaction: committed unless the result is a refusal or the work throws.
    template <class Work>
    auto write(Work&& work) {
        const auto turn = is_server_ ? std::unique_lock<std::mutex>() : std::unique_lock(writing_);
        return lend([&](Database& database) {
            Transaction transaction(database);
            begun_ = true;
            if constexpr (std::is_void_v<decltype(work(database))>) {
                work(database);
                transaction.commit();
            } else {
                auto result = work(database);
                if (is_success(result)) transaction.commit();
                return result;
            }
        });
    }

    bool is_server() const { return is_server_; }

  private:
    template <class T>
    static bool is_success(const Result<T>& result) {
        return result.has_value();
    }
    template <class T>
    static bool is_success(const T&) {
        return true;
    }

    static constexpr int kTries = 8;

    template <class Work>
    auto lend(Work&& work) {
        for (int attempt = 1;; ++attempt) {
            auto database = take();
            begun_ = false;
            try {
                if constexpr (std::is_void_v<decltype(work(*database))>) {
                    work(*database);
                    return give_back(std::move(database));
                } else {
                    auto result = work(*database);
                    give_back(std::move(database));
                    return result;
                }
            } catch (const soci::soci_error& error) {
                // Throws what can't be mended by trying again.
                judge(error, std::move(database), attempt);
            } catch (...) {
                give_back(std::move(database));
                throw;
            }
        }
    }

    std::unique_ptr<Database> take();
    void give_back(std::unique_ptr<Database> database);
    void judge(const soci::soci_error& error, std::unique_ptr<Database> database, int attempt);

    std::string address_;
    bool is_server_;
    const crypto::Sealer* sealer_;
    std::mutex mutex_;    // of the list
    std::mutex writing_;  // SQLite's one writer of this program; others' are waited for by SQLite itself
    std::vector<std::unique_ptr<Database>> free_;
    static thread_local bool begun_;  // this thread's transaction has begun
};

}  // namespace wq::platform
