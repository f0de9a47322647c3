// Whatever decodes encodes to the same bytes.
#include "data/base/cbor.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const wq::ByteView bytes(data, size);
    if (const auto value = wq::cbor::decode(bytes))
        wq::fuzz::require(wq::cbor::encode(*value) == wq::Bytes(bytes.begin(), bytes.end()));
    return 0;
}
