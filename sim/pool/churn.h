// Residential exits come and go: people switch their machines off. Churn says when, for every exit of a pool: an exponential lifetime,
// then an exponential absence, and so on. Made for pools of 100,000: one pending change an exit, drawn when it is needed.
//
// The life of one exit depends on the seed and on the exit alone, so that a larger pool, or an exit that somebody drops besides,
// does not change the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/core/exit.h"
#include "sim/core/random.h"
#include "sim/core/time.h"

namespace pinproof::sim {

struct ChurnRates {
  Duration mean_lifetime = std::chrono::hours(1);  // both positive
  Duration mean_absence = std::chrono::minutes(1);
};

struct ChurnChange {
  Instant at;
  ExitId exit = kNoExit;
  bool leaves = false;  // or comes back

  bool operator==(const ChurnChange&) const = default;
};

class Churn {
 public:
  /// All `exits` are there at `start`.
  Churn(std::size_t exits, const ChurnRates& rates, const Random& random, Instant start = kStart);

  /// When the next change is; kNever in a pool without exits.
  Instant next() const { return changes_.empty() ? kNever : changes_.front().at; }

  /// The next change; there has to be one. Changes of one instant come in the order of exits.
  ChurnChange take();

 private:
  struct Pending {
    Instant at;
    std::uint32_t exit = 0;
    std::uint32_t draws = 0;  // even: present, odd: away
  };

  static bool later(const Pending& left, const Pending& right);
  Duration draw(std::uint32_t exit, std::uint32_t draws) const;

  ChurnRates rates_;
  std::uint64_t seed_;
  std::vector<Pending> changes_;  // a heap, the earliest first
};

}  // namespace pinproof::sim
