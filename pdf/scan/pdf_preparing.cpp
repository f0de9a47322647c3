#include "pdf/scan/readers.h"

#include <string>
#include <string_view>
#include <vector>

namespace wq::scan {
namespace {

constexpr std::string_view kPlainFonts[] = {
    "Helvetica",   "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique",
    "Times-Roman", "Times-Bold",     "Times-Italic",      "Times-BoldItalic",
    "Courier",     "Courier-Bold",   "Courier-Oblique",   "Courier-BoldOblique",
    "Symbol",      "ZapfDingbats"};

// What other programs name; the last ones stand for those that nobody has.
constexpr std::string_view kUsualFonts[] = {
    "Arial",      "Arial,Bold",    "Arial,Italic",       "Arial,BoldItalic",
    "ArialMT",    "TimesNewRoman", "TimesNewRoman,Bold", "TimesNewRomanPSMT",
    "CourierNew", "Calibri",       "Calibri-Bold",       "Cambria",
    "Unknown",    "Unknown-Bold",  "Unknown-Italic",     "Unknown-BoldItalic"};

// What Chinese programs name without putting the font into the file.
constexpr std::string_view kHanFonts[] = {"SimSun", "SimHei", "KaiTi"};
constexpr std::string_view kCodings[] = {"UniGB-UCS2-H", "UniGB-UTF16-H", "UniGB-UTF8-H", "GBK-EUC-H",
                                         "GBKp-EUC-H",   "GBK2K-H",       "GB-EUC-H"};

// A page that asks for all of them (ISO 32000-1, 7.5 and 9.7).
class Page {
  public:
    Page() {
        for (std::string_view font : kPlainFonts)
            show(add("<</Type/Font/Subtype/Type1/BaseFont/" + std::string(font) + ">>"), "(a1)");
        for (std::string_view font : kUsualFonts)
            show(add("<</Type/Font/Subtype/TrueType/BaseFont/" + std::string(font) + ">>"), "(a1)");
        for (std::string_view font : kHanFonts) show(han(font, kCodings[0]), "<4E2D>");
        // A coding's table is read as soon as the font is named.
        for (std::string_view coding : kCodings) name(han(kHanFonts[0], coding));
    }

    Bytes file() const {
        std::vector<std::string> objects = objects_;
        const std::string contents = "BT " + shown_ + "ET";
        const std::size_t last = objects.size() + 3;
        objects.push_back("<</Length " + std::to_string(contents.size()) + ">>stream\n" + contents +
                          "\nendstream");
        objects.push_back("<</Type/Page/Parent " + to(last) + "/MediaBox[0 0 99 99]/Contents " +
                          to(last - 2) + "/Resources<</Font<<" + fonts_ + ">>>>>>");
        objects.push_back("<</Type/Pages/Count 1/Kids[" + to(last - 1) + "]>>");
        objects.push_back("<</Type/Catalog/Pages " + to(last) + ">>");
        return written(objects);
    }

  private:
    static std::string to(std::size_t object) { return std::to_string(object) + " 0 R"; }

    std::size_t add(std::string object) {
        objects_.push_back(std::move(object));
        return objects_.size();
    }

    std::size_t han(std::string_view font, std::string_view coding) {
        const std::string base(font);
        const std::size_t descriptor =
            add("<</Type/FontDescriptor/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent "
                "-200/CapHeight 800/StemV 80/FontName/" +
                base + ">>");
        const std::size_t characters =
            add("<</Type/Font/Subtype/CIDFontType2/DW "
                "1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement "
                "2>>/BaseFont/" +
                base + "/FontDescriptor " + to(descriptor) + ">>");
        return add("<</Type/Font/Subtype/Type0/BaseFont/" + base + "/Encoding/" + std::string(coding) +
                   "/DescendantFonts[" + to(characters) + "]>>");
    }

    std::string name(std::size_t font) {
        std::string name = "/F" + std::to_string(font);
        fonts_ += name + " " + to(font) + " ";
        return name;
    }

    void show(std::size_t font, std::string_view text) {
        shown_ += name(font) + " 8 Tf " + std::string(text) + " Tj ";
    }

    static Bytes written(const std::vector<std::string>& objects) {
        std::string file = "%PDF-1.7\n", places = "0000000000 65535 f \n";
        for (std::size_t i = 0; i < objects.size(); ++i) {
            std::string place = std::to_string(file.size());
            places += place.insert(0, 10 - place.size(), '0') + " 00000 n \n";
            file += std::to_string(i + 1) + " 0 obj" + objects[i] + "\nendobj\n";
        }
        const std::string size = std::to_string(objects.size() + 1), start = std::to_string(file.size());
        file += "xref\n0 " + size + "\n" + places + "trailer<</Size " + size + "/Root " + to(objects.size()) +
                ">>\nstartxref\n" + start + "\n%%EOF\n";
        return {file.begin(), file.end()};
    }

    std::vector<std::string> objects_;
    std::string fonts_, shown_;
};

}  // namespace

Bytes preparing_pdf() { return Page().file(); }

}  // namespace wq::scan
