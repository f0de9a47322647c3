// Memory that a child lays pages on and that we read, used again from file to file: on many machines fresh
// pages of memory cost more than decoding does. Private to pdf/scan.
#pragma once

#include "data/base/bytes.h"

#include <cstddef>
#include <utility>

namespace wq::scan {

// A file descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    ~Descriptor() { close(); }

    void close();
    int get() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }

  private:
    int fd_;
};

// Throws the Fault for a system call that failed; `what` names it.
[[noreturn]] void fail_decoding(const char* what);

// Memory of a name for debuggers, to be shared and sealed. Fault.
Descriptor shared_memory(const char* name);
// From now on nobody makes it shorter under a reader's hands, nor longer. `more`: further seals.
void seal(const Descriptor& memory, int more = 0);

class SharedPage {
  public:
    SharedPage();  // kPageBytes, taken from the machine as they are written. Fault.
    ~SharedPage();
    SharedPage(SharedPage&& other) noexcept;
    SharedPage& operator=(SharedPage&& other) noexcept;

    int descriptor() const { return memory_.get(); }
    ByteView first(std::size_t bytes);  // of a page; they will be wiped

    // Whoever wrote on it holds the other end of this socket as long as it lives (sandbox.h).
    void written_by(Descriptor child) { child_ = std::move(child); }
    // For another file: its child is dead, and nothing of the pages is left. False: it is to be thrown away.
    bool make_ready();

  private:
    bool is_child_gone() const;

    Descriptor memory_, child_;
    std::uint8_t* pixels_ = nullptr;
    std::size_t used_ = 0;
};

}  // namespace wq::scan
