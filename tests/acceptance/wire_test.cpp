// A node and its platform over days: by itself, by a stick, with a clock that is off, and what people are
// told.
#define BOOST_TEST_DYN_LINK
#include "data/os/files.h"
#include "tests/acceptance/processes.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using acceptance::Commands;
using acceptance::kSchool;
using acceptance::Platform;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

// `wangqian sync --watch` on a campus, until it goes out of scope.
class Watching {
  public:
    explicit Watching(const Commands& campus)
        : process_({std::string(WQ_BIN) + "/wangqian", "--home", (campus.folder.path() / "home").string(),
                    "sync", "--watch"},
                   e2e::Environment{}, campus.folder.path() / "watch.log") {}

  private:
    e2e::Process process_;
};

struct Joined {
    Joined() {
        campus.join(platform);
        campus.run("sync");
    }
    json platform_says(const std::string& id) {
        return json::parse(platform.command({"admin", "show", "--json", id}));
    }
    json node() { return json::parse(platform.command({"admin", "nodes", "--json"})).at(0); }
    std::string stick() const { return folder.path().string(); }

    Platform platform;
    Commands campus;
    acceptance::TemporaryFolder folder;
};

}  // namespace

BOOST_AUTO_TEST_CASE(R44_what_is_done_at_one_node_is_at_the_other_within_seconds) {
    Joined world;
    const Commands second(false);
    second.join(world.platform);
    second.run("sync");
    const Watching here(world.campus), there(second);
    e2e::pause_ms(1500);
    const std::string id = world.campus.approved();
    // The submission comes first, its approval may come with the next news.
    e2e::wait_for("the other node", 4,
                  [&] { return second.tried("show " + id).exit == 0 && second.state(id) == "approved"; });
    BOOST_TEST(world.platform_says(id)["state"] == "approved");
}

BOOST_AUTO_TEST_CASE(R43_a_platform_with_a_certificate_of_its_own_is_believed_by_that_alone) {
    Platform platform;
    const std::string certificate = platform.speak_tls();
    const Commands campus;
    const std::string join = "join " + platform.address() + " ";
    for (const char* open :
         {"http://192.0.2.1:8480", "http://127.0.0.1.example.com", "http://localhost.example.com:80",
          "http://127.0.0.1@192.0.2.1/", "http://localhost:1@192.0.2.1/"})
        BOOST_TEST(
            campus.refusal(std::string("join ") + open + " 10999-ABCDEFGHJK") == "platform_address_open",
            open);
    BOOST_TEST(campus.refusal(join + platform.code()) == "platform_unproven");
    BOOST_TEST(campus.refusal(join + platform.code() + " --certificate /etc/hostname") ==
               "certificate_unreadable");
    const acceptance::TemporaryFolder folder;
    const std::string damaged = (folder.path() / "damaged.pem").string();
    BOOST_REQUIRE(os::write_file(damaged, bytes_of("-----BEGIN CERTIFICATE-----\nAAAA\n"), true));
    BOOST_TEST(campus.refusal(join + platform.code() + " --certificate " + damaged) == "platform_unproven");
    BOOST_TEST(campus.refusal("join http" + platform.address().substr(5) + " " + platform.code() +
                              " --certificate " + certificate) == "certificate_unused");
    campus.run(join + platform.code() + " --certificate " + certificate);
    campus.run("sync");
    BOOST_TEST(campus.told("sync status")["waiting"] == 0);
    // Another has its address.
    platform.speak_tls();
    BOOST_TEST(campus.refusal("sync") == "platform_unproven");
}

BOOST_AUTO_TEST_CASE(R43_status_tells_what_both_sides_hold_and_names_the_first_difference) {
    Joined world;
    world.campus.approved();
    BOOST_TEST(world.campus.told("sync status")["waiting"] == 3);
    world.campus.run("sync --compare");
    const json status = world.campus.told("sync status");
    BOOST_TEST(status["agreement"]["equal"] == true);
    BOOST_TEST(status["agreement"]["here"] == status["agreement"]["there"]);
    BOOST_TEST(status["agreement"]["rows_compared"] != "");
    BOOST_TEST(world.campus.run("sync status").find("一致") != std::string::npos);
    world.platform.kill();
    BOOST_TEST(world.campus.refusal("sync") == "platform_unreachable");
    const json failing = world.campus.told("sync status");
    BOOST_TEST(failing["last_failure"] == "platform_unreachable");
    BOOST_TEST(failing["failing_since"] != "");
    world.platform.start();
    world.campus.run("sync");
    BOOST_TEST(world.campus.told("sync status")["failing_since"] == "");
}

BOOST_AUTO_TEST_CASE(R60_the_outbox_travels_on_a_stick_and_is_harmless_when_brought_twice) {
    Joined world;
    const std::string id = world.campus.effective();
    world.platform.kill();
    BOOST_TEST(world.campus.refusal("sync") == "platform_unreachable");
    BOOST_TEST(world.campus.told("courier write " + world.stick())["pictures"] == 2);
    BOOST_TEST(world.campus.refusal("courier read " + world.stick()) == "courier_none");
    const std::vector<std::string> take = {"admin", "courier", "take", world.stick(), "--json"};
    for (int time = 0; time < 2; ++time) {
        BOOST_TEST(json::parse(world.platform.command(take)).at(0)["refused"] == 0);
        world.campus.run("courier read " + world.stick());
    }
    BOOST_TEST(world.campus.told("sync status")["waiting"] == 0);
    BOOST_TEST(world.campus.told("sync status")["pictures_to_send"] == 0);
    BOOST_TEST(world.platform_says(id)["state"] == "effective");
    world.platform.start();
    BOOST_TEST(world.campus.told("sync")["pushed"] == 0);
    world.campus.run("sync --compare");
    BOOST_TEST(world.campus.told("sync status")["agreement"]["equal"] == true);
    world.campus.run("audit");
}

BOOST_AUTO_TEST_CASE(R60_a_damaged_stick_and_one_for_somebody_else_are_told_apart) {
    Joined world;
    world.campus.approved();
    world.campus.run("courier write " + world.stick());
    fs::path file;
    for (const auto& entry : fs::directory_iterator(world.stick())) file = entry.path();
    const Bytes whole = *os::read_file(file);
    Bytes damaged = whole;
    damaged[damaged.size() / 2] ^= 1;
    BOOST_REQUIRE(os::write_file(file, damaged));
    BOOST_TEST(world.platform.refusal({"admin", "courier", "take", world.stick()}) == "courier_forged");
    BOOST_REQUIRE(os::write_file(file, ByteView(whole).first(100)));
    BOOST_TEST(world.platform.refusal({"admin", "courier", "take", world.stick()}) == "courier_damaged");
    BOOST_REQUIRE(os::write_file(file, whole));
    Platform other;
    BOOST_TEST(other.refusal({"admin", "courier", "take", world.stick()}) == "device_unknown");
    world.platform.command({"admin", "courier", "take", world.stick()});
    const Commands second(false);
    second.join(world.platform);
    BOOST_TEST(second.refusal("courier read " + world.stick()) == "courier_other_node");
    world.campus.run("courier read " + world.stick());
    BOOST_TEST(world.campus.told("sync status")["waiting"] == 0);
}

BOOST_AUTO_TEST_CASE(R61_with_a_clock_that_is_off_no_agreement_is_signed) {
    acceptance::DemoCampus campus;
    const auto session = campus.first_student();
    const Uuid id = campus.submitted(session);
    store::Log& log = campus.home->store().log();
    store::note_clock(log, {11 * kMinute, campus.clock.now()});
    const auto refused = campus.staff->act(campus.school(), id, domain::Action::pass, "");
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().code == "clock_off");
    const desk::SyncState state = campus.staff->sync_state(campus.zh());
    BOOST_TEST(state.clock_wrong);
    BOOST_TEST(state.clock.find("11") != std::string::npos);
    store::note_clock(log, {3 * kMinute, campus.clock.now()});
    BOOST_TEST(!campus.staff->sync_state(campus.zh()).clock_wrong);
    BOOST_TEST(campus.staff->sync_state(campus.zh()).clock != "");
    BOOST_TEST(campus.staff->act(campus.school(), id, domain::Action::pass, "").has_value());
}

BOOST_AUTO_TEST_CASE(R63_a_day_is_closed_and_a_missing_row_is_named) {
    Joined world;
    world.campus.effective();
    world.campus.run("sync --night");
    const json today = world.campus.told("balance");
    BOOST_TEST(today["missing"] == "");
    BOOST_TEST(today["returned"] == 1);
    BOOST_TEST(today["waiting"] == 0);
    BOOST_TEST(today["said"] == today["accepted"]);
    BOOST_TEST(today["sent"] == today["said"]);
    BOOST_TEST(world.campus.told("sync status")["agreement"]["equal"] == true);
    BOOST_TEST(world.campus.refusal("balance 2026-13-01") == "day_wrong");
    for (const auto& entry : fs::recursive_directory_iterator(world.campus.folder.path() / "home/pictures"))
        if (entry.is_regular_file()) fs::remove(entry.path());
    BOOST_TEST(world.campus.refusal("balance") == "balance_open");
    BOOST_TEST(world.campus.run("sync status").find("日结") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(R64_the_platform_tells_when_each_node_was_heard_and_what_it_is_refused) {
    Joined world;
    BOOST_TEST(world.node()["seen"] != "");
    BOOST_TEST(world.node()["silent_since"] == "");
    BOOST_TEST(world.node()["failing"] == "");
    BOOST_TEST(world.node()["state"] == "active");
}
