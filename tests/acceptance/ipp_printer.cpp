#include "tests/acceptance/ipp_printer.h"

#include "data/os/files.h"

#include <boost/test/unit_test.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace wq::acceptance {

namespace fs = std::filesystem;

namespace {

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    BOOST_REQUIRE(::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0);
    BOOST_REQUIRE(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    ::close(socket);
    return ntohs(address.sin_port);
}

constexpr const char* kBus =
    R"(<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=@/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>
)";

// Pages come out one by one. Before a page that it breaks at it says why and waits; a job that is cancelled
// meanwhile is dropped, as printers do.
constexpr const char* kPress = R"(#!/bin/sh
cd @ || exit 1
env | grep ^IPP_ | sort > asked
cp "$1" "documents/$(ls documents | wc -l).pdf"
[ -e fails ] && { echo "ERROR: the press gave up" >&2; exit 1; }
pages=$(pdfinfo "$1" | sed -n 's/^Pages: *//p')
page=1
while [ "$page" -le $((pages + 1)) ]; do
  if [ -e "break-$page" ]; then
    reason=$(cat "break-$page")
    echo "STATE: +$reason" >&2
    touch waiting
    while [ -e "break-$page" ]; do
      kill -0 $PPID 2>/dev/null || exit 1
      if ipptool -t -d job=$IPP_JOB_ID # cancelled.test >/dev/null; then
        rm waiting
        echo "STATE: -$reason" >&2
        exit 0
      fi
      sleep 0.1
    done
    rm waiting
    echo "STATE: -$reason" >&2
  fi
  kill -0 $PPID 2>/dev/null || exit 1
  [ "$page" -gt "$pages" ] && exit 0
  echo "$page" >> pages
  echo "ATTR: job-impressions-completed=$page" >&2
  sleep 0.3
  page=$((page + 1))
done
)";

constexpr const char* kCancelled = R"({
OPERATION Get-Job-Attributes
GROUP operation-attributes-tag
ATTR charset attributes-charset utf-8
ATTR naturalLanguage attributes-natural-language en
ATTR uri printer-uri $uri
ATTR integer job-id $job
ATTR name requesting-user-name press
EXPECT job-state-reasons WITH-VALUE "processing-to-stop-point"
}
)";

constexpr const char* kAbilities = R"(ATTR keyword print-scaling-supported auto,fit,none
ATTR keyword print-color-mode-supported auto,monochrome
ATTR keyword sides-supported one-sided,two-sided-long-edge
ATTR keyword media-supported iso_a4_210x297mm,na_letter_8.5x11in
ATTR mimeMediaType document-format-supported application/octet-stream,application/pdf
)";

std::string with(std::string text, char mark, const std::string& value) {
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; at += value.size())
        text.replace(at, 1, value);
    return text;
}

}  // namespace

IppPrinter::IppPrinter() : port_(free_port()) {
    const std::string folder = folder_.path().string();
    fs::create_directories(file("documents"));
    fs::create_directories(file("spool"));
    const std::string press = kPress;
    const std::size_t shebang = press.find('\n');
    os::write_file(file("bus.conf"), bytes_of(with(kBus, '@', folder)));
    os::write_file(file("press"), bytes_of(press.substr(0, shebang) +
                                           with(with(press.substr(shebang), '#', uri()), '@', folder)));
    os::write_file(file("cancelled.test"), bytes_of(kCancelled));
    os::write_file(file("abilities"), bytes_of(kAbilities));
    fs::permissions(file("press"), fs::perms::owner_all);
    bus_ = std::make_unique<e2e::Process>(
        std::vector<std::string>{"dbus-daemon", "--config-file=" + file("bus.conf").string(), "--nofork"},
        e2e::Environment{}, file("bus.log"));
    e2e::wait_for("the message bus", 20, [&] { return fs::exists(file("bus")); });
    start();
}

// First the printer: it takes the loss of its bus for a crash.
IppPrinter::~IppPrinter() {
    mend();
    wake();
    printer_.reset();
    bus_.reset();
}

void IppPrinter::start() {
    printer_ = std::make_unique<e2e::Process>(
        std::vector<std::string>{"ippeveprinter", "-r", "off", "-n", "localhost", "-p", std::to_string(port_),
                                 "-a", file("abilities").string(), "-c", file("press").string(), "-d",
                                 file("spool").string(), "Printer"},
        e2e::Environment{{"DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + file("bus").string()}},
        file("printer.log"));
    e2e::wait_for("the printer", 20, [&] {
        return devices::CupsPrinter(uri(), false, kHasty).state() == devices::PrinterState::ready;
    });
}

void IppPrinter::break_before(int page, const std::string& reason) {
    os::write_file(folder_.path() / ("break-" + std::to_string(page)), bytes_of(reason));
}

void IppPrinter::mend(int page) {
    const std::string broken = "break-" + (page == 0 ? "" : std::to_string(page));
    std::vector<fs::path> mended;
    for (const auto& entry : fs::directory_iterator(folder_.path()))
        if (entry.path().filename().string().starts_with(broken)) mended.push_back(entry);
    for (const fs::path& file : mended) fs::remove(file);
}

void IppPrinter::fail() { os::write_file(file("fails"), {}); }
void IppPrinter::hang() { printer_->signal(SIGSTOP); }
void IppPrinter::wake() { printer_->signal(SIGCONT); }
void IppPrinter::kill() { printer_->kill(); }

bool IppPrinter::is_waiting() const { return fs::exists(file("waiting")); }

std::vector<Bytes> IppPrinter::documents() const {
    std::vector<Bytes> documents;
    for (int i = 0; fs::exists(folder_.path() / "documents" / (std::to_string(i) + ".pdf")); ++i)
        documents.push_back(*os::read_file(folder_.path() / "documents" / (std::to_string(i) + ".pdf")));
    return documents;
}

std::string IppPrinter::asked_for() const { return os::read_text(file("asked")).value_or(""); }

int IppPrinter::pages_out() const {
    const std::string pages = os::read_text(file("pages")).value_or("");
    return static_cast<int>(std::ranges::count(pages, '\n'));
}

}  // namespace wq::acceptance
