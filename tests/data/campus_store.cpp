#include "tests/data/campus_store.h"

#include "data/crypto/password.h"

#include <boost/test/unit_test.hpp>
#include <sqlite3.h>

#include <cstdlib>

namespace wq::test {

namespace fs = std::filesystem;
using namespace domain;

Folder::Folder() {
    // The working directory, not /tmp, which may be memory: what is measured and cut off here is a disk.
    std::string name = (fs::current_path() / "store-test-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw Fault("no temporary folder");
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

Kiosk::Kiosk(fs::path home_folder, int number) : home(std::move(home_folder)), random(number) {
    open();
    if ((*store_).log().node().device.is_nil())
        (*store_).log().set_node({"10999", random.uuid(kNow), 1, number});
}

void Kiosk::open() {
    auto opened = store::Store::open({home, &sealer, &clock, &random, &codes()});
    BOOST_REQUIRE(opened);
    store_ = std::move(*opened);
}

void Kiosk::set_up() {
    BOOST_REQUIRE((*store_).campus().change(campus().settings, kOffice));
    (*store_).graduates().import({good_graduate()}, kOffice);
    BOOST_REQUIRE((*store_).graduates().confirm(kStudent));
    const std::string verifier = crypto::password_verifier("right", random, {256, 1, 1});
    (*store_).accounts().put(
        {{{Role::student, kStudent}, "奚𬱖", verifier}, {{Role::school, "office"}, "就业办", verifier}},
        kOffice);
}

Uuid Kiosk::submitted(std::string exam_number) {
    World world;
    world.record.exam_number = std::move(exam_number);
    const Uuid id = random.uuid(clock.now());
    const auto record = (*store_).registrations().begin(id, Kind::offline, world.record.exam_number,
                                                        world.command(Action::submit, Role::student));
    BOOST_REQUIRE_MESSAGE(record, (record ? "" : record.error().code));
    return id;
}

std::optional<Refusal> Kiosk::act(const Uuid& id, Action action, Role role) {
    World world;
    Command command = world.command(action, role);
    if (action == Action::pass) command.number = (*store_).registrations().reserve_number();
    // As the desk counts them: later paper of a record is another one.
    if (const auto before = (*store_).registrations().find(id)) command.paper->revision = before->revision + 1;
    const auto record = (*store_).registrations().act(id, command);
    return record ? std::nullopt : std::optional(record.error());
}

std::string Kiosk::state(const Uuid& id) {
    const auto record = (*store_).registrations().find(id);
    return record ? std::string(name_of(record->state)) : "none";
}

std::string Kiosk::tamper(const std::string& sql) {
    sqlite3* database = nullptr;
    BOOST_REQUIRE(sqlite3_open((home / "wangqian.db").c_str(), &database) == SQLITE_OK);
    std::string first;
    const auto keep = [](void* to, int, char** values, char**) {
        *static_cast<std::string*>(to) = values[0] ? values[0] : "";
        return 0;
    };
    char* error = nullptr;
    sqlite3_exec(database, sql.c_str(), keep, &first, &error);
    BOOST_REQUIRE_MESSAGE(!error, (error ? error : ""));
    sqlite3_close(database);
    return first;
}

std::vector<store::FeedRow> Kiosk::rows(std::int64_t feed, const std::string& verdict,
                                        const std::string& code) {
    std::vector<store::FeedRow> rows;
    for (const store::WaitingEvent& event : (*store_).log().waiting())
        rows.push_back({feed++, event.bytes, verdict, code, kNow});
    return rows;
}

}  // namespace wq::test
