#include "tools/program/scenario_words.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "tools/program/expectation_words.h"

namespace pinproof::program {
namespace {

using namespace conformance;
using namespace std::chrono_literals;

using Lines = std::vector<std::string>;

Expectation expectation(Check check, std::string requirement = "H-STK-1") {
  return {std::move(requirement), {}, std::move(check), ""};
}

std::string told(auto step) { return in_words(Step{std::move(step), "/steps/0", ""}, true).text; }

RequestStep request() {
  RequestStep step;
  step.label = "first";
  step.user.session = "@job";
  step.user.minutes = "30";
  return step;
}

TEST(ScenarioWords, Requests) {
  EXPECT_EQ(told(DoStep{request()}), "client sends GET site as res us session @job for 30 minutes; calls it `first`");
  RequestStep burst = request();
  burst.label = "";
  burst.count = 3;
  burst.every = 2s;
  burst.via = Via::kConnect;
  burst.connection = {ConnectionChoice::Kind::kKept, ""};
  burst.credentials = CredentialFault::kWrongPassword;
  burst.user.raw = "{account}-x";
  EXPECT_EQ(told(DoStep{burst}),
            "client sends 3 times (every 2s) GET site via CONNECT as \"{account}-x\", with wrong_password credentials, "
            "on its kept connection");
  RequestStep issued;
  issued.session = {IssuedSession::Kind::kOf, "made"};
  issued.gate_at = 4;
  EXPECT_EQ(
      told(BeginStep{issued}),
      "client sends GET site as res us, in the session of `made`, held by the origin after 4 bytes, and does not wait");
}

TEST(ScenarioWords, UsersOnlyWhereTheyMeanSomething) {
  RequestStep create;
  create.session = {IssuedSession::Kind::kCreate, ""};
  EXPECT_EQ(in_words(Step{DoStep{create}, "", ""}, false).text, "client sends GET site, asking for a new session");
}

TEST(ScenarioWords, OtherSteps) {
  EXPECT_EQ(told(WaitStep{29min + 59s, ""}), "29m59s pass");
  EXPECT_EQ(told(WaitStep{30min, "first"}), "time passes until 30m after `first` was sent");
  EXPECT_EQ(told(ReleaseStep{"first"}), "the origin goes on with the answer of `first`");
  EXPECT_EQ(told(AbandonStep{"first"}), "the client gives up `first`");
  EXPECT_EQ(told(CloseStep{"client", {ConnectionChoice::Kind::kKept, ""}}), "client closes its kept connection");
  ExitStep drop;
  drop.which.served = "first";
  drop.lasting = 10s;
  EXPECT_EQ(told(drop), "drop: the exit that served `first`, for 10s");
  ExitStep all;
  all.action = sim::ExitAction::kFail;
  all.count = 2;
  EXPECT_EQ(told(all), "fail: every exit, for 2 requests");
  EXPECT_EQ(told(DoStep{ApiStep{}}), "client calls list_sessions");
}

TEST(ScenarioWords, ExpectationsOfAStep) {
  RequestStep step = request();
  step.expect = {expectation(OutcomeCheck{Outcome::kServed}, ""), expectation(ExitCheck{{"first"}, {}, {}})};
  EXPECT_EQ(in_words(Step{DoStep{step}, "", ""}, true).expectations,
            (Lines{"served (precondition)", "its exit is that of `first` (H-STK-1)"}));
}

TEST(ScenarioWords, EveryCheck) {
  const auto words = [](Check check) { return in_words(expectation(std::move(check), "X")); };
  EXPECT_EQ(words(OutcomeCheck{Outcome::kUpstreamError}), "upstream_error (X)");
  EXPECT_EQ(words(StatusCheck{{400, 407}}), "the status is 400 or 407 (X)");
  EXPECT_EQ(words(RepinnedCheck{false}), "no re-pin is announced (X)");
  EXPECT_EQ(words(ErrorCodeCheck{{"a", "b"}}), "the error code is a or b (X)");
  EXPECT_EQ(words(HeaderCheck{"Via", true, true, "x", {}}),
            "the header Via of the reply to CONNECT is there and is \"x\" (X)");
  EXPECT_EQ(words(ExitCheck{{}, {"a", "b"}, sim::ExitFilter{sim::ExitType::kMobile, "us", "ca", "", 7922}}),
            "its exit is not that of `a`, `b` and is one of mob exits in us/ca, asn 7922 (X)");
  EXPECT_EQ(words(DistinctExitsCheck{{2, {}}}), "the number of different exits is at least 2 (X)");
  EXPECT_EQ(words(DelayCheck{{12s, 13s}}), "it is answered after 12s to 13s (X)");
  EXPECT_EQ(words(SpacingCheck{{12s, {}}}), "the time between two forwards is at least 12s (X)");
  EXPECT_EQ(words(AttemptsCheck{{1, 1}}), "the number of attempts at upstreams is exactly 1 (X)");
  EXPECT_EQ(words(CountCheck{true, {}, {1, 1}}), "exactly 1 of them announce a re-pin (X)");
  EXPECT_EQ(words(BodyCheck{16, true}), "the body has 16 bytes and is whole (X)");
  EXPECT_EQ(words(AnnouncedDelayCheck{true, {120, {}}, true}),
            "the announced delay is there and is at least 120 seconds and agrees with the delay served (X)");
  EXPECT_EQ(words(SessionIdCheck{true, {}, {"a"}}), "a session id is issued and is not that of `a` (X)");
  EXPECT_EQ(words(ListedCheck{{"a"}, {"b"}, {}, Bounds<std::int64_t>{{}, 3}}),
            "the list has the session of `a` and lacks the session of `b` and has at most 3 sessions (X)");
  EXPECT_EQ(
      words(OriginCheck{true, "GET", {}, {"X-Crawlera-*"}, {}, true}),
      "the origin sees the request and sees the method GET and sees no X-Crawlera-* and sees the body unchanged (X)");
}

}  // namespace
}  // namespace pinproof::program
