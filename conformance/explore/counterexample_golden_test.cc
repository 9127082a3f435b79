// The same seed gives the same counterexample file, byte for byte, with every compiler and library.
#include <gtest/gtest.h>

#include "conformance/explore/explore_testing.h"
#include "conformance/scenario/scenario_json.h"
#include "conformance/target/shipped_target_testing.h"
#include "sim/core/digest.h"

namespace pinproof::conformance {
namespace {

struct Golden {
  const char* deviation;
  const char* requirement;
  const char* digest;
};

TEST(Counterexample, GoldenFiles) {
  const Golden goldens[] = {{"helodata-lost-exit-kept", "H-PIN-1", "9c47e43b40fb1f05"},
                            {"helodata-cut-left-hanging", "H-PIN-9", "7bd78cc487c92af9"},
                            {"crawlera-expires-from-creation", "C-SES-7", "fc7be010a80c1a27"},
                            {"crawlera-ceiling-of-16-minutes", "C-PAC-3", "0920f7bf2825ccb7"}};
  for (const Golden& golden : goldens) {
    ExploreOptions options;
    options.seed = 1;
    options.cases = 5'000;
    options.program = "pinproof golden";
    options.wanted = {golden.requirement};
    const Exploration found = explore(simulated(wrong_gateway(golden.deviation)), shipped_catalogue(), options);
    ASSERT_EQ(found.counterexamples.size(), 1U) << golden.deviation;
    const std::string text = scenario_to_json(found.counterexamples.front().scenario);
    sim::Digest digest;
    digest.add(text);
    EXPECT_EQ(digest.hex(), golden.digest) << text;
  }
}

}  // namespace
}  // namespace pinproof::conformance
