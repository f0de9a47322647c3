#include "kiosk/cli/program.h"
#include "kiosk/desk/machine.h"
#include "kiosk/desk/sync_state.h"
#include "pdf/scan/page_image.h"

#include <ostream>

namespace wq::cli {
namespace {

Result<void> audit(Program& program) {
    const store::AuditReport report = program.home().store().audit();
    nlohmann::json faults = nlohmann::json::array();
    for (const store::AuditFault& fault : report.faults) {
        faults.push_back({{"where", fault.where}, {"what", fault.what}});
        program.err() << fault.where << ": " << fault.what << '\n';
    }
    program.print((report.is_whole() ? "whole: " : "broken: ") + std::to_string(report.events) + " events, " +
                      std::to_string(report.registrations) + " registrations, " +
                      std::to_string(report.pictures) + " pictures",
                  {{"whole", report.is_whole()},
                   {"events", report.events},
                   {"registrations", report.registrations},
                   {"pictures", report.pictures},
                   {"faults", faults}});
    if (report.is_whole()) return {};
    return refuse("history_broken", {{"where", report.faults[0].where}});
}

// Each thing the programs need, tried. A check that throws has failed; its message says why.
Result<void> doctor(Program& program) {
    nlohmann::json checks = nlohmann::json::array();
    bool well = true;
    const auto check = [&](const std::string& name, const std::function<std::string()>& attempt) {
        std::string found;
        bool good = true;
        try {
            found = attempt();
        } catch (const std::exception& fault) {
            good = false;
            found = fault.what();
        }
        well = well && good;
        checks.push_back({{"name", name}, {"good", good}, {"found", found}});
        if (!program.json()) program.out() << (good ? "ok    " : "FAULT ") << name << ": " << found << '\n';
    };
    check("store", [&] { return std::to_string(program.home().store().graduates().count()) + " graduates"; });
    check("codes",
          [&] { return std::to_string(program.home().codes().table("region").rows().size()) + " regions"; });
    check("fonts", [&] {
        program.paper();
        return std::string("all there");
    });
    check("pictures", [] {
        scan::make_decoder_ready();
        return std::string("decoded apart");
    });
    check("keys",
          [&]() -> std::string { return program.home().issuing_key() ? "may issue" : "prints only"; });
    check("printer", [&]() -> std::string {
        using enum devices::PrinterState;
        const devices::PrinterChoice choice = desk::chosen_printer(program.home());
        const devices::PrinterState state = devices::open_printer(choice)->state();
        const std::string told = choice.name + ": " + std::string(devices::name_of(state));
        if (state != ready && state != busy) throw Fault(told);
        return told;
    });
    check("disk", [&] {
        const auto space = std::filesystem::space(program.folder());
        if (space.available < (std::uintmax_t{1} << 30)) throw Fault("less than 1 GiB free");
        return std::to_string(space.available >> 30) + " GiB free";
    });
    const desk::SyncState sync = desk::sync_state(program.home(), program.speech());
    check("clock", [&] {
        if (!sync.clock.empty()) throw Fault(sync.clock);
        return to_iso(program.home().clock().now());
    });
    check("sync", [&] {
        if (!sync.last_fault.empty()) throw Fault(sync.last_fault);
        if (!sync.agrees) throw Fault(sync.agreement);
        return std::to_string(sync.outbox.waiting) + " waiting, " + std::to_string(sync.outbox.rejected) +
               " rejected";
    });
    if (program.json()) program.print("", {{"well", well}, {"checks", checks}});
    if (well) return {};
    return refuse("doctor_found");
}

Result<void> printers(Program& program) {
    nlohmann::json rows = nlohmann::json::array();
    for (const devices::FoundPrinter& printer : devices::find_printers()) {
        rows.push_back({{"name", printer.name}, {"says", printer.says}, {"default", printer.is_default}});
        if (!program.json())
            program.out() << printer.name << '\t' << printer.says << (printer.is_default ? "\tdefault" : "")
                          << '\n';
    }
    if (program.json()) program.print("", rows);
    return {};
}

}  // namespace

void add_check_commands(Program& program) {
    program.command(program.app(), "audit", "Prove the history whole, or name the first broken link",
                    [&program] { return audit(program); });
    program.command(program.app(), "doctor", "Try everything this machine needs",
                    [&program] { return doctor(program); });
    program.command(program.app(), "printers", "The print queues that CUPS knows, for `settings printer`",
                    [&program] { return printers(program); });
}

}  // namespace wq::cli
