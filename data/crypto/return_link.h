// The link that a student sends to the employer, to send stamped pages back without an account (R20). Text:
//   "HTTPS://" host "/R/" school (5 digits) Crockford base 32 of  record id (16) | proof (16)
// The proof is the beginning of HMAC-SM3, under the paper's secret salt, over "WQR1\0" | id | paper revision
// | serial: whoever holds the record can make it and nobody else, no network is needed, and it dies with its
// paper. Whether it is open is the record's (domain::ReturnLink).
#pragma once

#include "data/base/result.h"
#include "data/domain/registration.h"

#include <optional>
#include <string>
#include <string_view>

namespace wq::crypto {

// Of a record that has paper and a link.
std::string return_token(const domain::Registration& record, std::string_view school);
std::string return_url(const domain::Registration& record, std::string_view school, std::string_view host);

// What a token claims, before it is proven; nothing for what is none. Case does not matter.
struct ReturnTarget {
    std::string school;
    Uuid registration;
};
std::optional<ReturnTarget> return_target(std::string_view token);

// Whether the token opens this record now. Refusals: `link_unknown` (not made by who holds the record),
// `link_revoked` (taken back, or a newer one was made), `link_expired`, `link_used` {state}.
Result<void> check_return_token(std::string_view token, const domain::Registration& record, Instant now);

}  // namespace wq::crypto
