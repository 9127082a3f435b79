// The deviation matrix as data: gateways that are wrong on purpose, and whether the suite blames the right promise for each. What
// `pinproof deviations --json` prints, for a report that wants to show how far its verdicts can be trusted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pinproof::reports {

/// A scenario that says something of a gateway: that it kills it, or that it did not pass on it.
struct MatrixScenario {
  std::string id;
  std::string word;  // "expectation", "monitor", "expectation, monitor"; or the verdict
  std::string reason;
};

struct MatrixGateway {
  std::string id;
  std::string title;
  std::string dialect;
  std::string requirement;  // that it breaks; empty: it keeps its promises
  std::string outcome;      // killed, killed_by_others, survived; of one that keeps its promises passed, not_passed
  std::string reason;
  std::vector<MatrixScenario> scenarios;  // that kill it; of one that keeps its promises, that it did not pass
  std::vector<std::string> others;        // requirements that failed beside the one, or although none should have
  std::vector<MatrixScenario> harness_errors;
};

struct Matrix {
  std::string version;  // of the program
  std::uint64_t seed = 0;
  std::uint64_t scenarios = 0;  // in the suite
  bool complete = true;         // false: interrupted
  bool whole = true;            // false: only some of the deviations were tried
  bool proved = false;          // every deviation killed by its requirement, everything right passed
  std::vector<MatrixGateway> right;
  std::vector<MatrixGateway> wrong;
  std::vector<std::string> idle_scenarios;         // that kill nothing
  std::vector<std::string> requirements_unkilled;  // with no killer
};

}  // namespace pinproof::reports
