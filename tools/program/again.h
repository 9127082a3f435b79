// The commands that do something again, as reports print them: for a shell, and for anybody who has the program.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tools/program/options.h"

namespace pinproof::program {

/// In quotes where a shell would see more in it than a word.
std::string quoted_for_shell(std::string_view text);

/// The command that plays a scenario again: by its id where it is shipped, which anybody has; otherwise by its file.
struct ReplayCommand {
  std::string scenario;
  std::uint64_t seed = 1;
  std::string target = "sim";
  std::string rules;
  std::string deviate;
  std::string readings;
  std::string set = "core";                 // which requirements decide
  std::vector<std::string> variables = {};  // of the environment, that have to be set
};

/// "pinproof replay helodata/sticky/window-is-capped --seed 7". Variables are named in a comment: their values may be secrets.
std::string text_of(const ReplayCommand& command);

/// "pinproof run --target acme.json --seed 7": all that decides what comes out, and not where it went.
std::string text_of(const RunOptions& run, std::uint64_t seed, const std::vector<std::string>& variables = {});

}  // namespace pinproof::program
