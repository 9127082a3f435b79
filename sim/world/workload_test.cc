#include "sim/world/workload.h"

#include <gtest/gtest.h>

#include "sim/gateway/rules_testing.h"
#include "sim/pool/standard_pool.h"
#include "sim/world/trace.h"

namespace pinproof::sim {
namespace {

Workload short_workload(std::uint64_t seed) {
  Workload workload;
  workload.seed = seed;
  workload.duration = 30min;
  return workload;
}

WorldOptions world_of(const std::string& dialect, Trace* trace = nullptr) {
  WorldOptions options;
  options.rules = shipped_rules(dialect);
  options.exits = standard_pool();
  options.trace = trace;
  return options;
}

class Workloads : public testing::TestWithParam<const char*> {};

TEST_P(Workloads, TheSameSeedIsTheSameRun) {
  const TracedRun run = [](Trace& trace) { run_workload(short_workload(7), world_of(GetParam(), &trace)); };
  EXPECT_EQ(first_divergence(run, run), std::nullopt);
}

TEST_P(Workloads, AnotherSeedIsAnotherRun) {
  const auto divergence =
      first_divergence([](Trace& trace) { run_workload(short_workload(7), world_of(GetParam(), &trace)); },
                       [](Trace& trace) { run_workload(short_workload(8), world_of(GetParam(), &trace)); });
  ASSERT_TRUE(divergence);
  EXPECT_EQ(divergence->line, 1U);
}

// One request more or less, deep in a run, shows where it happens.
TEST_P(Workloads, APlantedDifferenceIsFoundWhereItIs) {
  const auto run = [](Trace& trace, Duration dropped_at) {
    WorldOptions options = world_of(GetParam(), &trace);
    options.schedule.push_back({kStart + dropped_at, {.exit = ExitId{0}, .action = ExitAction::kDrop, .lasting = 1s}});
    run_workload(short_workload(7), std::move(options));
  };
  const auto divergence =
      first_divergence([&](Trace& trace) { run(trace, 20min); }, [&](Trace& trace) { run(trace, 20min + 1ns); });
  ASSERT_TRUE(divergence);
  ASSERT_TRUE(divergence->left);
  EXPECT_TRUE(divergence->left->starts_with("0:20:00.000 ")) << *divergence->left;
  EXPECT_TRUE(divergence->left->ends_with(" exit 0 drop of itself")) << *divergence->left;
  EXPECT_TRUE(divergence->repeated);
}

TEST_P(Workloads, GoesEveryWay) {
  Workload workload;
  workload.duration = 2h;
  WorldOptions options = world_of(GetParam());
  options.mean_exit_lifetime = 1h;
  options.latencies = {.client_to_gateway = 20ms, .gateway_to_exit = 40ms, .exit_to_origin = 60ms};
  const WorkloadCounts counts = run_workload(workload, std::move(options));
  EXPECT_GT(counts.exchanges, 5'000U);
  EXPECT_GT(counts.answers_2xx, 1'000U);
  EXPECT_GT(counts.answers_4xx, 100U);
  EXPECT_GT(counts.answers_5xx, 10U);
  EXPECT_GT(counts.cut, 0U);
  EXPECT_GT(counts.closed, 0U);
  EXPECT_GT(counts.tunnels, 100U);
  EXPECT_GT(counts.exit_actions, 10U);
  EXPECT_GT(counts.repinned + counts.sessions_issued, 10U);
  // Some are still under way at the end: held for their slot, or at a gate.
  EXPECT_GE(counts.exchanges, counts.complete + counts.cut + counts.closed);
  EXPECT_GT(counts.complete + counts.cut + counts.closed, counts.exchanges * 9 / 10);
}

TEST_P(Workloads, StopsAtTheLimitOfEvents) {
  WorldOptions options = world_of(GetParam());
  options.events_max = 1'000;
  EXPECT_EQ(run_workload(short_workload(7), std::move(options)).events, 1'000U);
}

INSTANTIATE_TEST_SUITE_P(Dialects, Workloads, testing::Values("helodata", "crawlera"),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace pinproof::sim
