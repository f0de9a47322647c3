// Printing as a use case, in steps, because a printer may take minutes and has a thread of its own in the
// windows: begin (written down) → the printer → end (counted, or not). What a crash or a lost printer left
// open is asked for again with settle. The thread of the Home, but for print().
#pragma once

#include "kiosk/desk/home.h"
#include "kiosk/devices/printer.h"

#include <string>
#include <vector>

namespace wq::desk {

struct PrintOrder {
    store::BegunPrint print;
    devices::PrinterChoice printer;
    Bytes pdf;
    int pages = 0;  // 0: unknown
};

// The next copy of the record's paper. Refusals: Prints::begin's.
Result<PrintOrder> begin_print(Home& home, const domain::Registration& record, Bytes pdf,
                               const domain::Actor& actor);
// A form or a receipt, of which no copies are counted.
PrintOrder begin_form(Home& home, Bytes pdf, const domain::Actor& actor);

// Any thread; takes as long as the printer does.
devices::PrintOutcome print(const PrintOrder& order, const devices::PrintWatch& watch = {});

// Counts the copy when it is out or may be; tells the log.
void end_print(Home& home, const store::BegunPrint& print, const devices::PrintOutcome& outcome);

// What this machine began and never saw the end of, to be asked for at the printer (any thread) and then
// counted or forgotten. What its printer still can't tell after a day, nobody will.
struct OpenPrint {
    store::BegunPrint print;
    devices::PrinterChoice printer;
    int pages = 0;  // 0: unknown
    devices::Fate fate = devices::Fate::open;
};
std::vector<OpenPrint> open_prints(Home& home);
void ask_for(std::vector<OpenPrint>& prints);  // any thread
void settle(Home& home, const std::vector<OpenPrint>& prints);

}  // namespace wq::desk
