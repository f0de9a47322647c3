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
constexpr std::string_view kHanFonts[] = {"STSong-Light", "SimSun",   "SimHei",
                                          "KaiTi",        "FangSong", "Microsoft YaHei"};
struct Coding {
    std::string_view name, letter;  // 中
};
constexpr Coding kCodings[] = {{"GBK-EUC-H", "<D6D0>"},     {"GBKp-EUC-H", "<D6D0>"},
                               {"GBK2K-H", "<D6D0>"},       {"GB-EUC-H", "<D6D0>"},
                               {"UniGB-UCS2-H", "<4E2D>"},  {"UniGB-UTF16-H", "<4E2D>"},
                               {"UniGB-UTF8-H", "<E4B8AD>"}};

// A page that asks for all of them (ISO 32000-1, 7.5 and 9.7).
class Page {
  public:
    Page() {
        for (std::string_view font : kPlainFonts)
            show(add("<</Type/Font/Subtype/Type1/BaseFont/" + std::string(font) + ">>"), "(a1)");
        for (std::string_view font : kUsualFonts)
            show(add("<</Type/Font/Subtype/TrueType/BaseFont/" + std::string(font) + ">>"), "(a1)");
        for (std::string_view font : kHanFonts) show(han(font, kCodings[0].name), kCodings[0].letter);
        for (const Coding& coding : kCodings) show(han(kHanFonts[0], coding.name), coding.letter);
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
        std::string name(font);
        if (const auto blank = name.find(' '); blank != std::string::npos) name.replace(blank, 1, "#20");
        const std::size_t descriptor =
            add("<</Type/FontDescriptor/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 900/Descent "
                "-200/CapHeight 800/StemV 80/FontName/" +
                name + ">>");
        const std::size_t characters =
            add("<</Type/Font/Subtype/CIDFontType2/DW "
                "1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement "
                "2>>/BaseFont/" +
                name + "/FontDescriptor " + to(descriptor) + ">>");
        return add("<</Type/Font/Subtype/Type0/BaseFont/" + name + "/Encoding/" + std::string(coding) +
                   "/DescendantFonts[" + to(characters) + "]>>");
    }

    void show(std::size_t font, std::string_view text) {
        const std::string name = "/F" + std::to_string(font);
        fonts_ += name + " " + to(font) + " ";
        shown_ += name + " 8 Tf " + std::string(text) + " Tj ";
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
