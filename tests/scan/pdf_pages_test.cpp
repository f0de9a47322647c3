// Foreign PDFs: their pages as pictures, and what they would rather do.
#include "data/os/files.h"
#include "pdf/scan/decoder.h"
#include "pdf/scan/page_image.h"
#include "pdf/scan/raster.h"
#include "tests/scan/files.h"
#include "tests/scan/paper.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

using namespace wq;
using namespace wq::scan;

namespace {

namespace fs = std::filesystem;

int darkest(const Picture& picture) { return *std::ranges::min_element(picture.bgr); }

std::string refusal_of(const Bytes& file) {
    const auto read = check_pictures(file);
    return read ? "" : read.error().code;
}

struct Folder {
    fs::path path = fs::temp_directory_path() / ("wq_pdf_" + std::to_string(std::random_device{}()));
    Folder() { fs::create_directories(path); }
    ~Folder() { fs::remove_all(path); }
};

Bytes encrypted(const Bytes& pdf, const std::string& passwords) {
    const Folder folder;
    const fs::path in = folder.path / "in.pdf", out = folder.path / "out.pdf";
    BOOST_REQUIRE(os::write_file(in, pdf));
    const std::string command =
        "qpdf --encrypt " + passwords + " 256 --print=none -- " + in.string() + " " + out.string();
    BOOST_REQUIRE(std::system(command.c_str()) == 0);
    return *os::read_file(out);
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_pdf_gives_its_pages_at_200_dpi) {
    const auto pictures = read_pictures(paper::issued());
    BOOST_REQUIRE(pictures);
    BOOST_REQUIRE(pictures->size() == 2u);
    BOOST_TEST(std::abs(pictures->at(0).width - 1654) <= 1);
    BOOST_TEST(std::abs(pictures->at(1).height - 2339) <= 1);
    BOOST_TEST(pictures->at(0).dpi == 200);
}

BOOST_AUTO_TEST_CASE(a_page_as_large_as_a_wall_comes_less_fine) {
    Bytes file = files::pdf(1);
    const std::string small = "144 72]", large = "4032 3024]";  // a photo's pixels taken for points
    std::string text(file.begin(), file.end());
    text.replace(text.find(small), small.size(), large);
    const auto pictures = read_pictures(Bytes(text.begin(), text.end()));
    BOOST_REQUIRE(pictures);
    const Picture& page = pictures->at(0);
    BOOST_TEST(page.dpi < 200);
    BOOST_TEST(page.width * page.height < 40e6);
    BOOST_TEST(page.width * page.height > 38e6);
}

BOOST_AUTO_TEST_CASE(a_pdf_with_five_hundred_pages_is_told_how_many_are_taken) {
    const auto refused = read_pictures(files::pdf(500));
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error() == Refusal{"too_many_pages", {{"pages", "500"}, {"limit", "50"}}}));
    int taken = 0;
    BOOST_REQUIRE(each_picture(files::pdf(50), [&](const Picture&) { return ++taken > 0; }));
    BOOST_TEST(taken == 50);
}

BOOST_AUTO_TEST_CASE(a_pdf_with_a_password_is_told_apart_from_a_damaged_one) {
    BOOST_TEST(refusal_of(encrypted(files::pdf(1), "secret owner")) == "pdf_locked");
    BOOST_TEST(refusal_of(encrypted(files::pdf(1), "'' owner")) == "");  // may be seen, not printed
    BOOST_TEST(refusal_of({'%', 'P', 'D', 'F', '-', '1', '\n', '%', '%', 'E', 'O', 'F'}) ==
               "picture_damaged");
}

BOOST_AUTO_TEST_CASE(what_a_pdf_would_run_or_carries_along_is_left_alone) {
    const Bytes file =
        files::pdf(1,
                   "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\); this.exportDataObject\\({cName:'x', "
                   "nLaunch:2}\\);)>>"
                   "/AA<</WC<</S/Launch/F(/bin/sh)>>>>"
                   "/Names<</EmbeddedFiles<</Names[(x)<</Type/Filespec/F(x)/EF<</F 1 0 R>>>>]>>"
                   "/JavaScript<</Names[(y)<</S/JavaScript/JS(while\\(true\\){})>>]>>>>");
    const auto pictures = read_pictures(file);
    BOOST_REQUIRE(pictures);
    BOOST_TEST(pictures->at(0).width == 400);
    BOOST_TEST(pictures->at(0).bgr[3 * (190 * 400 + 20)] == 0);    // the square
    BOOST_TEST(pictures->at(0).bgr[3 * (20 * 400 + 350)] == 255);  // and nothing beside it
}

BOOST_AUTO_TEST_CASE(a_pdf_that_draws_without_end_costs_a_second_of_its_own) {
    // Each form draws the one before it ten times.
    Decoder decoder(fs::read_symlink("/proc/self/exe").parent_path() / "wangqian-decode", {.cpu_seconds = 1});
    std::string text =
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 500]/Contents 4 0 R"
        "/Resources<</XObject<</X 19 0 R>>>>>>endobj\n"
        "4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n"
        "10 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 500 500]/Length 24>>stream\n"
        "0 0 500 500 re f 0 0 m f\nendstream endobj\n";
    for (int form = 11; form < 20; ++form) {
        std::string draws;
        for (int i = 0; i < 10; ++i) draws += "/X Do ";
        text += std::to_string(form) +
                " 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</X " +
                std::to_string(form - 1) + " 0 R>>>>/Length " + std::to_string(draws.size()) + ">>stream\n" +
                draws + "\nendstream endobj\n";
    }
    text += "trailer<</Size 20/Root 1 0 R>>\n%%EOF\n";
    const auto read =
        decoder.decode(bytes_of(text), {.kind = FileKind::pdf}, [](const Picture&) { return true; });
    BOOST_REQUIRE(!read);
    BOOST_TEST(read.error().code == "picture_too_costly");
}

BOOST_AUTO_TEST_CASE(fonts_that_are_not_in_the_file_are_there_all_the_same) {
    const auto drawn = [](const std::string& font, const std::string& text) {
        std::string file =
            "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
            "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 144 72]/Contents 4 0 R"
            "/Resources<</Font<</F 5 0 R>>>>>>endobj\n";
        const std::string contents = "BT /F 40 Tf 10 20 Td " + text + " Tj ET";
        file +=
            "4 0 obj<</Length " + std::to_string(contents.size()) + ">>stream\n" + contents +
            "\nendstream endobj\n5 0 obj" + font +
            "endobj\n"
            "6 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun/DW 1000/CIDSystemInfo<</Registry(Adobe)"
            "/Ordering(GB1)/Supplement 2>>/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 6"
            "/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight 800/StemV "
            "80>>>>endobj\n"
            "trailer<</Size 7/Root 1 0 R>>\n%%EOF\n";
        const auto picture = first_picture(bytes_of(file));
        return picture ? darkest(*picture) : -1;
    };
    BOOST_TEST(drawn("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", "(Word)") < 60);
    BOOST_TEST(drawn("<</Type/Font/Subtype/TrueType/BaseFont/Nobody-Knows-Me>>", "(Word)") < 60);
    BOOST_TEST(
        drawn("<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[6 0 R]>>",
              "<4E2D>") < 60);
}

BOOST_AUTO_TEST_CASE(a_document_draws_one_page_as_fine_as_it_is_asked_to) {
    const auto document = Document::open(paper::issued());
    BOOST_REQUIRE(document);
    BOOST_TEST(document->pages() == 2);
    BOOST_TEST(std::abs(document->raster(2, 150)->width - 1240) <= 1);
    BOOST_TEST(document->raster(3, 150).error().code == "page_missing");
    BOOST_TEST(document->raster(1, 1200).error().code == "picture_too_large");
}
