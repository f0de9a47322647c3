#include "pdf/scan/decoder.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

namespace wq::scan {
namespace {

constexpr int kTheirSocket = 3;  // decode_main.cpp's
constexpr int kAttempts = 2;
constexpr std::size_t kMostIdle = 2;  // a page, and the issued one it is compared with
constexpr double kMostDpi = 20000;

std::pair<Descriptor, Descriptor> socket_pair() {
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) fail_decoding("socket");
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Descriptor holding(ByteView file) {
    Descriptor memory = shared_memory("file");
    for (ByteView rest = file; !rest.empty();) {
        const ssize_t written = ::write(memory.get(), rest.data(), rest.size());
        if (written < 0 && errno != EINTR) fail_decoding("shared memory");
        if (written > 0) rest = rest.subspan(static_cast<std::size_t>(written));
    }
    seal(memory, F_SEAL_WRITE);
    return memory;
}

std::string one_decimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string_view format_of(FileKind kind) {
    static constexpr std::string_view kNames[] = {"JPEG", "PNG", "TIFF", "BMP", "PDF"};
    return kNames[static_cast<std::size_t>(kind)];
}

Refusal refusal_of(Trouble trouble, FileKind kind) {
    const double figure = std::isfinite(trouble.figure) ? std::clamp(trouble.figure, 0.0, 1e9) : 0;
    const auto count = std::to_string(static_cast<long long>(figure));
    switch (trouble.cause) {
        case Cause::damaged:
            break;
        case Cause::cut_short:
            return {"picture_cut_short"};
        case Cause::too_large:
            return {"picture_too_large",
                    {{"megapixels", one_decimal(figure)},
                     {"limit", one_decimal(kind == FileKind::jpeg ? kMostJpegMegapixels : kMostMegapixels)}}};
        case Cause::too_many_pages:
            return {"too_many_pages", {{"pages", count}, {"limit", std::to_string(kMostPages)}}};
        case Cause::locked:
            return {"pdf_locked"};
        case Cause::unsupported:
            return {"picture_format_unsupported", {{"format", std::string(format_of(kind))}}};
        case Cause::too_costly:
            return {"picture_too_costly"};
        case Cause::page_missing:
            return {"page_missing", {{"page", count}}};
        case Cause::unprotected:
            break;
    }
    return {"picture_damaged"};
}

}  // namespace

// One file on its way: what the child shares with us, and what it says. It may be in a stranger's hands, so
// that whatever it says is looked at before it is believed.
class Decoder::Exchange {
  public:
    enum class Heard { answer, nothing, silence };  // silence: longer than it may take

    Exchange(ByteView file, SharedPage page) : file_(holding(file)), page_(std::move(page)) {
        std::tie(ours_, theirs_) = socket_pair();
    }

    std::array<int, 3> theirs() const { return {file_.get(), page_.descriptor(), theirs_.get()}; }
    void given() { theirs_.close(); }  // so that we notice when the child is gone

    Heard listen(DecodeAnswer& answer, int wait_seconds) {
        pollfd waiting{ours_.get(), POLLIN, 0};
        int ready = 0;
        do ready = ::poll(&waiting, 1, 1000 * wait_seconds);
        while (ready < 0 && errno == EINTR);
        if (ready == 0) return Heard::silence;
        const bool whole = ::recv(ours_.get(), &answer, sizeof answer, 0) == sizeof answer;
        return whole ? Heard::answer : Heard::nothing;
    }

    bool go_on() { return ::send(ours_.get(), "+", 1, MSG_NOSIGNAL) == 1; }

    std::optional<Picture> picture(const DecodeAnswer& answer) {
        if (answer.width < 1 || answer.height < 1) return std::nullopt;
        const auto width = static_cast<std::size_t>(answer.width),
                   height = static_cast<std::size_t>(answer.height);
        if (width > kPageBytes / 3 / height) return std::nullopt;
        const bool sensible = std::isfinite(answer.dpi) && answer.dpi > 0 && answer.dpi <= kMostDpi;
        const ByteView pixels = page_.first(3 * width * height);
        return Picture{answer.width, answer.height, Bytes(pixels.begin(), pixels.end()),
                       sensible ? answer.dpi : 0};
    }

    // No more is wanted: the child reads the end, and ends.
    SharedPage ended() {
        ::shutdown(ours_.get(), SHUT_WR);
        page_.written_by(std::move(ours_));
        return std::move(page_);
    }

  private:
    Descriptor file_, ours_, theirs_;
    SharedPage page_;
};

Decoder& Decoder::of_this_process() {
    static Decoder decoder([] {
        std::error_code error;
        const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
        return self.parent_path() / "wangqian-decode";
    }());
    return decoder;
}

Decoder::~Decoder() { stop(); }

SharedPage Decoder::free_page() {
    for (;;) {
        std::optional<SharedPage> page;
        {
            const std::lock_guard lock(mutex_);
            if (idle_.empty()) return SharedPage();
            page = std::move(idle_.back());
            idle_.pop_back();
        }
        if (page->make_ready()) return std::move(*page);
    }
}

void Decoder::keep(SharedPage page) {
    const std::lock_guard lock(mutex_);
    if (idle_.size() < kMostIdle) idle_.push_back(std::move(page));
}

void Decoder::stop() {
    if (const int socket = std::exchange(requests_, -1); socket >= 0) {
        ::shutdown(socket, SHUT_RDWR);  // also where another process has inherited it
        ::close(socket);
    }
    if (const pid_t process = std::exchange(process_, -1); process > 0) ::waitpid(process, nullptr, 0);
}

// With nothing open but the socket, no signal blocked that this thread may block, and out of reach of the
// terminal's Ctrl-C, which is the program's to answer.
void Decoder::start() {
    auto [ours, theirs] = socket_pair();
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, theirs.get(), kTheirSocket);
    for (int standard = 0; standard < 3; ++standard)
        posix_spawn_file_actions_addopen(&files, standard, "/dev/null", O_RDWR, 0);
    posix_spawnattr_t how;
    posix_spawnattr_init(&how);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
    std::string path = program_.string();
    char* arguments[] = {path.data(), nullptr};
    // Large pages of memory for large pictures, if the machine has them; nothing else of our surroundings.
    char memory[] = "GLIBC_TUNABLES=glibc.malloc.hugetlb=1";
    char* surroundings[] = {memory, nullptr};
    const int error = ::posix_spawn(&process_, path.c_str(), &files, &how, arguments, surroundings);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    if (error != 0) {
        process_ = -1;
        errno = error;
        fail_decoding(path.c_str());
    }
    requests_ = ours.release();
}

// Started anew where it has gone.
bool Decoder::send(const DecodeRequest& request, Exchange& exchange) {
    const std::array<int, 3> theirs = exchange.theirs();
    DecodeRequest copy = request;
    iovec bytes{&copy, sizeof copy};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof theirs)> room{};
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    message.msg_control = room.data();
    message.msg_controllen = room.size();
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof theirs);
    std::memcpy(CMSG_DATA(head), theirs.data(), sizeof theirs);
    const std::lock_guard lock(mutex_);
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        if (requests_ < 0) start();
        if (::sendmsg(requests_, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(sizeof copy)) return true;
        stop();  // it was killed
    }
    return false;
}

Result<int> Decoder::decode(ByteView file, DecodeRequest request, const TakePicture& take) {
    request.limits = limits_;
    std::size_t taken = 0;
    int died = 0;
    // One attempt more than children that may die: wangqian-decode itself may just be dying, and take one
    // along.
    for (int attempt = 0; attempt <= kAttempts && died < kAttempts; ++attempt) {
        Exchange exchange(file, free_page());
        if (!send(request, exchange)) continue;
        exchange.given();
        DecodeAnswer answer;
        if (exchange.listen(answer, limits_.wait_seconds) != Exchange::Heard::answer) continue;
        if (answer.told != Told::begun)
            throw Fault("pictures can't be decoded: the machine gives no sandbox");
        auto pages = pages_of(exchange, request, taken, take);
        if (!pages) {
            ++died;
            continue;
        }
        // What a refused file has left where, nobody knows.
        if (*pages) keep(exchange.ended());
        return std::move(*pages);
    }
    if (died > 0) return tl::make_unexpected(refusal_of({Cause::damaged}, request.kind));
    throw Fault("pictures can't be decoded: " + program_.string() + " does not answer");
}

std::optional<Result<int>> Decoder::pages_of(Exchange& exchange, const DecodeRequest& request,
                                             std::size_t& taken, const TakePicture& take) {
    const auto refused = [&](Trouble why) -> Result<int> {
        return tl::make_unexpected(refusal_of(why, request.kind));
    };
    const std::size_t most = request.page == kAllPages ? kMostPages : 1;
    DecodeAnswer answer;
    for (std::size_t seen = 0;;) {
        const auto heard = exchange.listen(answer, limits_.wait_seconds);
        if (heard == Exchange::Heard::silence) return refused({Cause::too_costly});
        if (heard == Exchange::Heard::nothing) return std::nullopt;
        if (answer.told == Told::refused) return refused(answer.trouble);
        if (answer.told == Told::end && seen == 0 && request.page != kNoPage) break;
        if (answer.told == Told::end) return std::max(answer.pages, 0);
        if (answer.told != Told::page || ++seen > most) break;
        if (seen > taken) {
            auto picture = exchange.picture(answer);
            if (!picture) break;
            ++taken;
            if (!take(std::move(*picture))) return answer.pages;
        }
        if (!exchange.go_on()) return std::nullopt;
    }
    return refused({Cause::damaged});
}

}  // namespace wq::scan
