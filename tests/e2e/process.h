// Other programs, started and stopped by a test: their output goes to a file, and they end with the object.
// Not for the shell: arguments are given one by one.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace wq::e2e {

using Environment = std::vector<std::pair<std::string, std::string>>;

class Process {
  public:
    // Throws Fault if it can't be started.
    Process(std::vector<std::string> command, const Environment& environment,
            const std::filesystem::path& log);
    ~Process();  // asks it to end, then makes it
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    bool is_running() const;
    int wait();  // exit code, or 128 + signal
    void end();
    void kill();
    void signal(int number);  // SIGSTOP, SIGCONT

  private:
    mutable pid_t pid_ = -1;  // collected by whoever asks first
    mutable int status_ = 0;
};

struct Ran {
    int exit = 0;
    std::string out;  // standard output and errors
};
Ran run(const std::vector<std::string>& command, const Environment& environment = {});

// Calls `done` every 20 ms until it is true; throws Fault saying `what` after `seconds`.
void wait_for(const std::string& what, double seconds, const auto& done);

void pause_ms(int ms);

}  // namespace wq::e2e

#include "data/base/result.h"

namespace wq::e2e {

void wait_for(const std::string& what, double seconds, const auto& done) {
    for (double waited = 0; !done(); waited += 0.02) {
        if (waited > seconds) throw Fault("waited in vain for " + what);
        pause_ms(20);
    }
}

}  // namespace wq::e2e
