#include "data/store/prints.h"

#include "data/store/core.h"
#include "data/store/projection.h"

#include <unistd.h>

#include <algorithm>

namespace wq::store {

std::string_view name_of(PrintEnd end) {
    switch (end) {
        case PrintEnd::printed:
            return "printed";
        case PrintEnd::handed_over:
            return "handed_over";
        case PrintEnd::unsure:
            return "unsure";
        case PrintEnd::none:
            return "none";
    }
    return {};
}

Result<BegunPrint> Prints::begin(const Uuid& registration, const domain::Actor& actor,
                                 std::string_view printer) {
    return core_->transaction([&]() -> Result<BegunPrint> {
        const auto record = read_registration(*core_, registration);
        if (!record) return refuse("record_unknown");
        if (!record->paper) return refuse("paper_missing");
        auto select = core_->sql("SELECT coalesce(max(copy), 0) FROM print_begun WHERE registration = ?");
        bind_at(select, 1, registration.view());
        select.executeStep();
        const int copy = std::max(last_copy(registration), static_cast<int>(int_at(select, 0))) + 1;
        BegunPrint print{record->number + "-" + std::to_string(copy),
                         std::string(printer),
                         registration,
                         copy,
                         record->paper->revision,
                         actor,
                         core_->now(),
                         ::getpid()};
        keep(print);
        return print;
    });
}

BegunPrint Prints::begin_form(std::string title, const domain::Actor& actor, std::string_view printer) {
    BegunPrint print{std::move(title), std::string(printer), {}, 0, 0, actor, core_->now(), ::getpid()};
    core_->transaction([&] { keep(print); });
    return print;
}

void Prints::keep(const BegunPrint& print) {
    auto insert = core_->sql(
        "INSERT INTO print_begun (title, printer, registration, copy, paper_revision, role, account, "
        "begun_ms,"
        " process) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    bind_at(insert, 1, print.title);
    bind_at(insert, 2, print.printer);
    bind_at(insert, 3, print.registration.view());
    insert.bind(4, print.copy);
    insert.bind(5, print.paper_revision);
    bind_at(insert, 6, domain::name_of(print.actor.role));
    bind_at(insert, 7, print.actor.account);
    insert.bind(8, print.begun.ms);
    insert.bind(9, print.process);
    insert.exec();
}

void Prints::end(const BegunPrint& print, PrintEnd end) {
    core_->transaction([&] {
        auto remove = core_->sql("DELETE FROM print_begun WHERE title = ?");
        bind_at(remove, 1, print.title);
        // Whoever comes second finds it told already.
        if (remove.exec() == 0 || end == PrintEnd::none || print.copy == 0) return;
        const auto record = read_registration(*core_, print.registration);
        if (!record) return;
        domain::Event event = core_->new_event(domain::event_type::kPrint, print.actor);
        event.exam_number = record->exam_number;
        event.registration = print.registration;
        event.expected_revision = record->revision;
        event.expected_state = record->state;
        event.body.set("copy", print.copy)
            .set("paper_revision", print.paper_revision)
            .set("end", std::string(name_of(end)));
        core_->append(event);
        project(*core_, event);
    });
}

std::vector<BegunPrint> Prints::begun() const {
    auto select = core_->sql(
        "SELECT title, printer, registration, copy, paper_revision, role, account, begun_ms, process FROM"
        " print_begun ORDER BY begun_ms");
    std::vector<BegunPrint> prints;
    while (select.executeStep())
        prints.push_back(
            {text_at(select, 0),
             text_at(select, 1),
             uuid_from_bytes(bytes_at(select, 2)).value_or(Uuid{}),
             static_cast<int>(int_at(select, 3)),
             int_at(select, 4),
             {domain::role_named(text_at(select, 5)).value_or(domain::Role::student), text_at(select, 6), {}},
             {int_at(select, 7)},
             int_at(select, 8)});
    return prints;
}

int Prints::last_copy(const Uuid& registration) const {
    auto select = core_->sql("SELECT coalesce(max(copy), 0) FROM print WHERE registration = ?");
    bind_at(select, 1, registration.view());
    select.executeStep();
    return static_cast<int>(int_at(select, 0));
}

}  // namespace wq::store
