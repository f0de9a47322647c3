// A home folder opened: code tables, wording, keys, store. One for each thread that works with the store. In
// the folder: wangqian.db, pictures/, spool/, log/, keys/{master.key, node.pem, issuer.pem}.
#pragma once

#include "data/crypto/keys.h"
#include "data/os/log.h"
#include "data/store/store.h"
#include "kiosk/desk/wording.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace wq::desk {

// The world outside; tests bring their own.
struct World {
    const os::Clock* clock = nullptr;   // nullptr: the system's
    crypto::Random* random = nullptr;   // nullptr: the system's
    std::filesystem::path assets = {};  // empty: os::assets_folder()
};

class Home {
  public:
    // Refusals: `home_missing` {folder}, and those of its parts: `code_table_wrong`, `wording_wrong`,
    // `key_unreadable` {file}, Store::open's.
    static Result<std::unique_ptr<Home>> open(const std::filesystem::path& folder, const World& world = {});
    // A new folder with new keys and an empty store. Refuses with `home_exists` {folder} one that is in use.
    // `may_issue`: with the school's issuing key, as the career office's desk has it.
    static Result<std::unique_ptr<Home>> create(const std::filesystem::path& folder, bool may_issue,
                                                const World& world = {});
    ~Home();

    const std::filesystem::path& folder() const { return folder_; }
    const std::filesystem::path& assets() const { return assets_; }
    const domain::Codes& codes() const { return codes_; }
    const Wording& wording() const { return wording_; }
    const os::Clock& clock() const { return *clock_; }
    crypto::Random& random() const { return *random_; }
    const crypto::Signer& node_key() const { return *node_key_; }
    // The key that this node joins a platform with: each time a new one, so that a copy of the home, made
    // before, can't sign as the node that joined. Kept until use_next_node_key(), so that asking again after
    // a lost answer is by the same key. Refusals: `key_unreadable` {file}, those of writing.
    Result<const crypto::Signer*> next_node_key();
    Result<void> use_next_node_key();
    const crypto::Signer* issuing_key() const { return issuing_key_ ? &*issuing_key_ : nullptr; }
    // 16 bytes that follow from the value and place, and from the home's secret.
    Bytes keyed(std::string_view value, std::string_view place) const {
        return sealer_->lookup_tag(value, place);
    }
    store::Store& store() { return *store_; }
    domain::Campus campus() { return store_->campus().campus(); }
    os::Log& log() { return *log_; }

  private:
    Home(std::filesystem::path folder, const World& world);
    Result<void> read();
    Result<void> read_keys();

    std::filesystem::path folder_, assets_;
    os::SystemClock system_clock_;
    crypto::SystemRandom system_random_;
    const os::Clock* clock_;
    crypto::Random* random_;
    domain::Codes codes_;
    Wording wording_;
    std::optional<crypto::Sealer> sealer_;
    std::optional<crypto::FileSigner> node_key_, next_node_key_, issuing_key_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<os::Log> log_;
};

}  // namespace wq::desk
