// Nodes that exist only to load a platform: their events are real (decided by data/domain), chained and
// signed beforehand, so that what is measured is the platform. And a plain connection that sends them.
#pragma once

#include "data/crypto/keys.h"
#include "data/crypto/random.h"
#include "data/domain/event.h"
#include "data/domain/lifecycle.h"
#include "sync/platform/registry.h"
#include "sync/protocol/http.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::bench {

class LoadNode {
  public:
    // Adds the school where it is missing, and enrols. `first_student` and on are this node's students.
    LoadNode(platform::Registry& registry, std::string school, int first_student);

    // From now on paper is signed and each has codes of its own, as an office issues it: before set_up().
    // Costs no platform anything, but the preparation.
    void issue_papers();
    struct Issued {
        Uuid record;
        std::string printed, typed;  // the codes on its first page
    };
    const std::vector<Issued>& issued() const { return issued_; }

    // This node's students, and of a school's first node the settings: to be pushed before anything else.
    std::vector<Bytes> set_up(int students, bool is_first = true);
    // The office's account for the pages; nobody knows its password.
    Bytes office_account();
    // The next student's three acts: confirms, submits, and is approved.
    std::vector<Bytes> three_acts();
    // A signed push of the next events, as it goes over the wire.
    std::string push(const std::vector<Bytes>& events);
    std::string signed_request(std::string method, std::string target, Bytes body = {});

    const std::string& school() const { return school_; }

  private:
    Bytes written(domain::Event& event);
    Bytes settings();
    Bytes trust();
    domain::Event begun(std::string_view type, domain::Actor actor);
    domain::Form graduate(int student) const;
    domain::Paper paper(const domain::Registration& record, const std::string& number);

    crypto::SystemRandom random_;
    crypto::FileSigner signer_;
    std::optional<crypto::FileSigner> issuer_ = {};
    std::vector<Issued> issued_ = {};
    std::string school_;
    Uuid device_;
    int node_number_ = 1, first_student_, next_student_;
    std::int64_t epoch_ = 1, number_ = 0, pushed_ = 0;
    domain::Hash head_{}, pushed_head_{};
    domain::Campus campus_;
};

// A kept connection to 127.0.0.1. For one thread. Fault where it breaks.
class Connection {
  public:
    explicit Connection(std::uint16_t port);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    struct Answer {
        int status = 0;
        Bytes body;
        double milliseconds = 0;
    };
    Answer send(const std::string& request);

  private:
    int socket_ = -1;
    std::string buffer_;
};

// "GET /path HTTP/1.1" with its headers and body.
std::string on_the_wire(const protocol::Request& request);

// The value below which so many of a hundred are; sorts.
double percentile(std::vector<double>& values, double percent);

}  // namespace wq::bench
