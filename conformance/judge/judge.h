// The judge rules on a history: every verdict comes from here, and nothing else decides pass or fail.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "conformance/history/history_sink.h"
#include "conformance/judge/monitor.h"

namespace pinproof::conformance {

struct Judgement {
  Verdict verdict = Verdict::kNotExercised;     // of the scenario as a whole
  std::string reason;                           // of that verdict
  std::map<std::string, Verdict> requirements;  // each that the history speaks of
  std::vector<Finding> findings;                // failures first, then in order of time
  /// Of statistical requirements, by id, where they are left to the run: many small samples say together what none can say alone.
  std::map<std::string, Sample> samples{};
};

enum class Samples : std::uint8_t {
  kJudged,        // this history is all there is
  kLeftToTheRun,  // it is one of many: Judgement.samples are to be added up
};

enum class Expectations : std::uint8_t {
  kRuledOn,
  kNone,  // there are none in this history, for which alone most of it would be kept
};

/// The judge as a stream, so that a long history need not be kept: give it the header and each record, then conclude. A history that is
/// not complete is never passed, and what the header says is not offered is not judged.
///
/// The verdict of the whole: fail when a requirement failed; else what trouble the play had; else setup_fail when a precondition was not
/// met; else inconclusive when something was; pass only when at least one requirement passed; not_exercised when nothing was said.
///
/// What a scenario expects of an observation by name is attributed before what monitors find in it: one violation fails one requirement. But
/// what decides no run hides nothing that does.
class Judge final : public HistorySink {
 public:
  /// `minor`: requirements that decide no run by themselves, see Catalogue::minor().
  explicit Judge(Samples samples = Samples::kJudged, std::set<std::string> minor = {},
                 Expectations expectations = Expectations::kRuledOn)
      : samples_(samples), minor_(std::move(minor)), expectations_(expectations) {}
  void header(const HistoryHeader& header) override;
  void record(const Record& record) override;
  Judgement conclude(bool complete = true);

 private:
  Samples samples_;
  std::set<std::string> minor_;
  Expectations expectations_;
  bool is_offered(const std::string& requirement) const;

  std::vector<std::string> requirements_;
  std::vector<std::string> not_offered_;  // globs
  std::vector<std::unique_ptr<Monitor>> monitors_;
  std::vector<Trouble> troubles_;
};

Judgement judge(const History& history);

/// The worse of two verdicts about the same thing, by what a reader has to know first: fail, harness_error, setup_fail,
/// inconclusive, pass, not_testable, not_supported, not_exercised.
Verdict worse(Verdict left, Verdict right);

}  // namespace pinproof::conformance
