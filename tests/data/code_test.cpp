// Events, the printed code and what crypto proves of it.
#include "data/base/utf8.h"
#include "data/crypto/hash.h"
#include "data/crypto/password.h"
#include "data/crypto/seal.h"
#include "data/crypto/trust.h"
#include "data/domain/event.h"
#include "data/os/files.h"
#include "tests/data/samples.h"

#include <boost/test/unit_test.hpp>
#include <rapidcheck.h>

#include <cstdlib>
#include <filesystem>

using namespace wq;
using namespace wq::domain;

namespace {

const crypto::FileSigner& issuer() {
    static const auto kIssuer = crypto::FileSigner::generate(crypto::Algorithm::sm2);
    return kIssuer;
}

PrintCode code(bool sample = false) {
    PrintCode code;
    code.registration = test::SeededRandom().uuid(test::kNow);
    code.revision = 3;
    code.number = "202610999001000001";
    code.day = days_since_1970({2026, 5, 28});
    code.page = 1;
    code.pages = 2;
    code.template_version = "2026-1";
    code.digest.fill(7);
    code.sample = sample;
    code.facts = PrintFacts{"成都云杉示例软件有限公司", "91350100M000100Y43", "奚*"};
    return code;
}

const Bytes kSecret(16, 9);

std::string text_of_first(const PrintCode& document) {
    return crypto::signed_page_codes(document, kSecret, issuer(), "WQ.EXAMPLE.CN")[0].upper;
}

crypto::TrustList trust(const crypto::Signer& signer, bool demo = false, std::string school = "10999") {
    crypto::TrustList list;
    BOOST_REQUIRE(list.add({signer.public_key(), std::move(school), demo}));
    return list;
}

std::string checked(const crypto::TrustList& list, const std::string& text, bool demo = false) {
    const auto result = list.check(text, demo);
    return result ? "" : result.error().code;
}

const std::string kPrefix = "HTTPS://WQ.EXAMPLE.CN/V/";

}  // namespace

BOOST_AUTO_TEST_SUITE(codes_and_keys)

BOOST_AUTO_TEST_CASE(a_printed_code_says_what_was_signed) {
    const std::string text = text_of_first(code());
    BOOST_TEST(text.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:") == text.npos);
    auto said = trust(issuer()).check(text, false);
    BOOST_REQUIRE(said);
    said->proof = {};
    BOOST_TEST((said == code()));
    PrintCode second = code();
    second.page = 2;
    second.facts.reset();
    BOOST_TEST((decode_print_code(encode(second)) == second));
}

BOOST_AUTO_TEST_CASE(every_single_bit_of_a_printed_code_is_proven) {
    const auto list = trust(issuer());
    const auto texts = crypto::signed_page_codes(code(), kSecret, issuer(), "WQ.EXAMPLE.CN");
    for (const std::string& text : {texts[0].upper, texts[0].lower, texts[1].lower}) {
        const Bytes bytes = *from_crockford(text.substr(kPrefix.size()));
        BOOST_REQUIRE(checked(list, kPrefix + to_crockford(bytes)) == "");
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            Bytes wrong = bytes;
            wrong[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
            BOOST_TEST(checked(list, kPrefix + to_crockford(wrong)) != "", bit);
        }
    }
}

BOOST_AUTO_TEST_CASE(one_signature_proves_every_page_and_no_page_makes_another) {
    PrintCode document = code();
    document.pages = 5;
    const auto texts = crypto::signed_page_codes(document, kSecret, issuer(), "WQ.EXAMPLE.CN");
    const auto list = trust(issuer());
    BOOST_REQUIRE(texts.size() == 5u);
    for (int page = 1; page <= 5; ++page) {
        const auto& [upper, lower] = texts[static_cast<std::size_t>(page - 1)];
        BOOST_TEST((upper == lower) == (page > 1));
        BOOST_TEST(list.check(lower, false)->page == page);
        auto signed_code = *signed_code_from_text(lower);
        PrintCode other = *decode_print_code(signed_code.body);
        for (other.page = 1; other.page <= 5; ++other.page) {
            signed_code.body = encode(other);
            BOOST_TEST(checked(list, to_text(signed_code, "WQ.EXAMPLE.CN")) ==
                       (other.page == page ? "" : "code_forged"));
        }
    }
}

BOOST_AUTO_TEST_CASE(facts_of_another_document_are_noticed) {
    PrintCode other = code();
    other.facts->employer = "成都晨星示例软件有限公司";
    auto signed_code = *signed_code_from_text(text_of_first(code()));
    PrintCode forged = *decode_print_code(signed_code.body);
    forged.facts = other.facts;
    signed_code.body = encode(forged);
    BOOST_TEST(checked(trust(issuer()), to_text(signed_code, "WQ.EXAMPLE.CN")) == "code_forged");
}

BOOST_AUTO_TEST_CASE(the_same_document_is_signed_the_same_by_the_same_key) {
    for (const auto algorithm : {crypto::Algorithm::sm2, crypto::Algorithm::ed25519}) {
        const auto signer = crypto::FileSigner::generate(algorithm);
        BOOST_TEST((signer.sign(bytes_of("message")) == signer.sign(bytes_of("message"))));
        BOOST_TEST((signer.sign(bytes_of("message")) != signer.sign(bytes_of("massage"))));
    }
}

BOOST_AUTO_TEST_CASE(another_key_school_or_day_proves_nothing) {
    const std::string text = text_of_first(code());
    BOOST_TEST(checked(trust(crypto::FileSigner::generate(crypto::Algorithm::sm2)), text) ==
               "code_key_unknown");
    BOOST_TEST(checked(trust(issuer(), false, "10888"), text) == "code_key_unknown");
    crypto::TrustList later;
    BOOST_REQUIRE(later.add({issuer().public_key(), "10999", false, code().day + 1}));
    BOOST_TEST(checked(later, text) == "code_key_unknown");
    BOOST_TEST(checked(crypto::TrustList(), text) == "code_key_unknown");
}

BOOST_AUTO_TEST_CASE(samples_and_live_paper_are_kept_apart) {
    const std::string live = text_of_first(code());
    const std::string sample = text_of_first(code(true));
    BOOST_TEST(checked(trust(issuer()), sample) == "sample_refused");
    BOOST_TEST(checked(trust(issuer(), true), live, true) == "live_refused");
    BOOST_TEST(checked(trust(issuer(), true), sample, true) == "");
    BOOST_TEST(checked(trust(issuer(), true), live) == "code_key_unknown");  // a demo key signed it
}

BOOST_AUTO_TEST_CASE(a_text_that_is_no_code_is_foreign_and_a_broken_one_damaged) {
    const auto list = trust(issuer());
    const std::string garbage("\x80\x80\x80\x80\x80\x80\x80\x80", 8);
    for (const std::string& text : {std::string(), std::string("https://example.com/"), std::string("hello"),
                                    garbage, "https://x/V/" + garbage})
        BOOST_TEST((checked(list, text) == "code_foreign" || checked(list, text) == "code_damaged"));
    const std::string text = text_of_first(code());
    for (std::size_t length = kPrefix.size(); length < text.size(); ++length)
        BOOST_TEST(checked(list, text.substr(0, length)) != "", length);
    BOOST_TEST(checked(list, text + "0") == "code_damaged");
    BOOST_TEST(checked(list, " " + text + "\n") == "");
}

BOOST_AUTO_TEST_CASE(a_code_has_one_body_only) {
    BOOST_TEST(rc::check("print code", [] {
        Bytes body = encode(code(*rc::gen::arbitrary<bool>()));
        body[*rc::gen::inRange<std::size_t>(0, body.size())] = *rc::gen::arbitrary<std::uint8_t>();
        if (const auto decoded = decode_print_code(body)) RC_ASSERT(encode(*decoded) == body);
    }));
    for (auto [item, value] : {std::pair{8, std::int64_t{1} << 32 | 1},
                               {5, std::int64_t{25}},
                               {5, std::int64_t{-3}},
                               {2, std::int64_t{1000000000000000000}},
                               {8, std::int64_t{3}}}) {
        cbor::Array items = cbor::decode(encode(code()))->as_array();
        items[item] = value;
        BOOST_TEST(!decode_print_code(cbor::encode(cbor::Value(items))), item);
    }
}

BOOST_AUTO_TEST_CASE(an_event_comes_back_from_its_bytes) {
    Event event;
    event.type = event_type::kRegistration;
    event.school = "10999";
    event.device = event.id = event.boot = event.registration = test::SeededRandom().uuid(test::kNow);
    event.number = 7;
    event.actor = {Role::department, "dept1", "哲学院"};
    event.exam_number = "21510107153001";
    event.expected_state = State::returned;
    event.expected_revision = 3;
    event.when = test::kNow;
    event.body.set("action", "submit");
    const auto back = decode_event(encode(event));
    BOOST_REQUIRE(back);
    BOOST_TEST((encode(*back) == encode(event)));
    BOOST_TEST((back->actor == event.actor && back->expected_state == State::returned && back->number == 7));
    BOOST_TEST(decode_event(bytes_of("x")).error().code == "event_wrong");
    event.number = 0;
    BOOST_TEST(decode_event(encode(event)).error().code == "event_wrong");
}

BOOST_AUTO_TEST_CASE(digests_are_those_of_the_standards) {
    BOOST_TEST(to_hex(crypto::sm3(bytes_of("abc"))) ==
               "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    BOOST_TEST(to_hex(crypto::sm3({})) == "1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
    BOOST_TEST(
        (crypto::hmac_sm3(bytes_of("k"), bytes_of("a")) != crypto::hmac_sm3(bytes_of("l"), bytes_of("a"))));
    BOOST_TEST(
        (crypto::same(bytes_of("ab"), bytes_of("ab")) && !crypto::same(bytes_of("ab"), bytes_of("abc"))));
}

BOOST_AUTO_TEST_CASE(keys_come_back_from_their_files_and_garbage_does_not) {
    for (const auto algorithm : {crypto::Algorithm::sm2, crypto::Algorithm::ed25519}) {
        const auto signer = crypto::FileSigner::generate(algorithm);
        const auto again = crypto::FileSigner::from_pem(signer.to_pem());
        BOOST_REQUIRE(again);
        const auto verifier = crypto::Verifier::from_spki(signer.public_key());
        auto signature = again->sign(bytes_of("message"));
        BOOST_TEST(verifier->verify(bytes_of("message"), signature));
        BOOST_TEST(!verifier->verify(bytes_of("massage"), signature));
        BOOST_TEST(!verifier->verify(bytes_of("message"), Bytes(63)));
        BOOST_TEST(!verifier->verify(bytes_of("message"), Bytes(64)));
    }
    BOOST_TEST(crypto::FileSigner::from_pem("nothing").error().code == "key_unreadable");
    BOOST_TEST(crypto::Verifier::from_spki(bytes_of("nothing")).error().code == "key_unreadable");
}

// The DER form of r || s, as others write SM2 signatures.
static Bytes der_of(const crypto::Signature& raw) {
    const auto integer = [](ByteView part) {
        while (part.size() > 1 && part[0] == 0) part = part.subspan(1);
        Bytes der{2, static_cast<std::uint8_t>(part.size() + (part[0] >> 7))};
        if (part[0] >> 7) der.push_back(0);
        append(der, part);
        return der;
    };
    Bytes both = integer(ByteView(raw).first(32));
    append(both, integer(ByteView(raw).last(32)));
    Bytes der{0x30, static_cast<std::uint8_t>(both.size())};
    append(der, both);
    return der;
}

BOOST_AUTO_TEST_CASE(an_sm2_signature_is_good_for_other_peoples_programs) {
    namespace fs = std::filesystem;
    const fs::path folder = fs::temp_directory_path() / ("wangqian-sm2-" + std::to_string(::getpid()));
    BOOST_REQUIRE(os::write_file(folder / "key.der", issuer().public_key()));
    BOOST_REQUIRE(os::write_file(folder / "message", bytes_of("message")));
    BOOST_REQUIRE(os::write_file(folder / "signature", der_of(issuer().sign(bytes_of("message")))));
    const auto verified = [&](const std::string& id) {
        const std::string command =
            "cd " + folder.string() +
            " && openssl pkeyutl -verify -pubin -inkey key.der -keyform DER -rawin -digest sm3 "
            "-in message -sigfile signature -pkeyopt distid:" +
            id + " >/dev/null 2>&1";
        return std::system(command.c_str()) == 0;
    };
    BOOST_TEST(verified("1234567812345678"));
    BOOST_TEST(!verified("8765432187654321"));
    fs::remove_all(folder);
}

BOOST_AUTO_TEST_CASE(what_is_sealed_opens_only_in_its_place_and_unchanged) {
    test::SeededRandom random;
    const crypto::Sealer sealer(Bytes(32, 1), random), stranger(Bytes(32, 2), random);
    for (const std::string& plain : {std::string(), std::string("510108199903141224")}) {
        const Bytes sealed = sealer.seal(bytes_of(plain), "graduate.base");
        BOOST_TEST(text_of(*sealer.open(sealed, "graduate.base")) == plain);
        BOOST_TEST(!sealer.open(sealed, "draft.form"));
        BOOST_TEST(!stranger.open(sealed, "graduate.base"));
        BOOST_TEST(!sealer.open(ByteView(sealed).first(sealed.size() - 1), "graduate.base"));
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            Bytes wrong = sealed;
            wrong[i] ^= 1;
            BOOST_TEST(!sealer.open(wrong, "graduate.base"), i);
        }
    }
    BOOST_TEST((sealer.seal(bytes_of("a"), "p") != sealer.seal(bytes_of("a"), "p")));
    BOOST_CHECK_THROW(crypto::Sealer(Bytes(31), random), Fault);
}

BOOST_AUTO_TEST_CASE(a_look_up_tag_is_equal_for_equal_values_of_a_place_only) {
    test::SeededRandom random;
    const crypto::Sealer sealer(Bytes(32, 1), random);
    BOOST_TEST((sealer.lookup_tag("a", "p") == sealer.lookup_tag("a", "p")));
    BOOST_TEST((sealer.lookup_tag("a", "p") != sealer.lookup_tag("a", "q")));
    BOOST_TEST((sealer.lookup_tag("b", "p") != sealer.lookup_tag("a", "p")));
}

BOOST_AUTO_TEST_CASE(a_verifier_knows_its_password_alone) {
    test::SeededRandom random;
    const std::string verifier = crypto::password_verifier("密码 1", random, {1024, 1, 1});
    BOOST_TEST(verifier.starts_with("$argon2id$v=19$m=1024,t=1,p=1$"));
    BOOST_TEST(crypto::password_matches("密码 1", verifier));
    BOOST_TEST(!crypto::password_matches("密码 2", verifier));
    BOOST_TEST(!crypto::password_matches("", verifier));
    BOOST_TEST(!crypto::password_matches("密码 1", "$argon2id$broken"));
    BOOST_TEST(!crypto::password_never_matches("密码 1"));
    BOOST_TEST(crypto::password_verifier("a", random).find("m=65536,t=3,p=4") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
