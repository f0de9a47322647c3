#include "sync/client/enrol.h"

#include "sync/client/sync_step.h"

#include <algorithm>

namespace wq::client {
namespace {

// The school stands in the code's first five digits.
std::string school_in(std::string_view code) {
    std::string digits;
    std::ranges::copy_if(code, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits.substr(0, 5);
}

}  // namespace

Result<protocol::EnrolAnswer> enrol(store::Log& log, const Connection::World& world, std::string_view code) {
    store::Node node = log.node();
    const bool has_spoken = log.head().number > 0;
    const std::string school = school_in(code);
    if (school.size() != 5) return refuse("enrol_code_wrong");
    if (!node.school.empty() && node.school != school)
        return refuse("school_differs", {{"school", node.school}});
    if (node.device.is_nil()) {
        // Before asking: who asks again after a lost answer is the same one.
        node.device = world.random->uuid(world.clock->now());
        log.set_node(node);
    }
    const protocol::EnrolRequest request{std::string(code), node.device, has_spoken ? node.number : 0,
                                         world.signer->public_key()};
    Connection connection(world, {school, node.device});
    const auto value = connection.call("POST", "/v1/enrol", cbor::encode(protocol::to_cbor(request)));
    if (!value) return tl::make_unexpected(value.error());
    auto answer = protocol::enrol_answer_from(*value);
    if (!answer || answer->school != school || !crypto::Verifier::from_spki(answer->platform_key))
        return refuse("platform_answer_wrong");
    log.set_node({answer->school, node.device, answer->epoch, answer->number});
    log.set_note(note::kPlatformKey, to_hex(answer->platform_key));
    return answer;
}

}  // namespace wq::client
