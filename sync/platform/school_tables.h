// One school's rows on the platform, read and written inside the caller's transaction. What is read is kept,
// what is written waits for flush(): a batch of events touches a table once. Rows are the present; how they
// came to be is the feed. Private to sync/platform.
#pragma once

#include "data/crypto/trust.h"
#include "data/domain/campus.h"
#include "data/domain/graduate.h"
#include "data/domain/registration.h"
#include "sync/platform/bulk.h"
#include "sync/platform/database.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_map>

namespace wq::platform {

// Schools' settings as they were last read, each with the version that its feed's counter had then.
class CampusCache {
  public:
    std::shared_ptr<const domain::Campus> find(const std::string& school, std::int64_t version);
    void keep(const std::string& school, std::int64_t version, std::shared_ptr<const domain::Campus> campus);

  private:
    std::mutex mutex_;
    std::map<std::string, std::pair<std::int64_t, std::shared_ptr<const domain::Campus>>> known_;
};

// Where a graduate's base data are sealed.
inline constexpr std::string_view kGraduatePlace = "graduate.base";

// A row's graduate, but for the moment of the confirmation. The revision is known by what the data are. Older
// rows counted changes instead: there a confirmation is of the last of them.
domain::Graduate graduate_of(ByteView base, std::int64_t changes, std::int64_t confirmed);

// What a batch will ask for, to be read at once.
struct Expected {
    std::set<std::string> exam_numbers, numbers;
    std::set<Uuid> registrations;
};

// A chain of events.
struct Branch {
    Uuid device;
    std::int64_t epoch = 0;

    bool operator==(const Branch&) const = default;
};

class SchoolTables {
  public:
    SchoolTables(Database& database, std::string school) : database_(&database), school_(std::move(school)) {}
    // With the school's feed locked, when its settings' version was this.
    SchoolTables(Database& database, std::string school, CampusCache& cache, std::int64_t version)
        : database_(&database), school_(std::move(school)), cache_(&cache), version_(version) {}

    const std::string& school() const { return school_; }

    void expect(const Expected& expected);
    // Writes what waits. Before the transaction ends, and before anything else reads these tables.
    void flush();
    // Since the transaction began: settings, and what the verification list says (keys, papers no longer in
    // force).
    bool settings_changed() const { return settings_changed_; }
    bool list_changed() const { return list_changed_; }

    // The presets and what the school has set.
    const domain::Campus& campus();
    // False until the school's first settings came.
    bool has_settings();
    void put_setting(const std::string& name, const std::string& value);

    std::optional<domain::Graduate> graduate(const std::string& exam_number);
    // Where the data change, the graduate is to confirm them again; where they are again what was confirmed,
    // not. `feed` is the event that brings them.
    void put_graduate(const domain::Form& base, std::int64_t feed);
    void put_confirmation(const std::string& exam_number, Instant when);

    // An empty category lifts the school's mark.
    void put_warning(const std::string& credit_code, const std::string& category);

    std::optional<domain::Registration> registration(const Uuid& id);
    bool has_expired_invitations(Instant now);
    // Invitations that nobody answered in time.
    std::vector<domain::Registration> expired_invitations(Instant now);
    // The student's open invitation by this employer, if there is one.
    std::optional<domain::Registration> invitation(const std::string& exam_number,
                                                   const std::string& credit_code);
    // `by` is whose event `feed` is.
    void put(const domain::Registration& record, std::int64_t feed, const Branch& by);
    // Whether an author knows the last act on the record: by having seen the feed up to it, or as its own.
    bool knows_last_act(const Uuid& id, std::int64_t seen, const Branch& author);
    bool is_number_free(const std::string& number, const Uuid& but_for);

    // The student's one slot (R18): who holds it, and taking it where it is free or one's own.
    std::optional<Uuid> slot_holder(const std::string& exam_number);
    bool take_slot(const std::string& exam_number, const Uuid& registration, std::int64_t feed);
    void release_slot(const std::string& exam_number, const Uuid& registration);

    void put_employer(const domain::Form& form);
    // As any school's directory has it; empty where none does.
    static std::string employer_name_in_directory(Database& database, const std::string& credit_code);
    void put_account(const cbor::Value& account);
    void put_trusted_key(const crypto::TrustedKey& key);
    crypto::TrustList trust();
    void put_print(const Uuid& registration, std::int64_t feed, std::int64_t paper_revision,
                   std::int64_t copy);

    // Pages sent by a return link before they are a whole agreement (R20), by page. A page again takes the
    // place of the one before.
    void put_link_page(const Uuid& registration, std::int64_t paper_revision,
                       const domain::ReturnedPage& page);
    std::vector<domain::ReturnedPage> link_pages(const Uuid& registration, std::int64_t paper_revision);
    void clear_link_pages(const Uuid& registration);

    std::int64_t count_graduates();
    std::int64_t count_registrations();

  private:
    struct GraduateRow {
        domain::Graduate graduate;
        std::int64_t changes = 0;  // 0: no such graduate
        std::int64_t since = 0;    // the event that changed the base data last
        bool is_changed = false, is_confirmed_anew = false;
    };
    struct RecordRow {
        std::optional<domain::Registration> record;
        std::int64_t since = 0;
        bool had_paper = false;  // as it stands in the tables: one that may have to be ended
        bool is_changed = false;
        std::optional<Branch> by = {};  // of the last act; nothing: not looked up yet
    };
    struct SlotRow {
        std::optional<Uuid> holder;
        std::int64_t since = 0;
        bool was_held = false, is_changed = false;
    };

    struct PaperRow {
        bool ended = false;
        std::int64_t hand = -1;  // the digits of its hand code
    };

    soci::session& sql() { return database_->sql(); }
    std::shared_ptr<const domain::Campus> read_campus();
    void read_graduates(const std::vector<std::string>& exam_numbers);
    void read_records(const std::vector<Uuid>& ids);
    void read_slots(const std::vector<std::string>& exam_numbers);
    void read_numbers(const std::vector<std::string>& numbers);
    GraduateRow& graduate_row(const std::string& exam_number);
    RecordRow& record_row(const Uuid& id);
    Branch author_of(std::int64_t feed);
    SlotRow& slot_row(const std::string& exam_number);
    void flush_graduates();
    void flush_records();
    void flush_papers();
    void flush_slots();

    Database* database_;
    std::string school_;
    CampusCache* cache_ = nullptr;
    std::int64_t version_ = 0;
    std::shared_ptr<const domain::Campus> campus_;
    std::unordered_map<std::string, GraduateRow> graduates_;
    std::map<Uuid, RecordRow> records_;
    std::unordered_map<std::string, SlotRow> slots_;
    std::unordered_map<std::string, std::optional<Uuid>> numbers_;  // agreement number -> whose
    std::map<Uuid, std::map<std::int64_t, PaperRow>> papers_;       // put here, by revision
    bool settings_changed_ = false, list_changed_ = false;
};

}  // namespace wq::platform
