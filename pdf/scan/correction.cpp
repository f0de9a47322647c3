#include "pdf/scan/correction.h"

#include <algorithm>
#include <array>

namespace wq::scan {
namespace {

using Element = std::uint8_t;
using Polynomial = std::vector<Element>;  // lowest power first

struct Field {
    std::array<Element, 512> power{};
    std::array<int, 256> logarithm{};

    constexpr Field() {
        int value = 1;
        for (int i = 0; i < 255; ++i) {
            power[static_cast<std::size_t>(i)] = power[static_cast<std::size_t>(i) + 255] =
                static_cast<Element>(value);
            logarithm[static_cast<std::size_t>(value)] = i;
            value <<= 1;
            if (value & 0x100) value ^= 0x11D;
        }
    }
    constexpr Element raised(int exponent) const { return power[static_cast<std::size_t>(exponent % 255)]; }
    constexpr Element times(Element a, Element b) const {
        return a && b ? power[static_cast<std::size_t>(logarithm[a] + logarithm[b])] : Element{0};
    }
    constexpr Element by(Element a, Element b) const {
        return a ? power[static_cast<std::size_t>(logarithm[a] + 255 - logarithm[b])] : Element{0};
    }
};
constexpr Field kField;

Element value_at(const Polynomial& polynomial, Element x) {
    Element sum = 0;
    for (std::size_t i = polynomial.size(); i-- > 0;) sum = kField.times(sum, x) ^ polynomial[i];
    return sum;
}

Polynomial product(const Polynomial& a, const Polynomial& b, std::size_t most) {
    Polynomial made(std::min(most, a.size() + b.size() - 1));
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < b.size() && i + j < made.size(); ++j)
            made[i + j] ^= kField.times(a[i], b[j]);
    return made;
}

// A codeword's locator: the power that its place stands for.
int exponent_of(std::size_t place, std::size_t size) { return static_cast<int>(size - 1 - place); }

Polynomial syndromes_of(const Bytes& block, std::size_t correction) {
    Polynomial syndromes(correction);
    for (std::size_t i = 0; i < correction; ++i) {
        Element sum = 0;
        for (Element codeword : block) sum = kField.times(sum, kField.raised(static_cast<int>(i))) ^ codeword;
        syndromes[i] = sum;
    }
    return syndromes;
}

// Berlekamp and Massey, begun with the erasures' locator.
Polynomial locator_of(const Polynomial& syndromes, const Polynomial& erasures, std::size_t erased) {
    Polynomial locator = erasures, shadow = erasures;
    std::size_t length = erased;
    for (std::size_t step = erased; step < syndromes.size(); ++step) {
        Element off = 0;
        for (std::size_t i = 0; i < locator.size() && i <= step; ++i)
            off ^= kField.times(locator[i], syndromes[step - i]);
        shadow.insert(shadow.begin(), 0);
        if (off == 0) continue;
        Polynomial next = locator;
        next.resize(std::max(locator.size(), shadow.size()));
        for (std::size_t i = 0; i < shadow.size(); ++i) next[i] ^= kField.times(off, shadow[i]);
        if (2 * length <= step + erased) {
            length = step + 1 + erased - length;
            shadow = locator;
            for (Element& factor : shadow) factor = kField.by(factor, off);
        }
        locator = std::move(next);
    }
    while (locator.size() > 1 && locator.back() == 0) locator.pop_back();
    return locator;
}

// Forney: what to add at each root of the locator.
bool add_corrections(Bytes& block, const Polynomial& syndromes, const Polynomial& locator) {
    const Polynomial evaluator = product(syndromes, locator, syndromes.size());
    std::size_t roots = 0;
    for (std::size_t place = 0; place < block.size(); ++place) {
        const int exponent = exponent_of(place, block.size());
        const Element inverse = kField.raised(255 - exponent % 255);
        if (value_at(locator, inverse) != 0) continue;
        ++roots;
        Element slope = 0;  // the locator's derivative: odd powers alone
        for (std::size_t i = 1; i < locator.size(); i += 2)
            slope ^=
                kField.times(locator[i], kField.raised((255 - exponent % 255) * static_cast<int>(i - 1)));
        if (slope == 0) return false;
        block[place] ^= kField.times(kField.raised(exponent), kField.by(value_at(evaluator, inverse), slope));
    }
    return roots + 1 == locator.size();
}

}  // namespace

bool correct_block(Bytes& block, std::size_t correction, const std::vector<std::size_t>& erased) {
    if (erased.size() > correction || block.size() > 255) return false;
    const Polynomial syndromes = syndromes_of(block, correction);
    if (std::ranges::all_of(syndromes, [](Element each) { return each == 0; })) return true;
    Polynomial erasures{1};
    for (std::size_t place : erased)
        erasures = product(erasures, {1, kField.raised(exponent_of(place, block.size()))}, correction + 1);
    const Polynomial locator = locator_of(syndromes, erasures, erased.size());
    if (locator.size() - 1 > erased.size() + (correction - erased.size()) / 2) return false;
    Bytes corrected = block;
    if (!add_corrections(corrected, syndromes, locator)) return false;
    const Polynomial left = syndromes_of(corrected, correction);
    if (std::ranges::any_of(left, [](Element each) { return each != 0; })) return false;
    block = std::move(corrected);
    return true;
}

}  // namespace wq::scan
