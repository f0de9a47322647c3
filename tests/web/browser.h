// A browser without a screen: keeps cookies, finds a form's token, sends forms. It talks to the real Api and
// no socket.
#pragma once

#include "tests/sync/world.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace wq::web_test {

using Fields = std::vector<std::pair<std::string, std::string>>;

struct Page {
    int status = 0;
    std::string text, media_type;
    protocol::Headers headers;

    bool says(std::string_view words) const { return text.find(words) != std::string::npos; }
    std::string header(std::string_view name) const {
        return std::string(protocol::header_of(headers, name));
    }
    // What stands in the hidden field of this name, the first there is.
    std::string hidden(const std::string& name) const;
};

class Browser {
  public:
    explicit Browser(platform::Api& api, std::string address = "192.0.2.1")
        : api_(&api), address_(std::move(address)) {}

    // Follows no redirection.
    Page get(const std::string& target);
    // With the token of the page at `target`, or of the last page where that has none.
    Page post(const std::string& target, const Fields& fields);
    Page post_raw(const std::string& target, const std::string& body,
                  const std::string& type = "application/x-www-form-urlencoded");
    // A form with files: field, content.
    Page post_files(const std::string& target, const Fields& fields, const Fields& files);
    Page log_in(const std::string& door, const std::string& account, const std::string& password,
                const std::string& school = "");
    std::string cookie(const std::string& name) const;
    void forget_cookies() { cookies_.clear(); }
    const std::string& token() const { return token_; }

  private:
    Page send(protocol::Request request);

    platform::Api* api_;
    std::string address_, token_;
    std::map<std::string, std::string> cookies_;
};

std::string urlencoded(const Fields& fields);

// A platform with two schools that have nodes' data, and somebody of each role.
struct Stage {
    Stage();

    Browser as(domain::Role role);
    // Opens an account for `code`, and approves it where told.
    Fields account_fields(const std::string& code = "91510107MAA31L7A7C") const;
    void open_employer(bool approved);
    // A letter as a picture.
    static std::string picture();
    // An invitation out of the browser of the approved employer; gives its path.
    std::string invited(Browser& employer, int student = 1);

    sync_test::Platform platform;
    sync_test::TestNode node;
};

inline constexpr const char* kEmployer = "91510107MAA31L7A7C";
inline constexpr const char* kEmployerName = "成都云杉示例软件有限公司";
inline constexpr const char* kPassword = "eine lange nacht 7";
inline constexpr const char* kOtherSchool = "10998";

}  // namespace wq::web_test
