// Reads a history as a stream: header and records to a sink, line by line, so that a file of any length can be judged. What a line
// says is checked, and what lines say together: ids are unique, time does not run backwards, expectations speak of records above,
// and what upstreams and origin saw belongs to an observation.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>

#include "conformance/catalogue/catalogue.h"
#include "conformance/history/history_sink.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

struct HistoryRead {
  bool complete = false;      // false: the last line was cut off (a crash), or something was wrong
  std::uint64_t records = 0;  // handed to the sink
  std::optional<sim::InputError>
      error;  // the first thing wrong; its file is "FILE:LINE". The sink has all that came before
};

/// One line at most; a longer one is a mistake or an attack. A listing of 5,000 sessions is a megabyte.
inline constexpr std::size_t kHistoryLineMax = 16U << 20U;

/// A last line without its line feed that cannot be read is a crash's, which is tolerated and said: `complete` is false.
///
/// With a catalogue, requirements, readings and their values that it does not know are errors, and what the header leaves out of readings
/// and promised numbers is as the catalogue has it. Without one (in tests) they are taken as they are.
HistoryRead read_history(const std::string& file, std::istream& in, HistorySink& sink,
                         const Catalogue* catalogue = nullptr);

}  // namespace pinproof::conformance
