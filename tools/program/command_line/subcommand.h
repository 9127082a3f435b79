// A subcommand as the command line knows it: one file each, and one line in command_line.cc's list. What it then does stands in
// tools/program/subcommands.h.
#pragma once

#include <functional>
#include <string>

#include "tools/program/command_line/arguments.h"
#include "tools/program/options.h"

namespace pinproof::program {

struct Subcommand {
  std::string name;
  std::string help;      // one line, for the list
  std::string examples;  // the end of its own --help
  /// Declares its arguments, and gives what makes the command of them once they are parsed; that may throw BadValue, for options
  /// that exclude each other.
  std::function<std::function<Command()>(Arguments&)> declare;
};

Subcommand check_determinism_subcommand();
Subcommand deviations_subcommand();
Subcommand explain_subcommand();
Subcommand explore_subcommand();
Subcommand judge_subcommand();
Subcommand lab_subcommand();
Subcommand list_subcommand();
Subcommand replay_subcommand();
Subcommand report_subcommand();
Subcommand run_subcommand();
Subcommand validate_subcommand();

}  // namespace pinproof::program
