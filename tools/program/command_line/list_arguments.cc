#include <memory>

#include "tools/program/command_line/subcommand.h"

namespace pinproof::program {
namespace {

constexpr const char* kExamples =
    "Examples:\n  pinproof list requirements\n  pinproof list scenarios --json\n"
    "  pinproof list deviations\n  pinproof list profiles\n";

std::function<Command()> declare(Arguments& arguments) {
  using What = ListOptions::What;
  const auto options = std::make_shared<ListOptions>();
  const auto what = std::make_shared<std::string>();
  arguments.positional("what", "requirements|scenarios|deviations|profiles", *what, "What to list");
  arguments.flag("--json", options->json, "As JSON");
  return [options, what] {
    if (*what == "requirements") {
      options->what = What::kRequirements;
    } else if (*what == "scenarios") {
      options->what = What::kScenarios;
    } else if (*what == "deviations") {
      options->what = What::kDeviations;
    } else if (*what == "profiles") {
      options->what = What::kProfiles;
    } else {
      refuse_value("list", *what, "requirements, scenarios, deviations or profiles");
    }
    return Command{*options};
  };
}

}  // namespace

Subcommand list_subcommand() {
  return {"list", "List requirements, scenarios, deviations or profiles", kExamples, declare};
}

}  // namespace pinproof::program
