// Fonts and tables for a process that may open nothing: what was opened while preparing is opened again from
// here. Takes the place of open and fopen in the program that links it (decode_main.cpp), so that FreeType,
// fontconfig and Poppler need not know. Read only, not for threads.
#pragma once

namespace wq::scan {

// From here on every file that is opened for reading stays at hand.
void start_preparing();
// From here on only those are found; nothing else is asked of the kernel.
void use_prepared_only();

}  // namespace wq::scan
