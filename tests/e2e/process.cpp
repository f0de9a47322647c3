#include "tests/e2e/process.h"

#include "data/os/files.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

namespace wq::e2e {
namespace {

pid_t start(const std::vector<std::string>& command, const Environment& environment,
            const std::filesystem::path& log) {
    const pid_t pid = ::fork();
    if (pid < 0) throw Fault("fork failed");
    if (pid > 0) return pid;
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    ::dup2(out, 1);
    ::dup2(out, 2);
    for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
}

int exit_code(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status); }

}  // namespace

Process::Process(std::vector<std::string> command, const Environment& environment,
                 const std::filesystem::path& log)
    : pid_(start(command, environment, log)) {}

Process::~Process() { end(); }

bool Process::is_running() const {
    if (pid_ < 0) return false;
    if (::waitpid(pid_, &status_, WNOHANG) == 0) return true;
    pid_ = -1;
    return false;
}

int Process::wait() {
    if (pid_ >= 0) ::waitpid(pid_, &status_, 0);
    pid_ = -1;
    return exit_code(status_);
}

void Process::end() {
    if (!is_running()) return;
    ::kill(pid_, SIGTERM);
    for (int i = 0; i < 100 && is_running(); ++i) pause_ms(20);
    kill();
}

void Process::signal(int number) {
    if (is_running()) ::kill(pid_, number);
}

void Process::kill() {
    if (!is_running()) return;
    ::kill(pid_, SIGKILL);
    wait();
}

Ran run(const std::vector<std::string>& command, const Environment& environment) {
    std::string log = (std::filesystem::temp_directory_path() / "wangqian-run-XXXXXX").string();
    const int file = ::mkstemp(log.data());
    if (file < 0) throw Fault("no temporary file");
    ::close(file);
    Process process(command, environment, log);
    Ran ran;
    ran.exit = process.wait();
    ran.out = os::read_text(log).value_or("");
    std::filesystem::remove(log);
    return ran;
}

void pause_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

}  // namespace wq::e2e
