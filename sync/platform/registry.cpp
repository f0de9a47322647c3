#include "sync/platform/registry.h"

#include "data/base/utf8.h"
#include "data/crypto/return_link.h"
#include "data/os/files.h"
#include "pdf/scan/page_checks.h"
#include "pdf/scan/page_image.h"
#include "sync/platform/author.h"
#include "sync/platform/blobs.h"
#include "sync/platform/employers.h"
#include "sync/platform/ingest.h"
#include "sync/platform/public_list.h"
#include "sync/platform/school_tables.h"
#include "sync/platform/shared_warnings.h"

#include <algorithm>

namespace wq::platform {
namespace {

namespace fs = std::filesystem;

Bytes secret_of(const fs::path& file, crypto::Random& random) {
    if (!fs::exists(file))
        if (auto made = os::write_file(file, random.bytes(crypto::Sealer::kKeySize), true); !made)
            throw Fault("can't write " + file.string());
    auto secret = os::read_file(file, 1 << 10);
    if (!secret || secret->size() != crypto::Sealer::kKeySize) throw Fault("can't read " + file.string());
    return std::move(*secret);
}

crypto::FileSigner signer_of(const fs::path& file) {
    if (!fs::exists(file)) {
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

NodeLine line_of(const Node& node) {
    return {node.sender, node.epoch, node.last, node.number, node.public_key, node.state, node.reason};
}

}  // namespace

struct Registry::Parts {
    explicit Parts(const RegistryOptions& options)
        : clock(options.clock),
          random(options.random),
          codes(options.codes),
          signer(signer_of(options.home / "keys" / "platform.pem")),
          sealer(secret_of(options.home / "keys" / "seal.key", *options.random), *options.random),
          database(options.home / "platform.db", sealer),
          nodes(database),
          blobs(database, sealer, options.home),
          list(database) {}

    Author author(const std::string& school) { return {database, *codes, *random, school, clock->now()}; }
    SharedWarnings warnings() { return {database, *codes, *random, clock->now()}; }

    const os::Clock* clock;
    crypto::Random* random;
    const domain::Codes* codes;
    crypto::FileSigner signer;
    crypto::Sealer sealer;
    Database database;
    Nodes nodes;
    Blobs blobs;
    PublicList list;
};

// What a process that ended between a push and its telling left untold, is told now.
Registry::Registry(const RegistryOptions& options) : parts_(std::make_unique<Parts>(options)) {
    parts_->warnings().share();
}
Registry::~Registry() = default;

const Bytes& Registry::public_key() const { return parts_->signer.public_key(); }
Instant Registry::now() const { return parts_->clock->now(); }

Result<void> Registry::add_school(const std::string& code, const std::string& name) {
    const std::lock_guard lock(mutex_);
    soci::transaction transaction(parts_->database.sql());
    const bool is_new = !parts_->nodes.has_school(code);
    if (auto added = parts_->nodes.add_school(code, name); !added) return added;
    if (is_new) parts_->warnings().tell(code);
    transaction.commit();
    return {};
}

Result<void> Registry::set(const std::string& school, const domain::Form& settings) {
    const std::lock_guard lock(mutex_);
    if (!parts_->nodes.has_school(school)) return refuse("school_unknown", {{"school", school}});
    soci::transaction transaction(parts_->database.sql());
    Author author = parts_->author(school);
    if (!author.tables().has_settings()) return refuse("school_not_set_up");
    cbor::Value body;
    body.set("settings", domain::to_cbor(settings));
    const domain::Actor province{domain::Role::province, "platform"};
    if (auto said = author.say(domain::event_type::kSettings, std::move(body), province); !said) return said;
    transaction.commit();
    return {};
}

Result<std::string> Registry::new_enrol_code(const std::string& school) {
    const std::lock_guard lock(mutex_);
    return parts_->nodes.new_code(school, *parts_->random, now());
}

std::vector<SchoolLine> Registry::schools() {
    const std::lock_guard lock(mutex_);
    std::vector<SchoolLine> lines;
    for (const School& school : parts_->nodes.schools()) {
        SchoolTables tables(parts_->database, school.code);
        lines.push_back({school.code, school.name, tables.count_graduates(), tables.count_registrations(),
                         Feed(parts_->database, school.code).head().last});
    }
    return lines;
}

std::vector<NodeLine> Registry::nodes(const std::string& school) {
    const std::lock_guard lock(mutex_);
    std::vector<NodeLine> lines;
    for (const Node& node : parts_->nodes.all(school)) lines.push_back(line_of(node));
    return lines;
}

Result<void> Registry::revoke(const protocol::Sender& sender) {
    const std::lock_guard lock(mutex_);
    const auto node = parts_->nodes.find(sender);
    if (!node) return refuse("device_unknown");
    parts_->nodes.set_state(*node, "revoked", "revoked");
    return {};
}

std::vector<EventLine> Registry::events(const std::string& school, const std::optional<Uuid>& registration) {
    const std::lock_guard lock(mutex_);
    std::vector<EventLine> lines;
    for (protocol::FeedEntry& entry : Feed(parts_->database, school).entries_of(registration)) {
        auto event = domain::decode_event(entry.event);
        lines.push_back({std::move(entry), std::move(event)});
    }
    return lines;
}

std::optional<domain::Registration> Registry::registration(const Uuid& id) {
    const std::lock_guard lock(mutex_);
    for (const School& school : parts_->nodes.schools())
        if (auto record = SchoolTables(parts_->database, school.code).registration(id)) return record;
    return std::nullopt;
}

Uuid Registry::new_id() { return parts_->random->uuid(now()); }

Result<domain::EmployerAccount> Registry::act(const std::string& credit_code,
                                              const domain::AccountCommand& command) {
    const std::lock_guard lock(mutex_);
    soci::transaction transaction(parts_->database.sql());
    Employers employers(parts_->database);
    auto step = domain::apply(employers.find(credit_code), command, *parts_->codes, now());
    if (!step) return tl::make_unexpected(step.error());
    employers.put(step->after, command);
    transaction.commit();
    if (step->refusal) return tl::make_unexpected(*step->refusal);
    return std::move(step->after);
}

domain::EmployerAccount Registry::employer(const std::string& credit_code) {
    const std::lock_guard lock(mutex_);
    return Employers(parts_->database).find(credit_code);
}

std::vector<domain::EmployerAccount> Registry::employers(std::optional<domain::AccountState> state) {
    const std::lock_guard lock(mutex_);
    return Employers(parts_->database).list(state);
}

bool Registry::is_history_whole(const std::string& credit_code) {
    const std::lock_guard lock(mutex_);
    return Employers(parts_->database).is_whole(credit_code);
}

Result<domain::Attachment> Registry::keep_file(const std::string& kind, ByteView file) {
    if (const auto good = scan::check_pictures(file); !good) return tl::make_unexpected(good.error());
    const std::string media_type(scan::media_type_of(file));
    const std::lock_guard lock(mutex_);
    return parts_->blobs.keep(kEmployersFiles, file, media_type, now()).map([&](const domain::Hash& hash) {
        return domain::Attachment{kind, hash, static_cast<std::int64_t>(file.size()), media_type};
    });
}

// Real names: only an approved employer acts, and invites in its account's own name.
Result<void> Registry::check_employer(const domain::Command& command) {
    if (command.actor.role != domain::Role::employer) return {};
    const domain::EmployerAccount account = Employers(parts_->database).find(command.actor.account);
    if (auto refusal = domain::may_act(account, now())) return tl::make_unexpected(*refusal);
    const std::string name(domain::value_of(*domain::approved_form(account), "employer_name"));
    if (command.action == domain::Action::invite && domain::value_of(command.form, "employer_name") != name)
        return refuse("employer_name_differs", {{"name", name}});
    return {};
}

Result<domain::Registration> Registry::act(const std::string& school, const Uuid& registration,
                                           const std::string& exam_number, const domain::Command& command) {
    const std::lock_guard lock(mutex_);
    if (!parts_->nodes.has_school(school)) return refuse("school_unknown", {{"school", school}});
    if (auto allowed = check_employer(command); !allowed) return tl::make_unexpected(allowed.error());
    expire_locked(school);
    soci::transaction transaction(parts_->database.sql());
    Author author = parts_->author(school);
    const auto record = author.tables().registration(registration);
    if (!record && command.action != domain::Action::invite) return refuse("record_unknown");
    auto after = author.act(registration, record ? record->kind : domain::Kind::online,
                            record ? record->exam_number : exam_number, command);
    if (after) transaction.commit();
    return after;
}

int Registry::expire_invitations(const std::string& school) {
    const std::lock_guard lock(mutex_);
    return expire_locked(school);
}

int Registry::expire_locked(const std::string& school) {
    const auto expired = SchoolTables(parts_->database, school).expired_invitations(now());
    if (expired.empty()) return 0;
    soci::transaction transaction(parts_->database.sql());
    Author author = parts_->author(school);
    int count = 0;
    for (const domain::Registration& record : expired)
        count += author
                     .act(record.id, record.kind, record.exam_number,
                          {domain::Action::expire, {domain::Role::ministry, "platform"}})
                     .has_value();
    transaction.commit();
    return count;
}

std::optional<NodeLine> Registry::node(const protocol::Sender& sender) {
    const std::lock_guard lock(mutex_);
    const auto node = parts_->nodes.find(sender);
    return node ? std::optional(line_of(*node)) : std::nullopt;
}

Result<protocol::EnrolAnswer> Registry::enrol(const protocol::EnrolRequest& request) {
    const std::lock_guard lock(mutex_);
    soci::transaction transaction(parts_->database.sql());
    auto answer = parts_->nodes.enrol(request, now());
    if (!answer) return answer;
    transaction.commit();
    answer->platform_key = public_key();
    answer->platform_time = now();
    return answer;
}

Result<protocol::PushAnswer> Registry::push(const protocol::Sender& sender, const protocol::Push& push) {
    const std::lock_guard lock(mutex_);
    const auto node = parts_->nodes.find(sender);
    if (!node) return refuse("device_unknown");
    // Whether an answer came in time does not hang on who asked before.
    expire_locked(sender.school);
    auto taken = take(parts_->database, *parts_->codes, *node, push, now());
    if (!taken) return tl::make_unexpected(taken.error());
    if (taken->warned) parts_->warnings().share();
    taken->answer.receipt = parts_->signer.sign(protocol::receipt_message(taken->answer));
    return std::move(taken->answer);
}

Result<protocol::FeedPage> Registry::feed(const std::string& school, std::int64_t after, std::int64_t limit) {
    const std::lock_guard lock(mutex_);
    expire_locked(school);
    auto page = Feed(parts_->database, school).page(after, limit);
    if (!page) return page;
    page->platform_time = now();
    page->checkpoint = parts_->signer.sign(protocol::checkpoint_message(*page));
    return page;
}

protocol::Status Registry::status(const protocol::Sender& sender, const protocol::Standing& standing) {
    const std::lock_guard lock(mutex_);
    Node node = parts_->nodes.find(sender).value_or(Node{});
    Feed feed(parts_->database, sender.school);
    const FeedHead head = feed.head();
    SchoolTables tables(parts_->database, sender.school);
    protocol::Status status{sender.school,
                            sender.device,
                            node.epoch,
                            node.last,
                            node.chain,
                            head.last,
                            head.chain,
                            tables.count_graduates(),
                            tables.count_registrations(),
                            {},
                            feed.chain_at(standing.feed),
                            now(),
                            {}};
    node.epoch = standing.epoch;
    if (standing.number == 0)
        status.event_there = domain::Hash{};
    else if (const auto event = feed.find(node, standing.number))
        status.event_there = event->hash;
    status.statement = parts_->signer.sign(protocol::status_message(status));
    return status;
}

protocol::PartsHeld Registry::blob_parts(const std::string& school, const domain::Hash& hash) {
    const std::lock_guard lock(mutex_);
    return parts_->blobs.held(school, hash);
}

Result<void> Registry::put_blob_part(const std::string& school, const domain::Hash& hash, std::size_t part,
                                     ByteView content) {
    const std::lock_guard lock(mutex_);
    return parts_->blobs.put_part(school, hash, part, content);
}

Result<void> Registry::commit_blob(const std::string& school, const domain::Hash& hash,
                                   const std::string& media_type) {
    const std::lock_guard lock(mutex_);
    return parts_->blobs.commit(school, hash, media_type, now());
}

Result<BlobContent> Registry::blob(const std::string& school, const domain::Hash& hash) {
    const std::lock_guard lock(mutex_);
    return parts_->blobs.read(school, hash).map([](Blob&& blob) {
        return BlobContent{std::move(blob.content), std::move(blob.media_type)};
    });
}

crypto::SignedList Registry::verification_list() {
    const std::lock_guard lock(mutex_);
    return parts_->list.current(now(), parts_->signer);
}

Result<Verification> Registry::verify(const std::string& code_text) {
    const std::lock_guard lock(mutex_);
    const auto claimed = domain::signed_code_from_text(code_text);
    if (!claimed) return tl::make_unexpected(claimed.error());
    const auto unproven = domain::decode_print_code(claimed->body);
    if (!unproven) return tl::make_unexpected(unproven.error());
    SchoolTables tables(parts_->database, unproven->school());
    const auto code = tables.trust().check(code_text, unproven->sample);
    if (!code) return tl::make_unexpected(code.error());
    const auto record = tables.registration(code->registration);
    if (!record) return refuse("record_unknown");
    const auto graduate = tables.graduate(record->exam_number);
    return Verification{*code, record->state, graduate ? masked_name((*graduate)["name"]) : "",
                        std::string(domain::value_of(record->form, "employer_name")),
                        record->paper && record->paper->revision == code->revision};
}

Result<OpenLink> Registry::open_link(const std::string& token) {
    const std::lock_guard lock(mutex_);
    return link_locked(token);
}

Result<OpenLink> Registry::link_locked(const std::string& token) {
    const auto target = crypto::return_target(token);
    if (!target || !parts_->nodes.has_school(target->school)) return refuse("link_unknown");
    SchoolTables tables(parts_->database, target->school);
    auto record = tables.registration(target->registration);
    if (!record) return refuse("link_unknown");
    if (auto open = crypto::check_return_token(token, *record, now()); !open)
        return tl::make_unexpected(open.error());
    const auto graduate = tables.graduate(record->exam_number);
    OpenLink link{tables.campus().school_name(),
                  graduate ? masked_name((*graduate)["name"]) : "",
                  tables.campus().is_demo(),
                  std::move(*record),
                  tables.trust(),
                  {}};
    link.pages = tables.link_pages(link.record.id, link.record.paper->revision);
    return link;
}

Result<std::vector<domain::ReturnedPage>> Registry::keep_link_pages(const std::string& token,
                                                                    std::vector<ReadPage> pages) {
    const std::lock_guard lock(mutex_);
    const auto link = link_locked(token);
    if (!link) return tl::make_unexpected(link.error());
    const std::string school = crypto::return_target(token)->school;
    SchoolTables tables(parts_->database, school);
    for (ReadPage& read : pages) {
        const auto before = std::ranges::find(link->pages, read.page.page, &domain::ReturnedPage::page);
        if (before != link->pages.end() && scan::is_well_taken(before->checks) &&
            !scan::is_well_taken(read.page.checks))
            continue;
        const auto kept = parts_->blobs.keep(school, read.picture, read.page.media_type, now());
        if (!kept) return tl::make_unexpected(kept.error());
        read.page.picture = *kept;
        tables.put_link_page(link->record.id, link->record.paper->revision, read.page);
    }
    return tables.link_pages(link->record.id, link->record.paper->revision);
}

Result<domain::Registration> Registry::return_by_link(const std::string& token) {
    const std::lock_guard lock(mutex_);
    const auto link = link_locked(token);
    if (!link) return tl::make_unexpected(link.error());
    domain::Command command{domain::Action::return_paper, {domain::Role::employer, to_text(link->record.id)}};
    command.pages = link->pages;
    soci::transaction transaction(parts_->database.sql());
    Author author = parts_->author(crypto::return_target(token)->school);
    auto after = author.act(link->record.id, link->record.kind, link->record.exam_number, command);
    if (!after) return after;
    author.tables().clear_link_pages(link->record.id);
    transaction.commit();
    return after;
}

}  // namespace wq::platform
