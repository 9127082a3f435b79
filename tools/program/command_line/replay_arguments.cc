#include <memory>

#include "tools/program/command_line/common_arguments.h"
#include "tools/program/command_line/subcommand.h"

namespace pinproof::program {
namespace {

constexpr const char* kExamples =
    "Examples:\n  pinproof replay counterexample.json\n"
    "  pinproof replay helodata/sticky/window-is-capped --seed 7\n";

std::function<Command()> declare(Arguments& arguments) {
  const auto options = std::make_shared<ReplayOptions>();
  arguments.positional("scenario", "FILE|ID", options->scenario, "A scenario file, or the id of one that is shipped");
  add_target(arguments, options->target, options->time_max);
  add_seed(arguments, [options](std::uint64_t seed) { options->seed = seed; });
  arguments.text("--rules", "FILE", options->rules, "Rules of the gateway under test");
  add_deviate(arguments, options->deviate);
  add_readings(arguments, options->readings);
  add_judging(arguments, options->set, options->strict, options->json);
  return [options] {
    exclude_each_other(options->rules, options->deviate);
    return Command{*options};
  };
}

}  // namespace

Subcommand replay_subcommand() { return {"replay", "Play one scenario and show every exchange", kExamples, declare}; }

}  // namespace pinproof::program
