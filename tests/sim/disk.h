// The disk of one simulated machine: its SQLite files, in memory, with what is written told apart from what
// is synced; and its other files (pictures, keys), which are real ones in a folder of their own. It can die
// at any write, run full, fail, and lose power: then unsynced writes are dropped, kept up to somewhere, kept
// here and there, or torn within a sector of 512 bytes. fault_vfs.cpp brings SQLite here, fault_files.cpp the
// rest. One thread.
#pragma once

#include "data/base/bytes.h"
#include "tests/sim/dice.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wq::sim {

// The SQLite files by name.
using Image = std::map<std::string, std::shared_ptr<const Bytes>>;

enum class Trouble { none, full, broken };         // what a write comes back with
enum class Cut { nothing, beginning, any, torn };  // what is kept of unsynced writes
inline constexpr Cut kCuts[] = {Cut::nothing, Cut::beginning, Cut::any, Cut::torn};

// What SQLite holds open of a file; the VFS's.
struct Opened {
    int lock = 0;
    unsigned shared = 0, exclusive = 0;  // of the shared index, a bit each
};

struct DiskFile {
    bool exists = false;
    Bytes content;
    std::vector<Opened*> opened;
    std::vector<std::unique_ptr<Bytes>> shared_index;
};

class Disk {
  public:
    explicit Disk(std::filesystem::path folder, Image image = {});
    ~Disk();
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;

    const std::filesystem::path& folder() const { return folder_; }
    // The one that the path lies on; nullptr for the real disk.
    static Disk* of(const std::filesystem::path& path);

    // Counted from now on, 1 is the next write. What dies does not write any more; what is in trouble fails
    // `count` times.
    void die_at(std::int64_t write);
    void trouble_at(std::int64_t write, Trouble trouble, std::int64_t count);
    void calm();  // nothing of that any more
    bool is_dead() const { return dead_; }
    bool was_troubled() const { return troubled_; }
    void forget_trouble() { troubled_ = false; }

    // The process has died and all that it held open is closed: all writes stand.
    void revive();
    // The power is back: what was synced stands, of the rest what the cut and the dice leave.
    void revive_after(Cut cut, Dice& dice);

    Image image() const;
    void set(const Image& image);  // as if it had always been so
    // What a cut of the power after the first `steps` steps since the last set() or revive() leaves.
    Image image_after(std::size_t steps, Cut cut, Dice& dice) const;
    std::size_t steps() const { return log_.size(); }
    std::int64_t writes() const { return writes_; }

    // For the VFS. A file by its name, made where there is none. `step` is asked before each change.
    DiskFile& file(const std::string& name) { return files_[name]; }
    DiskFile* find(const std::string& name);
    Trouble step();
    void write(const std::string& name, std::size_t offset, ByteView bytes);
    void truncate(const std::string& name, std::size_t size);
    void sync(const std::string& name);
    void remove(const std::string& name);

    // For the other files: what is not on the disk yet, and what is.
    void note_written(const std::filesystem::path& file);
    void note_synced(const std::filesystem::path& file_or_folder);
    void note_renamed(const std::filesystem::path& from, const std::filesystem::path& to,
                      std::optional<Bytes> before);

  private:
    struct Change {
        enum class Kind { write, truncate, sync, remove } kind;
        std::string name;
        std::size_t offset = 0;  // of truncate: the size
        Bytes bytes = {};
    };
    struct Renamed {
        std::filesystem::path from, to;
        std::optional<Bytes> before;
    };
    static void apply(Bytes& content, const Change& change);
    void restart_log();
    static void cut_files(const std::vector<std::filesystem::path>& written,
                          const std::vector<Renamed>& renamed, Dice& dice);

    std::filesystem::path folder_;
    std::map<std::string, DiskFile> files_;
    Image start_;
    std::vector<Change> log_;
    std::vector<std::filesystem::path> written_;
    std::vector<Renamed> renamed_;
    std::int64_t writes_ = 0, dies_at_ = 0, trouble_from_ = 0, trouble_through_ = 0;
    Trouble trouble_ = Trouble::none;
    bool dead_ = false, troubled_ = false;
};

// Makes SQLite look for its files on the disks above first. Once in a process, before SQLite is used.
void use_disks();
// SQLite's own randomness begins anew from here.
void seed_sqlite(std::uint64_t seed);

}  // namespace wq::sim
