// Deterministic CBOR (RFC 8949, section 4.2.1): the one form of everything that is hashed, signed or
// sent. Encoding has exactly one result for a value; decoding refuses anything that encoding would
// not have written (long integers, unsorted or doubled keys, indefinite lengths, tags, floats,
// bad UTF-8, more than 16 levels), so that bytes and value stand for each other.
#pragma once

#include "data/base/bytes.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wq::cbor {

class Value;
using Array = std::vector<Value>;

// Keys are text, in the order of their encoded bytes: shorter first, then by byte.
struct KeyOrder {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const {
        return a.size() != b.size() ? a.size() < b.size() : a < b;
    }
};
using Map = std::map<std::string, Value, KeyOrder>;

class Value {
  public:
    Value() = default;  // null
    Value(bool value) : data_(value) {}
    Value(std::int64_t value) : data_(value) {}
    Value(int value) : data_(std::int64_t{value}) {}
    Value(std::string value) : data_(std::move(value)) {}
    Value(std::string_view value) : data_(std::string(value)) {}
    Value(const char* value) : data_(std::string(value)) {}
    Value(Bytes value) : data_(std::move(value)) {}
    Value(ByteView value) : data_(Bytes(value.begin(), value.end())) {}
    Value(Array value) : data_(std::move(value)) {}
    Value(Map value) : data_(std::move(value)) {}

    bool operator==(const Value&) const = default;

    // Reading never fails: what is absent or of another type reads as empty (0, "", false, …).
    // Where that matters, ask is_…() or has() first.
    bool is_null() const { return data_.index() == 0; }
    bool is_int() const { return std::holds_alternative<std::int64_t>(data_); }
    bool is_text() const { return std::holds_alternative<std::string>(data_); }
    bool is_bytes() const { return std::holds_alternative<Bytes>(data_); }
    bool is_array() const { return std::holds_alternative<Array>(data_); }
    bool is_map() const { return std::holds_alternative<Map>(data_); }

    bool as_bool() const;
    std::int64_t as_int() const;
    const std::string& as_text() const;
    const Bytes& as_bytes() const;
    const Array& as_array() const;
    const Map& as_map() const;

    bool has(std::string_view key) const;
    const Value& operator[](std::string_view key) const;  // null where absent
    const Value& operator[](std::size_t index) const;     // null where absent

    // Makes a map of a null value.
    Value& set(std::string_view key, Value value);

  private:
    friend void encode_into(Bytes& out, const Value& value);
    std::variant<std::monostate, bool, std::int64_t, std::string, Bytes, Array, Map> data_;
};

Bytes encode(const Value& value);
std::optional<Value> decode(ByteView bytes);

}  // namespace wq::cbor
