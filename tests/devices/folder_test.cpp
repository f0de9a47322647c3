#include "data/os/files.h"
#include "kiosk/devices/watched_folder.h"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <thread>

using namespace wq;
using namespace wq::devices;
using std::chrono::milliseconds;
namespace fs = std::filesystem;

namespace {

constexpr milliseconds kSoon{200};

struct Folder {
    Folder() {
        std::string name = (fs::temp_directory_path() / "wangqian-watched-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    ~Folder() { fs::remove_all(path); }
    void put(const std::string& name, const std::string& content) const {
        std::ofstream(path / name) << content;
    }
    fs::path path;
};

// What it gives within `time`.
std::optional<SourceFile> within(WatchedFolder& folder, milliseconds time) {
    std::stop_source stop;
    std::jthread end([&](const std::stop_token& early) {
        for (milliseconds waited{0}; waited < time && !early.stop_requested(); waited += milliseconds(10))
            std::this_thread::sleep_for(milliseconds(10));
        stop.request_stop();
    });
    return folder.next(stop.get_token());
}

std::string text_in(const std::optional<SourceFile>& file) {
    return file && file->content ? std::string(text_of(std::get<Bytes>(*file->content))) : "";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(folders)

BOOST_AUTO_TEST_CASE(a_file_is_read_once_it_has_stopped_growing) {
    const Folder folder;
    WatchedFolder watched(folder.path, kSoon);
    std::jthread writer([&] {
        for (int i = 0; i < 12; ++i) {
            std::ofstream(folder.path / "a.jpg", std::ios::app) << "part";
            std::this_thread::sleep_for(milliseconds(40));
        }
    });
    const auto file = within(watched, milliseconds(5000));
    BOOST_TEST(text_in(file).size() == 48u);
    watched.settle(file->version, true);
    BOOST_TEST(fs::exists(folder.path / "taken/a.jpg"));
}

BOOST_AUTO_TEST_CASE(a_file_that_somebody_has_open_is_not_read_however_long_it_rests) {
    const Folder folder;
    WatchedFolder watched(folder.path, kSoon);
    std::ofstream writing(folder.path / "slow.jpg");
    writing << "first half" << std::flush;
    BOOST_TEST(!within(watched, 5 * kSoon).has_value());
    writing << " and second" << std::flush;
    writing.close();
    BOOST_TEST(text_in(within(watched, milliseconds(5000))) == "first half and second");
}

BOOST_AUTO_TEST_CASE(names_of_unfinished_files_are_never_read) {
    const Folder folder;
    for (const char* name : {".hidden.jpg", "a.jpg.part", "b.TMP", "c.jpg~", "~d.jpg", "e.crdownload"})
        folder.put(name, "x");
    WatchedFolder watched(folder.path, milliseconds(20));
    BOOST_TEST(!within(watched, milliseconds(300)).has_value());
    BOOST_TEST(!FilePages({folder.path}).next().has_value());
    fs::rename(folder.path / "a.jpg.part", folder.path / "a.jpg");
    BOOST_TEST(text_in(within(watched, milliseconds(5000))) == "x");
}

BOOST_AUTO_TEST_CASE(files_come_the_oldest_first_and_each_once) {
    const Folder folder;
    const auto now = fs::file_time_type::clock::now();
    for (const auto& [name, age] : {std::pair{"z.jpg", 30}, {"m.jpg", 20}, {"a.jpg", 10}}) {
        folder.put(name, name);
        fs::last_write_time(folder.path / name, now - std::chrono::seconds(age));
    }
    WatchedFolder watched(folder.path, kSoon);
    std::vector<SourceFile> given;
    for (const char* name : {"z.jpg", "m.jpg", "a.jpg"}) {
        given.push_back(*within(watched, milliseconds(5000)));
        BOOST_TEST(given.back().name == name);
    }
    BOOST_TEST(!within(watched, 3 * kSoon).has_value());  // though none was put away
    watched.settle(given[0].version, false);
    BOOST_TEST(fs::exists(folder.path / "refused/z.jpg"));
    WatchedFolder again(folder.path, kSoon);  // after a restart
    BOOST_TEST(within(again, milliseconds(5000))->name == "m.jpg");
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_away_is_waited_for) {
    const Folder folder;
    WatchedFolder watched(folder.path / "share", kSoon);
    BOOST_TEST(!within(watched, milliseconds(300)).has_value());
    fs::create_directory(folder.path / "share");
    folder.put("share/a.jpg", "there");
    BOOST_TEST(text_in(within(watched, milliseconds(5000))) == "there");
}

BOOST_AUTO_TEST_CASE(a_file_that_seems_open_for_ever_is_read_in_the_end) {
    const Folder folder;
    WatchedFolder watched(folder.path, kSoon, 3 * kSoon);
    std::ofstream writing(folder.path / "a.jpg");
    writing << "all of it" << std::flush;
    BOOST_TEST(!within(watched, 2 * kSoon).has_value());
    BOOST_TEST(text_in(within(watched, milliseconds(5000))) == "all of it");
}

BOOST_AUTO_TEST_CASE(a_file_written_anew_before_it_was_put_away_is_read_too) {
    const Folder folder;
    WatchedFolder watched(folder.path, kSoon);
    folder.put("scan.pdf", "first");
    const auto first = within(watched, milliseconds(5000));
    folder.put("scan.pdf", "other");  // as long, in the same file
    watched.settle(first->version, true);
    BOOST_TEST(!fs::exists(folder.path / "taken/scan.pdf"));
    const auto second = within(watched, milliseconds(5000));
    BOOST_TEST(text_in(second) == "other");
    watched.settle(second->version, true);
    BOOST_TEST(fs::exists(folder.path / "taken/scan.pdf"));

    folder.put("scan.pdf", "third");
    for (const auto afterwards : {FilePages::Afterwards::remove, FilePages::Afterwards::put_away}) {
        FilePages files({folder.path}, afterwards, kSoon);
        const auto given = files.next();
        folder.put("scan.pdf.tmp", "newer");
        fs::rename(folder.path / "scan.pdf.tmp", folder.path / "scan.pdf");
        files.settle(given->version, true);
        BOOST_TEST(fs::exists(folder.path / "scan.pdf"));
    }
}

BOOST_AUTO_TEST_CASE(a_folder_read_once_leaves_what_is_being_written) {
    const Folder folder;
    std::ofstream writing(folder.path / "a.jpg");
    writing << "first half" << std::flush;
    folder.put("b.jpg", "whole");
    std::optional<FilePages> files(std::in_place, std::vector{folder.path}, FilePages::Afterwards::put_away,
                                   kSoon);
    BOOST_TEST(text_in(files->next()) == "whole");
    BOOST_TEST(!files->next().has_value());
    files.emplace(std::vector{folder.path}, FilePages::Afterwards::put_away, 5 * kSoon);
    writing << " and second" << std::flush;  // grows while it is waited for
    writing.close();
    BOOST_TEST(text_in(files->next()) == "whole");
    files.emplace(std::vector{folder.path}, FilePages::Afterwards::put_away, kSoon);
    BOOST_TEST(text_in(files->next()) == "first half and second");
}

BOOST_AUTO_TEST_CASE(files_of_one_name_in_two_folders_are_not_mixed_up) {
    const Folder folder;
    for (const char* name : {"a", "b"}) {
        fs::create_directory(folder.path / name);
        folder.put(std::string(name) + "/1.jpg", name);
    }
    FilePages files({folder.path / "a", folder.path / "b"}, FilePages::Afterwards::put_away, milliseconds(0));
    const auto first = files.next(), second = files.next();
    files.settle(second->version, false);
    BOOST_TEST(fs::exists(folder.path / "a/1.jpg"));
    BOOST_TEST(fs::exists(folder.path / "b/refused/1.jpg"));
    files.settle(first->version, true);
    BOOST_TEST(fs::exists(folder.path / "a/taken/1.jpg"));
}

BOOST_AUTO_TEST_CASE(files_go_where_the_caller_wants_them) {
    const Folder folder;
    for (const char* name : {"a.jpg", "b.jpg"}) folder.put(name, "x");
    FilePages files({folder.path}, FilePages::Afterwards::remove, milliseconds(0));
    BOOST_TEST(*files.count() == 2u);
    files.settle(files.next()->version, true);
    files.settle(files.next()->version, false);
    BOOST_TEST(!fs::exists(folder.path / "a.jpg"));
    BOOST_TEST(!fs::exists(folder.path / "taken/a.jpg"));
    BOOST_TEST(fs::exists(folder.path / "refused/b.jpg"));
}

BOOST_AUTO_TEST_SUITE_END()
