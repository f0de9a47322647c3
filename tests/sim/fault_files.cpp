// The files beside the databases (pictures, parts of uploads, keys) on simulated disks. The calls that
// data/os makes of the system are turned here by the linker (--wrap), so that the programs need no seam; the
// files themselves are real.
#include "data/os/files.h"
#include "tests/sim/disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <map>

namespace {

using wq::sim::Disk;
using wq::sim::Trouble;

std::map<int, std::filesystem::path>& open_files() {
    static std::map<int, std::filesystem::path> files;
    return files;
}

bool may_change(Disk* disk) {
    const Trouble trouble = disk ? disk->step() : Trouble::none;
    if (trouble != Trouble::none) errno = trouble == Trouble::full ? ENOSPC : EIO;
    return trouble == Trouble::none;
}

// The file that is open there, where it lies on a simulated disk.
const std::filesystem::path* simulated(int fd) {
    const auto at = open_files().find(fd);
    return at == open_files().end() ? nullptr : &at->second;
}

}  // namespace

extern "C" {

int __real_open(const char* path, int flags, ...);
int __real_close(int fd);
ssize_t __real_write(int fd, const void* from, size_t size);
int __real_fsync(int fd);
int __real_rename(const char* from, const char* to);
int __real_unlink(const char* path);

int __wrap_open(const char* path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    const mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
    va_end(list);
    Disk* disk = Disk::of(path);
    if ((flags & (O_WRONLY | O_RDWR)) && !may_change(disk)) return -1;
    const int fd = __real_open(path, flags, mode);
    if (disk && fd >= 0) open_files()[fd] = path;
    return fd;
}

int __wrap_close(int fd) {
    open_files().erase(fd);
    return __real_close(fd);
}

ssize_t __wrap_write(int fd, const void* from, size_t size) {
    const auto* file = simulated(fd);
    if (!file) return __real_write(fd, from, size);
    if (!may_change(Disk::of(*file))) return -1;
    Disk::of(*file)->note_written(*file);
    return __real_write(fd, from, size);
}

int __wrap_fsync(int fd) {
    const auto* file = simulated(fd);
    if (!file) return __real_fsync(fd);
    if (!may_change(Disk::of(*file))) return -1;
    Disk::of(*file)->note_synced(*file);
    return 0;
}

int __wrap_rename(const char* from, const char* to) {
    Disk* disk = Disk::of(to);
    if (!may_change(disk)) return -1;
    std::optional<wq::Bytes> before;
    if (auto old = disk ? wq::os::read_file(to) : wq::Result<wq::Bytes>(wq::refuse("file_missing")))
        before = std::move(*old);
    const int done = __real_rename(from, to);
    if (disk && done == 0) disk->note_renamed(from, to, std::move(before));
    return done;
}

int __wrap_unlink(const char* path) {
    Disk* disk = Disk::of(path);
    return may_change(disk) ? __real_unlink(path) : -1;
}
}
