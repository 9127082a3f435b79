#include "conformance/judge/judge.h"

#include <gtest/gtest.h>

#include "conformance/judge/judge_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;

const JournalComplete kJournals{Instant(1h)};
const Check kIs200 = StatusCheck{{200}};
const Check kIs400 = StatusCheck{{400}};

TEST(Judge, PassesWhenARequirementPassed) {
  const Judgement judgement = judgement_of({served(), kJournals, expected("H-STK-1", kIs200)});
  EXPECT_EQ(judgement.verdict, Verdict::kPass);
  EXPECT_EQ(judgement.requirements.at("H-STK-1"), Verdict::kPass);
}

TEST(Judge, PreconditionsAloneProveNothing) {
  const Judgement judgement = judgement_of({served(), kJournals, expected("", kIs200)});
  EXPECT_EQ(judgement.verdict, Verdict::kNotExercised);
  EXPECT_EQ(judgement.requirements.at("H-STK-1"), Verdict::kNotExercised);
}

TEST(Judge, AHistoryThatSaysNothingIsNotExercised) { EXPECT_EQ(judgement_of({}).verdict, Verdict::kNotExercised); }

TEST(Judge, FailsNamingTheRequirementAndTheEvidence) {
  const Judgement judgement =
      judgement_of({served(), kJournals, expected("H-STK-1", kIs200), expected("H-PIN-2", kIs400)});
  EXPECT_EQ(judgement.verdict, Verdict::kFail);
  EXPECT_EQ(judgement.reason, "H-PIN-2: expected status 400 for `it`, saw 200");
  EXPECT_EQ(judgement.requirements.at("H-STK-1"), Verdict::kPass);
  EXPECT_EQ(judgement.requirements.at("H-PIN-2"), Verdict::kFail);
  EXPECT_EQ(judgement.findings.front().requirement, "H-PIN-2");
  EXPECT_EQ(judgement.findings.front().evidence, std::vector<std::uint64_t>{1});
  EXPECT_EQ(judgement.findings.front().step, "/steps/0/expect/0");
}

TEST(Judge, AnUnmetPreconditionIsNobodysFault) {
  const Judgement judgement = judgement_of({served(), kJournals, expected("", kIs400), expected("H-STK-1", kIs400)});
  EXPECT_EQ(judgement.verdict, Verdict::kSetupFail);
  EXPECT_EQ(judgement.reason, "expected status 400 for `it`, saw 200");
  EXPECT_EQ(judgement.requirements.at("H-STK-1"), Verdict::kSetupFail);
}

TEST(Judge, WhatFailedBeforeAPreconditionStands) {
  const Judgement judgement = judgement_of({served(), kJournals, expected("H-STK-1", kIs400), expected("", kIs400)});
  EXPECT_EQ(judgement.verdict, Verdict::kFail);
}

TEST(Judge, AnUndecidedPreconditionIsNotMet) {
  const Judgement judgement = judgement_of({unanswered(), kJournals, expected("", kIs200)});
  EXPECT_EQ(judgement.verdict, Verdict::kSetupFail);
}

TEST(Judge, AnythingUndecidedKeepsFromPassing) {
  const Judgement judgement = judgement_of(
      {served(), unanswered("late", 2), kJournals, expected("H-STK-1", kIs200), expected("H-PIN-1", kIs200, {"late"})});
  EXPECT_EQ(judgement.verdict, Verdict::kInconclusive);
  EXPECT_EQ(judgement.requirements.at("H-STK-1"), Verdict::kPass);
  EXPECT_EQ(judgement.requirements.at("H-PIN-1"), Verdict::kInconclusive);
}

TEST(Judge, TroubleIsTheVerdictOfWhatWasNotJudged) {
  const Trouble trouble{Verdict::kNotTestable, "", "needs drop", sim::kStart};
  const Judgement judgement = judgement_of({trouble});
  EXPECT_EQ(judgement.verdict, Verdict::kNotTestable);
  EXPECT_EQ(judgement.reason, "needs drop");
  EXPECT_EQ(judgement.requirements.at("H-STK-1"), Verdict::kNotTestable);
}

TEST(Judge, ASetUpThatFailsAfterAPassIsNoPass) {
  const Trouble trouble{Verdict::kSetupFail, "/steps/3", "no session id came in the answer to `it`", Instant(1h)};
  const Judgement judgement =
      judgement_of({served(), kJournals, expected("H-STK-1", kIs200), trouble}, {"H-STK-1", "H-PIN-1"});
  EXPECT_EQ(judgement.verdict, Verdict::kSetupFail);
  EXPECT_EQ(judgement.requirements.at("H-STK-1"), Verdict::kPass);
  EXPECT_EQ(judgement.requirements.at("H-PIN-1"), Verdict::kSetupFail);
}

TEST(Judge, AHistoryWithoutItsEndIsNeverPassed) {
  History history;
  history.header = test_header();
  history.records = {served(), kJournals, expected("H-STK-1", kIs200)};
  history.complete = false;
  EXPECT_EQ(judge(history).verdict, Verdict::kInconclusive);
  EXPECT_EQ(judge(history).reason, "the history is not complete: its end is missing");
}

TEST(Judge, AnExpectationOfWhatWasNeverSeenIsUndecided) {
  const Judgement judgement = judgement_of({kJournals, expected("H-STK-1", kIs200, {"lost"})});
  EXPECT_EQ(judgement.verdict, Verdict::kInconclusive);
}

TEST(Judge, OrdersVerdictsByWhatAReaderHasToKnowFirst) {
  const Verdict order[] = {Verdict::kFail, Verdict::kHarnessError, Verdict::kSetupFail,    Verdict::kInconclusive,
                           Verdict::kPass, Verdict::kNotTestable,  Verdict::kNotSupported, Verdict::kNotExercised};
  for (std::size_t i = 0; i + 1 < std::size(order); ++i) {
    EXPECT_EQ(worse(order[i], order[i + 1]), order[i]);
    EXPECT_EQ(worse(order[i + 1], order[i]), order[i]);
  }
}

// What decides no run by itself hides nothing that does.
TEST(Judge, AMinorFailureDoesNotHideACoreOne) {
  History history;
  history.header = test_header();
  history.header.vocabulary.next_request_in.clear();
  history.records = {served(), kJournals, expected("H-EXT-2", kIs400), expected("H-STK-1", kIs400)};
  const auto verdict_of = [&](std::set<std::string> minor) {
    Judge judge(Samples::kJudged, std::move(minor));
    judge.header(history.header);
    for (const Record& record : history.records) judge.record(record);
    return judge.conclude().requirements;
  };
  EXPECT_EQ(verdict_of({"H-EXT-2"}).at("H-STK-1"), Verdict::kFail);
  EXPECT_EQ(verdict_of({}).at("H-STK-1"), Verdict::kNotExercised);
}

// A history that is said to have no expectations is judged as it is without them, and may not bring one.
TEST(Judge, MonitorsNeedNoExpectations) {
  HistoryHeader header = test_header();
  header.vocabulary.next_request_in.clear();
  OriginSaw saw = origin(served());
  saw.headers.add("Proxy-Authorization", "{redacted}");
  for (const Expectations expectations : {Expectations::kRuledOn, Expectations::kNone}) {
    Judge judge(Samples::kJudged, {}, expectations);
    judge.header(header);
    judge.record(saw);
    judge.record(served());
    judge.record(kJournals);
    EXPECT_EQ(judge.conclude().requirements, (std::map<std::string, Verdict>{{"G-1", Verdict::kFail}}));
  }
  Judge judge(Samples::kJudged, {}, Expectations::kNone);
  judge.header(header);
  EXPECT_DEATH(judge.record(expected("H-STK-1", kIs400)), "an expectation in a history that was said to have none");
}

}  // namespace
}  // namespace pinproof::conformance
