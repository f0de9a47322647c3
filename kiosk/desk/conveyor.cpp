#include "kiosk/desk/conveyor.h"

#include <algorithm>

namespace wq::desk {

Conveyor::Conveyor(std::unique_ptr<devices::PageSource> source, unsigned readers)
    : source_(std::move(source)) {
    if (readers == 0) readers = std::max(1u, std::thread::hardware_concurrency());
    room_ = readers + 2;  // one that is being fetched, one that waits to be taken
    threads_.emplace_back([this] { fetch(stopping_.get_token()); });
    for (unsigned i = 0; i < readers; ++i) threads_.emplace_back([this] { read(stopping_.get_token()); });
}

Conveyor::~Conveyor() {
    stop();
    threads_.clear();
}

void Conveyor::stop() {
    stopping_.request_stop();
    changed_.notify_all();
}

void Conveyor::finish() {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
}

void Conveyor::settle(const std::string& name, bool kept) {
    devices::FileVersion given;
    {
        const std::lock_guard lock(mutex_);
        if (name != given_name_) return;
        given = given_;
    }
    source_->settle(given, kept);
}

std::optional<ReadFile> Conveyor::next() {
    std::unique_lock lock(mutex_);
    const bool going = changed_.wait(lock, stopping_.get_token(), [this] {
        return belt_.empty() ? ended_ : belt_.front()->read || belt_.front()->fault;
    });
    if (!going || stopping_.stop_requested()) return std::nullopt;
    if (belt_.empty()) {
        if (fault_) std::rethrow_exception(std::exchange(fault_, nullptr));
        return std::nullopt;
    }
    auto place = std::move(belt_.front());
    belt_.pop_front();
    given_name_ = std::move(place->name);
    given_ = std::move(place->version);
    changed_.notify_all();
    if (place->fault) std::rethrow_exception(place->fault);
    return std::move(place->read);
}

void Conveyor::fetch(const std::stop_token& stop) {
    std::exception_ptr fault;
    try {
        for (;;) {
            {
                std::unique_lock lock(mutex_);
                if (!changed_.wait(lock, stop, [this] { return belt_.size() < room_; })) break;
            }
            auto file = source_->next(stop);
            if (!file) break;
            const std::lock_guard lock(mutex_);
            std::string name = file->name;
            devices::FileVersion version = std::move(file->version);
            belt_.push_back(std::make_shared<Place>(
                Place{std::move(*file), std::move(name), std::move(version), {}, {}}));
            changed_.notify_all();
            if (finishing_) break;
        }
    } catch (...) {
        fault = std::current_exception();
    }
    const std::lock_guard lock(mutex_);
    ended_ = true;
    fault_ = fault;
    changed_.notify_all();
}

void Conveyor::read(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    for (;;) {
        std::shared_ptr<Place> place;
        const auto find = [&] {
            const auto at =
                std::ranges::find_if(belt_, [](const auto& each) { return each->file.has_value(); });
            place = at == belt_.end() ? nullptr : *at;
            return place || ended_;
        };
        if (!changed_.wait(lock, stop, find) || !place || stop.stop_requested()) return;
        devices::SourceFile file = std::move(*place->file);
        place->file.reset();
        lock.unlock();
        std::optional<ReadFile> done;
        std::exception_ptr fault;
        try {
            done = read_file(std::move(file));
        } catch (...) {
            fault = std::current_exception();
        }
        lock.lock();
        place->read = std::move(done);
        place->fault = fault;
        changed_.notify_all();
    }
}

}  // namespace wq::desk
