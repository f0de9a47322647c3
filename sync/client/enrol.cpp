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

Result<protocol::EnrolAnswer> ask(const Connection::World& world, const std::string& school,
                                  const protocol::EnrolRequest& request) {
    Connection connection(world, {school, request.device});
    const auto value = connection.call("POST", "/v1/enrol", cbor::encode(protocol::to_cbor(request)));
    if (!value) return tl::make_unexpected(value.error());
    auto answer = protocol::enrol_answer_from(*value);
    if (!answer || answer->school != school || !crypto::Verifier::from_spki(answer->platform_key))
        return refuse("platform_answer_wrong");
    return answer;
}

}  // namespace

Result<protocol::EnrolAnswer> enrol(store::Log& log, const Connection::World& world, std::string_view code) {
    store::Node node = store::place_from(log).value_or(log.node());
    const bool has_joined = !log.note(note::kPlatformKey).empty(), has_spoken = log.head().number > 0;
    const std::string school = school_in(code);
    if (school.size() != 5) return refuse("enrol_code_wrong");
    if (!node.school.empty() && node.school != school)
        return refuse("school_differs", {{"school", node.school}});
    bool is_new = node.device.is_nil();
    if (is_new) {
        // Before asking: who asks again after a lost answer is the same one.
        node.device = world.random->uuid(world.clock->now());
        if (!has_spoken) log.set_node(node);
    }
    protocol::EnrolRequest request{std::string(code), node.device,
                                   has_joined ? node.epoch % store::kAdrift : 0,
                                   has_joined || has_spoken ? node.number : 0, world.signer->public_key()};
    auto answer = ask(world, school, request);
    if (!answer && answer.error().code == "device_copied") {
        // Another one has gone on as this device: this one is a copy of it and becomes a device of its own.
        request.device = world.random->uuid(world.clock->now());
        request.epoch = request.number = 0;
        is_new = true;
        answer = ask(world, school, request);
    }
    if (!answer) return answer;
    const store::Node place{school, request.device, answer->epoch, answer->number};
    // What was said elsewhere is said again in the new place, as soon as all that the platform has is here.
    if (has_joined || (is_new && has_spoken))
        store::set_place(log, place);
    else
        log.set_node(place);
    log.set_note(note::kPlatformKey, to_hex(answer->platform_key));
    return answer;
}

}  // namespace wq::client
