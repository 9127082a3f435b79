// The pinproof program: arguments to a subcommand, and its result to an exit code.
#include <cstring>
#include <exception>
#include <string>
#include <variant>
#include <vector>

#include "tools/program/command_line/command_line.h"
#include "tools/program/complaints.h"
#include "tools/program/data_root.h"
#include "tools/program/standard_streams.h"
#include "tools/program/subcommands.h"

namespace pinproof::program {
namespace {

int execute(const std::vector<std::string>& arguments, Streams& streams) {
  const auto parsed = parse_command_line(arguments);
  if (const auto* help = std::get_if<HelpText>(&parsed)) {
    streams.out << help->text;
    return kNothingUnexpected;
  }
  if (const auto* error = std::get_if<UsageError>(&parsed)) return refuse(streams, error->message);
  try {
    return std::visit([&streams](const auto& options) { return run(options, streams); }, std::get<Command>(parsed));
  } catch (const WrongVariable& error) {
    return refuse(streams, error.what());
  } catch (const EnvironmentError& error) {
    return refuse(streams, error.what(), kCouldNotRun);
  } catch (const std::exception& error) {
    // Not foreseen: a full memory, a folder that vanished while it was read. Never a verdict.
    return refuse(streams, std::string("failed: ") + error.what(), kCouldNotRun);
  }
}

}  // namespace
}  // namespace pinproof::program

int main(int count, char** values) {
  using namespace pinproof::program;
  StandardStreams standard;
  const std::vector<std::string> arguments(values + (count > 0 ? 1 : 0), values + count);
  const int code = execute(arguments, standard.streams());
  if (const int error = standard.finish(); error != 0) {
    complain(standard.streams(), std::string("cannot write to standard output: ") + std::strerror(error));
    return code == kNothingUnexpected ? kCouldNotRun : code;
  }
  return code;
}
