#include "sync/platform/courier.h"

#include "data/os/files.h"
#include "sync/protocol/parcel.h"

#include <algorithm>

namespace wq::platform {
namespace {

namespace fs = std::filesystem;
using protocol::Carried, protocol::Parcel;

// The node asks for the feed once, and can't ask again for what is beyond the first page.
void add_pages(Registry& registry, const std::string& school, const Carried& asked,
               std::vector<Carried>& answers, std::size_t& size) {
    auto page = cbor::decode(asked.response.body);
    while (page && asked.response.status == 200) {
        const std::int64_t through = (*page)["through"].as_int();
        if (through >= (*page)["last"].as_int() || size > protocol::kMaxParcel / 2) return;
        const auto next = registry.feed(school, through, protocol::kMaxFeedRows);
        if (!next) return;
        page = protocol::to_cbor(*next);
        Carried more{{"GET", "/v1/feed?after=" + std::to_string(through)}, {200, cbor::encode(*page)}};
        size += more.response.body.size();
        answers.push_back(std::move(more));
    }
}

class Counter {
  public:
    Counter(Registry& registry, Api& api, crypto::Random& random)
        : registry_(&registry), api_(&api), random_(&random) {}

    Result<void> take(const fs::path& file, TakenParcel& told) {
        const auto bytes = os::read_file(file, protocol::kMaxParcel);
        if (!bytes) return tl::make_unexpected(bytes.error());
        const auto label = protocol::label_of(*bytes);
        if (!label) return tl::make_unexpected(label.error());
        const auto node = registry_->node(label->node);
        if (!node) return refuse("device_unknown");
        if (node->state == "revoked") return refuse("device_revoked");
        const auto key = crypto::Verifier::from_spki(node->public_key);
        if (!key) return tl::make_unexpected(key.error());
        const auto parcel = protocol::unpack(*bytes, *key, registry_->key());
        if (!parcel) return tl::make_unexpected(parcel.error());
        const Parcel answers{Parcel::Kind::answers, label->node, answers_to(*parcel, told)};
        return os::write_file(fs::path(file).replace_extension(".answers"),
                              protocol::pack(answers, *key, registry_->key(), *random_));
    }

  private:
    std::vector<Carried> answers_to(const Parcel& parcel, TakenParcel& told) {
        std::vector<Carried> answers;
        std::size_t size = 0;
        for (const Carried& one : parcel.content) {
            Carried answer{{one.request.method, one.request.target}, api_->handle_carried(one.request)};
            ++told.requests;
            told.refused += answer.response.status >= 300;
            size += answer.response.body.size();
            answers.push_back(answer);
            if (protocol::path_of(one.request.target) == "/v1/feed")
                add_pages(*registry_, parcel.node.school, answer, answers, size);
        }
        return answers;
    }

    Registry* registry_;
    Api* api_;
    crypto::Random* random_;
};

}  // namespace

Result<std::vector<TakenParcel>> take_parcels(Registry& registry, Api& api, crypto::Random& random,
                                              const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        if (at->path().extension() == ".requests") files.push_back(at->path());
    if (files.empty()) return refuse("courier_none");
    std::ranges::sort(files);
    std::vector<TakenParcel> taken;
    Counter counter(registry, api, random);
    for (const fs::path& file : files) {
        TakenParcel told;
        told.file = file.filename().string();
        if (auto done = counter.take(file, told); !done) told.why = done.error();
        taken.push_back(std::move(told));
    }
    api.do_chores();  // this program ends, and what follows from the acts with it
    return taken;
}

}  // namespace wq::platform
