#include "data/os/files.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace wq::os {
namespace {

namespace fs = std::filesystem;

// A file descriptor that closes itself.
class Descriptor {
  public:
    Descriptor(const fs::path& path, int flags, mode_t mode = 0)
        : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    ~Descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    bool is_open() const { return fd_ >= 0; }
    int get() const { return fd_; }

  private:
    int fd_;
};

tl::unexpected<Refusal> refused_write(const fs::path& file, int error) {
    const bool full = error == ENOSPC || error == EDQUOT;
    return refuse(full ? "disk_full" : "file_unwritable",
                  {{"file", file.string()}, {"reason", std::strerror(error)}});
}

bool write_all(int fd, ByteView content) {
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno != EINTR) return false;
        if (written > 0) content = content.subspan(static_cast<std::size_t>(written));
    }
    return true;
}

// Of each write its own: threads write the same file at the same moment, and so do programs of several
// machines whose processes have the same number.
fs::path temporary_beside(const fs::path& file) {
    std::uint64_t own = 0;
    if (::getrandom(&own, sizeof own, 0) != sizeof own) throw Fault("the system has no random numbers");
    return file.parent_path() / ("." + file.filename().string() + "." + std::to_string(own) + ".part");
}

enum class Durable { now, later };

Result<void> write_temporary(const fs::path& temporary, ByteView content, bool only_owner, Durable durable) {
    std::error_code ignored;
    fs::create_directories(temporary.parent_path(), ignored);
    Descriptor out(temporary, O_WRONLY | O_CREAT | O_EXCL, only_owner ? 0600 : 0644);
    if (!out.is_open()) return refused_write(temporary, errno);
    if (!write_all(out.get(), content) || (durable == Durable::now && ::fsync(out.get()) != 0)) {
        const int error = errno;
        ::unlink(temporary.c_str());
        return refused_write(temporary, error);
    }
    return {};
}

Result<void> take_place(const fs::path& temporary, const fs::path& file) {
    if (::rename(temporary.c_str(), file.c_str()) == 0) return {};
    const int error = errno;
    ::unlink(temporary.c_str());
    return refused_write(file, error);
}

fs::path program_folder() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::path() : program.parent_path();
}

}  // namespace

Result<Bytes> read_file(const fs::path& file, std::size_t limit) {
    Descriptor in(file, O_RDONLY);
    struct stat status {};
    if (!in.is_open() || ::fstat(in.get(), &status) != 0)
        return refuse(errno == ENOENT ? "file_missing" : "file_unreadable",
                      {{"file", file.string()}, {"reason", std::strerror(errno)}});
    if (!S_ISREG(status.st_mode))
        return refuse("file_unreadable", {{"file", file.string()}, {"reason", "not a file"}});
    if (static_cast<std::size_t>(status.st_size) > limit)
        return refuse("file_too_large", {{"file", file.string()}, {"limit", std::to_string(limit)}});
    Bytes content(static_cast<std::size_t>(status.st_size));
    std::size_t done = 0;
    while (done < content.size()) {
        const ssize_t got = ::read(in.get(), content.data() + done, content.size() - done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
            return refuse("file_unreadable", {{"file", file.string()}, {"reason", std::strerror(errno)}});
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    content.resize(done);
    return content;
}

Result<std::string> read_text(const fs::path& file, std::size_t limit) {
    return read_file(file, limit).map([](const Bytes& content) { return std::string(text_of(content)); });
}

Result<void> write_file(const fs::path& file, ByteView content, bool only_owner) {
    const fs::path temporary = temporary_beside(file);
    if (auto written = write_temporary(temporary, content, only_owner, Durable::now); !written)
        return written;
    if (auto placed = take_place(temporary, file); !placed) return placed;
    Descriptor folder(file.parent_path(), O_RDONLY | O_DIRECTORY);
    if (folder.is_open()) ::fsync(folder.get());
    return {};
}

Result<void> write_files(const std::vector<std::pair<fs::path, ByteView>>& files) {
    if (files.size() == 1) return write_file(files[0].first, files[0].second);
    std::vector<fs::path> temporaries;
    for (const auto& [file, content] : files) {
        temporaries.push_back(temporary_beside(file));
        if (auto written = write_temporary(temporaries.back(), content, false, Durable::later); !written)
            return written;
    }
    for (int round = 0; round < 2 && !files.empty(); ++round) {
        // The contents must be on the disk before the names are, and the names before we say so.
        Descriptor folder(files[0].first.parent_path(), O_RDONLY | O_DIRECTORY);
        if (!folder.is_open() || ::syncfs(folder.get()) != 0) return refused_write(files[0].first, errno);
        if (round == 1) break;
        for (std::size_t i = 0; i < files.size(); ++i)
            if (auto placed = take_place(temporaries[i], files[i].first); !placed) return placed;
    }
    return {};
}

std::optional<std::chrono::milliseconds> age_of(const fs::path& file) {
    std::error_code gone;
    const auto changed = fs::last_write_time(file, gone);
    if (gone) return std::nullopt;
    return std::chrono::duration_cast<std::chrono::milliseconds>(fs::file_time_type::clock::now() - changed);
}

fs::path assets_folder() {
    if (const char* set = std::getenv("WANGQIAN_ASSETS")) return set;
    for (const fs::path& candidate : {program_folder() / "../share/wangqian", fs::path(WQ_SOURCE_ASSETS)})
        if (fs::exists(candidate / "codes")) return candidate;
    throw Fault("the assets folder is missing; set WANGQIAN_ASSETS to it");
}

fs::path default_home() {
    if (const char* set = std::getenv("WANGQIAN_HOME")) return set;
    if (const char* set = std::getenv("XDG_DATA_HOME")) return fs::path(set) / "wangqian";
    const char* home = std::getenv("HOME");
    return fs::path(home ? home : "/var/lib") / ".local/share/wangqian";
}

}  // namespace wq::os
