// What becomes of a result: printed as a report or as JSON, and turned into an exit code. The same for run, replay and judge.
#pragma once

#include "reports/result.h"
#include "reports/terminal.h"
#include "tools/program/streams.h"

namespace pinproof::program {

void print(const reports::Result& result, bool json, reports::Verbosity verbosity, Streams& streams);

}  // namespace pinproof::program
