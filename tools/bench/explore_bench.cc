// What a generated case of 50 commands costs, from its drawing to its verdict, on one core; which part of it takes how much; and the
// shrinking of one of 60 commands. Items are cases.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <string>
#include <vector>

#include "conformance/explore/case_player.h"
#include "conformance/explore/draw.h"
#include "conformance/explore/lower.h"
#include "conformance/explore/scaled.h"
#include "conformance/explore/shrink.h"
#include "conformance/target/shipped_target_testing.h"
#include "sim/core/check.h"

namespace pinproof::conformance {
namespace {

constexpr std::uint64_t kCases = 512;  // over and over, so that every run has the same

struct Arena {
  explicit Arena(const std::string& dialect)
      : target(scaled_down(shipped_target_options(dialect))), world(small_world(target.description())) {}

  Commands draw_long(std::uint64_t number, std::size_t commands = 50) const {
    DrawOptions options;
    options.commands_max = commands;
    options.all_long = true;
    return draw(1, number % kCases, world, options);
  }

  SimulatedTarget target;
  SmallWorld world;
  CasePlayer player{shipped_catalogue(), target};
};

void draw_and_lower(benchmark::State& state, const std::string& dialect) {
  const Arena arena(dialect);
  std::uint64_t number = 0;
  for (auto _ : state) benchmark::DoNotOptimize(lower(arena.draw_long(number++), arena.world));
  state.SetItemsProcessed(state.iterations());
}

void whole_case(benchmark::State& state, const std::string& dialect) {
  Arena arena(dialect);
  std::uint64_t number = 0;
  for (auto _ : state) {
    Lowered lowered = lower(arena.draw_long(number), arena.world);
    lowered.scenario.id = dialect + "/explore/case";
    benchmark::DoNotOptimize(arena.player.play(lowered.scenario, number++));
  }
  state.SetItemsProcessed(state.iterations());
}

// What has to be there for it to go on: a request served through another exit than the one before it, which takes a case played.
void shrink_sixty(benchmark::State& state) {
  Arena arena("helodata");
  const auto announced = [&arena](const Commands& commands) {
    Lowered lowered = lower(commands, arena.world);
    lowered.scenario.id = "helodata/explore/case";
    const Judgement judgement = arena.player.play(lowered.scenario, 1).judgement;
    const auto found = judgement.requirements.find("H-PIN-2");
    return found != judgement.requirements.end() && found->second == Verdict::kPass;
  };
  std::vector<Commands> cases;
  for (std::uint64_t number = 0; cases.size() < 8; ++number) {
    PINPROOF_CHECK(number < kCases, "{} cases that are re-pinned", cases.size());
    Commands commands = arena.draw_long(number, 60);
    if (announced(commands)) cases.push_back(std::move(commands));
  }
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(shrink(cases[next++ % cases.size()], arena.world, announced));
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(draw_and_lower, helodata, "helodata");
BENCHMARK_CAPTURE(draw_and_lower, crawlera, "crawlera");
BENCHMARK_CAPTURE(whole_case, helodata, "helodata");
BENCHMARK_CAPTURE(whole_case, crawlera, "crawlera");
BENCHMARK(shrink_sixty)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace pinproof::conformance

BENCHMARK_MAIN();
