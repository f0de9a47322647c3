#include "kiosk/devices/sane_options.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <vector>

namespace wq::devices {
namespace {

bool holds(std::string_view text, std::string_view part) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::search(text, part, {}, lower, lower).begin() != text.end();
}

double plain(const SANE_Option_Descriptor& option, SANE_Word word) {
    return option.type == SANE_TYPE_FIXED ? SANE_UNFIX(word) : word;
}

SANE_Word word_of(const SANE_Option_Descriptor& option, double value) {
    return option.type == SANE_TYPE_FIXED
               ? static_cast<SANE_Word>(std::lround(value * (1 << SANE_FIXED_SCALE_SHIFT)))
               : static_cast<SANE_Word>(std::lround(value));
}

bool is_number(const SANE_Option_Descriptor& option) {
    return option.type == SANE_TYPE_INT || option.type == SANE_TYPE_FIXED;
}

}  // namespace

double nearest_offered(const SANE_Option_Descriptor& option, double wanted) {
    if (option.constraint_type == SANE_CONSTRAINT_RANGE) {
        const SANE_Range& range = *option.constraint.range;
        const double least = plain(option, range.min), most = plain(option, range.max);
        const double step = plain(option, range.quant);
        const double within = std::clamp(wanted, least, std::max(least, most));
        if (step <= 0) return within;
        const double on_grid = least + std::round((within - least) / step) * step;
        return on_grid > most ? on_grid - step : on_grid;
    }
    if (option.constraint_type != SANE_CONSTRAINT_WORD_LIST) return wanted;
    const SANE_Word* list = option.constraint.word_list;
    std::optional<double> enough;
    double greatest = 0;
    for (SANE_Word i = 1; i <= list[0]; ++i) {
        const double value = plain(option, list[i]);
        greatest = std::max(greatest, value);
        if (value >= wanted && (!enough || value < *enough)) enough = value;
    }
    return enough.value_or(greatest);
}

std::optional<SaneOptions::Found> SaneOptions::find(std::string_view name) const {
    for (SANE_Int index = 1;; ++index) {
        const SANE_Option_Descriptor* option = sane_get_option_descriptor(device_, index);
        if (!option) return std::nullopt;
        if (option->name && name == option->name && SANE_OPTION_IS_ACTIVE(option->cap) &&
            SANE_OPTION_IS_SETTABLE(option->cap))
            return Found{index, option};
    }
}

std::string SaneOptions::offered_text(std::string_view name,
                                      std::initializer_list<std::string_view> parts) const {
    const auto found = find(name);
    if (!found || found->option->constraint_type != SANE_CONSTRAINT_STRING_LIST) return {};
    for (std::string_view part : parts)
        for (const SANE_String_Const* text = found->option->constraint.string_list; *text; ++text)
            if (holds(*text, part)) return *text;
    return {};
}

bool SaneOptions::set(const Found& found, void* value) {
    return sane_control_option(device_, found.index, SANE_ACTION_SET_VALUE, value, nullptr) ==
           SANE_STATUS_GOOD;
}

bool SaneOptions::set_text(std::string_view name, const std::string& text) {
    const auto found = find(name);
    if (!found || found->option->type != SANE_TYPE_STRING) return false;
    std::vector<char> value(
        std::max<std::size_t>(static_cast<std::size_t>(found->option->size), text.size() + 1));
    std::memcpy(value.data(), text.c_str(), text.size() + 1);
    return set(*found, value.data());
}

bool SaneOptions::set_number(std::string_view name, double wanted) {
    const auto found = find(name);
    if (!found || !is_number(*found->option) || found->option->size != sizeof(SANE_Word)) return false;
    SANE_Word word = word_of(*found->option, nearest_offered(*found->option, wanted));
    return set(*found, &word);
}

bool SaneOptions::set_written(std::string_view name, const std::string& value) {
    const auto found = find(name);
    if (!found) return false;
    if (found->option->type == SANE_TYPE_STRING) return set_text(name, value);
    if (found->option->type == SANE_TYPE_BOOL) {
        SANE_Bool yes = value == "yes" ? SANE_TRUE : SANE_FALSE;
        return (yes || value == "no") && set(*found, &yes);
    }
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    return error == std::errc() && end == value.data() + value.size() && set_number(name, number);
}

double SaneOptions::number(std::string_view name, double otherwise) const {
    const auto found = find(name);
    if (!found || !is_number(*found->option) || found->option->size != sizeof(SANE_Word)) return otherwise;
    SANE_Word word = 0;
    if (sane_control_option(device_, found->index, SANE_ACTION_GET_VALUE, &word, nullptr) != SANE_STATUS_GOOD)
        return otherwise;
    return plain(*found->option, word);
}

bool SaneOptions::is_in_pixels(std::string_view name) const {
    const auto found = find(name);
    return found && found->option->unit == SANE_UNIT_PIXEL;
}

}  // namespace wq::devices
