#include "data/os/text.h"

#include "data/base/utf8.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace wq::os {
namespace {

std::string utf8_of(const icu::UnicodeString& text) {
    std::string utf8;
    text.toUTF8String(utf8);
    return utf8;
}

bool is_name_dot(char32_t point) {
    return point == 0x2022 || point == 0x30FB || point == 0xFF0E || point == 0x2027 || point == 0x0387;
}

// UTF-8 that ends within a character: read as GB18030 it would be other people's names.
bool is_cut_utf8(std::string_view content, std::size_t good) {
    const auto is_more = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    const std::string_view rest = content.substr(good);
    const auto lead = static_cast<unsigned char>(rest[0]);
    const std::size_t length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    return rest.size() < length && std::ranges::all_of(rest.substr(1), is_more) &&
           !std::ranges::all_of(content.substr(0, good), is_ascii);
}

Result<std::string> converted(std::string_view content, const char* encoding) {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<UConverter, void (*)(UConverter*)> converter(ucnv_open(encoding, &status), ucnv_close);
    if (U_FAILURE(status)) throw Fault(std::string("ICU has no converter for ") + encoding);
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    std::u16string wide(content.size() + 1, u'\0');
    const char* at = content.data();
    char16_t* out = wide.data();
    ucnv_toUnicode(converter.get(), &out, wide.data() + wide.size(), &at, content.data() + content.size(),
                   nullptr, true, &status);
    if (U_FAILURE(status))
        return refuse("text_encoding_unknown", {{"position", std::to_string(at - content.data())}});
    return utf8_of(icu::UnicodeString(wide.data(), static_cast<int32_t>(out - wide.data())));
}

}  // namespace

Result<std::string> normal_text(std::string_view text) {
    if (const std::size_t good = valid_utf8_prefix(text); good < text.size())
        return refuse("text_not_utf8", {{"position", std::to_string(good)}});
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(status);
    if (U_FAILURE(status)) throw Fault("ICU has no normal form C");
    const icu::StringPiece given(text.data(), static_cast<int>(text.size()));
    std::string normal(text);
    if (!nfc->isNormalizedUTF8(given, status))
        normal = utf8_of(nfc->normalize(icu::UnicodeString::fromUTF8(given), status));
    if (U_FAILURE(status)) throw Fault("ICU could not normalise");
    std::u32string points = to_code_points(normal);
    for (std::size_t i = 1; i + 1 < points.size(); ++i)  // a dot between two parts of a name
        if (is_name_dot(points[i]) && points[i - 1] > 0x2E80 && points[i + 1] > 0x2E80) points[i] = 0xB7;
    return to_utf8(points);
}

std::string pinyin_initials(std::string_view text) {
    // Its own for each thread: a transliterator's state is not shared.
    static thread_local const std::unique_ptr<icu::Transliterator> kPinyin = [] {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
            "Han-Latin/Names; Latin-ASCII; Lower", UTRANS_FORWARD, status));
        if (U_FAILURE(status)) throw Fault("ICU has no readings of Han characters");
        return made;
    }();
    std::string initials;
    for (char32_t point : to_code_points(text)) {
        icu::UnicodeString reading(static_cast<UChar32>(point));
        kPinyin->transliterate(reading);
        const char16_t first = reading.isEmpty() ? u'\0' : reading[0];
        if ((first >= u'a' && first <= u'z') || (first >= u'0' && first <= u'9'))
            initials += static_cast<char>(first);
    }
    return initials;
}

Result<std::string> text_of_unknown_encoding(std::string_view content) {
    const bool marked = content.starts_with("\xEF\xBB\xBF");
    if (marked) content.remove_prefix(3);
    if (content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF"))
        return converted(content, "UTF-16");
    const std::size_t good = valid_utf8_prefix(content);
    if (good == content.size()) return std::string(content);
    if (marked || is_cut_utf8(content, good))
        return refuse("text_encoding_unknown", {{"position", std::to_string(good)}});
    return converted(content, "gb18030");
}

}  // namespace wq::os
