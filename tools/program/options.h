// What each subcommand is asked to do, as plain data with every default visible. command_line.h makes these from arguments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pinproof::program {

/// Arbitrary, and the same for everybody: a report without --seed can be repeated by anyone.
inline constexpr std::uint64_t kSeedDefault = 1;

struct RunOptions {
  std::vector<std::string> paths;  // scenario files or folders; none: all that are shipped
  std::string target = "sim";
  std::string dialect;               // empty: both, or the one that --rules is for
  std::vector<std::string> filters;  // globs on scenario ids and requirement ids; none: all
  std::vector<std::string> skips;    // the same, left out
  std::string rules;                 // file of the defendant's rules; empty: the shipped ones
  std::string deviate;               // the deviation that is the defendant; empty: none. Excludes `rules`
  std::string readings;              // file; empty: the defaults
  std::string set = "core";          // which requirements decide
  std::uint64_t seed = kSeedDefault;
  std::string out;  // folder for histories and result.json; empty: none
  bool strict = false;
  bool json = false;
  std::size_t jobs = 0;  // threads; 0: one for each core
  bool verbose = false;
  bool quiet = false;
};

struct ListOptions {
  enum class What { kRequirements, kScenarios, kDeviations };
  What what = What::kRequirements;
  bool json = false;
};

struct ExplainOptions {
  std::string id;
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

struct ReplayOptions {
  std::string scenario;               // file or id
  std::optional<std::uint64_t> seed;  // nothing: the scenario's own, else kSeedDefault
  std::string rules;
  std::string deviate;
  std::string readings;
  std::string set = "core";
  bool strict = false;
  bool json = false;
};

struct DeviationsOptions {
  std::string target = "sim";
  std::vector<std::string> filters;  // globs on ids of deviations and of the requirements they break; none: all
  std::uint64_t seed = kSeedDefault;
  std::string out;  // folder for deviations.json; empty: none
  bool json = false;
  std::size_t jobs = 0;  // threads; 0: one for each core
};

struct CheckDeterminismOptions {
  std::uint64_t seed = kSeedDefault;
  std::string dialect;  // empty: both
};

struct VersionOptions {};

using Command = std::variant<RunOptions, ListOptions, ExplainOptions, ValidateOptions, JudgeOptions, ReplayOptions,
                             DeviationsOptions, CheckDeterminismOptions, VersionOptions>;

}  // namespace pinproof::program
