// wq_sim_small_scope [ACTS [all]]: every state that two nodes can come to with one student and two
// agreements, each node with so many acts (2; `all` has it send back, too), whatever the order of acts and
// syncs and whichever answers are lost. The transitions are the programs' own; states are told apart by what
// they say, not by bytes. Breadth first.
#include "tests/sim/campus.h"
#include "tests/sim/scratch.h"
#include "tests/sync/world.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <span>
#include <unordered_set>

namespace wq::sim {

namespace {

using domain::Action;

constexpr int kActing = 2;

// A disk's files in pages, of which equal ones are kept once: one state differs little from the next.
class Pages {
  public:
    Image image() const {
        Image image;
        for (const auto& [name, pages] : files_) {
            Bytes content;
            for (const std::string* page : pages) append(content, bytes_of(*page));
            image.emplace(name, std::make_shared<const Bytes>(std::move(content)));
        }
        return image;
    }
    static Pages of(const Image& image) {
        static std::unordered_set<std::string> known;
        Pages kept;
        for (const auto& [name, content] : image)
            for (std::size_t at = 0; at < content->size(); at += kPage) {
                const auto size = std::min(kPage, content->size() - at);
                const std::string_view page(reinterpret_cast<const char*>(content->data()) + at, size);
                kept.files_[name].push_back(&*known.emplace(page).first);
            }
        return kept;
    }

  private:
    static constexpr std::size_t kPage = 4096;
    std::map<std::string, std::vector<const std::string*>> files_;
};

struct NodeState {
    Pages pages;
    std::string says, records;
    int acts = 0;
    std::int64_t waiting = 0, cursor = 0;
    bool keeps_what_lost = true;
};

struct State {
    NodeState nodes[kActing];
    Pages platform;
    std::string platform_says, platform_records;
    std::int64_t feed = 0;
    int engaged = 0;
    std::string way;  // how it was come to

    std::string says() const { return platform_says + nodes[0].says + nodes[1].says; }
};

enum class Reach { all, answer_to_push_lost, feed_lost };

class Wire final : public client::Transport {
  public:
    Wire(Platform& platform, Reach reach) : platform_(&platform), reach_(reach) {}
    Result<protocol::Response> send(const protocol::Request& request) override {
        const std::string_view path = protocol::path_of(request.target);
        // The list of ended papers is none of this scope.
        const bool is_lost =
            path == "/v1/verification-list" || (path == "/v1/feed" && reach_ == Reach::feed_lost);
        if (is_lost) return refuse("platform_unreachable");
        auto response = platform_->handle(request);
        if (path == "/v1/push" && reach_ == Reach::answer_to_push_lost) response.reset();
        if (!response) return refuse("platform_unreachable");
        return std::move(*response);
    }

  private:
    Platform* platform_;
    Reach reach_;
};

// What a node can do: one agreement is begun here, both may be acted on once they are known.
struct Move {
    const char* name;
    bool is_sync;
    Action action = Action::submit;
    int agreement = 0;  // 0: this node's own, 1: the other's
    Reach reach = Reach::all;
};
constexpr Move kMoves[] = {
    {"submits", false, Action::submit, 0},
    {"passes its own", false, Action::pass, 0},
    {"passes the other", false, Action::pass, 1},
    {"syncs", true},
    {"pushes, the answer is lost", true, Action::submit, 0, Reach::answer_to_push_lost},
    {"pushes, the feed is lost", true, Action::submit, 0, Reach::feed_lost},
    // Three times as many states more.
    {"sends its own back", false, Action::send_back, 0},
    {"sends the other back", false, Action::send_back, 1},
};
constexpr std::size_t kFewMoves = 6;

void demand(bool holds, const State& state, const std::string& what) {
    if (holds) return;
    std::printf("BROKEN: %s\n%s", what.c_str(), state.way.c_str());
    std::exit(1);
}

class Scope {
  public:
    Scope(const std::filesystem::path& folder, int acts, std::size_t moves);
    void explore();

  private:
    State first();
    std::optional<State> after(const State& before, int number, const Move& move);
    bool act(Node& node, int number, const Move& move);
    std::string record_of(const std::optional<domain::Registration>& record) const;
    std::string name_of(const domain::Event& event) const;
    void look_at(Node& node, NodeState& state) const;
    void look_at_platform(State& state) const;
    static void prove(const State& state);

    World world_;
    int acts_;
    std::size_t moves_;
    Uuid agreements_[kActing], devices_[kActing];
    std::string exam_number_ = sync_test::exam_number(1);
};

Scope::Scope(const std::filesystem::path& folder, int acts, std::size_t moves)
    : world_(folder, 1, nullptr),
      acts_(acts),
      moves_(moves),
      agreements_{world_.dice.uuid({1}), world_.dice.uuid({2})} {
    world_.is_calm = true;
    const Campus& made = campus(folder);
    world_.platform = std::make_unique<Platform>(world_, folder / "platform", made.platform);
    for (int number = 0; number < kActing; ++number)
        world_.nodes.push_back(std::make_unique<Node>(world_, number,
                                                      folder / ("node" + std::to_string(number)),
                                                      made.nodes[static_cast<std::size_t>(number)], false));
}

// Ids are drawn anew in each branch; whose act it is and the how-manieth is the same.
std::string Scope::name_of(const domain::Event& event) const {
    return (event.device == devices_[0]   ? "0."
            : event.device == devices_[1] ? "1."
                                          : "-.") +
           std::to_string(event.number) + event.body["action"].as_text() + ">" + event.body["to"].as_text();
}

std::string Scope::record_of(const std::optional<domain::Registration>& record) const {
    if (!record) return "none;";
    return std::string(domain::name_of(record->state)) + " " + std::to_string(record->revision) + " " +
           record->number + " " + std::string(domain::value_of(record->form, "employer_name")) + ";";
}

void Scope::look_at(Node& node, NodeState& state) const {
    store::Store& store = *node.store;
    const auto conflicts = store.feed().conflicts();
    state.says = "| ";
    state.records.clear();
    state.keeps_what_lost = true;
    for (const Uuid& id : agreements_) {
        for (const store::HistoryEntry& entry : store.log().history(id)) {
            const bool is_conflict =
                std::ranges::count(conflicts, entry.event.id, &store::Conflict::event) > 0;
            const bool is_own = entry.event.device == store.log().node().device;
            if (is_own && entry.verdict == "rejected" && !is_conflict) state.keeps_what_lost = false;
            state.says += name_of(entry.event) + " " + entry.verdict + entry.code +
                          std::to_string(entry.feed) + (is_conflict ? "! " : " ");
        }
        state.records += record_of(store.registrations().find(id));
    }
    state.waiting = store.log().outbox().waiting;
    state.cursor = store.feed().cursor();
    state.says += state.records + std::to_string(state.waiting) + " " + std::to_string(state.cursor);
}

void Scope::look_at_platform(State& state) const {
    platform::Registry& registry = *world_.platform->registry;
    state.platform_says.clear();
    state.platform_records.clear();
    state.engaged = 0;
    for (const Uuid& id : agreements_) {
        for (const platform::EventLine& line : registry.events(sync_test::kSchool, id))
            state.platform_says +=
                name_of(*line.event) + " " + line.entry.verdict + line.entry.why.code + " ";
        const auto record = registry.registration(id);
        state.platform_records += record_of(record);
        state.engaged += record && domain::holds_slot(record->state);
    }
    state.feed = registry.status({sync_test::kSchool, devices_[0]}).feed;
    state.platform_says += state.platform_records + std::to_string(state.feed);
}

State Scope::first() {
    State state;
    world_.platform->start();
    for (int number = 0; number < kActing; ++number) {
        Node& node = *world_.nodes[static_cast<std::size_t>(number)];
        node.start();
        devices_[number] = node.store->log().node().device;
        look_at(node, state.nodes[number]);
        node.stop();
        state.nodes[number].pages = Pages::of(node.disk.image());
    }
    look_at_platform(state);
    world_.platform->stop();
    state.platform = Pages::of(world_.platform->disk.image());
    return state;
}

bool Scope::act(Node& node, int number, const Move& move) {
    const Uuid& id = agreements_[(number + move.agreement) % kActing];
    const auto before = node.store->registrations().find(id);
    domain::Command command{move.action, sync_test::office()};
    if (move.action == Action::submit) {
        command.actor = {domain::Role::student, exam_number_};
        command.form = sync_test::good_form();
        command.form["employer_name"] = number == 0 ? "甲示例公司" : "乙示例公司";
        return node.store->registrations()
            .begin(id, domain::Kind::offline, exam_number_, command)
            .has_value();
    }
    if (!before) return false;
    command.reason = "信息有误";
    if (move.action == Action::pass) {
        command.number = node.store->registrations().reserve_number();
        command.paper = sync_test::some_paper(before->revision + 1);
    }
    return node.store->registrations().act(id, command).has_value();
}

// Nothing would come of it; or, since the nodes are alike, the same as of the other node's first act.
bool is_needless(const State& before, int number, const Move& move) {
    const NodeState& node = before.nodes[number];
    if (!move.is_sync) return number > 0 && before.nodes[0].acts + before.nodes[1].acts == 0;
    return node.waiting == 0 && (move.reach != Reach::all || node.cursor == before.feed);
}

std::optional<State> Scope::after(const State& before, int number, const Move& move) {
    if (is_needless(before, number, move)) return std::nullopt;
    if (!move.is_sync && before.nodes[number].acts >= acts_) return std::nullopt;
    Node& node = *world_.nodes[static_cast<std::size_t>(number)];
    State state = before;
    // Each branch draws for itself.
    node.random = Dice(world_.dice.next());
    node.disk.set(before.nodes[number].pages.image());
    node.start();
    bool happened = true;
    if (move.is_sync) {
        world_.platform->disk.set(before.platform.image());
        world_.platform->start();
        Wire wire(*world_.platform, move.reach);
        client::SyncStep(client::SyncedParts::of(*node.store),
                         {&wire, node.signer.get(), &node.clock, &node.random})
            .run();
        look_at_platform(state);
        world_.platform->stop();
        state.platform = Pages::of(world_.platform->disk.image());
    } else {
        happened = act(node, number, move);
        ++state.nodes[number].acts;
    }
    look_at(node, state.nodes[number]);
    node.stop();
    if (!happened) return std::nullopt;
    state.nodes[number].pages = Pages::of(node.disk.image());
    state.way += "node " + std::to_string(number) + " " + move.name + "\n";
    return state;
}

void Scope::prove(const State& state) {
    demand(state.engaged <= 1, state, "the student has two engagements");
    bool is_at_rest = true;
    for (const NodeState& node : state.nodes) {
        demand(node.keeps_what_lost, state, "an act that lost is no conflict");
        is_at_rest = is_at_rest && node.waiting == 0 && node.cursor == state.feed;
    }
    for (const NodeState& node : state.nodes)
        demand(!is_at_rest || node.records == state.platform_records, state,
               "at rest, a node has " + node.records + " and the platform " + state.platform_records);
}

void Scope::explore() {
    const auto begun = std::chrono::steady_clock::now();
    std::deque<State> open{first()};
    std::unordered_set<std::string> known{open.front().says()};
    std::size_t transitions = 0, at_rest = 0;
    for (; !open.empty(); open.pop_front())
        for (int number = 0; number < kActing; ++number)
            for (const Move& move : std::span(kMoves).first(moves_)) {
                auto state = after(open.front(), number, move);
                if (!state) continue;
                ++transitions;
                const std::string counted =
                    std::to_string(state->nodes[0].acts) + std::to_string(state->nodes[1].acts);
                if (!known.insert(state->says() + counted).second) continue;
                prove(*state);
                at_rest += state->nodes[0].waiting + state->nodes[1].waiting == 0;
                open.push_back(std::move(*state));
            }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::printf(
        "%d acts at each of 2 nodes: %zu states, %zu of them with nothing waiting, %zu transitions; %.1f s\n",
        acts_, known.size(), at_rest, transitions, took.count());
}

}  // namespace

}  // namespace wq::sim

int main(int count, char** words) {
    wq::sim::use_disks();
    const wq::sim::Scratch scratch;
    const bool all = count > 2 && std::string_view(words[2]) == "all";
    wq::sim::Scope(scratch.path(), count > 1 ? std::atoi(words[1]) : 2,
                   all ? std::size(wq::sim::kMoves) : wq::sim::kFewMoves)
        .explore();
    return 0;
}
