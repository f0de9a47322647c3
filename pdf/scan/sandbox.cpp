#include "pdf/scan/sandbox.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wq::scan {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kMachine = AUDIT_ARCH_AARCH64;
#else
#error "the sandbox does not know this machine's calls"
#endif

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kIsInstrumented = true;  // shadow memory takes terabytes of addresses
#else
constexpr bool kIsInstrumented = false;
#endif

constexpr int kAllowed[] = {
    SYS_read,        SYS_write,          SYS_pread64,      SYS_lseek,         SYS_dup,   SYS_fstat,
    SYS_brk,         SYS_munmap,         SYS_mremap,       SYS_madvise,       SYS_futex, SYS_exit,
    SYS_gettid,      SYS_getpid,         SYS_sysinfo,      SYS_clock_gettime, SYS_uname, SYS_exit_group,
    SYS_getrandom,   SYS_gettimeofday,   SYS_rt_sigreturn, SYS_sched_yield,
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    SYS_sigaltstack, SYS_rt_sigprocmask, SYS_rt_sigaction, SYS_mprotect,      SYS_mmap,  SYS_readlink,
#endif
};

// Libraries look whether a file is there and do without it.
constexpr int kInVain[] = {
    SYS_openat, SYS_readlinkat, SYS_faccessat,  SYS_statfs,   SYS_fstatfs,  SYS_getcwd,
    SYS_ioctl,  SYS_statx,      SYS_getdents64, SYS_unlinkat,
#if defined(__x86_64__)
    SYS_open,   SYS_stat,       SYS_lstat,      SYS_access,   SYS_readlink, SYS_unlink,
#endif
};

using Filter = std::vector<sock_filter>;

void add(Filter& filter, sock_filter step) { filter.push_back(step); }

void answer(Filter& filter, int call, std::uint32_t what) {
    add(filter, BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
    add(filter, BPF_STMT(BPF_RET | BPF_K, what));
}

constexpr std::uint32_t argument(std::size_t number) {
    return static_cast<std::uint32_t>(offsetof(seccomp_data, args) + number * sizeof(std::uint64_t));
}

// The descriptor that stays is closed in vain.
void allow_close(Filter& filter, int kept) {
    add(filter, BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_close, 0, 4));
    add(filter, BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument(0)));
    add(filter, BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(kept), 1, 0));
    add(filter, BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    add(filter, BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES));
}

// The call with this value of one argument; with others in vain.
void allow_only(Filter& filter, int call, std::size_t number, std::uint32_t value) {
    add(filter, BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 4));
    add(filter, BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument(number)));
    add(filter, BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
    add(filter, BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    add(filter, BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES));
}

// The call with memory whose protection is its third argument: only where nobody wants to run it.
void allow_data(Filter& filter, int call) {
    add(filter, BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 4));
    add(filter, BPF_STMT(BPF_LD | BPF_W | BPF_ABS, argument(2)));
    add(filter, BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1));
    add(filter, BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    add(filter, BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
}

Filter made(int kept) {
    Filter filter;
    add(filter, BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)));
    add(filter, BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kMachine, 1, 0));
    add(filter, BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    add(filter, BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
    for (const int call : kAllowed) answer(filter, call, SECCOMP_RET_ALLOW);
    for (const int call : kInVain) answer(filter, call, SECCOMP_RET_ERRNO | EACCES);
    allow_close(filter, kept);
    allow_only(filter, SYS_fcntl, 1, F_GETFL);  // fdopen asks; setting an owner would send signals to others
    allow_only(filter, SYS_newfstatat, 3, AT_EMPTY_PATH);  // fstat, as the C library does it
    allow_data(filter, SYS_mmap);
    allow_data(filter, SYS_mprotect);
    add(filter, BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    return filter;
}

bool limit(int what, rlim_t soft, rlim_t hard) {
    const rlimit both{soft, hard};
    return setrlimit(static_cast<__rlimit_resource>(what), &both) == 0;
}

}  // namespace

bool enter_cage(const CageLimits& limits) {
    const auto cpu = static_cast<rlim_t>(limits.cpu_seconds);
    const bool limited = (kIsInstrumented || limit(RLIMIT_AS, limits.memory, limits.memory)) &&
                         limit(RLIMIT_CPU, cpu, cpu + 1) && limit(RLIMIT_FSIZE, 0, 0) &&
                         limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_NOFILE, 64, 64);
    if (!limited) return false;
    alarm(static_cast<unsigned>(limits.life_seconds));
    Filter filter = made(limits.kept);
    const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace wq::scan
