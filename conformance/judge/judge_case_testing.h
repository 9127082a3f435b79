// Runs a table of judge cases as one test each. Include after gtest.
#pragma once

#include <gtest/gtest.h>

#include "conformance/judge/judge_testing.h"

namespace pinproof::conformance {

class JudgeCases : public testing::TestWithParam<JudgeCase> {};

inline std::string name_of_case(const testing::TestParamInfo<JudgeCase>& info) { return info.param.name; }

inline void expect_verdict(const JudgeCase& one) {
  const Finding finding = finding_of(one);
  EXPECT_EQ(to_string(finding.verdict), to_string(one.verdict)) << finding.reason;
  EXPECT_EQ(finding.reason, one.reason);
  EXPECT_EQ(finding.evidence.empty(), one.verdict == Verdict::kPass);
}

}  // namespace pinproof::conformance
