// Verification of a code, by anybody, without a network: who issued it and what it says (R35). It proves the
// code, not the paper around it: the screen asks to compare, and only the office's comparison with the issued
// page proves the paper.
#pragma once

#include "kiosk/desk/home.h"
#include "kiosk/desk/record_view.h"

namespace wq::desk {

struct Verification {
    domain::PrintCode code;
    std::vector<NamedValue> says;  // for a person to compare with the paper
    std::string status;            // as far as this node knows it; empty: not known here
    Tone tone = Tone::plain;
    std::string as_of;  // how old that knowledge is
};

// A code's text, as a scanner or the command line gives it. Refusals: TrustList::check's.
Result<Verification> verify_text(Home& home, std::string_view text, const Speech& speech);
// A picture or PDF of a page. Refusals also: those of reading pictures, `code_not_found`.
Result<Verification> verify_picture(Home& home, ByteView file, const Speech& speech);

// The code under a QR code, typed by hand (R48): looked up among this node's records, then that page's own
// code is verified. Refusals: domain::hand_code_from_text's, and `hand_code_unknown`.
Result<Verification> verify_hand_code(Home& home, std::string_view text, const Speech& speech);

// The page that verifies codes without a network (R59), as HTML with keys and ended papers inside: as the
// platform signed them at the last sync; a campus of its own signs what it knows. Refusals:
// `verification_list_missing` (never synced), `issuing_key_missing`, those of reading the asset.
Result<std::string> offline_page(Home& home);

}  // namespace wq::desk
