// Prints the generated part of data/README.md; with the file's name, writes it there.
#include "data/os/files.h"
#include "tests/data/doc.h"

#include <iostream>

int main(int argc, char** argv) {
    using namespace wq;
    if (argc < 2) {
        std::cout << test::generated_doc();
        return 0;
    }
    const auto readme = os::read_text(argv[1]);
    return readme && os::write_file(argv[1], bytes_of(test::with_generated_doc(*readme))) ? 0 : 1;
}
