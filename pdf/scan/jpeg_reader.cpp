#include "pdf/scan/orientation.h"
#include "pdf/scan/readers.h"

#include <jerror.h>
#include <jpeglib.h>

#include <csetjmp>
#include <cstdio>  // jpeglib.h wants it first
#include <vector>

namespace wq::scan {
namespace {

constexpr int kMostScans = 200;  // of a progressive file: each one is a walk over the whole picture
constexpr unsigned kSmallestPart = 8;
constexpr std::size_t kExifIntro = 6;  // "Exif", two zeros

// Errors leave libjpeg by longjmp: in each member that calls it nothing but plain data lives.
class JpegFile {
  public:
    explicit JpegFile(ByteView file) {
        info_.err = jpeg_std_error(&errors_);
        info_.client_data = this;
        errors_.error_exit = [](j_common_ptr info) { std::longjmp(of(info).jump_, 1); };
        errors_.emit_message = &note;
        errors_.output_message = [](j_common_ptr) {};
        progress_.progress_monitor = &count_scans;
        is_open_ = open(file);
    }
    ~JpegFile() { jpeg_destroy_decompress(&info_); }
    JpegFile(const JpegFile&) = delete;
    JpegFile& operator=(const JpegFile&) = delete;

    Decoded<void> begin() {
        if (!is_open_ || !read_header()) return failed();
        const double megapixels = static_cast<double>(info_.image_width) * info_.image_height / 1e6;
        if (megapixels > kMostJpegMegapixels) return trouble(Cause::too_large, megapixels);
        while (part_ < kSmallestPart && megapixels / (part_ * part_) > kMostMegapixels) part_ *= 2;
        if (!start()) return failed();
        line_.resize(std::size_t{4} * info_.output_width);
        return check_size(width(), height());
    }

    std::size_t width() const { return info_.output_width; }
    std::size_t height() const { return info_.output_height; }

    // As the scanner says; 0 where nobody does.
    double dpi() const {
        if (!info_.saw_JFIF_marker || info_.X_density != info_.Y_density) return 0;
        const double dots = info_.X_density / static_cast<double>(part_);
        return info_.density_unit == 1 ? dots : info_.density_unit == 2 ? dots * 2.54 : 0;
    }

    int orientation() const {
        for (auto* marker = info_.marker_list; marker; marker = marker->next) {
            const ByteView data(marker->data, marker->data_length);
            if (text_of(data).starts_with(std::string_view("Exif\0", 5)) && data.size() > kExifIntro)
                return orientation_in(data.subspan(kExifIntro));
        }
        return 1;
    }

    Decoded<void> read_rows(std::uint8_t* out) {
        if (!read(out)) return failed();
        // The scans to come would have made a progressive one sharp.
        if (cut_short_ || (ended_ && info_.progressive_mode)) return trouble(Cause::cut_short);
        if (damaged_) return trouble(Cause::damaged);
        return {};
    }

  private:
    static JpegFile& of(j_common_ptr info) { return *static_cast<JpegFile*>(info->client_data); }

    // libjpeg fills up what is missing with grey and only warns: half a page must not pass for a page.
    static void note(j_common_ptr info, int level) {
        if (level >= 0) return;
        const int code = info->err->msg_code;
        if (code == JWRN_JPEG_EOF) of(info).ended_ = true;  // perhaps only the end mark is missing
        if (code == JWRN_HIT_MARKER) of(info).cut_short_ = true;
        if (code == JWRN_HUFF_BAD_CODE || code == JWRN_MUST_RESYNC) of(info).damaged_ = true;
    }

    static void count_scans(j_common_ptr info) {
        JpegFile& file = of(info);
        if (file.info_.input_scan_number <= kMostScans) return;
        file.costly_ = true;
        std::longjmp(file.jump_, 1);
    }

    bool open(ByteView file) {
        if (setjmp(jump_)) return false;
        jpeg_create_decompress(&info_);
        jpeg_mem_src(&info_, file.data(), file.size());
        return true;
    }

    bool read_header() {
        if (setjmp(jump_)) return false;
        jpeg_save_markers(&info_, JPEG_APP0 + 1, 0xFFFF);
        return jpeg_read_header(&info_, TRUE) == JPEG_HEADER_OK;
    }

    bool start() {
        if (setjmp(jump_)) return false;
        info_.scale_num = 1;
        info_.scale_denom = part_;
        info_.progress = &progress_;
        const bool inks = info_.jpeg_color_space == JCS_CMYK || info_.jpeg_color_space == JCS_YCCK;
        info_.out_color_space = inks ? JCS_CMYK : JCS_EXT_BGR;
        return jpeg_start_decompress(&info_);
    }

    bool read(std::uint8_t* out) {
        if (setjmp(jump_)) return false;
        const bool inks = info_.out_color_space == JCS_CMYK;
        while (info_.output_scanline < info_.output_height) {
            std::uint8_t* const row = out + std::size_t{3} * info_.output_width * info_.output_scanline;
            JSAMPROW into = inks ? line_.data() : row;
            jpeg_read_scanlines(&info_, &into, 1);
            if (inks) without_inks(row);
        }
        return true;
    }

    // Adobe's files have the inks inverted: 255 is none.
    void without_inks(std::uint8_t* row) const {
        const bool inverted = info_.saw_Adobe_marker;
        for (std::size_t x = 0; x < info_.output_width; ++x) {
            const std::uint8_t* inks = line_.data() + 4 * x;
            const auto light = [&](int ink) { return inverted ? inks[ink] : 255 - inks[ink]; };
            for (int colour = 0; colour < 3; ++colour)
                row[3 * x + static_cast<std::size_t>(colour)] =
                    static_cast<std::uint8_t>(light(2 - colour) * light(3) / 255);
        }
    }

    tl::unexpected<Trouble> failed() const {
        if (costly_ || errors_.msg_code == JERR_OUT_OF_MEMORY) return trouble(Cause::too_costly);
        if (errors_.msg_code == JERR_INPUT_EOF || ended_ || cut_short_) return trouble(Cause::cut_short);
        if (errors_.msg_code == JERR_IMAGE_TOO_BIG) return trouble(Cause::too_large, 65535 * 65535e-6);
        return trouble(Cause::damaged);
    }

    jpeg_decompress_struct info_ = {};
    jpeg_error_mgr errors_ = {};
    jpeg_progress_mgr progress_ = {};
    std::jmp_buf jump_ = {};
    unsigned part_ = 1;
    std::vector<std::uint8_t> line_;
    bool is_open_ = false, ended_ = false, cut_short_ = false, damaged_ = false, costly_ = false;
};

}  // namespace

Decoded<void> read_jpeg(ByteView file, Canvas& canvas) {
    JpegFile jpeg(file);
    if (auto begun = jpeg.begin(); !begun) return begun;
    const std::size_t width = jpeg.width(), height = jpeg.height();
    const int orientation = jpeg.orientation();
    const auto place =
        lies(orientation) ? canvas.lay(height, width, jpeg.dpi()) : canvas.lay(width, height, jpeg.dpi());
    if (!place) return tl::make_unexpected(place.error());
    if (orientation == 1) return jpeg.read_rows(*place);
    std::vector<std::uint8_t> stored(3 * width * height);
    if (auto read = jpeg.read_rows(stored.data()); !read) return read;
    turn_upright(stored.data(), width, height, orientation, *place);
    return {};
}

}  // namespace wq::scan
