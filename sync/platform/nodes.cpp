#include "sync/platform/nodes.h"

#include "data/crypto/hash.h"

#include <algorithm>

namespace wq::platform {
namespace {

using soci::into, soci::use;

constexpr std::int64_t kCodeValid = 15 * kMinute;
constexpr std::size_t kCodeLength = 10, kSchoolLength = 5;

std::string hash_of_code(std::string_view normal) { return to_hex(crypto::sm3(bytes_of(normal))); }

bool is_school_code(const std::string& code) {
    return code.size() == kSchoolLength &&
           std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string normal_code(std::string_view typed) {
    std::string normal;
    for (char c : typed) {
        if (c == '-' || c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        normal += c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    }
    return normal;
}

Result<void> Nodes::add_school(const std::string& code, const std::string& name) {
    if (!is_school_code(code)) return refuse("school_wrong", {{"school", code}});
    const std::string zero = text_of(domain::Hash{});
    sql() << "INSERT INTO school (school, name) VALUES (:school, :name)"
             " ON CONFLICT (school) DO UPDATE SET name = excluded.name",
        use(code), use(name);
    // A renamed school's settings are read anew, and so is the verification list, that names all.
    sql() << "INSERT INTO feed_counter (school, last, chain, term, papers_version)"
             " VALUES (:school, 0, :chain, 1, 1) ON CONFLICT (school) DO UPDATE SET"
             " settings_version = feed_counter.settings_version + 1,"
             " papers_version = feed_counter.papers_version + 1",
        use(code), use(zero);
    return {};
}

std::vector<School> Nodes::schools() {
    School school;
    std::vector<School> schools;
    soci::statement rows = (sql().prepare << "SELECT school, name FROM school ORDER BY school",
                            into(school.code), into(school.name));
    rows.execute();
    while (rows.fetch()) schools.push_back(school);
    return schools;
}

std::optional<std::string> Nodes::school_name(const std::string& code) {
    std::string name;
    sql() << "SELECT name FROM school WHERE school = :school", use(code), into(name);
    return sql().got_data() ? std::optional(name) : std::nullopt;
}

Result<std::string> Nodes::new_code(const std::string& school, crypto::Random& random, Instant now) {
    if (!school_name(school)) return refuse("school_unknown", {{"school", school}});
    const std::string secret = random.typed_code(kCodeLength);
    const std::string hash = hash_of_code(school + secret);
    const std::int64_t until = now.ms + kCodeValid;
    sql() << "INSERT INTO enrol_code (school, code_hash, valid_until, device, epoch)"
             " VALUES (:school, :hash, :until, '', 0)",
        use(school), use(hash), use(until);
    return school + "-" + secret;
}

Result<protocol::EnrolAnswer> Nodes::enrol(const protocol::EnrolRequest& request, Instant now) {
    const std::string code = normal_code(request.code), school = code.substr(0, kSchoolLength);
    const std::string hash = hash_of_code(code), device = to_text(request.device);
    std::int64_t until = 0, used_epoch = 0;
    std::string used_by;
    // One after another: neither the code nor a node's number is given twice.
    sql() << "UPDATE feed_counter SET last = last WHERE school = :school", use(school);
    sql() << "SELECT valid_until, device, epoch FROM enrol_code WHERE school = :school AND code_hash = :hash",
        use(school), use(hash), into(until), into(used_by), into(used_epoch);
    if (!sql().got_data()) return refuse("enrol_code_wrong");
    const protocol::Sender sender{school, request.device};
    const auto before = find(sender);
    if (!used_by.empty()) {
        const bool same = used_by == device && before && before->epoch == used_epoch &&
                          before->public_key == request.public_key;
        return same ? Result<protocol::EnrolAnswer>(answer_for(*before)) : refuse("enrol_code_used");
    }
    if (now.ms > until) return refuse("enrol_code_expired");
    if (auto key = crypto::Verifier::from_spki(request.public_key); !key)
        return tl::make_unexpected(key.error());
    // Somebody who was this device has moved on since: whoever asks now is a copy, and a device of its own.
    if (before && request.epoch < before->epoch)
        return refuse("device_copied", {{"epoch", std::to_string(before->epoch)}});
    const auto number = number_for(sender, before ? before->number : request.number);
    if (!number) return tl::make_unexpected(number.error());
    // Beyond what a platform that was restored from a backup may have forgotten.
    const std::int64_t epoch = std::max(before ? before->epoch : 0, request.epoch) + 1;
    const Node node{sender, epoch, *number, request.public_key, "active", "", 0, {}, now};
    const std::string key = to_hex(node.public_key), zero = text_of(domain::Hash{});
    sql() << "INSERT INTO node"
             " (school, device, epoch, number, public_key, state, reason, last, chain, enrolled)"
             " VALUES (:school, :device, :epoch, :number, :key, 'active', '', 0, :chain, :enrolled)",
        use(school), use(device), use(node.epoch), use(node.number), use(key), use(zero), use(now.ms);
    sql() << "UPDATE enrol_code SET device = :device, epoch = :epoch"
             " WHERE school = :school AND code_hash = :hash",
        use(device), use(node.epoch), use(school), use(hash);
    return answer_for(node);
}

// A node that already gave agreement numbers keeps the number they carry, or does not enrol.
Result<int> Nodes::number_for(const protocol::Sender& sender, int wanted) {
    std::vector<int> taken;
    for (const Node& node : all(sender.school))
        if (node.sender.device != sender.device) taken.push_back(node.number);
    if (wanted > 0 && std::ranges::count(taken, wanted))
        return refuse("node_number_taken", {{"number", std::to_string(wanted)}});
    if (wanted > 0) return wanted;
    for (int number = 1; number <= 999; ++number)
        if (!std::ranges::count(taken, number)) return number;
    return refuse("node_numbers_exhausted");
}

protocol::EnrolAnswer Nodes::answer_for(const Node& node) {
    return {
        node.sender.school, school_name(node.sender.school).value_or(""), node.number, node.epoch, {}, {}};
}

std::vector<Bytes> Nodes::former_keys(const protocol::Sender& sender) {
    const std::string device = to_text(sender.device);
    std::string key;
    std::vector<Bytes> keys;
    soci::statement rows =
        (sql().prepare << "SELECT public_key FROM node WHERE school = :school AND device = :device"
                          " ORDER BY epoch DESC",
         use(sender.school), use(device), into(key));
    for (rows.execute(); rows.fetch();) keys.push_back(from_hex(key).value_or(Bytes{}));
    if (!keys.empty()) keys.erase(keys.begin());
    return keys;
}

std::vector<Node> Nodes::all(const std::string& school) {
    Node node;
    std::string device, key, chain;
    std::vector<Node> nodes;
    soci::statement rows =
        (sql().prepare << "SELECT device, epoch, number, public_key, state, reason, last, chain, enrolled"
                          " FROM node WHERE school = :school ORDER BY number, device, epoch",
         use(school), into(device), into(node.epoch), into(node.number), into(key), into(node.state),
         into(node.reason), into(node.last), into(chain), into(node.enrolled.ms));
    rows.execute();
    while (rows.fetch()) {
        node.sender = {school, uuid_from_text(device).value_or(Uuid{})};
        node.public_key = from_hex(key).value_or(Bytes{});
        node.chain = hash_of(chain);
        nodes.push_back(node);
    }
    return nodes;
}

std::optional<Node> Nodes::find(const protocol::Sender& sender) {
    Node node;
    node.sender = sender;
    const std::string device = to_text(sender.device);
    std::string key, chain;
    sql() << "SELECT epoch, number, public_key, state, reason, last, chain, enrolled FROM node"
             " WHERE school = :school AND device = :device ORDER BY epoch DESC LIMIT 1",
        use(sender.school), use(device), into(node.epoch), into(node.number), into(key), into(node.state),
        into(node.reason), into(node.last), into(chain), into(node.enrolled.ms);
    if (!sql().got_data()) return std::nullopt;
    node.public_key = from_hex(key).value_or(Bytes{});
    node.chain = hash_of(chain);
    return node;
}

std::map<Uuid, Node> Nodes::newest(const std::string& school, const std::vector<Uuid>& devices) {
    Node node;
    std::string device, key, chain;
    std::vector<std::string> wanted;
    for (const Uuid& id : devices) wanted.push_back(to_text(id));
    std::map<Uuid, Node> nodes;
    select_in(
        *database_,
        "SELECT device, epoch, number, public_key, state, reason, last, chain, enrolled FROM node"
        " WHERE school = :school AND device",
        school, wanted,
        [&](soci::statement& rows) {
            rows.exchange(into(device));
            rows.exchange(into(node.epoch));
            rows.exchange(into(node.number));
            rows.exchange(into(key));
            rows.exchange(into(node.state));
            rows.exchange(into(node.reason));
            rows.exchange(into(node.last));
            rows.exchange(into(chain));
            rows.exchange(into(node.enrolled.ms));
        },
        [&] {
            node.sender = {school, uuid_from_text(device).value_or(Uuid{})};
            node.public_key = from_hex(key).value_or(Bytes{});
            node.chain = hash_of(chain);
            const auto known = nodes.find(node.sender.device);
            if (known == nodes.end() || known->second.epoch < node.epoch) nodes[node.sender.device] = node;
        });
    return nodes;
}

void Nodes::note_chains(const std::string& school, const std::map<Uuid, Node>& nodes) {
    BulkInsert rows(*database_,
                    "INSERT INTO node (school, device, epoch, number, public_key, state, reason, last, chain,"
                    " enrolled)",
                    " ON CONFLICT (school, device, epoch)"
                    " DO UPDATE SET last = excluded.last, chain = excluded.chain");
    for (const auto& [device, node] : nodes)
        rows.add(school, to_text(device), node.epoch, node.number, to_hex(node.public_key), node.state,
                 node.reason, node.last, text_of(node.chain), node.enrolled.ms);
    rows.finish();
}

void Nodes::quarantine(const Node& node, const std::string& reason) {
    const std::string device = to_text(node.sender.device);
    sql() << "UPDATE node SET state = 'quarantined', reason = :reason WHERE school = :school"
             " AND device = :device AND epoch = :epoch AND state = 'active'",
        use(reason), use(node.sender.school), use(device), use(node.epoch);
}

void Nodes::set_state(const Node& node, const std::string& state, const std::string& reason) {
    const std::string device = to_text(node.sender.device);
    sql() << "UPDATE node SET state = :state, reason = :reason"
             " WHERE school = :school AND device = :device AND epoch = :epoch",
        use(state), use(reason), use(node.sender.school), use(device), use(node.epoch);
}

}  // namespace wq::platform
