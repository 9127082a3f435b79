// Arguments to options. One file a subcommand beside this one.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "tools/program/options.h"

namespace pinproof::program {

/// --help: what to print on standard output, and then exit with kNothingUnexpected.
struct HelpText {
  std::string text;
};

/// What was wrong, in one line, for standard error; then exit with kInputError.
struct UsageError {
  std::string message;
};

/// `arguments` without the program's name.
std::variant<Command, HelpText, UsageError> parse_command_line(const std::vector<std::string>& arguments);

}  // namespace pinproof::program
