#include "kiosk/desk/printing.h"

#include "kiosk/desk/machine.h"

#include <unistd.h>

#include <csignal>

namespace wq::desk {
namespace {

using devices::Fate;

std::optional<store::PrintEnd> end_of(Fate fate) {
    switch (fate) {
        case Fate::printed:
            return store::PrintEnd::printed;
        case Fate::handed_over:
            return store::PrintEnd::handed_over;
        case Fate::not_printed:
            return store::PrintEnd::none;
        case Fate::unsure:
            return store::PrintEnd::unsure;
        case Fate::open:
            return std::nullopt;
    }
    return std::nullopt;
}

// Another program on this home may be printing right now: its job is not ours to cancel.
bool is_awaited(const store::BegunPrint& print, Instant now) {
    constexpr std::int64_t kLongest =
        30 * kMinute;  // that anybody waits; the process's number may be another's
    const auto process = static_cast<pid_t>(print.process);
    return process != ::getpid() && ::kill(process, 0) == 0 && now.ms - print.begun.ms < kLongest;
}

// Of the paper that it was begun for; unknown where that is no longer the record's.
int pages_of(Home& home, const store::BegunPrint& print) {
    const auto record = home.store().registrations().find(print.registration);
    const bool is_its = record && record->paper && record->paper->revision == print.paper_revision;
    return is_its ? record->paper->pages() : 0;
}

}  // namespace

Result<PrintOrder> begin_print(Home& home, const domain::Registration& record, Bytes pdf,
                               const domain::Actor& actor) {
    devices::PrinterChoice printer = chosen_printer(home);
    auto print = home.store().prints().begin(record.id, actor, printer.name);
    if (!print) return tl::make_unexpected(print.error());
    return PrintOrder{std::move(*print), std::move(printer), std::move(pdf), record.paper->pages()};
}

PrintOrder begin_form(Home& home, Bytes pdf, const domain::Actor& actor) {
    devices::PrinterChoice printer = chosen_printer(home);
    const std::string title = "form-" + to_text(home.random().uuid(home.clock().now()));
    auto print = home.store().prints().begin_form(title, actor, printer.name);
    return {std::move(print), std::move(printer), std::move(pdf), 0};
}

devices::PrintOutcome print(const PrintOrder& order, const devices::PrintWatch& watch) {
    return devices::open_printer(order.printer)->print({order.pdf, order.print.title, order.pages}, watch);
}

void end_print(Home& home, const store::BegunPrint& print, const devices::PrintOutcome& outcome) {
    if (outcome.why)
        home.log().write(os::LogKind::print_refused, {{"code", outcome.why->code}});
    else
        home.log().write(os::LogKind::printed, {{"copy", std::to_string(print.copy)}});
    if (const auto end = end_of(outcome.fate)) home.store().prints().end(print, *end);
}

std::vector<OpenPrint> open_prints(Home& home) {
    std::vector<OpenPrint> prints;
    for (store::BegunPrint& print : home.store().prints().begun()) {
        if (is_awaited(print, home.clock().now())) continue;
        devices::PrinterChoice printer{print.printer, false, home.folder() / "spool"};
        const int pages = pages_of(home, print);
        prints.push_back({std::move(print), std::move(printer), pages});
    }
    return prints;
}

void ask_for(std::vector<OpenPrint>& prints) {
    for (OpenPrint& open : prints)
        open.fate = devices::open_printer(open.printer)->fate_of(open.print.title, open.pages);
}

void settle(Home& home, const std::vector<OpenPrint>& prints) {
    for (const OpenPrint& open : prints) {
        const bool is_old = home.clock().now().ms - open.print.begun.ms > kDay;
        const Fate fate = open.fate == Fate::open && is_old ? Fate::unsure : open.fate;
        if (const auto end = end_of(fate)) home.store().prints().end(open.print, *end);
    }
}

}  // namespace wq::desk
