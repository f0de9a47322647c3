#include "data/crypto/hash.h"
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "sync/platform/author.h"
#include "sync/platform/employers.h"
#include "sync/platform/registry_parts.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>

namespace wq::platform {
namespace {

namespace fs = std::filesystem;

// Of several programs that make a folder together, one at a time makes what is not there: what another had
// sealed by a key that was overwritten, nobody could ever open; and SQLite does not wait where a file's
// journal changes.
class MakersLock {
  public:
    explicit MakersLock(const fs::path& folder) {
        std::error_code ignored;
        fs::create_directories(folder, ignored);
        file_ = ::open((folder / ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
        if (file_ < 0 || ::flock(file_, LOCK_EX) != 0) throw Fault("can't write " + folder.string());
    }
    ~MakersLock() { ::close(file_); }
    MakersLock(const MakersLock&) = delete;
    MakersLock& operator=(const MakersLock&) = delete;

  private:
    int file_;
};

std::unique_ptr<MakersLock> lock_to_make(const fs::path& file) {
    return fs::exists(file) ? nullptr : std::make_unique<MakersLock>(file.parent_path());
}

Bytes secret_of(const fs::path& file, crypto::Random& random) {
    if (const auto lock = lock_to_make(file); lock && !fs::exists(file))
        if (auto made = os::write_file(file, random.bytes(crypto::Sealer::kKeySize), true); !made)
            throw Fault("can't write " + file.string());
    auto secret = os::read_file(file, 1 << 10);
    if (!secret || secret->size() != crypto::Sealer::kKeySize) throw Fault("can't read " + file.string());
    return std::move(*secret);
}

crypto::FileSigner signer_of(const fs::path& file) {
    if (const auto lock = lock_to_make(file); lock && !fs::exists(file)) {
        const auto signer = crypto::FileSigner::generate(crypto::Algorithm::sm2);
        if (auto made = os::write_file(file, bytes_of(signer.to_pem()), true); !made)
            throw Fault("can't write " + file.string());
    }
    const auto pem = os::read_text(file, 1 << 16);
    auto signer =
        pem ? crypto::FileSigner::from_pem(*pem) : Result<crypto::FileSigner>(refuse("key_unreadable"));
    if (!signer) throw Fault("can't read " + file.string());
    return std::move(*signer);
}

Connections connected(const RegistryOptions& options, const crypto::Sealer& sealer) {
    const MakersLock lock(options.home);
    const std::string file = (options.home / "platform.db").string();
    return {options.database.empty() ? file : options.database, sealer};
}

}  // namespace

NodeLine line_of(const Node& node) {
    return {node.sender,   node.epoch, node.last, node.number, node.public_key, node.state, node.reason,
            node.enrolled, {},         {},        {}};
}

Registry::Parts::Parts(const RegistryOptions& options)
    : home(options.home),
      clock(options.clock),
      random(options.random),
      codes(options.codes),
      signer(signer_of(home / "keys" / "platform.pem")),
      sealer(secret_of(home / "keys" / "seal.key", *options.random), *options.random),
      connections(connected(options, sealer)),
      blobs(connections, sealer, home),
      line({&connections, &campuses, codes, random, &signer, clock}) {}

Registry::Registry(const RegistryOptions& options) : parts_(std::make_unique<Parts>(options)) {}
Registry::~Registry() = default;

const Bytes& Registry::public_key() const { return parts_->signer.public_key(); }
const crypto::Signer& Registry::key() const { return parts_->signer; }
Instant Registry::now() const { return parts_->clock->now(); }
const os::Clock& Registry::clock() const { return *parts_->clock; }
crypto::Random& Registry::random() const { return *parts_->random; }
const domain::Codes& Registry::codes() const { return *parts_->codes; }

void Registry::look(const std::function<void(Database&)>& work) { parts_->connections.read(work); }
void Registry::transact(const std::function<void(Database&)>& work) { parts_->connections.write(work); }

Result<void> Registry::add_school(const std::string& code, const std::string& name) {
    const auto added =
        parts_->connections.write([&](Database& database) { return Nodes(database).add_school(code, name); });
    if (added) parts_->share_warnings();
    return added;
}

Result<void> Registry::set(const std::string& school, const domain::Form& settings,
                           const std::string& account) {
    return parts_->connections.write([&](Database& database) -> Result<void> {
        if (!Nodes(database).has_school(school)) return refuse("school_unknown", {{"school", school}});
        Ledger ledger = parts_->ledger(database, school);
        if (!ledger.tables().has_settings()) return refuse("school_not_set_up");
        cbor::Value body;
        body.set("settings", domain::to_cbor(settings));
        const domain::Actor province{domain::Role::province, account};
        Author author(ledger, *parts_->random);
        auto said = author.say(domain::event_type::kSettings, std::move(body), province);
        if (said) ledger.finish();
        return said;
    });
}

Result<std::string> Registry::new_enrol_code(const std::string& school) {
    return parts_->connections.write(
        [&](Database& database) { return Nodes(database).new_code(school, *parts_->random, now()); });
}

std::vector<SchoolLine> Registry::schools() {
    return parts_->connections.read([&](Database& database) {
        std::vector<SchoolLine> lines;
        for (const School& school : Nodes(database).schools()) {
            SchoolTables tables(database, school.code);
            lines.push_back({school.code, school.name, tables.count_graduates(), tables.count_registrations(),
                             Feed(database, school.code).head().last});
        }
        return lines;
    });
}

Result<void> Registry::revoke(const protocol::Sender& sender) {
    return parts_->connections.write([&](Database& database) -> Result<void> {
        const auto node = Nodes(database).find(sender);
        if (!node) return refuse("device_unknown");
        Nodes(database).set_state(*node, "revoked", "revoked");
        return {};
    });
}

std::vector<EventLine> Registry::events(const std::string& school, const std::optional<Uuid>& registration) {
    return parts_->connections.read([&](Database& database) {
        std::vector<EventLine> lines;
        for (protocol::FeedEntry& entry : Feed(database, school).entries_of(registration)) {
            auto event = domain::decode_event(entry.event);
            lines.push_back({std::move(entry), std::move(event)});
        }
        return lines;
    });
}

std::optional<domain::Registration> Registry::registration(const Uuid& id) {
    return parts_->connections.read([&](Database& database) -> std::optional<domain::Registration> {
        for (const School& school : Nodes(database).schools())
            if (auto record = SchoolTables(database, school.code).registration(id)) return record;
        return std::nullopt;
    });
}

Uuid Registry::new_id() { return parts_->random->uuid(now()); }

Result<domain::EmployerAccount> Registry::act(const std::string& credit_code,
                                              const domain::AccountCommand& command) {
    // A step that counts what was wrong is kept, though it is refused.
    const auto step = parts_->connections.write([&](Database& database) {
        Employers employers(database);
        auto applied = domain::apply(employers.find(credit_code), command, *parts_->codes, now());
        if (applied) employers.put(applied->after, command);
        return applied;
    });
    if (!step) return tl::make_unexpected(step.error());
    if (step->refusal) return tl::make_unexpected(*step->refusal);
    return step->after;
}

domain::EmployerAccount Registry::employer(const std::string& credit_code) {
    return parts_->connections.read(
        [&](Database& database) { return Employers(database).find(credit_code); });
}

std::vector<domain::EmployerAccount> Registry::employers() {
    return parts_->connections.read([&](Database& database) { return Employers(database).list(); });
}

std::map<domain::AccountState, std::int64_t> Registry::employer_counts() {
    return parts_->connections.read([&](Database& database) { return Employers(database).counts(); });
}

bool Registry::is_history_whole(const std::string& credit_code) {
    return parts_->connections.read(
        [&](Database& database) { return Employers(database).is_whole(credit_code); });
}

Result<domain::Attachment> Registry::keep_file(const std::string& kind, ByteView file) {
    if (const auto good = scan::check_pictures(file); !good) return tl::make_unexpected(good.error());
    const std::string media_type(scan::media_type_of(file));
    const auto hash = parts_->blobs.keep(kEmployersFiles, file, media_type, now());
    if (!hash) return tl::make_unexpected(hash.error());
    return domain::Attachment{kind, *hash, static_cast<std::int64_t>(file.size()), media_type};
}

namespace {

// Real names: only an approved employer acts, and invites in its account's own name.
Result<void> check_employer(Database& database, const domain::Command& command, Instant now) {
    if (command.actor.role != domain::Role::employer) return {};
    const domain::EmployerAccount account = Employers(database).find(command.actor.account);
    if (auto refusal = domain::may_act(account, now)) return tl::make_unexpected(*refusal);
    const std::string name(domain::value_of(*domain::approved_form(account), "employer_name"));
    if (command.action == domain::Action::invite && domain::value_of(command.form, "employer_name") != name)
        return refuse("employer_name_differs", {{"name", name}});
    return {};
}

}  // namespace

Result<domain::Registration> Registry::act(const std::string& school, const Uuid& registration,
                                           const std::string& exam_number, const domain::Command& command) {
    expire_invitations(school);
    return parts_->connections.write([&](Database& database) -> Result<domain::Registration> {
        if (!Nodes(database).has_school(school)) return refuse("school_unknown", {{"school", school}});
        if (auto allowed = check_employer(database, command, now()); !allowed)
            return tl::make_unexpected(allowed.error());
        Ledger ledger = parts_->ledger(database, school);
        const auto record = ledger.tables().registration(registration);
        if (!record && command.action != domain::Action::invite) return refuse("record_unknown");
        auto after = Author(ledger, *parts_->random)
                         .act(registration, record ? record->kind : domain::Kind::online,
                              record ? record->exam_number : exam_number, command);
        if (after) ledger.finish();
        return after;
    });
}

int Registry::expire_invitations(const std::string& school) {
    const bool any = parts_->connections.read(
        [&](Database& database) { return SchoolTables(database, school).has_expired_invitations(now()); });
    if (!any) return 0;
    return parts_->connections.write([&](Database& database) {
        Ledger ledger = parts_->ledger(database, school);
        const int count = platform::expire_invitations(ledger, *parts_->random);
        ledger.finish();
        return count;
    });
}

std::optional<NodeLine> Registry::node(const protocol::Sender& sender) {
    return parts_->connections.read([&](Database& database) {
        const auto node = Nodes(database).find(sender);
        return node ? std::optional(line_of(*node)) : std::nullopt;
    });
}

Result<protocol::EnrolAnswer> Registry::enrol(const protocol::EnrolRequest& request) {
    auto answer =
        parts_->connections.write([&](Database& database) { return Nodes(database).enrol(request, now()); });
    if (!answer) return answer;
    answer->platform_key = public_key();
    answer->platform_time = now();
    return answer;
}

Result<protocol::PushAnswer> Registry::push(const protocol::Sender& sender, const protocol::Push& push) {
    auto taken = parts_->line.push(sender, push);
    if (!taken) return tl::make_unexpected(taken.error());
    if (taken->warned) parts_->is_warned = true;
    return std::move(taken->answer);
}

void Registry::do_chores() {
    if (const std::int64_t now = clock().steady_ms(); now >= parts_->next_sweep) {
        parts_->next_sweep = now + 60 * kMinute;
        parts_->is_warned = true;  // what an instance that died left untold
        parts_->blobs.sweep();
    }
    if (parts_->is_warned.exchange(false)) try {
            parts_->share_warnings();
        } catch (...) {
            parts_->is_warned = true;
            throw;
        }
}

Result<protocol::FeedPage> Registry::feed(const std::string& school, std::int64_t after, std::int64_t limit) {
    expire_invitations(school);
    auto page = parts_->connections.read(
        [&](Database& database) { return Feed(database, school).page(after, limit); });
    if (!page) return page;
    page->platform_time = now();
    page->checkpoint = parts_->signer.sign(protocol::checkpoint_message(*page));
    return page;
}

std::map<std::string, std::int64_t> Registry::feed_heads() {
    return parts_->connections.read([&](Database& database) { return Feed::heads(database); });
}

protocol::PartsHeld Registry::blob_parts(const std::string& school, const domain::Hash& hash) {
    return parts_->blobs.held(school, hash);
}

Result<void> Registry::put_blob_part(const std::string& school, const domain::Hash& hash, std::size_t part,
                                     ByteView content) {
    return parts_->blobs.put_part(school, hash, part, content);
}

Result<void> Registry::commit_blob(const std::string& school, const domain::Hash& hash,
                                   const std::string& media_type) {
    return parts_->blobs.commit(school, hash, media_type, now());
}

Result<void> Registry::put_blob(const std::string& school, const domain::Hash& hash, ByteView content,
                                const std::string& media_type) {
    if (content.empty() || content.size() > protocol::kPartSize) return refuse("part_wrong", {{"part", "0"}});
    if (crypto::sm3(content) != hash) return refuse("blob_wrong");
    return parts_->blobs.keep(school, content, media_type, now()).map([](const domain::Hash&) {});
}

Result<BlobContent> Registry::blob(const std::string& school, const domain::Hash& hash) {
    return parts_->blobs.read(school, hash).map([](Blob&& blob) {
        return BlobContent{std::move(blob.content), std::move(blob.media_type)};
    });
}

crypto::SignedList Registry::verification_list() {
    return parts_->connections.read(
        [&](Database& database) { return parts_->list.current(database, now(), parts_->signer); });
}

}  // namespace wq::platform
