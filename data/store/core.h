// What the parts of a store share: the connection, its transactions, the node, sealing, and the appending of
// events. Inside data/store only.
#pragma once

#include "data/crypto/random.h"
#include "data/crypto/seal.h"
#include "data/domain/codes.h"
#include "data/domain/event.h"
#include "data/os/clock.h"
#include "data/store/log.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>

namespace wq::store {

struct StoreOptions;

// A prepared statement on loan. Reset when it goes out of scope: one left standing on a row would hold its
// snapshot of the file, and the next write would be refused.
class Prepared {
  public:
    explicit Prepared(SQLite::Statement& statement) : statement_(&statement) {}
    ~Prepared() {
        statement_->tryReset();
        statement_->clearBindings();
    }
    Prepared(const Prepared&) = delete;
    Prepared& operator=(const Prepared&) = delete;

    operator SQLite::Statement&() { return *statement_; }
    void bind(int index, std::int64_t value) { statement_->bind(index, value); }
    bool executeStep() { return statement_->executeStep(); }
    int exec() { return statement_->exec(); }  // rows changed
    bool isColumnNull(int index) { return statement_->isColumnNull(index); }

  private:
    SQLite::Statement* statement_;
};

class Core {
  public:
    explicit Core(const StoreOptions& options);

    // Prepared once for each `text`. One use at a time.
    Prepared sql(std::string_view text);

    // Runs `work` in one IMMEDIATE transaction and returns what it returns. A Result that is a refusal and
    // an exception roll back. Within another transaction it joins that one.
    template <class Work>
    auto transaction(Work work) -> decltype(work());

    const Node& node() const { return node_; }
    void set_node(const Node& node);
    // As it stands in the file: each transaction begins with it, since another program may have joined anew.
    void read_node();
    Instant now() const { return clock_->now(); }
    const domain::Codes& codes() const { return *codes_; }
    crypto::Random& random() const { return *random_; }
    const crypto::Sealer& sealer() const { return *sealer_; }
    const std::filesystem::path& home() const { return home_; }
    // For another store of the same world.
    StoreOptions options(const std::filesystem::path& home) const;

    // A new event of this node with everything filled in but type's own parts. Append gives it its number
    // and place in the chain and writes it, within a transaction.
    domain::Event new_event(std::string_view type, const domain::Actor& actor);
    void append(domain::Event& event);
    // An event of any node, as exact bytes; `feed` 0 and verdict empty while unanswered.
    void insert_event(const domain::Event& event, ByteView bytes, const domain::Hash& hash, std::int64_t feed,
                      std::string_view verdict, std::string_view code, bool own);

    ChainHead head();
    // The number of the last event that this node has written, kept apart from the log.
    std::int64_t said();

    std::string note(std::string_view key) { return meta("note." + std::string(key)); }  // Log's
    std::string meta(std::string_view key);
    void set_meta(std::string_view key, std::string_view value);

    Bytes seal(ByteView plain, std::string_view place) const { return sealer_->seal(plain, place); }
    // Fault where the value does not open: another key, or changed on the disk.
    Bytes unseal(ByteView sealed, std::string_view place) const;
    cbor::Value unseal_cbor(ByteView sealed, std::string_view place) const;

  private:
    void prepare_connection();
    void begin();
    void commit();
    void roll_back() noexcept;

    std::filesystem::path home_;
    const crypto::Sealer* sealer_;
    const os::Clock* clock_;
    crypto::Random* random_;
    const domain::Codes* codes_;
    SQLite::Database database_;
    struct TextHash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, std::unique_ptr<SQLite::Statement>, TextHash, std::equal_to<>>
        statements_;
    Node node_;
    std::int64_t data_version_ = -1;  // of the file, when node_ was read
    Uuid boot_;
    int depth_ = 0;
};

namespace detail {

template <class T>
bool is_refusal(const T&) {
    return false;
}
template <class T>
bool is_refusal(const Result<T>& result) {
    return !result.has_value();
}
[[noreturn]] void throw_as_fault(const SQLite::Exception& error);

}  // namespace detail

template <class Work>
auto Core::transaction(Work work) -> decltype(work()) {
    if (depth_ > 0) return work();
    try {
        begin();
        ++depth_;
        if constexpr (std::is_void_v<decltype(work())>) {
            work();
            commit();
            --depth_;
        } else {
            auto result = work();
            detail::is_refusal(result) ? roll_back() : commit();
            --depth_;
            return result;
        }
    } catch (const SQLite::Exception& error) {
        roll_back();
        depth_ = 0;
        detail::throw_as_fault(error);
    } catch (...) {
        roll_back();
        depth_ = 0;
        throw;
    }
}

// SQLiteCpp binds and reads in its own types.
inline void bind_at(SQLite::Statement& statement, int index, ByteView bytes) {
    statement.bind(index, static_cast<const void*>(bytes.data()), static_cast<int>(bytes.size()));
}
inline void bind_at(SQLite::Statement& statement, int index, std::string_view text) {
    statement.bind(index, std::string(text));
}
inline ByteView bytes_at(SQLite::Statement& statement, int index) {
    const SQLite::Column column = statement.getColumn(index);
    return {static_cast<const std::uint8_t*>(column.getBlob()), static_cast<std::size_t>(column.getBytes())};
}
inline std::string text_at(SQLite::Statement& statement, int index) {
    return statement.getColumn(index).getString();
}
// What LIKE … ESCAPE '\' takes literally.
std::string like_text(std::string_view text);

inline std::int64_t int_at(SQLite::Statement& statement, int index) {
    return statement.getColumn(index).getInt64();
}

}  // namespace wq::store
