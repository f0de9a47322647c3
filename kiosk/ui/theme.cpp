#include "kiosk/ui/theme.h"

#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace wq::ui {
namespace {

struct Theme {
    Density density = Density::touch;
    double scale = 1;
    bool landscape = false;
    int text_step = 0;
    bool high_contrast = false;
    std::map<Type, wxFont> fonts;
};

Theme& theme() {
    static Theme instance;
    return instance;
}

constexpr std::array<double, kTextSizes> kTextSteps{1.0, 1.15, 1.3, 1.5};

struct TypeSize {
    double touch;
    double desk;
    bool bold;
};

TypeSize size_of(Type type) {
    switch (type) {
        case Type::hero:
            return {92, 40, true};
        case Type::lead:
            return {38, 18, false};
        case Type::display:
            return {56, 28, true};
        case Type::title:
            return {52, 22, true};
        case Type::heading:
            return {46, 20, true};
        case Type::section:
            return {34, 18, true};
        case Type::card:
            return {40, 18, true};
        case Type::subheading:
            return {40, 18, true};
        case Type::button:
            return {40, 17, true};
        case Type::body:
            return {32, 17, false};
        case Type::body_strong:
            return {32, 17, true};
        case Type::field:
            return {34, 17, false};
        case Type::label:
            return {28, 15, true};
        case Type::note:
            return {30, 16, false};
        case Type::note_strong:
            return {30, 16, true};
        case Type::small:
            return {26, 14, false};
        case Type::small_strong:
            return {26, 14, true};
        case Type::brand:
            return {36, 22, true};
        case Type::pill:
            return {28, 15, false};
        case Type::key:
            return {40, 20, false};
        case Type::key_word:
            return {30, 16, false};
    }
    return {32, 17, false};
}

unsigned plain(Colour colour) {
    switch (colour) {
        case Colour::ink:
            return 0x15233B;
        case Colour::muted:
            return 0x404F68;
        case Colour::faint:
            return 0x5A6B85;
        case Colour::brand:
            return 0x1D4E9E;
        case Colour::brand_pressed:
            return 0x153C7D;
        case Colour::brand_ink:
            return 0x1A4891;
        case Colour::on_brand:
            return 0xFFFFFF;
        case Colour::on_brand_line:
            return 0x9DB3D8;
        case Colour::paper:
            return 0xF2F5F9;
        case Colour::surface:
            return 0xFFFFFF;
        case Colour::pressed:
            return 0xE8EFFA;
        case Colour::line:
            return 0xD9E0EA;
        case Colour::hairline:
            return 0xE6EBF2;
        case Colour::idle:
            return 0xE3E8EF;
        case Colour::soft_blue:
            return 0xE8EFFA;
        case Colour::soft_amber:
            return 0xFFF4E0;
        case Colour::soft_red:
            return 0xFDEBEA;
        case Colour::soft_green:
            return 0xE6F4EC;
        case Colour::success:
            return 0x155C3B;
        case Colour::success_pressed:
            return 0x0F452C;
        case Colour::danger:
            return 0x9F151B;
        case Colour::warning:
            return 0x7A4500;
        case Colour::keys:
            return 0xDFE5EE;
        case Colour::key_edge:
            return 0xB9C4D4;
        case Colour::nav:
            return 0x14305F;
        case Colour::nav_line:
            return 0x1A3A70;
        case Colour::dark:
            return 0x33415C;
        case Colour::found:
            return 0x39C07C;
        case Colour::lost:
            return 0xE35B5B;
        case Colour::ring:
            return 0x1A4891;
    }
    return 0;
}

// What high contrast changes; everything else stays.
unsigned contrasty(Colour colour) {
    switch (colour) {
        case Colour::ink:
        case Colour::muted:
            return 0x000000;
        case Colour::faint:
            return 0x3A3A3A;
        case Colour::brand:
        case Colour::brand_ink:
        case Colour::nav:
            return 0x06256B;
        case Colour::paper:
            return 0xFFFFFF;
        case Colour::line:
        case Colour::key_edge:
        case Colour::hairline:
            return 0x000000;
        case Colour::soft_blue:
        case Colour::soft_amber:
        case Colour::soft_red:
        case Colour::soft_green:
            return 0xFFFFFF;
        case Colour::on_brand_line:
            return 0xFFFFFF;
        case Colour::success:
            return 0x003D20;
        case Colour::danger:
            return 0x800000;
        case Colour::warning:
            return 0x5A3200;
        case Colour::brand_pressed:
        case Colour::on_brand:
        case Colour::surface:
        case Colour::pressed:
        case Colour::idle:
        case Colour::success_pressed:
        case Colour::keys:
        case Colour::nav_line:
        case Colour::dark:
        case Colour::found:
        case Colour::lost:
        case Colour::ring:
            break;
    }
    return plain(colour);
}

std::pair<double, double> touch_and_desk(Metric metric) {
    switch (metric) {
        case Metric::margin:
            return {56, 16};
        case Metric::gap:
            return {28, 12};
        case Metric::gap_small:
            return {12, 6};
        case Metric::card_padding:
            return {40, 16};
        case Metric::card_radius:
            return {24, 8};
        case Metric::radius:
            return {18, 8};
        case Metric::radius_small:
            return {12, 6};
        case Metric::border:
            return {2, 1};
        case Metric::border_strong:
            return {3, 2};
        case Metric::ring:
            return {6, 3};
        case Metric::button:
            return {104, 48};
        case Metric::button_big:
            return {116, 48};
        case Metric::field:
            return {92, 40};
        case Metric::row:
            return {90, 40};
        case Metric::option:
            return {112, 44};
        case Metric::header:
            return {is_landscape() ? 108.0 : 132.0, 68};
        case Metric::footer_padding:
            return {22, 12};
        case Metric::key:
            return {98, 44};
        case Metric::slop:
            return {14, 6};
    }
    return {0, 0};
}

// wx has sizes in points only; the toolkit is held at 96 dpi (gtk.h), so a pixel is 3/4 point.
wxFont make_font(Type type) {
    wxFontInfo info(font_px(type) * 0.75);
    info.FaceName("Noto Sans CJK SC").Family(wxFONTFAMILY_SWISS);
    return wxFont(info.Bold(size_of(type).bold));
}

}  // namespace

void fit_theme(Density density, wxSize window) {
    theme().density = density;
    theme().landscape = window.x > window.y;
    theme().scale = density == Density::desk ? 1 : std::min(window.x, window.y) / 1080.0;
    theme().fonts.clear();
}

Density density() { return theme().density; }
bool is_landscape() { return theme().landscape; }

void set_text_step(int step) {
    theme().text_step = std::clamp(step, 0, static_cast<int>(kTextSteps.size()) - 1);
    theme().fonts.clear();
}
int text_step() { return theme().text_step; }

void set_high_contrast(bool on) { theme().high_contrast = on; }
bool high_contrast() { return theme().high_contrast; }

int px(double units) { return static_cast<int>(std::lround(units * theme().scale)); }

int metric(Metric which) {
    const auto [touch, desk] = touch_and_desk(which);
    const double units = density() == Density::touch ? touch : desk;
    return units > 0 ? std::max(1, px(units)) : 0;
}

wxColour colour(Colour which) {
    const unsigned rgb = high_contrast() ? contrasty(which) : plain(which);
    return {static_cast<unsigned char>(rgb >> 16), static_cast<unsigned char>(rgb >> 8 & 0xFF),
            static_cast<unsigned char>(rgb & 0xFF)};
}

int font_px(Type type) {
    const TypeSize size = size_of(type);
    const double units = density() == Density::touch ? size.touch : size.desk;
    return px(units * kTextSteps[static_cast<std::size_t>(theme().text_step)]);
}

const wxFont& font(Type type) {
    auto& fonts = theme().fonts;
    const auto known = fonts.find(type);
    return known != fonts.end() ? known->second : fonts.emplace(type, make_font(type)).first->second;
}

}  // namespace wq::ui
