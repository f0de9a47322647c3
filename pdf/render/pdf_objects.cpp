#include "pdf/render/pdf_objects.h"

#include "data/base/result.h"
#include "data/base/utf8.h"
#include "pdf/render/drawing.h"

#include <cstring>

namespace wq::render {
namespace {

constexpr std::string_view kBuiltFor = "2.3.0";
static_assert(HPDF_MAJOR_VERSION == 2 && HPDF_MINOR_VERSION == 3 && HPDF_BUGFIX_VERSION == 0,
              "the press writes libharu's objects itself: try it anew with another version");

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

HPDF_STATUS say_jpeg(HPDF_Dict, HPDF_Stream out) {
    return HPDF_Stream_WriteStr(out, "/Filter /DCTDecode\012");
}

HPDF_STATUS append_to_bytes(HPDF_Stream stream, const HPDF_BYTE* bytes, HPDF_UINT size) {
    auto* to = static_cast<Bytes*>(stream->attr);
    to->insert(to->end(), bytes, bytes + size);
    return HPDF_OK;
}

}  // namespace

// What libharu calls while it reads a stream's content.
struct PdfSourceReader {
    static PdfObjects::Source& of(HPDF_Stream stream) {
        return *static_cast<PdfObjects::Source*>(stream->attr);
    }
    static HPDF_STATUS read(HPDF_Stream stream, HPDF_BYTE* to, HPDF_UINT* size) {
        auto& source = of(stream);
        const std::size_t rest = source.content.size() - source.at;
        const std::size_t count = std::min<std::size_t>(*size, rest);
        std::memcpy(to, source.content.data() + source.at, count);
        source.at += count;
        *size = static_cast<HPDF_UINT>(count);
        return count == rest ? HPDF_STREAM_EOF : HPDF_OK;
    }
    static HPDF_STATUS seek(HPDF_Stream stream, HPDF_INT to, HPDF_WhenceMode) {
        of(stream).at = static_cast<std::size_t>(to);
        return HPDF_OK;
    }
    static HPDF_INT32 tell(HPDF_Stream stream) { return static_cast<HPDF_INT32>(of(stream).at); }
    static HPDF_UINT32 size(HPDF_Stream stream) {
        return static_cast<HPDF_UINT32>(of(stream).content.size());
    }
};

void require_known_libharu() {
    if (HPDF_GetVersion() == kBuiltFor) return;
    throw Fault("libharu " + std::string(HPDF_GetVersion()) + " found, " + std::string(kBuiltFor) +
                " needed; install the Debian package libhpdf-2.3.0");
}

PdfObjects::PdfObjects() : document_(made(HPDF_New(nullptr, nullptr))) {}

HPDF_Dict PdfObjects::inner() { return made(HPDF_Dict_New(document_->mmgr)); }

HPDF_Dict PdfObjects::dictionary() {
    HPDF_Dict it = inner();
    done(HPDF_Xref_Add(document_->xref, it));
    return it;
}

void PdfObjects::set_content(HPDF_Dict stream, ByteView content) {
    if (stream->stream) HPDF_Stream_Free(stream->stream);
    stream->stream = nullptr;
    stream->stream = made(HPDF_CallbackReader_New(document_->mmgr, PdfSourceReader::read,
                                                  PdfSourceReader::seek, PdfSourceReader::tell,
                                                  PdfSourceReader::size, &sources_.emplace_back(content)));
}

HPDF_Dict PdfObjects::stream(ByteView content) {
    HPDF_Dict it = made(HPDF_DictStream_New(document_->mmgr, document_->xref));
    set_content(it, content);
    return it;
}

HPDF_Dict PdfObjects::deflated_stream(ByteView content) {
    HPDF_Dict it = stream(content);
    it->write_fn = say_deflated;
    return it;
}

HPDF_Dict PdfObjects::jpeg_stream(ByteView content) {
    HPDF_Dict it = stream(content);
    it->write_fn = say_jpeg;
    return it;
}

ByteView PdfObjects::keep(Bytes bytes) { return kept_.emplace_back(std::move(bytes)); }

HPDF_Array PdfObjects::array() { return made(HPDF_Array_New(document_->mmgr)); }

HPDF_String PdfObjects::ascii(const char* text) {
    return made(HPDF_String_New(document_->mmgr, text, nullptr));
}

HPDF_Binary PdfObjects::text(std::string_view utf8) {
    Bytes wide{0xFE, 0xFF};
    const auto put = [&](char32_t unit) {
        wide.push_back(static_cast<std::uint8_t>(unit >> 8));
        wide.push_back(static_cast<std::uint8_t>(unit));
    };
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t point = next_code_point(utf8, at);
        if (point > 0xFFFF) put(0xD7C0 + (point >> 10));
        put(point > 0xFFFF ? 0xDC00 + (point & 0x3FF) : point);
    }
    return made(HPDF_Binary_New(document_->mmgr, wide.data(), static_cast<HPDF_UINT>(wide.size())));
}

PdfObjects::Page PdfObjects::page(ByteView content) {
    HPDF_Page it = made(HPDF_AddPage(document_.get()));
    done(HPDF_Page_SetWidth(it, static_cast<HPDF_REAL>(sheet::kWidth / kPoint)));
    done(HPDF_Page_SetHeight(it, static_cast<HPDF_REAL>(sheet::kHeight / kPoint)));
    auto* attributes = static_cast<HPDF_PageAttr>(it->attr);
    set_content(attributes->contents, content);
    attributes->stream = attributes->contents->stream;
    attributes->contents->write_fn = say_deflated;
    return {it, static_cast<HPDF_Dict>(made(HPDF_Dict_GetItem(it, "Resources", HPDF_OCLASS_DICT)))};
}

Bytes PdfObjects::write(std::size_t usual_size) {
    constexpr std::string_view kHeader = "%PDF-1.7\n%\xB7\xBE\xAD\xAA\n";
    Bytes out(kHeader.begin(), kHeader.end());
    out.reserve(usual_size);
    add(document_->trailer, "Root", document_->catalog);
    add(document_->trailer, "Info", document_->info);
    HPDF_Stream to = made(HPDF_CallbackWriter_New(document_->mmgr, append_to_bytes, &out));
    to->size = static_cast<HPDF_UINT>(out.size());  // offsets count from the file's beginning
    const HPDF_STATUS status = HPDF_Xref_WriteToStream(document_->xref, to, nullptr);
    HPDF_Stream_Free(to);
    done(status);
    return out;
}

void PdfObjects::name(HPDF_Dict in, const char* key, const char* value) {
    done(HPDF_Dict_AddName(in, key, value));
}
void PdfObjects::number(HPDF_Dict in, const char* key, int value) {
    done(HPDF_Dict_AddNumber(in, key, value));
}
void PdfObjects::boolean(HPDF_Dict in, const char* key, bool value) {
    done(HPDF_Dict_AddBoolean(in, key, value ? HPDF_TRUE : HPDF_FALSE));
}
void PdfObjects::add(HPDF_Dict in, const char* key, void* value) { done(HPDF_Dict_Add(in, key, value)); }
void PdfObjects::add(HPDF_Array in, void* value) { done(HPDF_Array_Add(in, value)); }
void PdfObjects::add_number(HPDF_Array in, int value) { done(HPDF_Array_AddNumber(in, value)); }

}  // namespace wq::render
