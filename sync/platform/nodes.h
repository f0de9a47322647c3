// Schools, and the nodes that may speak for them: enrolment by one-time code, their keys, and how far each
// node's chain is known. Private to sync/platform.
#pragma once

#include "data/crypto/random.h"
#include "sync/platform/bulk.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/signing.h"

#include <map>
#include <optional>
#include <vector>

namespace wq::platform {

struct School {
    std::string code, name;
};

struct Node {
    protocol::Sender sender;
    std::int64_t epoch = 1;
    int number = 1;
    Bytes public_key;
    std::string state;   // "active", "quarantined" (may read, not push) or "revoked"
    std::string reason;  // code, of a quarantine
    std::int64_t last = 0;
    domain::Hash chain{};  // after event `last`
    Instant enrolled;
};

class Nodes {
  public:
    explicit Nodes(Database& database) : database_(&database) {}

    // Refuses with `school_wrong` a code that is not 5 digits; a known school gets the name. The caller's
    // transaction.
    Result<void> add_school(const std::string& code, const std::string& name);
    std::vector<School> schools();
    bool has_school(const std::string& code) { return school_name(code).has_value(); }

    // For one enrolment within 15 minutes. Refusal: `school_unknown`.
    Result<std::string> new_code(const std::string& school, crypto::Random& random, Instant now);
    // Repeating an enrolment whose answer was lost gives the same answer. Refusals: `enrol_code_wrong`,
    // `enrol_code_used`, `enrol_code_expired`, `key_unreadable`, `device_copied` {epoch} (the device
    // has a later epoch than the one who asks knows), `node_number_taken`, `node_numbers_exhausted`. The
    // caller's transaction; the answer's platform key is left empty.
    Result<protocol::EnrolAnswer> enrol(const protocol::EnrolRequest& request, Instant now);

    // The newest epoch of the node.
    std::optional<Node> find(const protocol::Sender& sender);
    std::vector<Node> all(const std::string& school);
    // Of its epochs before the newest.
    std::vector<Bytes> former_keys(const protocol::Sender& sender);
    // The same of several devices of a school; those that are not known are left out.
    std::map<Uuid, Node> newest(const std::string& school, const std::vector<Uuid>& devices);
    // How far each node's chain is known now.
    void note_chains(const std::string& school, const std::map<Uuid, Node>& nodes);
    // Where it is active: who was revoked meanwhile stays it.
    void quarantine(const Node& node, const std::string& reason);
    void set_state(const Node& node, const std::string& state, const std::string& reason);

  private:
    soci::session& sql() { return database_->sql(); }
    std::optional<std::string> school_name(const std::string& code);
    Result<int> number_for(const protocol::Sender& sender, int wanted);
    protocol::EnrolAnswer answer_for(const Node& node);
    Database* database_;
};

// As typed: case, spaces and hyphens don't matter, O is 0, I and L are 1. "10999" + 10 characters.
std::string normal_code(std::string_view typed);

}  // namespace wq::platform
