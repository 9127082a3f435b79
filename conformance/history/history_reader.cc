#include "conformance/history/history_reader.h"

#include <utility>
#include <variant>

#include "conformance/history/consistency.h"
#include "conformance/history/record_reader.h"

namespace pinproof::conformance {
namespace {

/// The lines of a stream, numbered from 1.
class Lines {
 public:
  explicit Lines(std::istream& in) : in_(&in) {}

  bool next() {
    line_.clear();
    if (!std::getline(*in_, line_)) return false;
    ++number_;
    ended_ = !in_->eof();
    return true;
  }

  const std::string& line() const { return line_; }
  std::uint64_t number() const { return number_; }
  bool ended() const { return ended_; }  // with a line feed

 private:
  std::istream* in_;
  std::string line_;
  std::uint64_t number_ = 0;
  bool ended_ = false;
};

std::string where(const std::string& file, std::uint64_t line) { return file + ":" + std::to_string(line); }

sim::InputError too_long(const std::string& file, std::uint64_t line) {
  return {where(file, line), "", "a longer line", "a line of at most " + std::to_string(kHistoryLineMax) + " bytes"};
}

}  // namespace

HistoryRead read_history(const std::string& file, std::istream& in, HistorySink& sink) {
  HistoryRead read;
  Lines lines(in);
  if (!lines.next()) {
    read.error = sim::InputError{where(file, 1), "", "nothing", "the header of a history"};
    return read;
  }
  auto header = read_header_line(where(file, 1), lines.line());
  if (auto* const error = std::get_if<sim::InputError>(&header)) {
    read.error = std::move(*error);
    return read;
  }
  sink.header(std::get<HistoryHeader>(header));

  HistoryConsistency consistency;
  while (lines.next()) {
    if (lines.line().size() > kHistoryLineMax) {
      read.error = too_long(file, lines.number());
      return read;
    }
    auto record = read_record_line(where(file, lines.number()), lines.line());
    if (auto* const error = std::get_if<sim::InputError>(&record)) {
      if (lines.ended()) read.error = std::move(*error);
      return read;
    }
    if (const auto wrong = consistency.add(std::get<Record>(record), lines.number())) {
      read.error = sim::InputError{where(file, lines.number()), wrong->pointer, wrong->found, wrong->expected};
      return read;
    }
    sink.record(std::get<Record>(record));
    ++read.records;
  }
  if (const auto wrong = consistency.conclude()) {
    read.error = sim::InputError{where(file, wrong->line), wrong->pointer, wrong->found, wrong->expected};
    return read;
  }
  read.complete = true;
  return read;
}

}  // namespace pinproof::conformance
