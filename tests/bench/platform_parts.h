// The platform bench's larger parts, each run by its name (platform_bench.cpp): what was measured is printed
// as one line or a table; the value is the program's, 0 where everything that was taken is there.
#pragma once

namespace wq::bench {

// What it takes one at a time, then ten times that for so many seconds: how soon others are told to come
// again, when it is back to normal, and whether everything acknowledged is in the feed.
int overload(int seconds, int connections);
// So many page requests a second, a quarter each: the start, a verification, a school's list, one record.
int pages(int rate, int seconds, int records);
// Events in ten equal steps into one register, which only grows.
int growth(int events, int schools);
// The same number of documents of the same size through a CouchDB-style server in node (peers/couch.mjs).
int peer(int events, int batch);

}  // namespace wq::bench
