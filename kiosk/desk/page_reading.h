// What is done with a returned page before anybody asks whose it is: decoded, read, laid straight. Knows no
// store and belongs to no thread, so that a batch reads on all cores (conveyor.h); what follows is
// returning.h's.
#pragma once

#include "kiosk/devices/page_source.h"
#include "pdf/scan/page_reading.h"

#include <optional>
#include <string>
#include <vector>

namespace wq::desk {

struct ReadPage {
    Bytes jpeg;  // what is kept of it: upright, or as it came where it could not be placed
    scan::PageReading reading;
};

// The picture of a page that was read from `picture`.
Bytes kept_picture(const scan::PageReading& reading, const scan::Picture& picture);

struct ReadFile {
    std::string name;
    std::vector<ReadPage> pages;  // those before the first bad one
    std::optional<Refusal> why;   // the source's refusal, or scan::each_picture's of a bad page
};

ReadFile read_file(devices::SourceFile file);

}  // namespace wq::desk
