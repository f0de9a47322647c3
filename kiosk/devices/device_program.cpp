#include "kiosk/devices/device_program.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <filesystem>

extern char** environ;

namespace wq::devices {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kLook{100};                      // between looks whether to stop
constexpr milliseconds kToEnd{3000};                    // for a program that was asked to end
constexpr std::size_t kLongest = std::size_t{1} << 30;  // bytes of a picture

std::filesystem::path beside_this_program(const std::string& program) {
    std::error_code error;
    return std::filesystem::read_symlink("/proc/self/exe", error).parent_path() / program;
}

bool ends_within(pid_t process, milliseconds time) {
    const int file = static_cast<int>(::syscall(SYS_pidfd_open, process, 0));
    if (file < 0) return false;
    pollfd wait{file, POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(time.count()));
    ::close(file);
    return ready > 0;
}

}  // namespace

DeviceProgram::DeviceProgram(const std::string& program, const std::vector<std::string>& arguments) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw Fault("no pipe for " + program);
    const std::string file = beside_this_program(program).string();
    std::vector<char*> words{const_cast<char*>(file.c_str())};
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
    // It must hear that it is to end, whatever signals are blocked here.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    const int error = ::posix_spawn(&process_, file.c_str(), &files, &attributes, words.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    ::close(ends[1]);
    pipe_ = ends[0];
    if (error == 0) return;
    ::close(pipe_);
    throw Fault(file + " can't be started");
}

DeviceProgram::~DeviceProgram() {
    ::close(pipe_);
    if (process_ < 0) return;
    ::kill(process_, SIGTERM);
    if (!ends_within(process_, kToEnd)) ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
}

tl::expected<Message, DeviceProgram::End> DeviceProgram::next(milliseconds patience,
                                                              const std::stop_token& stop) {
    for (;;) {
        WireHead head;
        if (const auto end = read_all(&head, sizeof head, patience, stop)) return tl::make_unexpected(*end);
        if (head.told == Told::alive) continue;
        Message message{head.told, {}, {}};
        void* into = nullptr;
        std::size_t size = head.width;
        if (head.told == Told::picture) {
            // Divided, since the product of three such numbers may not fit.
            if (head.width == 0 || head.height == 0 || head.width > kLongest / 3 / head.height)
                return tl::make_unexpected(End::broken);
            size = std::size_t{3} * head.width * head.height;
            message.picture = {static_cast<int>(head.width), static_cast<int>(head.height), Bytes(size),
                               static_cast<double>(head.dpi)};
            into = message.picture.bgr.data();
        } else {
            if (size > kLongest) return tl::make_unexpected(End::broken);
            message.text.resize(size);
            into = message.text.data();
        }
        if (const auto end = read_all(into, size, patience, stop))
            return tl::make_unexpected(*end == End::done ? End::broken : *end);
        return message;
    }
}

std::optional<DeviceProgram::End> DeviceProgram::read_all(void* into, std::size_t size, milliseconds patience,
                                                          const std::stop_token& stop) {
    char* at = static_cast<char*>(into);
    auto heard = steady_clock::now();
    const std::size_t whole = size;
    while (size > 0) {
        if (stop.stop_requested()) return End::stopped;
        pollfd wait{pipe_, POLLIN, 0};
        if (::poll(&wait, 1, static_cast<int>(std::min(kLook, patience).count())) <= 0) {
            if (steady_clock::now() - heard > patience) return End::silent;
            continue;
        }
        const ssize_t got = ::read(pipe_, at, size);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return size == whole ? ended() : End::broken;
        at += got;
        size -= static_cast<std::size_t>(got);
        heard = steady_clock::now();
    }
    return std::nullopt;
}

DeviceProgram::End DeviceProgram::ended() {
    if (process_ < 0) return End::done;
    if (!ends_within(process_, kToEnd)) return End::broken;
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? End::done : End::broken;
}

}  // namespace wq::devices
