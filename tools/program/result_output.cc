#include "tools/program/result_output.h"

#include "reports/result_json.h"

namespace pinproof::program {

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

}  // namespace pinproof::program
