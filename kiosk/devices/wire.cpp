#include "kiosk/devices/wire.h"

#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <csignal>

namespace wq::devices {

Wire::Wire() : pipe_(::dup(STDOUT_FILENO)) {
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    std::signal(SIGPIPE, SIG_IGN);
}

bool Wire::picture(const scan::Picture& picture) {
    return send(
        {Told::picture, static_cast<std::uint32_t>(picture.width), static_cast<std::uint32_t>(picture.height),
         static_cast<std::uint32_t>(std::lround(picture.dpi))},
        picture.bgr);
}

bool Wire::text(Told told, std::string_view text) {
    return send({told, static_cast<std::uint32_t>(text.size()), 0, 0}, bytes_of(text));
}

bool Wire::send(const WireHead& head, ByteView body) {
    return write_all(&head, sizeof head) && write_all(body.data(), body.size());
}

bool Wire::write_all(const void* data, std::size_t size) {
    const char* at = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t written = ::write(pipe_, at, size);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        at += written;
        size -= static_cast<std::size_t>(written);
    }
    return true;
}

}  // namespace wq::devices
