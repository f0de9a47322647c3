#include "sync/client/courier.h"

#include "data/crypto/hash.h"
#include "data/os/files.h"
#include "sync/client/round.h"
#include "sync/protocol/parcel.h"

#include <algorithm>

namespace wq::client {
namespace {

namespace fs = std::filesystem;
using protocol::Carried, protocol::Parcel;

Result<crypto::Verifier> platform_key_in(const store::Log& log) {
    const auto spki = from_hex(log.note(note::kPlatformKey));
    if (!spki || spki->empty() || log.node().school.empty()) return refuse("not_enrolled");
    return crypto::Verifier::from_spki(*spki);
}

// Files of this kind in the folder, by name.
std::vector<fs::path> parcels_in(const fs::path& folder, std::string_view ending) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (at->path().extension() == ending) files.push_back(at->path());
    std::ranges::sort(files);
    return files;
}

// Gathers signed requests and writes them, a file whenever one is full.
class Writer {
  public:
    Writer(const Connection::World& world, protocol::Sender sender, const crypto::Verifier& platform,
           const fs::path& folder)
        : world_(&world), sender_(std::move(sender)), platform_(&platform), folder_(folder) {
        for (const fs::path& old : parcels_in(folder_, ".requests"))
            if (old.filename().string().find(to_text(sender_.device)) != std::string::npos) fs::remove(old);
    }

    Result<void> add(std::string method, std::string target, Bytes body = {}) {
        protocol::Request request{std::move(method), std::move(target), std::move(body), {}};
        protocol::sign(request, sender_, *world_->signer, world_->clock->now(),
                       world_->random->bytes(protocol::kNonceSize));
        size_ += request.body.size() + 1024;
        content_.push_back({std::move(request)});
        return size_ < protocol::kParcelSize ? Result<void>() : finish();
    }

    Result<void> finish() {
        if (content_.empty()) return {};
        const Parcel parcel{Parcel::Kind::requests, sender_, std::move(content_)};
        content_.clear();
        size_ = 0;
        return os::write_file(folder_ / protocol::parcel_name(parcel.kind, sender_, ++files_),
                              protocol::pack(parcel, *platform_, *world_->signer, *world_->random));
    }
    std::int64_t files() const { return static_cast<std::int64_t>(files_); }

  private:
    const Connection::World* world_;
    protocol::Sender sender_;
    const crypto::Verifier* platform_;
    fs::path folder_;
    std::vector<Carried> content_;
    std::size_t size_ = 0, files_ = 0;
};

Result<void> add_picture(Writer& writer, const store::Picture& picture, const Bytes& content) {
    const std::string target = "/v1/blobs/" + to_hex(picture.hash);
    for (std::size_t at = 0; at < content.size(); at += protocol::kPartSize) {
        const auto from = content.begin() + static_cast<std::ptrdiff_t>(at);
        const auto size = std::min(protocol::kPartSize, content.size() - at);
        if (auto added = writer.add("PUT", target + "/parts/" + std::to_string(at / protocol::kPartSize),
                                    Bytes(from, from + static_cast<std::ptrdiff_t>(size)));
            !added)
            return added;
    }
    return writer.add("POST", target + "/commit?type=" + picture.media_type);
}

Result<std::int64_t> add_events(Writer& writer, const SyncedParts& parts, const Round& round) {
    std::int64_t events = 0, after = 0;
    for (;;) {
        const auto batch = parts.log->waiting(protocol::kMaxBatchEvents, protocol::kMaxBatchBytes, after);
        if (batch.empty()) return events;
        if (auto added =
                writer.add("POST", "/v1/push", cbor::encode(protocol::to_cbor(round.push_of(batch))));
            !added)
            return tl::make_unexpected(added.error());
        after = batch.back().number;
        events += static_cast<std::int64_t>(batch.size());
    }
}

Result<std::int64_t> add_pictures(Writer& writer, const SyncedParts& parts) {
    constexpr std::size_t kMost = 100'000;
    std::int64_t pictures = 0;
    for (const store::Picture& picture : parts.pictures->to_send(kMost)) {
        const auto content = parts.pictures->read(picture.hash);
        if (!content) continue;
        if (auto added = add_picture(writer, picture, *content); !added)
            return tl::make_unexpected(added.error());
        ++pictures;
    }
    for (const store::Picture& picture : parts.pictures->to_fetch(kMost))
        if (auto added = writer.add("GET", "/v1/blobs/" + to_hex(picture.hash)); !added)
            return tl::make_unexpected(added.error());
    return pictures;
}

domain::Hash hash_in(std::string_view target) {
    const std::string_view name = target.substr(std::string_view("/v1/blobs/").size());
    const auto hash = from_hex(name.substr(0, name.find('/')));
    return hash ? domain::hash_from(*hash) : domain::Hash{};
}

std::string refusal_code(const protocol::Response& response) {
    const auto value = cbor::decode(response.body);
    return value && value->is_map() ? protocol::refusal_from(*value).code : "platform_answer_wrong";
}

// One answer, as if it had come by the line.
class Reader {
  public:
    Reader(const SyncedParts& parts, Round& round, SyncResult& result)
        : parts_(&parts), round_(&round), result_(&result) {}

    Result<void> take(const Carried& one) {
        const std::string_view path = protocol::path_of(one.request.target);
        if (one.response.status >= 300) return refuse(refusal_code(one.response));
        if (path.starts_with("/v1/blobs/")) return take_picture(one);
        const auto value = cbor::decode(one.response.body);
        if (!value) return refuse("platform_answer_wrong");
        if (path == "/v1/push") return round_->take_answer(*value);
        if (path == "/v1/verification-list") return round_->take_list(*value);
        if (path != "/v1/feed") return {};
        const auto more = round_->take_page(*value);
        return more ? Result<void>() : tl::make_unexpected(more.error());
    }

  private:
    Result<void> take_picture(const Carried& one) {
        const domain::Hash hash = hash_in(one.request.target);
        if (one.request.method == "GET") {
            if (crypto::sm3(one.response.body) != hash) return refuse("picture_wrong");
            const auto kept = parts_->pictures->keep(one.response.body, one.response.media_type);
            if (!kept) return tl::make_unexpected(kept.error());
            parts_->pictures->note_sent(hash);  // from where it came
            ++result_->pictures_fetched;
        } else if (one.request.target.find("/commit") != std::string::npos) {
            parts_->pictures->note_sent(hash);
            ++result_->pictures_sent;
        }
        return {};
    }

    const SyncedParts* parts_;
    Round* round_;
    SyncResult* result_;
};

}  // namespace

Result<Written> write_parcels(const SyncedParts& parts, const Connection::World& world,
                              const fs::path& folder) {
    const auto key = platform_key_in(*parts.log);
    if (!key) return tl::make_unexpected(key.error());
    const store::Node node = parts.log->node();
    if (is_adrift(node) || store::place_from(*parts.log)) return refuse("device_adrift");
    SyncResult unused;
    Connection connection(world, {node.school, node.device});
    const Round round(parts, connection, *key, unused);
    parts.drafts->tell();
    Writer writer(world, connection.sender(), *key, folder);
    const auto events = add_events(writer, parts, round);
    if (!events) return tl::make_unexpected(events.error());
    const auto pictures = add_pictures(writer, parts);
    if (!pictures) return tl::make_unexpected(pictures.error());
    // Last, so that what was just brought stands in it.
    for (const std::string& target :
         {"/v1/feed?after=" + std::to_string(parts.feed->cursor()), round.list_target()})
        if (auto added = writer.add("GET", target); !added) return tl::make_unexpected(added.error());
    if (auto done = writer.finish(); !done) return tl::make_unexpected(done.error());
    return Written{*events, *pictures, writer.files()};
}

Result<SyncResult> read_parcels(const SyncedParts& parts, const Connection::World& world,
                                const fs::path& folder) {
    const auto key = platform_key_in(*parts.log);
    if (!key) return tl::make_unexpected(key.error());
    const auto files = parcels_in(folder, ".answers");
    if (files.empty()) return refuse("courier_none");
    const store::Node node = parts.log->node();
    SyncResult result;
    Connection connection(world, {node.school, node.device});
    Round round(parts, connection, *key, result);
    Reader reader(parts, round, result);
    bool any = false;
    for (const fs::path& file : files) {
        const auto bytes = os::read_file(file, protocol::kMaxParcel);
        if (!bytes) return tl::make_unexpected(bytes.error());
        const auto label = protocol::label_of(*bytes);
        if (!label) return tl::make_unexpected(label.error());
        if (label->node != connection.sender()) continue;
        const auto parcel = protocol::unpack(*bytes, *key, *world.signer);
        if (!parcel) return tl::make_unexpected(parcel.error());
        any = true;
        for (const Carried& one : parcel->content)
            if (auto taken = reader.take(one); !taken && !result.failed) result.failed = taken.error();
    }
    if (!any) return refuse("courier_other_node");
    return result;
}

}  // namespace wq::client
