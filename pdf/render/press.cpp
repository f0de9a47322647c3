#include "pdf/render/press.h"

#include "data/base/utf8.h"
#include "pdf/render/page_fonts.h"
#include "pdf/render/page_stream.h"
#include "pdf/render/pdf_objects.h"
#include "pdf/render/prepared_cache.h"
#include "pdf/render/tagging.h"

#include <algorithm>
#include <map>

namespace wq::render {
namespace {

constexpr int kPreparedLevel = 12, kPageLevel = 1;
constexpr std::size_t kUsualSize = 128 * 1024;
constexpr const char* kProducer = "Wangqian";

HPDF_Dict descriptor(PdfObjects& objects, const EmbeddedFont& font) {
    HPDF_Dict file = objects.deflated_stream(font.file);
    PdfObjects::number(file, "Length1", static_cast<int>(font.length));
    HPDF_Dict it = objects.dictionary();
    PdfObjects::name(it, "Type", "FontDescriptor");
    PdfObjects::name(it, "FontName", font.name.c_str());
    PdfObjects::number(it, "Flags", 4);  // symbolic: has its own encoding
    HPDF_Array box = objects.array();
    PdfObjects::add(it, "FontBBox", box);
    for (int side : font.box) PdfObjects::add_number(box, side);
    PdfObjects::number(it, "ItalicAngle", 0);
    PdfObjects::number(it, "Ascent", 880);
    PdfObjects::number(it, "Descent", -120);
    PdfObjects::number(it, "CapHeight", 700);
    PdfObjects::number(it, "StemV", 80);
    PdfObjects::add(it, "FontFile2", file);
    return it;
}

// Runs of glyphs of one width as "first last width" (ISO 32000-1, 9.7.4.3); a full em is the default.
HPDF_Array widths(PdfObjects& objects, const std::vector<int>& advances) {
    HPDF_Array it = objects.array();
    for (std::size_t first = 0; first < advances.size();) {
        std::size_t next = first;
        while (next < advances.size() && advances[next] == advances[first]) ++next;
        if (advances[first] != 1000)
            for (std::size_t value : {first, next - 1, static_cast<std::size_t>(advances[first])})
                PdfObjects::add_number(it, static_cast<int>(value));
        first = next;
    }
    return it;
}

HPDF_Dict font_object(PdfObjects& objects, const EmbeddedFont& font) {
    HPDF_Dict cid = objects.dictionary();
    PdfObjects::name(cid, "Type", "Font");
    PdfObjects::name(cid, "Subtype", "CIDFontType2");
    PdfObjects::name(cid, "BaseFont", font.name.c_str());
    HPDF_Dict system = objects.inner();
    PdfObjects::add(cid, "CIDSystemInfo", system);
    PdfObjects::add(system, "Registry", objects.ascii("Adobe"));
    PdfObjects::add(system, "Ordering", objects.ascii("Identity"));
    PdfObjects::number(system, "Supplement", 0);
    PdfObjects::name(cid, "CIDToGIDMap", "Identity");
    PdfObjects::number(cid, "DW", 1000);
    PdfObjects::add(cid, "FontDescriptor", descriptor(objects, font));
    PdfObjects::add(cid, "W", widths(objects, font.advances));

    HPDF_Dict it = objects.dictionary();
    PdfObjects::name(it, "Type", "Font");
    PdfObjects::name(it, "Subtype", "Type0");
    PdfObjects::name(it, "BaseFont", font.name.c_str());
    PdfObjects::name(it, "Encoding", "Identity-H");
    HPDF_Array descendants = objects.array();
    PdfObjects::add(it, "DescendantFonts", descendants);
    PdfObjects::add(descendants, cid);
    PdfObjects::add(it, "ToUnicode", objects.deflated_stream(font.to_unicode));
    return it;
}

// A stencil mask of one bit for each module (ISO 32000-1, 8.9.6.2): zeros are painted.
HPDF_Dict code_picture(PdfObjects& objects, const QrSymbol& symbol) {
    const std::size_t stride = static_cast<std::size_t>(symbol.side + 7) / 8;
    Bytes bits(stride * static_cast<std::size_t>(symbol.side), 0xFF);
    const std::uint8_t* module = symbol.modules.data();
    for (std::size_t y = 0; y < static_cast<std::size_t>(symbol.side); ++y)
        for (int x = 0; x < symbol.side; ++x)
            bits[y * stride + static_cast<std::size_t>(x) / 8] ^=
                static_cast<std::uint8_t>(*module++ << (7 - x % 8));
    HPDF_Dict it = objects.stream(objects.keep(std::move(bits)));
    PdfObjects::name(it, "Type", "XObject");
    PdfObjects::name(it, "Subtype", "Image");
    PdfObjects::number(it, "Width", symbol.side);
    PdfObjects::number(it, "Height", symbol.side);
    PdfObjects::number(it, "BitsPerComponent", 1);
    PdfObjects::boolean(it, "ImageMask", true);
    return it;
}

HPDF_Dict photo_picture(PdfObjects& objects, const Photograph& photo) {
    HPDF_Dict it = objects.jpeg_stream(photo.jpeg);
    PdfObjects::name(it, "Type", "XObject");
    PdfObjects::name(it, "Subtype", "Image");
    PdfObjects::name(it, "ColorSpace", "DeviceRGB");
    PdfObjects::number(it, "Width", photo.width);
    PdfObjects::number(it, "Height", photo.height);
    PdfObjects::number(it, "BitsPerComponent", 8);
    return it;
}

// F0 and F1, as far as the document has characters of them.
struct FontObjects {
    HPDF_Dict prepared = nullptr, own = nullptr;
};

// One page's streams: what is fixed, if anything, then its own.
struct PageParts {
    PageStream own;
    HPDF_Dict fixed = nullptr;
    std::vector<bool> marked = {};  // of both
};

void add_page(PdfObjects& objects, Tagging& tagging, const PageParts& parts, const FontObjects& fonts) {
    const auto [page, resources] =
        objects.page(objects.keep(deflated(bytes_of(parts.own.content), kPageLevel)));
    if (parts.fixed) {
        HPDF_Dict own = static_cast<HPDF_PageAttr>(page->attr)->contents;
        HPDF_Array both = objects.array();
        PdfObjects::add(both, parts.fixed);
        PdfObjects::add(both, own);
        PdfObjects::add(page, "Contents", both);
    }
    HPDF_Dict names = objects.inner();
    PdfObjects::add(resources, "Font", names);
    if (fonts.prepared) PdfObjects::add(names, "F0", fonts.prepared);
    if (fonts.own) PdfObjects::add(names, "F1", fonts.own);
    HPDF_Dict pictures = objects.inner();
    PdfObjects::add(resources, "XObject", pictures);
    for (std::size_t i = 0; i < parts.own.pictures.size(); ++i)
        PdfObjects::add(pictures, ("C" + std::to_string(i)).c_str(),
                        code_picture(objects, *parts.own.pictures[i]));
    for (std::size_t i = 0; i < parts.own.photos.size(); ++i)
        PdfObjects::add(pictures, ("P" + std::to_string(i)).c_str(),
                        photo_picture(objects, *parts.own.photos[i]));
    tagging.add_page(page, parts.marked);
}

void describe(PdfObjects& objects, const std::string& title) {
    HPDF_Doc document = objects.document();
    PdfObjects::add(document->info, "Title", objects.text(title));
    PdfObjects::add(document->info, "Producer", objects.text(kProducer));
    PdfObjects::add(document->catalog, "Lang", objects.ascii("zh-CN"));
    HPDF_Dict preferences = objects.inner();
    PdfObjects::add(document->catalog, "ViewerPreferences", preferences);
    PdfObjects::boolean(preferences, "DisplayDocTitle", true);
    PdfObjects::name(preferences, "PrintScaling", "None");  // marks are measured when the page comes back
}

}  // namespace

// A drawing that many pages begin with, and its stream.
struct Press::Fixed {
    std::shared_ptr<const Drawing> drawing;
    std::vector<bool> marked;
    Bytes stream;
};

Press::Press(const Fonts& fonts, const FixedParts& fixed, const std::filesystem::path& cache)
    : fonts_(fonts) {
    require_known_libharu();
    PreparedFont::Points points;
    for (const FixedText& text : fixed.texts)
        points[static_cast<std::size_t>(text.face)] += to_code_points(text.text);
    prepared_ = std::make_unique<PreparedFont>(fonts, std::move(points));
    PreparedMark mark;
    for (const FontFile& file : fonts.files()) mark.add(file.stamp());
    mark.add(to_utf8(prepared_->points()));
    std::vector<std::string> streams;
    for (const auto& drawing : fixed.drawings) {
        PageFonts used(fonts, *prepared_);
        const auto stream = page_stream(*drawing, used);
        if (!stream || !stream->pictures.empty() || used.has_own())
            throw Fault("a fixed drawing is not fixed");
        mark.add(streams.emplace_back("q\n" + stream->content + "Q\n"));
        fixed_.push_back({drawing, stream->parts, {}});
    }
    if (cache.empty() || !take(cache, mark)) make(streams, cache, mark);
}

bool Press::take(const std::filesystem::path& cache, const PreparedMark& mark) {
    auto kept = read_prepared(cache, mark);
    if (!kept || kept->streams.size() != fixed_.size()) return false;
    prepared_->take(std::move(kept->font));
    for (std::size_t i = 0; i < fixed_.size(); ++i) fixed_[i].stream = std::move(kept->streams[i]);
    return true;
}

void Press::make(const std::vector<std::string>& streams, const std::filesystem::path& cache,
                 const PreparedMark& mark) {
    prepared_->make();
    Prepared kept{prepared_->font(), {}};
    for (std::size_t i = 0; i < fixed_.size(); ++i)
        kept.streams.push_back(fixed_[i].stream = deflated(bytes_of(streams[i]), kPreparedLevel));
    if (!cache.empty()) write_prepared(cache, mark, kept);
}

Press::~Press() = default;

const Press::Fixed& Press::known(const std::shared_ptr<const Drawing>& drawing) const {
    const auto at = std::ranges::find(fixed_, drawing, &Fixed::drawing);
    if (at == fixed_.end()) throw Fault("a fixed drawing that the press does not know");
    return *at;
}

Result<Bytes> Press::print(const Sheets& sheets) const {
    PageFonts page_fonts(fonts_, *prepared_);
    EmbeddedFont own_font;  // both outlive the objects, which read them at the end
    PdfObjects objects;
    std::map<const Fixed*, HPDF_Dict> fixed;  // each once, on however many pages
    std::vector<PageParts> pages;
    for (const Drawing& page : sheets.pages) {
        const Fixed* part = page.fixed ? &known(page.fixed) : nullptr;
        auto own = page_stream(page, page_fonts, part ? part->marked.size() : 0);
        if (!own) return tl::make_unexpected(own.error());
        PageParts& parts = pages.emplace_back(PageParts{std::move(*own)});
        if (part) {
            page_fonts.use_prepared();
            HPDF_Dict& stream = fixed[part];
            if (!stream) stream = objects.deflated_stream(part->stream);
            parts.fixed = stream;
            parts.marked = part->marked;
        }
        parts.marked.insert(parts.marked.end(), parts.own.parts.begin(), parts.own.parts.end());
    }
    describe(objects, sheets.title);
    FontObjects fonts;
    if (page_fonts.has_prepared()) fonts.prepared = font_object(objects, prepared_->font());
    if (page_fonts.has_own()) {
        own_font = page_fonts.own();
        fonts.own = font_object(objects, own_font);
    }
    Tagging tagging(objects);
    for (const PageParts& page : pages) add_page(objects, tagging, page, fonts);
    return objects.write(kUsualSize);
}

}  // namespace wq::render
