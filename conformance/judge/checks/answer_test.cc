#include <gtest/gtest.h>

#include "conformance/judge/judge_case_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

class AnswerCases : public JudgeCases {};
TEST_P(AnswerCases, AreJudged) { expect_verdict(GetParam()); }

constexpr Verdict kFail = Verdict::kFail;
constexpr const char* kRepinned = "X-Helodata-Session-Repinned";

HeaderCheck header(const std::string& name) { return {name, false, std::nullopt, std::nullopt, std::nullopt}; }

HeaderCheck header_equal(const std::string& name, const std::string& value) {
  HeaderCheck check = header(name);
  check.equals = value;
  return check;
}

HeaderCheck header_absent(const std::string& name) {
  HeaderCheck check = header(name);
  check.present = false;
  return check;
}

HeaderCheck header_integer(const std::string& name, std::int64_t low, std::int64_t high) {
  HeaderCheck check = header(name);
  check.integer = Bounds<std::int64_t>{low, high};
  return check;
}

Observation connected(const std::string& name, const std::string& value) {
  Observation seen = served();
  seen.via = Via::kConnect;
  seen.connect = ConnectReply{200, sim::Headers{{name, value}}};
  return seen;
}

HeaderCheck on_connect(HeaderCheck check) {
  check.on_connect = true;
  return check;
}

INSTANTIATE_TEST_SUITE_P(Status, AnswerCases,
                         testing::Values(JudgeCase{"Right", {refused(407)}, StatusCheck{{400, 407}}},
                                         JudgeCase{"Wrong",
                                                   {refused(403)},
                                                   StatusCheck{{400, 407}},
                                                   kFail,
                                                   "expected status 400 or 407 for `it`, saw 403 (some-code)"},
                                         JudgeCase{"Unanswered",
                                                   {unanswered()},
                                                   StatusCheck{{400}},
                                                   Verdict::kInconclusive,
                                                   "no answer to `it` that could say it: nothing more for 30s"},
                                         JudgeCase{"ErrorCode", {refused(400)}, ErrorCodeCheck{{"some-code"}}},
                                         JudgeCase{"OtherErrorCode",
                                                   {refused(400)},
                                                   ErrorCodeCheck{{"a", "b", "c"}},
                                                   kFail,
                                                   "expected X-Error: a, b or c for `it`, saw \"some-code\""},
                                         JudgeCase{"NoErrorCode",
                                                   {served()},
                                                   ErrorCodeCheck{{"a"}},
                                                   kFail,
                                                   "expected X-Error: a for `it`, saw no such header"}),
                         name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Repinned, AnswerCases,
    testing::Values(
        JudgeCase{"Announced", {with(served(), "x-helodata-session-repinned", "true")}, RepinnedCheck{true}},
        JudgeCase{"NotAnnounced", {served()}, RepinnedCheck{false}},
        JudgeCase{"Missing",
                  {served()},
                  RepinnedCheck{true},
                  kFail,
                  "expected X-Helodata-Session-Repinned: true on the answer to `it`, saw no such header, and 200"},
        JudgeCase{"AnotherValue",
                  {with(served(), kRepinned, "True")},
                  RepinnedCheck{true},
                  kFail,
                  "expected X-Helodata-Session-Repinned: true on the answer to `it`, saw \"True\""},
        JudgeCase{"Unasked",
                  {with(served(), kRepinned, "true")},
                  RepinnedCheck{false},
                  kFail,
                  "expected no X-Helodata-Session-Repinned on the answer to `it`, saw \"true\""},
        JudgeCase{"OnConnect", {connected(kRepinned, "true")}, RepinnedCheck{true}},
        JudgeCase{
            "InsideTheTunnelOnly",
            {with(connected("Via", "x"), kRepinned, "true")},
            RepinnedCheck{true},
            kFail,
            "expected X-Helodata-Session-Repinned: true on the reply to CONNECT of `it`, saw no such header, and 200"},
        JudgeCase{"Unanswered",
                  {unanswered()},
                  RepinnedCheck{true},
                  Verdict::kInconclusive,
                  "no answer to `it` that could say it: nothing more for 30s"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(Header, AnswerCases,
                         testing::Values(JudgeCase{"Equal", {with(served(), "A", "1")}, header_equal("a", "1")},
                                         JudgeCase{"NotEqual",
                                                   {with(served(), "A", "2")},
                                                   header_equal("A", "1"),
                                                   kFail,
                                                   "expected A: 1 on the answer to `it`, saw \"2\""},
                                         JudgeCase{"Absent", {served()}, header_absent("A")},
                                         JudgeCase{"NotAbsent",
                                                   {with(served(), "A", "2")},
                                                   header_absent("A"),
                                                   kFail,
                                                   "expected no header A on the answer to `it`, saw \"2\""},
                                         JudgeCase{"Missing",
                                                   {served()},
                                                   header_equal("A", "1"),
                                                   kFail,
                                                   "expected the header A on the answer to `it`, saw none"},
                                         JudgeCase{"Integer", {with(served(), "A", "7")}, header_integer("A", 7, 8)},
                                         JudgeCase{"IntegerOutside",
                                                   {with(served(), "A", "9")},
                                                   header_integer("A", 7, 8),
                                                   kFail,
                                                   "expected a value of A on the answer to `it` of from 7 to 8, saw 9"},
                                         JudgeCase{"NoInteger",
                                                   {with(served(), "A", "7.0")},
                                                   header_integer("A", 7, 8),
                                                   kFail,
                                                   "expected an integer in A on the answer to `it`, saw \"7.0\""},
                                         JudgeCase{
                                             "OnConnect", {connected("A", "1")}, on_connect(header_equal("A", "1"))},
                                         JudgeCase{"NotOnConnect",
                                                   {connected("B", "1")},
                                                   on_connect(header_equal("A", "1")),
                                                   kFail,
                                                   "expected the header A on the reply to CONNECT of `it`, saw none"},
                                         JudgeCase{"NoConnect",
                                                   {served()},
                                                   on_connect(header_equal("A", "1")),
                                                   Verdict::kInconclusive,
                                                   "there was no reply to CONNECT for `it`"}),
                         name_of_case);

}  // namespace
}  // namespace pinproof::conformance
