// The result of a run as data: what every renderer reads, and `run --json` prints. Knows nothing of how a result came about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pinproof::reports {

inline constexpr int kResultVersion = 1;

/// One exchange, told for people: what was sent, when, what came back. Redacted already.
struct ExchangeLine {
  std::uint64_t observation = 0;
  std::string at;         // "0:29:59.000"
  std::string text;       // "alice → GET site as …-session-job-sesstime-30 … 200 via 127.20.0.4, repinned"
  bool evidence = false;  // this one proves the verdict
};

struct Evidence {
  std::string scenario;
  std::vector<std::uint64_t> observations;
  std::string reason;
  std::string step;  // JSON pointer of the expectation, if one said so
};

struct RequirementResult {
  std::string id;
  std::string level;    // must, derived, best-effort, may, field
  std::string set;      // core, extended
  std::string dialect;  // helodata, crawlera, both: which table it stands in
  std::string title;
  std::string verdict;
  std::string reading;
  std::string reason;  // why not testable, why inconclusive, what failed
  std::vector<Evidence> evidence;
};

struct ScenarioResult {
  std::string id;
  std::string title;
  std::string dialect;
  std::string file;
  std::string verdict;
  std::string reason;
  std::vector<std::string> requirements;
  std::uint64_t seed = 0;
  std::string replay;                   // the command that plays it again
  std::string history;                  // file, where one was written
  std::vector<ExchangeLine> exchanges;  // of a scenario that did not pass
};

/// A verdict that is not as the ledger of expected ones says.
struct LedgerDifference {
  std::string kind;  // "scenario", "requirement"
  std::string id;
  std::string expected;
  std::string why;    // it was expected; empty where everybody expects it: a pass
  std::string found;  // a verdict word, or "not played"
  std::string reason;
};

struct LedgerOutcome {
  std::string file;
  bool narrowed = false;  // only the scenarios that were played were compared
  std::vector<LedgerDifference> differences;
};

struct Target {
  std::string name;
  std::string kind;
  std::string version;
  std::string rules;  // the defendant's, by name
};

struct Result {
  std::string program = "pinproof";
  std::string version;
  std::string result;    // pass, fail, partial, inconclusive
  bool complete = true;  // false: interrupted
  std::uint64_t seed = 0;
  std::string set;  // core, extended: which decides
  Target target;
  std::vector<std::pair<std::string, std::string>> readings;      // those that differ from the default
  std::vector<std::pair<std::string, std::uint64_t>> statistics;  // scenarios per verdict word, every word present
  std::vector<RequirementResult> requirements;
  std::vector<ScenarioResult> scenarios;
  std::vector<std::string> histories;
  std::optional<LedgerOutcome> ledger;  // where the run was compared with one
  double wall_seconds = 0;              // volatile: not part of what a run determines
};

}  // namespace pinproof::reports
