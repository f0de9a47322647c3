// What is done with a returned page before anybody asks whose it is: decoded, read, laid straight. Knows no
// store and belongs to no thread, so that a batch reads on all cores (conveyor.h); what follows is
// returning.h's.
#pragma once

#include "kiosk/devices/page_source.h"
#include "pdf/scan/page_reading.h"

#include <string>
#include <vector>

namespace wq::desk {

struct ReadPage {
    scan::Picture picture;  // as it came
    scan::PageReading reading;
};

struct ReadFile {
    std::string name;
    Result<std::vector<ReadPage>> pages;  // refused: the source's refusal, or scan::read_pictures'
};

ReadFile read_file(devices::SourceFile file);

}  // namespace wq::desk
