// Runs the acceptance tests and prints a line for each promise: "R07 passed". Test cases are named with the
// promise that they prove, R07_in_words; a promise with several cases passes when all do.
#define BOOST_TEST_DYN_LINK
#define BOOST_TEST_NO_MAIN
#include <boost/test/results_collector.hpp>
#include <boost/test/tree/observer.hpp>
#include <boost/test/unit_test.hpp>

#include <iostream>
#include <map>
#include <string>

namespace {

namespace ut = boost::unit_test;

class Promises : public ut::test_observer {
  public:
    void test_unit_finish(const ut::test_unit& unit, unsigned long) override {
        const std::string name = unit.p_name;
        const std::size_t end = name.find('_');
        if (unit.p_type != ut::TUT_CASE || name[0] != 'R' || end == std::string::npos) return;
        auto& passed = promises_.try_emplace(name.substr(0, end), true).first->second;
        passed = passed && ut::results_collector.results(unit.p_id).passed();
    }
    void test_finish() override {
        for (const auto& [promise, passed] : promises_)
            std::cout << promise << (passed ? " passed" : " FAILED") << '\n';
    }
    // After Boost's own collector has the result.
    int priority() override { return 10; }

  private:
    std::map<std::string, bool> promises_;
};

Promises promises;

bool start() {
    ut::framework::register_observer(promises);
    return true;
}

}  // namespace

int main(int argc, char** argv) { return ut::unit_test_main(&start, argc, argv); }
