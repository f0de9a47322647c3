#include "tests/lint/lint.h"

#include <exception>
#include <iostream>

// wq_lint ROOT: prints every finding; exit 0 without findings, 1 with some, 2 wrong usage, 3 unreadable tree.
int main(int argc, char** argv) try {
    if (argc != 2) {
        std::cerr << "usage: wq_lint ROOT\n";
        return 2;
    }
    const auto findings = wq::lint::check_tree(argv[1]);
    for (const auto& finding : findings) std::cout << wq::lint::to_text(finding) << '\n';
    if (findings.empty()) return 0;
    std::cout << findings.size() << " findings; the rules stand in tests/lint/rules.h\n";
    return 1;
} catch (const std::exception& fault) {
    std::cerr << "wq_lint: " << fault.what() << '\n';
    return 3;
}
