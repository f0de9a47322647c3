// What a process was told or has done, written so that a kill takes nothing of it: a file of its own, read
// when the process has ended. Said only after it was said to be done, so that whatever stands here must hold.
#pragma once

#include "data/domain/registration.h"
#include "sync/client/transport.h"

#include <cstdint>
#include <filesystem>
#include <map>

namespace wq::sim {

class Journal {
  public:
    enum class Kind : std::int64_t {
        done,     // the node's event of this number, by its hash
        verdict,  // on the node's event of this number, by verdict_hash()
        page,     // of the feed, through this number, by its chain
    };
    struct Entry {
        Kind kind = Kind::done;
        std::int64_t number = 0;
        domain::Hash hash{};
    };

    explicit Journal(const std::filesystem::path& file);  // goes on at its end
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    void write(const Entry& entry) const;
    // What the platform's answer says for good.
    void note(const protocol::Request& request, const protocol::Response& response) const;

  private:
    int file_;
};

domain::Hash verdict_hash(std::string_view verdict, std::string_view code);

// All that a journal says. Throws Violation where it was told two things of one.
struct Told {
    std::map<std::int64_t, domain::Hash> done, verdicts, pages;
};
Told read_journal(const std::filesystem::path& file);

}  // namespace wq::sim
