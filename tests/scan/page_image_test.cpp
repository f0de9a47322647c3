#include "pdf/scan/page_image.h"

#include "tests/scan/paper.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>
#include <opencv2/imgcodecs.hpp>

#include <filesystem>
#include <fstream>
#include <random>

using namespace wq;
using namespace wq::scan;

namespace {

std::string refusal_of(const Bytes& file) {
    const auto pictures = read_pictures(file);
    return pictures ? "" : pictures.error().code;
}

Bytes encoded(const cv::Mat& mat, const char* suffix) {
    Bytes file;
    cv::imencode(suffix, mat, file);
    return file;
}

cv::Mat small_picture() {
    cv::Mat mat(40, 60, CV_8UC3, cv::Scalar(10, 120, 240));
    mat(cv::Rect(0, 0, 60, 10)).setTo(cv::Scalar(255, 255, 255));
    return mat;
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

Bytes tiff_of(const std::vector<cv::Mat>& pages) {
    const auto path = std::filesystem::temp_directory_path() /
                      ("wq_scan_" + std::to_string(std::random_device{}()) + ".tiff");
    cv::imwrite(path.string(), pages);
    std::ifstream in(path, std::ios::binary);
    const Bytes file((std::istreambuf_iterator<char>(in)), {});
    std::filesystem::remove(path);
    return file;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_no_picture_is_refused_by_name) {
    BOOST_TEST(refusal_of({}) == "file_empty");
    const std::string text = "name,number\n";
    BOOST_TEST(refusal_of(Bytes(text.begin(), text.end())) == "not_a_picture");
    const std::string pdf = "%PDF-1.7\nnothing follows";
    BOOST_TEST(refusal_of(Bytes(pdf.begin(), pdf.end())) == "picture_damaged");
}

BOOST_AUTO_TEST_CASE(a_picture_of_fifty_megapixels_is_refused_before_it_is_decoded) {
    Bytes png = encoded(small_picture(), ".png");
    for (std::size_t at : {16, 20}) png[at + 2] = 0x1C, png[at + 3] = 0;  // 7,168 by 7,168
    const auto refused = read_pictures(png);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().code == "picture_too_large");
    BOOST_TEST(refused.error().args[0].second == "51.4");
    BOOST_TEST(refused.error().args[1].second == "40.0");
}

BOOST_AUTO_TEST_CASE(a_jpeg_that_hides_its_size_from_a_careless_reader_is_damaged) {
    Bytes jpeg = encoded(small_picture(), ".jpg");
    // Decoders skip FF 00 between segments; whoever takes it for one reads another frame header.
    const Bytes stuffed = {0xFF, 0x00, 0x00, 0x04, 0x00, 0x00};
    jpeg.insert(jpeg.begin() + 2, stuffed.begin(), stuffed.end());
    BOOST_TEST(refusal_of(jpeg) == "picture_damaged");
}

BOOST_AUTO_TEST_CASE(every_kind_of_file_gives_the_same_picture) {
    for (const char* suffix : {".png", ".tiff", ".bmp"}) {
        const auto pictures = read_pictures(encoded(small_picture(), suffix));
        BOOST_REQUIRE_MESSAGE(pictures, suffix);
        BOOST_TEST(pictures->at(0).width == 60);
        BOOST_TEST(pictures->at(0).height == 40);
        BOOST_TEST(pixel(pictures->at(0), 30, 30) == (Pixel{10, 120, 240}));
    }
}

BOOST_AUTO_TEST_CASE(a_bmp_may_be_stored_from_the_top) {
    Bytes bmp = encoded(small_picture(), ".bmp");
    const auto height = static_cast<std::uint32_t>(-40);
    for (std::size_t i = 0; i < 4; ++i) bmp[22 + i] = static_cast<std::uint8_t>(height >> (8 * i));
    const auto pictures = read_pictures(bmp);
    BOOST_REQUIRE(pictures);
    BOOST_TEST(pictures->at(0).height == 40);
    BOOST_TEST(pixel(pictures->at(0), 30, 38) == (Pixel{255, 255, 255}));  // was the first row
}

BOOST_AUTO_TEST_CASE(deep_grey_and_transparent_pictures_become_plain_ones) {
    const auto grey = read_pictures(encoded(cv::Mat(20, 20, CV_16U, cv::Scalar(0x8080)), ".png"));
    BOOST_REQUIRE(grey);
    BOOST_TEST(pixel(grey->at(0), 5, 5) == (Pixel{128, 128, 128}));
    cv::Mat clear(20, 20, CV_8UC4, cv::Scalar(0, 0, 0, 0));
    clear(cv::Rect(0, 0, 10, 20)).setTo(cv::Scalar(0, 0, 0, 255));
    const auto shown = read_pictures(encoded(clear, ".png"));
    BOOST_REQUIRE(shown);
    BOOST_TEST(pixel(shown->at(0), 5, 5) == (Pixel{0, 0, 0}));
    BOOST_TEST(pixel(shown->at(0), 15, 5) == (Pixel{255, 255, 255}));
}

BOOST_AUTO_TEST_CASE(a_phone_picture_is_turned_as_its_exif_says) {
    Bytes jpeg = encoded(small_picture(), ".jpg");
    // APP1 with one directory entry: orientation 6, "turn clockwise to show".
    const Bytes exif = {0xFF, 0xE1, 0, 34,   'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8,
                        0,    1,    1, 0x12, 0,   3,   0,   0,   0, 1, 0,   6,   0, 0,  0, 0, 0, 0};
    jpeg.insert(jpeg.begin() + 2, exif.begin(), exif.end());
    const auto pictures = read_pictures(jpeg);
    BOOST_REQUIRE(pictures);
    BOOST_TEST(pictures->at(0).width == 40);
    BOOST_TEST(pictures->at(0).height == 60);
    BOOST_TEST(pixel(pictures->at(0), 36, 30).blue > 230);  // the white band is at the right now
}

BOOST_AUTO_TEST_CASE(all_pages_of_a_tiff_are_read_in_order) {
    std::vector<cv::Mat> pages;
    for (int i = 0; i < 3; ++i) pages.emplace_back(20 + i, 30, CV_8UC3, cv::Scalar::all(60 * i));
    const auto pictures = read_pictures(tiff_of(pages));
    BOOST_REQUIRE(pictures);
    BOOST_REQUIRE(pictures->size() == 3u);
    for (int i = 0; i < 3; ++i) {
        BOOST_TEST(pictures->at(static_cast<std::size_t>(i)).height == 20 + i);
        BOOST_TEST(pixel(pictures->at(static_cast<std::size_t>(i)), 9, 9).red == 60 * i);
    }
}

BOOST_AUTO_TEST_CASE(a_tiff_with_too_many_pages_or_in_a_circle_is_refused) {
    const std::vector<cv::Mat> many(kMostPages + 1, cv::Mat(8, 8, CV_8UC3, cv::Scalar::all(9)));
    BOOST_TEST(refusal_of(tiff_of(many)) == "too_many_pages");
    Bytes circle = encoded(cv::Mat(8, 8, CV_8UC3, cv::Scalar::all(9)), ".tiff");
    const std::size_t directory = circle[4] + 256u * circle[5];
    const std::size_t next = directory + 2 + 12u * circle[directory];
    std::copy_n(circle.begin() + 4, 4, circle.begin() + static_cast<std::ptrdiff_t>(next));
    BOOST_TEST(refusal_of(circle) == "too_many_pages");
}

BOOST_AUTO_TEST_CASE(a_pdf_gives_its_pages_at_200_dpi) {
    const auto pictures = read_pictures(paper::issued());
    BOOST_REQUIRE(pictures);
    BOOST_REQUIRE(pictures->size() == 2u);
    BOOST_TEST(std::abs(pictures->at(0).width - 1654) <= 1);
    BOOST_TEST(std::abs(pictures->at(1).height - 2339) <= 1);
}

BOOST_AUTO_TEST_CASE(damaged_files_never_get_out_as_exceptions) {
    std::mt19937 random(1);
    for (const char* suffix : {".png", ".jpg", ".tiff", ".bmp"}) {
        const Bytes whole = encoded(small_picture(), suffix);
        for (int round = 0; round < 250; ++round) {
            Bytes file = whole;
            for (int i = 0; i < 3; ++i) file[random() % file.size()] = static_cast<std::uint8_t>(random());
            if (round % 3 == 0) file.resize(random() % file.size());
            BOOST_REQUIRE_NO_THROW(read_pictures(file));
        }
    }
}
