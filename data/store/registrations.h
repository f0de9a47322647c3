// Registrations: acting on them, finding them, and the numbers that belong to them. What may happen is
// decided by data/domain/lifecycle.h alone.
#pragma once

#include "data/domain/lifecycle.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::store {

class Core;

// A row of a list; the whole record by find().
struct RegistrationRow {
    Uuid id;
    domain::Kind kind = domain::Kind::offline;
    domain::State state = domain::State::draft;
    std::int64_t revision = 0;
    std::string exam_number, student_name, department;
    std::string employer_name, number;
    Instant changed;
    bool flagged = false;  // domain::flags_of has something
    bool waiting = false;  // an act on it has not been answered by the platform
};

enum class Order {
    newest_first,
    risk_first,  // flagged ones, then those that wait longest (R57)
};

// Empty: all.
struct RegistrationFilter {
    std::vector<domain::State> states = {};
    domain::Scope department = {};
    std::string exam_number = {};
    // The beginning of a name, of its pinyin initials, of a number, an exam or student number, or a part of
    // the employer's name. Of a text that fits very many, count() stops at some thousand.
    std::string text = {};
    std::size_t limit = 200, offset = 0;
    std::vector<domain::Role> waits_for = {};
    std::vector<domain::Kind> kinds = {};
    std::optional<bool> flagged = {};
    Order order = Order::newest_first;
};

class Registrations {
  public:
    explicit Registrations(Core& core) : core_(&core) {}

    // Decides by domain::apply and records: event, row and outbox in one durable transaction. A new record
    // is made by `submit` with an id that is not there yet. Refusals: domain::apply's, and
    // `student_unknown`, `record_unknown`.
    Result<domain::Registration> act(const Uuid& id, const domain::Command& command);
    // The first act on a new record.
    Result<domain::Registration> begin(const Uuid& id, domain::Kind kind, std::string_view exam_number,
                                       const domain::Command& command);

    std::optional<domain::Registration> find(const Uuid& id) const;
    std::optional<domain::Registration> find_number(std::string_view number) const;
    // What the student has in force: an agreement or a destination.
    std::optional<domain::Registration> in_force(std::string_view exam_number) const;
    // What bars the student from another than `but` (R18, R27): domain::barring of what is known here.
    std::optional<domain::Registration> barring(std::string_view exam_number, const Uuid& but = {}) const;
    std::vector<RegistrationRow> list(const RegistrationFilter& filter) const;
    std::int64_t count(const RegistrationFilter& filter) const;
    // One of twenty, by a keyed digest: nobody can tell beforehand which, and asking again changes nothing
    // (R57).
    bool is_pulled(const Uuid& id) const;

    // A new agreement number of this node; never given twice, also after a crash (gaps may stay).
    std::string reserve_number();

  private:
    Core* core_;
};

}  // namespace wq::store
