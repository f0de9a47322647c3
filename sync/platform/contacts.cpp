#include "sync/platform/contacts.h"

namespace wq::platform {
namespace {

using soci::into, soci::use;

constexpr std::int64_t kWritten = kMinute;

void put(Database& database, const protocol::Sender& sender, const Contact& contact) {
    const std::string device = to_text(sender.device);
    database.sql()
        << "INSERT INTO contact (school, device, seen, path, code, failing_since)"
           " VALUES (:school, :device, :seen, :path, :code, :since)"
           " ON CONFLICT (school, device) DO UPDATE SET seen = excluded.seen, path = excluded.path,"
           " code = excluded.code, failing_since = excluded.failing_since",
        use(sender.school), use(device), use(contact.seen.ms), use(contact.path), use(contact.code),
        use(contact.failing_since.ms);
}

Contact read(Database& database, const protocol::Sender& sender) {
    const auto all = Contacts::of(database, sender.school);
    const auto at = all.find(sender.device);
    return at == all.end() ? Contact{} : at->second;
}

}  // namespace

// The database is asked outside of the lock: a slow one holds up nobody else's request.
void Contacts::note(Connections& connections, const protocol::Sender& sender, Instant now,
                    std::string_view path, std::string_view code) {
    if (!knows(sender)) {
        const Contact before = connections.read([&](Database& database) { return read(database, sender); });
        const std::lock_guard lock(mutex_);
        known_.emplace(sender, before);
    }
    if (const auto changed = change(sender, now, path, code))
        connections.write([&](Database& database) { put(database, sender, *changed); });
}

bool Contacts::knows(const protocol::Sender& sender) {
    const std::lock_guard lock(mutex_);
    return known_.contains(sender);
}

std::optional<Contact> Contacts::change(const protocol::Sender& sender, Instant now, std::string_view path,
                                        std::string_view code) {
    const std::lock_guard lock(mutex_);
    Contact& contact = known_[sender];
    const bool fails = !code.empty() && code != contact.code;
    const bool mended = code.empty() && !contact.code.empty() && contact.path == path;
    if (!fails && !mended && now.ms - contact.seen.ms < kWritten) return std::nullopt;
    contact.seen = now;
    if (fails) contact = {now, std::string(path), std::string(code), now};
    if (mended) contact = {now, "", "", {}};
    return contact;
}

std::map<Uuid, Contact> Contacts::of(Database& database, const std::string& school) {
    std::string device;
    Contact contact;
    std::map<Uuid, Contact> contacts;
    soci::statement rows =
        (database.sql().prepare << "SELECT device, seen, path, code, failing_since FROM contact"
                                   " WHERE school = :school",
         use(school), into(device), into(contact.seen.ms), into(contact.path), into(contact.code),
         into(contact.failing_since.ms));
    for (rows.execute(); rows.fetch();) contacts.emplace(uuid_from_text(device).value_or(Uuid{}), contact);
    return contacts;
}

}  // namespace wq::platform
