// The programs as people run them: a demo campus that only commands touch, and a platform as a process of its
// own.
#pragma once

#include "tests/acceptance/campus.h"
#include "tests/e2e/process.h"
#include "tests/sync/database.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace wq::acceptance {

inline constexpr const char* kSchool = "99510";
// The first demo employer that good_form() names.
std::string employer_of(const domain::Form& form);

// wangqian-platform on a free port that stays the same over restarts.
class Platform {
  public:
    Platform();

    void start();
    void kill() { server_->kill(); }
    // Starts anew with a certificate that nobody else knows; gives its file.
    std::string speak_tls();

    std::string address() const {
        return (tls_.empty() ? "http" : "https") + ("://127.0.0.1:" + std::to_string(port_));
    }
    std::string code(const std::string& school = kSchool);
    std::size_t events(const std::string& school = kSchool);
    // `wangqian-platform admin …`; must succeed.
    std::string command(std::vector<std::string> arguments);
    // The same; gives the code that it is refused with, or nothing. It must be told in both languages.
    std::string refusal(std::vector<std::string> arguments);
    // An employer's act; gives the registration's id.
    std::string act(const std::string& credit_code, std::vector<std::string> arguments);

    std::string home() const { return (folder_.path() / "platform").string(); }

  private:
    // The program on its home, and on its database where the tests stand on a server.
    std::vector<std::string> program(std::vector<std::string> arguments) const;
    e2e::Ran tried(std::vector<std::string> arguments);

    TemporaryFolder folder_;
    sync_test::TestDatabase database_;
    int port_ = 0;
    std::vector<std::string> tls_;  // options
    std::unique_ptr<e2e::Process> server_;
};

// A demo campus that only commands touch; or an empty folder, to join another's.
struct Commands {
    explicit Commands(bool demo = true) {
        if (demo) run("init --demo");
    }

    Ran tried(const std::string& arguments) const { return run_wangqian(folder.path() / "home", arguments); }
    std::string run(const std::string& arguments) const;
    nlohmann::json told(const std::string& arguments) const {
        return nlohmann::json::parse(run("--json " + arguments));
    }
    // The code of the refusal.
    std::string refusal(const std::string& arguments) const;
    std::string state(const std::string& id) const { return told("show " + id)["state"]; }

    void join(Platform& platform) const { run("join " + platform.address() + " " + platform.code()); }
    // good_form() or another, as a file.
    std::string form(const domain::Form& fields = DemoCampus::good_form()) const;
    // A picture that is none of ours, as a file.
    std::string picture() const;

    std::string approved() const;
    // Page `number` of the agreement as it comes back, in a file.
    std::filesystem::path returned(const std::string& id, int number) const;
    // Signed on paper, returned and passed.
    std::string effective() const;

    TemporaryFolder folder;
    const std::string student = std::string("student:") + kFirstExamNumber;
};

}  // namespace wq::acceptance
