// Who a run is about: the reference gateway, in simulated time or in the lab, or any gateway that a profile describes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "conformance/target/target.h"
#include "reports/result.h"
#include "sim/core/time.h"
#include "tools/program/data.h"
#include "tools/program/exit_code.h"
#include "tools/program/streams.h"

namespace pinproof::program {

class Subject {
 public:
  virtual ~Subject() = default;

  /// Those that it speaks, in order of name.
  virtual std::vector<std::string> dialects() const = 0;
  /// Of the rules or the profile, for the report.
  virtual std::string rules_names() const = 0;
  /// Who that is, for the report.
  virtual reports::Implementation implementation() const = 0;
  /// The variables of the environment that it is described by: who does a run again has to set them.
  virtual std::vector<std::string> variables() const { return {}; }
  /// Throws conformance::TargetLost where it cannot be reached.
  virtual std::unique_ptr<conformance::Target> make(const std::string& dialect) = 0;

  /// Scenarios share it, so that only one can be played at a time.
  virtual bool is_shared() const { return false; }
  /// What a run is seeded by that is not told: a gateway that keeps what earlier runs left there needs names of its own for each.
  virtual std::uint64_t usual_seed() const = 0;
  /// More are not played in one run; nothing: all.
  virtual std::optional<std::uint64_t> scenarios_max() const { return std::nullopt; }
};

struct SubjectOptions {
  std::string target = "sim";  // sim, lab, or a profile: its file, or the name of one that is shipped
  std::string dialect;         // empty: every one that it speaks
  std::string rules;           // file; empty: the shipped ones. Of the reference gateway only, like the next two
  std::string deviate;
  std::string readings;
  std::optional<sim::Duration> time_max;  // of a scenario on the wall clock
};

/// Why there is none, and what to exit with: what was said wrongly, or a gateway that cannot be reached.
struct NoSubject {
  ExitCode code = kInputError;
  std::vector<std::string> messages;
};

/// A profile's gateway is connected to here, so that one that is not there is known before anything is played.
std::variant<std::unique_ptr<Subject>, NoSubject> load_subject(const SubjectOptions& options, const Data& data,
                                                               Streams& streams);

}  // namespace pinproof::program
