// Geometry of every sheet that Wangqian prints, in millimetres from the upper left corner of an upright
// A4 page (ISO 216), y downwards. Paper out draws by it and paper back measures by it, so that both
// speak of the same places. Pure constants; nothing is drawn or read here.
#pragma once

namespace wq::sheet {

struct Point {
    double x = 0, y = 0;

    bool operator==(const Point&) const = default;
};

struct Box {
    double x = 0, y = 0, width = 0, height = 0;

    bool operator==(const Box&) const = default;
    constexpr Point centre() const { return {x + width / 2, y + height / 2}; }
    constexpr double right() const { return x + width; }
    constexpr double bottom() const { return y + height; }
};

inline constexpr double kWidth = 210, kHeight = 297;

// Three corner marks (square rings, black with a white core): upper left, lower left, lower right. The
// missing fourth tells which way up the page is.
inline constexpr double kMarkSize = 4.4, kMarkRing = 1.1;
inline constexpr Point kMarks[3] = {{10.3, 10.3}, {10.3, 286.7}, {199.7, 286.7}};

// The two code boxes of each page, quiet zone of 4 modules included: upper right and lower left. The
// symbol fills its box; a module is at least 0.5 mm.
inline constexpr Box kUpperCode{155.4, 7.5, 38.6, 38.6};
inline constexpr Box kLowerCode{16, 246, 33, 33};
inline constexpr int kQuietModules = 4;
inline constexpr double kSmallestModule = 0.5;

// Where the symbol itself (without quiet zone) of `modules` a side stands in its box.
constexpr Box symbol_in(Box box, int modules) {
    const double module = box.width / (modules + 2 * kQuietModules);
    return {box.x + kQuietModules * module, box.y + kQuietModules * module, modules * module,
            modules * module};
}

// The middle of the base line of the code to type by hand, under each code.
inline constexpr Point kUpperHandCode{174.7, 49.1}, kLowerHandCode{32.5, 281.4};

// What is printed by type stands between these; the codes are laid so that their symbols end here too.
inline constexpr double kLeft = 18, kRight = 192, kBodyTop = 50, kBodyBottom = 245;

// Where a party of an agreement signs, on the first page: `area` is its whole field (everything
// handwritten or stamped belongs inside), `seal` the square kept free of print for a round seal of up to
// 45 mm; of no width where nobody stamps.
struct SigningPlace {
    Box area;
    Box seal;
};

inline constexpr double kSigningTop = 188, kSigningHeight = 57, kSealSide = 45;

constexpr SigningPlace signing_place(double x, double width, bool stamped) {
    const Box area{x, kSigningTop, width, kSigningHeight};
    if (!stamped) return {area, {}};
    return {area, {x + (width - kSealSide) / 2, kSigningTop + 6, kSealSide, kSealSide}};
}

// In the order employer, graduate, school.
inline constexpr SigningPlace kTwoPartyPlaces[2] = {signing_place(18, 87, true),
                                                    signing_place(105, 87, false)};
inline constexpr SigningPlace kThreePartyPlaces[3] = {
    signing_place(18, 58, true), signing_place(76, 58, false), signing_place(134, 58, true)};

}  // namespace wq::sheet
