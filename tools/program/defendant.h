// Who is on trial: for each dialect the rules of the reference gateway, and beside them the law it is held to (promises, readings,
// vocabulary), which no rules file and no deviation can change.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <variant>

#include "conformance/run/suite.h"
#include "conformance/target/simulated_target.h"
#include "sim/gateway/rules.h"
#include "tools/program/data.h"

namespace pinproof::program {

struct DefendantOptions {
  std::string dialect;   // empty: every one; or the one that `rules` or `deviate` are for
  std::string rules;     // file; empty: the shipped rules
  std::string deviate;   // a deviation, by its name; empty: none. Not both this and `rules`
  std::string readings;  // file; empty: those of the deviation, or the defaults
  bool in_lab = false;   // on real sockets instead of in simulated time
};

class Defendant {
 public:
  /// What is wrong with a file of the user's is a message; with one that ships, an EnvironmentError.
  static std::variant<Defendant, std::string> load(const DefendantOptions& options, const Data& data);

  /// In order of name.
  std::vector<std::string> dialects() const;
  /// By dialect, in order of name.
  const std::map<std::string, conformance::SimulatedTargetOptions>& targets() const { return targets_; }
  /// "crawlera, helodata": the names of the rules.
  std::string rules_names() const;
  std::unique_ptr<conformance::Target> make(const std::string& dialect) const;
  /// The gateway of that dialect, with other rules, and judged by other readings.
  std::unique_ptr<conformance::Target> make(const sim::Rules& rules, const conformance::Readings& readings) const;

 private:
  /// The gateways on trial by dialect, or what is wrong with what the user said of them; `readings` become those of a deviation.
  static std::variant<std::map<std::string, sim::Rules>, std::string> rules_for(const DefendantOptions& options,
                                                                                const Data& data,
                                                                                conformance::Readings& readings);

  std::unique_ptr<conformance::Target> make_target(const conformance::SimulatedTargetOptions& options) const;

  std::map<std::string, conformance::SimulatedTargetOptions> targets_;
  bool in_lab_ = false;
};

/// ROOT/scenarios/rules/DIALECT.json. Throws EnvironmentError where that is no good.
sim::Rules shipped_rules(const Data& data, const std::string& dialect);

}  // namespace pinproof::program
