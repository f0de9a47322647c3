#include "tests/sim/member.h"

#include "data/store/sync_notes.h"
#include "sync/client/enrol.h"
#include "tests/sim/commands.h"
#include "tests/sim/violation.h"
#include "tests/sync/world.h"

namespace wq::sim {

namespace {

constexpr int kStudents = 3;  // few, so that acts collide

// Contents that all nodes come to have at about the same time, so that they send the same ones, in parts,
// too.
void warn_with_picture(store::Store& store, Home& home) {
    const std::int64_t moment = home.clock.now().ms / 300;
    Dice same(static_cast<std::uint64_t>(moment));
    const Bytes content = same.bytes(same.chance(30) ? 600'000 : 2'000);
    const auto picture = store.pictures().keep(content, "image/png");
    demand(picture.has_value(), "a picture can't be kept");
    const auto& employer = home.random.pick(kEmployers);
    const domain::Attachment evidence{"evidence", picture->hash, picture->size, "image/png"};
    (void)store.warnings().mark({employer[1], employer[0], "1", "宣传不实", {evidence}}, sync_test::office());
}

void begin_agreement(store::Store& store, Home& home, const std::string& exam_number) {
    domain::Registration record;
    record.kind = home.random.chance(75) ? domain::Kind::offline : domain::Kind::supplement;
    record.exam_number = exam_number;
    record.id = home.random.uuid(home.clock.now());
    (void)store.graduates().confirm(exam_number);
    (void)store.registrations().begin(
        record.id, record.kind, exam_number,
        command_for(home.random, store, record, domain::Action::submit, domain::Role::student));
}

void change_campus(store::Store& store, Dice& dice) {
    if (dice.chance(50)) {
        domain::Form base = sync_test::graduate(static_cast<int>(dice.between(1, kStudents)));
        base["major"] = "专业" + std::to_string(dice.between(1, 1'000'000));
        store.graduates().import({base}, sync_test::office());
    } else {
        (void)store.campus().change({{"department_review", dice.chance(50) ? "on" : "off"}},
                                    sync_test::office());
    }
}

// What is refused here has not been said.
void some_act(store::Store& store, Home& home) {
    Dice& dice = home.random;
    const std::string exam_number = sync_test::exam_number(static_cast<int>(dice.between(1, kStudents)));
    const std::int64_t drawn = dice.between(1, 100);
    if (drawn <= 15) return begin_agreement(store, home, exam_number);
    if (drawn <= 25) return warn_with_picture(store, home);
    if (drawn <= 32) return change_campus(store, dice);
    if (const auto chosen = some_choice(dice, store, exam_number))
        (void)store.registrations().act(
            chosen->record.id, command_for(dice, store, chosen->record, chosen->action, chosen->role));
}

}  // namespace

Result<protocol::Response> Balanced::send(const protocol::Request& request) {
    auto chosen = static_cast<std::size_t>(dice_->between(0, 1));
    if ((*instances_)[chosen].port() == 0) chosen = 1 - chosen;
    const int port = (*instances_)[chosen].port();
    if (port == 0) return refuse("platform_unreachable", {{"reason", "both come up"}});
    Way& way = ways_[chosen];
    if (way.port != port) {
        way.http = std::make_unique<client::HttpTransport>("http://127.0.0.1:" + std::to_string(port));
        way.port = port;
    }
    auto response = way.http->send(request);
    if (response) journal_->note(request, *response);
    return response;
}

Member::Member(const std::filesystem::path& folder, int its_number, std::uint64_t seed)
    : number(its_number),
      home(folder / ("node" + std::to_string(number)), seed),
      journal(folder / ("journal" + std::to_string(number))),
      signer(crypto::FileSigner::generate(crypto::Algorithm::sm2)) {}

void Member::act(store::Store& store, const Journal& said) {
    const store::ChainHead before = store.log().head();
    some_act(store, home);
    const store::ChainHead head = store.log().head();
    if (head.number > before.number) said.write({Journal::Kind::done, head.number, head.hash});
}

bool Member::sync(store::Store& store, client::Transport& way, bool compare) {
    const bool has_joined = !store.log().note(client::note::kPlatformKey).empty();
    if (!has_joined)
        return went("can't join", client::enrol(store.log(), world(way), code).map([](auto&&) {}));
    const auto result = client::SyncStep(client::SyncedParts::of(store), world(way)).run(compare);
    demand(!result.recovered, "the platform seems restored, or the node copied" + name());
    if (result.failed) return went("can't sync", tl::make_unexpected(*result.failed));
    const auto agreement = store::agreement_from(store.log());
    demand(!agreement || agreement->difference.empty() || agreement->difference == "waiting",
           "the comparison" + name() + " finds " + (agreement ? agreement->difference : ""));
    return true;
}

bool Member::wait_for_news(store::Store& store, client::Transport& way) {
    const auto news = client::SyncStep(client::SyncedParts::of(store), world(way)).pull_news(1);
    return went("can't wait for news", news ? Result<void>() : tl::make_unexpected(news.error()));
}

bool Member::went(const std::string& what, const Result<void>& done) const {
    demand(done || is_cut(done.error()),
           "node " + std::to_string(number) + " " + what + ": " + (done ? "" : done.error().code));
    return done.has_value();
}

}  // namespace wq::sim
