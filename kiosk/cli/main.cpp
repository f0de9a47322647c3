#include "kiosk/cli/program.h"

#include <iostream>

int main(int argc, char** argv) {
    wq::cli::Program program(std::cout, std::cerr);
    return program.run(argc, argv);
}
