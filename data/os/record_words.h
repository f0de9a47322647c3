// A registration in words: its values, its state, what was done to it; figures too. For desks, windows, the
// command line and the platform's pages alike. Pure; what these show beside it is theirs.
#pragma once

#include "data/domain/event.h"
#include "data/domain/figures.h"
#include "data/os/speech.h"

#include <span>
#include <string>
#include <vector>

namespace wq::os {

struct NamedValue {
    std::string key;  // the field's
    std::string label, value;
};

// How a state is to be felt: nothing special, under way, wants something of the reader, done, failed.
enum class Tone { plain, info, attention, good, bad };
Tone tone_of(domain::State state);

// The campus as it was when the record's paper was issued: what is printed stays two- or three-party.
domain::Campus campus_for(const domain::Registration& record, domain::Campus campus);

// The employer, or what else a destination is called by: a school, a venture, its code's name.
std::string title_of(const domain::Form& form, const domain::Codes& codes, const Speech& speech);
// The state, finer while an agreement is being terminated.
std::string status_of(const domain::Registration& record, const domain::Campus& campus, const Speech& speech);
// What the event did, for a line of the record's history.
std::string what_of(const domain::Event& event, const domain::Campus& campus, const Speech& speech);

// The values of a form with their labels, codes as names; empty ones left out.
std::vector<NamedValue> named_values(std::span<const domain::Field> fields, const domain::Form& form,
                                     const domain::Codes& codes, const Speech& speech);
// One value as people read it; resident ids masked.
std::string shown_value(const domain::Field& field, std::string_view value, const domain::Codes& codes,
                        const Speech& speech);

// Gives every line its label.
void label(domain::Figures& figures, const domain::Codes& codes, const Speech& speech);

}  // namespace wq::os
