// The kill matrix: every deviation tried with the whole suite, to prove that the suite can tell. A kill counts only when the requirement
// that the deviation breaks is the one that fails; the unmodified gateway, and those that differ and are right, must pass everything.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/deviations/deviation.h"
#include "conformance/deviations/trial.h"
#include "conformance/scenario/scenario.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

enum class DeviationOutcome : std::uint8_t {
  kKilled,          // the matching requirement failed
  kKilledByOthers,  // requirements failed, and not the matching one: the suite blames the wrong promise
  kSurvived,        // none failed
};

/// "killed", "killed_by_others", "survived".
std::string_view to_string(DeviationOutcome outcome);

/// A deviation that breaks a requirement, and what came of it.
struct WrongGateway {
  std::string id;
  std::string title;
  std::string dialect;
  NamedReadings readings;
  std::string requirement;
  DeviationOutcome outcome = DeviationOutcome::kSurvived;
  std::string verdict;              // of the matching requirement
  std::string reason;               // of that verdict
  std::vector<Kill> kills;          // scenarios in which the matching requirement fails
  std::vector<std::string> others;  // requirements that failed beside it
  std::vector<NotPassed> harness_errors;
};

/// A gateway that keeps its promises: the shipped one, or a deviation that conforms.
struct RightGateway {
  std::string id;  // of a shipped one its dialect
  std::string title;
  std::string dialect;
  NamedReadings readings;
  std::vector<std::string> failed;  // requirements
  std::vector<NotPassed> not_passed;

  bool passed() const { return failed.empty() && not_passed.empty(); }
};

struct KillMatrix {
  std::uint64_t seed = 0;
  std::size_t scenarios = 0;  // in the suite
  bool complete = true;       // false: interrupted, this is what was gathered
  bool whole = true;  // false: only some of the deviations were to be tried, and what none of them needs is not said
  std::vector<RightGateway> references;  // the shipped gateways, under each set of readings in use
  std::vector<RightGateway> conforming;
  std::vector<WrongGateway> deviations;
  // Said only when complete and whole:
  std::vector<std::string> idle_scenarios;         // that kill nothing
  std::vector<std::string> requirements_unkilled;  // with no killer, though a deviation could break them on this target
};

/// A target that behaves by `rules`, and declares `readings`. Called from one thread at a time.
using GatewayFactory = std::function<std::unique_ptr<Target>(const sim::Rules& rules, const Readings& readings)>;

struct KillMatrixOptions {
  std::uint64_t seed = 1;
  unsigned jobs = 1;  // 1 to kJobsMax of suite.h; a job tries one gateway at a time
  bool whole = true;  // see KillMatrix
  /// Where a scenario costs time: a deviation is tried with the scenarios that name its requirement, and with all only where these do not
  /// kill it. The matrix is not whole then, since nobody knows what else would have killed it.
  bool own_scenarios_first = false;
  const std::atomic<bool>* stop = nullptr;  // once true, nothing further is begun, and the matrix is not complete
  /// Told of each gateway tried, in no particular order, by one thread at a time: for progress.
  std::function<void(const std::string& id)> on_gateway;
};

/// Tries `deviations`, and beside them the rules in `shipped`, by dialect, under each set of readings in use: the defaults; and others,
/// unless a deviation that conforms stands for them, being the shipped gateway made to do as they say. Neither the order of anything nor
/// the number of jobs changes what comes out.
KillMatrix try_deviations(const std::vector<Deviation>& deviations, const std::vector<sim::Rules>& shipped,
                          const std::vector<Scenario>& scenarios, const Catalogue& catalogue,
                          const GatewayFactory& make_target, const KillMatrixOptions& options);

/// How many gateways that is.
std::size_t gateways_to_try(const std::vector<Deviation>& deviations, const std::vector<sim::Rules>& shipped,
                            const Catalogue& catalogue);

/// Every deviation killed by its requirement, and everything right passed.
bool proves_the_suite(const KillMatrix& matrix);

/// Whether a scenario of any gateway ended as a harness_error.
bool harness_failed(const KillMatrix& matrix);

}  // namespace pinproof::conformance
