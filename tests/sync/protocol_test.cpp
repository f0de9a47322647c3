// The example in sync/PROTOCOL.md is true, and messages survive the wire.
#include "data/domain/event.h"
#include "data/os/files.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/signing.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace wq::sync_test {
namespace {

using namespace protocol;

// The block of the document that begins with "```text NAME".
std::string block(const std::string& name) {
    static const std::string document = os::read_text(WQ_PROTOCOL_MD).value();
    const std::string opening = "```text " + name + "\n";
    const auto from = document.find(opening);
    if (from == std::string::npos) throw Fault("PROTOCOL.md lacks " + name);
    const auto begin = from + opening.size();
    return document.substr(begin, document.find("```", begin) - begin);
}

Bytes hex_block(const std::string& name) {
    std::string digits = block(name);
    std::erase(digits, '\n');
    return from_hex(digits).value();
}

cbor::Value cbor_block(const std::string& name) { return cbor::decode(hex_block(name)).value(); }

crypto::Verifier key_block(const std::string& name) {
    return crypto::Verifier::from_spki(hex_block(name)).value();
}

Request example_request() {
    Request request{"POST", "/v1/push", hex_block("push-body"), {}};
    std::string text = block("request-headers");
    for (std::size_t at = 0; at < text.size();) {
        const auto colon = text.find(": ", at), end = text.find('\n', at);
        request.headers[text.substr(at, colon - at)] = text.substr(colon + 2, end - colon - 2);
        at = end + 1;
    }
    return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(document)

BOOST_AUTO_TEST_CASE(its_keys_are_pairs) {
    for (const std::string who : {"node", "platform"}) {
        const auto signer = crypto::FileSigner::from_pem(block(who + "-key"));
        BOOST_REQUIRE(signer);
        BOOST_TEST((signer->public_key() == hex_block(who + "-public-key")));
    }
}

BOOST_AUTO_TEST_CASE(its_event_is_ours_byte_for_byte) {
    const Bytes bytes = hex_block("event");
    const auto event = domain::decode_event(bytes);
    BOOST_REQUIRE(event);
    BOOST_TEST(event->type == domain::event_type::kConfirm);
    BOOST_TEST((domain::encode(*event) == bytes));
    BOOST_TEST((event_hash(bytes) == domain::hash_from(hex_block("event-hash"))));
}

BOOST_AUTO_TEST_CASE(its_push_is_ours_byte_for_byte) {
    const auto push = push_from(cbor_block("push-body"));
    BOOST_REQUIRE(push);
    BOOST_TEST((cbor::encode(to_cbor(*push)) == hex_block("push-body")));
}

BOOST_AUTO_TEST_CASE(its_request_is_signed) {
    const Request request = example_request();
    const auto credentials = credentials_of(request);
    BOOST_REQUIRE(credentials);
    BOOST_TEST(text_of(request_message(request, *credentials)) == block("request-message"));
    BOOST_TEST(is_signed_by(request, *credentials, key_block("node-public-key")));
    BOOST_TEST(!is_signed_by(request, *credentials, key_block("platform-public-key")));
}

BOOST_AUTO_TEST_CASE(its_answer_has_a_receipt) {
    const auto answer = push_answer_from(cbor_block("push-answer"));
    BOOST_REQUIRE(answer);
    BOOST_TEST((cbor::encode(to_cbor(*answer)) == hex_block("push-answer")));
    BOOST_TEST((receipt_message(*answer) == hex_block("receipt-message")));
    BOOST_TEST(key_block("platform-public-key").verify(hex_block("receipt-message"), answer->receipt));
}

BOOST_AUTO_TEST_CASE(its_feed_is_chained_and_signed) {
    const auto page = feed_page_from(cbor_block("feed-page"));
    BOOST_REQUIRE(page);
    BOOST_REQUIRE(page->rows.size() == 1u);
    BOOST_TEST((page->rows[0] == hex_block("feed-row")));
    BOOST_TEST((feed_entry_from(page->rows[0])->event == hex_block("event")));
    BOOST_TEST((feed_chain({}, page->rows[0]) == domain::hash_from(hex_block("feed-chain"))));
    BOOST_TEST((checkpoint_message(*page) == hex_block("checkpoint-message")));
    BOOST_TEST(key_block("platform-public-key").verify(hex_block("checkpoint-message"), page->checkpoint));
}

BOOST_AUTO_TEST_CASE(a_receipt_does_not_depend_on_whether_it_was_given_before) {
    auto answer = push_answer_from(cbor_block("push-answer")).value();
    answer.verdicts[0].again = true;
    BOOST_TEST((receipt_message(answer) == hex_block("receipt-message")));
    answer.verdicts[0].verdict = "rejected";
    BOOST_TEST((receipt_message(answer) != hex_block("receipt-message")));
}

// Of any number of answers signed with one signature, each proves itself and nothing else.
BOOST_AUTO_TEST_CASE(receipts_are_signed_together) {
    const auto given = push_answer_from(cbor_block("push-answer")).value();
    for (std::size_t count = 1; count <= 9; ++count) {
        std::vector<PushAnswer> answers(count, given);
        std::vector<PushAnswer*> together;
        for (std::size_t i = 0; i < count; ++i) {
            answers[i].feed = 100 + static_cast<std::int64_t>(i);
            together.push_back(&answers[i]);
        }
        join_receipts(together);
        const Bytes root = receipt_message(answers[0]);
        for (PushAnswer& answer : answers) {
            const auto travelled = push_answer_from(to_cbor(answer));
            BOOST_TEST((receipt_message(*travelled) == root));
            ++answer.acked_through;
            BOOST_TEST((receipt_message(answer) != root));
        }
    }
}

BOOST_AUTO_TEST_CASE(parts_travel_as_text) {
    PartsHeld held{false, std::vector<bool>(16)};
    held.parts[0] = held.parts[9] = true;
    BOOST_TEST(to_text(held) == "0102");
    BOOST_TEST((parts_held_from("0102")->parts == held.parts));
    BOOST_TEST(parts_held_from("complete")->complete);
    BOOST_TEST(parts_held_from("")->parts.empty());
    BOOST_TEST(!parts_held_from("zz"));
    BOOST_TEST(!parts_held_from(std::string(2 * kMaxParts / 8 + 2, '0')));
}

BOOST_AUTO_TEST_CASE(a_push_of_any_other_shape_is_refused) {
    const cbor::Value good = cbor_block("push-body");
    for (const char* key : {"proto", "device", "epoch", "base", "previous", "events"}) {
        cbor::Value bad = good;
        bad.set(key, cbor::Value{});
        BOOST_TEST(!push_from(bad), key);
    }
    cbor::Value many = good;
    many.set("events", cbor::Array(kMaxBatchEvents + 1, cbor::Value(Bytes{1})));
    BOOST_TEST(!push_from(many));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace wq::sync_test
