#include "tests/sim/campus.h"

#include "data/os/files.h"
#include "sync/client/enrol.h"
#include "tests/sync/world.h"

namespace wq::sim {

namespace {

namespace fs = std::filesystem;

constexpr const char* kInviting = "91510107MAA31L7A7C";
constexpr const char* kOthers[] = {"10001", "10002", "10003", "10004"};

template <class T>
T must(Result<T> done) {
    if (!done) throw Fault("the campus can't be made: " + done.error().code);
    if constexpr (!std::is_void_v<T>) return std::move(*done);
}

// Ed25519 (RFC 8032): ten times as fast as SM2, and the seam is the same.
std::string new_key() { return crypto::FileSigner::generate(crypto::Algorithm::ed25519).to_pem(); }

Installed blank(Dice& dice) { return {{}, new_key(), dice.bytes(crypto::Sealer::kKeySize)}; }

void approve_employer(platform::Registry& registry) {
    domain::AccountCommand submit{domain::AccountAction::submit, {domain::Role::employer, kInviting}};
    submit.form = {{"legal_representative", "示例法人"},     {"officer_name", "示例专员"},
                   {"officer_id", "510108199903140010"},     {"officer_mobile", "13800200001"},
                   {"officer_email", "officer@example.com"}, {"authorized_until", "2030-12-31"}};
    const domain::Form form = sync_test::good_form();
    for (const domain::Field& field : domain::employer_fields())
        if (const auto value = domain::value_of(form, field.key); !value.empty())
            submit.form.emplace(field.key, value);
    for (const char* kind : {"business_licence", "authorization_letter"})
        submit.attachments.push_back({kind, {}, 1, "image/jpeg"});
    must(registry.act(kInviting, submit));
    must(registry.act(kInviting, {domain::AccountAction::approve, {domain::Role::ministry, "li"}}));
}

void enrol(Node& node, const std::string& school) {
    must(client::enrol(node.store->log(), node.sync_world(),
                       must(node.world->platform->registry->new_enrol_code(school))));
    node.stop();
    node.start();
}

void sync(Node& node) {
    const auto result = client::SyncStep(client::SyncedParts::of(*node.store), node.sync_world()).run();
    if (result.failed) throw Fault("the campus can't be made: " + result.failed->code);
}

// All settings, so that the platform's presets are never asked.
void set_up(Node& node) {
    domain::Form settings = domain::preset_settings();
    settings["school_code"] = sync_test::kSchool;
    settings["school_name"] = "示例大学";
    settings["cohort"] = "2027";
    settings["destinations_open"] = "on";
    must(node.store->campus().change(settings, sync_test::office()));
    std::vector<domain::Form> roster;
    for (int student = 1; student <= kStudents; ++student) roster.push_back(sync_test::graduate(student));
    node.store->graduates().import(roster, sync_test::office());
    must(node.store->graduates().confirm(sync_test::exam_number(1)));
}

// Four other schools warn of an employer: with this one's mark they are five (R33).
void add_other_schools(World& world, Dice& dice) {
    for (const char* school : kOthers) {
        must(world.platform->registry->add_school(school, "示例大学" + std::string(school)));
        world.nodes.push_back(std::make_unique<Node>(world, static_cast<int>(world.nodes.size()),
                                                     world.folder / school, blank(dice), false));
        Node& node = *world.nodes.back();
        node.start();
        enrol(node, school);
        must(node.store->warnings().mark(
            {kInviting, "云杉", "4", "宣传不实", {{"evidence", {}, 1, "image/jpeg"}}}, sync_test::office()));
        sync(node);
        node.stop();
    }
}

Campus made(const fs::path& folder) {
    World world(folder, 1, nullptr);
    world.is_calm = true;
    Dice dice(2);
    Campus campus;
    const fs::path home = folder / "platform";
    campus.platform_key = new_key();
    campus.platform_seal = dice.bytes(crypto::Sealer::kKeySize);
    must(os::write_file(home / "keys" / "platform.pem", bytes_of(campus.platform_key), true));
    must(os::write_file(home / "keys" / "seal.key", campus.platform_seal, true));
    world.platform = std::make_unique<Platform>(world, home, Image{});
    world.platform->start();
    must(world.platform->registry->add_school(sync_test::kSchool, "示例大学"));
    approve_employer(*world.platform->registry);
    for (int number = 0; number < kNodes; ++number) {
        campus.nodes.push_back(blank(dice));
        world.nodes.push_back(std::make_unique<Node>(
            world, number, folder / ("node" + std::to_string(number)), campus.nodes.back(), false));
        Node& node = *world.nodes.back();
        node.start();
        enrol(node, sync_test::kSchool);
        if (number == 0) set_up(node);
        sync(node);
    }
    add_other_schools(world, dice);
    for (int number = 0; number < kNodes; ++number) {
        Node& node = *world.nodes[static_cast<std::size_t>(number)];
        sync(node);
        node.stop();
        campus.nodes[static_cast<std::size_t>(number)].image = node.disk.image();
    }
    world.platform->stop();
    campus.platform = world.platform->disk.image();
    campus.newcomer = blank(dice);
    world.nodes.push_back(std::make_unique<Node>(world, 9, folder / "newcomer", campus.newcomer, false));
    world.nodes.back()->start();
    world.nodes.back()->stop();
    campus.newcomer.image = world.nodes.back()->disk.image();
    return campus;
}

}  // namespace

const Campus& campus(const fs::path& folder) {
    static const Campus kCampus = made(folder);
    return kCampus;
}

}  // namespace wq::sim
