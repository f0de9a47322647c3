#include "kiosk/desk/home.h"

#include "data/os/assets.h"
#include "data/os/files.h"

namespace wq::desk {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMasterKey = "keys/master.key";
constexpr const char* kNodeKey = "keys/node.pem";
constexpr const char* kNextNodeKey = "keys/node.next.pem";
constexpr const char* kIssuingKey = "keys/issuer.pem";

Result<crypto::FileSigner> read_signer(const fs::path& file) {
    const auto pem = os::read_text(file, 1 << 16);
    if (!pem) return tl::make_unexpected(pem.error());
    auto signer = crypto::FileSigner::from_pem(*pem);
    if (!signer) return refuse("key_unreadable", {{"file", file.string()}});
    return signer;
}

Result<void> write_signer(const fs::path& file) {
    const auto signer = crypto::FileSigner::generate(crypto::Algorithm::sm2);
    return os::write_file(file, bytes_of(signer.to_pem()), true);
}

}  // namespace

Home::Home(fs::path folder, const World& world)
    : folder_(std::move(folder)),
      assets_(world.assets.empty() ? os::assets_folder() : world.assets),
      clock_(world.clock ? world.clock : &system_clock_),
      random_(world.random ? world.random : &system_random_),
      log_(std::make_unique<os::Log>(folder_ / "log", *clock_)) {}

Home::~Home() = default;

Result<std::unique_ptr<Home>> Home::open(const fs::path& folder, const World& world) {
    if (!fs::exists(folder / kMasterKey)) return refuse("home_missing", {{"folder", folder.string()}});
    std::unique_ptr<Home> home(new Home(folder, world));
    if (auto read = home->read(); !read) return tl::make_unexpected(read.error());
    return home;
}

Result<std::unique_ptr<Home>> Home::create(const fs::path& folder, bool may_issue, const World& world) {
    if (fs::exists(folder / kMasterKey)) return refuse("home_exists", {{"folder", folder.string()}});
    std::unique_ptr<Home> home(new Home(folder, world));
    if (auto written = write_signer(folder / kNodeKey); !written) return tl::make_unexpected(written.error());
    if (may_issue)
        if (auto written = write_signer(folder / kIssuingKey); !written)
            return tl::make_unexpected(written.error());
    // Last: a folder with it is a home.
    if (auto written =
            os::write_file(folder / kMasterKey, home->random().bytes(crypto::Sealer::kKeySize), true);
        !written)
        return tl::make_unexpected(written.error());
    if (auto read = home->read(); !read) return tl::make_unexpected(read.error());
    home->store().log().set_node({"", home->random().uuid(home->clock().now()), 1, 1});
    return home;
}

Result<void> Home::read() {
    auto codes = os::load_codes(assets_);
    if (!codes) return tl::make_unexpected(codes.error());
    codes_ = std::move(*codes);
    auto wording = os::load_wording(assets_);
    if (!wording) return tl::make_unexpected(wording.error());
    wording_ = std::move(*wording);
    if (auto keys = read_keys(); !keys) return keys;
    auto store = store::Store::open({folder_, &*sealer_, clock_, random_, &codes_});
    if (!store) return tl::make_unexpected(store.error());
    store_ = std::move(*store);
    return {};
}

Result<void> Home::read_keys() {
    const auto master = os::read_file(folder_ / kMasterKey, 1 << 10);
    if (!master) return tl::make_unexpected(master.error());
    if (master->size() != crypto::Sealer::kKeySize)
        return refuse("key_unreadable", {{"file", (folder_ / kMasterKey).string()}});
    sealer_.emplace(*master, *random_);
    auto node = read_signer(folder_ / kNodeKey);
    if (!node) return tl::make_unexpected(node.error());
    node_key_.emplace(std::move(*node));
    if (!fs::exists(folder_ / kIssuingKey)) return {};
    auto issuer = read_signer(folder_ / kIssuingKey);
    if (!issuer) return tl::make_unexpected(issuer.error());
    issuing_key_.emplace(std::move(*issuer));
    return {};
}

Result<const crypto::Signer*> Home::next_node_key() {
    const fs::path file = folder_ / kNextNodeKey;
    if (!fs::exists(file))
        if (auto written = write_signer(file); !written) return tl::make_unexpected(written.error());
    auto signer = read_signer(file);
    if (!signer) return tl::make_unexpected(signer.error());
    next_node_key_.emplace(std::move(*signer));
    return &*next_node_key_;
}

Result<void> Home::use_next_node_key() {
    // As write_file does it, durable before the old one is gone.
    if (auto written = os::write_file(folder_ / kNodeKey, bytes_of(next_node_key_->to_pem()), true); !written)
        return written;
    std::error_code ignored;
    fs::remove(folder_ / kNextNodeKey, ignored);
    node_key_.emplace(std::move(*next_node_key_));
    next_node_key_.reset();
    return {};
}

}  // namespace wq::desk
