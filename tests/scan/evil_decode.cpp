// In the place of the readers: what a file might make a broken library do. Linked with the real child's main,
// so that cage and talk are the real ones.
#include "pdf/scan/readers.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <map>
#include <string>

namespace wq::scan {
namespace {

volatile int* volatile nowhere = nullptr;

// "locked" stands for: it was tried and did not work.
Trouble tried(bool worked) { return {worked ? Cause::page_missing : Cause::locked}; }

void say(DecodeAnswer answer) {
    for (int descriptor = 3; descriptor < 16; ++descriptor) (void)!write(descriptor, &answer, sizeof answer);
}

[[noreturn]] void spin() {
    for (;;) (void)!nowhere;  // a volatile look, so that the loop is one
}

Trouble sleep_for_ever() {
    int word = 0;
    for (;;) syscall(SYS_futex, &word, FUTEX_WAIT, 0, nullptr, nullptr, 0);
}

Trouble eat() {
    for (;;) std::memset(new char[std::size_t{1} << 24], 1, std::size_t{1} << 24);
}

Trouble call_out() { return tried(socket(AF_INET, SOCK_STREAM, 0) >= 0); }
Trouble start_shell() {
    char shell[] = "/bin/sh";
    char* arguments[] = {shell, nullptr};
    return tried(execve(shell, arguments, nullptr) == 0);
}
Trouble signal_others() { return tried(kill(getppid(), SIGTERM) == 0); }
Trouble signal_by_descriptor() { return tried(fcntl(1, F_SETOWN, getpid()) == 0); }
Trouble open_directly() { return tried(syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY) >= 0); }
Trouble open_by_library() { return tried(open("/etc/passwd", O_RDONLY) >= 0); }
Trouble run_data() {
    return tried(mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                      0) != MAP_FAILED);
}
Trouble trace() { return tried(syscall(SYS_ptrace, 0, 0, 0, 0) == 0); }
Trouble fork_more() { return tried(fork() >= 0); }
Trouble crash() {
    *nowhere = 1;
    return {};
}
Trouble lie(const DecodeAnswer& answer) {
    say(answer);
    return {Cause::locked};
}

const std::map<std::string, Trouble (*)(), std::less<>>& deeds() {
    static const std::map<std::string, Trouble (*)(), std::less<>> kDeeds = {
        {"crash", crash},
        {"hide",
         [] {  // it seems gone, and holds the memory of the next file's page
             for (int descriptor = 3; descriptor < 16; ++descriptor) close(descriptor);
             return sleep_for_ever();
         }},
        {"abort", [] { return std::abort(), Trouble{}; }},
        {"spin", [] { return spin(), Trouble{}; }},
        {"sleep", sleep_for_ever},
        {"eat", eat},
        {"call out", call_out},
        {"start a shell", start_shell},
        {"fork", fork_more},
        {"signal others", signal_others},
        {"signal by descriptor", signal_by_descriptor},
        {"open", open_by_library},
        {"open directly", open_directly},
        {"run data", run_data},
        {"trace", trace},
        {"huge page",
         [] {
             return lie({Told::page, {}, 1 << 20, 1 << 20, 1, 0});
         }},
        {"page of nothing",
         [] {
             return lie({Told::page, {}, -1, 1, 1, 0});
         }},
        {"no such answer",
         [] {
             return lie({static_cast<Told>(77), {}, 1, 1, 1, 0});
         }},
        {"no such cause", [] {
             return lie({Told::refused, {static_cast<Cause>(77), std::numeric_limits<double>::quiet_NaN()}});
         }}};
    return kDeeds;
}

}  // namespace

constexpr const char* kPrepared = "/proc/self/exe";

void prepare_pdf() { close(open(kPrepared, O_RDONLY)); }

Decoded<int> decode(ByteView file, const DecodeRequest&, Canvas& canvas, const Give& give) {
    const auto deed = deeds().find(text_of(file));
    if (deed != deeds().end()) return tl::make_unexpected(deed->second());
    if (text_of(file) == "no page") return 1;
    const bool endless = text_of(file) == "endless", reads = text_of(file).starts_with("read on");
    const int prepared = reads ? open(kPrepared, O_RDONLY) : -1;
    Bytes begins(file.size());
    if (reads && read(prepared, begins.data(), begins.size()) < 0) return trouble(Cause::page_missing);
    do {
        const auto place = canvas.lay(2, 1, std::numeric_limits<double>::infinity());
        std::memset(*place, 7, 6);
    } while (give(canvas, 1) && endless);
    const auto place = static_cast<off_t>(file.size());
    if (reads && lseek(prepared, 0, SEEK_CUR) != place) return trouble(Cause::locked);
    return 1;
}

}  // namespace wq::scan
