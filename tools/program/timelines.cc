#include "tools/program/timelines.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <set>

#include "conformance/history/history_reader.h"
#include "conformance/run/sha256.h"
#include "conformance/run/timeline.h"

namespace pinproof::program {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFilesNamed = 3;

/// By scenario: the observations that prove a verdict other than pass.
std::map<std::string, std::set<std::uint64_t>> evidence_of(const reports::Result& result) {
  std::map<std::string, std::set<std::uint64_t>> evidence;
  for (const reports::RequirementResult& row : result.requirements) {
    if (row.verdict == "pass") continue;
    for (const reports::Evidence& one : row.evidence) {
      evidence[one.scenario].insert(one.observations.begin(), one.observations.end());
    }
  }
  for (const reports::ScenarioResult& scenario : result.scenarios) {
    for (const reports::ExchangeLine& line : scenario.exchanges) {
      if (line.evidence) evidence[scenario.id].insert(line.observation);
    }
  }
  return evidence;
}

/// A result says names of files, and may come from anybody.
bool is_inside(const fs::path& file) {
  return !file.empty() && file.is_relative() &&
         std::none_of(file.begin(), file.end(), [](const fs::path& part) { return part == ".."; });
}

/// `what` is wrong with them, and how they are `shown` all the same.
void complain_of(const std::vector<std::string>& files, const std::string& what, const std::string& shown,
                 std::vector<std::string>& complaints) {
  if (files.empty()) return;
  std::string text = files.size() == 1 ? "a history " : std::to_string(files.size()) + " histories ";
  text += what + ", and " + (files.size() == 1 ? "is" : "are") + " shown " + shown + ": ";
  for (std::size_t i = 0; i < std::min(files.size(), kFilesNamed); ++i) text += (i == 0 ? "" : ", ") + files[i];
  complaints.push_back(text + (files.size() > kFilesNamed ? ", …" : ""));
}

}  // namespace

TimelineReading read_timelines(const reports::Result& result, std::size_t place, const fs::path& folder,
                               const conformance::Catalogue& catalogue) {
  const auto evidence = evidence_of(result);
  TimelineReading reading;
  std::vector<std::string> missing;
  std::vector<std::string> altered;
  std::vector<std::string> cut;
  for (const reports::HistoryFile& history : result.histories) {
    const fs::path file = folder / history.file;
    const auto sha256 = is_inside(history.file) ? conformance::sha256_of_file(file) : std::nullopt;
    if (!sha256) {
      missing.push_back(history.file);
      continue;
    }
    if (*sha256 != history.sha256) {
      altered.push_back(history.file);
      continue;
    }
    const auto proof = evidence.find(history.scenario);
    conformance::TimelineBuilder builder(proof == evidence.end() ? std::set<std::uint64_t>{} : proof->second);
    std::ifstream in(file, std::ios::binary);
    const conformance::HistoryRead read = conformance::read_history(history.file, in, builder, &catalogue);
    if (!read.complete) cut.push_back(history.file);
    reports::Timeline timeline = builder.take(read.complete);
    timeline.result = place;
    timeline.scenario = history.scenario;
    reading.timelines.push_back(std::move(timeline));
  }
  complain_of(missing, "cannot be found", "without a timeline", reading.complaints);
  complain_of(altered, "changed since it was judged (SHA-256)", "without a timeline", reading.complaints);
  complain_of(cut, "cannot be read to the end (pinproof validate tells why)", "up to there", reading.complaints);
  return reading;
}

}  // namespace pinproof::program
