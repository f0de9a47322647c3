// Prints: the copies of a paper, counted over all nodes, and what this node has begun to print and not seen
// the end of. A print is written down before the printer hears of it, so that no crash loses a page that came
// out.
#pragma once

#include "data/base/result.h"
#include "data/domain/registration.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wq::store {

class Core;

enum class PrintEnd {
    printed,      // the printer said so
    handed_over,  // to a folder, where nobody tells
    unsure,       // it was begun, and nobody knows
    none,         // nothing came out
};
std::string_view name_of(PrintEnd end);  // as it stands in the history

struct BegunPrint {
    std::string title;    // names the job; a title is begun once
    std::string printer;  // that it was sent to
    Uuid registration;    // nil: a form or receipt, of which no copies are counted
    int copy = 0;         // from 1
    std::int64_t paper_revision = 0;
    domain::Actor actor;
    Instant begun;
    std::int64_t process = 0;  // that waits for it
};

class Prints {
  public:
    explicit Prints(Core& core) : core_(&core) {}

    // The next copy of a registration's paper; durable when it returns. Refusals: `record_unknown`,
    // `paper_missing`.
    Result<BegunPrint> begin(const Uuid& registration, const domain::Actor& actor, std::string_view printer);
    // A paper without copies.
    BegunPrint begin_form(std::string title, const domain::Actor& actor, std::string_view printer);
    // A copy that is out, or may be, is history from here on; what is not, leaves no trace.
    void end(const BegunPrint& print, PrintEnd end);
    std::vector<BegunPrint> begun() const;  // oldest first

    // The highest number of a copy that is known here; 0 for none.
    int last_copy(const Uuid& registration) const;

  private:
    void keep(const BegunPrint& print);

    Core* core_;
};

}  // namespace wq::store
