// How the program complains: one line on standard error that begins with its name, whatever the words in it came from.
#pragma once

#include <string_view>

#include "tools/program/exit_code.h"
#include "tools/program/streams.h"

namespace pinproof::program {

/// "pinproof: MESSAGE"; what a file or a target put into the message is escaped.
void complain(Streams& streams, std::string_view message);

/// The same, and the code to leave with.
int refuse(Streams& streams, std::string_view message, ExitCode code = kInputError);

}  // namespace pinproof::program
