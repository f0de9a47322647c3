#include "data/base/cbor.h"

#include "data/base/utf8.h"

namespace wq::cbor {
namespace {

enum Major : std::uint8_t {
    kUnsigned = 0,
    kNegative = 1,
    kBytes = 2,
    kText = 3,
    kArray = 4,
    kMap = 5,
    kSimple = 7
};
constexpr std::uint8_t kFalse = 20, kTrue = 21, kNull = 22;
constexpr int kMaxDepth = 16;

void put_head(Bytes& out, Major major, std::uint64_t value) {
    const auto lead = static_cast<std::uint8_t>(major << 5);
    if (value < 24) {
        out.push_back(static_cast<std::uint8_t>(lead | value));
        return;
    }
    const int width = value <= 0xFF ? 0 : value <= 0xFFFF ? 1 : value <= 0xFFFFFFFF ? 2 : 3;
    out.push_back(static_cast<std::uint8_t>(lead | (24 + width)));
    for (int shift = (8 << width) - 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(value >> shift));
}

class Reader {
  public:
    explicit Reader(ByteView bytes) : bytes_(bytes) {}

    bool at_end() const { return bytes_.empty(); }

    std::optional<Value> value(int depth) {
        const auto head = read_head();
        if (!head || depth > kMaxDepth) return std::nullopt;
        const auto [major, number] = *head;
        switch (major) {
            case kUnsigned:
                if (number > INT64_MAX) return std::nullopt;
                return Value(static_cast<std::int64_t>(number));
            case kNegative:
                if (number > INT64_MAX) return std::nullopt;
                return Value(-1 - static_cast<std::int64_t>(number));
            case kBytes:
                if (auto part = take(number)) return Value(*part);
                return std::nullopt;
            case kText:
                if (auto text = text_of_length(number)) return Value(std::move(*text));
                return std::nullopt;
            case kArray:
                return array(number, depth);
            case kMap:
                return map(number, depth);
            case kSimple:
                return simple(number);
        }
        return std::nullopt;
    }

  private:
    struct Head {
        Major major;
        std::uint64_t number;
    };

    std::optional<Head> read_head() {
        if (bytes_.empty()) return std::nullopt;
        const std::uint8_t lead = bytes_[0];
        bytes_ = bytes_.subspan(1);
        const auto major = static_cast<Major>(lead >> 5);
        const std::uint8_t low = lead & 0x1F;
        if (major == 6) return std::nullopt;  // tags
        if (low < 24) return Head{major, low};
        if (low > 27 || major == kSimple) return std::nullopt;
        const std::size_t width = std::size_t{1} << (low - 24);
        const auto part = take(width);
        if (!part) return std::nullopt;
        std::uint64_t number = 0;
        for (std::uint8_t byte : *part) number = number << 8 | byte;
        const std::uint64_t smallest = width == 1 ? 24 : std::uint64_t{1} << (width * 4);
        if (number < smallest) return std::nullopt;  // would have been written shorter
        return Head{major, number};
    }

    std::optional<ByteView> take(std::uint64_t count) {
        if (count > bytes_.size()) return std::nullopt;
        const ByteView part = bytes_.first(count);
        bytes_ = bytes_.subspan(count);
        return part;
    }

    std::optional<std::string> text_of_length(std::uint64_t length) {
        const auto part = take(length);
        if (!part || !is_valid_utf8(wq::text_of(*part))) return std::nullopt;
        return std::string(wq::text_of(*part));
    }

    std::optional<Value> array(std::uint64_t count, int depth) {
        if (count > bytes_.size()) return std::nullopt;  // each item takes a byte at least
        Array items;
        // No reserve: a short message may claim sixteen nested arrays of a million items each.
        for (std::uint64_t i = 0; i < count; ++i) {
            auto item = value(depth + 1);
            if (!item) return std::nullopt;
            items.push_back(std::move(*item));
        }
        return Value(std::move(items));
    }

    std::optional<Value> map(std::uint64_t count, int depth) {
        Map entries;
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto head = read_head();
            if (!head || head->major != kText) return std::nullopt;
            auto key = text_of_length(head->number);
            if (!key) return std::nullopt;
            if (!entries.empty() && !KeyOrder{}(entries.rbegin()->first, *key)) return std::nullopt;
            auto item = value(depth + 1);
            if (!item) return std::nullopt;
            entries.emplace_hint(entries.end(), std::move(*key), std::move(*item));
        }
        return Value(std::move(entries));
    }

    static std::optional<Value> simple(std::uint64_t number) {
        if (number == kFalse) return Value(false);
        if (number == kTrue) return Value(true);
        if (number == kNull) return Value();
        return std::nullopt;
    }

    ByteView bytes_;
};

template <class T>
const T& held(const auto& data) {
    static const T kEmpty{};
    const T* value = std::get_if<T>(&data);
    return value ? *value : kEmpty;
}

const Value kNothing;

}  // namespace

bool Value::as_bool() const { return held<bool>(data_); }
std::int64_t Value::as_int() const { return held<std::int64_t>(data_); }
const std::string& Value::as_text() const { return held<std::string>(data_); }
const Bytes& Value::as_bytes() const { return held<Bytes>(data_); }
const Array& Value::as_array() const { return held<Array>(data_); }
const Map& Value::as_map() const { return held<Map>(data_); }

bool Value::has(std::string_view key) const { return as_map().contains(key); }

const Value& Value::operator[](std::string_view key) const {
    const auto at = as_map().find(key);
    return at == as_map().end() ? kNothing : at->second;
}

const Value& Value::operator[](std::size_t index) const {
    return index < as_array().size() ? as_array()[index] : kNothing;
}

Value& Value::set(std::string_view key, Value value) {
    if (is_null()) data_ = Map{};
    std::get<Map>(data_).insert_or_assign(std::string(key), std::move(value));
    return *this;
}

void encode_into(Bytes& out, const Value& value) {
    if (value.is_null()) {
        put_head(out, kSimple, kNull);
    } else if (value.is_int()) {
        const std::int64_t number = value.as_int();
        number >= 0 ? put_head(out, kUnsigned, static_cast<std::uint64_t>(number))
                    : put_head(out, kNegative, static_cast<std::uint64_t>(-1 - number));
    } else if (value.is_text()) {
        put_head(out, kText, value.as_text().size());
        append(out, bytes_of(value.as_text()));
    } else if (value.is_bytes()) {
        put_head(out, kBytes, value.as_bytes().size());
        append(out, value.as_bytes());
    } else if (value.is_array()) {
        put_head(out, kArray, value.as_array().size());
        for (const Value& item : value.as_array()) encode_into(out, item);
    } else if (value.is_map()) {
        put_head(out, kMap, value.as_map().size());
        for (const auto& [key, item] : value.as_map()) {
            put_head(out, kText, key.size());
            append(out, bytes_of(key));
            encode_into(out, item);
        }
    } else {
        put_head(out, kSimple, value.as_bool() ? kTrue : kFalse);
    }
}

Bytes encode(const Value& value) {
    Bytes out;
    encode_into(out, value);
    return out;
}

std::optional<Value> decode(ByteView bytes) {
    Reader reader(bytes);
    auto value = reader.value(0);
    if (!value || !reader.at_end()) return std::nullopt;
    return value;
}

}  // namespace wq::cbor
