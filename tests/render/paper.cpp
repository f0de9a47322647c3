#include "tests/render/paper.h"

#include <ZXing/ReadBarcode.h>
#include <boost/test/unit_test.hpp>
#include <poppler-global.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace wq::render::paper {
namespace {

struct Pixels {
    int left, top, width, height;
};

Pixels pixels_of(sheet::Box box, int dpi) {
    const auto at = [&](double mm) { return static_cast<int>(std::lround(mm / 25.4 * dpi)); };
    return {at(box.x), at(box.y), at(box.width), at(box.height)};
}

poppler::image picture(const Bytes& pdf, int page, int dpi) {
    const auto document = opened(pdf);
    const std::unique_ptr<poppler::page> sheet(document->create_page(page));
    poppler::page_renderer renderer;
    renderer.set_image_format(poppler::image::format_gray8);
    renderer.set_render_hints(poppler::page_renderer::antialiasing |
                              poppler::page_renderer::text_antialiasing);
    return renderer.render_page(sheet.get(), dpi, dpi);
}

const std::uint8_t* row(const poppler::image& image, int y) {
    return reinterpret_cast<const std::uint8_t*>(image.const_data()) +
           static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
}

struct Describe {
    std::string operator()(const Text& it) const { return place("text", it.at.x, it.at.y) + " " + it.text; }
    std::string operator()(const Line& it) const {
        return place("line", it.from.x, it.from.y) + place(" to", it.to.x, it.to.y);
    }
    std::string operator()(const Filled& it) const {
        return place("filled", it.box.x, it.box.y) + place(" by", it.box.width, it.box.height);
    }
    std::string operator()(const DashedCircle& it) const { return place("circle", it.centre.x, it.centre.y); }
    std::string operator()(const Code& it) const { return place("code", it.box.x, it.box.y); }
    std::string operator()(const Photo& it) const {
        return place("photo", it.box.x, it.box.y) + place(" by", it.box.width, it.box.height);
    }

    static std::string place(const char* what, double x, double y) {
        char text[64];
        std::snprintf(text, sizeof text, "%s %.2f %.2f", what, x, y);
        return text;
    }
};

}  // namespace

const Fonts& fonts() {
    static const Fonts kFonts;
    return kFonts;
}

const AgreementTemplate& form() {
    static const AgreementTemplate kForm(fonts());
    return kForm;
}

const Press& press() {
    static const Press kPress(fonts(), form().fixed_parts());
    return kPress;
}

Bytes printed(const Agreement& agreement) {
    auto sheets = form().lay_out(agreement);
    BOOST_TEST_REQUIRE(sheets.has_value());
    auto pdf = print(press(), *sheets, samples::codes(sheets->pages.size()));
    BOOST_TEST_REQUIRE(pdf.has_value());
    return std::move(*pdf);
}

std::vector<std::string>& complaints() {
    static std::vector<std::string> said;
    return said;
}

std::unique_ptr<poppler::document> opened(const Bytes& pdf) {
    poppler::set_debug_error_function([](const std::string& what, void*) { complaints().push_back(what); },
                                      nullptr);
    std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(
        reinterpret_cast<const char*>(pdf.data()), static_cast<int>(pdf.size())));
    BOOST_TEST_REQUIRE(document.get() != nullptr);
    return document;
}

bool pleases_readers(const Bytes& pdf) {
    const std::string file =
        (std::filesystem::temp_directory_path() / ("wq-paper-" + std::to_string(::getpid()) + ".pdf"))
            .string();
    std::ofstream(file, std::ios::binary)
        .write(text_of(pdf).data(), static_cast<std::streamsize>(pdf.size()));
    const bool checked = std::system(("qpdf --check " + file + " > /dev/null 2>&1").c_str()) == 0;
    // What mutool says of itself, not of the file, is let pass.
    const bool drawn = std::system(("mutool draw -q -o /dev/null -F png -r 30 " + file +
                                    " 2>&1 | grep -v 'ICC support' | grep -q .")
                                       .c_str()) != 0;
    std::filesystem::remove(file);
    return checked && drawn;
}

std::string text_of_page(const Bytes& pdf, int page) {
    const auto document = opened(pdf);
    const std::unique_ptr<poppler::page> sheet(document->create_page(page));
    const auto text = sheet->text(poppler::rectf(), poppler::page::physical_layout).to_utf8();
    return {text.begin(), text.end()};
}

std::string code_text(const Bytes& pdf, int page, sheet::Box box, int dpi) {
    const poppler::image image = picture(pdf, page, dpi);
    const Pixels at = pixels_of(box, dpi);
    const ZXing::ImageView view(row(image, at.top) + at.left, at.width, at.height, ZXing::ImageFormat::Lum,
                                image.bytes_per_row());
    const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true);
    const auto result = ZXing::ReadBarcode(view, hints);
    const auto bytes = result.bytes();
    return result.isValid() ? std::string(bytes.begin(), bytes.end()) : std::string();
}

int darkest(const Bytes& pdf, int page, sheet::Box box) {
    const poppler::image image = picture(pdf, page, 150);
    const Pixels at = pixels_of(box, 150);
    int found = 255;
    for (int y = at.top; y < at.top + at.height; ++y)
        found = std::min<int>(found,
                              *std::min_element(row(image, y) + at.left, row(image, y) + at.left + at.width));
    return found;
}

std::string described(const Drawing& drawing) {
    std::string lines = drawing.fixed ? described(*drawing.fixed) : "";
    for (const Item& item : drawing.items) lines += std::visit(Describe{}, item) + "\n";
    return lines;
}

}  // namespace wq::render::paper
