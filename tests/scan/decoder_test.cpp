// The child that decodes: what it may, what it costs, and that nothing it does reaches further than one file.
#include "pdf/scan/decoder.h"

#include "pdf/scan/page_image.h"
#include "tests/scan/files.h"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <fstream>
#include <string>
#include <thread>

using namespace wq;
using namespace wq::scan;

namespace {

namespace fs = std::filesystem;

fs::path beside(const char* program) { return fs::read_symlink("/proc/self/exe").parent_path() / program; }

// A child whose readers do as the file says (evil_decode.cpp).
struct Evil {
    Decoder decoder{beside("wq_evil_decode"),
                    {.memory = std::uint64_t{400} << 20, .cpu_seconds = 1, .wait_seconds = 3}};
    int pages = 0;

    std::string answer(std::string_view deed) {
        pages = 0;
        const auto read =
            decoder.decode(bytes_of(deed), {.kind = FileKind::bmp}, [&](const Picture& picture) {
                BOOST_TEST((picture.bgr == Bytes(6, 7)));
                BOOST_TEST(picture.dpi == 0);  // infinity is none
                return ++pages > 0;
            });
        return read ? "" : read.error().code;
    }
    void check_next_is_well() {
        BOOST_TEST(answer("be good") == "");
        BOOST_TEST(pages == 1);
    }
};

double resident_mb(const char* what) {
    std::ifstream in("/proc/self/status");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(what)) return std::stod(line.substr(line.find_first_of("0123456789"))) / 1024;
    return 0;
}

// The children of that name.
std::vector<pid_t> children(const std::string& name, pid_t of = getpid()) {
    std::vector<pid_t> found;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        std::ifstream in(entry.path() / "stat");
        std::string number, program, state, parent;
        if (in >> number >> program >> state >> parent)
            if (program == "(" + name + ")" && parent == std::to_string(of) && state != "Z")
                found.push_back(std::stoi(number));
    }
    return found;
}

}  // namespace

BOOST_AUTO_TEST_CASE(what_breaks_in_the_child_costs_one_file) {
    Evil evil;
    for (const char* deed : {"crash", "abort"}) {
        BOOST_TEST(evil.answer(deed) == "picture_damaged", deed);
        evil.check_next_is_well();
    }
}

BOOST_AUTO_TEST_CASE(the_child_reaches_nothing_outside) {
    Evil evil;
    for (const char* deed : {"call out", "start a shell", "fork", "signal others", "run data", "trace"})
        BOOST_TEST(evil.answer(deed) == "picture_damaged", deed);  // it ends there and then
    for (const char* deed : {"open", "open directly", "signal by descriptor"})
        BOOST_TEST(evil.answer(deed) == "pdf_locked", deed);  // tried in vain
    evil.check_next_is_well();
}

BOOST_AUTO_TEST_CASE(a_file_that_takes_too_much_is_told_so) {
    Evil evil;
    for (const char* deed : {"spin", "eat", "sleep", "hide"}) {
        BOOST_TEST(evil.answer(deed) == "picture_too_costly", deed);
        evil.check_next_is_well();
    }
}

BOOST_AUTO_TEST_CASE(nothing_the_child_says_is_believed_unseen) {
    Evil evil;
    for (const char* deed :
         {"huge page", "page of nothing", "no page", "no such answer", "no such cause", "endless"}) {
        BOOST_TEST(evil.answer(deed) == "picture_damaged", deed);
        BOOST_TEST(evil.pages <= static_cast<int>(kMostPages));
    }
    evil.check_next_is_well();
}

BOOST_AUTO_TEST_CASE(without_the_child_nothing_is_decoded) {
    const auto decode = [](const fs::path& program) {
        Decoder decoder(program);
        return decoder.decode(files::jpeg(), {}, [](const Picture&) { return true; });
    };
    BOOST_CHECK_THROW(decode("/nowhere/wangqian-decode"), Fault);
    BOOST_CHECK_THROW(decode("/bin/true"), Fault);
    BOOST_CHECK_NO_THROW(make_decoder_ready());
}

BOOST_AUTO_TEST_CASE(a_child_that_was_killed_is_started_anew) {
    const Bytes file = files::jpeg();
    BOOST_REQUIRE(read_pictures(file));
    const auto before = children("wangqian-decode");
    BOOST_REQUIRE(before.size() == 1u);
    BOOST_REQUIRE(kill(before[0], SIGKILL) == 0);
    BOOST_TEST(read_pictures(file).has_value());
    BOOST_TEST((children("wangqian-decode") != before));
}

BOOST_AUTO_TEST_CASE(who_stops_the_programs_stops_no_decoding) {
    BOOST_REQUIRE(read_pictures(files::jpeg()));
    const auto process = children("wangqian-decode").at(0);
    BOOST_TEST(getpgid(process) != getpgid(0));
    const auto pages_though = [&](const std::function<void(pid_t)>& deed) {
        int pages = 0;
        const auto read = each_picture(files::pdf(3), [&](const Picture&) {
            if (++pages == 2)
                for (const pid_t child : children("wangqian-decode", process)) deed(child), deed(process);
            return true;
        });
        BOOST_TEST(read.has_value());
        return pages;
    };
    for (const int ending : {SIGINT, SIGTERM, SIGHUP})
        BOOST_TEST(pages_though([&](pid_t child) { kill(child, ending); }) == 3);
    BOOST_TEST((children("wangqian-decode") == std::vector{process}));
    BOOST_TEST(pages_though([&](pid_t child) { kill(child, SIGKILL); }) == 3);
    BOOST_TEST((children("wangqian-decode") != std::vector{process}));
}

BOOST_AUTO_TEST_CASE(children_do_not_move_each_others_place_in_a_font) {
    Evil evil;
    const auto read = [&](std::string_view deed, const std::function<void()>& meanwhile) {
        const auto pages = evil.decoder.decode(bytes_of(deed), {.kind = FileKind::pdf}, [&](const Picture&) {
            meanwhile();
            return true;
        });
        return pages ? "" : pages.error().code;
    };
    BOOST_TEST(read("read on", [&] { BOOST_TEST(read("read on further", [] {}) == ""); }) == "");
}

BOOST_AUTO_TEST_CASE(several_threads_decode_at_the_same_time) {
    const Bytes jpeg = files::jpeg(), pdf = files::pdf(2);
    std::atomic<int> good = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&, i] {
            for (int round = 0; round < 10; ++round) {
                const auto pictures = read_pictures(i % 2 == 0 ? jpeg : pdf);
                good += pictures && pictures->size() == (i % 2 == 0 ? 1U : 2U) && pictures->at(0).width > 59;
            }
        });
    threads.clear();
    BOOST_TEST(good == 60);
}

BOOST_AUTO_TEST_CASE(memory_stays_flat_over_many_files_and_many_pages) {
    const Bytes photo = files::grey_jpeg(3000, 2000);  // 18 MB of pixels
    for (int round = 0; round < 3; ++round) BOOST_REQUIRE(read_pictures(photo));
    const double before = resident_mb("VmRSS");
    for (int round = 0; round < 20; ++round) BOOST_REQUIRE(read_pictures(photo));
    BOOST_TEST(resident_mb("VmRSS") < before + 20);
    const Bytes pages =
        files::tiff(std::vector<files::TiffPage>(kMostPages, {.width = 2000, .height = 1500}));
    int taken = 0;
    BOOST_REQUIRE(each_picture(pages, [&](const Picture& picture) {
        BOOST_TEST(picture.width == 2000);
        return ++taken > 0;
    }));
    BOOST_TEST(taken == static_cast<int>(kMostPages));
    BOOST_TEST(resident_mb("VmRSS") < before + 40);  // all of them: 450 MB
}

BOOST_AUTO_TEST_CASE(what_taking_a_page_throws_is_passed_on) {
    BOOST_CHECK_THROW((void)each_picture(files::pdf(3), [](const Picture&) -> bool { throw Fault("full"); }),
                      Fault);
    BOOST_TEST(read_pictures(files::jpeg()).has_value());
}
