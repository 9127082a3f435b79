#include <gtest/gtest.h>

#include "conformance/judge/judge_case_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

class UpstreamCases : public JudgeCases {};
TEST_P(UpstreamCases, AreJudged) { expect_verdict(GetParam()); }

constexpr Verdict kFail = Verdict::kFail;

std::vector<Record> tried(int times) {
  const Observation seen = refused(502);
  std::vector<Record> records;
  for (int i = 0; i < times; ++i) {
    records.emplace_back(upstream(seen, i % 2 == 0 ? UpstreamEvent::kForwarded : UpstreamEvent::kRefused));
    if (i % 2 == 0) records.emplace_back(upstream(seen, UpstreamEvent::kFailed));
  }
  records.emplace_back(seen);
  return records;
}

INSTANTIATE_TEST_SUITE_P(Attempts, UpstreamCases,
                         testing::Values(JudgeCase{"None", {refused(400)}, AttemptsCheck{{0, 0}}},
                                         JudgeCase{"One", tried(1), AttemptsCheck{{1, 1}}},
                                         JudgeCase{"RefusedConnectionsCount", tried(2), AttemptsCheck{{2, 2}}},
                                         JudgeCase{"AnExitThatTellsOnlyOfItsFailure",
                                                   {upstream(refused(502), UpstreamEvent::kFailed), refused(502)},
                                                   AttemptsCheck{{1, 1}}},
                                         JudgeCase{"OneTooMany", tried(2), AttemptsCheck{{1, 1}}, kFail,
                                                   "expected a number of attempts for `it` of 1, saw 2"}),
                         name_of_case);

OriginCheck reached(bool wanted) {
  OriginCheck check;
  check.reached = wanted;
  return check;
}

OriginCheck absent(const std::string& pattern) {
  OriginCheck check;
  check.absent = {pattern};
  return check;
}

OriginCheck header(const std::string& name, const std::string& value) {
  OriginCheck check;
  check.headers = {{name, value}};
  return check;
}

OriginCheck method(const std::string& name) {
  OriginCheck check;
  check.method = name;
  return check;
}

OriginCheck unchanged() {
  OriginCheck check;
  check.body_unchanged = true;
  return check;
}

std::vector<Record> at_origin(const std::string& name, const std::string& value) {
  OriginSaw saw = origin(served());
  saw.headers.add(name, value);
  return {saw, served()};
}

std::vector<Record> with_body(std::uint64_t digest_at_origin) {
  Observation seen = served();
  seen.sent_bytes = 4;
  seen.sent_digest = 7;
  OriginSaw saw = origin(seen);
  saw.body_digest = digest_at_origin;
  return {saw, seen};
}

INSTANTIATE_TEST_SUITE_P(
    Origin, UpstreamCases,
    testing::Values(
        JudgeCase{"Reached", {origin(served()), served()}, reached(true)},
        JudgeCase{"NotReached",
                  {refused(400)},
                  reached(true),
                  kFail,
                  "expected `it` to reach the origin, but it did not: 400 (some-code)"},
        JudgeCase{"Kept", {refused(400)}, reached(false)},
        JudgeCase{"NotKept",
                  {origin(served()), served()},
                  reached(false),
                  kFail,
                  "expected `it` not to reach the origin, but it did: 200"},
        JudgeCase{"Method", {origin(served()), served()}, method("GET")},
        JudgeCase{"OtherMethod",
                  {origin(served()), served()},
                  method("HEAD"),
                  kFail,
                  "expected method HEAD at the origin for `it`, saw GET"},
        JudgeCase{"Header", at_origin("X-A", "1"), header("x-a", "1")},
        JudgeCase{"OtherHeader", at_origin("X-A", "2"), header("X-A", "1"), kFail,
                  "expected X-A: 1 at the origin for `it`, saw \"2\""},
        JudgeCase{"Absent", at_origin("X-A", "1"), absent("X-Crawlera-*")},
        JudgeCase{"LeakedControlHeader", at_origin("x-crawlera-session", "7"), absent("X-Crawlera-*"), kFail,
                  "expected no X-Crawlera-* at the origin for `it`, saw x-crawlera-session: 7"},
        JudgeCase{"LeakedCredentials", at_origin("Proxy-Authorization", "{redacted}"), absent("Proxy-Authorization"),
                  kFail, "expected no Proxy-Authorization at the origin for `it`, saw Proxy-Authorization: {redacted}"},
        JudgeCase{"BodyUnchanged", with_body(7), unchanged()},
        JudgeCase{"BodyChanged", with_body(8), unchanged(), kFail,
                  "expected the body as it was sent at the origin for `it`, saw another one of 4 bytes, 4 were sent"}),
    name_of_case);

CountCheck repinned(std::int64_t times) { return {true, std::nullopt, {times, times}}; }

std::vector<Record> announced(int of_three, bool last_unanswered) {
  std::vector<Record> records;
  for (int i = 1; i <= 3; ++i) {
    const std::string label = "b[" + std::to_string(i) + "]";
    const auto id = static_cast<std::uint64_t>(i);
    Observation seen = i == 3 && last_unanswered ? unanswered(label, id) : served(label, id);
    if (i <= of_three) seen.headers.add("X-Helodata-Session-Repinned", "true");
    records.emplace_back(seen);
  }
  return records;
}

INSTANTIATE_TEST_SUITE_P(
    Count, UpstreamCases,
    testing::Values(JudgeCase{"ExactlyOne", announced(1, false), repinned(1), Verdict::kPass, "", {"b"}},
                    JudgeCase{"Two",
                              announced(2, false),
                              repinned(1),
                              kFail,
                              "expected 1 of 3 to be announced as re-pinned, saw 2",
                              {"b"}},
                    JudgeCase{"NoneOrOne",
                              announced(0, true),
                              repinned(1),
                              Verdict::kInconclusive,
                              "expected 1 of 3 to be announced as re-pinned, saw 0 to 1: needs 1 more room",
                              {"b"}},
                    JudgeCase{"TwoWhateverTheThird",
                              announced(2, true),
                              repinned(1),
                              kFail,
                              "expected 1 of 3 to be announced as re-pinned, saw 2 to 3",
                              {"b"}}),
    name_of_case);

TEST(AttemptsWithoutJournals, AreAtLeastThoseSeen) {
  const Observation seen = refused(502);
  const std::vector<Record> records{upstream(seen), upstream(seen), seen};
  const auto verdict_of = [&](AttemptsCheck check) {
    std::vector<Record> all = records;
    all.emplace_back(expected("H-STK-1", check));
    return judgement_of(all).verdict;
  };
  EXPECT_EQ(verdict_of({{std::nullopt, 1}}), Verdict::kFail);
  EXPECT_EQ(verdict_of({{2, 2}}), Verdict::kInconclusive);
}

}  // namespace
}  // namespace pinproof::conformance
