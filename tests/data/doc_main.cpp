// Prints the generated part of data/README.md; with the file's name, writes it there, and the lifecycle's
// drawing beside it (lifecycle.dot, lifecycle.svg; the latter needs Graphviz).
#include "data/os/files.h"
#include "tests/data/doc.h"

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
    using namespace wq;
    if (argc < 2) {
        std::cout << test::generated_doc();
        return 0;
    }
    const std::filesystem::path readme(argv[1]),
        dot = std::filesystem::path(readme).replace_filename("lifecycle.dot");
    const auto text = os::read_text(readme);
    if (!text || !os::write_file(readme, bytes_of(test::with_generated_doc(*text))) ||
        !os::write_file(dot, bytes_of(test::lifecycle_dot())))
        return 1;
    return std::system(("dot -Tsvg -O '" + dot.string() + "' && mv '" + dot.string() + ".svg' '" +
                        std::filesystem::path(dot).replace_extension("svg").string() + "'")
                           .c_str()) == 0
               ? 0
               : 1;
}
