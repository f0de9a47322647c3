#include "pdf/render/prepared_cache.h"

#include "data/base/cbor.h"
#include "data/os/files.h"

#include <libdeflate.h>

#include <algorithm>

namespace wq::render {
namespace {

// To be counted up when the bytes of subsets or streams come out otherwise.
constexpr std::string_view kMadeBy = "wangqian prepared 1, libdeflate " LIBDEFLATE_VERSION_STRING;
constexpr std::size_t kLargest = std::size_t{16} << 20, kSum = 4;

std::filesystem::path file_of(const std::filesystem::path& folder, const PreparedMark& mark) {
    Bytes bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<std::uint8_t>(mark.value() >> shift));
    return folder / ("prepared-" + to_hex(bytes));
}

Bytes checksum_of(ByteView bytes) {
    const std::uint32_t sum = libdeflate_crc32(0, bytes.data(), bytes.size());
    return {static_cast<std::uint8_t>(sum >> 24), static_cast<std::uint8_t>(sum >> 16),
            static_cast<std::uint8_t>(sum >> 8), static_cast<std::uint8_t>(sum)};
}

}  // namespace

PreparedMark::PreparedMark() : value_(14695981039346656037u) { add(kMadeBy); }

void PreparedMark::add(std::string_view text) {
    for (char c : text) value_ = (value_ ^ static_cast<unsigned char>(c)) * 1099511628211u;  // FNV-1a
    value_ = (value_ ^ text.size()) * 1099511628211u;
}

std::optional<Prepared> read_prepared(const std::filesystem::path& folder, const PreparedMark& mark) {
    const auto file = os::read_file(file_of(folder, mark), kLargest);
    if (!file || file->size() < kSum) return std::nullopt;
    const ByteView content = ByteView(*file).first(file->size() - kSum);
    if (!std::ranges::equal(checksum_of(content), ByteView(*file).last(kSum))) return std::nullopt;
    const auto value = cbor::decode(content);
    if (!value) return std::nullopt;
    Prepared out;
    out.font.name = (*value)["name"].as_text();
    out.font.length = static_cast<std::size_t>((*value)["length"].as_int());
    out.font.file = (*value)["file"].as_bytes();
    out.font.to_unicode = (*value)["map"].as_bytes();
    for (const cbor::Value& it : (*value)["advances"].as_array())
        out.font.advances.push_back(static_cast<int>(it.as_int()));
    const cbor::Array& box = (*value)["box"].as_array();
    if (box.size() != out.font.box.size() || out.font.advances.empty()) return std::nullopt;
    for (std::size_t i = 0; i < box.size(); ++i) out.font.box[i] = static_cast<int>(box[i].as_int());
    for (const cbor::Value& it : (*value)["streams"].as_array()) out.streams.push_back(it.as_bytes());
    return out;
}

void write_prepared(const std::filesystem::path& folder, const PreparedMark& mark, const Prepared& prepared) {
    cbor::Array advances, box, streams;
    for (int it : prepared.font.advances) advances.emplace_back(it);
    for (int it : prepared.font.box) box.emplace_back(it);
    for (const Bytes& it : prepared.streams) streams.emplace_back(it);
    cbor::Value value;
    value.set("name", prepared.font.name).set("length", static_cast<std::int64_t>(prepared.font.length));
    value.set("file", prepared.font.file).set("map", prepared.font.to_unicode);
    value.set("advances", cbor::Value(std::move(advances))).set("box", cbor::Value(std::move(box)));
    value.set("streams", cbor::Value(std::move(streams)));
    Bytes content = cbor::encode(value);
    append(content, checksum_of(content));
    (void)os::write_file(file_of(folder, mark), content);
}

}  // namespace wq::render
