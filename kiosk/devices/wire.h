// What a device's program (wangqian-scanner, wangqian-camera) says to the one that started it, over a pipe:
// pictures as plain pixels, devices found, refusals, and that it is alive. Both ends run on one machine.
#pragma once

#include "pdf/scan/picture.h"

#include <cstdint>
#include <string_view>

namespace wq::devices {

enum class Told : std::uint32_t {
    alive,    // something goes on, so nobody need worry
    picture,  // width, height, dpi; the pixels follow
    device,   // name, tab, what it is called; width is the length
    refusal,  // its code; width is the length
};

struct WireHead {
    Told told = Told::alive;
    std::uint32_t width = 0, height = 0, dpi = 0;
};

// The program's end. It keeps the pipe for itself: what a driver prints goes to stderr.
class Wire {
  public:
    Wire();

    // False where nobody listens any more.
    bool alive() { return send({}, {}); }
    bool picture(const scan::Picture& picture);
    bool device(std::string_view line) { return text(Told::device, line); }
    bool refusal(std::string_view code) { return text(Told::refusal, code); }

  private:
    bool text(Told told, std::string_view text);
    bool send(const WireHead& head, ByteView body);
    bool write_all(const void* data, std::size_t size);

    int pipe_;
};

}  // namespace wq::devices
