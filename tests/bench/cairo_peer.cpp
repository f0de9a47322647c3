#include "tests/bench/cairo_peer.h"

#include "data/base/utf8.h"
#include "pdf/render/text_layout.h"

#include <cairo-ft.h>
#include <cairo-pdf.h>

#include <array>
#include <cmath>
#include <map>
#include <numbers>

namespace wq::bench {
namespace {

using namespace render;

// In the order of Fonts::files().
constexpr std::array kFiles{"arphic/uming.ttc",
                            "lxgw-wenkai/LXGWWenKai-Regular.ttf",
                            "lxgw-wenkai/LXGWWenKai-Bold.ttf",
                            "babelstone/BabelStoneHan.ttf",
                            "hanazono/HanaMinA.ttf",
                            "hanazono/HanaMinB.ttf"};

cairo_status_t count(void* total, const unsigned char*, unsigned int length) {
    *static_cast<std::size_t*>(total) += length;
    return CAIRO_STATUS_SUCCESS;
}

double points(double mm) { return mm / kPoint; }

}  // namespace

struct CairoPeer::Faces {
    FT_Library library = nullptr;
    std::vector<FT_Face> faces;
    std::vector<cairo_font_face_t*> fonts;
    std::map<std::pair<std::size_t, double>, cairo_scaled_font_t*> scaled;

    Faces() {
        FT_Init_FreeType(&library);
        for (const char* file : kFiles) {
            FT_Face face = nullptr;
            FT_New_Face(library, (std::string(kFontFolder) + "/" + file).c_str(), 0, &face);
            faces.push_back(face);
            fonts.push_back(cairo_ft_font_face_create_for_ft_face(face, 0));
        }
    }
    ~Faces() {
        for (auto& [key, font] : scaled) cairo_scaled_font_destroy(font);
        for (cairo_font_face_t* font : fonts) cairo_font_face_destroy(font);
        for (FT_Face face : faces) FT_Done_Face(face);
        FT_Done_FreeType(library);
    }
    cairo_scaled_font_t* scaled_font(std::size_t file, double size) {
        auto& font = scaled[{file, size}];
        if (font) return font;
        cairo_matrix_t matrix, unit;
        cairo_matrix_init_scale(&matrix, size, size);
        cairo_matrix_init_identity(&unit);
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        font = cairo_scaled_font_create(fonts[file], &matrix, &unit, options);
        cairo_font_options_destroy(options);
        return font;
    }
};

namespace {

template <class Faces>
struct Painter {
    cairo_t* cairo;
    Faces& faces;
    const Fonts& fonts;

    void operator()(const Text& text) {
        std::vector<cairo_glyph_t> glyphs;
        std::size_t file = SIZE_MAX;
        double x = points(text.at.x);
        const double y = points(text.at.y);
        cairo_save(cairo);
        cairo_set_source_rgb(cairo, text.style.grey, text.style.grey, text.style.grey);
        if (text.angle != 0) {
            cairo_translate(cairo, x, y);
            cairo_rotate(cairo, -text.angle * std::numbers::pi / 180);
            cairo_translate(cairo, -x, -y);
        }
        const auto show = [&] {
            if (glyphs.empty()) return;
            cairo_set_scaled_font(cairo, faces.scaled_font(file, text.style.size));
            cairo_show_glyphs(cairo, glyphs.data(), static_cast<int>(glyphs.size()));
            glyphs.clear();
        };
        char32_t before = 0;
        for (std::size_t at = 0; at < text.text.size();) {
            const char32_t point = next_code_point(text.text, at);
            const auto glyph = *fonts.glyph(text.style.face, point);
            if (glyph.file != file) show(), file = glyph.file;
            x -= squeeze(before, point) / 1000.0 * text.style.size;
            before = point;
            glyphs.push_back({glyph.id, x, y});
            x += glyph.advance / 1000.0 * text.style.size + points(text.tracking);
        }
        show();
        cairo_restore(cairo);
    }
    void operator()(const Line& line) {
        cairo_set_source_rgb(cairo, line.grey, line.grey, line.grey);
        cairo_set_line_width(cairo, points(line.width));
        cairo_move_to(cairo, points(line.from.x), points(line.from.y));
        cairo_line_to(cairo, points(line.to.x), points(line.to.y));
        cairo_stroke(cairo);
    }
    void operator()(const Filled& filled) {
        cairo_set_source_rgb(cairo, filled.grey, filled.grey, filled.grey);
        rectangle(filled.box);
        cairo_fill(cairo);
    }
    void operator()(const DashedCircle& circle) {
        const double dashes[] = {4, 3};
        cairo_set_source_rgb(cairo, circle.grey, circle.grey, circle.grey);
        cairo_set_line_width(cairo, points(circle.width));
        cairo_set_dash(cairo, dashes, 2, 0);
        cairo_new_path(cairo);
        cairo_arc(cairo, points(circle.centre.x), points(circle.centre.y), points(circle.radius), 0,
                  2 * std::numbers::pi);
        cairo_stroke(cairo);
        cairo_set_dash(cairo, nullptr, 0, 0);
    }
    void operator()(const Photo&) {}  // none stands on the pages that are compared
    // As a mask of one bit for each module, as the press does it.
    void operator()(const Code& code) {
        (*this)(Filled{code.box, 1});
        const int side = code.symbol.side;
        cairo_surface_t* mask = cairo_image_surface_create(CAIRO_FORMAT_A1, side, side);
        const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(mask));
        unsigned char* bits = cairo_image_surface_get_data(mask);
        for (int y = 0; y < side; ++y)
            for (int x = 0; x < side; ++x)
                if (code.symbol.dark(x, y))
                    bits[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x) / 8] |=
                        static_cast<unsigned char>(1 << (x % 8));
        cairo_surface_mark_dirty(mask);
        const Box box = sheet::symbol_in(code.box, side);
        cairo_save(cairo);
        cairo_set_source_rgb(cairo, 0, 0, 0);
        cairo_translate(cairo, points(box.x), points(box.y));
        cairo_scale(cairo, points(box.width) / side, points(box.height) / side);
        cairo_pattern_t* pattern = cairo_pattern_create_for_surface(mask);
        cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
        cairo_mask(cairo, pattern);
        cairo_pattern_destroy(pattern);
        cairo_restore(cairo);
        cairo_surface_destroy(mask);
    }
    void rectangle(Box box) {
        cairo_rectangle(cairo, points(box.x), points(box.y), points(box.width), points(box.height));
    }
};

}  // namespace

CairoPeer::CairoPeer(const Fonts& fonts) : faces_(std::make_unique<Faces>()), fonts_(fonts) {}
CairoPeer::~CairoPeer() = default;

std::size_t CairoPeer::print(const Sheets& sheets) {
    std::size_t total = 0;
    cairo_surface_t* surface =
        cairo_pdf_surface_create_for_stream(count, &total, points(sheet::kWidth), points(sheet::kHeight));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, sheets.title.c_str());
    cairo_t* cairo = cairo_create(surface);
    for (const Drawing& page : sheets.pages) {
        Painter<Faces> painter{cairo, *faces_, fonts_};
        if (page.fixed)
            for (const Item& item : page.fixed->items) std::visit(painter, item);
        for (const Item& item : page.items) std::visit(painter, item);
        cairo_show_page(cairo);
    }
    cairo_destroy(cairo);
    cairo_surface_finish(surface);
    cairo_surface_destroy(surface);
    return total;
}

}  // namespace wq::bench
