#include "sync/platform/connections.h"

#include "sync/platform/schema.h"

namespace wq::platform {

thread_local bool Connections::begun_ = false;

Connections::Connections(std::string address, const crypto::Sealer& sealer)
    : address_(std::move(address)), is_server_(Database::is_server(address_)), sealer_(&sealer) {
    auto first = std::make_unique<Database>(address_, sealer);
    make_schema(*first);
    free_.push_back(std::move(first));
}

std::unique_ptr<Database> Connections::take() {
    {
        const std::lock_guard lock(mutex_);
        if (!free_.empty()) {
            auto database = std::move(free_.back());
            free_.pop_back();
            return database;
        }
    }
    return std::make_unique<Database>(address_, *sealer_);
}

void Connections::give_back(std::unique_ptr<Database> database) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(database));
}

void Connections::judge(const soci::soci_error& error, std::unique_ptr<Database> database, int attempt) {
    const Trouble trouble = trouble_of(error);
    if (trouble == Trouble::again && attempt < kTries) return give_back(std::move(database));
    if (trouble == Trouble::away) {
        // All that were opened before are likely gone, too.
        const std::lock_guard lock(mutex_);
        free_.clear();
        if (!begun_ && attempt == 1) return;
        throw DatabaseAway("the connection to the database was lost");
    }
    give_back(std::move(database));
    if (trouble == Trouble::held) throw DatabaseAway("a row of the database is held for too long");
    if (trouble == Trouble::full) throw DiskFull();
    throw Fault(std::string("the database refused: ") + words_of(error));
}

}  // namespace wq::platform
