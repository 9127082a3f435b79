// Writes a history as JSON Lines: the header, then a record a line, keys in a fixed order, times as integer nanoseconds since the
// history's instant zero, fields that say nothing left out. Equal histories are equal bytes. record_reader.h reads the lines back.
#pragma once

#include <ostream>
#include <string>

#include "conformance/history/history_sink.h"

namespace pinproof::conformance {

/// One line each, with its line feed.
std::string header_line(const HistoryHeader& header);
std::string record_line(const Record& record);

/// Each line goes to `out` as it comes, so that a crash loses no more than the last one.
class HistoryWriter final : public HistorySink {
 public:
  explicit HistoryWriter(std::ostream& out) : out_(&out) {}
  void header(const HistoryHeader& header) override { *out_ << header_line(header); }
  void record(const Record& record) override { *out_ << record_line(record); }

 private:
  std::ostream* out_;
};

/// The whole file as text.
std::string history_text(const History& history);

}  // namespace pinproof::conformance
