#include "data/base/utf8.h"
#include "kiosk/cli/program.h"
#include "kiosk/desk/conveyor.h"
#include "kiosk/desk/machine.h"
#include "kiosk/desk/returning.h"
#include "kiosk/desk/set_up.h"
#include "kiosk/devices/camera.h"
#include "kiosk/devices/scanner.h"
#include "kiosk/devices/watched_folder.h"

#include <signal.h>

#include <array>
#include <cstdio>
#include <ostream>

namespace wq::cli {
namespace {

namespace fs = std::filesystem;

nlohmann::json boxes_json(std::string_view boxes) {
    nlohmann::json json = nlohmann::json::array();
    for (std::string_view box : split(boxes, ';')) {
        std::array<double, 4> mm{};
        if (std::sscanf(std::string(box).c_str(), "%lf,%lf,%lf,%lf", &mm[0], &mm[1], &mm[2], &mm[3]) == 4)
            json.push_back(mm);
    }
    return json;
}

// Yes and no as booleans ("unsure" stays a word), counts as numbers, changes and what could not be compared
// as boxes [x, y, width, height] in mm.
nlohmann::json checks_json(const domain::Form& checks) {
    nlohmann::json json = nlohmann::json::object();
    for (const auto& [key, value] : checks) {
        if (key == "changes" || key.ends_with("_boxes")) continue;
        if (value == "yes" || value == "no")
            json[key] = value == "yes";
        else if (key == "seals")
            json[key] = std::stoi(value);
        else
            json[key] = value;
    }
    if (!checks.contains("changes")) return json;
    json["changes"] = boxes_json(domain::value_of(checks, "change_boxes"));
    json["unsure"] = boxes_json(domain::value_of(checks, "unsure_boxes"));
    return json;
}

nlohmann::json json_of(const desk::PageResult& result) {
    nlohmann::json json = {{"file", result.source},
                           {"page", result.page_in_file},
                           {"code", {{"valid", result.page > 0}}},
                           {"checks", checks_json(result.checks)},
                           {"result", desk::name_of(result.outcome)},
                           {"missing", result.missing},
                           {"reason", result.why ? result.why->code : ""}};
    if (result.page > 0) {
        json["registration"] = to_text(result.registration);
        json["code"].update({{"number", result.number},
                             {"revision", result.revision},
                             {"page", result.page},
                             {"of", result.pages}});
    }
    if (result.likely) json["likely"] = {{"number", result.likely->number}, {"page", result.likely->page}};
    return json;
}

void tell_page(Program& program, const desk::PageResult& result) {
    const std::string why = result.why ? "  " + result.why->code + ": " + program.speech()(*result.why) : "";
    program.print(result.source + "#" + std::to_string(result.page_in_file) + "  " +
                      std::string(desk::name_of(result.outcome)) + "  " + result.number + " " +
                      std::to_string(result.page) + "/" + std::to_string(result.pages) + why,
                  json_of(result));
    program.out().flush();  // whoever watches sees each page as it comes
}

// Ctrl-C and a service's end are left to whoever waits for them, in all threads that are made from here on.
class BlockedSignals {
  public:
    BlockedSignals() { pthread_sigmask(SIG_BLOCK, &ending(), &before_); }
    ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    static const sigset_t& ending() {
        static const sigset_t signals = [] {
            sigset_t both;
            sigemptyset(&both);
            sigaddset(&both, SIGINT);
            sigaddset(&both, SIGTERM);
            return both;
        }();
        return signals;
    }

  private:
    sigset_t before_{};
};

// They stop the batch between two pages.
class EndBySignal {
  public:
    explicit EndBySignal(desk::Conveyor& conveyor)
        : thread_([&conveyor](const std::stop_token& stop) {
              const timespec look{0, 100'000'000};
              while (!stop.stop_requested())
                  if (sigtimedwait(&BlockedSignals::ending(), nullptr, &look) > 0) conveyor.stop();
          }) {}

  private:
    std::jthread thread_;
};

struct ScanOptions {
    std::vector<fs::path> paths;
    fs::path watch;
    int quiet_ms = 2000;
    devices::ScannerChoice scanner;
    CLI::Option* by_scanner = nullptr;
    devices::CameraChoice camera{""};

    bool by_device() const { return by_scanner->count() > 0 || !camera.device.empty(); }
    int sources() const {
        return !paths.empty() + !watch.empty() + (by_scanner->count() > 0) + !camera.device.empty();
    }
    bool dry_run = false;
    unsigned jobs = 0;
};

std::unique_ptr<devices::PageSource> source_of(const ScanOptions& options) {
    if (!options.watch.empty())
        return std::make_unique<devices::WatchedFolder>(options.watch,
                                                        std::chrono::milliseconds(options.quiet_ms));
    if (options.by_scanner->count() > 0) return std::make_unique<devices::ScannerPages>(options.scanner);
    if (!options.camera.device.empty()) return std::make_unique<devices::CameraPages>(options.camera);
    return std::make_unique<devices::FilePages>(options.paths);
}

Result<void> scan_pages(Program& program, const ScanOptions& options) {
    if (options.sources() != 1)
        throw CLI::RequiredError("PATH, --watch, --scanner or --camera, one of them,");
    desk::Returning returning(program.home(), program.paper(), options.dry_run);
    const BlockedSignals blocked;  // before any thread is made
    desk::Conveyor conveyor(source_of(options), options.jobs);
    const EndBySignal end(conveyor);
    Result<void> done;
    while (const auto file = conveyor.next()) {
        const auto results = returning.take(*file, desk::operator_actor());
        if (!options.dry_run) conveyor.settle(file->name, desk::all_kept(results));
        for (const desk::PageResult& result : results) tell_page(program, result);
        // A device's refusal is the command's; a file's is that file's.
        if (file->why && options.by_device()) done = tl::make_unexpected(*file->why);
    }
    return done;
}

Result<void> list_tray(Program& program) {
    for (const store::TrayItem& item : program.home().store().returns().tray()) {
        nlohmann::json json = {{"item", item.id},
                               {"source", item.source},
                               {"reason", item.reason},
                               {"received", to_iso(item.received)},
                               {"picture", to_hex(item.picture.hash)}};
        std::string text = std::to_string(item.id) + "  " + item.source + "  " + item.reason + "  " +
                           shown_time(item.received);
        if (!item.likely_number.empty()) {
            json["likely"] = {{"number", item.likely_number}, {"page", item.likely_page}};
            text += "  " + program.speech().say("tray.likely", {{"number", item.likely_number},
                                                                {"page", std::to_string(item.likely_page)}});
        }
        program.print(text, json);
    }
    return {};
}

void add_tray(Program& program) {
    CLI::App* tray = program.command(program.app(), "tray", "Pages that wait for a person",
                                     [&program] { return list_tray(program); });
    tray->require_subcommand(0, 1);
    auto item = std::make_shared<std::int64_t>(0);
    auto number = std::make_shared<std::string>();
    auto page = std::make_shared<int>(0);
    CLI::App* assign = program.command(
        *tray, "assign", "This is page PAGE of the agreement NUMBER; without them: it is what it seems to be",
        [=, &program]() -> Result<void> {
            desk::Returning returning(program.home(), program.paper());
            return returning.assign(*item, *number, *page, desk::operator_actor())
                .map([&](const desk::PageResult& result) { tell_page(program, result); });
        });
    assign->add_option("ITEM", *item)->required();
    CLI::Option* whose = assign->add_option("NUMBER", *number);
    whose->needs(assign->add_option("PAGE", *page));
    program
        .command(*tray, "dismiss", "It was looked at and is of no use",
                 [=, &program]() -> Result<void> { return program.home().store().returns().settle(*item); })
        ->add_option("ITEM", *item)
        ->required();
}

void add_scan(Program& program) {
    auto options = std::make_shared<ScanOptions>();
    CLI::App* scan = program.command(program.app(), "scan",
                                     "Take returned pages: pictures, PDFs and folders of them, a folder "
                                     "watched until Ctrl-C, a scanner or a camera",
                                     [=, &program] { return scan_pages(program, *options); });
    scan->add_option("PATH", options->paths);
    scan->add_option("--watch", options->watch,
                     "Each file of this folder once it is whole; then it goes to taken/ or refused/ in it");
    scan->add_option("--quiet-ms", options->quiet_ms, "How long a file must not have grown")
        ->check(CLI::Range(1, 600'000))
        ->capture_default_str();
    options->by_scanner = scan->add_option("--scanner", options->scanner.device,
                                           "A scanner as `wangqian scanners` names it, or auto");
    scan->add_option("--from", options->scanner.from)->check(CLI::IsMember({"anywhere", "glass", "feeder"}));
    scan->add_option("--dpi", options->scanner.dpi)->check(CLI::Range(75, 1200))->capture_default_str();
    scan->add_option("--option", options->scanner.options, "NAME=VALUE, an option of the scanner's own")
        ->allow_extra_args(false);
    scan->add_option("--camera", options->camera.device,
                     "A document camera: 0, /dev/video0, or pictures as DIR/%03d.jpg; until Ctrl-C");
    scan->add_option("--jobs", options->jobs, "Pages read at once; else one for each core")
        ->check(CLI::Range(1, 64));
    scan->add_flag("--dry-run", options->dry_run, "Tell, keep nothing");
}

Result<void> list_scanners(Program& program) {
    const auto found = devices::find_scanners();
    if (!found) return tl::make_unexpected(found.error());
    for (const devices::ScannerFound& scanner : *found)
        program.print(scanner.device + "   " + scanner.name,
                      {{"device", scanner.device}, {"name", scanner.name}});
    return {};
}

}  // namespace

void add_scan_commands(Program& program) {
    add_scan(program);
    add_tray(program);
    program.command(program.app(), "scanners", "The scanners that are found here",
                    [&program] { return list_scanners(program); });
}

}  // namespace wq::cli
