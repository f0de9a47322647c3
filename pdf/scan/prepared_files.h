// Fonts and tables for a process that may open nothing: what was opened while preparing is opened again from
// here. Takes the place of open and fopen in the program that links it (decode_main.cpp), so that FreeType,
// fontconfig and Poppler need not know. Read only, not for threads.
#pragma once

namespace wq::scan {

// From here on every file that is opened for reading stays at hand.
void start_preparing();
// From here on only those are found; nothing else is asked of the kernel. Each is opened once more first, so
// that this process and its brothers don't move each other's place in the file. False: one can't be.
bool use_prepared_only();

}  // namespace wq::scan
