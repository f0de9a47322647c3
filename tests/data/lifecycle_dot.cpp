#include "data/base/utf8.h"
#include "data/domain/lifecycle.h"
#include "data/domain/termination.h"
#include "tests/data/doc.h"

#include <map>
#include <set>

namespace wq::test {
namespace {

using namespace domain;
using Stage = TerminationStage;

constexpr const char* kHead =
    "digraph lifecycle {\n"
    "  graph [rankdir=TB, nodesep=0.3, ranksep=0.55, pad=0.2, fontname=\"Noto Sans CJK SC\", fontsize=13, "
    "fontcolor=\"#475467\", style=\"rounded\", color=\"#d0d5dd\"];\n"
    "  node [shape=box, style=\"rounded,filled\", fontname=\"Noto Sans CJK SC\", fontsize=14, "
    "margin=\"0.14,0.06\", penwidth=1.2];\n"
    "  edge [fontname=\"Noto Sans CJK SC\", fontsize=10.5, fontcolor=\"#344054\", color=\"#667085\", "
    "arrowsize=0.7];\n";

struct Look {
    const char* fill;
    const char* line;
};
constexpr Look kStudents{"#eaf2ff", "#2f6fdb"};  // theirs to act
constexpr Look kReview{"#fff4dc", "#c77d0a"};
constexpr Look kLive{"#e3f6e8", "#1f8a4c"};
constexpr Look kFinal{"#eceef1", "#8a94a6"};
constexpr Look kTermination{"#fde8e6", "#c2463a"};

Look look_of(State state) {
    switch (state) {
        case State::draft:
        case State::invited:
        case State::returned:
            return kStudents;
        case State::department_review:
        case State::school_review:
        case State::return_department_review:
        case State::return_school_review:
            return kReview;
        case State::approved:
        case State::effective:
            return kLive;
        case State::terminating:
            return kTermination;
        case State::void_:
        case State::declined:
        case State::expired:
        case State::cancelled:
        case State::discarded:
        case State::deleted:
        case State::terminated:
            return kFinal;
    }
    return kFinal;
}

// Of the stages of a request only those have a node that keep it open; the others are where the record goes.
std::string node_of(Stage stage) {
    const State state = state_in(stage);
    return state == State::terminating ? "termination_" + std::string(name_of(stage))
                                       : std::string(name_of(state));
}

std::string node(const std::string& name, const std::string& chinese, std::string_view code,
                 const Look& look) {
    return name + " [label=<<b>" + chinese + "</b><br/><font point-size=\"10\">" + std::string(code) +
           "</font>>, fillcolor=\"" + look.fill + "\", color=\"" + look.line + "\"];\n";
}

std::string people(unsigned roles) {
    std::string text;
    for (unsigned i = 0; i <= static_cast<unsigned>(Role::ministry); ++i)
        if (roles >> i & 1)
            text += (text.empty() ? "" : "、") + wording("who." + std::string(name_of(static_cast<Role>(i))));
    return text;
}

std::string kinds_of(unsigned kinds) {
    std::string text;
    for (unsigned i = 0; i <= static_cast<unsigned>(Kind::destination); ++i)
        if (kinds >> i & 1)
            text +=
                (text.empty() ? "" : "、") + wording("kind." + std::string(name_of(static_cast<Kind>(i))));
    return text;
}

std::string act(Action action, const std::string& who) {
    const std::string name(name_of(action)), chinese = wording("action." + name);
    return (chinese.empty() ? "" : chinese + " ") + name + "  \\l " + who;
}

// An arrow has the colour of what it leads to.
std::string line_of(const std::string& node) {
    const auto state = state_named(node);
    return state ? look_of(*state).line : kTermination.line;
}

// In the order of the way; an arrow that leads back does not move its ends apart.
int place_of(const std::string& node) {
    if (const auto state = state_named(node))
        return *state == State::terminated ? 1000 : static_cast<int>(*state);
    for (unsigned i = 0; i <= static_cast<unsigned>(Stage::done); ++i)
        if (node == node_of(static_cast<Stage>(i))) return 100 + static_cast<int>(i);
    return 0;
}

// The arrows, one for each pair of nodes; what leads there stands below each other.
class Arrows {
  public:
    void add(const std::string& from, const std::string& to, const std::string& label) {
        Arrow& arrow = arrows_[{from, to}];
        if (arrow.seen.insert(label).second) arrow.label += " " + label + "  \\l";
    }
    // What the same act leads to where departments have no part in it, or a second person is wanted.
    void add_detour(const std::string& from, const std::string& to) { arrows_[{from, to}]; }

    std::string text() const {
        std::string text;
        for (const auto& [nodes, arrow] : arrows_)
            text += "  " + nodes.first + " -> " + nodes.second + " [" +
                    (arrow.label.empty() ? "style=dashed" : "label=\"" + arrow.label + "\"") + ", color=\"" +
                    line_of(nodes.second) + "\"" +
                    (place_of(nodes.second) < place_of(nodes.first) ? ", constraint=false" : "") +
                    // What changes no state loops at the left, where no other arrow goes.
                    (nodes.first == nodes.second ? ", tailport=w, headport=w" : "") + "];\n";
        return text;
    }

  private:
    struct Arrow {
        std::string label;
        std::set<std::string> seen;
    };
    std::map<std::pair<std::string, std::string>, Arrow> arrows_;
};

void add_transitions(Arrows& arrows) {
    constexpr unsigned kOffline = 1u << static_cast<unsigned>(Kind::offline);
    for (const Transition& t : transitions()) {
        const auto to = targets(t);
        const std::string from(name_of(t.from)), first(name_of(to[0]));
        if (t.target == Target::passed) {
            arrows.add(from, first, act(t.action, people(t.roles) + " (" + kinds_of(kOffline) + ")"));
            arrows.add(from, std::string(name_of(to[1])),
                       act(t.action, people(t.roles) + " (" + kinds_of(t.kinds & ~kOffline) + ")"));
            continue;
        }
        arrows.add(from, first, act(t.action, people(t.roles)));
        if (to.size() > 1) arrows.add_detour(from, std::string(name_of(to[1])));
    }
}

void add_termination(Arrows& arrows) {
    for (const TerminationStep& step : termination_steps()) {
        const std::string from = step.from ? node_of(*step.from) : std::string(name_of(State::effective));
        std::string who = people(step.roles);
        if (step.from && state_in(*step.from) != State::terminating)
            who += " (" + wording("stage.termination." + std::string(name_of(*step.from))) + ")";
        arrows.add(from, node_of(step.to), act(step.action, who));
        if (step.to == Stage::department_review) arrows.add_detour(from, node_of(Stage::school_review));
        if (step.action == Action::force) arrows.add_detour(from, node_of(Stage::second_person));
    }
}

}  // namespace

std::string lifecycle_dot() {
    std::string text = kHead, request;
    for (unsigned i = 0; i <= static_cast<unsigned>(State::terminated); ++i) {
        const State state = static_cast<State>(i);
        const std::string name(name_of(state));
        if (state == State::terminating) continue;  // the cluster
        text += "  " + node(name, wording("state." + name), name, look_of(state));
    }
    for (unsigned i = 0; i <= static_cast<unsigned>(Stage::done); ++i)
        if (const Stage stage = static_cast<Stage>(i); state_in(stage) == State::terminating)
            request +=
                "    " + node(node_of(stage), wording("stage.termination." + std::string(name_of(stage))),
                              name_of(stage), kTermination);
    text += "  subgraph cluster_terminating {\n    label=\"" + wording("state.terminating") +
            " terminating\";\n" + request + "  }\n";
    Arrows arrows;
    add_transitions(arrows);
    add_termination(arrows);
    return text + arrows.text() + "}\n";
}

}  // namespace wq::test
