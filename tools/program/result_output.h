// What becomes of a result: printed as a report or as JSON, and turned into an exit code. The same for run, replay and judge.
#pragma once

#include <string>

#include "reports/result.h"
#include "reports/terminal.h"
#include "tools/program/streams.h"

namespace pinproof::program {

void print(const reports::Result& result, bool json, reports::Verbosity verbosity, Streams& streams);

/// The command that plays a scenario again. `shipped`: by its id, which anybody has; otherwise by its file.
struct ReplayCommand {
  std::string scenario;
  std::uint64_t seed = 1;
  std::string target = "sim";
  std::string rules;
  std::string deviate;
  std::string readings;
};

/// "pinproof replay helodata/sticky/window-is-capped --seed 7", quoted for a shell where that is needed.
std::string text_of(const ReplayCommand& command);

}  // namespace pinproof::program
