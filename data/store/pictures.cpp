#include "data/store/pictures.h"

#include "data/crypto/hash.h"
#include "data/os/files.h"
#include "data/store/core.h"

namespace wq::store {
namespace {

std::filesystem::path file_of(const Core& core, const domain::Hash& hash) {
    const std::string name = to_hex(hash);
    return core.home() / "pictures" / name.substr(0, 2) / (name + ".sealed");
}

Picture picture_from(SQLite::Statement& row) {
    return {domain::hash_from(bytes_at(row, 0)), int_at(row, 1), text_at(row, 2)};
}

std::vector<Picture> pictures_of(SQLite::Statement& select, std::size_t limit) {
    select.bind(1, static_cast<std::int64_t>(limit));
    std::vector<Picture> pictures;
    while (select.executeStep()) pictures.push_back(picture_from(select));
    return pictures;
}

}  // namespace

Result<Picture> Pictures::keep(ByteView content, std::string_view media_type) {
    const Picture picture{crypto::sm3(content), static_cast<std::int64_t>(content.size()),
                          std::string(media_type)};
    if (has(picture.hash) && std::filesystem::exists(file_of(*core_, picture.hash))) return picture;
    // The file first: a row never names a picture that a power cut took.
    if (auto written = os::write_file(file_of(*core_, picture.hash), core_->seal(content, "picture"));
        !written)
        return tl::make_unexpected(written.error());
    core_->transaction([&] {
        auto upsert = core_->sql(
            "INSERT INTO picture (hash, size, media_type, here, sent, wanted) VALUES (?, ?, ?, 1, 0, 0)"
            " ON CONFLICT (hash) DO UPDATE SET here = 1");
        bind_at(upsert, 1, picture.hash);
        upsert.bind(2, picture.size);
        bind_at(upsert, 3, picture.media_type);
        upsert.exec();
    });
    return picture;
}

std::optional<Bytes> Pictures::read(const domain::Hash& hash) const {
    const auto sealed = os::read_file(file_of(*core_, hash));
    if (!sealed) return std::nullopt;
    Bytes plain = core_->unseal(*sealed, "picture");
    if (crypto::sm3(plain) != hash) throw Fault("a picture's content is not what its name says");
    return plain;
}

bool Pictures::has(const domain::Hash& hash) const {
    auto select = core_->sql("SELECT 1 FROM picture WHERE hash = ? AND here = 1");
    bind_at(select, 1, hash);
    return select.executeStep();
}

std::vector<Picture> Pictures::to_send(std::size_t limit) const {
    return pictures_of(
        core_->sql(
            "SELECT hash, size, media_type FROM picture WHERE wanted = 1 AND here = 1 AND sent = 0 LIMIT ?"),
        limit);
}

std::vector<Picture> Pictures::to_fetch(std::size_t limit) const {
    return pictures_of(
        core_->sql("SELECT hash, size, media_type FROM picture WHERE wanted = 1 AND here = 0 LIMIT ?"),
        limit);
}

void Pictures::note_sent(const domain::Hash& hash) {
    core_->transaction([&] {
        auto update = core_->sql("UPDATE picture SET sent = 1 WHERE hash = ?");
        bind_at(update, 1, hash);
        update.exec();
    });
}

}  // namespace wq::store
