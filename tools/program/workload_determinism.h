// The simulated world's own promise (G-2), checked where it is hardest: a mixed workload of hours, run twice in one process, the
// second time with the heap laid out otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/gateway/rules.h"
#include "sim/world/trace.h"

namespace pinproof::program {

struct WorkloadComparison {
  std::uint64_t events = 0;  // of the world
  std::uint64_t lines = 0;   // of the trace
  std::string digest;        // of the first run, 16 hexadecimal digits
  std::optional<sim::Divergence> divergence;
};

WorkloadComparison compare_workload_runs(const sim::Rules& rules, std::uint64_t seed);

}  // namespace pinproof::program
