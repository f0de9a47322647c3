#include "data/store/papers.h"

#include "data/store/core.h"

#include <algorithm>

namespace wq::store {
namespace {

std::vector<crypto::PaperName> names_of(SQLite::Statement& select) {
    std::vector<crypto::PaperName> names;
    while (select.executeStep())
        names.push_back({uuid_from_bytes(bytes_at(select, 0)).value_or(Uuid{}), int_at(select, 1)});
    return names;
}

Bytes part_of_list(Core& core, std::string_view part) {
    auto select = core.sql("SELECT bytes FROM verification_list WHERE part = ?");
    bind_at(select, 1, part);
    if (!select.executeStep()) return {};
    const ByteView bytes = bytes_at(select, 0);
    return {bytes.begin(), bytes.end()};
}

void keep_part(Core& core, std::string_view part, const Bytes& bytes) {
    auto upsert = core.sql(
        "INSERT INTO verification_list (part, bytes) VALUES (?, ?)"
        " ON CONFLICT (part) DO UPDATE SET bytes = excluded.bytes WHERE bytes <> excluded.bytes");
    bind_at(upsert, 1, part);
    bind_at(upsert, 2, ByteView(bytes));
    upsert.exec();
}

}  // namespace

std::vector<crypto::PaperName> Papers::find(const domain::HandCode& code) const {
    auto select = core_->sql("SELECT registration, revision FROM paper WHERE digest = ?");
    select.bind(1, static_cast<std::int64_t>(code.digest));
    return names_of(select);
}

std::vector<crypto::PaperName> Papers::ended() const {
    auto select = core_->sql("SELECT registration, revision FROM paper WHERE ended = 1");
    return names_of(select);
}

std::optional<crypto::SignedList> Papers::verification_list() const {
    crypto::SignedList list{part_of_list(*core_, "content"), {}, {}, {}};
    const auto statement = cbor::decode(part_of_list(*core_, "statement"));
    if (!statement || (*statement)["signature"].as_bytes().size() != list.signature.size())
        return std::nullopt;
    list.as_of = {(*statement)["as_of"].as_int()};
    std::ranges::copy((*statement)["signature"].as_bytes(), list.signature.begin());
    list.signer = (*statement)["signer"].as_bytes();
    return list;
}

void Papers::keep(const crypto::SignedList& list) {
    cbor::Value statement;
    statement.set("as_of", list.as_of.ms).set("signature", ByteView(list.signature));
    statement.set("signer", list.signer);
    core_->transaction([&] {
        keep_part(*core_, "content", list.content);
        keep_part(*core_, "statement", cbor::encode(statement));
    });
}

}  // namespace wq::store
