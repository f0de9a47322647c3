// What the platform's operator asks of the register, as JSON values: schools, enrolment codes, nodes, events,
// one registration. Not for printing: that is the program's. No personal data but what show() is asked for.
#pragma once

#include "sync/platform/registry.h"

#include <nlohmann/json.hpp>

#include <string>

namespace wq::platform {

class Admin {
  public:
    explicit Admin(Registry& registry) : registry_(&registry) {}

    nlohmann::json key() const;
    nlohmann::json schools() const;
    nlohmann::json nodes() const;
    nlohmann::json events(const std::string& school) const;
    // Refusals: Registry's, and `record_unknown`.
    Result<nlohmann::json> add_school(const std::string& code, const std::string& name) const;
    // As the province. Refusals: Registry::set's.
    Result<nlohmann::json> set(const std::string& school, const std::string& key,
                               const std::string& value) const;
    // Two digits of GB/T 2260, of whose province's staff the school is seen. Refusal: `school_unknown`.
    Result<nlohmann::json> set_province(const std::string& school, const std::string& province) const;
    // Makes an account of `province` or `ministry`, or gives it a new password; without one a password is
    // made and told. Refusals: `role_unknown` {role}, check_new_password's.
    struct NewAccount {
        std::string role, name, province, display_name, password;
    };
    Result<nlohmann::json> put_account(const NewAccount& account) const;
    // Fills a platform to be tried (demo.h).
    Result<nlohmann::json> demo() const;
    Result<nlohmann::json> new_code(const std::string& school) const;
    Result<nlohmann::json> revoke(const std::string& school, const std::string& device) const;
    Result<nlohmann::json> show(const std::string& registration) const;
    // What an employer does here; `registration` empty: a new one, which `invite` begins.
    struct Act {
        std::string school, registration, exam_number, credit_code, action, reason;
        domain::Form form;
        std::vector<domain::Attachment> attachments;
    };
    // Refusals: Registry::act's, and `action_unknown` {action}.
    Result<nlohmann::json> act(const Act& act) const;
    // An act on an employer's account (R31, R32). `as`: "employer" (the account itself) or "ministry:NAME".
    struct AccountAct {
        std::string credit_code, action, as, reason;
        domain::Form form;
        std::vector<std::pair<std::string, Bytes>> files;  // kind and content
        std::int64_t fen = 0;
    };
    // Refusals: Registry's, `action_unknown` {action}, `actor_wrong` {actor}.
    Result<nlohmann::json> act(const AccountAct& act) const;
    nlohmann::json employers() const;
    // With its history's soundness. Refusal: `employer_unknown`.
    Result<nlohmann::json> employer(const std::string& credit_code) const;

    // Placements (R44). Refusals: Registry's.
    Result<nlohmann::json> export_plan(const std::string& school, const std::string& file) const;
    // `schools` empty: all.
    Result<nlohmann::json> add_consumer(const std::string& name,
                                        const std::vector<std::string>& schools) const;
    Result<nlohmann::json> remove_consumer(const std::string& name) const;
    nlohmann::json consumers() const;

    // Refusals: take_parcels's; a parcel that is not taken is told with its code.
    Result<nlohmann::json> take_parcels(const std::string& folder) const;
    nlohmann::json expire(const std::string& school) const;

  private:
    Registry* registry_;
};

// For people: "name=value" pairs in a line, a line for each item of an array.
std::string lines_of(const nlohmann::json& value);

}  // namespace wq::platform
