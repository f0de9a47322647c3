// The roster: graduates' base data as the school imported it, and their confirmations. Reading files
// is data/domain/roster.h.
#pragma once

#include "data/base/result.h"
#include "data/domain/graduate.h"
#include "data/domain/registration.h"
#include "data/domain/roster.h"

#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace wq::store {

class Core;

// A value that somebody else of the roster has already: a log-in that neither could use.
struct TakenValue {
    std::string exam_number;  // whose row was not imported
    std::string field, value;
};

struct RosterChange {
    std::int64_t added = 0, changed = 0, same = 0;
    std::vector<TakenValue> taken = {};
};

class Graduates {
  public:
    explicit Graduates(Core& core) : core_(&core) {}

    // All good rows of the file, or none when it throws. A second thread reads on while these are written.
    // Importing the same again changes nothing and writes no event. A row with a value that only one may have
    // and another graduate has, who is not in the file, is not imported but told.
    RosterChange import(domain::RosterReader& file, const domain::Actor& actor);
    RosterChange import(const std::vector<domain::Form>& graduates, const domain::Actor& actor);

    std::optional<domain::Graduate> find(std::string_view exam_number) const;
    std::int64_t count() const;
    // Every graduate in the scope, by department and name. `visit` must not write.
    void each(const domain::Scope& scope, const std::function<void(const domain::Graduate&)>& visit) const;
    std::vector<std::string> departments() const;
    // By the beginning of a name, of its pinyin initials, of an exam or student number; `text` empty: all.
    std::vector<domain::Graduate> search(const domain::Scope& scope, std::string_view text,
                                         std::size_t limit = 200) const;

    // R12; confirming again what is confirmed changes nothing. `seen` is the revision that was looked at.
    // Refusals: `student_unknown`, `base_changed`.
    Result<void> confirm(std::string_view exam_number, std::optional<std::int64_t> seen = {});

  private:
    using Others = std::function<bool(const std::string& exam_number)>;  // whether the file has it too
    RosterChange write(std::span<const domain::Form> graduates, const Others& in_file,
                       const domain::Actor& actor);

    Core* core_;
};

}  // namespace wq::store
