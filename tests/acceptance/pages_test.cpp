// The platform's pages as a browser without scripts meets them: cookies, forms, tokens, over real sockets.
#include "tests/acceptance/processes.h"

#include <boost/test/unit_test.hpp>

namespace wq::acceptance {
namespace {

constexpr const char* kEmployer = "91510107MAA31L7A7C";

// One visitor: keeps cookies between requests, as curl does.
class Visitor {
  public:
    explicit Visitor(const Platform& platform) : platform_(&platform) {}

    std::string get(const std::string& path) { return curl({platform_->address() + path}); }
    // Sends the form of the page that was shown before, with its token.
    std::string post(const std::string& path, const std::vector<std::string>& fields) {
        return post_with(token_, path, fields);
    }
    std::string post_with(const std::string& token, const std::string& path,
                          const std::vector<std::string>& fields) {
        std::vector<std::string> arguments{"--location", platform_->address() + path, "--data-urlencode",
                                           "token=" + token};
        for (const std::string& field : fields)
            arguments.insert(arguments.end(), {"--data-urlencode", field});
        return curl(arguments);
    }
    std::string log_in(const std::string& door, const std::string& account, const std::string& password,
                       const std::string& school = {}) {
        get(door + "/login");
        return post(door + "/login", {"school=" + school, "account=" + account, "password=" + password});
    }
    int status(const std::string& path) {
        return std::stoi(
            curl({"--output", "/dev/null", "--write-out", "%{http_code}", platform_->address() + path}));
    }

  private:
    std::string curl(std::vector<std::string> arguments) {
        const std::string jar = folder_.path() / "cookies";
        arguments.insert(arguments.begin(), {"curl", "--silent", "--show-error", "--max-time", "30",
                                             "--cookie", jar, "--cookie-jar", jar});
        const std::string page = e2e::run(arguments).out;
        const std::string before = "name=\"token\" value=\"";
        if (const auto at = page.find(before); at != std::string::npos)
            token_ = page.substr(at + before.size(), 64);
        return page;
    }

    const Platform* platform_;
    TemporaryFolder folder_;
    std::string token_;
};

bool says(const std::string& page, std::string_view words) { return page.find(words) != std::string::npos; }

struct Demo : Platform {
    Demo() { command({"admin", "demo"}); }
};

}  // namespace

BOOST_AUTO_TEST_CASE(R45_each_role_enters_by_its_door_and_sees_its_own) {
    const Demo platform;
    Visitor employer(platform), school(platform), province(platform), ministry(platform);
    BOOST_TEST(says(employer.log_in("/e", kEmployer, "wangqian-demo"), "我的协议"));
    BOOST_TEST(says(school.log_in("/s", "school", "wangqian", "99511"), "签约与去向"));
    BOOST_TEST(says(province.log_in("/p", "province", "wangqian-demo"), "学校"));
    BOOST_TEST(says(ministry.log_in("/m", "ministry", "wangqian-demo"), "单位审核"));
    BOOST_TEST(says(school.get("/s/figures"), "落实率"));
    BOOST_TEST(says(school.get("/s/destinations.csv"), "毕业去向类别代码"));
    BOOST_TEST(says(ministry.get("/m/warnings"), "预警"));
    for (const char* path : {"/s", "/s/figures", "/p", "/m", "/s/destinations.csv"})
        BOOST_TEST(employer.status(path) != 200, path);
    BOOST_TEST(school.status("/m") != 200);
}

BOOST_AUTO_TEST_CASE(R45_who_is_not_in_sees_the_public_pages_alone) {
    const Demo platform;
    Visitor nobody(platform);
    BOOST_TEST(says(nobody.get("/"), "毕业生网上签约"));
    BOOST_TEST(says(nobody.get("/V/ABC"), "未能核验"));
    for (const char* path : {"/e", "/s", "/p", "/m", "/e/search", "/s/nodes"})
        BOOST_TEST(nobody.status(path) != 200, path);
    BOOST_TEST(nobody.status("/nothing-here") == 404);
    BOOST_TEST(!says(nobody.log_in("/e", kEmployer, "wrong-password"), "我的协议"));
    BOOST_TEST(says(nobody.log_in("/s", "school", "wrong-password", "99511"), "密码"));
}

// The demo's passwords stand in the guides.
BOOST_AUTO_TEST_CASE(R45_no_platform_in_use_gets_the_demos_accounts) {
    acceptance::Platform platform;
    platform.command({"admin", "school", "10999", "示例大学"});
    BOOST_TEST(platform.refusal({"admin", "demo"}) == "platform_in_use");
    BOOST_TEST(platform.refusal({"admin", "account", "province", "li"}) == "province_missing");
    BOOST_TEST(platform.refusal({"admin", "account", "ministry", "li", "--province", "51"}) ==
               "province_missing");
}

BOOST_AUTO_TEST_CASE(R45_a_form_without_its_token_does_nothing) {
    const Demo platform;
    Visitor school(platform);
    school.log_in("/s", "school", "wangqian", "99511");
    const std::size_t nodes = school.get("/s/nodes").size();
    // Somebody else's page makes the browser send it: the session's cookie is there, the token is not.
    BOOST_TEST(!says(school.post_with("0", "/s/nodes", {}), "99511-"));
    BOOST_TEST(!says(school.post_with(std::string(64, '0'), "/s/nodes", {}), "99511-"));
    BOOST_TEST(school.get("/s/nodes").size() == nodes);
    BOOST_TEST(says(school.post("/s/nodes", {}), "99511-"));
}

}  // namespace wq::acceptance
