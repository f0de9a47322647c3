// What strangers bring instead of a page: each file with an answer of its own, and the good ones beside it
// taken.
#define BOOST_TEST_DYN_LINK
#include "data/base/utf8.h"
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/acceptance/processes.h"
#include "tests/scan/files.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdlib>
#include <map>

using namespace wq;
using acceptance::Commands;
using nlohmann::json;
namespace files = wq::scan::files;
namespace fs = std::filesystem;

namespace {

constexpr double kDpi = 150;

int pixels(double mm) { return static_cast<int>(std::lround(mm * kDpi / 25.4)); }

// A piece of one page over the same place of another.
void glue(scan::Picture& page, const scan::Picture& from, sheet::Box box) {
    const std::size_t left = static_cast<std::size_t>(3 * pixels(box.x)),
                      wide = static_cast<std::size_t>(3 * pixels(box.width));
    for (int y = pixels(box.y); y < pixels(box.y + box.height); ++y) {
        const std::size_t row = static_cast<std::size_t>(3 * y * page.width) + left;
        std::copy_n(from.bgr.begin() + static_cast<std::ptrdiff_t>(row), wide,
                    page.bgr.begin() + static_cast<std::ptrdiff_t>(row));
    }
}

// A telephone's photo of a screen: stripes of red, green and blue, dark lines between the rows, both beating
// with the camera's own grid.
scan::Picture seen_on_a_screen(scan::Picture page, double pitch, std::uint64_t seed) {
    for (int y = 0; y < page.height; ++y)
        for (int x = 0; x < page.width; ++x)
            for (int colour = 0; colour < 3; ++colour) {
                std::uint8_t& value = page.bgr[static_cast<std::size_t>(3 * (y * page.width + x) + colour)];
                const double stripe = std::cos(2 * M_PI * (x / pitch + (2 - colour) / 3.0)),
                             line = std::cos(2 * M_PI * y / (pitch * 1.03));
                value = static_cast<std::uint8_t>(value * (0.75 + 0.15 * stripe + 0.1 * line));
            }
    return workshop::photographed(page, 2, seed);
}

struct Page : Commands {
    std::string id = approved();
    scan::Picture printed(int number) const {
        const fs::path pdf = folder.path() / "issued.pdf";
        run("pdf agreement " + id + " -o " + pdf.string());
        return workshop::printed(*os::read_file(pdf), number, kDpi);
    }
    json scanned(const scan::Picture& picture) const {
        const fs::path file = folder.path() / "brought.jpg";
        BOOST_REQUIRE(os::write_file(file, scan::to_jpeg(picture, 92)));
        return told("scan " + file.string());
    }
};

}  // namespace

BOOST_AUTO_TEST_CASE(R38_every_bad_file_has_its_own_answer_and_the_page_beside_it_is_taken) {
    const Commands campus;
    const std::string id = campus.approved();
    const fs::path folder = campus.folder.path() / "brought", page = campus.returned(id, 2);
    const Bytes good = *os::read_file(page), pdf = *os::read_file(campus.folder.path() / "agreement.pdf");
    const auto half = [](const Bytes& whole) {
        return Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2));
    };
    Bytes crooked = files::png(files::Png::rgb), too_much = good;
    for (std::size_t at = 45; at < 60; ++at) crooked[at] ^= 0x55;
    too_much.resize((std::size_t{64} << 20) + 1);
    const std::map<std::string, std::pair<Bytes, std::string>> brought = {
        {"empty.jpg", {{}, "file_empty"}},
        {"text.jpg", {{'n', 'a', 'm', 'e', '\n'}, "not_a_picture"}},
        {"half.jpg", {half(good), "picture_cut_short"}},
        {"half.pdf", {half(pdf), "picture_cut_short"}},
        {"half.tiff", {half(files::tiff({{.height = 800}})), "picture_cut_short"}},
        {"crooked.png", {crooked, "picture_damaged"}},
        {"heavy.jpg", {too_much, "file_too_large"}},
        {"wide.tiff", {files::tiff({{.width = 7000, .height = 6000}}), "picture_too_large"}},
        {"thick.pdf", {files::pdf(500), "too_many_pages"}},
        {"phone.heic",
         {{0, 0, 0, 24, 'f', 't', 'y', 'p', 'h', 'e', 'i', 'c', 0, 0, 0, 0}, "picture_format_unsupported"}},
        {"page.jpg", {good, ""}},
        {"cat.png", {files::png(files::Png::rgb), "code_not_found"}}};
    for (const auto& [name, file] : brought) BOOST_REQUIRE(os::write_file(folder / name, file.first));
    std::map<std::string, json> answers;
    const std::string said = campus.run("--json scan " + folder.string());
    for (std::string_view line : split(said, '\n'))
        if (!line.empty()) answers[json::parse(line)["file"]] = json::parse(line);
    for (const auto& [name, file] : brought) BOOST_TEST(answers[name]["reason"] == file.second, name);
    BOOST_TEST(answers["page.jpg"]["result"] == "joined");
    BOOST_TEST(answers["cat.png"]["result"] == "tray");
    BOOST_TEST(answers["half.jpg"]["result"] == "refused");
}

BOOST_AUTO_TEST_CASE(R38_a_pdf_with_a_password_is_told_how_to_come_again) {
    const Commands campus;
    const fs::path open = campus.folder.path() / "open.pdf", locked = campus.folder.path() / "locked.pdf";
    BOOST_REQUIRE(os::write_file(open, files::pdf(1)));
    const std::string command = "qpdf --encrypt secret owner 256 -- " + open.string() + " " + locked.string();
    BOOST_REQUIRE(std::system(command.c_str()) == 0);
    BOOST_TEST(campus.run("scan " + locked.string()).find("去掉密码") != std::string::npos);
    BOOST_TEST(campus.refusal("verify " + locked.string()) == "pdf_locked");
}

BOOST_AUTO_TEST_CASE(R38_one_code_glued_over_is_noticed_and_kept_for_a_person) {
    const Page campus;
    scan::Picture page = campus.printed(2);
    glue(page, campus.printed(1), sheet::kUpperCode);
    const json answer = campus.scanned(page);
    BOOST_TEST(answer["result"] == "tray");
    BOOST_TEST(answer["reason"] == "codes_disagree");
}

BOOST_AUTO_TEST_CASE(R38_both_codes_of_another_page_show_a_page_full_of_changes) {
    const Page campus;
    scan::Picture page = campus.printed(2);
    const scan::Picture other = campus.printed(1);
    glue(page, other, sheet::kUpperCode);
    glue(page, other, sheet::kLowerCode);
    const json answer = campus.scanned(page);
    BOOST_TEST(answer["code"]["page"] == 1);  // as the codes say
    BOOST_TEST(answer["checks"]["same"] == false);
    BOOST_TEST(answer["checks"]["changes"].size() > 5u);
}

BOOST_AUTO_TEST_CASE(R38_a_photo_of_a_screen_is_measured_like_any_other) {
    const Page campus;
    for (const double pitch : {2.3, 3.7}) {
        const json answer = campus.scanned(seen_on_a_screen(campus.printed(2), pitch, 5));
        BOOST_TEST_MESSAGE(answer.dump());
        const std::string result = answer["result"];
        if (result == "tray")
            BOOST_TEST(answer["reason"] != "");
        else
            BOOST_TEST((result == "joined" || result == "duplicate"), result);
        if (answer["code"]["valid"] == true) BOOST_TEST(answer["code"]["page"] == 2);
    }
}
