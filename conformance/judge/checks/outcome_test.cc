#include <gtest/gtest.h>

#include "conformance/judge/judge_case_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

class OutcomeCases : public JudgeCases {};
TEST_P(OutcomeCases, AreJudged) { expect_verdict(GetParam()); }

Observation ended(Observation seen, AnswerEnd end) {
  seen.end = end;
  return seen;
}

Observation truncated() {
  Observation seen = served();
  seen.body_bytes = 10;
  return seen;
}

Observation connect_refused() {
  Observation seen = refused(407);
  seen.via = Via::kConnect;
  seen.connect = ConnectReply{407, seen.headers};
  return seen;
}

constexpr Verdict kFail = Verdict::kFail;

INSTANTIATE_TEST_SUITE_P(
    Served, OutcomeCases,
    testing::Values(JudgeCase{"ByTheOrigin", {origin(served()), served()}, OutcomeCheck{Outcome::kServed}},
                    JudgeCase{"AnErrorOfTheOrigin",
                              {origin(served()),
                               [] {
                                 auto s = served();
                                 s.status = 503;
                                 return s;
                               }()},
                              OutcomeCheck{Outcome::kServed}},
                    JudgeCase{"NotByTheGatewayItself",
                              {[] {
                                auto s = served();
                                s.exit_by_origin.clear();
                                return s;
                              }()},
                              OutcomeCheck{Outcome::kServed},
                              kFail,
                              "expected `it` to be served, but the origin never saw it and the answer was 200"},
                    JudgeCase{"Refused",
                              {refused(407)},
                              OutcomeCheck{Outcome::kServed},
                              kFail,
                              "expected `it` to be served, saw 407 (some-code)"},
                    JudgeCase{"ConnectRefused",
                              {connect_refused()},
                              OutcomeCheck{Outcome::kServed},
                              kFail,
                              "expected `it` to be served, saw 407 (some-code)"},
                    JudgeCase{"Truncated",
                              {origin(truncated()), truncated()},
                              OutcomeCheck{Outcome::kServed},
                              kFail,
                              "expected `it` to be served, saw 200"},
                    JudgeCase{"Unanswered",
                              {unanswered()},
                              OutcomeCheck{Outcome::kServed},
                              kFail,
                              "expected `it` to be served, saw nothing more for 30s"},
                    JudgeCase{"GivenUp",
                              {ended(unanswered(), AnswerEnd::kAbandoned)},
                              OutcomeCheck{Outcome::kServed},
                              Verdict::kInconclusive,
                              "no answer to `it` that could say it: given up by the client"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Refused, OutcomeCases,
    testing::Values(JudgeCase{"With400", {refused(400)}, OutcomeCheck{Outcome::kRefused}},
                    JudgeCase{"With407OfConnect", {connect_refused()}, OutcomeCheck{Outcome::kRefused}},
                    JudgeCase{"With540", {refused(540)}, OutcomeCheck{Outcome::kRefused}},
                    JudgeCase{"NotWith502",
                              {refused(502)},
                              OutcomeCheck{Outcome::kRefused},
                              kFail,
                              "expected `it` to be refused with a client error, saw 502 (some-code)"},
                    JudgeCase{"NotWhenForwarded",
                              {upstream(refused(400)), refused(400)},
                              OutcomeCheck{Outcome::kRefused},
                              kFail,
                              "expected `it` to be refused and not forwarded, but it was, through 127.20.0.1"},
                    JudgeCase{"NotWhenAnUpstreamWasTried",
                              {upstream(refused(400), UpstreamEvent::kRefused), refused(400)},
                              OutcomeCheck{Outcome::kRefused},
                              kFail,
                              "expected `it` to be refused and not forwarded, but it was, through "}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    UpstreamError, OutcomeCases,
    testing::Values(
        JudgeCase{"With502", {refused(502)}, OutcomeCheck{Outcome::kUpstreamError}},
        JudgeCase{"With504", {refused(504)}, OutcomeCheck{Outcome::kUpstreamError}},
        JudgeCase{"Cut", {ended(truncated(), AnswerEnd::kCut)}, OutcomeCheck{Outcome::kUpstreamError}},
        JudgeCase{"Closed", {ended(unanswered(), AnswerEnd::kClosed)}, OutcomeCheck{Outcome::kUpstreamError}},
        JudgeCase{"NeverPassedOffAsWhole",
                  {truncated()},
                  OutcomeCheck{Outcome::kUpstreamError},
                  kFail,
                  "expected `it` to end in an error or a close, but 10 of 16 bytes were passed off as whole"},
        JudgeCase{"NeverAHang",
                  {unanswered()},
                  OutcomeCheck{Outcome::kUpstreamError},
                  kFail,
                  "expected `it` to be a gateway error (502, 503, 504) or a close, saw nothing more for 30s"},
        JudgeCase{"Unavailable", {refused(503)}, OutcomeCheck{Outcome::kUnavailable}},
        JudgeCase{"NotUnavailable",
                  {refused(504)},
                  OutcomeCheck{Outcome::kUnavailable},
                  kFail,
                  "expected `it` to be refused as unavailable (502, 503), saw 504 (some-code)"},
        JudgeCase{"DelayRefused", {with(refused(503), "Retry-After", "12")}, OutcomeCheck{Outcome::kDelayRefused}},
        JudgeCase{"DelayRefusedWithoutRetryAfter",
                  {refused(503)},
                  OutcomeCheck{Outcome::kDelayRefused},
                  kFail,
                  "expected `it` to be refused with 503 and Retry-After, saw 503 (some-code)"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(Body, OutcomeCases,
                         testing::Values(JudgeCase{"Bytes", {served()}, BodyCheck{16, true}},
                                         JudgeCase{"OtherBytes",
                                                   {served()},
                                                   BodyCheck{17, std::nullopt},
                                                   kFail,
                                                   "expected a body of 17 bytes for `it`, saw 16"},
                                         JudgeCase{
                                             "CutOff", {ended(truncated(), AnswerEnd::kCut)}, BodyCheck{10, false}},
                                         JudgeCase{"NotWhole",
                                                   {truncated()},
                                                   BodyCheck{std::nullopt, true},
                                                   kFail,
                                                   "expected a whole body for `it`, saw 10 bytes and 200"}),
                         name_of_case);

TEST(OutcomeOfACall, IsSaidByItsStatus) {
  ApiCall call;
  call.id = 1;
  call.label = "it";
  call.status = 404;
  EXPECT_EQ(finding_of({"", {call}, OutcomeCheck{Outcome::kRefused}}).verdict, Verdict::kPass);
  EXPECT_EQ(finding_of({"", {call}, OutcomeCheck{Outcome::kServed}}).reason, "expected `it` to be served, saw 404");
}

TEST(OutcomeWithoutJournals, IsUndecidedWhereOnlyTheyCouldTell) {
  const Judgement judgement = judgement_of({refused(400), expected("H-STK-1", OutcomeCheck{Outcome::kRefused})});
  EXPECT_EQ(judgement.verdict, Verdict::kInconclusive);
  EXPECT_EQ(judgement.reason,
            "H-STK-1: the journals end before `it` does, so that whether it was forwarded is not known");
}

}  // namespace
}  // namespace pinproof::conformance
