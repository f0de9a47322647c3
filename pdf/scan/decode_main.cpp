// wangqian-decode: pictures of foreign files, for the programs (decoder.cpp starts it; nobody calls it by
// hand). It reads no foreign byte itself: for each request it forks a child, which goes into its cage
// (sandbox.h), decodes one file and ends. What a file breaks, it breaks there, for itself alone.
#include "pdf/scan/prepared_files.h"
#include "pdf/scan/readers.h"
#include "pdf/scan/sandbox.h"

#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <new>
#include <optional>
#include <utility>

namespace {

using namespace wq::scan;

constexpr int kRequests = 3;  // the socket that the program hands over
constexpr std::size_t kDescriptors = 3;

struct Order {
    DecodeRequest request;
    int file = -1, canvas = -1, answers = -1;
};

// Nothing when the program has gone.
std::optional<Order> next_order() {
    Order order;
    iovec bytes{&order.request, sizeof order.request};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(kDescriptors * sizeof(int))> room{};
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    message.msg_control = room.data();
    message.msg_controllen = room.size();
    if (recvmsg(kRequests, &message, MSG_CMSG_CLOEXEC) != sizeof order.request) return std::nullopt;
    const cmsghdr* head = CMSG_FIRSTHDR(&message);
    if (!head || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(kDescriptors * sizeof(int)))
        return std::nullopt;
    std::array<int, kDescriptors> descriptors{};
    std::memcpy(descriptors.data(), CMSG_DATA(head), sizeof descriptors);
    order.file = descriptors[0], order.canvas = descriptors[1], order.answers = descriptors[2];
    return order;
}

int answers = -1;  // of the child; signal handlers have nothing else

void tell(const DecodeAnswer& answer) { (void)!write(answers, &answer, sizeof answer); }

[[noreturn]] void end_refused(Trouble why) {
    tell({.told = Told::refused, .trouble = why});
    _exit(0);
}

[[noreturn]] void end_costly() { end_refused({Cause::too_costly}); }
void on_clock(int) { end_costly(); }

std::span<std::uint8_t> mapped(int descriptor, int protection, int flags) {
    struct stat status {};
    if (fstat(descriptor, &status) != 0 || status.st_size == 0) return {};
    const auto size = static_cast<std::size_t>(status.st_size);
    void* at = mmap(nullptr, size, protection, flags, descriptor, 0);
    if (at == MAP_FAILED) return {};
    return {static_cast<std::uint8_t*>(at), size};
}

// The page is read, and another one wanted.
bool is_taken() {
    char go_on = 0;
    return read(answers, &go_on, 1) == 1;
}

[[noreturn]] void serve(const Order& order) {
    close(kRequests);
    answers = order.answers;
    const auto file = mapped(order.file, PROT_READ, MAP_PRIVATE);
    Canvas canvas(mapped(order.canvas, PROT_READ | PROT_WRITE, MAP_SHARED));
    close(order.file);
    close(order.canvas);
    std::signal(SIGXCPU, on_clock);
    std::signal(SIGALRM, on_clock);
    std::set_new_handler(end_costly);
    const bool has_files = use_prepared_only();
    const DecodeLimits most, &asked = order.request.limits;
    if (!has_files || !enter_cage({.memory = std::min(asked.memory, most.memory),
                                   .cpu_seconds = std::clamp(asked.cpu_seconds, 1, most.cpu_seconds),
                                   .life_seconds = std::clamp(asked.life_seconds, 1, most.life_seconds),
                                   .kept = answers}))
        end_refused({Cause::unprotected});
    tell({.told = Told::begun});
    const auto pages = decode(file, order.request, canvas, [](const Canvas& page, int whole) {
        tell({.told = Told::page,
              .width = page.width(),
              .height = page.height(),
              .pages = whole,
              .dpi = page.dpi()});
        return is_taken();
    });
    if (!pages) end_refused(pages.error());
    tell({.told = Told::end, .pages = *pages});
    _exit(0);
}

void prepare(const DecodeRequest& request) {
    static bool prepared = false;
    if (request.kind != FileKind::pdf || request.has_own_fonts || std::exchange(prepared, true)) return;
    start_preparing();
    prepare_pdf();
}

}  // namespace

int main() {
    close_range(kRequests + 1, ~0U, 0);  // whatever a program left open to its children
    std::signal(SIGCHLD, SIG_IGN);       // nobody waits for them
    // A service that is stopped signals all its processes; the program still wants its pages, and ends this
    // one by closing the socket.
    for (const int ending : {SIGINT, SIGTERM, SIGHUP}) std::signal(ending, SIG_IGN);
    while (const auto order = next_order()) {
        prepare(order->request);
        if (fork() == 0) serve(*order);
        close(order->file);
        close(order->canvas);
        close(order->answers);
    }
}
