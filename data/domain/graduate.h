// A graduate of the school's roster: base data as the school imported it (fields.h, graduate_fields()), their
// revision, which follows from the data alone so that every node and the platform have the same, and the one
// that the graduate has confirmed (R12).
#pragma once

#include "data/base/time.h"
#include "data/domain/codes.h"
#include "data/domain/form.h"

#include <string>

namespace wq::domain {

struct Graduate {
    Form base;
    std::int64_t revision = 1;
    std::int64_t confirmed_revision = 0;
    Instant confirmed_at;

    std::string_view operator[](std::string_view key) const { return value_of(base, key); }
    std::string exam_number() const { return std::string(value_of(base, "exam_number")); }
    bool is_confirmed() const { return confirmed_revision == revision; }
};

// R07: training modes 21 and 41 may not sign; the table's column `eligible` says so.
bool may_sign(const Graduate& graduate, const Codes& codes);

}  // namespace wq::domain
