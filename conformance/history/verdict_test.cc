#include "conformance/history/verdict.h"

#include <gtest/gtest.h>

namespace pinproof::conformance {
namespace {

TEST(Verdict, HasTheWordsOfTheDesign) {
  const std::pair<Verdict, std::string_view> words[] = {{Verdict::kPass, "pass"},
                                                        {Verdict::kFail, "fail"},
                                                        {Verdict::kInconclusive, "inconclusive"},
                                                        {Verdict::kNotExercised, "not_exercised"},
                                                        {Verdict::kNotTestable, "not_testable"},
                                                        {Verdict::kNotSupported, "not_supported"},
                                                        {Verdict::kSetupFail, "setup_fail"},
                                                        {Verdict::kHarnessError, "harness_error"}};
  for (const auto& [verdict, word] : words) {
    EXPECT_EQ(to_string(verdict), word);
    EXPECT_EQ(parse_verdict(word), verdict);
  }
  EXPECT_EQ(parse_verdict("passed"), std::nullopt);
}

}  // namespace
}  // namespace pinproof::conformance
