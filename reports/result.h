// The result of a run as data: what every renderer reads, and `run --json` prints. Knows nothing of how a result came about.
// docs/reports.md is its page.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pinproof::reports {

inline constexpr int kResultVersion = 2;

/// A count for each verdict word; every word is present.
using Statistics = std::vector<std::pair<std::string, std::uint64_t>>;

/// What a run does not determine: without it, equal runs have equal results. On disk it stands first, under "volatile".
struct RunHeader {
  std::string date;  // RFC 3339, UTC: "2026-11-22T11:30:00Z"; empty: not told
  double wall_seconds = 0;
};

/// Who is under test, in its own words: a profile's. Empty where nobody said.
struct Implementation {
  std::string name;
  std::string version;
  std::string contact;
  std::string url;
};

/// How it was reached, and by which clock.
struct Target {
  std::string name;
  std::string kind;   // sim, lab, profile; of a recorded history, what it says
  std::string rules;  // the defendant's, or the profile's, by name
  std::string clock;  // virtual, controlled, wall
  double clock_scale = 1.0;
  std::uint64_t tolerance_us = 0;  // how far instants may be off
};

/// Whether the harness could do or see that there; what it could not do is not testable, which is no pass.
struct CapabilityResult {
  std::string dialect;
  std::string name;  // time, drop, exits, attempts, api, accounts, wire, tls
  bool present = false;
};

/// How an ambiguous promise was read, in this run.
struct ReadingResult {
  std::string dialect;
  std::string name;
  std::string value;
  std::string means;     // the value, in words
  bool differs = false;  // from the default
};

/// One line of the score: a dialect's core or extended set.
struct ProfileResult {
  std::string dialect;    // helodata, crawlera
  std::string set;        // core, extended
  std::string result;     // pass, fail, partial, inconclusive
  Statistics statistics;  // of its requirements
};

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
  std::string step;    // JSON pointer of the expectation, if one said so
  std::string replay;  // the command that shows it again
};

struct RequirementResult {
  std::string id;
  std::string level;    // must, derived, best-effort, may, field
  std::string set;      // core, extended
  std::string dialect;  // helodata, crawlera, both: which table it stands in
  std::string title;
  std::string statement;  // what is promised, in one to three sentences
  std::string source;     // "helodata-sessions, Sticky sessions"
  std::string verdict;
  std::string reading;   // "over_cap=reject, …": those that the verdict used
  std::string reason;    // why not testable, why inconclusive, what failed
  bool provable = true;  // false: no history can show it, of any gateway; such a row decides nothing
  std::vector<Evidence> evidence;
};

/// When the exchanges of a scenario were answered, for comparing two runs. Of exchanges that had an answer.
struct Timing {
  std::uint64_t answers = 0;
  std::uint64_t median_us = 0;  // from sent to the answer's head
  std::uint64_t p95_us = 0;
  std::uint64_t max_us = 0;
  std::uint64_t span_us = 0;  // from the first sent to the last answered, of the clock that the gateway goes by
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
  std::string replay;   // the command that plays it again
  std::string history;  // file, where one was written
  Timing timing;
  std::vector<ExchangeLine> exchanges;  // of a scenario that did not pass
};

/// A file of observations that verdicts were judged from.
struct HistoryFile {
  std::string file;    // relative to the folder of --out
  std::string sha256;  // of its bytes, as sha256sum prints it
  std::string scenario;
};

/// A verdict that is not as the ledger of expected ones says.
struct LedgerDifference {
  std::string kind;  // "scenario", "requirement"
  std::string id;
  std::string expected;
  std::string why;      // it was expected; empty where everybody expects it: a pass
  std::string expired;  // the last day of the entry, which is over: it excuses nothing any more; empty: not so
  std::string found;    // a verdict word, or "not played"
  std::string reason;
};

/// A verdict other than pass that the ledger says, and that was found.
struct LedgerKnown {
  std::string kind;
  std::string id;
  std::string verdict;
  std::string why;
  std::string until;  // the last day on which it is excused; empty: no end
};

struct LedgerOutcome {
  std::string file;
  bool narrowed = false;  // only the scenarios that were played were compared
  std::vector<LedgerDifference> differences;
  std::vector<LedgerKnown> known;
};

struct Result {
  RunHeader header;
  std::string program = "pinproof";
  std::string version;
  std::string result;    // pass, fail, partial, inconclusive
  bool complete = true;  // false: interrupted
  std::uint64_t seed = 0;
  std::string set;        // core, extended: which decides
  std::string reproduce;  // the command that does the same run again; "how_to_reproduce" on disk
  Implementation implementation;
  Target target;
  std::vector<CapabilityResult> capabilities;
  std::vector<ReadingResult> readings;  // all that requirements of the run depend on
  Statistics statistics;                // of the scenarios
  std::vector<ProfileResult> profiles;
  std::vector<RequirementResult> requirements;
  std::vector<ScenarioResult> scenarios;
  std::vector<HistoryFile> histories;
  std::optional<LedgerOutcome> ledger;  // where the run was compared with one
};

}  // namespace pinproof::reports
