#include "tools/program/workload_determinism.h"

#include <fmt/format.h>

#include <chrono>

#include "sim/pool/standard_pool.h"
#include "sim/world/workload.h"
#include "sim/world/world.h"
#include "tools/program/heap_perturbation.h"

namespace pinproof::program {
namespace {

using namespace std::chrono_literals;

sim::WorkloadCounts run_traced(const sim::Rules& rules, std::uint64_t seed, sim::Trace& trace) {
  sim::WorldOptions world{.rules = rules, .exits = sim::standard_pool(), .seed = seed, .latencies = {20ms, 30ms, 40ms}};
  world.mean_exit_lifetime = 2h;
  world.trace = &trace;
  sim::Workload workload;
  workload.seed = seed;
  return sim::run_workload(workload, std::move(world));
}

}  // namespace

WorkloadComparison compare_workload_runs(const sim::Rules& rules, std::uint64_t seed) {
  WorkloadComparison comparison;
  const auto first = [&](sim::Trace& trace) {
    comparison.events = run_traced(rules, seed, trace).events;
    comparison.lines = trace.lines();
    comparison.digest = fmt::format("{:016x}", trace.digest());
  };
  const auto second = [&](sim::Trace& trace) {
    const HeapPerturbation perturbation;
    run_traced(rules, seed, trace);
  };
  comparison.divergence = sim::first_divergence(first, second);
  return comparison;
}

}  // namespace pinproof::program
