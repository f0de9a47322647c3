// The set of ended papers, and the list around it that anyone may verify by.
#include "data/crypto/hash.h"
#include "data/crypto/random.h"
#include "data/crypto/verification_list.h"

#include <boost/test/unit_test.hpp>

namespace wq::crypto {
namespace {

// Papers that follow from a number.
PaperName paper(int i) {
    const Digest digest = sm3(bytes_of("paper " + std::to_string(i)));
    return {*uuid_from_bytes(ByteView(digest).first(16)), 1 + i % 5};
}

std::vector<PaperName> papers(int count) {
    std::vector<PaperName> all;
    for (int i = 0; i < count; ++i) all.push_back(paper(i));
    return all;
}

VerificationList small_list(const Signer& issuer) {
    return {{{issuer.public_key(), "10001", true, 20000, INT64_MAX}},
            {{"10001", "示例大学"}},
            EndedPapers(papers(3))};
}

BOOST_AUTO_TEST_SUITE(ended_papers)

BOOST_AUTO_TEST_CASE(holds_every_paper_that_was_put_in) {
    for (const int count : {1, 2, 17, 3000}) {
        const EndedPapers ended(papers(count));
        for (const PaperName& one : papers(count)) BOOST_TEST(ended.may_hold(one));
    }
}

BOOST_AUTO_TEST_CASE(takes_hardly_any_other_for_one_of_them) {
    const EndedPapers ended(papers(500));
    int wrong = 0;
    for (int i = 500; i < 20'500; ++i) wrong += ended.may_hold(paper(i));
    BOOST_TEST(wrong <= 1);  // 1 in 2^20 each
}

BOOST_AUTO_TEST_CASE(tells_revisions_of_one_registration_apart) {
    const EndedPapers ended(papers(100));
    PaperName reissued = paper(7);
    ++reissued.revision;
    BOOST_TEST(!ended.may_hold(reissued));
}

BOOST_AUTO_TEST_CASE(an_empty_set_holds_nothing) {
    BOOST_TEST(!EndedPapers().may_hold(paper(1)));
    BOOST_TEST(!EndedPapers(std::vector<PaperName>{}).may_hold(paper(1)));
}

BOOST_AUTO_TEST_CASE(takes_some_22_bits_a_paper) {
    const EndedPapers ended(papers(10'000));
    BOOST_TEST(8 * ended.coded().size() < 22'000 * 10);
}

BOOST_AUTO_TEST_CASE(foreign_bytes_of_another_length_are_no_set) {
    const EndedPapers ended(papers(40));
    BOOST_TEST(EndedPapers::from(40, ended.coded()).has_value());
    BOOST_TEST(!EndedPapers::from(41, ended.coded()));
    BOOST_TEST(!EndedPapers::from(30, ended.coded()));
    BOOST_TEST(!EndedPapers::from(-1, {}));
    BOOST_TEST(!EndedPapers::from(INT64_MAX, ended.coded()));
    BOOST_TEST(!EndedPapers::from(1, Bytes(9, 0xFF)));
}

BOOST_AUTO_TEST_CASE(a_list_reads_as_it_was_written) {
    const FileSigner issuer = FileSigner::generate(Algorithm::sm2);
    const auto read = verification_list_from(encode(small_list(issuer)));
    BOOST_REQUIRE(read.has_value());
    BOOST_TEST((read->keys.at(0).spki == issuer.public_key()));
    BOOST_TEST(read->keys.at(0).until_day == INT64_MAX);
    BOOST_TEST(read->schools.at("10001") == "示例大学");
    BOOST_TEST(read->ended.may_hold(paper(2)));
    BOOST_TEST(verification_list_from(bytes_of("nothing")).error().code == "verification_list_damaged");
}

BOOST_AUTO_TEST_CASE(a_list_with_another_content_or_moment_is_not_signed) {
    const FileSigner platform = FileSigner::generate(Algorithm::sm2);
    const Verifier key = *Verifier::from_spki(platform.public_key());
    const SignedList list = sign(encode(small_list(platform)), {1'800'000'000'000}, platform);
    BOOST_TEST(is_signed_by(list, key));
    SignedList later = list, other = list;
    ++later.as_of.ms;
    other.content.back() ^= 1;
    BOOST_TEST(!is_signed_by(later, key));
    BOOST_TEST(!is_signed_by(other, key));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace wq::crypto
