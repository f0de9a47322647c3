// Any event that is taken can be folded, decided on again, and comes back from its own encoding.
#include "data/domain/event.h"
#include "data/domain/lifecycle.h"
#include "tests/fuzz/fuzz.h"

using namespace wq::domain;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto event = decode_event({data, size});
    if (!event) return 0;
    const wq::Bytes bytes = encode(*event);
    const auto again = decode_event(bytes);
    wq::fuzz::require(again && encode(*again) == bytes);
    (void)command_of(event->body, event->actor);
    if (const auto after = replay({}, event->body, event->when)) {
        const auto record = registration_from_cbor(to_cbor(*after));
        wq::fuzz::require(record && *record == *after);
    }
    return 0;
}
