#include <gtest/gtest.h>

#include "conformance/judge/judge_case_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

class ExitCases : public JudgeCases {};
TEST_P(ExitCases, AreJudged) { expect_verdict(GetParam()); }

constexpr Verdict kFail = Verdict::kFail;

const Observation kFirst = served("first", 1, "127.20.0.1");
const Observation kSame = served("it", 2, "127.20.0.1");
const Observation kOther = served("it", 2, "127.20.0.2");

ExitCheck same_as(Labels labels) { return {std::move(labels), {}, std::nullopt}; }
ExitCheck different_from(Labels labels) { return {{}, std::move(labels), std::nullopt}; }
ExitCheck in_region(const std::string& region, const std::string& state = "") {
  sim::ExitFilter filter;
  filter.region = region;
  filter.state = state;
  return {{}, {}, filter};
}

Observation claimed() {
  Observation seen = served("it", 2, "");
  seen.exit_by_header = "127.20.0.9";
  return seen;
}

INSTANTIATE_TEST_SUITE_P(
    Exit, ExitCases,
    testing::Values(
        JudgeCase{"Same", {kFirst, kSame}, same_as({"first"})},
        JudgeCase{"NotTheSame",
                  {kFirst, kOther},
                  same_as({"first"}),
                  kFail,
                  "expected the exit of `first`, 127.20.0.1, for `it`, saw 127.20.0.2"},
        JudgeCase{"Different", {kFirst, kOther}, different_from({"first"})},
        JudgeCase{"NotDifferent",
                  {kFirst, kSame},
                  different_from({"first"}),
                  kFail,
                  "expected another exit than that of `first`, 127.20.0.1, for `it`, saw 127.20.0.1"},
        JudgeCase{"DifferentFromEach",
                  {kFirst, served("second", 3, "127.20.0.2"), kOther},
                  different_from({"first", "second"}),
                  kFail,
                  "expected another exit than that of `second`, 127.20.0.2, for `it`, saw 127.20.0.2"},
        JudgeCase{
            "ByTheGatewaysWord",
            {kFirst, claimed()},
            same_as({"first"}),
            kFail,
            "expected the exit of `first`, 127.20.0.1, for `it`, saw 127.20.0.9 (claimed by the gateway's header)"},
        JudgeCase{"ServedByNone",
                  {kFirst, refused(502, "it", 2)},
                  same_as({"first"}),
                  kFail,
                  "expected an exit to serve `it`, but none did: 502 (some-code)"},
        JudgeCase{"TheOtherServedByNone",
                  {refused(502, "first", 1), kOther},
                  same_as({"first"}),
                  Verdict::kInconclusive,
                  "expected an exit to serve `first`, but none did: 502 (some-code)"},
        JudgeCase{"Unanswered",
                  {kFirst, unanswered("it", 2)},
                  same_as({"first"}),
                  Verdict::kInconclusive,
                  "no answer to `it` that could say it: nothing more for 30s"},
        JudgeCase{"WhereTheRequestWentThoughNoAnswerCame",
                  {kFirst,
                   UpstreamSaw{"127.20.0.1", UpstreamEvent::kForwarded, "GET", "site.origin.test", "t-2", Instant(10s)},
                   unanswered("it", 2)},
                  same_as({"first"})},
        JudgeCase{"In", {kFirst}, in_region("us", "ca"), Verdict::kPass, "", {"first"}},
        JudgeCase{"NotIn",
                  {kOther},
                  in_region("us", "ca"),
                  kFail,
                  "expected an exit of region us, state ca for `it`, saw 127.20.0.2 of type res, region us, state ny, "
                  "city nyc, ASN 701"},
        JudgeCase{"WhereIsNotKnown",
                  {served("it", 2, "10.0.0.1")},
                  in_region("us"),
                  Verdict::kInconclusive,
                  "where 10.0.0.1 is, is not known"}),
    name_of_case);

const std::vector<Record> kBurst{served("b[1]", 1, "127.20.0.1"), served("b[2]", 2, "127.20.0.2"),
                                 served("b[3]", 3, "127.20.0.2")};

std::vector<Record> burst_and(const Observation& seen) {
  std::vector<Record> records = kBurst;
  records.emplace_back(seen);
  return records;
}

INSTANTIATE_TEST_SUITE_P(
    Group, ExitCases,
    testing::Values(
        JudgeCase{"AllTheSame", {served("b[1]", 1), served("b[2]", 2)}, same_as({"b[1]"}), Verdict::kPass, "", {"b"}},
        JudgeCase{"OneDiffers",
                  kBurst,
                  same_as({"b[1]"}),
                  kFail,
                  "expected the exit of `b[1]`, 127.20.0.1, for `b[2]`, saw 127.20.0.2",
                  {"b"}},
        JudgeCase{"TwoExits", kBurst, DistinctExitsCheck{{2, 2}}, Verdict::kPass, "", {"b"}},
        JudgeCase{"NotThree",
                  kBurst,
                  DistinctExitsCheck{{3, std::nullopt}},
                  kFail,
                  "expected a number of exits of at least 3, saw 2",
                  {"b"}},
        JudgeCase{"OneMoreMayHaveBeenTheThird",
                  burst_and(unanswered("b[4]", 4)),
                  DistinctExitsCheck{{3, std::nullopt}},
                  Verdict::kInconclusive,
                  "no answer to `b[4]` that could say it: nothing more for 30s",
                  {"b"}},
        JudgeCase{"OneMoreCouldNotHelp",
                  burst_and(unanswered("b[4]", 4)),
                  DistinctExitsCheck{{4, std::nullopt}},
                  kFail,
                  "expected a number of exits of at least 4, saw 2 to 3",
                  {"b"}}),
    name_of_case);

TEST(ExitEvidence, IsTheTwoThatContradictEachOther) {
  const Finding finding = finding_of({"", {kFirst, kOther}, same_as({"first"}), Verdict::kFail, ""});
  EXPECT_EQ(finding.evidence, (std::vector<std::uint64_t>{1, 2}));
}

}  // namespace
}  // namespace pinproof::conformance
