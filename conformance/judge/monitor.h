// A monitor watches a history for one requirement and says whether it held, with the observations that prove it. The judge feeds
// every record, in order, to every monitor; a monitor keeps bounded state, reads nothing else, and never sees rules.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "conformance/history/history.h"
#include "conformance/judge/facts/sample.h"

namespace pinproof::conformance {

/// A finding about one requirement.
struct Finding {
  std::string requirement;  // empty: a precondition of the scenario
  Verdict verdict = Verdict::kNotExercised;
  std::string reading;                  // "over_cap=reject", where one was used
  std::string reason;                   // one sentence: what was seen, what was promised
  std::vector<std::uint64_t> evidence;  // observation ids, in order
  std::string step;                     // pointer of the expectation that says so, if one does
  std::optional<Sample> sample;         // of a statistical requirement: added up over a run
};

class Monitor {
 public:
  virtual ~Monitor() = default;
  virtual void record(const Record& record) = 0;
  /// What it found, once the history is over; one finding for each violation, or one that says it held.
  virtual std::vector<Finding> conclude() = 0;
};

/// Every monitor there is for a history with this header, with the one for expectations or without; the list is in monitors.cc.
std::vector<std::unique_ptr<Monitor>> make_monitors(const HistoryHeader& header, bool expectations);

}  // namespace pinproof::conformance
