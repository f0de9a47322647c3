// A node of a school that two instances of a platform serve, in whatever process: it joins, acts and syncs as
// behind a balancer, and keeps a journal of what was done and told. Anything that goes wrong but for a
// platform that died is a Violation.
#pragma once

#include "tests/sim/journal.h"
#include "tests/sim/processes.h"

#include <array>

namespace wq::sim {

using Instances = std::array<Instance, 2>;

// As a balancer does it: each request goes to whichever instance it believes to be up.
class Balanced final : public client::Transport {
  public:
    Balanced(const Instances& instances, Dice& dice, const Journal& journal)
        : instances_(&instances), dice_(&dice), journal_(&journal) {}
    Result<protocol::Response> send(const protocol::Request& request) override;

  private:
    struct Way {
        int port = 0;
        std::unique_ptr<client::HttpTransport> http;
    };
    const Instances* instances_;
    Dice* dice_;
    const Journal* journal_;
    std::array<Way, 2> ways_;
};

struct Member {
    Member(const std::filesystem::path& folder, int number, std::uint64_t seed);

    std::string name() const { return " of node " + std::to_string(number); }
    // Something at the desk, said in the journal when it was done.
    void act(store::Store& store, const Journal& said);
    // Joins where it has not yet. False: the platform died of it. Nothing may look like a platform that was
    // restored or a node that was copied.
    bool sync(store::Store& store, client::Transport& way, bool compare = false);
    bool wait_for_news(store::Store& store, client::Transport& way);

    int number;
    Home home;
    std::filesystem::path journal;
    crypto::FileSigner signer;
    std::string code;  // to join with
    pid_t job = 0;

  private:
    client::Connection::World world(client::Transport& way) {
        return {&way, &signer, &home.clock, &home.random};
    }
    bool went(const std::string& what, const Result<void>& done) const;
};

}  // namespace wq::sim
