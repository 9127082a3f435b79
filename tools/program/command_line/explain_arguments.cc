#include <memory>

#include "tools/program/command_line/subcommand.h"

namespace pinproof::program {
namespace {

constexpr const char* kExamples =
    "Examples:\n  pinproof explain H-STK-6\n  pinproof explain over_cap\n  pinproof explain inconclusive\n"
    "  pinproof explain helodata/sticky/window-is-capped\n  pinproof explain helodata-cap-of-31\n";

std::function<Command()> declare(Arguments& arguments) {
  const auto options = std::make_shared<ExplainOptions>();
  arguments.positionals("id", "ID", options->ids,
                        "Ids of requirements, scenarios or deviations, names of readings, or verdict words");
  return [options] { return Command{*options}; };
}

}  // namespace

Subcommand explain_subcommand() {
  return {"explain", "Explain requirements, scenarios, deviations, readings or verdict words", kExamples, declare};
}

}  // namespace pinproof::program
