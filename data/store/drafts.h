// Drafts (暂存): forms as they are typed, durable with each keep (R17), and told to the school's other nodes
// as they stand whenever this one syncs, so that the student can go on at another kiosk (R51).
#pragma once

#include "data/domain/registration.h"

#include <optional>
#include <string_view>
#include <vector>

namespace wq::store {

class Core;

struct Draft {
    Uuid id;  // of the registration that it will be, or that was sent back
    domain::Kind kind = domain::Kind::offline;
    std::string exam_number;
    int step = 1;  // where the student was
    domain::Form form;
    Instant changed;
    std::vector<domain::Attachment> attachments = {};
    // The revision of the record that it was begun on, 0 for a new one: submitting it overwrites no later
    // one.
    std::optional<std::int64_t> seen = {};
};

class Drafts {
  public:
    explicit Drafts(Core& core) : core_(&core) {}

    void keep(const Draft& draft);  // `changed` is set here
    std::optional<Draft> find(const Uuid& id) const;
    std::vector<Draft> of_student(std::string_view exam_number) const;
    void discard(const Uuid& id);

    // Writes an event for each draft that changed since it was last told; sync calls this before it pushes.
    void tell();
    bool has_untold() const;

  private:
    Core* core_;
};

}  // namespace wq::store
