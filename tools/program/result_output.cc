#include "tools/program/result_output.h"

#include <algorithm>

#include "reports/result_json.h"

namespace pinproof::program {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-_./,:=@+").find(c) != std::string_view::npos;
}

std::string quoted_for_shell(const std::string& text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

void print(const reports::Result& result, bool json, reports::Verbosity verbosity, Streams& streams) {
  if (json) {
    streams.out << reports::to_json(result);
    return;
  }
  reports::TerminalReportOptions options;
  options.page = {streams.colour, streams.width};
  options.verbosity = verbosity;
  streams.out << reports::render_terminal(result, options);
}

std::string text_of(const ReplayCommand& command) {
  std::string text =
      "pinproof replay " + quoted_for_shell(command.scenario) + " --seed " + std::to_string(command.seed);
  if (command.target != "sim") text += " --target " + quoted_for_shell(command.target);
  if (!command.rules.empty()) text += " --rules " + quoted_for_shell(command.rules);
  if (!command.deviate.empty()) text += " --deviate " + quoted_for_shell(command.deviate);
  if (!command.readings.empty()) text += " --readings " + quoted_for_shell(command.readings);
  return text;
}

}  // namespace pinproof::program
