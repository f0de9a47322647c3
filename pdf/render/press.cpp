#include "pdf/render/press.h"

#include "data/base/utf8.h"
#include "pdf/render/page_fonts.h"
#include "pdf/render/page_stream.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_pages.h>

#include <array>
#include <memory>

namespace wq::render {
namespace {

constexpr std::string_view kBuiltFor = "2.3.0";
static_assert(HPDF_MAJOR_VERSION == 2 && HPDF_MINOR_VERSION == 3 && HPDF_BUGFIX_VERSION == 0,
              "the press writes libharu's objects itself: try it anew with another version");

constexpr int kPreparedLevel = 12, kPageLevel = 6;
constexpr const char* kProducer = "Wangqian";

struct FreeDocument {
    void operator()(HPDF_Doc document) const { HPDF_Free(document); }
};
using Document = std::unique_ptr<HPDF_Doc_Rec, FreeDocument>;

template <class Pointer>
Pointer made(Pointer pointer) {
    if (!pointer) throw Fault("libharu: out of memory");
    return pointer;
}

void done(HPDF_STATUS status) {
    if (status != HPDF_OK) throw Fault("libharu: error " + std::to_string(status));
}

// libharu deflates for itself only; a stream that already is says so here.
HPDF_STATUS say_deflated(HPDF_Dict, HPDF_Stream out) {
    return HPDF_Stream_WriteStr(out, "/Filter /FlateDecode\012");
}

// Makes the objects of one document. Everything made belongs to the document.
class Objects {
  public:
    explicit Objects(HPDF_Doc document) : document_(document) {}

    HPDF_Dict inner() { return made(HPDF_Dict_New(document_->mmgr)); }
    HPDF_Dict dictionary() {
        HPDF_Dict it = inner();
        done(HPDF_Xref_Add(document_->xref, it));
        return it;
    }
    HPDF_Dict stream(ByteView content) {
        HPDF_Dict it = made(HPDF_DictStream_New(document_->mmgr, document_->xref));
        write(it->stream, content);
        return it;
    }
    HPDF_Dict deflated_stream(ByteView content) {
        HPDF_Dict it = stream(content);
        it->write_fn = say_deflated;
        return it;
    }
    HPDF_Array array() { return made(HPDF_Array_New(document_->mmgr)); }
    HPDF_String ascii(const char* text) { return made(HPDF_String_New(document_->mmgr, text, nullptr)); }

    // Text string in UTF-16BE with a byte order mark (ISO 32000-1, 7.9.2.2).
    HPDF_Binary text(std::string_view utf8) {
        Bytes wide{0xFE, 0xFF};
        const auto put = [&](char32_t unit) {
            wide.push_back(static_cast<std::uint8_t>(unit >> 8));
            wide.push_back(static_cast<std::uint8_t>(unit));
        };
        for (char32_t point : to_code_points(utf8)) {
            if (point > 0xFFFF)
                put(0xD7C0 + (point >> 10)), put(0xDC00 + (point & 0x3FF));
            else
                put(point);
        }
        return made(HPDF_Binary_New(document_->mmgr, wide.data(), static_cast<HPDF_UINT>(wide.size())));
    }

    static void write(HPDF_Stream to, ByteView content) {
        done(HPDF_Stream_Write(to, content.data(), static_cast<HPDF_UINT>(content.size())));
    }
    static void name(HPDF_Dict in, const char* key, const char* value) {
        done(HPDF_Dict_AddName(in, key, value));
    }
    static void number(HPDF_Dict in, const char* key, int value) {
        done(HPDF_Dict_AddNumber(in, key, value));
    }
    static void add(HPDF_Dict in, const char* key, void* value) { done(HPDF_Dict_Add(in, key, value)); }

  private:
    HPDF_Doc document_;
};

HPDF_Dict descriptor(Objects& objects, const EmbeddedFont& font) {
    HPDF_Dict file = objects.deflated_stream(font.file);
    Objects::number(file, "Length1", static_cast<int>(font.length));
    HPDF_Dict it = objects.dictionary();
    Objects::name(it, "Type", "FontDescriptor");
    Objects::name(it, "FontName", font.name.c_str());
    Objects::number(it, "Flags", 4);  // symbolic: has its own encoding
    HPDF_Array box = objects.array();
    Objects::add(it, "FontBBox", box);
    for (int side : font.font->box()) done(HPDF_Array_AddNumber(box, side));
    Objects::number(it, "ItalicAngle", 0);
    Objects::number(it, "Ascent", font.font->ascent());
    Objects::number(it, "Descent", font.font->descent());
    Objects::number(it, "CapHeight", 700);
    Objects::number(it, "StemV", 80);
    Objects::add(it, "FontFile2", file);
    return it;
}

// Runs of glyphs of one width as "first last width" (ISO 32000-1, 9.7.4.3); a full em is the default.
HPDF_Array widths(Objects& objects, const std::vector<int>& advances) {
    HPDF_Array it = objects.array();
    for (std::size_t first = 0; first < advances.size();) {
        std::size_t next = first;
        while (next < advances.size() && advances[next] == advances[first]) ++next;
        if (advances[first] != 1000)
            for (std::size_t value : {first, next - 1, static_cast<std::size_t>(advances[first])})
                done(HPDF_Array_AddNumber(it, static_cast<HPDF_INT32>(value)));
        first = next;
    }
    return it;
}

HPDF_Dict font_object(Objects& objects, const EmbeddedFont& font) {
    HPDF_Dict cid = objects.dictionary();
    Objects::name(cid, "Type", "Font");
    Objects::name(cid, "Subtype", "CIDFontType2");
    Objects::name(cid, "BaseFont", font.name.c_str());
    HPDF_Dict system = objects.inner();
    Objects::add(cid, "CIDSystemInfo", system);
    Objects::add(system, "Registry", objects.ascii("Adobe"));
    Objects::add(system, "Ordering", objects.ascii("Identity"));
    Objects::number(system, "Supplement", 0);
    Objects::name(cid, "CIDToGIDMap", "Identity");
    Objects::number(cid, "DW", 1000);
    Objects::add(cid, "FontDescriptor", descriptor(objects, font));
    Objects::add(cid, "W", widths(objects, font.advances));

    HPDF_Dict it = objects.dictionary();
    Objects::name(it, "Type", "Font");
    Objects::name(it, "Subtype", "Type0");
    Objects::name(it, "BaseFont", font.name.c_str());
    Objects::name(it, "Encoding", "Identity-H");
    HPDF_Array descendants = objects.array();
    Objects::add(it, "DescendantFonts", descendants);
    done(HPDF_Array_Add(descendants, cid));
    Objects::add(it, "ToUnicode", objects.deflated_stream(font.to_unicode));
    return it;
}

// A stencil mask of one bit for each module (ISO 32000-1, 8.9.6.2): zeros are painted.
HPDF_Dict code_picture(Objects& objects, const QrSymbol& symbol) {
    const std::size_t stride = static_cast<std::size_t>(symbol.side + 7) / 8;
    Bytes bits(stride * static_cast<std::size_t>(symbol.side), 0xFF);
    for (int y = 0; y < symbol.side; ++y)
        for (int x = 0; x < symbol.side; ++x)
            if (symbol.dark(x, y))
                bits[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x) / 8] &=
                    static_cast<std::uint8_t>(~(0x80 >> (x & 7)));
    HPDF_Dict it = objects.stream(bits);
    Objects::name(it, "Type", "XObject");
    Objects::name(it, "Subtype", "Image");
    Objects::number(it, "Width", symbol.side);
    Objects::number(it, "Height", symbol.side);
    Objects::number(it, "BitsPerComponent", 1);
    done(HPDF_Dict_AddBoolean(it, "ImageMask", HPDF_TRUE));
    return it;
}

struct NamedFont {
    std::string name;
    HPDF_Dict object;
};

void add_page(HPDF_Doc document, Objects& objects, const PageStream& stream,
              const std::vector<NamedFont>& fonts) {
    HPDF_Page page = made(HPDF_AddPage(document));
    done(HPDF_Page_SetWidth(page, static_cast<HPDF_REAL>(sheet::kWidth / kPoint)));
    done(HPDF_Page_SetHeight(page, static_cast<HPDF_REAL>(sheet::kHeight / kPoint)));
    auto resources = static_cast<HPDF_Dict>(made(HPDF_Dict_GetItem(page, "Resources", HPDF_OCLASS_DICT)));
    HPDF_Dict names = objects.inner();
    Objects::add(resources, "Font", names);
    for (const NamedFont& font : fonts) Objects::add(names, font.name.c_str(), font.object);
    HPDF_Dict pictures = objects.inner();
    Objects::add(resources, "XObject", pictures);
    for (std::size_t i = 0; i < stream.pictures.size(); ++i)
        Objects::add(pictures, ("C" + std::to_string(i)).c_str(), code_picture(objects, *stream.pictures[i]));
    auto* attributes = static_cast<HPDF_PageAttr>(page->attr);
    Objects::write(attributes->stream, deflated(bytes_of(stream.content), kPageLevel));
    attributes->contents->write_fn = say_deflated;
}

void describe(HPDF_Doc document, Objects& objects, const std::string& title) {
    document->pdf_version = HPDF_VER_17;
    Objects::add(document->info, "Title", objects.text(title));
    Objects::add(document->info, "Producer", objects.text(kProducer));
    Objects::add(document->catalog, "Lang", objects.ascii("zh-CN"));
    HPDF_Dict preferences = objects.inner();
    Objects::add(document->catalog, "ViewerPreferences", preferences);
    done(HPDF_Dict_AddBoolean(preferences, "DisplayDocTitle", HPDF_TRUE));
    Objects::name(preferences, "PrintScaling", "None");  // marks are measured when the page comes back
}

Bytes saved(HPDF_Doc document) {
    done(HPDF_SaveToStream(document));
    HPDF_UINT32 size = HPDF_GetStreamSize(document);
    Bytes out(size);
    done(HPDF_ResetStream(document));
    const HPDF_STATUS status = HPDF_ReadFromStream(document, out.data(), &size);
    if (status != HPDF_OK && status != HPDF_STREAM_EOF) done(status);
    return out;
}

}  // namespace

Press::Press(const Fonts& fonts, const std::vector<FixedText>& fixed) : fonts_(fonts) {
    if (HPDF_GetVersion() != kBuiltFor)
        throw Fault("libharu " + std::string(HPDF_GetVersion()) + " found, " + std::string(kBuiltFor) +
                    " needed; install the Debian package libhpdf-2.3.0");
    prepared_.resize(fonts.files().size());
    std::vector<std::u32string> points(prepared_.size());
    for (const FixedText& text : fixed) {
        for (char32_t point : to_code_points(text.text)) {
            const auto glyph = fonts.glyph(text.face, point);
            if (!glyph) continue;
            auto& chosen = points[glyph->file];
            const auto next = static_cast<std::uint16_t>(chosen.size() + 1);
            if (prepared_[glyph->file].glyphs.try_emplace(point, next).second) chosen += point;
        }
    }
    for (std::size_t i = 0; i < points.size(); ++i)
        if (!points[i].empty())
            prepared_[i].font = embedded(fonts.files()[i], points[i], "WQFORM", kPreparedLevel);
}

Press::~Press() = default;

Result<Bytes> Press::print(const Sheets& sheets) const {
    PageFonts page_fonts(fonts_, prepared_);
    std::vector<PageStream> streams;
    for (const Drawing& page : sheets.pages) {
        auto stream = page_stream(page, page_fonts);
        if (!stream) return tl::make_unexpected(stream.error());
        streams.push_back(std::move(*stream));
    }
    const Document document(made(HPDF_New(nullptr, nullptr)));
    Objects objects(document.get());
    describe(document.get(), objects, sheets.title);
    std::vector<NamedFont> fonts;
    page_fonts.visit_used([&](std::size_t number, const EmbeddedFont& font) {
        fonts.push_back({"F" + std::to_string(number), font_object(objects, font)});
    });
    for (const PageStream& stream : streams) add_page(document.get(), objects, stream, fonts);
    return saved(document.get());
}

}  // namespace wq::render
