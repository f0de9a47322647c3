// A batch of pages on its way (R41): one thread fetches from the source, several read, and whoever asks for
// the next gets them in the source's order. Only so many files are under way at once, so that a thousand
// pages need no more memory than ten.
#pragma once

#include "kiosk/desk/page_reading.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>

namespace wq::desk {

class Conveyor {
  public:
    // `readers` 0: one for each core.
    explicit Conveyor(std::unique_ptr<devices::PageSource> source, unsigned readers = 0);
    // Stops and waits for what is under way.
    ~Conveyor();

    // The next file, read; nothing at the end or once stopped. Waits for it. Rethrows a Fault of source or
    // readers.
    std::optional<ReadFile> next();
    // The file of this name, which next() gave last, has been kept or refused: its source puts it away.
    void settle(const std::string& name, bool kept);
    // Nothing more is fetched but what is under way; next() gives all that was. For a feeder, where sheets
    // that went through lie in no folder. From any thread.
    void finish();
    // Nothing more is fetched and next() gives nothing more; from any thread.
    void stop();
    std::optional<std::size_t> count() const { return source_->count(); }

  private:
    struct Place {  // on the belt
        std::optional<devices::SourceFile> file;
        std::string name;
        devices::FileVersion version;
        std::optional<ReadFile> read;
        std::exception_ptr fault;  // in place of it
    };
    void fetch(const std::stop_token& stop);
    void read(const std::stop_token& stop);

    std::unique_ptr<devices::PageSource> source_;
    std::size_t room_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<std::shared_ptr<Place>> belt_;  // in the source's order
    std::string given_name_;                   // what next() gave last
    devices::FileVersion given_;
    bool finishing_ = false, ended_ = false;
    std::exception_ptr fault_;
    std::stop_source stopping_;
    std::vector<std::jthread> threads_;  // last: they use all of the above
};

}  // namespace wq::desk
