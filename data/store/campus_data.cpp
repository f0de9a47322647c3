#include "data/store/campus_data.h"

#include "data/store/core.h"
#include "data/store/projection.h"
#include "data/store/sync_notes.h"

namespace wq::store {

domain::Campus CampusData::campus() const {
    domain::Campus campus{domain::preset_settings()};
    auto select = core_->sql("SELECT key, value FROM setting");
    while (select.executeStep()) campus.settings.insert_or_assign(text_at(select, 0), text_at(select, 1));
    return campus;
}

Result<void> CampusData::change(const domain::Form& settings, const domain::Actor& actor,
                                const std::optional<domain::Form>& seen) {
    cbor::Value changed{cbor::Map{}};
    const domain::Campus before = campus();
    const bool is_made = !before.school_code().empty(), has_joined = !core_->note(kPlatformNote).empty();
    for (const auto& [key, value] : settings) {
        if (auto refusal = domain::check_setting(key, value)) return tl::make_unexpected(std::move(*refusal));
        const std::string_view now = domain::value_of(before.settings, key);
        if (now == value) continue;
        if (seen && domain::value_of(*seen, key) != now)
            return refuse("setting_changed", {{"key", key}, {"value", std::string(now)}});
        if (has_joined && domain::may_set(key, domain::Role::school))
            return refuse("setting_from_platform", {{"key", key}});
        if (auto refusal = domain::may_set(key, actor.role); refusal && is_made)
            return tl::make_unexpected(std::move(*refusal));
        changed.set(key, value);
    }
    if (changed.as_map().empty()) return {};
    core_->transaction([&] {
        domain::Event event = core_->new_event(domain::event_type::kSettings, actor);
        event.body.set("settings", changed);
        core_->append(event);
        project(*core_, event);
    });
    return {};
}

crypto::TrustList CampusData::trust() const {
    crypto::TrustList list;
    auto select = core_->sql("SELECT entry FROM trusted_key ORDER BY spki");
    while (select.executeStep())
        if (const auto entry = cbor::decode(bytes_at(select, 0)))
            // A key that this program can't read proves nothing; the others still do.
            (void)list.add(crypto::trusted_key_from_cbor(*entry));
    return list;
}

void CampusData::trust_key(const crypto::TrustedKey& key, const domain::Actor& actor) {
    core_->transaction([&] {
        domain::Event event = core_->new_event(domain::event_type::kTrust, actor);
        event.body.set("keys", cbor::Array{crypto::to_cbor(key)});
        core_->append(event);
        project(*core_, event);
    });
}

}  // namespace wq::store
