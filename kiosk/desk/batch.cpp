#include "kiosk/desk/batch.h"

#include "data/domain/lifecycle.h"

namespace wq::desk {

Batch prepare_batch(Home& home, StaffDesk& desk, const StaffSession& session, std::size_t limit) {
    Batch batch;
    const auto& registrations = home.store().registrations();
    for (const store::RegistrationRow& row : desk.waiting(session, limit)) {
        const auto record = registrations.find(row.id);
        if (!record) continue;
        const auto asked = domain::asked_for(*record, domain::Action::pass, session.actor.role);
        const bool needs_a_look = desk.is_flagged(*record) || record->termination || !asked || asked->reason;
        if (needs_a_look)
            ++batch.flagged;
        else if (registrations.is_pulled(row.id))
            ++batch.pulled;
        else
            batch.clean.push_back({row.id, record->revision, row.student_name + " · " + row.employer_name});
    }
    return batch;
}

BatchDone pass_batch(StaffDesk& desk, const StaffSession& session, const std::vector<BatchItem>& items) {
    BatchDone done;
    for (const BatchItem& item : items) {
        const auto passed =
            desk.act(session, item.id, domain::Action::pass, StaffDesk::Doing{{}, item.revision});
        if (passed)
            ++done.passed;
        else
            done.refused.emplace_back(item, passed.error());
    }
    return done;
}

}  // namespace wq::desk
