#include "pdf/scan/page_image.h"

#include <jpeglib.h>

#include <csetjmp>
#include <cstdio>  // jpeglib.h wants it first
#include <cstdlib>

namespace wq::scan {
namespace {

// Errors leave libjpeg by longjmp: in the member that calls it nothing but plain data lives.
class JpegInMemory {
  public:
    JpegInMemory() = default;
    ~JpegInMemory() {
        jpeg_destroy_compress(&info_);
        std::free(data_);
    }
    JpegInMemory(const JpegInMemory&) = delete;
    JpegInMemory& operator=(const JpegInMemory&) = delete;

    bool write(const Picture& picture, int quality) {
        info_.err = jpeg_std_error(&errors_);
        info_.client_data = this;
        errors_.error_exit = [](j_common_ptr info) {
            std::longjmp(static_cast<JpegInMemory*>(info->client_data)->jump_, 1);
        };
        errors_.output_message = [](j_common_ptr) {};
        if (setjmp(jump_)) return false;
        jpeg_create_compress(&info_);
        jpeg_mem_dest(&info_, &data_, &size_);
        info_.image_width = static_cast<JDIMENSION>(picture.width);
        info_.image_height = static_cast<JDIMENSION>(picture.height);
        info_.input_components = 3;
        info_.in_color_space = JCS_EXT_BGR;
        jpeg_set_defaults(&info_);
        jpeg_set_quality(&info_, quality, TRUE);
        jpeg_start_compress(&info_, TRUE);
        const std::size_t stride = std::size_t{3} * info_.image_width;
        while (info_.next_scanline < info_.image_height) {
            auto* row = const_cast<JSAMPLE*>(picture.bgr.data() + stride * info_.next_scanline);  // only read
            jpeg_write_scanlines(&info_, &row, 1);
        }
        jpeg_finish_compress(&info_);
        return true;
    }

    Bytes file() const { return {data_, data_ + size_}; }

  private:
    jpeg_compress_struct info_ = {};
    jpeg_error_mgr errors_ = {};
    std::jmp_buf jump_ = {};
    unsigned char* data_ = nullptr;
    unsigned long size_ = 0;
};

}  // namespace

Bytes to_jpeg(const Picture& picture, int quality) {
    JpegInMemory jpeg;
    // Our own pixels, of a size that a JPEG can have (kMostSide).
    if (!jpeg.write(picture, quality)) throw Fault("a JPEG can't be written");
    return jpeg.file();
}

}  // namespace wq::scan
