// The platform as a node talks to it: signs each request, corrects for a clock that is off, reads the answer.
// What the answer means is sync_step.h's business.
#pragma once

#include "data/crypto/random.h"
#include "data/os/clock.h"
#include "sync/client/transport.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/signing.h"

namespace wq::client {

class Connection {
  public:
    // All must outlive the connection.
    struct World {
        Transport* transport = nullptr;
        const crypto::Signer* signer = nullptr;
        const os::Clock* clock = nullptr;
        crypto::Random* random = nullptr;
    };

    Connection(const World& world, protocol::Sender sender) : world_(world), sender_(std::move(sender)) {}

    const protocol::Sender& sender() const { return sender_; }
    const crypto::Signer& signer() const { return *world_.signer; }
    Instant now() const { return world_.clock->now(); }
    Bytes fresh_nonce() const { return world_.random->bytes(protocol::kNonceSize); }

    // Refusals: Transport's, the platform's own, `batch_too_large` (413), `platform_busy` (429 and 503), each
    // with {seconds} where it said when to come again, and `platform_answer_wrong` for what is no answer of
    // ours.
    Result<protocol::Response> send(std::string method, std::string target, Bytes body = {});
    Result<cbor::Value> call(std::string method, std::string target, Bytes body = {});

    // How far this clock is behind the platform's, as known since the last `clock_skew`; ms.
    std::int64_t clock_offset() const { return offset_; }

  private:
    Result<protocol::Response> send_once(protocol::Request& request);
    World world_;
    protocol::Sender sender_;
    std::int64_t offset_ = 0;
};

}  // namespace wq::client
