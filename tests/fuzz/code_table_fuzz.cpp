// A table that an operator edited by hand: paths end and every row is found.
#include "data/domain/codes.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto table = wq::domain::CodeTable::parse("t", wq::text_of({data, size}));
    if (!table) return 0;
    for (const wq::domain::Code& row : table->rows()) {
        wq::fuzz::require(table->find(row.code) != nullptr);
        (void)table->full_name(row.code);
        (void)table->children(row.code);
    }
    return 0;
}
