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

constexpr milliseconds kQuiet{200};

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
    WatchedFolder watched(folder.path, kQuiet);
    std::jthread writer([&] {
        for (int i = 0; i < 12; ++i) {
            std::ofstream(folder.path / "a.jpg", std::ios::app) << "part";
            std::this_thread::sleep_for(milliseconds(40));
        }
    });
    const auto file = within(watched, milliseconds(5000));
    BOOST_TEST(text_in(file).size() == 48u);
    watched.settle("a.jpg", true);
    BOOST_TEST(fs::exists(folder.path / "taken/a.jpg"));
}

BOOST_AUTO_TEST_CASE(a_file_that_somebody_has_open_is_not_read_however_long_it_rests) {
    const Folder folder;
    WatchedFolder watched(folder.path, kQuiet);
    std::ofstream writing(folder.path / "slow.jpg");
    writing << "first half" << std::flush;
    BOOST_TEST(!within(watched, 5 * kQuiet).has_value());
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
    WatchedFolder watched(folder.path, kQuiet);
    for (const char* name : {"z.jpg", "m.jpg", "a.jpg"})
        BOOST_TEST(within(watched, milliseconds(5000))->name == name);
    BOOST_TEST(!within(watched, 3 * kQuiet).has_value());  // though none was put away
    watched.settle("z.jpg", false);
    BOOST_TEST(fs::exists(folder.path / "refused/z.jpg"));
    WatchedFolder again(folder.path, kQuiet);  // after a restart
    BOOST_TEST(within(again, milliseconds(5000))->name == "m.jpg");
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_away_is_waited_for) {
    const Folder folder;
    WatchedFolder watched(folder.path / "share", kQuiet);
    BOOST_TEST(!within(watched, milliseconds(300)).has_value());
    fs::create_directory(folder.path / "share");
    folder.put("share/a.jpg", "there");
    BOOST_TEST(text_in(within(watched, milliseconds(5000))) == "there");
}

BOOST_AUTO_TEST_CASE(files_go_where_the_caller_wants_them) {
    const Folder folder;
    for (const char* name : {"a.jpg", "b.jpg"}) folder.put(name, "x");
    FilePages files({folder.path}, FilePages::Afterwards::remove);
    BOOST_TEST(*files.count() == 2u);
    files.settle("a.jpg", true);
    files.settle("b.jpg", false);
    BOOST_TEST(!fs::exists(folder.path / "a.jpg"));
    BOOST_TEST(!fs::exists(folder.path / "taken/a.jpg"));
    BOOST_TEST(fs::exists(folder.path / "refused/b.jpg"));
}

BOOST_AUTO_TEST_SUITE_END()
