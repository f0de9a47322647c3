#include "sync/platform/blobs.h"

#include "data/crypto/hash.h"
#include "data/os/files.h"

namespace wq::platform {
namespace {

using soci::into, soci::use;

namespace fs = std::filesystem;

constexpr std::string_view kContent = "blob.content", kPart = "blob.part";

// Parts that are not wanted any more. What another request lays there at this moment, it clears away itself.
void clear(const fs::path& folder) {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
}

}  // namespace

fs::path Blobs::file_of(const std::string& school, const domain::Hash& hash) const {
    const std::string name = text_of(hash);
    return home_ / "blobs" / school / name.substr(0, 2) / (name + ".sealed");
}

fs::path Blobs::parts_of(const std::string& school, const domain::Hash& hash) const {
    return home_ / "uploads" / school / text_of(hash);
}

bool Blobs::is_complete(const std::string& school, const domain::Hash& hash) {
    const std::string name = text_of(hash);
    return connections_->read([&](Database& database) {
        std::int64_t count = 0;
        database.sql() << "SELECT count(*) FROM blob WHERE school = :school AND hash = :hash", use(school),
            use(name), into(count);
        return count > 0;
    });
}

protocol::PartsHeld Blobs::held(const std::string& school, const domain::Hash& hash) {
    if (is_complete(school, hash)) return {true, {}};
    protocol::PartsHeld held;
    const fs::path folder = parts_of(school, hash);
    for (std::size_t part = 0; fs::exists(folder) && part < protocol::kMaxParts; ++part) {
        if (!fs::exists(folder / std::to_string(part))) continue;
        held.parts.resize(part + 1);
        held.parts[part] = true;
    }
    return held;
}

Result<void> Blobs::put_part(const std::string& school, const domain::Hash& hash, std::size_t part,
                             ByteView content) {
    if (part >= protocol::kMaxParts || content.empty() || content.size() > protocol::kPartSize)
        return refuse("part_wrong", {{"part", std::to_string(part)}});
    if (is_complete(school, hash)) return {};
    const fs::path folder = parts_of(school, hash);
    auto kept = os::write_file(folder / std::to_string(part), sealer_->seal(content, kPart), true);
    // Another request may have joined them and cleared them away meanwhile: this one is of no use any more.
    if (!is_complete(school, hash)) return kept;
    clear(folder);
    return {};
}

Result<void> Blobs::commit(const std::string& school, const domain::Hash& hash, const std::string& media_type,
                           Instant now) {
    const fs::path folder = parts_of(school, hash);
    if (is_complete(school, hash)) {
        clear(folder);  // it was cut off before it came to that
        return {};
    }
    Bytes whole;
    for (std::size_t part = 0; part < protocol::kMaxParts; ++part) {
        const auto sealed = os::read_file(folder / std::to_string(part));
        const auto plain = sealed ? sealer_->open(*sealed, kPart) : std::nullopt;
        if (!plain) break;
        append(whole, *plain);
    }
    if (crypto::sm3(whole) != hash) {
        // Another request may have joined them and cleared them away while this one was reading.
        if (is_complete(school, hash)) return {};
        clear(folder);
        return refuse("blob_wrong");
    }
    if (const auto kept = keep(school, whole, media_type, now); !kept)
        return tl::make_unexpected(kept.error());
    clear(folder);
    return {};
}

Result<domain::Hash> Blobs::keep(const std::string& school, ByteView content, const std::string& media_type,
                                 Instant now) {
    const domain::Hash hash = crypto::sm3(content);
    if (is_complete(school, hash)) return hash;
    // The file first: a row never names what a power cut took.
    if (auto kept = os::write_file(file_of(school, hash), sealer_->seal(content, kContent), true); !kept)
        return tl::make_unexpected(kept.error());
    const std::string name = text_of(hash);
    const auto size = static_cast<std::int64_t>(content.size());
    connections_->write([&](Database& database) {
        database.sql() << "INSERT INTO blob (school, hash, size, media_type, received) VALUES (:school,"
                          " :hash, :size, :media_type, :received) ON CONFLICT (school, hash) DO NOTHING",
            use(school), use(name), use(size), use(media_type), use(now.ms);
    });
    return hash;
}

std::size_t Blobs::sweep() {
    constexpr std::chrono::hours kForgotten{7 * 24};
    std::size_t swept = 0;
    std::error_code gone;  // by a request at the same moment
    for (const auto& school : fs::directory_iterator(home_ / "uploads", gone))
        for (const auto& upload : fs::directory_iterator(school.path(), gone))
            if (const auto age = os::age_of(upload.path()); age && *age > kForgotten)
                swept += fs::remove_all(upload.path(), gone) > 0;
    return swept;
}

Result<Blob> Blobs::read(const std::string& school, const domain::Hash& hash) {
    const std::string name = text_of(hash);
    Blob blob;
    const bool known = connections_->read([&](Database& database) {
        database.sql() << "SELECT media_type FROM blob WHERE school = :school AND hash = :hash", use(school),
            use(name), into(blob.media_type);
        return database.sql().got_data();
    });
    if (!known) return refuse("blob_unknown");
    const auto sealed = os::read_file(file_of(school, hash));
    auto plain = sealed ? sealer_->open(*sealed, kContent) : std::nullopt;
    if (!plain) throw Fault("a blob's file is missing or was changed");
    blob.content = std::move(*plain);
    return blob;
}

}  // namespace wq::platform
