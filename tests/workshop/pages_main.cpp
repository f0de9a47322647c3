// wq_workshop_pages AGREEMENT.pdf FOLDER: one picture of each kind, to be looked at.
#include "pdf/scan/page_image.h"
#include "pdf/scan/page_reading.h"
#include "tests/workshop/workshop.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

using namespace wq;
using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void make(const std::filesystem::path& folder, const std::string& name, const scan::Picture& picture,
          const Bytes& pdf) {
    const Bytes file = scan::to_jpeg(picture);
    std::ofstream(folder / (name + ".jpg"), std::ios::binary)
        .write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size()));
    auto start = Clock::now();
    const scan::PageReading reading = scan::read_page(scan::read_pictures(file)->at(0));
    std::cout << name << ": codes " << reading.codes.size() << ", " << ms_since(start) << " ms";
    if (reading.placement) {
        std::cout << ", marks " << reading.placement->marks << ", sharp " << reading.quality.sharpness
                  << ", paper " << reading.quality.paper << ", even " << reading.quality.evenness
                  << ", contrast " << reading.quality.contrast << ", px/mm " << reading.quality.resolution
                  << ", seals " << reading.seals.size();
        for (const auto& fault : reading.quality.faults) std::cout << " " << fault;
        start = Clock::now();
        const auto issued = scan::issued_page(pdf, 1);
        const auto changes = issued.and_then([&](const scan::IssuedPage& page) {
            return scan::compare_page(reading, page, {{18, 188, 174, 57}});
        });
        std::cout << ", changes " << (changes ? static_cast<int>(changes->changes.size()) : -1) << ", "
                  << ms_since(start) << " ms";
        const Bytes upright = scan::to_jpeg(reading.upright);
        std::ofstream(folder / (name + "-upright.jpg"), std::ios::binary)
            .write(reinterpret_cast<const char*>(upright.data()),
                   static_cast<std::streamsize>(upright.size()));
    }
    std::cout << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return std::cerr << "usage: wq_workshop_pages AGREEMENT.pdf FOLDER\n", 2;
    std::ifstream in(argv[1], std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const Bytes pdf(text.begin(), text.end());
    const std::filesystem::path folder = argv[2];
    std::filesystem::create_directories(folder);
    scan::Picture page = workshop::printed(pdf, 1);
    make(folder, "printed", page, pdf);
    workshop::press_seal(page, {47, 215}, {.tilt = -8}, 1);
    workshop::sign(page, {78, 200, 50, 30}, 2);
    make(folder, "stamped", page, pdf);
    for (int turns = 0; turns < 4; ++turns)
        make(folder, "scan-" + std::to_string(turns * 90),
             workshop::scanned(page, {1.2 - turns * 0.8, turns}, 3), pdf);
    for (int strength = 1; strength <= 5; ++strength)
        make(folder, "photo-" + std::to_string(strength), workshop::photographed(page, strength, 4), pdf);
    for (std::string_view damage : workshop::damages())
        for (int strength : {1, 3, 5})
            make(folder, std::string(damage) + "-" + std::to_string(strength),
                 workshop::damaged(page, damage, strength, 5), pdf);
}
