// Homes that were copied or put back from a backup, and a platform that was: by the programs alone.
#define BOOST_TEST_DYN_LINK
#include "tests/acceptance/processes.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using acceptance::Commands;
using acceptance::kSchool;
using acceptance::Platform;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

fs::path home_of(const Commands& campus) { return campus.folder.path() / "home"; }

void put(const fs::path& from, const fs::path& to) {
    fs::remove_all(to);
    fs::copy(from, to, fs::copy_options::recursive);
}

// A campus that has joined and synced, and a backup of its home from before its last agreement.
struct Restored {
    Restored() {
        campus.join(platform);
        campus.run("sync");
        put(home_of(campus), backup());
        lost = campus.approved();
        campus.run("sync");
        put(backup(), home_of(campus));
    }
    fs::path backup() const { return folder.path() / "backup"; }
    std::string there(const std::string& id) {
        return json::parse(platform.command({"admin", "show", "--json", id}))["state"];
    }

    Platform platform;
    Commands campus;
    acceptance::TemporaryFolder folder;
    std::string lost;
};

}  // namespace

BOOST_AUTO_TEST_CASE(R43_a_home_put_back_from_a_backup_is_noticed_and_joins_anew_with_nothing_lost) {
    Restored world;
    const std::string student = "student:22330521153002";
    world.campus.run("confirm --as " + student);
    const std::string fresh =
        world.campus.run("register --as " + student + " --kind offline --form " + world.campus.form());
    BOOST_TEST(world.campus.refusal("sync") == "fork");
    BOOST_TEST(world.campus.refusal("sync") == "device_adrift");
    BOOST_TEST(world.campus.state(world.lost) == "approved");
    world.campus.join(world.platform);
    world.campus.run("sync");
    BOOST_TEST(world.there(fresh) == "school_review");
    BOOST_TEST(world.campus.told("sync status")["waiting"] == 0);
    BOOST_TEST(world.campus.told("sync status")["recovered"] == "joined_anew");
    // Numbers go on beyond those of the lost time.
    world.campus.run("act " + fresh + " pass --as school:school");
    world.campus.run("sync");
    BOOST_TEST(world.there(fresh) == "approved");
    BOOST_TEST(world.there(world.lost) == "approved");
    world.campus.run("audit");
}

BOOST_AUTO_TEST_CASE(R43_a_copied_home_becomes_a_node_of_its_own) {
    Restored world;
    world.campus.join(world.platform);
    world.campus.run("sync");
    const Commands copy(false);
    put(world.backup(), home_of(copy));
    BOOST_TEST(copy.refusal("sync") == "epoch_wrong");
    copy.join(world.platform);
    copy.run("sync");
    const json nodes = json::parse(world.platform.command({"admin", "nodes", "--json"}));
    BOOST_TEST(nodes.size() == 3u);  // one of them twice, by epoch
    BOOST_TEST(nodes.back()["number"] == 2);
    BOOST_TEST(copy.state(world.lost) == "approved");
    world.campus.run("sync");
    copy.run("audit");
}

BOOST_AUTO_TEST_CASE(R43_a_platform_put_back_from_a_backup_gets_again_what_it_lost) {
    if (sync_test::is_on_server()) return;  // a server's backups are its own business, not files of ours
    Platform platform;
    Commands campus;
    acceptance::TemporaryFolder folder;
    campus.join(platform);
    campus.run("sync");
    platform.kill();
    put(platform.home(), folder.path() / "backup");
    platform.start();
    const std::string id = campus.effective();
    campus.run("sync");
    const std::size_t events = platform.events();
    platform.kill();
    put(folder.path() / "backup", platform.home());
    platform.start();
    campus.run("sync");
    BOOST_TEST(campus.told("sync status")["recovered"] == "platform_restored");
    BOOST_TEST(platform.events() == events);
    BOOST_TEST(campus.state(id) == "effective");
    BOOST_TEST(campus.told("sync status")["pictures_to_send"] == 0);
    BOOST_TEST(json::parse(platform.command({"admin", "show", "--json", id}))["state"] == "effective");
    campus.run("audit");
}
