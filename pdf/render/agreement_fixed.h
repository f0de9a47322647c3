// The parts of an agreement's pages that are the same on every agreement: frames with titles and notes, and
// the clauses. Inner part of agreement.h.
#pragma once

#include "pdf/render/agreement.h"
#include "pdf/render/text_layout.h"

#include <array>
#include <memory>
#include <vector>

namespace wq::render {

inline constexpr Style kBody{Face::song, 10.5}, kBodyBold{Face::kai_bold, 10.5}, kSmall{Face::song, 8.5};
inline constexpr std::string_view kAnnex = "附　页", kContinued = "（续）";
inline constexpr double kBodyWidth = sheet::kRight - sheet::kLeft;
inline constexpr double kFootLine = 286.2;
inline constexpr double kTitleMiddle = (sheet::kLeft + sheet::kUpperCode.x) / 2;

using FixedPage = std::shared_ptr<const Drawing>;

struct AgreementTemplate::Fixed {
    explicit Fixed(const Fonts& fonts);

    FixedPage form, annex;
    std::array<std::vector<FixedPage>, 4> clauses;  // by clause_set()

    const std::vector<FixedPage>& clauses_of(const Agreement& agreement) const {
        return clauses[clause_set(agreement.parties, agreement.sample)];
    }
    static std::size_t clause_set(Parties parties, bool sample) {
        return (parties == Parties::three ? 1u : 0u) + (sample ? 2u : 0u);
    }
};

// 样张 across the page, to lie below the text.
void add_watermark(Drawing& page);

}  // namespace wq::render
