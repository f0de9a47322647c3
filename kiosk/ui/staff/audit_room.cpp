#include "kiosk/ui/staff/audit_room.h"

#include "kiosk/ui/button.h"
#include "kiosk/ui/card.h"
#include "kiosk/ui/shown.h"
#include "kiosk/ui/table.h"

namespace wq::ui::staff {

AuditRoom::AuditRoom(wxWindow* parent, Screen& screen, Office& office)
    : Pane(parent, screen, office, px(14)) {
    set_padding(px(20));
}

void AuditRoom::build() {
    clear();
    Stack* head = add(row(this, px(14), Colour::paper));
    head->add(new Label(head, Type::body, Colour::muted, say("staff.audit.note")), {1, 0, true});
    auto* start =
        head->add(new Button(head, "desk.audit", say(busy_ ? "staff.audit.busy" : "staff.audit.start"),
                             ButtonKind::primary, [this] { audit(); }),
                  {0, 0, true});
    start->set_usable(!busy_);
    if (report_) {
        const Args args{{"events", std::to_string(report_->events)},
                        {"registrations", std::to_string(report_->registrations)},
                        {"pictures", std::to_string(report_->pictures)},
                        {"faults", std::to_string(report_->faults.size())}};
        add(new NoteBox(this, report_->is_whole() ? Tone::green : Tone::red, "",
                        say(report_->is_whole() ? "staff.audit.whole" : "staff.audit.broken", args)));
    }
    if (report_ && !report_->is_whole()) {
        auto* table = add(new Table(this, "desk.audit.faults",
                                    {{say("staff.audit.where"), 3}, {say("staff.audit.what"), 2}}, false),
                          {1});
        table->set_rows(report_->faults.size(), [this](std::size_t i) -> std::vector<Cell> {
            const store::AuditFault& fault = report_->faults[i];
            return {{fault.where}, {say("audit." + fault.what), "", Colour::danger}};
        });
    } else {
        add_stretch();
    }
    lay_out_again(*this);
}

void AuditRoom::audit() {
    busy_ = true;
    build();
    work([](Rooms& rooms) { return rooms.home.store().audit(); },
         [this](store::AuditReport report) {
             busy_ = false;
             report_ = std::move(report);
             build();
         });
}

}  // namespace wq::ui::staff
