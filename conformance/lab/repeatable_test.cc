// Two runs of the lab with one seed: the same history, byte for byte, but for what the header calls volatile.
#include <gtest/gtest.h>

#include "conformance/history/history_writer.h"
#include "conformance/lab/lab_target.h"
#include "conformance/player/player.h"
#include "conformance/scenario/store.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

const std::vector<Scenario>& shipped() {
  static const LoadedScenarios loaded = load_scenarios(PINPROOF_SOURCE_DIR, shipped_catalogue());
  EXPECT_TRUE(loaded.errors.empty());
  return loaded.scenarios;
}

std::string history_of(const Scenario& scenario, Target& target, std::uint64_t seed) {
  HistoryKeeper keeper;
  PlayOptions options;
  options.seed = seed;
  play(scenario, shipped_catalogue(), target, options, keeper);
  History history = keeper.history();
  EXPECT_FALSE(history.header.varying.empty());
  history.header.varying.clear();
  return history_text(history);
}

std::string first_difference(const std::string& one, const std::string& other) {
  std::size_t at = 0;
  while (at < one.size() && at < other.size() && one[at] == other[at]) ++at;
  const auto line = [at](const std::string& text) {
    const std::size_t begin = text.rfind('\n', at == 0 ? 0 : at - 1);
    const std::size_t first = begin == std::string::npos ? 0 : begin + 1;
    return text.substr(first, text.find('\n', at) - first);
  };
  return "first:  " + line(one) + "\nsecond: " + line(other);
}

class Repeatable : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Repeatable, TwoRunsGiveTheSameHistory) {
  for (const std::string dialect : {"helodata", "crawlera"}) {
    // The second has been used before: a reset leaves nothing behind.
    const auto first = make_lab_target(shipped_target_options(dialect));
    const auto second = make_lab_target(shipped_target_options(dialect));
    for (const Scenario& scenario : shipped()) {
      const bool many = scenario.id.find("/cap/") != std::string::npos;  // five thousand sessions each
      if (scenario.dialect == dialect && !many) history_of(scenario, *second, GetParam() + 1);
    }
    std::size_t played = 0;
    for (const Scenario& scenario : shipped()) {
      if (scenario.dialect != dialect) continue;
      ++played;
      const std::string one = history_of(scenario, *first, GetParam());
      const std::string other = history_of(scenario, *second, GetParam());
      EXPECT_TRUE(one == other) << scenario.id << "\n" << first_difference(one, other);
    }
    EXPECT_GT(played, 50U);
  }
}

INSTANTIATE_TEST_SUITE_P(Seed, Repeatable, testing::Values(1, 4711));

}  // namespace
}  // namespace pinproof::conformance
