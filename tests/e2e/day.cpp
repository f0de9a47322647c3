// The day, played through the real windows with real mouse and key events on virtual displays, the real
// database, real paper and the real wire: the signing of one student, every other flow, then a tour of what
// the guides show. Leaves in --out: agreement.pdf, the pages as they came back, screens/*.png, and
// report.json with every step and its time. With --pictures ROOT, those that README.md and the guides show
// are written there.
#include "data/os/files.h"
#include "pdf/scan/page_image.h"
#include "tests/e2e/flows.h"
#include "tests/e2e/signing.h"
#include "tests/e2e/tour.h"
#include "tests/workshop/workshop.h"

#include <iostream>
#include <map>
#include <regex>
#include <set>

namespace {

using namespace wq;
namespace fs = std::filesystem;

enum class Stories { all, signing_with_kills, flows, tour };

int play(const fs::path& out, Stories stories) {
    e2e::Stage stage(out);
    try {
        stage.step("campus and platform are set up", [&] { stage.set_up(); });
        const bool all = stories == Stories::all, kills = stories == Stories::signing_with_kills;
        if (all || kills) e2e::play_signing(stage, kills);
        if (all || stories == Stories::flows) e2e::play_flows(stage);
        if (all || stories == Stories::tour) e2e::play_tour(stage);
        stage.end("");
        return 0;
    } catch (const std::exception& fault) {
        stage.end(fault.what());
        return 1;
    }
}

constexpr int kUprightWidth = 440, kWideWidth = 900;  // of the pictures, in pixels

// The names of the pictures in `folder` that a text shows.
std::set<std::string> pictures_in(const fs::path& file, const std::string& folder) {
    std::set<std::string> names;
    const std::string text = os::read_text(file).value();
    const std::regex shown(folder + R"(/([a-z0-9-]+)\.png)");
    for (std::sregex_iterator at(text.begin(), text.end(), shown), end; at != end; ++at)
        names.insert((*at)[1]);
    return names;
}

// The screen of that name, or the paper that was printed.
scan::Picture picture_named(const fs::path& out, const std::string& name) {
    if (name == "agreement") return workshop::printed(*os::read_file(out / "agreement.pdf"), 1, 150);
    for (const auto& entry : fs::directory_iterator(out / "screens"))
        if (const std::string file = entry.path().filename().string();
            file.substr(file.find('-') + 1) == name + ".png")
            return scan::read_pictures(*os::read_file(entry.path()))->at(0);
    throw Fault("no screen of the day is called " + name);
}

void write_pictures(const fs::path& out, const std::set<std::string>& names, const fs::path& folder) {
    fs::create_directories(folder);
    for (const std::string& name : names) {
        const scan::Picture picture = picture_named(out, name);
        const int width = picture.width < picture.height ? kUprightWidth : kWideWidth;
        if (!os::write_file(folder / (name + ".png"),
                            workshop::to_small_png(workshop::reduced(picture, width))))
            throw Fault("can't write " + name);
    }
}

void write_pictures(const fs::path& out, const fs::path& root) {
    std::set<std::string> names = pictures_in(root / "README.md", "assets/screens");
    names.insert("agreement");  // that the stories put on the scanner
    write_pictures(out, names, root / "assets/screens");
    names.clear();
    for (const auto& entry : fs::directory_iterator(root / "assets/guides"))
        if (entry.path().extension() == ".md") names.merge(pictures_in(entry.path(), "pictures"));
    write_pictures(out, names, root / "assets/guides/pictures");
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> given(argv + 1, argv + argc);
    const std::string option = given.size() > 2 ? given[2] : "";
    const bool pictures = given.size() == 4 && option == "--pictures";
    const std::map<std::string, Stories> some{
        {"--kill", Stories::signing_with_kills}, {"--flows", Stories::flows}, {"--tour", Stories::tour}};
    const bool known = given.size() == 2 || pictures || (given.size() == 3 && some.contains(option));
    if (!known || given[0] != "--out")
        return std::cerr
                   << "usage: wangqian-day --out FOLDER [--kill | --flows | --tour | --pictures ROOT]\n",
               2;
    const int result = play(fs::absolute(given[1]), some.contains(option) ? some.at(option) : Stories::all);
    std::cout << (result == 0 ? "the day is done: " : "the day is not done: ") << given[1] << "/report.json"
              << std::endl;
    if (result == 0 && pictures) write_pictures(given[1], given[3]);
    return result;
}
