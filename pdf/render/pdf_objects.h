// Objects of one PDF file, made with libharu 2.3.0 and written by it. Contents of streams and the finished
// file go past libharu's own memory streams, which copy byte by byte. Inner part of the press.
#pragma once

#include "data/base/bytes.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_pages.h>

#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace wq::render {

// Throws Fault if libharu is of another version than this was built for.
void require_known_libharu();

// One document. What it makes belongs to it; it throws Fault where libharu fails.
class PdfObjects {
  public:
    PdfObjects();

    HPDF_Doc document() const { return document_.get(); }
    HPDF_Dict inner();
    HPDF_Dict dictionary();
    HPDF_Dict stream(ByteView content);           // the bytes must live until write()
    HPDF_Dict deflated_stream(ByteView content);  // likewise; they are deflated already
    HPDF_Dict jpeg_stream(ByteView content);      // likewise; they are a JPEG
    ByteView keep(Bytes bytes);                   // for those that would not
    HPDF_Array array();
    HPDF_String ascii(const char* text);
    HPDF_Binary text(std::string_view utf8);  // UTF-16BE with a byte order mark (ISO 32000-1, 7.9.2.2)

    // A4, with its resources' dictionaries; `content` as for deflated_stream().
    struct Page {
        HPDF_Page page;
        HPDF_Dict resources;
    };
    Page page(ByteView content);

    Bytes write(std::size_t usual_size);  // version 1.7

    static void name(HPDF_Dict in, const char* key, const char* value);
    static void number(HPDF_Dict in, const char* key, int value);
    static void boolean(HPDF_Dict in, const char* key, bool value);
    static void add(HPDF_Dict in, const char* key, void* value);
    static void add(HPDF_Array in, void* value);
    static void add_number(HPDF_Array in, int value);

  private:
    struct Free {
        void operator()(HPDF_Doc document) const { HPDF_Free(document); }
    };
    void set_content(HPDF_Dict stream, ByteView content);

    struct Source {
        ByteView content;
        std::size_t at = 0;
    };
    std::deque<Source> sources_;
    std::deque<Bytes> kept_;
    std::unique_ptr<HPDF_Doc_Rec, Free> document_;

    friend struct PdfSourceReader;
};

}  // namespace wq::render
