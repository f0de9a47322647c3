// When each node was last heard, and what it has been refused since when (R64). Written at most once a minute
// for each node, so that a long wait costs nothing. Thread-safe. Private to sync/platform.
#pragma once

#include "sync/platform/connections.h"
#include "sync/protocol/signing.h"

#include <map>
#include <mutex>
#include <optional>

namespace wq::platform {

struct Contact {
    Instant seen;
    std::string path, code;  // the request that is refused, and why; empty: none is
    Instant failing_since;
};

class Contacts {
  public:
    // `path` without query; `code` empty where it went well: it takes back a failure of the same path only,
    // since a node that may not push goes on reading.
    void note(Connections& connections, const protocol::Sender& sender, Instant now, std::string_view path,
              std::string_view code);

    static std::map<Uuid, Contact> of(Database& database, const std::string& school);

  private:
    bool knows(const protocol::Sender& sender);
    // What is to be written, where something is.
    std::optional<Contact> change(const protocol::Sender& sender, Instant now, std::string_view path,
                                  std::string_view code);

    std::mutex mutex_;
    std::map<protocol::Sender, Contact> known_;
};

}  // namespace wq::platform
