// A text from a symbol that a stranger printed: whatever reads has one body.
#include "data/domain/print_code.h"
#include "tests/fuzz/fuzz.h"

using namespace wq::domain;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const wq::ByteView bytes(data, size);
    if (const auto code = decode_print_code(bytes)) {
        wq::fuzz::require(encode(*code) == wq::Bytes(bytes.begin(), bytes.end()));
        (void)code->school();
    }
    const auto code = signed_code_from_text(wq::text_of(bytes));
    if (!code) return 0;
    (void)decode_print_code(code->body);
    const auto again = signed_code_from_text(to_text(*code, "WQ.EXAMPLE.CN"));
    wq::fuzz::require(again && again->body == code->body && again->signature == code->signature);
    return 0;
}
