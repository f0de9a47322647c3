// What the tests of data/ share: the real code tables, an invented campus, student and agreement, and a
// randomness that repeats.
#pragma once

#include "data/crypto/random.h"
#include "data/domain/lifecycle.h"

#include <random>
#include <string>

namespace wq::test {

const domain::Codes& codes();  // of assets/codes

domain::Form good_agreement();
domain::Form good_destination();             // further study
domain::Form good_graduate();                // exam number 21510107153001
domain::Form graduate_numbered(int number);  // another one, with log-ins of their own
domain::Campus campus(bool department_review = false);

inline constexpr Instant kNow{1780000000000};                   // 2026-05-28
inline constexpr const char* kEmployer = "91350100M000100Y43";  // of good_agreement()

class SeededRandom final : public crypto::Random {
  public:
    explicit SeededRandom(std::uint32_t seed = 1) : engine_(seed) {}
    void fill(std::span<std::uint8_t> bytes) override {
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(engine_());
    }

  private:
    std::mt19937 engine_;
};

// One student's record in the world, and what anybody does to it.
struct World {
    explicit World(bool department_review = false) : school(campus(department_review)) {
        graduate.base = good_graduate();
        graduate.confirmed_revision = graduate.revision;
        record.exam_number = graduate.exam_number();
    }

    domain::Context context() const {
        return {&school, &codes(), &graduate, other ? &*other : nullptr, invitation ? &*invitation : nullptr,
                now};
    }
    domain::Command command(domain::Action action, domain::Role role) const;
    // Tries; a step that is allowed becomes the record.
    std::optional<Refusal> act(const domain::Command& command);
    std::optional<Refusal> act(domain::Action action, domain::Role role) {
        return act(command(action, role));
    }
    std::string code(domain::Action action, domain::Role role);  // of the refusal; empty: allowed
    void put_in(domain::State state, domain::Kind kind = domain::Kind::offline);
    void put_in(domain::TerminationStage stage, domain::Kind kind,
                domain::Role initiator = domain::Role::student);

    domain::Campus school;
    domain::Graduate graduate;
    domain::Registration record;
    std::optional<domain::Registration> other, invitation;
    Instant now = kNow;
};

}  // namespace wq::test
