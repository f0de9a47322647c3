#include "kiosk/devices/cups_printer.h"

#include "kiosk/devices/ipp.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

namespace wq::devices {
namespace {

using SteadyClock = std::chrono::steady_clock;

// RFC 8011, 5.4.12: a reason's name, worst first, and what it means to whoever stands before the printer.
struct Reason {
    std::string_view name;
    PrinterState state;
};
constexpr std::array kReasons = {
    Reason{"media-jam", PrinterState::jammed},
    Reason{"cover-open", PrinterState::cover_open},
    Reason{"door-open", PrinterState::cover_open},
    Reason{"interlock-open", PrinterState::cover_open},
    Reason{"media-needed", PrinterState::out_of_paper},
    Reason{"media-empty", PrinterState::out_of_paper},
    Reason{"input-tray-missing", PrinterState::out_of_paper},
    Reason{"toner-empty", PrinterState::out_of_toner},
    Reason{"marker-supply-empty", PrinterState::out_of_toner},
    Reason{"developer-empty", PrinterState::out_of_toner},
    Reason{"output-area-full", PrinterState::full},
    Reason{"offline", PrinterState::unreachable},
    Reason{"shutdown", PrinterState::unreachable},
    Reason{"timed-out", PrinterState::unreachable},
    Reason{"connecting-to-device", PrinterState::unreachable},
    Reason{"paused", PrinterState::stopped},
    Reason{"moving-to-paused", PrinterState::stopped},
};

constexpr const char* kPdf = "application/pdf";

// "media-empty-error" stops the printer, "-warning" may, "-report" only tells; without an ending it stops.
// That it can't be reached stops it however it is told.
std::optional<PrinterState> trouble_of(std::string_view reason, bool warnings) {
    const auto found =
        std::ranges::find_if(kReasons, [&](const Reason& it) { return reason.starts_with(it.name); });
    if (found == kReasons.end()) return std::nullopt;
    const std::string_view ending = reason.substr(found->name.size());
    const bool counts = ending.empty() || ending == "-error" || (ending == "-warning" && warnings) ||
                        found->state == PrinterState::unreachable;
    return counts ? std::optional(found->state) : std::nullopt;
}

int rank_of(PrinterState state) {
    return static_cast<int>(std::ranges::find(kReasons, state, &Reason::state) - kReasons.begin());
}

PrinterState state_of(const ipp::Answer& printer, bool warnings) {
    if (!printer.is_good()) return PrinterState::unreachable;
    const int told = printer.number("printer-state", IPP_PSTATE_IDLE);
    std::optional<PrinterState> worst;
    for (const std::string& reason : printer.texts("printer-state-reasons"))
        if (const auto trouble = trouble_of(reason, warnings || told == IPP_PSTATE_STOPPED))
            if (!worst || rank_of(*trouble) < rank_of(*worst)) worst = trouble;
    if (worst) return *worst;
    if (told == IPP_PSTATE_STOPPED) return PrinterState::stopped;
    return told == IPP_PSTATE_PROCESSING ? PrinterState::busy : PrinterState::ready;
}

ipp::Request look_at_printer(const ipp::Address& to) {
    ipp::Request request(IPP_OP_GET_PRINTER_ATTRIBUTES, to);
    request.keywords(
        "requested-attributes",
        {"printer-state", "printer-state-reasons", "document-format-supported", "media-supported",
         "sides-supported", "print-scaling-supported", "print-color-mode-supported"});
    return request;
}

// What it tells of a job that can still be asked for.
constexpr std::initializer_list<const char*> kOfJob = {"job-state", "job-state-reasons",
                                                       "job-impressions-completed", "time-at-processing"};

// What became of a job of so many pages (0: unknown), of which so many were seen to come out. A job that was
// cancelled too late is printed. One that was broken off between its pages, or whose pages nobody counted,
// may have come out as far as anybody can tell: its number must not be given to another copy.
Fate fate_told(const ipp::Answer& job, int pages, int seen_out) {
    const int state = job.number("job-state", IPP_JSTATE_PENDING);
    const auto reasons = job.texts("job-state-reasons");
    if (state == IPP_JSTATE_COMPLETED)
        return std::ranges::count(reasons, "job-completed-with-errors") == 0 ? Fate::printed : Fate::unsure;
    if (state != IPP_JSTATE_CANCELED && state != IPP_JSTATE_ABORTED) return Fate::open;
    const int told = job.number("job-impressions-completed", -1), out = std::max(seen_out, told);
    if (pages > 0 && out >= pages) return Fate::printed;
    const bool may_be_out = told < 0 && job.number("time-at-processing", -1) >= 0;
    return out > 0 || may_be_out ? Fate::unsure : Fate::not_printed;
}

// One print from the first question to the last.
class Following {
  public:
    Following(const std::string& printer, const PrintPatience& patience, const PrintJob& job,
              const PrintWatch& watch)
        : printer_(printer),
          patience_(patience),
          job_(job),
          watch_(watch),
          line_(ipp::address_of(printer), patience.answer) {}

    PrintOutcome print(bool two_sided);

  private:
    std::optional<Refusal> hindrance(const ipp::Answer& able) const;
    ipp::Request order(const ipp::Answer& able, bool two_sided) const;
    PrintOutcome follow();
    std::optional<PrintOutcome> look();
    std::optional<PrintOutcome> ended(const ipp::Answer& job) const;
    std::optional<Refusal> out_of_patience() const;
    PrintOutcome give_up(const Refusal& why);
    void tell(PrintMoment moment);
    void wait() const;

    ipp::Answer ask_for_job() {
        return line_.ask(ipp::Request(IPP_OP_GET_JOB_ATTRIBUTES, line_.to())
                             .job(id_)
                             .keywords("requested-attributes", kOfJob));
    }
    Refusal refusal(const char* code) const { return {code, {{"printer", printer_}}}; }
    static bool has_passed(SteadyClock::time_point since, std::chrono::milliseconds limit) {
        return SteadyClock::now() - since > limit;
    }

    const std::string& printer_;
    const PrintPatience& patience_;
    const PrintJob& job_;
    const PrintWatch& watch_;
    ipp::Connection line_;
    int id_ = 0;
    std::optional<PrintMoment> told_;
    PrintMoment now_;
    SteadyClock::time_point answered_ = SteadyClock::now(), moved_ = answered_;
};

PrintOutcome Following::print(bool two_sided) {
    const ipp::Answer able = line_.ask(look_at_printer(line_.to()));
    if (auto why = hindrance(able)) return {Fate::not_printed, std::move(why)};
    if (watch_.stop.stop_requested()) return {Fate::not_printed, refusal("print_cancelled")};
    const ipp::Answer created = line_.ask(order(able, two_sided));
    // Perhaps it has made the job; without its pages, which were never sent, nothing comes of it.
    if (!created.is_there()) return {Fate::not_printed, refusal("printer_unreachable")};
    id_ = created.number("job-id", 0);
    if (!created.is_good() || id_ == 0)
        return {Fate::not_printed, Refusal{"print_failed", {{"reason", ippErrorString(created.status())}}}};
    const ipp::Answer sent = line_.ask(
        ipp::Request(IPP_OP_SEND_DOCUMENT, line_.to()).job(id_).format(kPdf).flag("last-document", true),
        job_.pdf);
    if (sent.is_there() && !sent.is_good())
        return give_up({"print_failed", {{"reason", ippErrorString(sent.status())}}});
    return follow();
}

std::optional<Refusal> Following::hindrance(const ipp::Answer& able) const {
    if (!able.is_good()) return refusal("printer_unreachable");
    if (able.has("document-format-supported") && !able.offers("document-format-supported", kPdf))
        return refusal("printer_takes_no_pdf");
    return std::nullopt;
}

// Only what the printer has: some refuse the whole job for a word that they don't know.
ipp::Request Following::order(const ipp::Answer& able, bool two_sided) const {
    ipp::Request order(IPP_OP_CREATE_JOB, line_.to());
    order.name("job-name", job_.title);
    order.flag("ipp-attribute-fidelity", false);
    const auto wish = [&](const char* attribute, const char* offered, const std::string& value) {
        if (able.offers(offered, value)) order.job_keyword(attribute, value);
    };
    wish("media", "media-supported", "iso_a4_210x297mm");
    wish("sides", "sides-supported", two_sided ? "two-sided-long-edge" : "one-sided");
    wish("print-scaling", "print-scaling-supported",
         "none");  // PWG 5100.13: nothing is fitted to the margins
    wish("print-color-mode", "print-color-mode-supported", "auto");
    order.job_number("copies", 1);
    return order;
}

PrintOutcome Following::follow() {
    for (;;) {
        if (auto outcome = look()) return *outcome;
        if (watch_.stop.stop_requested()) return give_up(refusal("print_cancelled"));
        if (const auto why = out_of_patience()) return give_up(*why);
        wait();
    }
}

std::optional<PrintOutcome> Following::look() {
    const ipp::Answer job = ask_for_job();
    if (job.is_there()) {
        if (auto outcome = ended(job)) return outcome;
        const int out = std::max(now_.pages_out, job.number("job-impressions-completed", 0));
        if (out > now_.pages_out) moved_ = SteadyClock::now();
        now_.pages_out = out;
    }
    const ipp::Answer printer = job.is_there() ? line_.ask(look_at_printer(line_.to())) : ipp::Answer();
    const bool waits = job.number("job-state", IPP_JSTATE_PROCESSING) == IPP_JSTATE_STOPPED;
    now_.state = state_of(printer, waits || has_passed(moved_, patience_.warning));
    if (now_.state == PrinterState::ready) now_.state = PrinterState::busy;
    if (now_.state != PrinterState::unreachable) answered_ = SteadyClock::now();
    tell(now_);
    return std::nullopt;
}

std::optional<PrintOutcome> Following::ended(const ipp::Answer& job) const {
    const int out = std::max(now_.pages_out, job.number("job-impressions-completed", 0));
    const auto failed = [&](Fate fate, std::string reason) {
        return PrintOutcome{fate, Refusal{"print_failed", {{"reason", std::move(reason)}}}, out};
    };
    if (job.is_gone()) return failed(Fate::unsure, "forgotten");
    if (!job.is_good()) return std::nullopt;
    const Fate fate = fate_told(job, job_.pages, now_.pages_out);
    if (fate == Fate::open) return std::nullopt;
    if (fate == Fate::printed) return PrintOutcome{fate, {}, out};
    const auto reasons = job.texts("job-state-reasons");
    return failed(fate, reasons.empty() ? "unknown" : reasons.front());
}

std::optional<Refusal> Following::out_of_patience() const {
    if (has_passed(answered_, patience_.lost)) return refusal("printer_lost");
    if (!has_passed(moved_, patience_.trouble)) return std::nullopt;
    if (now_.state == PrinterState::busy) return refusal("printer_hangs");
    return refusal(("printer_" + std::string(name_of(now_.state))).c_str());
}

// Tells the printer to leave it, and waits for its word that it has.
PrintOutcome Following::give_up(const Refusal& why) {
    const auto since = SteadyClock::now();
    bool asked = false, heard = false;
    for (;;) {
        if (!asked) {
            const ipp::Answer left = line_.ask(ipp::Request(IPP_OP_CANCEL_JOB, line_.to()).job(id_));
            heard = left.is_there();
            asked = heard && !left.is_for_now();
        }
        const ipp::Answer job = heard ? ask_for_job() : ipp::Answer();
        if (auto outcome = job.is_there() ? ended(job) : std::nullopt) {
            if (outcome->fate != Fate::printed) outcome->why = why;
            return *outcome;
        }
        if (has_passed(since, patience_.cancel) || (!heard && why.code == "printer_lost")) break;
        wait();
    }
    return {Fate::open, heard ? why : refusal("printer_lost"), now_.pages_out};
}

void Following::tell(PrintMoment moment) {
    if (told_ == moment) return;
    told_ = moment;
    if (watch_.tell) watch_.tell(moment);
}

// Until the next look; shorter where a stop is asked for meanwhile.
void Following::wait() const {
    const std::stop_token stop = watch_.stop.stop_requested() ? std::stop_token() : watch_.stop;
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any().wait_for(lock, stop, patience_.poll, [] { return false; });
}

}  // namespace

PrinterState CupsPrinter::state() {
    ipp::Connection line(ipp::address_of(name_), patience_.answer);
    return state_of(line.ask(look_at_printer(line.to())), true);
}

PrintOutcome CupsPrinter::print(const PrintJob& job, const PrintWatch& watch) {
    return Following(name_, patience_, job, watch).print(two_sided_);
}

// The job is looked for by its title, since its number was lost with whoever waited for it.
Fate CupsPrinter::fate_of(const std::string& title, int pages) {
    ipp::Connection line(ipp::address_of(name_), patience_.answer);
    ipp::Answer::Job found;
    for (const char* which : {"not-completed", "completed"}) {
        const ipp::Answer answer =
            line.ask(ipp::Request(IPP_OP_GET_JOBS, line.to())
                         .keyword("which-jobs", which)
                         .keywords("requested-attributes", {"job-id", "job-name", "job-state"}));
        if (!answer.is_good()) return Fate::open;
        for (ipp::Answer::Job& job : answer.jobs())
            if (job.name == title && job.id > found.id) found = job;
    }
    // Printers forget what is done, and what was never begun they never knew.
    if (found.id == 0) return Fate::unsure;
    if (found.state < IPP_JSTATE_CANCELED) line.ask(ipp::Request(IPP_OP_CANCEL_JOB, line.to()).job(found.id));
    const ipp::Answer job = line.ask(ipp::Request(IPP_OP_GET_JOB_ATTRIBUTES, line.to())
                                         .job(found.id)
                                         .keywords("requested-attributes", kOfJob));
    if (job.is_gone()) return found.state == IPP_JSTATE_COMPLETED ? Fate::printed : Fate::unsure;
    return job.is_good() ? fate_told(job, pages, 0) : Fate::open;
}

std::vector<FoundPrinter> find_printers() {
    constexpr int kLook = 2'000;  // ms
    std::vector<FoundPrinter> found;
    const auto add = [](void* into, unsigned flags, cups_dest_t* dest) {
        if (flags & CUPS_DEST_FLAGS_REMOVED) return 1;
        const auto option = [&](const char* name) {
            const char* value = cupsGetOption(name, dest->num_options, dest->options);
            return std::string(value ? value : "");
        };
        static_cast<std::vector<FoundPrinter>*>(into)->push_back(
            {dest->name, option("printer-make-and-model"), dest->is_default != 0});
        return 1;
    };
    cupsEnumDests(CUPS_DEST_FLAGS_NONE, kLook, nullptr, 0, 0, add, &found);
    std::ranges::sort(found, {}, &FoundPrinter::name);
    return found;
}

}  // namespace wq::devices
