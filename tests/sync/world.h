// A platform and nodes in temporary folders, real all through, joined by a network that the tests can
// break. Not for programs: those talk HTTP.
#pragma once

#include "data/store/store.h"
#include "sync/client/enrol.h"
#include "sync/client/sync_step.h"
#include "sync/platform/api.h"
#include "tests/sync/database.h"

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace wq::sync_test {

inline constexpr const char* kSchool = "10999";

class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

const domain::Codes& codes();
domain::Actor office();
std::string exam_number(int student);
domain::Form graduate(int student);
domain::Form good_form();
domain::Paper some_paper(std::int64_t revision = 1);

struct Platform {
    Platform();
    // Closes the register and opens it again, as after a restart.
    void restart();
    // A copy of its database as it is now, and the platform as that copy had it.
    void save(const TemporaryFolder& backup);
    void restore(const TemporaryFolder& backup);

    TemporaryFolder folder;
    TestDatabase database;
    os::SetClock clock;
    crypto::SystemRandom random;
    std::unique_ptr<platform::Registry> registry;
    std::unique_ptr<platform::Api> api;
};

// Calls the api directly. `fault` sees each call's number from 1 and may do something to it.
class LoopTransport final : public client::Transport {
  public:
    enum class Fate {
        arrives,
        request_lost,
        request_caught,  // by a portal that asks to log in, and answers itself
        answer_lost,
        answer_garbled,
        answer_cut,
        times_out,
    };

    explicit LoopTransport(Platform& platform) : platform_(&platform) {}
    Result<protocol::Response> send(const protocol::Request& request) override;

    std::function<Fate(int call, const protocol::Request& request)> fate;
    int calls = 0;

  private:
    Platform* platform_;
};

struct TestNode {
    explicit TestNode(Platform& platform, int number = 0);

    // A campus with its roster, as an office sets it up before it ever meets a platform.
    void set_up(int students);
    client::Connection::World world() { return {&transport, &signer, &clock, &random}; }
    Result<protocol::EnrolAnswer> enrol();
    client::SyncResult sync();
    // A copy of the home's folder as it is now, and this node as that copy had it; pictures are left out.
    void save(const TemporaryFolder& backup);
    void restore(const TemporaryFolder& backup);

    Uuid submitted(int student, const std::string& employer = "成都云杉示例软件有限公司");
    Result<domain::Registration> pass(const Uuid& id);
    Uuid approved(int student, const std::string& employer = "成都云杉示例软件有限公司");
    std::optional<domain::Registration> record(const Uuid& id) { return store->registrations().find(id); }

    void open();                             // the store, anew
    std::unique_ptr<store::Store> opened();  // another one on the same home, as another program has it

    Platform* platform;
    TemporaryFolder folder;
    os::SetClock clock;
    crypto::SystemRandom random;
    crypto::Sealer sealer;
    crypto::FileSigner signer;
    LoopTransport transport;
    std::unique_ptr<store::Store> store;
};

// The node's registration is what the platform's is.
bool are_equal(TestNode& node, const Uuid& id);

}  // namespace wq::sync_test
