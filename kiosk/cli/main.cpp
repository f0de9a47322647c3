// wangqian: joins the command line with sync, which the desk does not know.
#include "data/base/time.h"
#include "data/os/files.h"
#include "kiosk/cli/program.h"
#include "kiosk/desk/sync_state.h"
#include "kiosk/link/post.h"
#include "sync/client/courier.h"
#include "sync/client/enrol.h"

#include <csignal>
#include <iostream>

namespace {

using namespace wq;

constexpr std::string_view kPlatform = store::kPlatformNote;

nlohmann::json to_json(const client::SyncResult& result) {
    return {{"pushed", result.pushed},
            {"accepted", result.accepted},
            {"rejected", result.rejected},
            {"quarantined", result.quarantined},
            {"pulled", result.pulled},
            {"conflicts", result.conflicts},
            {"pictures_sent", result.pictures_sent},
            {"pictures_fetched", result.pictures_fetched},
            {"pictures_left", result.pictures_left},
            {"recovered", result.recovered ? result.recovered->what : ""},
            {"failed", result.failed ? result.failed->code : ""}};
}

Result<void> tell(cli::Program& program, const client::SyncResult& result) {
    program.print(
        "pushed " + std::to_string(result.pushed) + " (accepted " + std::to_string(result.accepted) +
            ", rejected " + std::to_string(result.rejected) + "), pulled " + std::to_string(result.pulled) +
            ", pictures sent " + std::to_string(result.pictures_sent) + ", fetched " +
            std::to_string(result.pictures_fetched) + ", conflicts " + std::to_string(result.conflicts),
        to_json(result));
    if (result.failed) return tl::make_unexpected(*result.failed);
    return {};
}

Result<void> sync_once(cli::Program& program, bool compare) {
    const auto post = link::post_of(program.home());
    if (!post) return tl::make_unexpected(post.error());
    return tell(program, link::sync_once(program.home(), *post, compare));
}

// Until it is stopped; SIGINT and SIGTERM end it between two acts.
Result<void> sync_watch(cli::Program& program) {
    if (program.home().store().log().note(kPlatform).empty()) return refuse("platform_not_joined");
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ending, nullptr);
    client::Worker::Options options = link::working(program.folder());
    options.told = [&program, told = options.told](const client::Post& post,
                                                   const client::SyncResult& result) {
        told(post, result);
        if (result.failed) program.err() << result.failed->code << std::endl;
        if (result.pushed > 0 || result.pulled > 0)
            program.out() << "pushed " << result.pushed << ", pulled " << result.pulled << std::endl;
    };
    client::Worker worker(options);
    worker.start();
    int signal = 0;
    sigwait(&ending, &signal);
    worker.stop();
    return {};
}

std::string text_of(const desk::SyncState& state, const desk::Speech& speech) {
    std::string text;
    const auto line = [&](const char* key, const std::string& value) {
        text += (text.empty() ? "" : "\n") + speech.say(key) + ": " +
                (value.empty() ? speech.say("staff.sync.none") : value);
    };
    line("staff.sync.compared", state.agreement);
    line("staff.sync.waits",
         speech.say("staff.sync.waiting", {{"events", std::to_string(state.outbox.waiting)},
                                           {"pictures", std::to_string(state.pictures)}}));
    line("staff.sync.oldest", state.outbox.waiting > 0 ? shown_time(state.outbox.oldest) : "");
    line("staff.sync.last_success", state.last_success);
    line("staff.sync.last_fault", state.last_fault);
    line("staff.sync.next_try", state.next_try);
    line("staff.sync.clock", state.clock);
    line("staff.sync.platform", state.platform);
    line("staff.sync.feed", std::to_string(state.feed));
    line("staff.sync.rejected", std::to_string(state.outbox.rejected));
    line("staff.sync.conflicts", std::to_string(state.conflicts.size()));
    line("staff.sync.closed", state.balance);
    line("staff.sync.recovery", state.recovery);
    return text;
}

nlohmann::json agreement_of(const store::Log& log) {
    const auto agreement = store::agreement_from(log);
    if (!agreement) return nullptr;
    return {{"when", to_iso(agreement->when)},
            {"here", agreement->here},
            {"there", agreement->there},
            {"events", agreement->events},
            {"feed", agreement->feed},
            {"equal", agreement->difference.empty()},
            {"difference", agreement->difference},
            {"rows_compared", agreement->compared.ms > 0 ? to_iso(agreement->compared) : ""}};
}

Result<void> sync_status(cli::Program& program) {
    store::Store& store = program.home().store();
    const store::Log& log = store.log();
    const store::OutboxCount outbox = log.outbox();
    const auto recovered = store::recovery_from(log);
    const auto clock = store::clock_from(log, program.home().clock().now());
    const auto note = [&](std::string_view key) { return log.note(key); };
    program.print(text_of(desk::sync_state(program.home(), program.speech()), program.speech()),
                  {{"platform", note(kPlatform)},
                   {"waiting", outbox.waiting},
                   {"oldest", outbox.waiting > 0 ? to_iso(outbox.oldest) : ""},
                   {"rejected", outbox.rejected},
                   {"quarantined", outbox.quarantined},
                   {"feed", store.feed().cursor()},
                   {"chain", to_hex(store.feed().chain())},
                   {"pictures_to_send", store.pictures().to_send(100'000).size()},
                   {"pictures_to_fetch", store.pictures().to_fetch(100'000).size()},
                   {"conflicts", store.feed().conflicts().size()},
                   {"agreement", agreement_of(log)},
                   {"clock_offset_ms", clock ? nlohmann::json(clock->offset_ms) : nlohmann::json(nullptr)},
                   {"recovered", recovered ? recovered->what : ""},
                   {"last_success", note(store::note::kLastSuccess)},
                   {"last_failure", note(store::note::kLastFailure)},
                   {"failing_since", note(store::note::kFailingSince)},
                   {"next_try", note(store::note::kNextTry)}});
    return {};
}

// What proves a platform that no public authority vouches for.
Result<std::string> certificate_in(const std::string& file) {
    if (file.empty()) return {};
    auto pem = os::read_text(file, 1 << 16);
    if (!pem) return pem;
    if (pem->find("-----BEGIN CERTIFICATE-----") == std::string::npos)
        return refuse("certificate_unreadable", {{"file", file}});
    return pem;
}

// What a network between could read and change is not spoken to without TLS.
bool is_proven_or_here(std::string_view address) {
    if (address.starts_with("https://")) return true;
    if (!address.starts_with("http://") || address.find('@') != std::string_view::npos) return false;
    address.remove_prefix(7);
    if (address == "[::1]" || address.starts_with("[::1]:") || address.starts_with("[::1]/")) return true;
    const std::string_view host = address.substr(0, address.find_first_of(":/"));
    return host == "localhost" ||
           (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

Result<void> join(cli::Program& program, const std::string& address, const std::string& code,
                  const std::string& certificate_file) {
    if (!is_proven_or_here(address)) return refuse("platform_address_open", {{"address", address}});
    const auto certificate = certificate_in(certificate_file);
    if (!certificate) return tl::make_unexpected(certificate.error());
    if (!certificate->empty() && !address.starts_with("https://")) return refuse("certificate_unused");
    if (!std::filesystem::exists(program.folder() / "keys/master.key"))
        if (auto made = desk::Home::create(program.folder(), false); !made)
            return tl::make_unexpected(made.error());
    desk::Home& home = program.home();
    const auto key = home.next_node_key();
    if (!key) return tl::make_unexpected(key.error());
    client::HttpTransport transport(address, client::HttpTransport::Patience{}, *certificate);
    const auto joined =
        client::enrol(home.store().log(), {&transport, *key, &home.clock(), &home.random()}, code);
    if (!joined) return tl::make_unexpected(joined.error());
    if (auto used = home.use_next_node_key(); !used) return used;
    home.store().log().set_note(kPlatform, address);
    home.store().log().set_note(store::kPlatformCertificate, *certificate);
    program.print(joined->school_name + " " + joined->school + ", node " + std::to_string(joined->number),
                  {{"school", joined->school}, {"name", joined->school_name}, {"node", joined->number}});
    return {};
}

Result<void> courier_write(cli::Program& program, const std::string& folder) {
    const auto post = link::post_of(program.home());
    if (!post) return tl::make_unexpected(post.error());
    const auto written = client::write_parcels(client::SyncedParts::of(*post->store), post->world, folder);
    if (!written) return tl::make_unexpected(written.error());
    program.print(program.speech().say("courier.written", {{"events", std::to_string(written->events)},
                                                           {"pictures", std::to_string(written->pictures)},
                                                           {"files", std::to_string(written->files)}}),
                  {{"events", written->events}, {"pictures", written->pictures}, {"files", written->files}});
    return {};
}

Result<void> courier_read(cli::Program& program, const std::string& folder) {
    const auto post = link::post_of(program.home());
    if (!post) return tl::make_unexpected(post.error());
    const auto read = client::read_parcels(client::SyncedParts::of(*post->store), post->world, folder);
    return read ? tell(program, *read) : tl::make_unexpected(read.error());
}

Result<void> balance(cli::Program& program, const std::string& day) {
    const auto asked =
        day.empty() ? std::optional(day_in_china(program.home().clock().now())) : day_from_iso(day);
    if (!asked) return refuse("day_wrong", {{"day", day}});
    const store::Balance b = program.home().store().balances().of(*asked);
    program.print(desk::balance_in_words(b, program.speech()),
                  {{"day", to_iso(b.day)},
                   {"said", b.said},
                   {"accepted", b.accepted},
                   {"rejected", b.rejected},
                   {"quarantined", b.quarantined},
                   {"waiting", b.waiting},
                   {"sent", b.sent},
                   {"printed", b.printed},
                   {"returned", b.returned},
                   {"voided", b.voided},
                   {"closed", b.closed.ms > 0 ? to_iso(b.closed) : ""},
                   {"missing", b.missing}});
    if (!b.missing.empty()) return refuse("balance_open", {{"row", b.missing}});
    return {};
}

// At the end of the night's sync where no window does it by itself.
Result<void> close_day(cli::Program& program) {
    desk::Home& home = program.home();
    home.store().balances().close(day_in_china({home.clock().now().ms - kDay}));
    return {};
}

void add_courier_commands(cli::Program& program) {
    auto folder = std::make_shared<std::string>();
    CLI::App* courier = program.app().add_subcommand("courier", "Sync by a stick, where the line is dead");
    courier->require_subcommand(1);
    CLI::App* write = program.command(*courier, "write", "Write what waits, for the platform",
                                      [=, &program] { return courier_write(program, *folder); });
    CLI::App* read = program.command(*courier, "read", "Take the platform's answers",
                                     [=, &program] { return courier_read(program, *folder); });
    for (CLI::App* command : {write, read})
        command->add_option("FOLDER", *folder)->required()->check(CLI::ExistingDirectory);
}

void add_balance_command(cli::Program& program) {
    auto day = std::make_shared<std::string>();
    CLI::App* command = program.command(program.app(), "balance",
                                        "What was said, printed, returned and sent on a day (today)",
                                        [=, &program] { return balance(program, *day); });
    command->add_option("DAY", *day, "2026-11-23");
}

void add_sync_commands(cli::Program& program) {
    auto watch = std::make_shared<bool>(false), once = std::make_shared<bool>(false),
         night = std::make_shared<bool>(false), compare = std::make_shared<bool>(false);
    CLI::App* sync =
        program.command(program.app(), "sync", "Bring everything to the platform and take what is new",
                        [=, &program]() -> Result<void> {
                            if (*watch) return sync_watch(program);
                            auto done = sync_once(program, *compare || *night);
                            return done && *night ? close_day(program) : done;
                        });
    sync->add_flag("--once", *once, "One round (the usual)");
    sync->add_flag("--watch", *watch, "Go on until stopped");
    sync->add_flag("--compare", *compare, "Compare all rows with the platform's, too");
    sync->add_flag("--night", *night, "One round, compare, and close the day before");
    sync->require_subcommand(0, 1);
    program.command(*sync, "status", "What waits, since when, and why",
                    [&program] { return sync_status(program); });
    auto address = std::make_shared<std::string>();
    auto code = std::make_shared<std::string>(), certificate = std::make_shared<std::string>();
    CLI::App* joining =
        program.command(program.app(), "join",
                        "Join a platform with a one-time code; an empty home becomes a node of its school",
                        [=, &program] { return join(program, *address, *code, *certificate); });
    joining->add_option("ADDRESS", *address, "https://host:port, or http:// on this machine")->required();
    joining->add_option("CODE", *code, "From wangqian-platform admin enrol-code")->required();
    joining->add_option("--certificate", *certificate,
                        "PEM file that proves the platform, where no public authority does");
}

}  // namespace

int main(int argc, char** argv) {
    cli::Program program(std::cout, std::cerr);
    add_sync_commands(program);
    add_courier_commands(program);
    add_balance_command(program);
    return program.run(argc, argv);
}
