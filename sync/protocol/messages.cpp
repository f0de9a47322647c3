#include "sync/protocol/messages.h"

#include "data/crypto/hash.h"
#include "data/domain/event.h"

#include <algorithm>

namespace wq::protocol {
namespace {

auto wrong(const char* message) { return refuse("message_wrong", {{"message", message}}); }

bool is_hash(const cbor::Value& value) { return value.as_bytes().size() == Hash{}.size(); }
bool is_signature(const cbor::Value& value) { return value.as_bytes().size() == crypto::Signature{}.size(); }

crypto::Signature signature_from(const cbor::Value& value) {
    crypto::Signature signature{};
    if (is_signature(value)) std::ranges::copy(value.as_bytes(), signature.begin());
    return signature;
}

cbor::Value to_cbor(const Args& args) {
    cbor::Value value{cbor::Map{}};
    for (const auto& [key, text] : args) value.set(key, text);
    return value;
}

Refusal why_from(const cbor::Value& value) {
    Refusal why{value["code"].as_text()};
    for (const auto& [key, text] : value["args"].as_map()) why.args.emplace_back(key, text.as_text());
    return why;
}

cbor::Value to_cbor(const EventVerdict& answer) {
    cbor::Value value;
    value.set("number", answer.number).set("verdict", answer.verdict).set("code", answer.why.code);
    value.set("args", to_cbor(answer.why.args)).set("again", answer.again);
    return value;
}

EventVerdict event_verdict_from(const cbor::Value& value) {
    return {value["number"].as_int(), value["verdict"].as_text(), why_from(value), value["again"].as_bool()};
}

cbor::Value to_cbor(const ProofStep& step) {
    cbor::Value value;
    value.set("hash", ByteView(step.hash)).set("left", step.on_left);
    return value;
}

ProofStep proof_step_from(const cbor::Value& value) {
    return {domain::hash_from(value["hash"].as_bytes()), value["left"].as_bool()};
}

constexpr std::size_t kMaxProof = 32;

bool is_proof(const cbor::Value& value) {
    return value.is_array() && value.as_array().size() <= kMaxProof &&
           std::ranges::all_of(value.as_array(),
                               [](const cbor::Value& step) { return is_hash(step["hash"]); });
}

Hash joined(const Hash& left, const Hash& right) {
    Bytes message{0x01};
    append(message, left);
    append(message, right);
    return crypto::sm3(message);
}

// Whether an answer was given before is a remark, not part of what the receipt promises.
cbor::Value promised(const std::vector<EventVerdict>& verdicts) {
    cbor::Array array;
    for (EventVerdict answer : verdicts) {
        answer.again = false;
        array.push_back(to_cbor(answer));
    }
    return array;
}

Bytes labelled(std::string_view label, const cbor::Value& value) {
    const ByteView text = bytes_of(label);
    Bytes message(text.begin(), text.end());
    append(message, cbor::encode(value));
    return message;
}

std::vector<Bytes> byte_strings_from(const cbor::Value& value) {
    std::vector<Bytes> strings;
    strings.reserve(value.as_array().size());
    for (const cbor::Value& item : value.as_array()) strings.push_back(item.as_bytes());
    return strings;
}

bool are_byte_strings(const cbor::Value& value) {
    return value.is_array() && std::ranges::all_of(value.as_array(), &cbor::Value::is_bytes);
}

}  // namespace

cbor::Value to_cbor(const Refusal& refusal, Instant platform_time) {
    cbor::Value value;
    value.set("code", refusal.code).set("args", to_cbor(refusal.args)).set("platform_ms", platform_time.ms);
    return value;
}

Refusal refusal_from(const cbor::Value& value) {
    if (value["code"].as_text().empty()) return {"platform_answer_wrong"};
    Refusal refusal = why_from(value);
    refusal.args.emplace_back("platform_ms", std::to_string(value["platform_ms"].as_int()));
    return refusal;
}

cbor::Value to_cbor(const EnrolRequest& message) {
    cbor::Value value;
    value.set("proto", kProtocol).set("code", message.code).set("device", message.device.view());
    value.set("epoch", message.epoch);
    value.set("number", message.number).set("public_key", message.public_key);
    return value;
}

Result<EnrolRequest> enrol_request_from(const cbor::Value& value) {
    const auto device = uuid_from_bytes(value["device"].as_bytes());
    const std::int64_t number = value["number"].as_int();
    if (value["proto"].as_int() != kProtocol || !device || number < 0 || number > 999) return wrong("enrol");
    return EnrolRequest{value["code"].as_text(), *device, value["epoch"].as_int(), static_cast<int>(number),
                        value["public_key"].as_bytes()};
}

cbor::Value to_cbor(const EnrolAnswer& message) {
    cbor::Value value;
    value.set("school", message.school).set("school_name", message.school_name);
    value.set("number", message.number).set("epoch", message.epoch);
    value.set("platform_key", message.platform_key).set("platform_ms", message.platform_time.ms);
    return value;
}

Result<EnrolAnswer> enrol_answer_from(const cbor::Value& value) {
    const EnrolAnswer answer{value["school"].as_text(),
                             value["school_name"].as_text(),
                             static_cast<int>(value["number"].as_int()),
                             value["epoch"].as_int(),
                             value["platform_key"].as_bytes(),
                             {value["platform_ms"].as_int()}};
    if (answer.school.size() != 5 || answer.number < 1 || answer.number > 999 || answer.epoch < 1)
        return wrong("enrol answer");
    return answer;
}

cbor::Value to_cbor(const Push& message) {
    cbor::Value value;
    value.set("proto", kProtocol).set("device", message.device.view()).set("epoch", message.epoch);
    value.set("base", message.base).set("previous", ByteView(message.previous));
    value.set("events", cbor::Array(message.events.begin(), message.events.end()));
    return value;
}

Result<Push> push_from(const cbor::Value& value) {
    const auto device = uuid_from_bytes(value["device"].as_bytes());
    if (value["proto"].as_int() != kProtocol || !device || !is_hash(value["previous"]) ||
        !are_byte_strings(value["events"]))
        return wrong("push");
    Push push{*device, value["epoch"].as_int(), value["base"].as_int(),
              domain::hash_from(value["previous"].as_bytes()), byte_strings_from(value["events"])};
    if (push.epoch < 1 || push.base < 1 || push.events.empty() || push.events.size() > kMaxBatchEvents)
        return wrong("push");
    return push;
}

Hash event_hash(ByteView event_bytes) { return crypto::sm3(domain::chain_message(event_bytes)); }

cbor::Value to_cbor(const PushAnswer& message) {
    cbor::Array verdicts;
    for (const EventVerdict& answer : message.verdicts) verdicts.push_back(to_cbor(answer));
    cbor::Value value;
    value.set("school", message.school).set("device", message.device.view()).set("epoch", message.epoch);
    value.set("acked_through", message.acked_through).set("head", ByteView(message.head));
    value.set("feed", message.feed).set("need_from", message.need_from).set("verdicts", std::move(verdicts));
    value.set("platform_ms", message.platform_time.ms).set("receipt", ByteView(message.receipt));
    cbor::Array proof;
    for (const ProofStep& step : message.proof) proof.push_back(to_cbor(step));
    value.set("proof", std::move(proof));
    return value;
}

Result<PushAnswer> push_answer_from(const cbor::Value& value) {
    const auto device = uuid_from_bytes(value["device"].as_bytes());
    if (!device || !is_hash(value["head"]) || !is_signature(value["receipt"]) ||
        !value["verdicts"].is_array() || !is_proof(value["proof"]))
        return wrong("push answer");
    PushAnswer answer{value["school"].as_text(),
                      *device,
                      value["epoch"].as_int(),
                      value["acked_through"].as_int(),
                      domain::hash_from(value["head"].as_bytes()),
                      value["feed"].as_int(),
                      value["need_from"].as_int(),
                      {},
                      {value["platform_ms"].as_int()},
                      {},
                      signature_from(value["receipt"])};
    for (const cbor::Value& step : value["proof"].as_array()) answer.proof.push_back(proof_step_from(step));
    for (const cbor::Value& item : value["verdicts"].as_array())
        answer.verdicts.push_back(event_verdict_from(item));
    return answer;
}

Hash receipt_leaf(const PushAnswer& answer) {
    cbor::Value value;
    value.set("school", answer.school).set("device", answer.device.view()).set("epoch", answer.epoch);
    value.set("acked_through", answer.acked_through).set("head", ByteView(answer.head));
    value.set("feed", answer.feed).set("platform_ms", answer.platform_time.ms);
    value.set("verdicts", ByteView(crypto::sm3(cbor::encode(promised(answer.verdicts)))));
    Bytes message{0x00};
    append(message, labelled("WQRECEIPT1\n", value));
    return crypto::sm3(message);
}

Bytes receipt_message(const PushAnswer& answer) {
    Hash root = receipt_leaf(answer);
    for (const ProofStep& step : answer.proof)
        root = step.on_left ? joined(step.hash, root) : joined(root, step.hash);
    Bytes message(bytes_of("WQROOT1\n").begin(), bytes_of("WQROOT1\n").end());
    append(message, root);
    return message;
}

// Level by level; the last one of an odd level goes up as it is.
void join_receipts(const std::vector<PushAnswer*>& answers) {
    std::vector<Hash> level;
    for (PushAnswer* answer : answers) {
        answer->proof.clear();
        level.push_back(receipt_leaf(*answer));
    }
    for (std::size_t height = 0; level.size() > 1; ++height) {
        for (std::size_t i = 0; i < answers.size(); ++i)
            if (const std::size_t beside = (i >> height) ^ 1; beside < level.size())
                answers[i]->proof.push_back({level[beside], beside % 2 == 0});
        std::vector<Hash> above;
        for (std::size_t i = 0; i < level.size(); i += 2)
            above.push_back(i + 1 < level.size() ? joined(level[i], level[i + 1]) : level[i]);
        level = std::move(above);
    }
}

Bytes encode(const FeedEntry& entry) {
    cbor::Value value;
    value.set("feed", entry.feed).set("event", entry.event).set("verdict", entry.verdict);
    value.set("code", entry.why.code).set("args", to_cbor(entry.why.args)).set("received", entry.received.ms);
    return cbor::encode(value);
}

Result<FeedEntry> feed_entry_from(ByteView bytes) {
    const auto value = cbor::decode(bytes);
    if (!value || !(*value)["event"].is_bytes() || (*value)["feed"].as_int() < 1) return wrong("feed row");
    const cbor::Value& v = *value;
    return FeedEntry{v["feed"].as_int(),
                     v["event"].as_bytes(),
                     v["verdict"].as_text(),
                     why_from(v),
                     {v["received"].as_int()}};
}

Hash feed_chain(const Hash& before, ByteView row) {
    Bytes message{0x02};
    append(message, before);
    append(message, row);
    return crypto::sm3(message);
}

cbor::Value to_cbor(const FeedPage& message) {
    cbor::Value value;
    value.set("school", message.school).set("rows", cbor::Array(message.rows.begin(), message.rows.end()));
    value.set("through", message.through).set("chain", ByteView(message.chain)).set("last", message.last);
    value.set("platform_ms", message.platform_time.ms).set("checkpoint", ByteView(message.checkpoint));
    return value;
}

Result<FeedPage> feed_page_from(const cbor::Value& value) {
    if (!is_hash(value["chain"]) || !is_signature(value["checkpoint"]) || !are_byte_strings(value["rows"]))
        return wrong("feed page");
    return FeedPage{value["school"].as_text(),
                    byte_strings_from(value["rows"]),
                    value["through"].as_int(),
                    domain::hash_from(value["chain"].as_bytes()),
                    value["last"].as_int(),
                    {value["platform_ms"].as_int()},
                    signature_from(value["checkpoint"])};
}

Bytes checkpoint_message(const FeedPage& page) {
    cbor::Value value;
    value.set("school", page.school).set("feed", page.through).set("chain", ByteView(page.chain));
    return labelled("WQCHECKPOINT1\n", value);
}

namespace {

cbor::Value stated(const Status& message) {
    cbor::Value value;
    value.set("school", message.school).set("device", message.device.view()).set("epoch", message.epoch);
    value.set("acked_through", message.acked_through).set("head", ByteView(message.head));
    value.set("feed", message.feed).set("chain", ByteView(message.chain));
    value.set("graduates", message.graduates).set("registrations", message.registrations);
    if (message.event_there) value.set("event_there", ByteView(*message.event_there));
    if (message.chain_there) value.set("chain_there", ByteView(*message.chain_there));
    value.set("challenge", ByteView(message.challenge)).set("platform_ms", message.platform_time.ms);
    return value;
}

std::optional<Hash> hash_there(const cbor::Value& value) {
    return is_hash(value) ? std::optional(domain::hash_from(value.as_bytes())) : std::nullopt;
}

}  // namespace

cbor::Value to_cbor(const Status& message) {
    return stated(message).set("statement", ByteView(message.statement));
}

Bytes status_message(const Status& status) { return labelled("WQSTATUS1\n", stated(status)); }

Result<Status> status_from(const cbor::Value& value) {
    const auto device = uuid_from_bytes(value["device"].as_bytes());
    if (!device || !is_hash(value["head"]) || !is_hash(value["chain"]) || !is_signature(value["statement"]))
        return wrong("status");
    return Status{value["school"].as_text(),
                  *device,
                  value["epoch"].as_int(),
                  value["acked_through"].as_int(),
                  domain::hash_from(value["head"].as_bytes()),
                  value["feed"].as_int(),
                  domain::hash_from(value["chain"].as_bytes()),
                  value["graduates"].as_int(),
                  value["registrations"].as_int(),
                  hash_there(value["event_there"]),
                  hash_there(value["chain_there"]),
                  value["challenge"].as_bytes(),
                  {value["platform_ms"].as_int()},
                  signature_from(value["statement"])};
}

cbor::Value to_cbor(const ListAnswer& message) {
    cbor::Value value;
    value.set("as_of", message.as_of.ms).set("signature", ByteView(message.signature));
    if (message.content) value.set("content", *message.content);
    return value;
}

Result<ListAnswer> list_answer_from(const cbor::Value& value) {
    if (!value["as_of"].is_int() || !is_signature(value["signature"])) return wrong("verification list");
    ListAnswer answer{{}, {value["as_of"].as_int()}, signature_from(value["signature"])};
    if (value.has("content")) answer.content = value["content"].as_bytes();
    return answer;
}

std::string to_text(const PartsHeld& held) {
    if (held.complete) return "complete";
    Bytes bitmap((held.parts.size() + 7) / 8);
    for (std::size_t i = 0; i < held.parts.size(); ++i)
        if (held.parts[i]) bitmap[i / 8] = static_cast<std::uint8_t>(bitmap[i / 8] | 1u << (i % 8));
    return to_hex(bitmap);
}

Result<PartsHeld> parts_held_from(std::string_view text) {
    if (text == "complete") return PartsHeld{true, {}};
    const auto bitmap = from_hex(text);
    if (!bitmap || bitmap->size() * 8 > kMaxParts) return wrong("parts");
    PartsHeld held{false, std::vector<bool>(bitmap->size() * 8)};
    for (std::size_t i = 0; i < held.parts.size(); ++i) held.parts[i] = ((*bitmap)[i / 8] >> (i % 8)) & 1;
    return held;
}

}  // namespace wq::protocol
