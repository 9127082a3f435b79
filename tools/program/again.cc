#include "tools/program/again.h"

#include <algorithm>
#include <vector>

#include "sim/core/time.h"

namespace pinproof::program {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_./,:=@+").find(c) != std::string_view::npos;
}

void append(std::string& command, std::string_view option, std::string_view value, std::string_view usual = "") {
  if (value != usual) command += " " + std::string(option) + " " + quoted_for_shell(value);
}

void append(std::string& command, std::string_view option, const std::vector<std::string>& values) {
  for (const std::string& value : values) append(command, option, value);
}

/// The command stays one that can be pasted.
std::string comment_on(const std::vector<std::string>& variables) {
  std::string names;
  for (const std::string& name : variables) names += (names.empty() ? "" : ", ") + name;
  return names.empty() ? "" : "  # in an environment with " + names;
}

}  // namespace

std::string quoted_for_shell(std::string_view text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string text_of(const ReplayCommand& command) {
  std::string text =
      "pinproof replay " + quoted_for_shell(command.scenario) + " --seed " + std::to_string(command.seed);
  append(text, "--target", command.target, "sim");
  append(text, "--rules", command.rules);
  append(text, "--deviate", command.deviate);
  append(text, "--readings", command.readings);
  append(text, "--set", command.set, "core");
  return text + comment_on(command.variables);
}

std::string text_of(const RunOptions& run, std::uint64_t seed, const std::vector<std::string>& variables) {
  std::string text = "pinproof run";
  for (const std::string& path : run.paths) text += " " + quoted_for_shell(path);
  append(text, "--target", run.target, "sim");
  append(text, "--dialect", run.dialect);
  append(text, "--filter", run.filters);
  append(text, "--skip", run.skips);
  append(text, "--rules", run.rules);
  append(text, "--deviate", run.deviate);
  append(text, "--readings", run.readings);
  append(text, "--set", run.set, "core");
  text += " --seed " + std::to_string(seed);
  if (run.time_max != kScenarioTimeMax) text += " --max-time " + sim::format_duration(run.time_max);
  append(text, "--expect", run.expect);
  return text + comment_on(variables);
}

}  // namespace pinproof::program
