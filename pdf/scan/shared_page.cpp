#include "pdf/scan/shared_page.h"

#include "data/base/result.h"
#include "pdf/scan/decode_messages.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace wq::scan {
namespace {

constexpr int kPatience = 20;                             // ms for a child to end
constexpr std::size_t kMostKept = std::size_t{32} << 20;  // of memory between files: A4 at 300 dpi

}  // namespace

void Descriptor::close() {
    if (const int fd = release(); fd >= 0) ::close(fd);
}

void fail_decoding(const char* what) {
    throw Fault(std::string("pictures can't be decoded: ") + what + ": " + std::strerror(errno));
}

Descriptor shared_memory(const char* name) {
    Descriptor memory(::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (memory.get() < 0) fail_decoding("shared memory");
    return memory;
}

void seal(const Descriptor& memory, int more) {
    if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL | more) != 0)
        fail_decoding("seal");
}

SharedPage::SharedPage() : memory_(shared_memory("page")) {
    if (::ftruncate(memory_.get(), kPageBytes) != 0) fail_decoding("shared memory");
    seal(memory_);
    void* at = ::mmap(nullptr, kPageBytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory_.get(), 0);
    if (at == MAP_FAILED) fail_decoding("shared memory");
    pixels_ = static_cast<std::uint8_t*>(at);
}

SharedPage::~SharedPage() {
    if (pixels_) ::munmap(pixels_, kPageBytes);
}

SharedPage::SharedPage(SharedPage&& other) noexcept
    : memory_(std::move(other.memory_)),
      child_(std::move(other.child_)),
      pixels_(std::exchange(other.pixels_, nullptr)),
      used_(other.used_) {}

SharedPage& SharedPage::operator=(SharedPage&& other) noexcept {
    memory_ = std::move(other.memory_);
    child_ = std::move(other.child_);
    std::swap(pixels_, other.pixels_);
    std::swap(used_, other.used_);
    return *this;
}

ByteView SharedPage::first(std::size_t bytes) {
    used_ = std::max(used_, bytes);
    return {pixels_, bytes};
}

bool SharedPage::is_child_gone() const {
    std::array<char, 256> last_words;
    for (;;) {
        pollfd waiting{child_.get(), POLLIN, 0};
        if (::poll(&waiting, 1, kPatience) <= 0) return false;
        const ssize_t said = ::recv(child_.get(), last_words.data(), last_words.size(), MSG_DONTWAIT);
        if (said <= 0) return said == 0;
    }
}

bool SharedPage::make_ready() {
    if (used_ > kMostKept || !is_child_gone()) return false;
    child_.close();
    std::memset(pixels_, 0, std::exchange(used_, 0));
    return true;
}

}  // namespace wq::scan
