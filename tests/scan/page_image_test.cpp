#include "pdf/scan/page_image.h"

#include "tests/scan/files.h"
#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <random>
#include <string>

using namespace wq;
using namespace wq::scan;
using namespace std::string_literals;

namespace {

Bytes bytes(const std::string& text) { return {text.begin(), text.end()}; }

std::string refusal_of(const Bytes& file) {
    const auto pictures = read_pictures(file);
    return pictures ? "" : pictures.error().code;
}

struct Pixel {
    int blue, green, red;
    bool operator==(const Pixel&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Pixel& p) {
    return out << p.blue << ' ' << p.green << ' ' << p.red;
}

Pixel pixel(const Picture& picture, int x, int y) {
    const std::uint8_t* at = picture.bgr.data() + 3 * (y * picture.width + x);
    return {at[0], at[1], at[2]};
}

// Inks and JPEG round.
bool is_near(const Pixel& a, const Pixel& b) {
    return std::abs(a.blue - b.blue) <= 6 && std::abs(a.green - b.green) <= 6 && std::abs(a.red - b.red) <= 6;
}

constexpr Pixel kWhite{255, 255, 255}, kBlack{0, 0, 0}, kOrange{10, 120, 240};

Picture only(const Bytes& file) {
    auto pictures = read_pictures(file);
    BOOST_REQUIRE_MESSAGE(pictures, (pictures ? "" : pictures.error().code));
    BOOST_REQUIRE(pictures->size() == 1u);
    return std::move(pictures->front());
}

void check_bands(const Picture& picture, const char* which, Pixel lower = kOrange) {
    BOOST_TEST(picture.width == files::kWidth, which);
    BOOST_TEST(picture.height == files::kHeight, which);
    BOOST_TEST(is_near(pixel(picture, 30, 2), kWhite), which << ": " << pixel(picture, 30, 2));
    BOOST_TEST(is_near(pixel(picture, 30, 30), lower), which << ": " << pixel(picture, 30, 30));
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_no_picture_is_refused_by_name) {
    BOOST_TEST(refusal_of({}) == "file_empty");
    BOOST_TEST(refusal_of(bytes("name,number\n")) == "not_a_picture");
    for (const auto& [head, format] :
         {std::pair{"\0\0\0\x18"s + "ftypheic" + std::string(20, '\0'), "HEIC"},
          std::pair{"RIFF\x40\0\0\0WEBPVP8 "s, "WebP"}, std::pair{"GIF89a\1\0\1\0"s, "GIF"},
          std::pair{"\0\0\0\x1C"s + "ftypavif", "AVIF"}}) {
        const auto refused = read_pictures(bytes(head));
        BOOST_REQUIRE(!refused);
        BOOST_TEST((refused.error() == Refusal{"picture_format_unsupported", {{"format", format}}}));
    }
}

BOOST_AUTO_TEST_CASE(a_file_beyond_the_limit_is_not_even_sent_to_the_child) {
    Bytes file = files::jpeg();
    file.resize(kMostFileBytes + 1);
    BOOST_TEST(refusal_of(file) == "file_too_large");
    file.resize(kMostFileBytes);
    check_bands(only(file), "what follows a JPEG's end is nothing");
}

BOOST_AUTO_TEST_CASE(files_cut_in_the_middle_are_told_to_be_cut_short) {
    const std::vector<Bytes> whole = {files::jpeg(),
                                      files::png(files::Png::rgb),
                                      files::tiff({{.height = 900}}),
                                      files::bmp(24),
                                      files::pdf(3),
                                      files::progressive_jpeg(),
                                      workshop::to_png({64, 64, Bytes(64 * 64 * 3, 7)})};
    for (std::size_t i = 0; i < whole.size(); ++i)
        for (const std::size_t part : {2u, 4u}) {
            Bytes file(whole[i].begin(),
                       whole[i].begin() + static_cast<std::ptrdiff_t>(whole[i].size() / part));
            BOOST_TEST(refusal_of(file) == "picture_cut_short",
                       i << " at 1/" << part << ": " << refusal_of(file));
        }
}

BOOST_AUTO_TEST_CASE(a_jpeg_that_lacks_its_end_mark_alone_is_a_whole_picture) {
    Bytes file = files::jpeg();
    file.resize(file.size() - 2);
    check_bands(only(file), "no end mark");
}

BOOST_AUTO_TEST_CASE(a_picture_of_fifty_megapixels_is_refused_before_it_is_decoded) {
    Bytes png = files::png(files::Png::rgb);
    Bytes head(png.begin() + 16, png.begin() + 29);
    for (std::size_t at : {0, 4}) head[at + 2] = 0x1C, head[at + 3] = 0;  // 7,168 by 7,168
    Bytes lying = files::with_chunk(png, "IHDR", head);
    lying.erase(lying.begin() + 8, lying.begin() + 33);
    const auto refused = read_pictures(lying);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(
        (refused.error() == Refusal{"picture_too_large", {{"megapixels", "51.4"}, {"limit", "40.0"}}}));
}

BOOST_AUTO_TEST_CASE(headers_that_lie_about_the_size_cost_nothing) {
    Bytes jpeg = files::jpeg();
    for (std::size_t at = 2; at + 9 < jpeg.size(); ++at)
        if (jpeg[at] == 0xFF && jpeg[at + 1] == 0xC0) {
            for (std::size_t side : {5, 7}) jpeg[at + side] = 0xEA, jpeg[at + side + 1] = 0x60;
            break;
        }
    BOOST_TEST(refusal_of(jpeg) == "picture_too_large");  // 60,000 by 60,000
    Bytes bmp = files::bmp(24);
    bmp[20] = bmp[24] = 1;  // 65,536 more each way
    BOOST_TEST(refusal_of(bmp) == "picture_too_large");
    bmp[20] = 0, bmp[24] = 0, bmp[23] = 1;  // 296 rows, and the file has 40
    BOOST_TEST(refusal_of(bmp) == "picture_cut_short");
    BOOST_TEST(refusal_of(files::tiff({{.width = 7000, .height = 7000}})) == "picture_too_large");
}

BOOST_AUTO_TEST_CASE(a_picture_of_a_hundred_megapixels_comes_at_half_its_size) {
    const Picture half = only(files::grey_jpeg(10'000, 10'000, 600));
    BOOST_TEST(half.width == 5000);
    BOOST_TEST(half.height == 5000);
    BOOST_TEST(half.dpi == 300);
    BOOST_TEST(is_near(pixel(half, 7, 2400), Pixel{200, 200, 200}));
    BOOST_TEST(is_near(pixel(half, 4990, 2600), Pixel{90, 90, 90}));
}

BOOST_AUTO_TEST_CASE(bytes_between_a_jpegs_segments_hide_no_other_size) {
    Bytes jpeg = files::jpeg();
    const Bytes stuffed = {0xFF, 0x00, 0x00, 0x04, 0x00, 0x00};
    jpeg.insert(jpeg.begin() + 2, stuffed.begin(), stuffed.end());
    check_bands(only(jpeg), "stuffed");  // one reader only: what is checked is what is decoded
}

BOOST_AUTO_TEST_CASE(every_kind_of_file_gives_the_same_picture) {
    using files::Png;
    check_bands(only(files::jpeg()), "JPEG");
    check_bands(only(files::progressive_jpeg()), "progressive JPEG");
    check_bands(only(files::cmyk_jpeg()), "CMYK JPEG");
    check_bands(only(files::png(Png::rgb)), "PNG");
    check_bands(only(files::png(Png::rgb16)), "PNG of 16 bits");
    check_bands(only(files::png(Png::palette)), "PNG with a palette");
    check_bands(only(files::png(Png::interlaced)), "interlaced PNG");
    check_bands(only(files::png(Png::grey16)), "grey PNG of 16 bits", {128, 128, 128});
    check_bands(only(files::png(Png::one_bit)), "PNG of one bit", kBlack);
    for (const int bits : {1, 4, 8, 24, 32}) {
        check_bands(only(files::bmp(bits)), "BMP");
        check_bands(only(files::bmp(bits, true)), "BMP from the top");
    }
}

BOOST_AUTO_TEST_CASE(transparent_pictures_lie_on_white) {
    check_bands(only(files::png(files::Png::clear)), "clear", kBlack);
    check_bands(only(files::png(files::Png::grey_clear)), "grey and clear", kBlack);
    // eXIf with orientation 3, through the other way that transparent pixels go.
    const Bytes exif = {'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0};
    const Picture turned = only(files::with_chunk(files::png(files::Png::clear), "eXIf", exif));
    BOOST_TEST(pixel(turned, 5, 38) == kWhite);
    BOOST_TEST(pixel(turned, 5, 5) == kBlack);
}

BOOST_AUTO_TEST_CASE(a_phone_picture_is_turned_as_its_exif_says) {
    // Where the white band, above in what is stored, is to be seen.
    enum Side { top, bottom, left, right };
    constexpr Side kSides[] = {top, top, bottom, bottom, left, right, right, left};
    for (int orientation = 1; orientation <= 8; ++orientation) {
        const Picture shown = only(files::turned(files::jpeg(), orientation));
        const bool lying = orientation >= 5;
        BOOST_TEST(shown.width == (lying ? 40 : 60));
        BOOST_TEST(shown.height == (lying ? 60 : 40));
        const int across = shown.width - 3, down = shown.height - 3;
        const Pixel places[] = {pixel(shown, shown.width / 2, 2), pixel(shown, shown.width / 2, down),
                                pixel(shown, 2, shown.height / 2), pixel(shown, across, shown.height / 2)};
        for (int side = 0; side < 4; ++side)
            BOOST_TEST((places[side].blue > 200) == (kSides[orientation - 1] == side),
                       orientation << ' ' << side);
    }
    check_bands(only(files::turned(files::jpeg(), 9)), "no orientation");
}

BOOST_AUTO_TEST_CASE(mirrored_pictures_are_put_right) {
    Picture split{60, 40, Bytes(60 * 40 * 3, 255)};  // white, its left edge black
    for (int y = 0; y < 40; ++y)
        for (int x = 0; x < 45; ++x) split.bgr[static_cast<std::size_t>(3 * (y * 60 + x % 15))] = 0;
    const auto blue_at = [&](int orientation, int x, int y) {
        return pixel(only(files::turned(to_jpeg(split, 95), orientation)), x, y).blue;
    };
    BOOST_TEST(blue_at(2, 55, 20) < 60);
    BOOST_TEST(blue_at(4, 4, 20) < 60);
    BOOST_TEST(blue_at(5, 20, 4) < 60);
    BOOST_TEST(blue_at(7, 20, 55) < 60);
}

BOOST_AUTO_TEST_CASE(a_single_pixel_is_a_picture) {
    const Picture dot{1, 1, {9, 9, 9}};
    for (const Bytes& file :
         {to_jpeg(dot), workshop::to_png(dot), files::tiff({{.width = 1, .height = 1, .grey = 9}})})
        BOOST_TEST(pixel(only(file), 0, 0) == (Pixel{9, 9, 9}));
}

BOOST_AUTO_TEST_CASE(an_animated_png_gives_its_first_picture) {
    Bytes file = files::with_chunk(files::png(files::Png::rgb), "fcTL", Bytes(26, 0));
    file = files::with_chunk(file, "acTL", {0, 0, 0, 2, 0, 0, 0, 0});
    check_bands(only(file), "animated");
}

BOOST_AUTO_TEST_CASE(the_scanners_resolution_is_read_from_every_kind) {
    BOOST_TEST(only(files::jpeg(300)).dpi == 300);
    BOOST_TEST(std::abs(only(files::png(files::Png::rgb, 300)).dpi - 300) < 0.1);
    BOOST_TEST(only(files::tiff({{.dpi_across = 300, .dpi_down = 300}})).dpi == 300);
    BOOST_TEST(std::abs(only(files::bmp(24)).dpi - 200) < 0.1);
    // A fax's dots are no squares: it says nothing that a length could be measured by.
    BOOST_TEST(only(files::tiff({{.dpi_across = 204, .dpi_down = 98}})).dpi == 0);
    BOOST_TEST(only(files::jpeg()).dpi == 0);
}

BOOST_AUTO_TEST_CASE(all_pages_of_a_tiff_are_read_in_order) {
    const auto pictures = read_pictures(files::tiff({{.height = 20, .grey = 0},
                                                     {.height = 8, .grey = 9, .is_small = true},
                                                     {.height = 21, .grey = 60},
                                                     {.height = 22, .grey = 0xFF, .bits = 1},
                                                     {.height = 23, .grey = 180, .bits = 16}}));
    BOOST_REQUIRE(pictures);
    BOOST_REQUIRE(pictures->size() == 4u);  // the small one stands for another
    constexpr int kGreys[] = {0, 60, 255, 180};
    for (int i = 0; i < 4; ++i) {
        BOOST_TEST(pictures->at(static_cast<std::size_t>(i)).height == 20 + i);
        BOOST_TEST(pixel(pictures->at(static_cast<std::size_t>(i)), 9, 9).red == kGreys[i]);
    }
}

BOOST_AUTO_TEST_CASE(pages_before_a_bad_one_are_taken) {
    std::vector<int> heights;
    const auto read =
        each_picture(files::tiff({{.height = 20}, {.height = 21}, {.width = 7000, .height = 7000}, {}}),
                     [&](const Picture& picture) {
                         heights.push_back(picture.height);
                         return true;
                     });
    BOOST_REQUIRE(!read);
    BOOST_TEST(read.error().code == "picture_too_large");
    BOOST_TEST((heights == std::vector{20, 21}));
}

BOOST_AUTO_TEST_CASE(a_tiff_that_lies_on_its_side_is_turned) {
    const Picture shown = only(files::tiff({{.orientation = 6}}));
    BOOST_TEST(shown.width == 40);
    BOOST_TEST(shown.height == 60);
}

BOOST_AUTO_TEST_CASE(a_tiff_with_too_many_pages_is_refused_and_a_circle_is_read_once) {
    const std::vector<files::TiffPage> many(kMostPages + 1, {.width = 8, .height = 8});
    BOOST_TEST(refusal_of(files::tiff(many)) == "too_many_pages");
    Bytes circle = files::tiff({{.width = 8, .height = 8, .grey = 9}});
    const std::size_t directory = circle[4] + 256u * circle[5];
    const std::size_t next = directory + 2 + 12u * circle[directory];
    std::copy_n(circle.begin() + 4, 4, circle.begin() + static_cast<std::ptrdiff_t>(next));
    BOOST_TEST(pixel(only(circle), 3, 3) == (Pixel{9, 9, 9}));
}

BOOST_AUTO_TEST_CASE(a_bmp_of_a_rare_kind_is_named) {
    Bytes packed = files::bmp(8);
    packed[30] = 1;  // run-length
    BOOST_TEST(refusal_of(packed) == "picture_format_unsupported");
}

BOOST_AUTO_TEST_CASE(damaged_files_never_get_out_as_exceptions) {
    std::mt19937 random(1);
    for (const Bytes& whole : {files::png(files::Png::rgb), files::jpeg(), files::tiff({{}, {}}),
                               files::bmp(8), files::progressive_jpeg(), files::pdf(2)}) {
        for (int round = 0; round < 150; ++round) {
            Bytes file = whole;
            for (int i = 0; i < 3; ++i) file[random() % file.size()] = static_cast<std::uint8_t>(random());
            if (round % 3 == 0) file.resize(random() % file.size());
            BOOST_REQUIRE_NO_THROW(read_pictures(file));
        }
    }
}
