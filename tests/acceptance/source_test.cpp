// Where returned pages come from (R38), batches (R41), and pages that come twice (R56).
#include "data/os/files.h"
#include "kiosk/desk/conveyor.h"
#include "kiosk/devices/camera.h"
#include "pdf/scan/page_image.h"
#include "tests/acceptance/processes.h"
#include "tests/devices/film.h"
#include "tests/devices/scanner_stage.h"
#include "tests/e2e/process.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>
#include <sys/resource.h>

#include <fstream>
#include <random>

namespace wq::acceptance {
namespace {

using desk::PageOutcome;
using domain::State;
using nlohmann::json;
namespace fs = std::filesystem;

// An agreement that waits for its stamped pages, and the pages.
struct Awaited : DemoCampus {
    Awaited() : session(first_student()), id(approved(session)), pdf(*students->pdf(session, id)) {}

    scan::Picture page(int number) const {
        scan::Picture picture = workshop::printed(pdf, number, 150);
        if (number == 1) workshop::press_seal(picture, {47, 216}, {}, 1);
        return picture;
    }
    desk::PageResult take(scan::Picture picture) {
        desk::Returning returning(*home, *paper);
        return returning.take({"page", std::move(picture)}, std::nullopt).at(0);
    }
    std::vector<domain::ReturnedPage> kept() const {
        return home->store().returns().pages(id, record(id).paper->revision);
    }

    desk::StudentSession session;
    Uuid id;
    Bytes pdf;
};

std::vector<json> lines_of(const std::string& out) {
    std::vector<json> lines;
    std::istringstream text(out);
    for (std::string line; std::getline(text, line);)
        if (line.starts_with('{')) lines.push_back(json::parse(line));
    return lines;
}

std::vector<json> scanned(const Commands& campus, const std::string& arguments) {
    return lines_of(campus.run("--json scan " + arguments));
}

scan::Picture picture_in(const fs::path& file) { return scan::read_pictures(*os::read_file(file))->front(); }

double megabytes_at_most() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

// Ink spilt over the middle of both codes, so that no correction mends them.
void spoil_codes(scan::Picture& page, unsigned seed, double from = 0.22) {
    constexpr double kPixelsPerMm = 150 / 25.4, kSpot = 0.55;  // mm
    std::mt19937 random(seed);
    const auto pixel = [](double mm) { return static_cast<int>(mm * kPixelsPerMm); };
    for (const sheet::Box& code : {sheet::kUpperCode, sheet::kLowerCode})
        for (double y = from; y < 1 - from; y += kSpot / code.height)
            for (double x = from; x < 1 - from; x += kSpot / code.width) {
                const std::uint8_t ink = random() % 2 ? 255 : 0;
                const int left = pixel(code.x + x * code.width), top = pixel(code.y + y * code.height);
                for (int row = top; row < top + pixel(kSpot) + 1; ++row)
                    for (int column = left; column < left + pixel(kSpot) + 1; ++column)
                        std::fill_n(&page.bgr[3 * static_cast<std::size_t>(row * page.width + column)], 3,
                                    ink);
            }
}

// The same sheet again and again, as a feeder would give it.
class Sheets final : public devices::PageSource {
  public:
    Sheets(std::vector<Bytes> files, std::size_t count) : files_(std::move(files)), count_(count) {}
    using PageSource::next;
    std::optional<devices::SourceFile> next(const std::stop_token&) override {
        if (at_ == count_) return std::nullopt;
        const std::size_t now = at_++;
        return devices::SourceFile{std::to_string(now), files_[now % files_.size()]};
    }

    std::size_t fed() const { return at_; }

  private:
    std::vector<Bytes> files_;
    std::size_t count_, at_ = 0;
};

}  // namespace

BOOST_AUTO_TEST_CASE(R38_pages_come_from_a_flatbed_in_any_order_and_any_rotation) {
    const stage::ScannerStage stage;
    const Commands campus;
    const std::string id = campus.approved();
    const std::string scanner = "--scanner pnm:0 --option '" + stage.glass_option() + "'";
    stage.lay(workshop::scanned(picture_in(campus.returned(id, 2)), {.tilt = 1, .turns = 2}, 3));
    BOOST_TEST(scanned(campus, scanner).at(0)["result"] == "joined");
    stage.lay(workshop::scanned(picture_in(campus.returned(id, 1)), {.tilt = -1, .turns = 3}, 4));
    BOOST_TEST(scanned(campus, scanner).at(0)["result"] == "attached");
    BOOST_TEST(campus.state(id) == "return_school_review");
}

BOOST_AUTO_TEST_CASE(R38_a_feeder_is_read_to_its_last_sheet_and_strangers_go_to_the_tray) {
    const stage::ScannerStage stage;
    const Commands campus;
    const auto pages =
        scanned(campus, "--scanner test:0 --from feeder --dpi 100 --option 'test-picture=Grid'");
    BOOST_REQUIRE(pages.size() == 10u);
    for (std::size_t i = 0; i < pages.size(); ++i) {
        BOOST_TEST(pages[i]["file"] == "scanner-" + std::to_string(i + 1));
        BOOST_TEST(pages[i]["result"] == "tray");
    }
}

BOOST_AUTO_TEST_CASE(R38_a_scanner_that_can_not_go_on_says_why_and_keeps_what_it_has) {
    const stage::ScannerStage stage;
    const Commands campus;
    BOOST_TEST(campus.refusal("scan --scanner test:0 --option read-return-value=SANE_STATUS_JAMMED") ==
               "scanner_jammed");
    BOOST_TEST(campus.refusal("scan --scanner nowhere:0") == "scanner_unreachable");
    BOOST_TEST(campus.tried("scan --scanner test:0 some.pdf").exit == 2);
    BOOST_TEST(campus.tried("scan").exit == 2);
}

BOOST_AUTO_TEST_CASE(R38_this_machines_scanner_is_chosen_once) {
    const stage::ScannerStage stage;
    const Commands campus;
    BOOST_TEST(campus.run("settings scanner") == "folder");
    BOOST_TEST(campus.run("settings scanner pnm:0") == "pnm:0");
    BOOST_TEST(campus.told("settings")["scanner"] == "pnm:0");
    BOOST_TEST(campus.run("scanners").find("pnm:0") != std::string::npos);
    BOOST_TEST(campus.refusal("settings scanner_from below") == "setting_value");
}

BOOST_AUTO_TEST_CASE(R38_pages_laid_under_a_camera_are_taken_by_themselves_each_once) {
    Awaited campus;
    stage::Film film;
    film.still({}, 3);
    for (const int away : {1200, 700, 300}) film.frame(campus.page(1), away);
    film.still(campus.page(1), 16);
    for (const int away : {400, 900, 1300}) film.frame(campus.page(1), away);
    for (const int away : {1100, 500}) film.frame(campus.page(2), away);
    film.still(campus.page(2), 16);
    std::vector<devices::CaptureStep> told;
    auto camera = std::make_unique<devices::CameraPages>(
        devices::CameraChoice{film.device()},
        [&](const scan::Picture&, devices::CaptureStep step) { told.push_back(step); });
    desk::Conveyor conveyor(std::move(camera), 1);
    desk::Returning returning(*campus.home, *campus.paper);
    std::vector<PageOutcome> outcomes;
    while (const auto file = conveyor.next())
        outcomes.push_back(returning.take(*file, std::nullopt).at(0).outcome);
    BOOST_TEST((outcomes == std::vector{PageOutcome::joined, PageOutcome::attached}));
    BOOST_TEST(std::ranges::count(told, devices::CaptureStep::taken) == 2);
    BOOST_TEST((told.front() == devices::CaptureStep::moving));
    BOOST_TEST((told.back() == devices::CaptureStep::turn));
}

BOOST_AUTO_TEST_CASE(R38_a_watched_folder_takes_each_file_once_it_is_whole) {
    const Commands campus;
    const std::string id = campus.approved();
    const Bytes first = *os::read_file(campus.returned(id, 1)),
                second = *os::read_file(campus.returned(id, 2));
    const fs::path folder = campus.folder.path() / "share", told = campus.folder.path() / "told";
    fs::create_directories(folder);
    e2e::Process watch({std::string(WQ_BIN) + "/wangqian", "--home", (campus.folder.path() / "home").string(),
                        "--json", "scan", "--watch", folder.string(), "--quiet-ms", "400"},
                       {}, told);
    const auto lines = [&] { return lines_of(os::read_text(told).value_or("")); };
    std::ofstream slow(folder / "slow.jpg", std::ios::binary);
    slow.write(reinterpret_cast<const char*>(first.data()), 5000).flush();
    (void)os::write_file(folder / "whole.jpg", second);
    (void)os::write_file(folder / "text.txt", bytes_of("no page"));
    e2e::wait_for("two files", 30, [&] { return lines().size() == 2; });
    slow.write(reinterpret_cast<const char*>(first.data()) + 5000, static_cast<long>(first.size()) - 5000);
    slow.close();
    e2e::wait_for("the slow one", 30, [&] { return lines().size() == 3; });
    BOOST_TEST(lines()[2]["result"] == "attached");
    e2e::wait_for("tidiness", 5, [&] { return fs::exists(folder / "taken/slow.jpg"); });
    BOOST_TEST(fs::exists(folder / "taken/whole.jpg"));
    BOOST_TEST(fs::exists(folder / "refused/text.txt"));
    watch.end();
    BOOST_TEST(watch.wait() == 0);
}

BOOST_AUTO_TEST_CASE(R41_a_batch_is_read_on_all_cores_and_told_in_its_order) {
    const Commands campus;
    const std::string id = campus.approved();
    const fs::path folder = campus.folder.path() / "batch";
    const Bytes page = *os::read_file(campus.returned(id, 2)), other = *os::read_file(campus.picture());
    for (int i = 10; i < 22; ++i)
        (void)os::write_file(folder / (std::to_string(i) + ".jpg"), i == 13 ? bytes_of("bad")
                                                                    : i % 3 ? other
                                                                            : page);
    for (const char* jobs : {"1", "4"}) {
        const auto pages = scanned(campus, folder.string() + " --dry-run --jobs " + jobs);
        BOOST_REQUIRE(pages.size() == 12u);
        for (int i = 10; i < 22; ++i) {
            const json& told = pages[static_cast<std::size_t>(i) - 10];
            BOOST_TEST(told["file"] == std::to_string(i) + ".jpg");
            BOOST_TEST(told["result"] == (i == 13 ? "refused" : i % 3 ? "tray" : "joined"));
        }
    }
}

BOOST_AUTO_TEST_CASE(R41_two_hundred_pages_need_no_more_memory_than_twenty) {
    const Awaited campus;
    const scan::Picture page = workshop::reduced(campus.page(2), 900);
    const std::vector<Bytes> sheets{scan::to_jpeg(page, 80)};
    const auto run = [&](std::size_t count) {
        desk::Conveyor conveyor(std::make_unique<Sheets>(sheets, count), 2);
        std::size_t pages = 0;
        while (const auto file = conveyor.next()) {
            BOOST_TEST_REQUIRE(file->name == std::to_string(pages));
            pages += file->pages.size();
        }
        BOOST_TEST(pages == count);
        return megabytes_at_most();
    };
    const double few = run(20);
    BOOST_TEST(run(200) < few + 20);
}

BOOST_AUTO_TEST_CASE(R41_a_batch_can_be_stopped) {
    const Awaited campus;
    const std::vector<Bytes> sheets{scan::to_jpeg(campus.page(2), 80)};
    desk::Conveyor conveyor(std::make_unique<Sheets>(sheets, 1'000'000), 2);
    BOOST_TEST(conveyor.next().has_value());
    conveyor.stop();
    BOOST_TEST(!conveyor.next().has_value());
}

BOOST_AUTO_TEST_CASE(R41_sheets_that_went_through_the_feeder_are_given_before_a_batch_ends) {
    const Awaited campus;
    const std::vector<Bytes> sheets{scan::to_jpeg(campus.page(2), 80)};
    auto source = std::make_unique<Sheets>(sheets, 1'000'000);
    const Sheets& feeder = *source;
    desk::Conveyor conveyor(std::move(source), 2);
    BOOST_TEST(conveyor.next().has_value());
    conveyor.finish();
    std::size_t given = 1;
    while (conveyor.next()) ++given;
    BOOST_TEST(given == feeder.fed());
    BOOST_TEST(given < 10u);
}

BOOST_AUTO_TEST_CASE(R56_the_same_sheet_scanned_twice_changes_nothing_and_is_named) {
    Awaited campus;
    const auto sheet = [&](int number, std::uint64_t seed) {
        return workshop::scanned(campus.page(number), {.tilt = seed % 2 ? 0.7 : -0.9, .noise = 5}, seed);
    };
    BOOST_TEST((campus.take(sheet(1, 3)).outcome == PageOutcome::joined));
    const auto before = campus.kept();
    const auto again = campus.take(sheet(1, 4));
    BOOST_TEST((again.outcome == PageOutcome::duplicate));
    BOOST_TEST((again.missing == std::vector<int>{2}));
    BOOST_TEST((campus.kept() == before));
    BOOST_TEST((campus.take(sheet(2, 5)).outcome == PageOutcome::attached));
    const auto record = campus.record(campus.id);
    for (int number : {1, 2})  // on their way to review they are still known
        BOOST_TEST((campus.take(sheet(number, 8)).outcome == PageOutcome::duplicate));
    BOOST_TEST((campus.record(campus.id) == record));
    BOOST_TEST(campus.staff->tray(campus.school()).empty());
}

BOOST_AUTO_TEST_CASE(R56_a_sheet_with_a_seal_or_signature_more_is_news) {
    Awaited campus;
    const auto take = [&](const scan::Picture& page, std::uint64_t seed) {
        return campus.take(workshop::scanned(page, {.tilt = 0.5}, seed));
    };
    scan::Picture page = workshop::printed(campus.pdf, 1, 150);
    BOOST_TEST((take(page, 1).why->code == "page_seal_missing"));
    workshop::press_seal(page, {47, 216}, {}, 1);
    BOOST_TEST((take(page, 2).outcome == PageOutcome::joined));
    const auto sealed = campus.kept();
    workshop::sign(page, {80, 200, 50, 30}, 2);
    BOOST_TEST((take(page, 3).outcome == PageOutcome::joined));
    BOOST_TEST((campus.kept() != sealed));
}

BOOST_AUTO_TEST_CASE(R56_a_batch_that_broke_off_is_taken_again_and_only_the_rest_is_new) {
    Awaited campus;
    const fs::path folder = campus.folder.path() / "batch";
    for (int number : {1, 2})
        (void)os::write_file(folder / (std::to_string(number) + ".jpg"), scan::to_jpeg(campus.page(number)));
    const auto outcomes = [&](std::size_t files) {
        std::vector<PageOutcome> told;
        desk::Returning returning(*campus.home, *campus.paper);
        desk::Conveyor conveyor(std::make_unique<devices::FilePages>(
            std::vector{folder}, devices::FilePages::Afterwards::put_away));
        while (told.size() < files)
            told.push_back(returning.take(*conveyor.next(), campus.school().actor).at(0).outcome);
        return told;
    };
    outcomes(1);  // the machine dies before the file is put away
    campus.restart();
    const auto told = outcomes(2);
    BOOST_TEST((told == std::vector{PageOutcome::duplicate, PageOutcome::attached}));
    campus.restart();
    const auto revision = campus.record(campus.id).revision;
    BOOST_TEST((outcomes(2) == std::vector{PageOutcome::duplicate, PageOutcome::duplicate}));
    BOOST_TEST(campus.record(campus.id).revision == revision);
}

BOOST_AUTO_TEST_CASE(R38_a_page_whose_codes_can_not_be_read_is_recognised_and_a_person_confirms_it) {
    Awaited campus;
    scan::Picture page = campus.page(2);
    // Keys are new in each run, and so is what correction can mend: the mildest damage that it can't.
    for (const double from : {0.34, 0.31, 0.28, 0.25, 0.22}) {
        page = campus.page(2);
        spoil_codes(page, 5, from);
        desk::Returning looking(*campus.home, *campus.paper, true);
        if (looking.take({"page", page}, std::nullopt).at(0).outcome == PageOutcome::tray) break;
    }
    const auto taken = campus.take(page);
    BOOST_TEST_REQUIRE((taken.outcome == PageOutcome::tray));
    BOOST_TEST(taken.number.empty());
    BOOST_REQUIRE(taken.likely.has_value());
    const std::string number = campus.record(campus.id).number;
    BOOST_TEST(taken.likely->number == number);
    BOOST_TEST(taken.likely->page == 2);
    const auto tray = campus.staff->tray(campus.school());
    BOOST_REQUIRE(tray.size() == 1u);
    BOOST_TEST(tray[0].likely_number == number);
    BOOST_TEST(tray[0].reason == "code_recognised");
    desk::Returning returning(*campus.home, *campus.paper);
    const auto joined = returning.assign(tray[0].id, "", 0, campus.school().actor);
    BOOST_REQUIRE(joined.has_value());
    BOOST_TEST(joined->page == 2);
    BOOST_TEST(domain::value_of(joined->checks, "code") == "no");
    BOOST_TEST(campus.staff->tray(campus.school()).empty());
}

BOOST_AUTO_TEST_CASE(R38_a_page_of_paper_that_is_not_awaited_is_not_recognised) {
    Awaited campus;
    scan::Picture page = campus.page(2);
    spoil_codes(page, 5);
    BOOST_REQUIRE(campus.staff->act(campus.school(), campus.id, domain::Action::withdraw, "改地址"));
    const auto taken = campus.take(page);
    BOOST_TEST((taken.outcome == PageOutcome::tray));
    BOOST_TEST(!taken.likely.has_value());
    desk::Returning returning(*campus.home, *campus.paper);
    const auto tray = campus.staff->tray(campus.school());
    BOOST_TEST(returning.assign(tray.at(0).id, "", 0, campus.school().actor).error().code ==
               "record_unknown");
}

}  // namespace wq::acceptance
