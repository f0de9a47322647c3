// What the press keeps between runs, and what it does with many threads.
#include "data/os/files.h"
#include "tests/render/paper.h"

#include <boost/test/unit_test.hpp>
#include <unistd.h>

#include <filesystem>
#include <thread>

using namespace wq;
using namespace wq::render;
namespace fs = std::filesystem;

namespace {

Bytes printed_by(const Press& press) {
    return *print(press, *paper::form().lay_out(samples::three_party()), samples::codes(2));
}

struct Folder {
    fs::path path = fs::temp_directory_path() / ("wq-press-" + std::to_string(::getpid()));
    ~Folder() { fs::remove_all(path); }
    fs::path only_file() const { return fs::directory_iterator(path)->path(); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(press)

BOOST_AUTO_TEST_CASE(a_press_from_its_cache_prints_the_same_bytes) {
    const Folder folder;
    const Bytes right = printed_by(paper::press());
    for (int round = 0; round < 2; ++round)
        BOOST_TEST((printed_by(Press(paper::fonts(), paper::form().fixed_parts(), folder.path)) == right));
}

BOOST_AUTO_TEST_CASE(a_damaged_cache_is_made_anew) {
    const Folder folder;
    const FixedParts fixed = paper::form().fixed_parts();
    (void)Press(paper::fonts(), fixed, folder.path);
    Bytes whole = *os::read_file(folder.only_file());
    for (std::size_t at : {std::size_t{0}, whole.size() / 2, whole.size() - 1}) {
        Bytes damaged = whole;
        damaged[at] ^= 0x40;
        BOOST_REQUIRE(os::write_file(folder.only_file(), damaged));
        BOOST_TEST((printed_by(Press(paper::fonts(), fixed, folder.path)) == printed_by(paper::press())));
        BOOST_TEST((*os::read_file(folder.only_file()) == whole));
    }
}

BOOST_AUTO_TEST_CASE(a_cache_that_cannot_be_written_is_no_misfortune) {
    const Press press(paper::fonts(), paper::form().fixed_parts(), "/proc/nowhere");
    BOOST_TEST((printed_by(press) == printed_by(paper::press())));
}

BOOST_AUTO_TEST_CASE(many_threads_print_what_one_prints) {
    const Bytes right = printed_by(paper::press());
    const Press fresh(paper::fonts(), paper::form().fixed_parts());
    std::array<Bytes, 8> seen;
    {
        std::vector<std::jthread> threads;
        for (Bytes& it : seen) threads.emplace_back([&] { it = printed_by(fresh); });
    }
    for (const Bytes& it : seen) BOOST_TEST((it == right));
}

BOOST_AUTO_TEST_SUITE_END()
