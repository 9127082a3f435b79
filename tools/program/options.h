// What each subcommand is asked to do, as plain data with every default visible. command_line.h makes these from arguments.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pinproof::program {

/// Arbitrary, and the same for everybody: a report without --seed can be repeated by anyone.
inline constexpr std::uint64_t kSeedDefault = 1;

/// A wait for half an hour is asked for, and does not happen by accident.
inline constexpr std::chrono::minutes kScenarioTimeMax{10};

struct RunOptions {
  std::vector<std::string> paths;     // scenario files or folders; none: all that are shipped
  std::string target = "sim";         // sim, lab, or a profile: its file, or the name of one that is shipped
  std::string dialect;                // empty: both, or the one that --rules is for
  std::vector<std::string> filters;   // globs on scenario ids and requirement ids; none: all
  std::vector<std::string> skips;     // the same, left out
  std::string rules;                  // file of the defendant's rules; empty: the shipped ones
  std::string deviate;                // the deviation that is the defendant; empty: none. Excludes `rules`
  std::string readings;               // file; empty: the defaults
  std::string set = "core";           // which requirements decide
  std::optional<std::uint64_t> seed;  // nothing: kSeedDefault, or a new one where the target keeps what it saw
  std::chrono::nanoseconds time_max = kScenarioTimeMax;  // of a scenario's waits, on the wall clock
  std::string expect;                                    // ledger to compare with; empty: none
  std::string write_ledger;                              // file to write what was found to; empty: none
  std::string out;                                       // folder for histories and result.json; empty: none
  std::vector<std::string> reports;                      // FILE or FORMAT:FILE
  bool strict = false;
  bool json = false;
  std::size_t jobs = 0;  // threads; 0: one for each core
  bool verbose = false;
  bool quiet = false;
};

struct ListOptions {
  enum class What { kRequirements, kScenarios, kDeviations, kProfiles };
  What what = What::kRequirements;
  bool json = false;
};

struct ExplainOptions {
  std::vector<std::string> ids;
};

struct ValidateOptions {
  std::vector<std::string> files;
};

struct JudgeOptions {
  std::string history;
  std::string set = "core";
  bool strict = false;
  bool json = false;
};

struct ReportOptions {
  std::vector<std::string> files;  // results, and at most one deviation matrix
  std::string format;              // empty: as the ending of `out` says, or markdown
  std::string compare;             // an older result; empty: none
  std::string out;                 // file; empty: standard output
  bool is_short = false;
};

struct ReplayOptions {
  std::string scenario;  // file or id
  std::string target = "sim";
  std::chrono::nanoseconds time_max = kScenarioTimeMax;
  std::optional<std::uint64_t> seed;  // nothing: the scenario's own, else as RunOptions has it
  std::string rules;
  std::string deviate;
  std::string readings;
  std::string set = "core";
  bool strict = false;
  bool json = false;
};

struct DeviationsOptions {
  std::string target = "sim";        // or "lab"
  std::vector<std::string> filters;  // globs on ids of deviations and of the requirements they break; none: all
  std::uint64_t seed = kSeedDefault;
  std::string out;  // folder for deviations.json; empty: none
  bool json = false;
  std::size_t jobs = 0;  // threads; 0: one for each core
};

/// More commands make one case a long run.
inline constexpr std::size_t kExploreCommandsMax = 500;

struct ExploreCommandOptions {
  std::string target = "sim";
  std::string dialect;  // empty: both, one after the other
  std::string rules;
  std::string deviate;
  std::string readings;
  std::uint64_t seed = kSeedDefault;
  std::uint64_t cases = 10'000;                  // of each dialect
  std::optional<std::chrono::nanoseconds> time;  // of the wall clock, in all; nothing: as long as the cases take
  std::uint64_t shard = 1;                       // of `shards`
  std::uint64_t shards = 1;
  std::size_t commands = 50;              // of the longest cases
  std::vector<std::string> requirements;  // only what breaks one of these is a finding; none: all of the set
  std::string set = "core";
  std::string out;      // folder for counterexamples and explore.json; empty: none
  std::string corpus;   // folder of cases to begin with, and to keep more in; empty: none
  bool frozen = false;  // nothing is kept in it
  bool keep_going = false;
  bool require_coverage = false;
  bool json = false;
  std::size_t jobs = 0;              // threads; 0: one for each core, and one where the target is no simulator
  bool merge = false;                // instead of searching: put together what was left in `folders`
  std::vector<std::string> folders;  // of `merge`: the --out of each shard
  bool operator==(const ExploreCommandOptions&) const = default;
};

struct LabCommandOptions {
  std::string dialect;       // empty: that of `rules` or `deviate`, or helodata
  std::size_t exits = 0;     // 0: the standard pool
  bool controlled = false;   // the clock stands until it is told; else it is the wall clock …
  double clock_scale = 1.0;  // … so many times as fast
  std::string rules;         // file; empty: the shipped ones
  std::string deviate;       // a deviation, by its name. Excludes `rules`
  std::uint64_t seed = kSeedDefault;
  std::uint16_t port = 0;  // of the gateway; 0: any that is free
  bool gateway = true;     // false: exits and origin only
  bool stay = false;       // when the parent process goes away too
};

struct CheckDeterminismOptions {
  std::uint64_t seed = kSeedDefault;
  std::string dialect;  // empty: both
};

struct VersionOptions {};

using Command =
    std::variant<RunOptions, ListOptions, ExplainOptions, ValidateOptions, JudgeOptions, ReplayOptions, ReportOptions,
                 DeviationsOptions, ExploreCommandOptions, LabCommandOptions, CheckDeterminismOptions, VersionOptions>;

}  // namespace pinproof::program
