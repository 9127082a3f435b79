#include <memory>

#include "tools/program/command_line/subcommand.h"

namespace pinproof::program {
namespace {

constexpr const char* kExamples =
    "Examples:\n  pinproof validate my-scenario.json\n  pinproof validate scenarios/helodata/*/*.json\n";

std::function<Command()> declare(Arguments& arguments) {
  const auto options = std::make_shared<ValidateOptions>();
  arguments.positionals("files", "FILE", options->files, "Files to check; what kind each is shows in its keys");
  return [options] { return Command{*options}; };
}

}  // namespace

Subcommand validate_subcommand() {
  return {"validate", "Check files: scenarios, rules, readings, deviations, profiles, ledgers, histories, results",
          kExamples, declare};
}

}  // namespace pinproof::program
