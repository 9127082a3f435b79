// One line of a history, behind its header, to what it says. Shape only: what one line can be wrong about; history_reader.h sees the lines together.
//
// The judge's speed hangs on this. A line is read flat (flat_json.h) into records that keep their memory from line to line; one that
// cannot be read so is read again with care, which either succeeds all the same or says what is wrong. Both ways go through one function a
// kind of record, so that they cannot differ in what they ask for.
#pragma once

#include <array>
#include <string_view>
#include <variant>

#include "conformance/history/flat_json.h"
#include "conformance/history/history.h"
#include "sim/core/input_error.h"

namespace pinproof::conformance {

class RecordReader {
 public:
  RecordReader();

  /// The record that `line` says, valid until the next call; or null, and error() says what is wrong with the line.
  const Record* read(std::string_view line);

  /// Its file is empty: the caller knows it, and the number of the line.
  const sim::InputError& error() const { return error_; }

  /// The same by the careful reader alone: what read() must never differ from.
  const Record* read_with_care(std::string_view line);

 private:
  const Record* read_flat(std::string_view line);

  FlatJson flat_;
  std::array<Record, std::variant_size_v<Record>> records_;  // one of each kind, to be filled again and again
  sim::InputError error_;
};

}  // namespace pinproof::conformance
