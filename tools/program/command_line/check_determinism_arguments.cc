#include <memory>

#include "tools/program/command_line/common_arguments.h"
#include "tools/program/command_line/subcommand.h"

namespace pinproof::program {
namespace {

constexpr const char* kExamples =
    "Plays a mixed workload and every shipped scenario twice, the second time with the heap laid out otherwise. Exits "
    "1 "
    "and\nshows the first event that differs, if one does.\n\nExamples:\n  pinproof check-determinism\n"
    "  pinproof check-determinism --seed 42 --dialect crawlera\n";

std::function<Command()> declare(Arguments& arguments) {
  const auto options = std::make_shared<CheckDeterminismOptions>();
  add_seed(arguments, [options](std::uint64_t seed) { options->seed = seed; });
  add_dialect(arguments, options->dialect);
  return [options] { return Command{*options}; };
}

}  // namespace

Subcommand check_determinism_subcommand() {
  return {"check-determinism", "Run the simulated world twice and compare every event", kExamples, declare};
}

}  // namespace pinproof::program
