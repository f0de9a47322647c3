// Which planted fault is on. Only for the changed copies that plant.cpp makes and for the program that is
// linked of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wq::sim {

bool is_planted(std::string_view name);
void plant(std::string_view name);
// Numbers that a planted fault keeps outside of the database; forgotten with each schedule.
std::int64_t& kept(const std::string& key);
void forget_kept();

}  // namespace wq::sim

#define PLANTED(name) ::wq::sim::is_planted(#name)
