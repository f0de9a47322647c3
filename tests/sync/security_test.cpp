// Who may speak, and what a wrong or forged message does: nothing.
#include "data/crypto/hash.h"
#include "data/domain/event.h"
#include "data/os/files.h"
#include "tests/sync/world.h"

#include <boost/test/unit_test.hpp>

namespace wq::sync_test {
namespace {

std::string code_of(const protocol::Response& response) {
    return protocol::refusal_from(cbor::decode(response.body).value_or(cbor::Value{})).code;
}

// An enrolled node that speaks by hand.
struct Speaker {
    Speaker() : node(platform, 1) {
        node.set_up(1);
        BOOST_REQUIRE(node.enrol());
        sender = {kSchool, node.store->log().node().device};
    }

    protocol::Request signed_request(std::string target = "/v1/status") {
        protocol::Request request{"GET", std::move(target), {}, {}};
        protocol::sign(request, sender, node.signer, platform.clock.now(), node.random.bytes(16));
        return request;
    }

    // A batch of whatever bytes, from the node's first number.
    protocol::Request push_of(std::vector<Bytes> events) {
        protocol::Push push;
        push.device = sender.device;
        push.events = std::move(events);
        protocol::Request request{"POST", "/v1/push", cbor::encode(protocol::to_cbor(push)), {}};
        protocol::sign(request, sender, node.signer, platform.clock.now(), node.random.bytes(16));
        return request;
    }

    Platform platform;
    TestNode node;
    protocol::Sender sender;
};

domain::Event settings_event(const Speaker& speaker, std::int64_t number, const domain::Hash& previous) {
    domain::Event event;
    event.type = domain::event_type::kSettings;
    event.school = kSchool;
    event.device = speaker.sender.device;
    event.number = number;
    event.previous = previous;
    event.actor = office();
    event.body.set("settings", domain::to_cbor(domain::Form{{"parties", "2"}}));
    return event;
}

protocol::PushAnswer answer_in(const protocol::Response& response) {
    BOOST_REQUIRE_MESSAGE(response.status == 200, code_of(response));
    return protocol::push_answer_from(*cbor::decode(response.body)).value();
}

// Answers every question after where a node stands as the first was answered.
struct OldAnswers final : client::Transport {
    explicit OldAnswers(client::Transport& world) : inner(&world) {}
    Result<protocol::Response> send(const protocol::Request& request) override {
        if (!request.target.starts_with("/v1/status")) return inner->send(request);
        if (!first) first = inner->send(request);
        return *first;
    }

    client::Transport* inner;
    std::optional<Result<protocol::Response>> first;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(security)

BOOST_AUTO_TEST_CASE(a_request_with_any_part_changed_is_refused) {
    Speaker speaker;
    BOOST_TEST(speaker.platform.api->handle(speaker.signed_request()).status == 200);
    auto target = speaker.signed_request(), method = speaker.signed_request(),
         body = speaker.signed_request(), time = speaker.signed_request();
    target.target = "/v1/feed?after=0";
    method.method = "HEAD";
    body.body = {1};
    time.headers["x-wangqian-time"].back() ^= 1;
    for (const auto& request : {target, method, body, time})
        BOOST_TEST(code_of(speaker.platform.api->handle(request)) == "signature_wrong");
}

BOOST_AUTO_TEST_CASE(a_request_without_signature_or_from_a_stranger_is_refused) {
    Speaker speaker;
    BOOST_TEST(code_of(speaker.platform.api->handle({"GET", "/v1/status"})) == "signature_missing");
    auto request = speaker.signed_request();
    const Uuid stranger = speaker.node.random.uuid(speaker.platform.clock.now());
    request.headers["x-wangqian-device"] = std::string(kSchool) + "/" + to_text(stranger);
    BOOST_TEST(code_of(speaker.platform.api->handle(request)) == "device_unknown");
}

BOOST_AUTO_TEST_CASE(a_request_sent_twice_is_refused_the_second_time) {
    Speaker speaker;
    const auto request = speaker.signed_request();
    BOOST_TEST(speaker.platform.api->handle(request).status == 200);
    BOOST_TEST(code_of(speaker.platform.api->handle(request)) == "nonce_used");
    speaker.platform.clock.advance(9 * kMinute);
    BOOST_TEST(code_of(speaker.platform.api->handle(request)) == "nonce_used");
}

BOOST_AUTO_TEST_CASE(a_request_from_another_time_is_told_the_platforms) {
    Speaker speaker;
    const auto request = speaker.signed_request();
    speaker.platform.clock.advance(10 * kMinute + 1);
    const auto response = speaker.platform.api->handle(request);
    BOOST_TEST(response.status == 401);
    BOOST_TEST(code_of(response) == "clock_skew");
    BOOST_TEST((*cbor::decode(response.body))["platform_ms"].as_int() == speaker.platform.clock.now().ms);
}

BOOST_AUTO_TEST_CASE(a_revoked_node_is_refused_and_keeps_what_it_has) {
    Speaker speaker;
    BOOST_REQUIRE(speaker.platform.registry->revoke(speaker.sender));
    BOOST_TEST(speaker.node.sync().failed->code == "device_revoked");
    BOOST_TEST(speaker.node.store->log().outbox().waiting == 2);
}

BOOST_AUTO_TEST_CASE(a_code_enrols_one_node_within_fifteen_minutes) {
    Platform platform;
    TestNode one(platform), two(platform), late(platform);
    const std::string code = platform.registry->new_enrol_code(kSchool).value();
    BOOST_TEST(client::enrol(one.store->log(), one.world(), code)->number == 1);
    BOOST_TEST(client::enrol(two.store->log(), two.world(), code).error().code == "enrol_code_used");
    const std::string old = platform.registry->new_enrol_code(kSchool).value();
    platform.clock.advance(16 * kMinute);
    BOOST_TEST(client::enrol(late.store->log(), late.world(), old).error().code == "enrol_code_expired");
    BOOST_TEST(client::enrol(late.store->log(), late.world(), "10999-AAAAAAAAAA").error().code ==
               "enrol_code_wrong");
}

BOOST_AUTO_TEST_CASE(events_that_nobody_can_read_are_set_aside_and_the_rest_go_on) {
    Speaker speaker;
    const Bytes garbage = {0xde, 0xad};
    auto unknown = settings_event(speaker, 2, protocol::event_hash(garbage));
    unknown.type = "hologram";
    const Bytes second = domain::encode(unknown);
    const Bytes third = domain::encode(settings_event(speaker, 3, protocol::event_hash(second)));
    const auto answer = answer_in(speaker.platform.api->handle(speaker.push_of({garbage, second, third})));
    BOOST_REQUIRE(answer.verdicts.size() == 3u);
    BOOST_TEST(answer.verdicts[0].verdict == "quarantined");
    BOOST_TEST(answer.verdicts[1].why.code == "type_unknown");
    BOOST_TEST(answer.verdicts[2].verdict == "accepted");
    BOOST_TEST(answer.acked_through == 3);
    BOOST_TEST(speaker.platform.registry->events(kSchool)[0].entry.event == garbage);
}

BOOST_AUTO_TEST_CASE(a_text_that_a_database_cannot_hold_is_set_aside_and_the_rest_go_on) {
    Speaker speaker;
    auto strange = settings_event(speaker, 1, {});
    strange.type = std::string("holo\0gram", 9);
    strange.body.set("number", std::string("2027\0\"", 6));
    const Bytes first = domain::encode(strange);
    auto stranger = settings_event(speaker, 2, protocol::event_hash(first));
    stranger.exam_number = std::string("26\0", 3);
    const Bytes second = domain::encode(stranger);
    const Bytes third = domain::encode(settings_event(speaker, 3, protocol::event_hash(second)));
    const auto answer = answer_in(speaker.platform.api->handle(speaker.push_of({first, second, third})));
    BOOST_REQUIRE(answer.verdicts.size() == 3u);
    BOOST_TEST(answer.verdicts[0].why.code == "event_wrong");
    BOOST_TEST(answer.verdicts[1].verdict == "quarantined");
    BOOST_TEST(answer.verdicts[2].verdict == "accepted");
}

BOOST_AUTO_TEST_CASE(an_agreement_number_is_digits_alone) {
    Platform platform;
    TestNode node(platform, 1);
    node.set_up(1);
    const Uuid id = node.submitted(1);
    domain::Command command{domain::Action::pass, office()};
    command.number = "2027109990\r\nX: 123";
    command.paper = some_paper(node.record(id)->revision + 1);
    BOOST_REQUIRE(node.store->registrations().act(id, command));
    BOOST_REQUIRE(node.enrol());
    BOOST_TEST(node.sync().rejected == 1);
}

BOOST_AUTO_TEST_CASE(strangers_that_enrol_cost_no_memory) {
    Platform platform;
    TestNode stranger(platform);
    protocol::EnrolRequest message;
    message.code = "10999-AAAAAAAAAA";
    message.device = platform.random.uuid(platform.clock.now());
    message.public_key = stranger.signer.public_key();
    protocol::Request request{"POST", "/v1/enrol", cbor::encode(protocol::to_cbor(message)), {}};
    protocol::sign(request, {kSchool, message.device}, stranger.signer, platform.clock.now(),
                   platform.random.bytes(16));
    BOOST_TEST(code_of(platform.api->handle(request)) == "enrol_code_wrong");
    // Its nonce was not kept: the same is answered by what is asked, not as a replay.
    BOOST_TEST(code_of(platform.api->handle(request)) == "enrol_code_wrong");
}

BOOST_AUTO_TEST_CASE(the_same_push_again_gets_the_same_verdicts) {
    Speaker speaker;
    const std::vector<Bytes> events = {domain::encode(settings_event(speaker, 1, {}))};
    const auto first = answer_in(speaker.platform.api->handle(speaker.push_of(events)));
    const auto second = answer_in(speaker.platform.api->handle(speaker.push_of(events)));
    BOOST_TEST(second.verdicts[0].again);
    BOOST_TEST(second.verdicts[0].verdict == first.verdicts[0].verdict);
    BOOST_TEST(second.feed == first.feed);
    BOOST_TEST(speaker.platform.registry->events(kSchool).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_cloned_node_is_found_out_and_both_branches_are_kept) {
    Speaker speaker;
    auto other = settings_event(speaker, 1, {});
    other.body.set("settings", domain::to_cbor(domain::Form{{"parties", "3"}}));
    const Bytes true_one = domain::encode(settings_event(speaker, 1, {}));
    answer_in(speaker.platform.api->handle(speaker.push_of({true_one})));
    const auto response = speaker.platform.api->handle(speaker.push_of({domain::encode(other)}));
    BOOST_TEST(response.status == 409);
    BOOST_TEST(code_of(response) == "fork");
    BOOST_TEST(speaker.platform.registry->nodes(kSchool)[0].reason == "fork");
    BOOST_TEST(code_of(speaker.platform.api->handle(speaker.push_of({true_one}))) == "device_quarantined");
    BOOST_TEST(speaker.platform.api->handle(speaker.signed_request("/v1/feed?after=0")).status == 200);
}

BOOST_AUTO_TEST_CASE(a_gap_is_answered_with_what_is_missing) {
    Speaker speaker;
    protocol::Push push;
    push.device = speaker.sender.device;
    push.base = 5;
    push.events = {domain::encode(settings_event(speaker, 5, {}))};
    const auto answer = speaker.platform.registry->push(speaker.sender, push);
    BOOST_TEST(answer->need_from == 1);
    BOOST_TEST(answer->verdicts.empty());
    BOOST_TEST(speaker.platform.registry->events(kSchool).empty());
}

BOOST_AUTO_TEST_CASE(a_student_cannot_speak_for_the_school) {
    Speaker speaker;
    auto event = settings_event(speaker, 1, {});
    event.actor = {domain::Role::student, exam_number(1)};
    const auto answer = answer_in(speaker.platform.api->handle(speaker.push_of({domain::encode(event)})));
    BOOST_TEST(answer.verdicts[0].verdict == "rejected");
    BOOST_TEST(answer.verdicts[0].why.code == "out_of_scope");
}

BOOST_AUTO_TEST_CASE(a_forged_verdict_is_not_believed) {
    Speaker speaker;
    const auto impostor = crypto::FileSigner::generate(crypto::Algorithm::sm2);
    speaker.node.store->log().set_note(client::note::kPlatformKey, to_hex(impostor.public_key()));
    BOOST_TEST(speaker.node.sync().failed->code == "status_wrong");
    BOOST_TEST(speaker.node.store->log().outbox().waiting == 2);
    BOOST_TEST(speaker.node.store->feed().cursor() == 0);
}

BOOST_AUTO_TEST_CASE(what_was_said_of_a_nodes_standing_earlier_is_not_believed_later) {
    Speaker speaker;
    OldAnswers old(speaker.node.transport);
    auto world = speaker.node.world();
    world.transport = &old;
    const auto round = [&] {
        return client::SyncStep(client::SyncedParts::of(*speaker.node.store), world).run();
    };
    BOOST_TEST(round().failed->code == "status_wrong");  // a round asks at its end, too
    const std::int64_t cursor = speaker.node.store->feed().cursor();
    BOOST_TEST(round().failed->code == "status_wrong");
    BOOST_TEST(speaker.node.store->feed().cursor() == cursor);
    BOOST_TEST(speaker.node.sync().is_complete());
}

BOOST_AUTO_TEST_CASE(nothing_personal_lies_open_in_the_platforms_database) {
    Speaker speaker;
    BOOST_TEST(!speaker.node.sync().failed);
    std::string content;
    if (is_on_server()) content = speaker.platform.database.everything();
    for (const char* name : {"platform.db", "platform.db-wal"})
        if (!is_on_server()) content += os::read_text(speaker.platform.folder.path() / name).value();
    BOOST_TEST(content.find(kSchool) != std::string::npos);
    BOOST_TEST(content.find("陆示例") == std::string::npos);
    BOOST_TEST(content.find("13900000001") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_picture_is_immutable_and_must_be_what_its_name_says) {
    Platform platform;
    auto& registry = *platform.registry;
    const Bytes picture = platform.random.bytes(300'000), wrong = platform.random.bytes(10);
    const auto hash = crypto::sm3(picture);
    const ByteView view(picture);
    BOOST_REQUIRE(registry.put_blob_part(kSchool, hash, 0, wrong));
    BOOST_TEST(registry.commit_blob(kSchool, hash, "image/png").error().code == "blob_wrong");
    BOOST_TEST(!registry.blob(kSchool, hash));
    BOOST_REQUIRE(registry.put_blob_part(kSchool, hash, 0, view.first(protocol::kPartSize)));
    BOOST_REQUIRE(registry.put_blob_part(kSchool, hash, 1, view.subspan(protocol::kPartSize)));
    BOOST_REQUIRE(registry.commit_blob(kSchool, hash, "image/png"));
    BOOST_REQUIRE(registry.put_blob_part(kSchool, hash, 0, wrong));
    BOOST_REQUIRE(registry.commit_blob(kSchool, hash, "image/png"));
    BOOST_TEST((registry.blob(kSchool, hash)->content == picture));
    BOOST_TEST(registry.blob("10998", hash).error().code == "blob_unknown");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
