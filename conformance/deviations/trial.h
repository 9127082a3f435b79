// One gateway, tried with the whole suite: what the judge said of each requirement, and which scenarios show it.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "conformance/catalogue/catalogue.h"
#include "conformance/scenario/scenario.h"
#include "conformance/target/target.h"

namespace pinproof::conformance {

/// A scenario that shows a requirement broken, and which part of the judge saw it; both may.
struct Kill {
  std::string scenario;
  bool by_expectation = false;  // the scenario's own
  bool by_monitor = false;
  std::string reason;  // of the first finding
  bool operator==(const Kill&) const = default;
};

/// A scenario that came to anything but a pass, though it was played.
struct NotPassed {
  std::string scenario;
  std::string verdict;
  std::string reason;
  bool operator==(const NotPassed&) const = default;
};

struct Trial {
  struct Row {
    std::string verdict;  // over all scenarios, and over what statistics add up of them
    std::string reason;
    std::vector<Kill> kills;  // in the order of the scenarios; a statistical requirement may fail without any
  };
  std::map<std::string, Row> requirements;  // by id; those of the dialect, and of both
  std::vector<NotPassed> not_passed;        // in the order of the scenarios

  /// Requirements with the verdict fail, of whatever set and level, in order of id.
  std::vector<std::string> failed() const;
};

/// Plays every scenario of the target's dialect. Nothing when `stop` became true before the last of them.
std::optional<Trial> try_gateway(const std::vector<Scenario>& scenarios, const Catalogue& catalogue, Target& target,
                                 std::uint64_t seed, const std::atomic<bool>* stop = nullptr);

}  // namespace pinproof::conformance
