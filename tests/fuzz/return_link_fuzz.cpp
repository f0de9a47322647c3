// A token that a stranger typed: it names a record or nothing, and opens none that it was not made for.
#include "data/crypto/return_link.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view token = wq::text_of(wq::ByteView(data, size));
    const auto target = wq::crypto::return_target(token);
    wq::domain::Registration record;
    record.state = wq::domain::State::approved;
    record.paper.emplace();
    record.paper->salt = {1, 2, 3};
    record.link = wq::domain::ReturnLink{2, {1000}};
    if (target) record.id = target->registration;
    wq::fuzz::require(!wq::crypto::check_return_token(token, record, {1}));
    return 0;
}
