// Uploaded forms as browsers send them, and as nobody should.
#include "sync/platform/multipart.h"

#include <boost/test/unit_test.hpp>

using namespace wq;
using platform::form_parts;

namespace {

constexpr const char* kType = "multipart/form-data; boundary=\"x y\"";

std::string text_in(ByteView bytes) { return {bytes.begin(), bytes.end()}; }

std::string body_of(const std::string& parts) { return parts + "--x y--\r\n"; }

std::string part_of(const std::string& head, const std::string& content) {
    return "--x y\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(multipart)

BOOST_AUTO_TEST_CASE(parts_come_with_their_names_and_bytes) {
    const std::string body =
        body_of(part_of("name=\"pages\"; filename=\"第1页.jpg\"", "\xff\xd8\r\n--x\r\n") +
                part_of("name=anyway", "yes"));
    const auto parts = form_parts(kType, bytes_of(body));
    BOOST_REQUIRE(parts.has_value());
    BOOST_REQUIRE(parts->size() == 2u);
    BOOST_TEST((*parts)[0].name == "pages");
    BOOST_TEST((*parts)[0].file_name == "第1页.jpg");
    BOOST_TEST(text_in((*parts)[0].content) == "\xff\xd8\r\n--x\r\n");
    BOOST_TEST((*parts)[1].name == "anyway");
    BOOST_TEST(text_in((*parts)[1].content) == "yes");
}

BOOST_AUTO_TEST_CASE(within_quotes_a_semicolon_is_text) {
    const auto named = [](const std::string& head) {
        const std::string body = body_of(part_of(head, "1"));
        const auto parts = form_parts(kType, bytes_of(body));
        return parts && parts->size() == 1u ? parts->front().file_name : "none";
    };
    BOOST_TEST(named("name=a; filename=\"a;b.jpg\"") == "a;b.jpg");
    BOOST_TEST(named("filename=\"x; name=y\"; name=a") == "x; name=y");
    BOOST_TEST(named("name=a; filename=\"a\\\"b\\\\.jpg\"") == "a\"b\\.jpg");
    BOOST_TEST(named("name=a; filename=\"a\\b.jpg\"") == "a\\b.jpg");
    BOOST_TEST(named("name=a; filename=\"open;") == "\"open;");
}

BOOST_AUTO_TEST_CASE(what_is_cut_off_or_none_is_nothing) {
    const std::string body = body_of(part_of("name=a", "1"));
    BOOST_TEST(form_parts(kType, bytes_of(body)).has_value());
    for (std::size_t length = 0; length < body.size() - 4; ++length)
        BOOST_TEST(!form_parts(kType, bytes_of(body).first(length)));
    BOOST_TEST(!form_parts("application/json", bytes_of(body)));
    BOOST_TEST(!form_parts("multipart/form-data", bytes_of(body)));
    BOOST_TEST(!form_parts("multipart/form-data; boundary=" + std::string(71, 'a'), bytes_of(body)));
}

BOOST_AUTO_TEST_CASE(a_part_without_a_name_is_left_out_and_an_empty_one_is_empty) {
    const std::string body = body_of(part_of("filename=b", "lost") + part_of("name=c", ""));
    const auto parts = form_parts(kType, bytes_of(body));
    BOOST_REQUIRE(parts.has_value());
    BOOST_REQUIRE(parts->size() == 1u);
    BOOST_TEST((*parts)[0].content.empty());
}

BOOST_AUTO_TEST_CASE(too_many_parts_are_none) {
    std::string many;
    for (std::size_t i = 0; i < platform::kMostFormParts; ++i) many += part_of("name=a", "1");
    const std::string most = body_of(many), more = body_of(many + part_of("name=a", "1"));
    BOOST_TEST(form_parts(kType, bytes_of(most)).has_value());
    BOOST_TEST(!form_parts(kType, bytes_of(more)));
}

BOOST_AUTO_TEST_SUITE_END()
