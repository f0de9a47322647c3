#include "tests/sync/world.h"

#include "data/os/assets.h"
#include "data/os/files.h"

#include <cstdlib>

namespace wq::sync_test {

namespace fs = std::filesystem;

namespace {

// A world that can't be made is no test's failure.
template <class T>
void require(const Result<T>& done) {
    if (!done) throw Fault("refused: " + done.error().code);
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "wangqian-sync-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw Fault("no temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

const domain::Codes& codes() {
    static const domain::Codes loaded = os::load_codes(os::assets_folder()).value();
    return loaded;
}

domain::Actor office() { return {domain::Role::school, "office"}; }

std::string exam_number(int student) { return std::to_string(26'109'990'000'000 + student); }

domain::Form graduate(int student) {
    return {{"exam_number", exam_number(student)},
            {"student_number", "2023" + std::to_string(student)},
            {"name", "陆示例"},
            {"sex", "1"},
            {"department", "计算机学院"},
            {"major", "软件工程"},
            {"training_mode", "1"},
            {"mobile", std::to_string(13'900'000'000 + student)}};
}

domain::Form good_form() {
    return {{"employer_name", "成都云杉示例软件有限公司"},
            {"credit_code", "91510107MAA31L7A7C"},
            {"employer_nature", "39"},
            {"industry", "34"},
            {"region", "510107"},
            {"address", "天府示例大道100号云杉大厦12层"},
            {"post", "13"},
            {"contact_name", "周明远"},
            {"contact_mobile", "13800020000"},
            {"contact_email", "hr01@example.com"},
            {"solves_household", "yes"}};
}

domain::Paper some_paper(std::int64_t revision) {
    domain::Paper paper;
    paper.revision = revision;
    paper.template_version = "1";
    paper.salt = Bytes(16, 7);
    paper.upper_codes = {"A", "B"};
    paper.lower_codes = {"A", "B"};
    return paper;
}

Platform::Platform() : clock(midnight_in_china({2026, 11, 23})) {
    restart();
    require(registry->add_school(kSchool, "示例大学"));
}

void Platform::restart() {
    api.reset();
    registry.reset();
    registry = std::make_unique<platform::Registry>(
        platform::RegistryOptions{folder.path(), &clock, &random, &codes(), database.address()});
    api = std::make_unique<platform::Api>(*registry);
}

namespace {

// SQLite's files after its last checkpoint; whoever has them open must have closed them.
void copy_database(const fs::path& from, const fs::path& to) {
    for (const auto& entry : fs::directory_iterator(to))
        if (entry.path().string().find(".db") != std::string::npos) fs::remove(entry.path());
    for (const auto& entry : fs::directory_iterator(from))
        if (entry.path().string().find(".db") != std::string::npos)
            fs::copy_file(entry.path(), to / entry.path().filename());
}

}  // namespace

void Platform::save(const TemporaryFolder& backup) {
    api.reset();
    registry.reset();
    is_on_server() ? database.save() : copy_database(folder.path(), backup.path());
    restart();
}

void Platform::restore(const TemporaryFolder& backup) {
    api.reset();
    registry.reset();
    is_on_server() ? database.restore() : copy_database(backup.path(), folder.path());
    restart();
}

Result<protocol::Response> LoopTransport::send(const protocol::Request& request) {
    const Fate chosen = fate ? fate(++calls, request) : Fate::arrives;
    if (chosen == Fate::request_lost) return refuse("platform_unreachable");
    if (chosen == Fate::request_caught) return protocol::Response{200, {'<', 'h', '1', '>'}, "text/html", {}};
    protocol::Response response = platform_->api->handle(request);
    platform_->api->do_chores();
    switch (chosen) {
        case Fate::answer_lost:
            return refuse("platform_unreachable");
        case Fate::times_out:
            return refuse("platform_timeout");
        case Fate::answer_garbled:
            for (std::size_t i = 0; i < response.body.size(); i += 7) response.body[i] ^= 0x5a;
            break;
        case Fate::answer_cut:
            response.body.resize(response.body.size() / 2);
            break;
        case Fate::arrives:
        case Fate::request_lost:
        case Fate::request_caught:
            break;
    }
    return response;
}

TestNode::TestNode(Platform& its_platform, int number)
    : platform(&its_platform),
      clock(its_platform.clock.now()),
      sealer(random.bytes(crypto::Sealer::kKeySize), random),
      signer(crypto::FileSigner::generate(crypto::Algorithm::sm2)),
      transport(its_platform) {
    open();
    if (number > 0) store->log().set_node({kSchool, random.uuid(clock.now()), 1, number});
}

std::unique_ptr<store::Store> TestNode::opened() {
    return store::Store::open({folder.path(), &sealer, &clock, &random, &codes()}).value();
}

void TestNode::open() {
    store.reset();
    store = opened();
}

void TestNode::save(const TemporaryFolder& backup) {
    store.reset();
    copy_database(folder.path(), backup.path());
    open();
}

void TestNode::restore(const TemporaryFolder& backup) {
    store.reset();
    copy_database(backup.path(), folder.path());
    open();
}

void TestNode::set_up(int students) {
    require(store->campus().change(
        {{"school_code", kSchool}, {"school_name", "示例大学"}, {"cohort", "2027"}}, office()));
    std::vector<domain::Form> roster;
    for (int student = 1; student <= students; ++student) roster.push_back(graduate(student));
    store->graduates().import(roster, office());
}

Result<protocol::EnrolAnswer> TestNode::enrol() {
    return client::enrol(store->log(), world(), platform->registry->new_enrol_code(kSchool).value());
}

client::SyncResult TestNode::sync() {
    return client::SyncStep(client::SyncedParts::of(*store), world()).run();
}

Uuid TestNode::submitted(int student, const std::string& employer) {
    const std::string exam = exam_number(student);
    require(store->graduates().confirm(exam));
    domain::Command command;
    command.actor = {domain::Role::student, exam};
    command.form = good_form();
    command.form["employer_name"] = employer;
    const Uuid id = random.uuid(clock.now());
    const auto begun = store->registrations().begin(id, domain::Kind::offline, exam, command);
    require(begun);
    return id;
}

Result<domain::Registration> TestNode::pass(const Uuid& id) {
    domain::Command command;
    command.action = domain::Action::pass;
    command.actor = office();
    command.number = store->registrations().reserve_number();
    command.paper = some_paper(record(id)->revision + 1);
    return store->registrations().act(id, command);
}

Uuid TestNode::approved(int student, const std::string& employer) {
    const Uuid id = submitted(student, employer);
    const auto passed = pass(id);
    require(passed);
    return id;
}

bool are_equal(TestNode& node, const Uuid& id) {
    const auto here = node.record(id), there = node.platform->registry->registration(id);
    return here && there && *here == *there;
}

}  // namespace wq::sync_test
