#include "sync/platform/feed.h"

#include <algorithm>

namespace wq::platform {
namespace {

using soci::into, soci::use;

constexpr std::size_t kMaxPageBytes = std::size_t{4} << 20;

}  // namespace

Feed::Feed(Database& database, std::string school)
    : database_(&database),
      school_(std::move(school)),
      rows_(database,
            "INSERT INTO event (school, feed, device, epoch, number, type, registration, verdict, code,"
            " feed_row, hash, chain, received)",
            "") {}

FeedHead Feed::head() {
    FeedHead head;
    std::string chain;
    sql() << "SELECT last, chain, settings_version, papers_version FROM feed_counter WHERE school = :school",
        use(school_), into(head.last), into(chain), into(head.settings_version), into(head.papers_version);
    head.chain = hash_of(chain);
    return head;
}

std::map<std::string, std::int64_t> Feed::heads(Database& database) {
    std::string school;
    std::int64_t last = 0;
    std::map<std::string, std::int64_t> heads;
    soci::statement rows =
        (database.sql().prepare << "SELECT school, last FROM feed_counter", into(school), into(last));
    for (rows.execute(); rows.fetch();) heads.emplace(school, last);
    return heads;
}

FeedHead Feed::lock() {
    // Writing first takes the row's lock (and SQLite's write lock) before anything is read.
    sql() << "UPDATE feed_counter SET last = last WHERE school = :school", use(school_);
    return head();
}

void Feed::add(FeedHead& head, const Node& node, const EventKey& key, const protocol::FeedEntry& entry) {
    const Bytes row = protocol::encode(entry);
    head.last = entry.feed;
    head.chain = protocol::feed_chain(head.chain, row);
    rows_.add(school_, entry.feed, to_text(node.sender.device), node.epoch, key.number, key.type,
              key.registration.is_nil() ? std::string() : to_text(key.registration), entry.verdict,
              entry.why.code, database_->seal(row, kFeedRowPlace), text_of(key.hash), text_of(head.chain),
              entry.received.ms);
}

void Feed::flush(const FeedHead& head) {
    rows_.finish();
    const std::string chain = text_of(head.chain);
    sql() << "UPDATE feed_counter SET last = :last, chain = :chain, settings_version = :settings,"
             " papers_version = :papers WHERE school = :school",
        use(head.last), use(chain), use(head.settings_version), use(head.papers_version), use(school_);
}

std::optional<Stored> Feed::find(const Node& node, std::int64_t number) {
    rows_.finish();
    const std::string device = to_text(node.sender.device);
    std::string hash, sealed;
    sql() << "SELECT hash, feed_row FROM event WHERE school = :school AND device = :device"
             " AND epoch = :epoch AND number = :number",
        use(school_), use(device), use(node.epoch), use(number), into(hash), into(sealed);
    if (!sql().got_data()) return std::nullopt;
    const auto entry = protocol::feed_entry_from(database_->open(sealed, kFeedRowPlace));
    if (!entry) throw Fault("a row of the feed can't be read");
    return Stored{hash_of(hash), {number, entry->verdict, entry->why, true}};
}

std::optional<domain::Hash> Feed::chain_at(std::int64_t feed) {
    if (feed == 0) return domain::Hash{};
    std::string chain;
    sql() << "SELECT chain FROM event WHERE school = :school AND feed = :feed", use(school_), use(feed),
        into(chain);
    return sql().got_data() ? std::optional(hash_of(chain)) : std::nullopt;
}

Result<protocol::FeedPage> Feed::page(std::int64_t after, std::int64_t limit) {
    const std::int64_t last = head().last;
    const auto chain_before = chain_at(after);
    if (after > last || !chain_before) return refuse("feed_ahead", {{"last", std::to_string(last)}});
    protocol::FeedPage page{school_, {}, after, *chain_before, last, {}, {}};
    limit = std::clamp<std::int64_t>(limit, 1, protocol::kMaxFeedRows);
    // Both ends, since the feed has no gaps: a server that has not counted its rows yet would sort all the
    // rest.
    const std::int64_t until = after + limit;
    std::string sealed, chain;
    std::int64_t feed = 0;
    soci::statement rows = (sql().prepare << "SELECT feed, feed_row, chain FROM event"
                                             " WHERE school = :school AND feed > :after AND feed <= :until"
                                             " ORDER BY feed",
                            use(school_), use(after), use(until), into(feed), into(sealed), into(chain));
    rows.execute();
    for (std::size_t bytes = 0; bytes < kMaxPageBytes && rows.fetch();) {
        page.rows.push_back(database_->open(sealed, kFeedRowPlace));
        bytes += page.rows.back().size();
        page.through = feed;
    }
    if (!page.rows.empty()) page.chain = hash_of(chain);
    return page;
}

std::vector<protocol::FeedEntry> Feed::entries_of(const std::optional<Uuid>& registration) {
    const std::string key = registration ? to_text(*registration) : "",
                      of_one = registration
                                   ? " AND registration = :id AND registration <> ''"
                                   : " AND :id = ''";  // one query for both would read the whole feed
    std::string sealed;
    std::vector<protocol::FeedEntry> entries;
    soci::statement rows =
        (sql().prepare << "SELECT feed_row FROM event WHERE school = :school" + of_one + " ORDER BY feed",
         use(school_), use(key), into(sealed));
    rows.execute();
    while (rows.fetch())
        if (auto entry = protocol::feed_entry_from(database_->open(sealed, kFeedRowPlace)))
            entries.push_back(std::move(*entry));
    return entries;
}

}  // namespace wq::platform
