// A device as a program of its own: a driver that hangs is ended, one that crashes takes nothing with it, and
// its libraries load only where a device is used. Not for what the device is (scanner.h, camera.h).
#pragma once

#include "data/base/result.h"
#include "kiosk/devices/wire.h"

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace wq::devices {

struct Message {
    Told told = Told::alive;
    std::string text;       // device, refusal
    scan::Picture picture;  // picture
};

class DeviceProgram {
  public:
    // `program` lies beside this one. Fault where it can't be started.
    DeviceProgram(const std::string& program, const std::vector<std::string>& arguments);
    // Asks it to end, so that a scanner brings its lamp home; after a while ends it.
    ~DeviceProgram();
    DeviceProgram(const DeviceProgram&) = delete;
    DeviceProgram& operator=(const DeviceProgram&) = delete;

    enum class End {
        done,     // it ended by itself
        broken,   // it crashed, or broke off in the middle of a picture
        stopped,  // `stop` was asked for
        silent,   // nothing came for as long as `patience`
    };
    // The next message; `alive` is not told. Or why there is none: then there is never another.
    tl::expected<Message, End> next(std::chrono::milliseconds patience, const std::stop_token& stop);

  private:
    std::optional<End> read_all(void* into, std::size_t size, std::chrono::milliseconds patience,
                                const std::stop_token& stop);
    End ended();

    pid_t process_ = -1;
    int pipe_ = -1;
};

}  // namespace wq::devices
