// The day, played through the real windows with real mouse and key events on virtual displays, the real
// database, real paper and the real wire: the signing of one student, then every other flow. Leaves in --out:
// agreement.pdf, the pages as they came back, screens/*.png, and report.json with every step and its time.
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/e2e/flows.h"
#include "tests/e2e/signing.h"
#include "tests/workshop/workshop.h"

#include <iostream>

namespace {

using namespace wq;
namespace fs = std::filesystem;

enum class Stories { all, signing_with_kills, flows };

int play(const fs::path& out, Stories stories) {
    e2e::Stage stage(out);
    try {
        stage.step("campus and platform are set up", [&] { stage.set_up(); });
        if (stories != Stories::flows) e2e::play_signing(stage, stories == Stories::signing_with_kills);
        if (stories != Stories::signing_with_kills) e2e::play_flows(stage);
        stage.end("");
        return 0;
    } catch (const std::exception& fault) {
        stage.end(fault.what());
        return 1;
    }
}

// The README's pictures, a third of their size.
void write_readme_pictures(const fs::path& out, const fs::path& folder) {
    fs::create_directories(folder);
    const auto write = [&](const std::string& name, const scan::Picture& picture) {
        if (!os::write_file(folder / name, workshop::to_png(workshop::reduced(picture, 3))))
            throw Fault("can't write " + name);
    };
    for (const char* name : {"welcome", "form-1-search", "home-approved", "scan-done", "desk-review-return"})
        for (const auto& entry : fs::directory_iterator(out / "screens")) {
            const std::string file = entry.path().filename().string();
            if (file.substr(3) == name + std::string(".png"))
                write(file.substr(3), scan::read_pictures(*os::read_file(entry.path()))->at(0));
        }
    write("agreement.png", workshop::printed(*os::read_file(out / "agreement.pdf"), 1, 150));
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> given(argv + 1, argv + argc);
    const bool readme = given.size() == 4 && given[2] == "--readme";
    const bool kills = given.size() == 3 && given[2] == "--kill";
    const bool flows = given.size() == 3 && given[2] == "--flows";
    if ((given.size() != 2 && !readme && !kills && !flows) || given[0] != "--out")
        return std::cerr << "usage: wangqian-day --out FOLDER [--kill | --flows | --readme FOLDER]\n", 2;
    const int result = play(fs::absolute(given[1]), kills   ? Stories::signing_with_kills
                                                    : flows ? Stories::flows
                                                            : Stories::all);
    std::cout << (result == 0 ? "the day is done: " : "the day is not done: ") << given[1] << "/report.json"
              << std::endl;
    if (result == 0 && readme) write_readme_pictures(given[1], given[3]);
    return result;
}
