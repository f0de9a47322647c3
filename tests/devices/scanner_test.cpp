#include "kiosk/devices/device_program.h"
#include "tests/devices/scanner_stage.h"

#include <boost/test/unit_test.hpp>

#include <chrono>

using namespace wq;
using namespace wq::devices;
using stage::ScannerStage;

namespace {

std::vector<SourceFile> all_of(const ScannerChoice& choice) {
    ScannerPages scanner(choice);
    std::vector<SourceFile> files;
    while (auto file = scanner.next()) files.push_back(std::move(*file));
    return files;
}

std::string refusal_of(const ScannerChoice& choice) {
    const auto files = all_of(choice);
    return files.empty() || files.back().content ? "" : files.back().content.error().code;
}

const scan::Picture& picture_of(const SourceFile& file) { return std::get<scan::Picture>(*file.content); }

}  // namespace

BOOST_AUTO_TEST_SUITE(scanner)

BOOST_AUTO_TEST_CASE(a_picture_larger_than_can_be_counted_is_none) {
    const auto said = [](std::uint32_t width, std::uint32_t height) {
        std::string bytes;
        for (const std::uint32_t word : {static_cast<std::uint32_t>(Told::picture), width, height, 200U})
            for (unsigned shift = 0; shift < 32; shift += 8)
                for (const unsigned digit : {6U, 3U, 0U})
                    bytes += (digit == 6 ? "\\" : "") +
                             std::to_string(word >> shift >> digit & (digit == 6 ? 3 : 7));
        DeviceProgram program("/bin/sh", {"-c", "printf '" + bytes + "26 bytes are the pixels....'"});
        const auto message = program.next(std::chrono::seconds(5), {});
        return message ? message->picture.bgr.size() : 0;
    };
    BOOST_TEST(said(4, 2) == 24u);
    BOOST_TEST(said(2'007'567'422, 3'062'868'337) == 0u);  // three times both: 26 more than 64 bits hold
    BOOST_TEST(said(0, 2) == 0u);
}

BOOST_AUTO_TEST_CASE(the_feeder_gives_all_its_sheets_and_then_ends) {
    const ScannerStage stage;
    const auto files = all_of(ScannerStage::feeder({"test-picture=Solid white"}));
    BOOST_REQUIRE(files.size() == 10u);
    for (const SourceFile& file : files) {
        BOOST_REQUIRE(file.content.has_value());
        BOOST_TEST(picture_of(file).width == 393);  // 200 mm is all it has
        BOOST_TEST(picture_of(file).dpi == 50);
        BOOST_TEST(picture_of(file).bgr[3000] == 255);
    }
    BOOST_TEST(files[0].name == "scanner-1");
    BOOST_TEST(files[9].name == "scanner-10");
}

BOOST_AUTO_TEST_CASE(the_glass_gives_one_page) {
    const ScannerStage stage;
    ScannerChoice choice = ScannerStage::feeder();
    choice.from = "glass";
    BOOST_TEST(all_of(choice).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_page_comes_off_the_glass_as_it_lies_there) {
    const ScannerStage stage;
    scan::Picture page{40, 30, Bytes(40 * 30 * 3, 255)};
    page.bgr[0] = 10, page.bgr[1] = 20, page.bgr[2] = 30;
    stage.lay(page);
    const auto files = all_of(stage.glass());
    BOOST_REQUIRE(files.size() == 1u);
    BOOST_TEST(picture_of(files[0]).width == 40);
    BOOST_TEST(picture_of(files[0]).dpi == 200);
    BOOST_TEST(picture_of(files[0]).bgr == page.bgr, boost::test_tools::per_element());
    ScannerChoice three = stage.glass();
    three.options.push_back("three-pass=yes");
    BOOST_TEST(picture_of(all_of(three).at(0)).bgr == page.bgr, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_stops_a_scanner_is_told_by_name) {
    const ScannerStage stage;
    const std::pair<const char*, const char*> kFaults[] = {{"SANE_STATUS_JAMMED", "scanner_jammed"},
                                                           {"SANE_STATUS_COVER_OPEN", "scanner_cover_open"},
                                                           {"SANE_STATUS_DEVICE_BUSY", "scanner_busy"},
                                                           {"SANE_STATUS_ACCESS_DENIED", "scanner_denied"},
                                                           {"SANE_STATUS_IO_ERROR", "scanner_unreachable"}};
    for (const auto& [status, code] : kFaults)
        BOOST_TEST(refusal_of(ScannerStage::feeder({std::string("read-return-value=") + status})) == code);
    ScannerChoice empty = ScannerStage::feeder({"read-return-value=SANE_STATUS_NO_DOCS"});
    empty.from = "feeder";
    BOOST_TEST(refusal_of(empty) == "scanner_empty");
    ScannerChoice away = ScannerStage::feeder();
    away.device = "test:7";
    BOOST_TEST(refusal_of(away) == "scanner_unreachable");
    ScannerChoice glass = stage.glass();
    glass.from = "feeder";
    BOOST_TEST(refusal_of(glass) == "scanner_feeder_missing");
    BOOST_TEST(refusal_of(ScannerStage::feeder({"colour-of-the-cover=red"})) == "scanner_option_wrong");
}

BOOST_AUTO_TEST_CASE(a_scanner_that_hangs_is_given_up_after_its_time) {
    const ScannerStage stage;
    ScannerChoice slow = ScannerStage::feeder({"read-delay=yes", "read-delay-duration=200000"});
    slow.patience = std::chrono::milliseconds(60);
    const auto start = std::chrono::steady_clock::now();
    BOOST_TEST(refusal_of(slow) == "scanner_hangs");
    BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(8)));
    BOOST_TEST(all_of(ScannerStage::feeder()).size() == 10u);  // and is there for the next
}

BOOST_AUTO_TEST_CASE(a_scan_can_be_stopped) {
    const ScannerStage stage;
    ScannerPages scanner(ScannerStage::feeder({"read-delay=yes", "read-delay-duration=50000"}));
    std::stop_source stop;
    stop.request_stop();
    BOOST_TEST(!scanner.next(stop.get_token()).has_value());
    BOOST_TEST(!scanner.next().has_value());
}

BOOST_AUTO_TEST_CASE(scanners_are_found_by_name) {
    const ScannerStage stage;
    const auto found = find_scanners();
    BOOST_REQUIRE(found.has_value());
    BOOST_REQUIRE(found->size() >= 2u);
    BOOST_TEST(std::ranges::count(*found, "pnm:0", &ScannerFound::device) == 1);
}

BOOST_AUTO_TEST_SUITE_END()
