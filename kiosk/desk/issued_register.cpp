#include "kiosk/desk/issued_register.h"

#include "pdf/render/qr.h"

#include <limits>

namespace wq::desk {

std::optional<IssuedRegister::Likely> IssuedRegister::recognise(Home& home,
                                                                const scan::PageReading& reading) {
    if (reading.unread.empty()) return std::nullopt;
    update(home);
    std::optional<Page> whose;
    for (const scan::MeasuredCode& measured : reading.unread) {
        const auto likely = codes_.recognised(measured.modules);
        if (!likely) continue;
        const Page& page = pages_[likely->name];
        if (whose && *whose != page) return std::nullopt;
        whose = page;
    }
    if (!whose) return std::nullopt;
    const auto record = home.store().registrations().find(whose->registration);
    const bool awaited = record && record->state == domain::State::approved && record->paper &&
                         record->paper->revision == whose->revision;
    if (!awaited) return std::nullopt;
    return Likely{record->number, whose->page};
}

void IssuedRegister::update(Home& home) {
    const auto& registrations = home.store().registrations();
    store::RegistrationFilter filter;
    filter.states = {domain::State::approved};
    filter.limit = std::numeric_limits<std::int32_t>::max();
    for (const store::RegistrationRow& row : registrations.list(filter)) {
        if (!known_.emplace(row.id, row.revision).second) continue;
        if (const auto record = registrations.find(row.id); record && record->paper)
            add(row.id, *record->paper);
    }
}

void IssuedRegister::add(const Uuid& registration, const domain::Paper& paper) {
    for (int page = 1; page <= paper.pages(); ++page) {
        const auto at = static_cast<std::size_t>(page) - 1;
        // Often both are one text: twice in the register, neither would stand out.
        for (const std::string& text : std::set{paper.upper_codes[at], paper.lower_codes[at]})
            if (const auto symbol = render::qr_symbol(text))
                codes_.add(pages_.size(), symbol->side, symbol->modules);
        pages_.push_back({registration, paper.revision, page});
    }
}

}  // namespace wq::desk
