// wangqian-scanner: the scanner's program. Started by kiosk/devices/scanner.cpp, to which it tells pages over
// its pipe (wire.h); not for people, who have wangqian scan and scanimage.
//   wangqian-scanner list
//   wangqian-scanner scan DEVICE anywhere|glass|feeder DPI [NAME=VALUE]...
#include "kiosk/devices/sane_scanner.h"
#include "kiosk/devices/wire.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>

namespace {

using namespace wq;
using namespace wq::devices;

std::atomic<const SaneScanner*> under_way{nullptr};

// sane_cancel may be called from a handler (SANE standard 1.06, 4.3.12).
void cancel(int) {
    if (const SaneScanner* scanner = under_way.exchange(nullptr)) return scanner->cancel();
    std::_Exit(0);
}

Result<ScanOrder> order_of(int argc, char** argv) {
    ScanOrder order;
    const std::string from = argv[3];
    order.from = from == "glass"    ? PaperFrom::glass
                 : from == "feeder" ? PaperFrom::feeder
                                    : PaperFrom::anywhere;
    order.dpi = std::atoi(argv[4]);
    for (int i = 5; i < argc; ++i) {
        const std::string option = argv[i];
        const std::size_t equals = option.find('=');
        if (equals == std::string::npos)
            return refuse("scanner_option_wrong", {{"option", option}, {"value", ""}});
        order.options.emplace_back(option.substr(0, equals), option.substr(equals + 1));
    }
    return order;
}

Result<void> scan_all(Wire& wire, int argc, char** argv) {
    const auto order = order_of(argc, argv);
    if (!order) return tl::make_unexpected(order.error());
    auto scanner = SaneScanner::open(argv[2]);
    if (!scanner) return tl::make_unexpected(scanner.error());
    under_way = &*scanner;
    auto done = scanner->scan(
        *order, [&](const scan::Picture& page) { return wire.picture(page) && under_way.load(); },
        [&] {
            if (!wire.alive()) scanner->cancel();
        });
    const bool cancelled = !under_way.exchange(nullptr);
    return cancelled ? Result<void>() : done;
}

}  // namespace

int main(int argc, char** argv) {
    Wire wire;
    std::signal(SIGTERM, cancel);
    std::signal(SIGINT, cancel);
    const std::string command = argc > 1 ? argv[1] : "";
    if (sane_init(nullptr, nullptr) != SANE_STATUS_GOOD) return 3;
    int exit = 0;
    if (command == "list") {
        for (const std::string& line : list_devices()) wire.device(line);
    } else if (command == "scan" && argc >= 5) {
        if (const auto done = scan_all(wire, argc, argv); !done) wire.refusal(done.error().code);
    } else {
        exit = 2;
    }
    sane_exit();
    return exit;
}
