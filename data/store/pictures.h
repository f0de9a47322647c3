// Pictures of pages and materials: content-addressed (SM3 of the plain file), sealed, immutable files in the
// home's `pictures` folder. The same picture twice is one file.
#pragma once

#include "data/base/result.h"
#include "data/domain/registration.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::store {

class Core;

struct Picture {
    domain::Hash hash{};
    std::int64_t size = 0;  // bytes of the plain file
    std::string media_type;
};

class Pictures {
  public:
    explicit Pictures(Core& core) : core_(&core) {}

    // Durable when it returns. Refusals: `disk_full`, `file_unwritable`.
    Result<Picture> keep(ByteView content, std::string_view media_type);
    // Nothing where it is not on this node (yet).
    std::optional<Bytes> read(const domain::Hash& hash) const;
    bool has(const domain::Hash& hash) const;

    // For sync: named by an act of this node and not yet on the platform; named by an adopted act and not
    // yet here.
    std::vector<Picture> to_send(std::size_t limit = 100) const;
    std::vector<Picture> to_fetch(std::size_t limit = 100) const;
    void note_sent(const domain::Hash& hash);

  private:
    Core* core_;
};

}  // namespace wq::store
