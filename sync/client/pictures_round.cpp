#include "data/crypto/hash.h"
#include "sync/client/round.h"

#include <set>

namespace wq::client {
namespace {

std::string target_of(const store::Picture& picture) { return "/v1/blobs/" + to_hex(picture.hash); }

// Gives each picture that the list offers one try in this round; a failed one stays for the next.
template <class List, class Work>
Result<void> each_once(List list, Work work, std::int64_t& done, std::int64_t& left) {
    std::set<domain::Hash> tried;
    for (bool progress = true; progress;) {
        progress = false;
        for (const store::Picture& picture : list(tried.size() + 100)) {
            if (!tried.insert(picture.hash).second) continue;
            progress = true;
            if (const Result<void> one = work(picture); one)
                ++done;
            else if (ends_round(one.error()))
                return one;
            else
                ++left;
        }
    }
    return {};
}

}  // namespace

// One that fits into a part goes at once: to ask first would cost more than to send it twice.
Result<void> Round::send_small(const store::Picture& picture) {
    auto content = parts_->pictures->read(picture.hash);
    if (!content) return refuse("picture_missing");
    // Its own answer, not just any: whoever else says 200 has not kept the picture.
    const auto put =
        connection_->call("PUT", target_of(picture) + "?type=" + picture.media_type, std::move(*content));
    if (!put) return tl::make_unexpected(put.error());
    parts_->pictures->note_sent(picture.hash);
    return {};
}

Result<void> Round::send_picture(const store::Picture& picture) {
    if (picture.size <= static_cast<std::int64_t>(protocol::kPartSize)) return send_small(picture);
    const auto state = connection_->send("HEAD", target_of(picture));
    if (!state) return tl::make_unexpected(state.error());
    const auto held = protocol::parts_held_from(protocol::header_of(state->headers, protocol::kPartsHeader));
    if (!held) return refuse("platform_answer_wrong");
    const auto content = held->complete ? std::nullopt : parts_->pictures->read(picture.hash);
    if (!held->complete && !content) return refuse("picture_missing");
    for (std::size_t part = 0; content && part * protocol::kPartSize < content->size(); ++part) {
        if (part < held->parts.size() && held->parts[part]) continue;
        const auto from = static_cast<std::ptrdiff_t>(part * protocol::kPartSize);
        const auto size = std::min(protocol::kPartSize, content->size() - part * protocol::kPartSize);
        Bytes body(content->begin() + from, content->begin() + from + static_cast<std::ptrdiff_t>(size));
        const auto put =
            connection_->call("PUT", target_of(picture) + "/parts/" + std::to_string(part), std::move(body));
        if (!put) return tl::make_unexpected(put.error());
    }
    if (content) {
        const auto whole =
            connection_->call("POST", target_of(picture) + "/commit?type=" + picture.media_type);
        if (!whole) return tl::make_unexpected(whole.error());
    }
    parts_->pictures->note_sent(picture.hash);
    return {};
}

Result<void> Round::fetch_picture(const store::Picture& picture) {
    const auto answer = connection_->send("GET", target_of(picture));
    if (!answer) return tl::make_unexpected(answer.error());
    if (crypto::sm3(answer->body) != picture.hash) return refuse("picture_wrong");
    const auto kept = parts_->pictures->keep(answer->body, picture.media_type);
    if (!kept) return tl::make_unexpected(kept.error());
    parts_->pictures->note_sent(picture.hash);  // from where it came
    return {};
}

Result<void> Round::send_pictures() {
    return each_once([&](std::size_t limit) { return parts_->pictures->to_send(limit); },
                     [&](const store::Picture& picture) { return send_picture(picture); },
                     result_->pictures_sent, result_->pictures_left);
}

Result<void> Round::fetch_pictures() {
    return each_once([&](std::size_t limit) { return parts_->pictures->to_fetch(limit); },
                     [&](const store::Picture& picture) { return fetch_picture(picture); },
                     result_->pictures_fetched, result_->pictures_left);
}

}  // namespace wq::client
