#include <memory>

#include "tools/program/command_line/subcommand.h"

namespace pinproof::program {
namespace {

constexpr const char* kExamples =
    "Examples:\n  pinproof explain H-STK-6\n  pinproof explain over_cap\n  pinproof explain inconclusive\n"
    "  pinproof explain helodata/sticky/window-is-capped\n  pinproof explain helodata-cap-of-31\n";

std::function<Command()> declare(Arguments& arguments) {
  const auto options = std::make_shared<ExplainOptions>();
  arguments.positional("id", "ID", options->id,
                       "The id of a requirement, a scenario or a deviation, the name of a reading, or a verdict word");
  return [options] { return Command{*options}; };
}

}  // namespace

Subcommand explain_subcommand() {
  return {"explain", "Explain a requirement, a scenario, a deviation, a reading or a verdict word", kExamples, declare};
}

}  // namespace pinproof::program
