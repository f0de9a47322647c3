#include "tests/sim/planted.h"

#include <map>

namespace wq::sim {

namespace {

std::string& name_planted() {
    static std::string name;
    return name;
}

std::map<std::string, std::int64_t>& all_kept() {
    static std::map<std::string, std::int64_t> numbers;
    return numbers;
}

}  // namespace

bool is_planted(std::string_view name) { return name_planted() == name; }
void plant(std::string_view name) { name_planted() = name; }
std::int64_t& kept(const std::string& key) { return all_kept()[key]; }
void forget_kept() { all_kept().clear(); }

}  // namespace wq::sim
