#include <memory>

#include "tools/program/command_line/common_arguments.h"
#include "tools/program/command_line/subcommand.h"

namespace pinproof::program {
namespace {

constexpr const char* kExamples = "Examples:\n  pinproof judge results/histories/helodata.sticky.holds.jsonl\n";

std::function<Command()> declare(Arguments& arguments) {
  const auto options = std::make_shared<JudgeOptions>();
  arguments.positional("history", "HISTORY.jsonl", options->history, "A history, as JSON Lines");
  add_judging(arguments, options->set, options->strict, options->json);
  return [options] { return Command{*options}; };
}

}  // namespace

Subcommand judge_subcommand() {
  return {"judge", "Rule on a recorded history, with no target at all", kExamples, declare};
}

}  // namespace pinproof::program
