// One school's rows on the platform, read and written inside the caller's transaction. Rows are the present;
// how they came to be is the feed. Private to sync/platform.
#pragma once

#include "data/crypto/trust.h"
#include "data/domain/campus.h"
#include "data/domain/graduate.h"
#include "data/domain/registration.h"
#include "sync/platform/database.h"

#include <optional>

namespace wq::platform {

class SchoolTables {
  public:
    SchoolTables(Database& database, std::string school) : database_(&database), school_(std::move(school)) {}

    const std::string& school() const { return school_; }

    // The presets and what the school has set. Read once, then kept.
    const domain::Campus& campus();
    // False until the school's first settings came.
    bool has_settings();
    void put_setting(const std::string& name, const std::string& value);

    std::optional<domain::Graduate> graduate(const std::string& exam_number);
    // Where the data change, the graduate is to confirm them again.
    void put_graduate(const domain::Form& base);
    void put_confirmation(const std::string& exam_number, Instant when);

    // An empty category lifts the school's mark.
    void put_warning(const std::string& credit_code, const std::string& category);

    std::optional<domain::Registration> registration(const Uuid& id);
    // Invitations that nobody answered in time.
    std::vector<domain::Registration> expired_invitations(Instant now);
    // The student's open invitation by this employer, if there is one.
    std::optional<domain::Registration> invitation(const std::string& exam_number,
                                                   const std::string& credit_code);
    void put(const domain::Registration& record, std::int64_t feed);
    bool is_number_free(const std::string& number, const Uuid& but_for);

    // The student's one slot (R18): who holds it, and taking it by compare and set.
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
    soci::session& sql() { return database_->sql(); }
    Database* database_;
    std::string school_;
    std::optional<domain::Campus> campus_;
};

}  // namespace wq::platform
