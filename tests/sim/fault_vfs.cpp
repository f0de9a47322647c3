// SQLite's files on simulated disks: a VFS that is the process's default, so that stores and platform need
// no word of it. Paths that lie on no disk go to the system's own.
#include "tests/sim/disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace wq::sim {
namespace {

struct Handle {
    sqlite3_file base;
    Disk* disk;
    const std::string* name;
    DiskFile* file;
    Opened* opened;
};

sqlite3_vfs* system_vfs = nullptr;
Dice sqlite_dice{0};

Handle& handle_of(sqlite3_file* file) { return *reinterpret_cast<Handle*>(file); }

// The disk's answer as SQLite's; `other` where it is merely broken.
int code_of(Trouble trouble, int other) {
    switch (trouble) {
        case Trouble::none:
            return SQLITE_OK;
        case Trouble::full:
            return SQLITE_FULL;
        case Trouble::broken:
            return other;
    }
    return other;
}

bool others(const Handle& handle, auto holds) {
    return std::ranges::any_of(handle.file->opened,
                               [&](const Opened* other) { return other != handle.opened && holds(*other); });
}

int close(sqlite3_file* base) {
    Handle& handle = handle_of(base);
    std::erase(handle.file->opened, handle.opened);
    if (handle.file->opened.empty()) handle.file->shared_index.clear();
    delete handle.opened;
    delete handle.name;
    return SQLITE_OK;
}

int read(sqlite3_file* base, void* to, int size, sqlite3_int64 offset) {
    const Handle& handle = handle_of(base);
    if (handle.disk->is_dead()) return SQLITE_IOERR_READ;
    const Bytes& content = handle.file->content;
    const auto from = std::min(static_cast<std::size_t>(offset), content.size());
    const auto there = std::min(static_cast<std::size_t>(size), content.size() - from);
    std::memcpy(to, content.data() + from, there);
    std::memset(static_cast<char*>(to) + there, 0, static_cast<std::size_t>(size) - there);
    return there < static_cast<std::size_t>(size) ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

int write(sqlite3_file* base, const void* from, int size, sqlite3_int64 offset) {
    const Handle& handle = handle_of(base);
    const int code = code_of(handle.disk->step(), SQLITE_IOERR_WRITE);
    if (code == SQLITE_OK)
        handle.disk->write(*handle.name, static_cast<std::size_t>(offset),
                           {static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(size)});
    return code;
}

int truncate(sqlite3_file* base, sqlite3_int64 size) {
    const Handle& handle = handle_of(base);
    const int code = code_of(handle.disk->step(), SQLITE_IOERR_TRUNCATE);
    if (code == SQLITE_OK) handle.disk->truncate(*handle.name, static_cast<std::size_t>(size));
    return code;
}

int sync(sqlite3_file* base, int) {
    const Handle& handle = handle_of(base);
    const int code = code_of(handle.disk->step(), SQLITE_IOERR_FSYNC);
    if (code == SQLITE_OK) handle.disk->sync(*handle.name);
    return code;
}

int file_size(sqlite3_file* base, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(handle_of(base).file->content.size());
    return SQLITE_OK;
}

int lock(sqlite3_file* base, int level) {
    const Handle& handle = handle_of(base);
    if (handle.opened->lock >= level) return SQLITE_OK;
    const int barred = level == SQLITE_LOCK_SHARED ? SQLITE_LOCK_PENDING : SQLITE_LOCK_RESERVED;
    if (others(handle, [&](const Opened& other) { return other.lock >= barred; })) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_EXCLUSIVE &&
        others(handle, [](const Opened& other) { return other.lock >= SQLITE_LOCK_SHARED; })) {
        handle.opened->lock = SQLITE_LOCK_PENDING;
        return SQLITE_BUSY;
    }
    handle.opened->lock = level;
    return SQLITE_OK;
}

int unlock(sqlite3_file* base, int level) {
    Opened& opened = *handle_of(base).opened;
    opened.lock = std::min(opened.lock, level);
    return SQLITE_OK;
}

int is_reserved(sqlite3_file* base, int* reserved) {
    const auto& opened = handle_of(base).file->opened;
    *reserved =
        std::ranges::any_of(opened, [](const Opened* one) { return one->lock >= SQLITE_LOCK_RESERVED; });
    return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
int sector_size(sqlite3_file*) { return 4096; }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

int map_index(sqlite3_file* base, int region, int size, int extend, void volatile** to) {
    const Handle& handle = handle_of(base);
    *to = nullptr;
    if (handle.disk->is_dead()) return SQLITE_IOERR_SHMMAP;
    auto& index = handle.file->shared_index;
    const auto wanted = static_cast<std::size_t>(region) + 1;
    if (index.size() < wanted && !extend) return SQLITE_OK;
    while (index.size() < wanted) index.push_back(std::make_unique<Bytes>(static_cast<std::size_t>(size)));
    *to = index[wanted - 1]->data();
    return SQLITE_OK;
}

int lock_index(sqlite3_file* base, int first, int count, int flags) {
    const Handle& handle = handle_of(base);
    const unsigned mask = ((1u << count) - 1) << first;
    if (flags & SQLITE_SHM_UNLOCK) {
        handle.opened->shared &= ~mask;
        handle.opened->exclusive &= ~mask;
        return SQLITE_OK;
    }
    const bool alone = flags & SQLITE_SHM_EXCLUSIVE;
    if (others(handle, [&](const Opened& other) {
            return (other.exclusive & mask) || (alone && (other.shared & mask));
        }))
        return SQLITE_BUSY;
    (alone ? handle.opened->exclusive : handle.opened->shared) |= mask;
    return SQLITE_OK;
}

void index_barrier(sqlite3_file*) {}
int unmap_index(sqlite3_file*, int) { return SQLITE_OK; }

constexpr sqlite3_io_methods kMethods = {
    2,           close,       read,    write,       truncate,        sync,      file_size,  lock,
    unlock,      is_reserved, control, sector_size, characteristics, map_index, lock_index, index_barrier,
    unmap_index, nullptr,     nullptr};

std::string name_on(const Disk& disk, const char* path) {
    return std::string(path).substr(disk.folder().native().size() + 1);
}

int open(sqlite3_vfs*, sqlite3_filename path, sqlite3_file* base, int flags, int* out_flags) {
    Disk* disk = path ? Disk::of(path) : nullptr;
    if (!disk) return system_vfs->xOpen(system_vfs, path, base, flags, out_flags);
    base->pMethods = nullptr;
    if (disk->is_dead()) return SQLITE_CANTOPEN;
    const std::string name = name_on(*disk, path);
    if (!disk->find(name) && !(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
    DiskFile& file = disk->file(name);
    file.exists = true;
    file.opened.push_back(new Opened);
    Handle& handle = handle_of(base);
    handle.disk = disk;
    handle.name = new std::string(name);
    handle.file = &file;
    handle.opened = file.opened.back();
    base->pMethods = &kMethods;
    if (out_flags) *out_flags = flags;
    return SQLITE_OK;
}

int remove(sqlite3_vfs*, const char* path, int sync_folder) {
    Disk* disk = Disk::of(path);
    if (!disk) return system_vfs->xDelete(system_vfs, path, sync_folder);
    const int code = code_of(disk->step(), SQLITE_IOERR_DELETE);
    if (code != SQLITE_OK) return code;
    if (!disk->find(name_on(*disk, path))) return SQLITE_IOERR_DELETE_NOENT;
    disk->remove(name_on(*disk, path));
    return SQLITE_OK;
}

int access(sqlite3_vfs*, const char* path, int flags, int* result) {
    Disk* disk = Disk::of(path);
    if (!disk) return system_vfs->xAccess(system_vfs, path, flags, result);
    const DiskFile* file = disk->find(name_on(*disk, path));
    *result = file && (flags != SQLITE_ACCESS_EXISTS || !file->content.empty());
    return disk->is_dead() ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

int full_path(sqlite3_vfs*, const char* path, int size, char* to) {
    if (!Disk::of(path)) return system_vfs->xFullPathname(system_vfs, path, size, to);
    sqlite3_snprintf(size, to, "%s", path);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int size, char* to) {
    sqlite_dice.fill({reinterpret_cast<std::uint8_t*>(to), static_cast<std::size_t>(size)});
    return size;
}

// Whoever waits for another in one thread waits for ever; SQLite counts what it has slept.
int wait(sqlite3_vfs*, int microseconds) { return microseconds; }

}  // namespace

void use_disks() {
    static sqlite3_vfs vfs;
    if (system_vfs) return;
    system_vfs = sqlite3_vfs_find(nullptr);
    vfs = *system_vfs;
    vfs.pNext = nullptr;
    vfs.zName = "wq-disks";
    vfs.szOsFile = std::max(system_vfs->szOsFile, static_cast<int>(sizeof(Handle)));
    vfs.xOpen = open;
    vfs.xDelete = remove;
    vfs.xAccess = access;
    vfs.xFullPathname = full_path;
    vfs.xRandomness = randomness;
    vfs.xSleep = wait;
    if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) std::abort();
}

void seed_sqlite(std::uint64_t seed) {
    sqlite_dice = Dice(seed);
    sqlite3_randomness(0, nullptr);
}

}  // namespace wq::sim
