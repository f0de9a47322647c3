// The code under each QR code of a page, to be typed by hand (R48): twelve characters of Crockford's base 32
// in three groups, "7K2M-9QX4-TB0R". Ten of them say the page and the first 45 bits of the paper's keyed
// digest, which is secret until printed and its own for each paper, so that a desk finds record, revision and
// page among its own records, without a network. Two are check characters of a Reed-Solomon code over the
// field of 32: every wrong character, every two wrong ones, and so every swap of any two is noticed. It
// proves nothing: that is what the QR code is for (print_code.h).
#pragma once

#include "data/base/result.h"
#include "data/domain/registration.h"

#include <string>
#include <string_view>

namespace wq::domain {

struct HandCode {
    int page = 0;              // from 1; 0 stands for every page after the 31st
    std::uint64_t digest = 0;  // 45 bits

    bool operator==(const HandCode&) const = default;
};

// Of a page of the paper with this digest.
HandCode hand_code(const Hash& paper_digest, int page);

std::string to_text(const HandCode& code);
// Takes small letters, O for 0, I and L for 1, blanks and hyphens anywhere. Refuses with `hand_code_length`
// {length}, `hand_code_character` {character}, or `hand_code_mistyped` where the check characters do not
// agree.
Result<HandCode> hand_code_from_text(std::string_view text);

}  // namespace wq::domain
