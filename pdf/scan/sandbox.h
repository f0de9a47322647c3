// The cage of the process that decodes one foreign file: what it may ask of the kernel from here on. Linux
// only (seccomp). Not for the programs themselves.
#pragma once

#include <cstddef>

namespace wq::scan {

struct CageLimits {
    std::size_t memory;  // bytes of address space
    int cpu_seconds, life_seconds;
    int kept;  // a descriptor that it can't close: its other end hears when the process is dead
};

// From here on the process can read and write what is open and use its memory; it opens nothing (that fails
// with EACCES), and whatever else it asks (network, programs, other processes, executable memory) ends it.
// When a clock runs out SIGXCPU or SIGALRM comes, and a second later SIGKILL. False: it stands as it was, or
// half caged, and must not decode.
bool enter_cage(const CageLimits& limits);

}  // namespace wq::scan
