#include "tests/sim/network.h"

#include "data/base/cbor.h"
#include "sync/protocol/messages.h"
#include "tests/sync/world.h"

#include <algorithm>

namespace wq::sim {

namespace {

using protocol::Request, protocol::Response;

enum class Fate {
    arrives,
    request_lost,
    request_late,  // lost to who sent it; arrives after newer ones
    request_twice,
    request_garbled,
    answer_lost,
    answer_garbled,
    answer_cut,
    answer_old,      // to an earlier request on the same path
    answer_foreign,  // a portal that asks to log in; whether the request arrived or not
    answer_forged,   // well made, by somebody without the platform's key
};

Fate draw_fate(World& world) {
    if (world.is_calm || world.dice.chance(80)) return Fate::arrives;
    return static_cast<Fate>(world.dice.between(1, static_cast<int>(Fate::answer_forged)));
}

const char* name_of(Fate fate) {
    constexpr const char* kNames[] = {"arrives",          "request lost",    "request lost, arrives late",
                                      "request doubled",  "request garbled", "answer lost",
                                      "answer garbled",   "answer cut",      "an old answer",
                                      "a foreign answer", "a forged answer"};
    return kNames[static_cast<std::size_t>(fate)];
}

void garble(Bytes& body, Dice& dice) {
    for (std::int64_t times = dice.between(1, 4); times > 0 && !body.empty(); --times)
        dice.pick(body) ^= static_cast<std::uint8_t>(dice.between(1, 255));
}

// Verdicts the other way round.
void forge(protocol::PushAnswer& answer) {
    for (protocol::EventVerdict& event : answer.verdicts) {
        const bool accepted = event.verdict == protocol::verdict::kAccepted;
        event.verdict = accepted ? protocol::verdict::kRejected : protocol::verdict::kAccepted;
        event.why = accepted ? Refusal{"already_engaged"} : Refusal{};
    }
}

// A row is another, is missing, or stands in another's place.
void forge(protocol::FeedPage& page, Dice& dice) {
    if (page.rows.empty()) return;
    auto& row = dice.pick(page.rows);
    const auto entry = protocol::feed_entry_from(row);
    const std::int64_t kind = dice.between(1, 3);
    if (kind == 1 && entry) {
        protocol::FeedEntry other = *entry;
        const bool accepted = other.verdict == protocol::verdict::kAccepted;
        other.verdict = accepted ? protocol::verdict::kRejected : protocol::verdict::kAccepted;
        row = protocol::encode(other);
    } else if (kind == 2) {
        page.rows.pop_back();
    } else {
        std::swap(page.rows.front(), page.rows.back());
    }
}

void forge(const Request& request, Response& response, Dice& dice) {
    const auto value = cbor::decode(response.body);
    if (!value) return garble(response.body, dice);
    const std::string_view path = protocol::path_of(request.target);
    if (path == "/v1/push") {
        if (auto answer = protocol::push_answer_from(*value)) {
            forge(*answer);
            response.body = cbor::encode(protocol::to_cbor(*answer));
        }
    } else if (path == "/v1/feed") {
        if (auto page = protocol::feed_page_from(*value)) {
            forge(*page, dice);
            response.body = cbor::encode(protocol::to_cbor(*page));
        }
    } else {
        garble(response.body, dice);
    }
}

constexpr std::string_view kPortal = "<html>请登录校园网</html>";

Result<Response> unreachable() { return refuse("platform_unreachable"); }

// The answer as it comes out of the network.
Result<Response> falsified(World& world, Fate fate, const Request& request, Response response,
                           const std::map<std::string, Response>& heard) {
    switch (fate) {
        case Fate::answer_lost:
            return world.dice.chance(50) ? refuse("platform_timeout") : unreachable();
        case Fate::answer_garbled:
            garble(response.body, world.dice);
            return response;
        case Fate::answer_cut:
            response.body.resize(response.body.size() / 2);
            return response;
        case Fate::answer_old: {
            const auto at = heard.find(std::string(protocol::path_of(request.target)));
            return at == heard.end() ? response : at->second;
        }
        case Fate::answer_foreign:
            return Response{
                world.dice.chance(50) ? 200 : 502, Bytes(kPortal.begin(), kPortal.end()), "text/html", {}};
        case Fate::answer_forged:
            forge(request, response, world.dice);
            return response;
        case Fate::arrives:
        case Fate::request_lost:
        case Fate::request_late:
        case Fate::request_twice:
        case Fate::request_garbled:
            return response;
    }
    return response;
}

void note_verdicts(World& world, const protocol::PushAnswer& answer) {
    for (const protocol::EventVerdict& event : answer.verdicts) {
        const std::string told = event.verdict + " " + event.why.code;
        const auto [at, is_new] = world.verdicts.try_emplace(
            {to_text(answer.device) + "/" + std::to_string(answer.epoch), event.number}, told);
        if (at->second != told)
            throw Violation("the platform said " + at->second + " of event " + std::to_string(event.number) +
                            " before, now " + told);
    }
}

void note_rows(World& world, const protocol::FeedPage& page) {
    if (page.school != sync_test::kSchool) return;
    std::int64_t number = page.through - static_cast<std::int64_t>(page.rows.size());
    for (const Bytes& row : page.rows) {
        const auto [at, is_new] = world.rows.try_emplace(++number, row);
        if (at->second != row)
            throw Violation("row " + std::to_string(number) + " of the feed was another before");
    }
}

std::optional<Response> taken(World& world, const Request& request) {
    auto response = world.platform->handle(request);
    if (response) note_answer(world, request, *response);
    return response;
}

}  // namespace

void note_answer(World& world, const Request& request, const Response& response) {
    const std::string_view path = protocol::path_of(request.target);
    if (response.status != 200 || (path != "/v1/push" && path != "/v1/feed")) return;
    const auto value = cbor::decode(response.body);
    if (!value) throw Violation("the platform's answer can't be read");
    if (path == "/v1/push") {
        if (const auto answer = protocol::push_answer_from(*value)) note_verdicts(world, *answer);
    } else if (const auto page = protocol::feed_page_from(*value)) {
        note_rows(world, *page);
    }
}

Result<Response> Network::send(const Request& request) {
    Node& node = *world_->nodes[static_cast<std::size_t>(node_)];
    world_->now_ms += world_->dice.between(1, 400);
    world_->interleave();
    // A process that is no more sends nothing.
    if (node.is_dead()) return unreachable();
    Fate fate = draw_fate(*world_);
    // Whom a node first meets it believes; that nobody stands between is TLS's promise.
    if (request.target == "/v1/enrol" &&
        (fate == Fate::answer_old || fate == Fate::answer_garbled || fate == Fate::answer_forged))
        fate = Fate::answer_lost;
    if (!node.is_online || fate == Fate::request_lost) return unreachable();
    world_->tell([&] {
        return "node " + std::to_string(node_) + " → " + request.method + " " +
               std::string(protocol::path_of(request.target)).substr(0, 26) +
               (fate == Fate::arrives ? "" : std::string(": ") + name_of(fate));
    });
    if (fate == Fate::answer_foreign && world_->dice.chance(50))
        return falsified(*world_, fate, request, {}, heard_);
    if (fate == Fate::request_late) {
        world_->late.push_back(request);
        return unreachable();
    }
    Request arriving = request;
    if (fate == Fate::request_garbled) garble(arriving.body, world_->dice);
    auto response = taken(*world_, arriving);
    if (fate == Fate::request_twice) {
        const int starts = world_->platform->starts;
        auto again = taken(*world_, arriving);
        // A node that enrols is answered the same again: its nonce proves nothing yet.
        if (response && again && response->status == 200 && again->status == 200 &&
            request.target != "/v1/enrol" && starts == world_->platform->starts)
            throw Violation("the platform has taken the same request twice");
        if (world_->dice.chance(50)) response = std::move(again);
    }
    world_->interleave();
    if (node.is_dead() || !response) return unreachable();
    auto heard = falsified(*world_, fate, request, *response, heard_);
    if (response->status == 200)
        heard_.insert_or_assign(std::string(protocol::path_of(request.target)), std::move(*response));
    return heard;
}

}  // namespace wq::sim
