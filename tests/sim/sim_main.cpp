// wangqian-sim: any number of schedules of the simulated school, in several processes; what breaks is told
// with its story and the command that plays it again.
#include "tests/sim/runs.h"

int main(int count, char** words) { return wq::sim::main_of(count, words); }
