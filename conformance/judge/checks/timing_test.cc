#include <gtest/gtest.h>

#include "conformance/judge/judge_case_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

class TimingCases : public JudgeCases {};
TEST_P(TimingCases, AreJudged) { expect_verdict(GetParam()); }

constexpr Verdict kFail = Verdict::kFail;
constexpr const char* kNext = "X-Crawlera-Next-Request-In";

DelayCheck at_least(Duration delay) { return {{delay, std::nullopt}}; }
DelayCheck at_most(Duration delay) { return {{std::nullopt, delay}}; }

INSTANTIATE_TEST_SUITE_P(
    Delay, TimingCases,
    testing::Values(
        JudgeCase{"ExactlyAtTheBound", {after(served(), 12s)}, at_least(12s)},
        JudgeCase{"ANanosecondShort",
                  {after(served(), 12s - 1ns)},
                  at_least(12s),
                  kFail,
                  "expected a delay for `it` of at least 12s, saw 11.999999999s"},
        JudgeCase{"TooLong",
                  {after(served(), 901s)},
                  at_most(900s),
                  kFail,
                  "expected a delay for `it` of at most 15m, saw 15m1s"},
        JudgeCase{"WithinTheTolerance",
                  {after(served(), 12s)},
                  at_least(12s),
                  Verdict::kInconclusive,
                  "expected a delay for `it` of at least 12s, saw 11.8s to 12.2s: needs 200ms more room",
                  {"it"},
                  200ms},
        JudgeCase{"BeyondTheTolerance",
                  {after(served(), 11s)},
                  at_least(12s),
                  kFail,
                  "expected a delay for `it` of at least 12s, saw 10.8s to 11.2s",
                  {"it"},
                  200ms},
        JudgeCase{"ClearOfTheTolerance", {after(served(), 13s)}, at_least(12s), Verdict::kPass, "", {"it"}, 200ms},
        JudgeCase{"NoAnswerInTime",
                  {unanswered()},
                  at_most(20s),
                  kFail,
                  "expected a delay of at most 20s for `it`, saw nothing more for 30s"},
        JudgeCase{"NoAnswerButThereWasTime",
                  {unanswered()},
                  at_most(40s),
                  Verdict::kInconclusive,
                  "no answer to `it` that could say it: nothing more for 30s"}),
    name_of_case);

std::vector<Record> forwards(Duration first, Duration second) {
  const Observation one = served("b[1]", 1);
  const Observation two = served("b[2]", 2);
  return {upstream(one, UpstreamEvent::kForwarded, first), upstream(two, UpstreamEvent::kForwarded, second), one, two};
}

const SpacingCheck kSpacing{{12s, std::nullopt}};

INSTANTIATE_TEST_SUITE_P(
    Spacing, TimingCases,
    testing::Values(
        JudgeCase{"Kept", forwards(0s, 12s), kSpacing, Verdict::kPass, "", {"b"}},
        JudgeCase{"Broken",
                  forwards(0s, 11s),
                  kSpacing,
                  kFail,
                  "expected a spacing between forwards of at least 12s, saw 11s",
                  {"b"}},
        JudgeCase{"Perhaps",
                  forwards(0s, 12s),
                  kSpacing,
                  Verdict::kInconclusive,
                  "expected a spacing between forwards of at least 12s, saw 11.9s to 12.1s: needs 100ms more room",
                  {"b"},
                  100ms},
        JudgeCase{"NothingToMeasure",
                  {upstream(served()), served()},
                  kSpacing,
                  Verdict::kInconclusive,
                  "expected a spacing of at least 12s between forwards through one exit, saw no two"}),
    name_of_case);

AnnouncedDelayCheck announced(std::int64_t seconds) { return {std::nullopt, {seconds, seconds}, false}; }
const AnnouncedDelayCheck kAgrees{std::nullopt, {}, true};
const AnnouncedDelayCheck kAbsent{false, {}, false};

INSTANTIATE_TEST_SUITE_P(
    AnnouncedDelay, TimingCases,
    testing::Values(
        JudgeCase{"Seconds", {with(after(served(), 120s), kNext, "120")}, announced(120)},
        JudgeCase{"OtherSeconds",
                  {with(after(served(), 120s), kNext, "132")},
                  announced(120),
                  kFail,
                  "expected X-Crawlera-Next-Request-In of `it` of 120, saw 132"},
        JudgeCase{"Milliseconds",
                  {with(after(served(), 120s), kNext, "120000")},
                  kAgrees,
                  kFail,
                  "expected X-Crawlera-Next-Request-In of `it` to agree with its delay, 2m, saw 120000 s"},
        JudgeCase{"Agrees", {with(after(served(), 120s), kNext, "121")}, kAgrees},
        JudgeCase{"NoLonger",
                  {with(after(served(), 120s), kNext, "122")},
                  kAgrees,
                  kFail,
                  "expected X-Crawlera-Next-Request-In of `it` to agree with its delay, 2m, saw 122 s"},
        JudgeCase{
            "PerhapsAgrees",
            {with(after(served(), 120s), kNext, "122")},
            kAgrees,
            Verdict::kInconclusive,
            "expected X-Crawlera-Next-Request-In of `it` to agree with its delay, 2m, saw 122 s: needs 500ms more room",
            {"it"},
            500ms},
        JudgeCase{"Missing",
                  {after(served(), 120s)},
                  announced(120),
                  kFail,
                  "expected X-Crawlera-Next-Request-In on the answer to `it` after 2m, saw none, and 200"},
        JudgeCase{"Absent", {after(served(), 119s)}, kAbsent},
        JudgeCase{"NotAbsent",
                  {with(after(served(), 119s), kNext, "119")},
                  kAbsent,
                  kFail,
                  "expected no X-Crawlera-Next-Request-In on the answer to `it` after 1m59s, saw \"119\""},
        JudgeCase{"NotWhole",
                  {with(after(served(), 120s), kNext, "120.0")},
                  kAgrees,
                  kFail,
                  "expected whole seconds in X-Crawlera-Next-Request-In of `it`, saw \"120.0\""}),
    name_of_case);

}  // namespace
}  // namespace pinproof::conformance
