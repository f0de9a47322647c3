#include "pdf/scan/orientation.h"
#include "pdf/scan/readers.h"

#include <png.h>

#include <csetjmp>
#include <cstring>
#include <vector>

namespace wq::scan {
namespace {

// Errors leave libpng by longjmp: in each member that calls it nothing but plain data lives.
class PngFile {
  public:
    explicit PngFile(ByteView file) : file_(file) {
        png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, &fail, [](png_structp, const char*) {});
        info_ = png_ ? png_create_info_struct(png_) : nullptr;
    }
    ~PngFile() { png_destroy_read_struct(&png_, &info_, nullptr); }
    PngFile(const PngFile&) = delete;
    PngFile& operator=(const PngFile&) = delete;

    Decoded<void> begin() {
        if (!info_) return trouble(Cause::too_costly);
        if (!read_header()) return failed();
        if (auto size = check_size(width(), height()); !size) return size;
        if (!start() || png_get_rowbytes(png_, info_) != channels_ * width()) return failed();
        return {};
    }

    std::size_t width() const { return png_get_image_width(png_, info_); }
    std::size_t height() const { return png_get_image_height(png_, info_); }
    std::size_t channels() const { return channels_; }  // 3, or 4 with opacity

    double dpi() const {
        const png_uint_32 across = png_get_x_pixels_per_meter(png_, info_);
        return across == png_get_y_pixels_per_meter(png_, info_) ? across * 0.0254 : 0;
    }

    int orientation() const {
        png_uint_32 size = 0;
        png_bytep exif = nullptr;
        if (!png_get_eXIf_1(png_, info_, &size, &exif)) return 1;
        return orientation_in({exif, size});
    }

    Decoded<void> read_rows(std::uint8_t* out) {
        rows_.resize(height());
        for (std::size_t y = 0; y < rows_.size(); ++y) rows_[y] = out + y * channels_ * width();
        if (!read()) return failed();
        return {};
    }

  private:
    static void fail(png_structp png, png_const_charp) {
        std::longjmp(static_cast<PngFile*>(png_get_error_ptr(png))->jump_, 1);
    }

    static void give(png_structp png, png_bytep to, std::size_t size) {
        auto& self = *static_cast<PngFile*>(png_get_io_ptr(png));
        if (size > self.file_.size()) {
            self.cut_short_ = true;
            std::longjmp(self.jump_, 1);
        }
        std::memcpy(to, self.file_.data(), size);
        self.file_ = self.file_.subspan(size);
    }

    bool read_header() {
        if (setjmp(jump_)) return false;
        png_set_read_fn(png_, this, &give);
        png_read_info(png_, info_);
        return true;
    }

    // Whatever its depth and colours: 8 bits of blue, green, red and perhaps opacity.
    bool start() {
        if (setjmp(jump_)) return false;
        const bool clear = (png_get_color_type(png_, info_) & PNG_COLOR_MASK_ALPHA) != 0 ||
                           png_get_valid(png_, info_, PNG_INFO_tRNS) != 0;
        channels_ = clear ? 4 : 3;
        png_set_expand(png_);
        png_set_scale_16(png_);
        png_set_gray_to_rgb(png_);
        png_set_bgr(png_);
        png_set_interlace_handling(png_);
        png_read_update_info(png_, info_);
        return true;
    }

    bool read() {
        if (setjmp(jump_)) return false;
        png_read_image(png_, rows_.data());
        return true;
    }

    tl::unexpected<Trouble> failed() const { return trouble(cut_short_ ? Cause::cut_short : Cause::damaged); }

    ByteView file_;
    png_structp png_ = nullptr;
    png_infop info_ = nullptr;
    std::jmp_buf jump_ = {};
    std::size_t channels_ = 3;
    std::vector<png_bytep> rows_;
    bool cut_short_ = false;
};

// On white, as paper is.
void lay_on_white(const std::vector<std::uint8_t>& clear, std::uint8_t* to) {
    for (std::size_t at = 0; at < clear.size(); at += 4)
        for (std::size_t colour = 0; colour < 3; ++colour) {
            const int opacity = clear[at + 3];
            *to++ = static_cast<std::uint8_t>((clear[at + colour] * opacity + 255 * (255 - opacity)) / 255);
        }
}

}  // namespace

Decoded<void> read_png(ByteView file, Canvas& canvas) {
    PngFile png(file);
    if (auto begun = png.begin(); !begun) return begun;
    const std::size_t width = png.width(), height = png.height();
    const int orientation = png.orientation();
    const auto place =
        lies(orientation) ? canvas.lay(height, width, png.dpi()) : canvas.lay(width, height, png.dpi());
    if (!place) return tl::make_unexpected(place.error());
    if (orientation == 1 && png.channels() == 3) return png.read_rows(*place);
    std::vector<std::uint8_t> stored(png.channels() * width * height);
    if (auto read = png.read_rows(stored.data()); !read) return read;
    if (png.channels() == 4) {
        std::uint8_t* const to =
            orientation == 1 ? *place : stored.data();  // three bytes never overtake four
        lay_on_white(stored, to);
    }
    if (orientation != 1) turn_upright(stored.data(), width, height, orientation, *place);
    return {};
}

}  // namespace wq::scan
