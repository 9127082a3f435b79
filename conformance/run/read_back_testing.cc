#include "conformance/run/read_back_testing.h"

#include <gtest/gtest.h>

#include <sstream>

#include "conformance/history/history_reader.h"
#include "conformance/history/history_writer.h"

namespace pinproof::conformance {
namespace {

std::string told(const Judgement& judgement) {
  std::ostringstream text;
  text << to_string(judgement.verdict) << ": " << judgement.reason;
  for (const auto& [id, verdict] : judgement.requirements) text << "\n" << id << " " << to_string(verdict);
  for (const Finding& finding : judgement.findings) {
    text << "\n" << finding.requirement << " " << to_string(finding.verdict) << " " << finding.reason;
    for (const std::uint64_t id : finding.evidence) text << " " << id;
  }
  return text.str();
}

}  // namespace

Judgement judged_from_its_file(const History& history, const Catalogue& catalogue) {
  std::istringstream file(history_text(history));
  Judge from_file(Samples::kLeftToTheRun, catalogue.minor());
  const HistoryRead read = read_history(history.header.scenario, file, from_file, &catalogue);
  EXPECT_FALSE(read.error.has_value()) << read.error->message();
  EXPECT_TRUE(read.complete) << history.header.scenario;
  EXPECT_EQ(read.records, history.records.size()) << history.header.scenario;

  Judge from_memory(Samples::kLeftToTheRun, catalogue.minor());
  from_memory.header(history.header);
  for (const Record& record : history.records) from_memory.record(record);
  Judgement judgement = from_file.conclude(read.complete);
  EXPECT_EQ(told(judgement), told(from_memory.conclude())) << history.header.scenario;
  return judgement;
}

}  // namespace pinproof::conformance
