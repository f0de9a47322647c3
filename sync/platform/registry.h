// The register: what the platform knows and decides, for all schools. Thread-safe, and without a state of its
// own: several programs may serve one database, sharing the home folder, which holds keys/{platform.pem,
// seal.key}, blobs/, uploads/ and, unless the database is a server, platform.db. The api, the pages and the
// administrator's commands stand on it. Every function may throw DatabaseAway (database.h), DiskFull or
// Fault.
#pragma once

#include "data/crypto/keys.h"
#include "data/crypto/random.h"
#include "data/crypto/trust.h"
#include "data/crypto/verification_list.h"
#include "data/domain/codes.h"
#include "data/domain/employer_account.h"
#include "data/domain/event.h"
#include "data/domain/lifecycle.h"
#include "data/os/clock.h"
#include "sync/platform/consumers.h"
#include "sync/platform/employment.h"
#include "sync/protocol/digests.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/signing.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>

namespace wq::platform {

class Database;

struct RegistryOptions {
    std::filesystem::path home;
    const os::Clock* clock = nullptr;
    crypto::Random* random = nullptr;
    const domain::Codes* codes = nullptr;
    std::string database = {};  // "postgresql://…"; empty: platform.db in the home
};

struct SchoolLine {
    std::string code, name;
    std::int64_t graduates = 0, registrations = 0, feed = 0;
};

struct NodeLine {
    protocol::Sender sender;
    std::int64_t epoch = 1, last = 0;
    int number = 1;
    Bytes public_key;
    std::string state, reason;
    // R64: when it was last heard (enrolling counts), since when it is silent, and what it is refused since
    // when. Of the device's newest epoch only.
    Instant seen, silent_since, failing_since;
    std::string failing;

    static constexpr std::int64_t kSilent = 36 * 60 * kMinute;  // a node that syncs once a night is not
    bool is_in_trouble() const { return silent_since.ms > 0 || !failing.empty() || state == "quarantined"; }
};

struct EventLine {
    protocol::FeedEntry entry;
    Result<domain::Event> event;
};

struct BlobContent {
    Bytes content;
    std::string media_type;
};

// What the public page may say about a code whose signature is proven.
struct Verification {
    domain::PrintCode code;
    domain::State state = domain::State::draft;
    std::string masked_name, employer;
    bool is_latest_paper = false;
};

// A return link that is open (R20): whose agreement it is for, and what has come of it.
struct OpenLink {
    std::string school_name, masked_name;
    bool is_demo = false;
    domain::Registration record;
    crypto::TrustList trust;
    std::vector<domain::ReturnedPage> pages;  // there already
};

// A page that was read on its way in; its picture's name is not known yet.
struct ReadPage {
    domain::ReturnedPage page;
    Bytes picture;
};

class Registry {
  public:
    // Makes the home with new keys where it is missing. Throws Fault where it can't be used.
    explicit Registry(const RegistryOptions& options);
    ~Registry();

    const Bytes& public_key() const;
    const crypto::Signer& key() const;
    Instant now() const;
    const os::Clock& clock() const;
    crypto::Random& random() const;
    const domain::Codes& codes() const;

    // For the pages (web/), which read lists and keep tables of their own: to read, and to write in one
    // transaction, undone where `work` throws. It may be called again (connections.h).
    void look(const std::function<void(Database&)>& work);
    void transact(const std::function<void(Database&)>& work);

    // The administrator's. Refusals: `school_wrong`, `school_unknown`.
    Result<void> add_school(const std::string& code, const std::string& name);
    // What the province sets for a school (R08). Refusals: `school_unknown`, `school_not_set_up` (no node of
    // it has come yet), domain::check_setting's, domain::may_set's.
    // `account`: who of the province.
    Result<void> set(const std::string& school, const domain::Form& settings,
                     const std::string& account = "platform");
    Result<std::string> new_enrol_code(const std::string& school);
    std::vector<SchoolLine> schools();
    std::vector<NodeLine> nodes(const std::string& school);
    // Those of all schools that are silent, failing or quarantined.
    std::vector<NodeLine> nodes_in_trouble();
    // What came of a request that `sender` has been proven to have sent; see contacts.h.
    // Of the node's epochs before the newest: whoever signs by one has been taken for another since.
    std::vector<Bytes> former_keys(const protocol::Sender& sender);
    void note_contact(const protocol::Sender& sender, std::string_view path, std::string_view code);
    // Refusal: `device_unknown`.
    Result<void> revoke(const protocol::Sender& sender);
    std::vector<EventLine> events(const std::string& school, const std::optional<Uuid>& registration = {});
    // In whatever school it is.
    std::optional<domain::Registration> registration(const Uuid& id);

    // Employers' accounts (R31, R32): every act of an employer or the ministry. Refusals: domain::apply's of
    // employer_account.h; an amount that was wrong is counted though it is refused.
    Result<domain::EmployerAccount> act(const std::string& credit_code,
                                        const domain::AccountCommand& command);
    domain::EmployerAccount employer(const std::string& credit_code);
    std::vector<domain::EmployerAccount> employers();
    std::map<domain::AccountState, std::int64_t> employer_counts();
    bool is_history_whole(const std::string& credit_code);
    // A picture or PDF for an account. Refusals: scan::each_picture's, `disk_full`, `file_unwritable`.
    Result<domain::Attachment> keep_file(const std::string& kind, ByteView file);

    // What happens on the platform itself: an employer's act (actor by credit code; Action::invite begins a
    // new record, whose id is given), told to the school's nodes by the feed. The employer needs an
    // approved account. Refusals: `school_unknown`, `record_unknown`, domain::may_act's and apply's, and
    // `employer_name_differs` {name} of an invitation in another name than the account's.
    Result<domain::Registration> act(const std::string& school, const Uuid& registration,
                                     const std::string& exam_number, const domain::Command& command);
    Uuid new_id();
    // Lets all invitations expire whose time is over; returns how many.
    int expire_invitations(const std::string& school);

    // What may come a moment later than the act that it follows from: warnings are told to all schools, and
    // forgotten uploads thrown away. To be called again and again, by one thread at a time; costs nothing
    // where nothing is to be done. Throws as Connections does; what was not done then is done the next time.
    void do_chores();

    // Placements (R44). The export is a file by its ending, .csv or .xlsx, of all or one department; gives
    // the number of lines. Refusals: `school_unknown`, os::write_sheet's.
    Result<std::size_t> export_plan(const std::string& school, const std::optional<std::string>& department,
                                    const std::filesystem::path& file);
    Result<Bytes> export_plan(const std::string& school, const std::optional<std::string>& department,
                              std::string_view ending);
    // Other systems that may read them; gives the token, once. Refusals: `school_unknown`,
    // `consumer_unknown`, `out_of_scope`.
    Result<std::string> add_consumer(const Consumer& consumer);
    Result<void> remove_consumer(const std::string& name);
    std::vector<Consumer> consumers();
    Result<PlanPage> employment(std::string_view token, const std::string& school, std::int64_t after,
                                std::int64_t limit);

    // The nodes'. `sender` has been proven by the api; refusals as in nodes.h, ingest.h, feed.h and blobs.h.
    std::optional<NodeLine> node(const protocol::Sender& sender);
    Result<protocol::EnrolAnswer> enrol(const protocol::EnrolRequest& request);
    Result<protocol::PushAnswer> push(const protocol::Sender& sender, const protocol::Push& push);
    Result<protocol::FeedPage> feed(const std::string& school, std::int64_t after, std::int64_t limit);
    // The last number of each school's feed.
    std::map<std::string, std::int64_t> feed_heads();
    protocol::Status status(const protocol::Sender& sender, const protocol::Standing& standing = {});
    // Rows as they stand at one number of the feed. `bucket`: whose rows are wanted too; kBuckets: the sums.
    protocol::DigestsAnswer digests(const std::string& school, std::optional<std::size_t> bucket);
    protocol::PartsHeld blob_parts(const std::string& school, const domain::Hash& hash);
    Result<void> put_blob_part(const std::string& school, const domain::Hash& hash, std::size_t part,
                               ByteView content);
    Result<void> commit_blob(const std::string& school, const domain::Hash& hash,
                             const std::string& media_type);
    // A small one at once, of at most one part.
    Result<void> put_blob(const std::string& school, const domain::Hash& hash, ByteView content,
                          const std::string& media_type);
    Result<BlobContent> blob(const std::string& school, const domain::Hash& hash);

    // The public's: a printed code's text. Refusals: crypto::TrustList::check's, `record_unknown`.
    Result<Verification> verify(const std::string& code_text);
    // What anybody needs to verify without a network, signed by the platform as of now.
    crypto::SignedList verification_list();

    // Whoever holds a return link. Refusals: crypto::check_return_token's; of return_by_link also
    // domain::apply's.
    Result<OpenLink> open_link(const std::string& token);
    // Keeps pages, the better of two; gives all there are, by page.
    Result<std::vector<domain::ReturnedPage>> keep_link_pages(const std::string& token,
                                                              std::vector<ReadPage> pages);
    Result<domain::Registration> return_by_link(const std::string& token);

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace wq::platform
