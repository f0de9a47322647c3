#include "data/base/utf8.h"
#include "sync/platform/web/logins.h"

#include <algorithm>

namespace wq::platform {
namespace {

constexpr std::size_t kLeast = 10, kMost = 128, kLongestPattern = 5;

// What is among the first tried of ten characters and more, in lower case: none of these counts as a secret.
constexpr std::string_view kCommon[] = {
    "1q2w3e4r5t",   "1q2w3e4r5t6y",   "1qaz2wsx3edc", "1qazxsw23edc", "qazwsxedcrfv",  "qwertyuiop",
    "qwerty12345",  "qwertyuiop123",  "asdfghjkl123", "zxcvbnm123",   "password12",    "password123",
    "password1234", "passw0rd123",    "p@ssw0rd123",  "p@ssword123",  "administrator", "admin12345",
    "admin123456",  "administrator1", "letmein123",   "welcome123",   "iloveyou123",   "woaini1314",
    "woaini520",    "woaini5201314",  "5201314520",   "1314520520",   "a1234567890",   "aa12345678",
    "aa123456789",  "abc123456789",   "abcd123456",   "abcd1234567",  "abcd12345678",  "qq123456789",
    "wang123456",   "zhang123456",    "li123456789",  "test123456",   "changeme123",   "default123",
    "computer123",  "internet123",    "wangqian123",  "wangqian1234", "wangqian2026",  "wangqian2027",
    "jiuye12345",   "jiuye123456",    "biyesheng123", "qianyue12345", "123456789a",    "1234567890a",
    "0123456789a",  "1234567890q",    "12345678900",  "11223344556",  "1122334455",    "9876543210a",
};

bool is_repeated(std::string_view text) {
    for (std::size_t period = 1; period <= kLongestPattern; ++period)
        if (std::equal(text.begin() + static_cast<std::ptrdiff_t>(period), text.end(), text.begin()))
            return true;
    return false;
}

// "1234567890", "zyxwvutsrq"
bool is_a_run(std::string_view text) {
    const auto steps_by = [&](int step) {
        for (std::size_t i = 1; i < text.size(); ++i) {
            const bool wraps =
                step > 0 ? text[i - 1] == '9' && text[i] == '0' : text[i - 1] == '0' && text[i] == '9';
            if (text[i] - text[i - 1] != step && !wraps) return false;
        }
        return true;
    };
    return steps_by(1) || steps_by(-1);
}

bool holds(std::string_view text, std::string_view part) {
    return count_code_points(part) >= 3 && text.find(part) != std::string_view::npos;
}

}  // namespace

std::optional<Refusal> check_new_password(std::string_view password, std::string_view account,
                                          std::string_view display_name) {
    const std::size_t length = count_code_points(password);
    if (length < kLeast) return Refusal{"password_too_short", {{"least", std::to_string(kLeast)}}};
    if (length > kMost) return Refusal{"password_too_long", {{"most", std::to_string(kMost)}}};
    const std::string plain = to_lower_ascii(password);
    if (std::ranges::count(kCommon, plain) || is_repeated(plain) || is_a_run(plain))
        return Refusal{"password_common"};
    if (holds(plain, to_lower_ascii(account)) || holds(plain, to_lower_ascii(display_name)))
        return Refusal{"password_like_account"};
    return std::nullopt;
}

}  // namespace wq::platform
