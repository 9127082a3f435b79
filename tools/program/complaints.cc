#include "tools/program/complaints.h"

#include "reports/escape.h"

namespace pinproof::program {

void complain(Streams& streams, std::string_view message) {
  streams.err << "pinproof: " << reports::escape(message) << std::endl;  // a line at a time, whole
}

int refuse(Streams& streams, std::string_view message, ExitCode code) {
  complain(streams, message);
  return code;
}

}  // namespace pinproof::program
