#define BOOST_TEST_DYN_LINK
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/acceptance/campus.h"
#include "tests/workshop/workshop.h"

#include <boost/test/unit_test.hpp>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <fstream>

using namespace wq;
using acceptance::DemoCampus;
using acceptance::run_wangqian;
namespace fs = std::filesystem;

namespace {

// A disk of its own, of 24 MB, in memory; only root may make one.
class SmallDisk {
  public:
    SmallDisk() : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=24m") == 0) {
        if (!mounted_) BOOST_TEST_MESSAGE("no small disk here: " << std::strerror(errno));
    }
    ~SmallDisk() {
        if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
    }
    bool is_there() const { return mounted_; }
    fs::path home() const { return folder_.path() / "home"; }

    void fill() const {
        std::ofstream file(ballast(), std::ios::binary);
        const std::string block(4096, 'x');
        while (file.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
        }
    }
    void make_room() const { fs::remove(ballast()); }

  private:
    fs::path ballast() const { return folder_.path() / "ballast"; }

    acceptance::TemporaryFolder folder_;
    bool mounted_;
};

}  // namespace

BOOST_AUTO_TEST_CASE(R42_a_full_disk_is_told_and_loses_nothing_that_was_acknowledged) {
    const SmallDisk disk;
    if (!disk.is_there()) return;
    acceptance::TemporaryFolder elsewhere;
    const std::string form = acceptance::write_form(elsewhere.path(), DemoCampus::good_form()).string();
    const std::string student = std::string("--as student:") + acceptance::kFirstExamNumber;
    BOOST_REQUIRE(run_wangqian(disk.home(), "init --demo").exit == 0);
    BOOST_REQUIRE(run_wangqian(disk.home(), "confirm " + student).exit == 0);
    const auto before = run_wangqian(disk.home(), "--json sync status").out;
    disk.fill();
    const auto refused = run_wangqian(disk.home(), "register " + student + " --form " + form);
    BOOST_TEST(refused.exit == 1, refused.err);
    BOOST_TEST(refused.err.find("disk_full") != std::string::npos, refused.err);
    disk.make_room();
    BOOST_TEST(run_wangqian(disk.home(), "--json sync status").out == before);
    BOOST_TEST(run_wangqian(disk.home(), "audit").exit == 0);
    const auto submitted = run_wangqian(disk.home(), "register " + student + " --form " + form);
    BOOST_TEST(submitted.exit == 0, submitted.err);
    BOOST_TEST(run_wangqian(disk.home(), "audit").exit == 0);
}

BOOST_AUTO_TEST_CASE(R38_a_page_that_finds_the_disk_full_can_be_scanned_again) {
    const SmallDisk disk;
    if (!disk.is_there()) return;
    acceptance::TemporaryFolder elsewhere;
    const std::string form = acceptance::write_form(elsewhere.path(), DemoCampus::good_form()).string();
    const std::string student = std::string("--as student:") + acceptance::kFirstExamNumber;
    const auto run = [&](const std::string& arguments) { return run_wangqian(disk.home(), arguments); };
    BOOST_REQUIRE(run("init --demo").exit == 0);
    BOOST_REQUIRE(run("confirm " + student).exit == 0);
    std::string id = run("register " + student + " --form " + form).out;
    id.resize(id.find_last_not_of('\n') + 1);
    BOOST_REQUIRE(run("act " + id + " pass --as school:school").exit == 0);
    const fs::path pdf = elsewhere.path() / "agreement.pdf", page = elsewhere.path() / "page.jpg";
    BOOST_REQUIRE(run("pdf agreement " + id + " -o " + pdf.string()).exit == 0);
    BOOST_REQUIRE(os::write_file(page, scan::to_jpeg(workshop::printed(*os::read_file(pdf), 2, 150))));
    disk.fill();
    const auto refused = run("scan " + page.string());
    BOOST_TEST(refused.out.find("磁盘已满") + refused.err.find("disk_full") != 2 * std::string::npos,
               refused.out << refused.err);
    disk.make_room();
    const auto taken = run("--json scan " + page.string());
    BOOST_TEST(taken.out.find("\"joined\"") != std::string::npos, taken.out);
}
