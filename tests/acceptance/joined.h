// A demo campus on a platform, where its first demo employer has an approved account and acts: what stories
// of two sides begin with.
#pragma once

#include "tests/acceptance/processes.h"
#include "tests/e2e/employer.h"

namespace wq::acceptance {

struct Joined : Commands {
    Joined() {
        join(platform);
        e2e::approve_employer([&](auto arguments) { return platform.command(std::move(arguments)); },
                              folder.path(), DemoCampus::good_form());
        run("confirm --as " + student);
        sync();
    }
    void sync() const { run("sync --once"); }
    std::string invite() {
        const std::string id =
            platform.act(employer, {"invite", "--student", kFirstExamNumber, "--form", form()});
        sync();
        return id;
    }
    void employer_does(const std::string& action, const std::string& id) {
        platform.act(employer, {action, "--registration", id, "--reason", "双方协商"});
        sync();
    }
    std::string there(const std::string& id) {
        return nlohmann::json::parse(platform.command({"admin", "show", "--json", id}))["state"];
    }

    const std::string employer = employer_of(DemoCampus::good_form());
    Platform platform;
};

}  // namespace wq::acceptance
