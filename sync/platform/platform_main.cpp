#include "data/os/assets.h"
#include "data/os/files.h"
#include "sync/platform/admin.h"
#include "sync/platform/server.h"

#include <cstdio>
#include <cstdlib>
#include <optional>

namespace {

using namespace wq;

std::string default_platform_home() {
    const char* set = std::getenv("WANGQIAN_PLATFORM_HOME");
    return set ? set : (os::default_home() / "platform").string();
}

// Opened when a command needs it, so that --help and wrong usage touch nothing.
class Platform {
  public:
    std::string home = default_platform_home();

    platform::Registry& registry() {
        if (registry_) return *registry_;
        auto codes = os::load_codes(os::assets_folder());
        if (!codes) throw Fault("the code tables can't be read: " + codes.error().code);
        codes_ = std::move(*codes);
        return registry_.emplace(platform::RegistryOptions{home, &clock_, &random_, &codes_});
    }

  private:
    os::SystemClock clock_;
    crypto::SystemRandom random_;
    domain::Codes codes_;
    std::optional<platform::Registry> registry_;
};

int run(int argc, char** argv) {
    CLI::App program("The reference platform of Wangqian", "wangqian-platform");
    program.require_subcommand(1);
    program.fallthrough();
    Platform here;
    int exit_code = 0, threads = 3;
    std::uint16_t port = 8480;
    std::string address = "127.0.0.1";
    program.add_option("--home", here.home, "Folder of database, keys and pictures");
    CLI::App* serve = program.add_subcommand("serve", "Serve nodes and the public over HTTP");
    serve->add_option("--port", port, "0 takes a free one");
    serve->add_option("--address", address);
    serve->add_option("--threads", threads)->check(CLI::Range(1, 64));
    serve->callback([&] {
        platform::Api api(here.registry());
        platform::Server server(api, address, port);
        std::printf("listening on http://%s:%d\n", address.c_str(), server.port());
        std::fflush(stdout);
        server.run(threads, true);
    });
    platform::add_admin(
        program, [&]() -> platform::Registry& { return here.registry(); }, exit_code);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : 2;
    }
    return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "wangqian-platform: %s\n", fault.what());
        return 3;
    }
}
