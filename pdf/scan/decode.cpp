#include "pdf/scan/readers.h"

#include <new>
#include <stdexcept>

namespace wq::scan {
namespace {

Decoded<int> one(Decoded<void> read, const Canvas& canvas, const Give& give) {
    if (!read) return tl::make_unexpected(read.error());
    give(canvas, 1);
    return 1;
}

Decoded<int> by_kind(ByteView file, const DecodeRequest& request, Canvas& canvas, const Give& give) {
    switch (request.kind) {
        case FileKind::jpeg:
            return one(read_jpeg(file, canvas), canvas, give);
        case FileKind::png:
            return one(read_png(file, canvas), canvas, give);
        case FileKind::bmp:
            return one(read_bmp(file, canvas), canvas, give);
        case FileKind::tiff:
            return read_tiff(file, canvas, give);
        case FileKind::pdf:
            return read_pdf(file, request.page, request.dpi, canvas, give);
    }
    return trouble(Cause::damaged);
}

}  // namespace

Decoded<int> decode(ByteView file, const DecodeRequest& request, Canvas& canvas, const Give& give) {
    try {
        return by_kind(file, request, canvas, give);
    } catch (const std::bad_alloc&) {
        return trouble(Cause::too_costly);
    } catch (const std::exception&) {
        return trouble(Cause::damaged);  // what libraries throw says nothing to a person
    }
}

}  // namespace wq::scan
