// A scanner's options by their names, each set to the nearest value that the device offers (SANE
// standard 1.06, 4.3): devices differ in what they have and call it. Inner part of wangqian-scanner.
#pragma once

#include <sane/sane.h>

#include <optional>
#include <string>
#include <string_view>

namespace wq::devices {

// The value that an option takes for a wanted one: within its range, on its grid; of a list the least that
// is not less, else the greatest. Plain numbers, fixed-point ones converted.
double nearest_offered(const SANE_Option_Descriptor& option, double wanted);

class SaneOptions {
  public:
    explicit SaneOptions(SANE_Handle device) : device_(device) {}

    bool has(std::string_view name) const { return find(name).has_value(); }
    // The first text offered that contains one of `parts` (in their order, whatever the case); empty: none.
    std::string offered_text(std::string_view name, std::initializer_list<std::string_view> parts) const;

    // False where there is no such option or the device does not take it.
    bool set_text(std::string_view name, const std::string& text);
    bool set_number(std::string_view name, double wanted);
    // As a person writes it: a text, a number, yes or no.
    bool set_written(std::string_view name, const std::string& value);

    double number(std::string_view name, double otherwise) const;
    // Whether the option counts pixels, not millimetres.
    bool is_in_pixels(std::string_view name) const;

  private:
    struct Found {
        SANE_Int index;
        const SANE_Option_Descriptor* option;
    };
    // Asked anew each time: setting one option may change all others.
    std::optional<Found> find(std::string_view name) const;
    bool set(const Found& found, void* value);

    SANE_Handle device_;
};

}  // namespace wq::devices
