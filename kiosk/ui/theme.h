// How everything looks: colours, type, distances. The one place with numbers for the eye; controls ask
// here and hold none themselves. Distances are in units of the design (a portrait panel 1080 wide, a
// landscape one 1080 high, or a desk window at 96 dpi) and come out in pixels of the window.
// Not for words (words.h) and not for drawing (draw.h). UI thread only.
#pragma once

#include <wx/colour.h>
#include <wx/font.h>
#include <wx/gdicmn.h>

namespace wq::ui {

// Touch: targets of at least 15 mm. Desk: keyboard and mouse, dense.
enum class Density { touch, desk };

// Text on its usual ground has a contrast of at least 7:1 (WCAG 2.2, 1.4.6).
enum class Colour {
    ink,            // text
    muted,          // text of second rank, also on paper and soft blue
    faint,          // disabled text, placeholders
    brand,          // header and main button
    brand_pressed,  //
    brand_ink,      // text and outlines in the brand's colour
    on_brand,       // text on brand, nav, success, danger, dark
    on_brand_line,  // outline on brand
    paper,          // ground of a screen
    surface,        // ground of cards and fields
    pressed,        // ground of a card or an outlined button under a finger
    line,           // outline of cards
    hairline,       // between rows
    idle,           // ground of a disabled button
    soft_blue,      //
    soft_amber,     //
    soft_red,       //
    soft_green,     //
    success,        //
    success_pressed,
    danger,   //
    warning,  //
    keys,     // ground of the keyboard
    key_edge,
    nav,       // sidebar
    nav_line,  // sidebar, item under the pointer
    dark,      // ground of pictures
    found,     // frame of a page that was recognised
    lost,      // frame of a page that was not, and of differences
    ring,      // around what has the focus
};

enum class Type {
    hero,        // welcome
    lead,        // below it
    display,     // the one card that counts
    title,       // of a screen
    heading,     // of a step
    section,     // above a group
    card,        // of a tappable card
    subheading,  // of an item in a list
    button,
    body,
    body_strong,
    field,
    label,  // above a field
    note,
    note_strong,
    small,
    small_strong,
    brand,  // name of the program
    pill,   // small buttons in the header
    key,    // letters on the keyboard
    key_word,
};

enum class Metric {
    margin,         // screen's edge to its content
    gap,            // between cards
    gap_small,      // between what belongs together
    card_padding,   //
    card_radius,    //
    radius,         // of buttons and fields
    radius_small,   // of badges
    border,         // of cards
    border_strong,  // of buttons and fields
    ring,           // width of the focus ring, drawn outside the control
    button,         // height
    button_big,     // height in the footer
    field,          // height
    row,            // height of a key-value row
    option,         // height of a row to choose
    header,         // height
    footer_padding,
    key,   // height
    slop,  // a finger may wander so far before a touch becomes a drag
};

// Call once before the first window, and again when the panel changes. One unit of the design becomes
// width / 1080 pixels on an upright panel, height / 1080 on a lying one, 1 on the desk.
void fit_theme(Density density, wxSize window);

Density density();
bool is_landscape();  // a screen then puts side by side what otherwise stands one below the other

// Text size in 4 steps, 0 (as designed) to 3 (half as big again).
inline constexpr int kTextSizes = 4;
void set_text_step(int step);
int text_step();

void set_high_contrast(bool on);
bool high_contrast();

int px(double units);
int metric(Metric metric);
wxColour colour(Colour colour);
const wxFont& font(Type type);
int font_px(Type type);  // size of the em

}  // namespace wq::ui
