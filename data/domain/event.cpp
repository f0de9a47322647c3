#include "data/domain/event.h"

#include <algorithm>

namespace wq::domain {

Bytes encode(const Event& event) {
    cbor::Value actor, subject, expect, value;
    actor.set("role", name_of(event.actor.role)).set("account", event.actor.account);
    if (!event.actor.department.empty()) actor.set("department", event.actor.department);
    value.set("v", kEventVersion).set("type", event.type).set("school", event.school);
    value.set("device", event.device.view()).set("epoch", event.epoch).set("number", event.number);
    value.set("previous", ByteView(event.previous)).set("id", event.id.view()).set("actor", std::move(actor));
    if (!event.exam_number.empty()) subject.set("student", event.exam_number);
    if (!event.registration.is_nil()) {
        subject.set("registration", event.registration.view());
        expect.set("revision", event.expected_revision).set("state", name_of(event.expected_state));
        value.set("expect", std::move(expect));
    }
    if (!subject.is_null()) value.set("subject", std::move(subject));
    value.set("seen", event.seen).set("wall_ms", event.when.ms).set("steady_ms", event.steady_ms);
    value.set("boot", event.boot.view()).set("body", event.body);
    return cbor::encode(value);
}

namespace {

// No database keeps such a text as it is.
bool has_zero(const cbor::Value& value) {
    const auto in = [](const std::string& text) { return text.find('\0') != std::string::npos; };
    const auto in_entry = [&](const auto& entry) { return in(entry.first) || has_zero(entry.second); };
    return in(value.as_text()) || std::ranges::any_of(value.as_array(), has_zero) ||
           std::ranges::any_of(value.as_map(), in_entry);
}

}  // namespace

Result<Event> decode_event(ByteView bytes) {
    const auto wrong = [](const char* reason) { return refuse("event_wrong", {{"reason", reason}}); };
    const auto value = cbor::decode(bytes);
    if (!value || !value->is_map()) return wrong("not deterministic CBOR");
    if (has_zero(*value)) return wrong("a text with U+0000");
    const cbor::Value& v = *value;
    if (v["v"].as_int() != kEventVersion) return wrong("version");
    const auto device = uuid_from_bytes(v["device"].as_bytes());
    const auto id = uuid_from_bytes(v["id"].as_bytes());
    const auto boot = uuid_from_bytes(v["boot"].as_bytes());
    const auto role = role_named(v["actor"]["role"].as_text());
    if (!device || !id || !boot || !role) return wrong("device, id, boot or role");
    if (v["type"].as_text().empty() || v["number"].as_int() < 1 || v["epoch"].as_int() < 1)
        return wrong("type, epoch or number");
    if (v["previous"].as_bytes().size() != Hash{}.size()) return wrong("previous");
    Event event{v["type"].as_text(),
                v["school"].as_text(),
                *device,
                v["epoch"].as_int(),
                v["number"].as_int(),
                hash_from(v["previous"].as_bytes()),
                *id,
                {*role, v["actor"]["account"].as_text(), v["actor"]["department"].as_text()},
                v["subject"]["student"].as_text(),
                {},
                v["expect"]["revision"].as_int(),
                State::draft,
                v["seen"].as_int(),
                {v["wall_ms"].as_int()},
                v["steady_ms"].as_int(),
                *boot,
                v["body"]};
    if (v["subject"].has("registration")) {
        const auto registration = uuid_from_bytes(v["subject"]["registration"].as_bytes());
        const auto state = state_named(v["expect"]["state"].as_text());
        if (!registration || !state) return wrong("registration or expected state");
        event.registration = *registration;
        event.expected_state = *state;
    }
    return event;
}

Bytes chain_message(ByteView event_bytes) {
    Bytes message;
    message.reserve(1 + event_bytes.size());
    message.push_back(0x01);
    append(message, event_bytes);
    return message;
}

}  // namespace wq::domain
