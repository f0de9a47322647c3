// What is told of a returned page, whoever brings it: whose it is, by its proven code, and what was seen on
// it, as the record's history keeps it (domain::ReturnedPage::checks). Hints for the reviewer, who decides.
#pragma once

#include "data/crypto/trust.h"
#include "data/domain/print_code.h"
#include "pdf/scan/page_reading.h"

namespace wq::scan {

// Looks for codes of ours alone.
CodeSearch search_for_our_codes();

// Refusals: `code_not_found`, `codes_disagree` (two pages in one picture, or a code glued over another),
// TrustList::check's.
Result<domain::PrintCode> proven_code(const PageReading& reading, const crypto::TrustList& trust,
                                      bool demo_campus);

// The keys are, each "yes" or "no" but for the figures: code (read and valid, not told by a person),
// sharp, complete, seal (found where the employer stamps; page 1), same (no change against the issued page;
// "unsure" where none was found but parts could not be compared), and seals, changes (counts), change_boxes,
// unsure_boxes ("x,y,w,h;…" in mm), fault (code of what to do better).
// `issued`: the PDF that the page was printed from; where there is none, `same` is not told.
domain::Form check_page(const PageReading& reading, const Result<Bytes>& issued,
                        const domain::PrintCode& code, bool code_read);
// Whether another picture of the same page would mend nothing.
bool is_well_taken(const domain::Form& checks);

}  // namespace wq::scan
