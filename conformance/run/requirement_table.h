// What all scenarios of a run together say of each requirement.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/judge/judge.h"
#include "conformance/target/target.h"
#include "reports/result.h"

namespace pinproof::conformance {

/// A report shows so much evidence for one requirement; the histories have all of it.
inline constexpr std::size_t kEvidenceMax = 20;
/// Observations of one piece of evidence: bursts have thousands.
inline constexpr std::size_t kObservationsMax = 20;

class RequirementTable {
 public:
  explicit RequirementTable(const Catalogue& catalogue) : catalogue_(catalogue) {}

  /// A target that was played on; its dialect's requirements, and those of both, are listed whether or not a scenario speaks of them.
  void add_target(const TargetDescription& target);
  void add(const std::string& scenario, const Judgement& judgement);

  /// The worst verdict of each over the scenarios, in the order of the catalogue, with what shows it.
  std::vector<reports::RequirementResult> rows() const;

 private:
  struct Entry {
    Verdict verdict = Verdict::kNotExercised;
    std::string reason;
    std::vector<reports::Evidence> evidence;
  };

  /// The samples of a statistical requirement, over all scenarios.
  struct Pool {
    Sample sample;
    std::vector<reports::Evidence> evidence;
  };

  void add(const std::string& scenario, const Judgement& judgement, const std::string& requirement, Verdict verdict);
  void add_sample(const std::string& scenario, const std::string& requirement, const Sample& sample);
  Entry entry_of(const Requirement& requirement) const;
  void fill_unexercised(const Requirement& requirement, reports::RequirementResult& row) const;
  const TargetDescription* target_of(const Requirement& requirement) const;

  const Catalogue& catalogue_;
  std::vector<TargetDescription> targets_;
  std::map<std::string, Entry> entries_;
  std::map<std::string, Pool> pools_;
};

}  // namespace pinproof::conformance
