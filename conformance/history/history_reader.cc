#include "conformance/history/history_reader.h"

#include <utility>
#include <variant>

#include "conformance/history/consistency.h"
#include "conformance/history/header_reader.h"
#include "conformance/history/line_reader.h"
#include "conformance/history/record_reader.h"
#include "sim/core/json_reader.h"

namespace pinproof::conformance {
namespace {

std::string where(const std::string& file, std::uint64_t line) { return file + ":" + std::to_string(line); }

sim::InputError error_of(const std::string& file, const Inconsistency& wrong) {
  return {where(file, wrong.line), wrong.pointer, wrong.found, wrong.expected};
}

sim::InputError too_long(const std::string& file, std::uint64_t line) {
  return {where(file, line), "", "a longer line", "a line of at most " + std::to_string(kHistoryLineMax) + " bytes"};
}

std::optional<Inconsistency> unknown_requirement(const Record& record, const Catalogue* catalogue, std::uint64_t line) {
  const auto* const expected = std::get_if<Expected>(&record);
  if (catalogue == nullptr || expected == nullptr) return std::nullopt;
  const std::string& id = expected->expectation.requirement;
  if (id.empty() || catalogue->find(id) != nullptr) return std::nullopt;
  return Inconsistency{line, "/expectation/requirement", sim::in_quotes(id), a_requirement_of(*catalogue, id)};
}

/// Header and records to the sink, until something is wrong or the file is over.
std::optional<sim::InputError> read_lines(const std::string& file, std::istream& in, HistorySink& sink,
                                          const Catalogue* catalogue, HistoryRead& read) {
  LineReader lines(in, kHistoryLineMax);
  if (!lines.next()) return sim::InputError{where(file, 1), "", "nothing", "the header of a history"};
  if (lines.too_long()) return too_long(file, 1);
  auto header = read_header_line(where(file, 1), lines.line(), catalogue);
  if (auto* const error = std::get_if<sim::InputError>(&header)) return std::move(*error);
  sink.header(std::get<HistoryHeader>(header));

  RecordReader reader;
  HistoryConsistency consistency;
  while (lines.next()) {
    if (lines.too_long()) return too_long(file, lines.number());
    const Record* const record = reader.read(lines.line());
    if (record == nullptr) {
      if (!lines.ended()) return std::nullopt;  // a crash's
      sim::InputError error = reader.error();
      error.file = where(file, lines.number());
      return error;
    }
    if (const auto wrong = unknown_requirement(*record, catalogue, lines.number())) return error_of(file, *wrong);
    if (const auto wrong = consistency.add(*record, lines.number())) return error_of(file, *wrong);
    sink.record(*record);
    ++read.records;
  }
  if (const auto wrong = consistency.conclude()) return error_of(file, *wrong);
  read.complete = true;
  return std::nullopt;
}

}  // namespace

HistoryRead read_history(const std::string& file, std::istream& in, HistorySink& sink, const Catalogue* catalogue) {
  HistoryRead read;
  read.error = read_lines(file, in, sink, catalogue, read);
  return read;
}

}  // namespace pinproof::conformance
