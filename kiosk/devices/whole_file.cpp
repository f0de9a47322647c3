#include "kiosk/devices/whole_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <mutex>

namespace wq::devices {

// A lease is only given where nobody has it open for writing.
bool is_being_written(const std::filesystem::path& file) {
    const int handle = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (handle < 0) return false;
    (void)::fcntl(handle, F_SETSIG,
                  SIGURG);  // who opens it meanwhile breaks the lease: not by a deadly signal
    const bool busy = ::fcntl(handle, F_SETLEASE, F_RDLCK) != 0 && errno == EAGAIN;
    if (!busy) (void)::fcntl(handle, F_SETLEASE, F_UNLCK);
    ::close(handle);
    return busy;
}

void wait_for(std::chrono::nanoseconds time, const std::stop_token& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any().wait_for(lock, stop, time, [] { return false; });
}

}  // namespace wq::devices
