// The programs' side of decoding: foreign bytes go to wangqian-decode, a page at a time comes back. Private
// to pdf/scan: others call page_image.h and raster.h. Works from several threads, each with a child of its
// own; who lets strangers send files says how many at a time.
#pragma once

#include "data/base/result.h"
#include "pdf/scan/decode_messages.h"
#include "pdf/scan/picture.h"
#include "pdf/scan/shared_page.h"

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace wq::scan {

// Gets each page; false: no more are wanted. What it throws ends the decoding and is passed on.
using TakePicture = std::function<bool(Picture picture)>;

class Decoder {
  public:
    // The one of this process, started when it is first needed and ended with it. `wangqian-decode` stands
    // beside the program.
    static Decoder& of_this_process();

    explicit Decoder(std::filesystem::path program, const DecodeLimits& limits = {})
        : program_(std::move(program)), limits_(limits) {}
    ~Decoder();
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    // The number of the file's pages, when all that were wanted were taken; some may have been before a
    // refusal (page_image.h has them). Fault where the child's program is missing or the machine lets it have
    // no sandbox: nothing is ever decoded without. A child that dies is tried once more, since it may not
    // have been the file that killed it; no page is given twice.
    Result<int> decode(ByteView file, DecodeRequest request, const TakePicture& take);

  private:
    class Exchange;

    // Nothing where the child died. `taken`: pages that were taken already, which are passed over.
    std::optional<Result<int>> pages_of(Exchange& exchange, const DecodeRequest& request, std::size_t& taken,
                                        const TakePicture& take);
    bool send(const DecodeRequest& request, Exchange& exchange);
    void start();
    void stop();
    SharedPage free_page();
    void keep(SharedPage page);

    std::filesystem::path program_;
    DecodeLimits limits_;
    std::mutex mutex_;  // of what follows
    int requests_ = -1;
    pid_t process_ = -1;
    std::vector<SharedPage> idle_;
};

}  // namespace wq::scan
