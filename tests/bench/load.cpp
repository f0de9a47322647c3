#include "tests/bench/load.h"

#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/crypto/trust.h"
#include "data/domain/hand_code.h"
#include "data/os/assets.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/signing.h"
#include "tests/sync/world.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace wq::bench {
namespace {

using sync_test::codes;

template <class T>
T required(Result<T>&& result) {
    if (!result) throw Fault("refused: " + result.error().code);
    return std::move(*result);
}

}  // namespace

LoadNode::LoadNode(platform::Registry& registry, std::string school, int first_student)
    : signer_(crypto::FileSigner::generate(crypto::Algorithm::sm2)),
      school_(std::move(school)),
      device_(random_.uuid(registry.now())),
      first_student_(first_student),
      next_student_(first_student),
      campus_{domain::preset_settings()} {
    if (auto added = registry.add_school(school_, "示例大学" + school_); !added) throw Fault("no school");
    const protocol::EnrolRequest request{required(registry.new_enrol_code(school_)), device_, 0, 0,
                                         signer_.public_key()};
    const auto enrolled = required(registry.enrol(request));
    node_number_ = enrolled.number;
    campus_.settings["school_code"] = school_;
    campus_.settings["cohort"] = "2027";
}

domain::Form LoadNode::graduate(int student) const {
    domain::Form form = sync_test::graduate(student);
    form["exam_number"] = std::to_string(26'109'990'000'000 + student);
    return form;
}

domain::Event LoadNode::begun(std::string_view type, domain::Actor actor) {
    domain::Event event;
    event.type = type;
    event.school = school_;
    event.device = device_;
    event.epoch = epoch_;
    event.number = ++number_;
    event.previous = head_;
    event.when = os::SystemClock().now();
    event.id = random_.uuid(event.when);
    event.actor = std::move(actor);
    event.boot = device_;
    return event;
}

Bytes LoadNode::written(domain::Event& event) {
    Bytes bytes = domain::encode(event);
    head_ = protocol::event_hash(bytes);
    return bytes;
}

void LoadNode::issue_papers() { issuer_ = crypto::FileSigner::generate(crypto::Algorithm::sm2); }

Bytes LoadNode::settings() {
    domain::Event event = begun(domain::event_type::kSettings, sync_test::office());
    event.body.set("settings", domain::to_cbor(campus_.settings));
    return written(event);
}

Bytes LoadNode::trust() {
    domain::Event event = begun(domain::event_type::kTrust, sync_test::office());
    cbor::Array keys;
    keys.push_back(crypto::to_cbor(crypto::TrustedKey{issuer_->public_key(), school_}));
    event.body.set("keys", std::move(keys));
    return written(event);
}

Bytes LoadNode::office_account() {
    domain::Event event = begun(domain::event_type::kAccounts, sync_test::office());
    cbor::Value account;
    account.set("account", "office").set("role", "school").set("department", "");
    account.set("display_name", "王老师").set("verifier", "none");
    cbor::Array accounts;
    accounts.push_back(std::move(account));
    event.body.set("accounts", std::move(accounts));
    return written(event);
}

domain::Paper LoadNode::paper(const domain::Registration& record, const std::string& number) {
    domain::Paper paper = sync_test::some_paper(record.revision + 1);
    if (!issuer_) return paper;
    paper.digest = crypto::hmac_sm3(paper.salt, bytes_of(number));
    domain::PrintCode code;
    code.registration = record.id;
    code.revision = paper.revision;
    code.number = number;
    code.day = days_since_1970(day_in_china(os::SystemClock().now()));
    code.pages = 2;
    code.template_version = paper.template_version;
    std::copy_n(paper.digest.begin(), code.digest.size(), code.digest.begin());
    code.facts = {std::string(domain::value_of(record.form, "employer_name")),
                  std::string(domain::value_of(record.form, "credit_code")), "陆*"};
    paper.upper_codes.clear(), paper.lower_codes.clear();
    for (auto& texts : crypto::signed_page_codes(code, paper.salt, *issuer_, "WQ.EXAMPLE.CN")) {
        paper.upper_codes.push_back(std::move(texts.upper));
        paper.lower_codes.push_back(std::move(texts.lower));
    }
    issued_.push_back({record.id, paper.upper_codes[0], domain::to_text(domain::hand_code(paper.digest, 1))});
    return paper;
}

std::vector<Bytes> LoadNode::set_up(int students, bool is_first) {
    std::vector<Bytes> events;
    if (is_first) events.push_back(settings());
    if (issuer_) events.push_back(trust());
    for (int from = 0; from < students; from += 500) {
        domain::Event roster = begun(domain::event_type::kRoster, sync_test::office());
        cbor::Array graduates;
        for (int i = from; i < std::min(students, from + 500); ++i)
            graduates.push_back(domain::to_cbor(graduate(first_student_ + i)));
        roster.body.set("graduates", std::move(graduates));
        events.push_back(written(roster));
    }
    return events;
}

std::vector<Bytes> LoadNode::three_acts() {
    const int student = next_student_++;
    domain::Graduate known;
    known.base = graduate(student);
    known.revision = crypto::content_number(cbor::encode(domain::to_cbor(known.base)));
    const std::string exam_number = known.base["exam_number"];
    const domain::Actor self{domain::Role::student, exam_number};
    std::vector<Bytes> events;
    domain::Event confirm = begun(domain::event_type::kConfirm, self);
    confirm.exam_number = exam_number;
    confirm.body.set("roster_revision", known.revision);
    events.push_back(written(confirm));
    known.confirmed_revision = known.revision;
    domain::Registration record;
    record.id = random_.uuid(os::SystemClock().now());
    record.kind = domain::Kind::offline;
    record.exam_number = exam_number;
    record.initiator = domain::Role::student;
    domain::Command submit;
    submit.actor = self;
    submit.form = sync_test::good_form();
    domain::Command pass;
    pass.action = domain::Action::pass;
    pass.actor = sync_test::office();
    char number[32];
    std::snprintf(number, sizeof number, "2027%s%03d%06d", school_.c_str(), node_number_,
                  (student - first_student_ + 1) % 1'000'000);
    pass.number = number;
    for (domain::Command* command : {&submit, &pass}) {
        domain::Event event = begun(domain::event_type::kRegistration, command->actor);
        if (command == &pass) pass.paper = paper(record, pass.number);
        const auto step = required(
            domain::apply(record, *command, {&campus_, &codes(), &known, nullptr, nullptr, event.when}));
        event.exam_number = exam_number;
        event.registration = record.id;
        event.expected_revision = record.revision;
        event.expected_state = record.state;
        event.body = step.body;
        events.push_back(written(event));
        record = step.after;
    }
    return events;
}

std::string LoadNode::push(const std::vector<Bytes>& events) {
    protocol::Push push{device_, epoch_, pushed_ + 1, pushed_head_, events};
    pushed_ += static_cast<std::int64_t>(events.size());
    pushed_head_ = protocol::event_hash(events.back());
    return signed_request("POST", "/v1/push", cbor::encode(protocol::to_cbor(push)));
}

std::string LoadNode::signed_request(std::string method, std::string target, Bytes body) {
    protocol::Request request{std::move(method), std::move(target), std::move(body), {}};
    protocol::sign(request, {school_, device_}, signer_, os::SystemClock().now(),
                   random_.bytes(protocol::kNonceSize));
    return on_the_wire(request);
}

std::string on_the_wire(const protocol::Request& request) {
    std::string text = request.method + " " + request.target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    for (const auto& [name, value] : request.headers) text += name + ": " + value + "\r\n";
    text += "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n";
    return text + std::string(request.body.begin(), request.body.end());
}

Connection::Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
        throw Fault("can't connect");
}

Connection::~Connection() { ::close(socket_); }

Connection::Answer Connection::send(const std::string& request) {
    const auto from = std::chrono::steady_clock::now();
    for (std::size_t sent = 0; sent < request.size();) {
        const auto count = ::send(socket_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) throw Fault("the connection broke");
        sent += static_cast<std::size_t>(count);
    }
    char block[65536];
    std::size_t head = std::string::npos, whole = 0;
    while (head == std::string::npos || buffer_.size() < whole) {
        const auto count = ::recv(socket_, block, sizeof block, 0);
        if (count <= 0) throw Fault("the connection broke");
        buffer_.append(block, static_cast<std::size_t>(count));
        if (head != std::string::npos) continue;
        head = buffer_.find("\r\n\r\n");
        if (head == std::string::npos) continue;
        const auto length = buffer_.find("Content-Length: ");
        whole = head + 4 + (length < head ? std::strtoul(buffer_.c_str() + length + 16, nullptr, 10) : 0);
    }
    Answer answer;
    answer.status = std::atoi(buffer_.c_str() + 9);
    answer.body.assign(buffer_.begin() + static_cast<std::ptrdiff_t>(head + 4),
                       buffer_.begin() + static_cast<std::ptrdiff_t>(whole));
    buffer_.erase(0, whole);
    answer.milliseconds =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count();
    return answer;
}

double percentile(std::vector<double>& values, double percent) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    const auto at = static_cast<std::size_t>(percent / 100 * static_cast<double>(values.size()));
    return values[std::min(at, values.size() - 1)];
}

}  // namespace wq::bench
