#include "sync/platform/web/logins.h"
#include "sync/platform/web/sessions.h"
#include "tests/bench/open_loop.h"
#include "tests/bench/platform_parts.h"
#include "tests/bench/served.h"

#include <array>
#include <cstdio>
#include <string_view>

namespace wq::bench {
namespace {

constexpr int kNodes = 4, kRequests = 200, kConnections = 64;
constexpr int kVisitors = 250;  // each with an address of its own: one alone may not ask so often

// A quarter of the load.
struct Kind {
    const char* name;
    std::string_view must_say;  // somewhere on the page
    std::vector<std::string> requests = {};
    std::vector<double> milliseconds = {};
    std::int64_t wrong = 0;
};

std::string page_request(int visitor, std::string method, std::string target, const std::string& cookie = {},
                         std::string_view form = {}) {
    protocol::Request request{std::move(method), std::move(target), {form.begin(), form.end()}, {}};
    request.headers["x-forwarded-for"] = "198.51.100." + std::to_string(1 + visitor % kVisitors);
    if (!cookie.empty()) request.headers["cookie"] = cookie;
    if (!form.empty()) request.headers["content-type"] = "application/x-www-form-urlencoded";
    return on_the_wire(request);
}

std::string session_of(Served& served, const std::string& school) {
    platform::Logins logins(*served.registry);
    const auto person = logins.find(domain::Role::school, school, "office");
    if (!person) throw Fault("the office has no account");
    return "wq_session=" + platform::Sessions(*served.registry, logins).begin(*person);
}

// Half by the QR code's address, whose signature is proven, half typed.
std::string verification(Served& served, int visitor, const LoadNode::Issued& paper) {
    if (visitor % 2 == 0)
        return page_request(visitor, "GET", paper.printed.substr(paper.printed.find("/V/")));
    const std::string guest = to_hex(served.random.bytes(32));
    return page_request(visitor, "POST", "/verify", "wq_guest=" + guest,
                        "code=" + paper.typed + "&token=" + platform::Sessions::token_for(guest));
}

std::array<Kind, 4> kinds_of(Served& served, const std::vector<Sending>& sendings) {
    std::array<Kind, 4> kinds{{{"start", "/verify"},
                               {"verification", "陆*"},
                               {"list", "/s/records/"},
                               {"record", "成都云杉示例软件有限公司"}}};
    const std::string session = session_of(served, sendings[0].node->school());
    for (int i = 0; i < kRequests; ++i) {
        const auto& papers = sendings[static_cast<std::size_t>(i % kNodes)].node->issued();
        const auto& paper = papers[static_cast<std::size_t>(i) * 7919 % papers.size()];
        kinds[0].requests.push_back(page_request(i, "GET", "/"));
        kinds[1].requests.push_back(verification(served, i, paper));
        kinds[2].requests.push_back(
            page_request(i, "GET", i % 4 == 0 ? "/s?page=" + std::to_string(1 + i / 4) : "/s", session));
        kinds[3].requests.push_back(page_request(i, "GET", "/s/records/" + to_text(paper.record), session));
    }
    return kinds;
}

Served& filled(Served& served, std::vector<Sending>& sendings) {
    send_all(served, sendings);
    for (Sending& sending : sendings)
        for (const Connection::Answer& answer : sending.answers)
            if (answer.status != 200) throw Fault("the school was not filled");
    Connection connection(served.server->port());
    LoadNode& node = *sendings[0].node;
    if (accepted_in(connection.send(node.push({node.office_account()})).body) != 1)
        throw Fault("the office's account was not taken");
    served.database.count_for_planner();
    return served;
}

}  // namespace

int pages(int rate, int seconds, int records) {
    Served served({.is_behind_proxy = true});
    std::vector<Sending> sendings = set_up(served, kNodes, 1, records / kNodes, true);
    prepare_acts(sendings, records / kNodes, 100);
    auto kinds = kinds_of(filled(served, sendings), sendings);
    OpenLoop loop(served.server->port(), kConnections);
    std::array<std::size_t, kConnections> asked{};
    std::size_t sent = 0;
    const auto next = [&](std::size_t connection) {
        asked[connection] = sent++ % kinds.size();
        return &kinds[asked[connection]].requests[sent / kinds.size() % kRequests];
    };
    const auto done = [&](std::size_t connection, const OpenAnswer& answer) {
        Kind& kind = kinds[asked[connection]];
        kind.milliseconds.push_back(answer.milliseconds);
        kind.wrong += answer.status != 200 || answer.body.find(kind.must_say) == std::string_view::npos;
    };
    const auto offered = loop.run({.rate = 1.0 * rate, .seconds = 1.0 * seconds}, next, done);
    std::vector<double> all;
    std::int64_t wrong = 0;
    for (Kind& kind : kinds) {
        std::printf("  %-12s p50 %5.1f ms, p99 %5.1f ms, worst %5.1f ms, %lld not as they should be\n",
                    kind.name, percentile(kind.milliseconds, 50), percentile(kind.milliseconds, 99),
                    percentile(kind.milliseconds, 100), static_cast<long long>(kind.wrong));
        all.insert(all.end(), kind.milliseconds.begin(), kind.milliseconds.end());
        wrong += kind.wrong;
    }
    std::printf("pages %s: %lld at %d/s, a school with %d records: p50 %.1f ms, p99 %.1f ms\n",
                database_name(), static_cast<long long>(offered.sent), rate, records, percentile(all, 50),
                percentile(all, 99));
    return wrong == 0 ? 0 : 1;
}

}  // namespace wq::bench
