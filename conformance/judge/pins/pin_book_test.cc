// What a session may be after a request that can be taken in more than one way: every state in which the gateway is right stays possible,
// and what is wrong in all of them is said once.
#include "conformance/judge/pins/pin_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/judge/pins/pin_story_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kCalifornia = "helo_{account}-type-res-region-us-session-job-sesstime-20";

PinStory reading(const std::string& name, const std::string& value) {
  PinStory story;
  story.header.readings[name] = value;
  return story;
}

TEST(PinBook, OneRequestAstrayIsOneViolation) {
  PinStory story;
  story.served(kExitA).at(1min).served(kExitA).at(2min).served(kExitB).at(3min).served(kExitA).at(4min).served(kExitA);
  EXPECT_THAT(story.violations(), ElementsAre("H-STK-1 fail [2 3]"));
  story.at(5min).served(kExitC).at(6min).served(kExitA);
  EXPECT_THAT(story.violations(), ElementsAre("H-STK-1 fail [2 3]", "H-STK-1 fail [5 6]"));
}

TEST(PinBook, ATunnelKeepsItsExitAndTellsNothingOfTheSession) {
  PinStory over;
  over.served(kExitA).at(9min + 50s).via_connect().served(kExitA).at(10min + 10s).in_tunnel(kExitA).via_connect(false);
  over.at(10min + 20s).served(kExitB).at(10min + 30s).served(kExitB);
  EXPECT_THAT(over.violations(), IsEmpty());
  PinStory beside;
  beside.served(kExitA).at(9min + 50s).via_connect().served(kExitA).via_connect(false).at(10min + 5s).served(kExitB);
  beside.at(10min + 10s).via_connect().in_tunnel(kExitA).via_connect(false).at(10min + 20s).served(kExitB);
  EXPECT_THAT(beside.violations(), IsEmpty());
  // The CONNECT itself is the session's.
  PinStory wrong;
  wrong.served(kExitA).at(1min).via_connect().served(kExitB);
  EXPECT_THAT(wrong.violations(), ElementsAre("H-STK-2 fail [1 2]"));
}

TEST(PinBook, ADeletionByAnIdMayHaveEndedAnySessionOfTheAccount) {
  PinStory story;
  story.served(kExitA).at(1min).deletes().at(2min).served(kExitB);
  EXPECT_THAT(story.violations(), IsEmpty());
  story.at(3min).served(kExitC);
  EXPECT_THAT(story.violations(), ElementsAre("H-STK-1 fail [3 4]"));
  PinStory other;
  other.served(kExitA).at(1min).of_account("two").deletes().of_account("one").at(2min).served(kExitB);
  EXPECT_THAT(other.violations(), ElementsAre("H-STK-1 fail [1 3]"));
}

TEST(PinBook, BeyondEightStatesEverythingIsPossible) {
  PinStory story;
  for (int i = 0; i < 9; ++i) story.at(i * 10s).unanswered();
  story.at(2min).served(kExitA, true).at(3min).served(kExitB);
  EXPECT_THAT(story.violations(), IsEmpty());
  // By then its window is known again.
  story.at(4min).served(kExitC);
  EXPECT_THAT(story.violations(), ElementsAre("H-STK-1 fail [11 12]"));
}

TEST(PinBook, TheWindowRunsFromTheLatestRequestWhereThatIsTheReading) {
  PinStory right = reading("window_clock", "idle");
  right.served(kExitA).at(8min).served(kExitA).at(15min).drop(kExitA).at(16min).served(kExitB, true);
  EXPECT_THAT(right.violations(), IsEmpty());
  PinStory wrong = reading("window_clock", "idle");
  wrong.served(kExitA).at(8min).served(kExitA).at(12min).served(kExitB);
  EXPECT_THAT(wrong.violations(), ElementsAre("H-STK-1 fail [2 3]"));
  PinStory first = reading("window_clock", "first_of_both");
  first.served(kExitA).at(8min).served(kExitA).at(12min).served(kExitB);
  EXPECT_THAT(first.violations(), IsEmpty());
}

TEST(PinBook, AnIdIsTheWholeKeyWhereThatIsTheReading) {
  for (const char* key : {"id", "id_and_place"}) {
    PinStory right = reading("session_key", key);
    right.served(kExitA).at(5min).as(kCalifornia).served(kExitA).at(6min).drop(kExitA);
    right.as(kJob).served(kExitB, true).at(7min).as(kCalifornia).served(kExitB);
    EXPECT_THAT(right.violations(), IsEmpty()) << key;
    PinStory wrong = reading("session_key", key);
    wrong.served(kExitA).at(5min).as(kCalifornia).served(kExitB);
    EXPECT_THAT(wrong.violations(), ElementsAre("H-STK-1 fail [1 2]")) << key;
  }
  const char* const abroad = "helo_{account}-type-res-region-de-session-job-sesstime-10";
  PinStory apart = reading("session_key", "id_and_place");
  apart.served(kExitA).at(1min).as(abroad).served(kExitDe);
  EXPECT_THAT(apart.violations(), IsEmpty());
}

TEST(PinBook, AFailedFirstRequestStartsTheWindowOrNotByTheReading) {
  const auto told_over = [](PinStory story) {
    story.failed(502).at(5min).served(kExitA).at(10min + 10s).served(kExitB);
    return story.violations();
  };
  EXPECT_THAT(told_over(reading("failed_first_request_starts_window", "open")), IsEmpty());
  EXPECT_THAT(told_over(reading("failed_first_request_starts_window", "yes")), IsEmpty());
  EXPECT_THAT(told_over(reading("failed_first_request_starts_window", "no")), ElementsAre("H-STK-1 fail [2 3]"));
  PinStory late = reading("failed_first_request_starts_window", "yes");
  late.failed(502).at(5min).served(kExitA).at(10min + 5s).drop(kExitA).at(10min + 10s).served(kExitB, true);
  EXPECT_THAT(late.violations(), ElementsAre("H-PIN-11 fail [2 3]"));
}

TEST(PinBook, TheFirstSuccessfulResponseAnnounces) {
  PinStory again;
  again.served(kExitA).at(1min).drop(kExitA).cut_short(kExitB, true).at(2min).served(kExitB, true);
  EXPECT_THAT(again.violations(), IsEmpty());
  again.at(3min).served(kExitB, true);
  EXPECT_THAT(again.violations(), ElementsAre("H-PIN-4 fail [3 4]"));
  PinStory later;
  later.served(kExitA).at(1min).drop(kExitA).cut_short(kExitB).at(2min).served(kExitB, true);
  EXPECT_THAT(later.violations(), IsEmpty());
}

TEST(PinBook, ASecondAnnouncementNeedsALossWhateverTheFirstWas) {
  PinStory story;
  story.served(kExitA, true).at(1min).served(kExitA, true).at(2min).served(kExitA, true);
  EXPECT_THAT(story.violations(), ElementsAre("H-PIN-4 fail [1 2]", "H-PIN-4 fail [2 3]"));
  PinStory right;
  right.served(kExitA, true).at(1min).drop(kExitA).served(kExitB, true);
  EXPECT_THAT(right.violations(), IsEmpty());
}

TEST(PinBook, ARefusalForAnotherReasonLeavesTheSessionAsItWas) {
  for (const int status : {403, 429}) {
    PinStory story;
    story.served(kExitA).at(1min).drop(kExitA).refused(status, "limit").at(2min).served(kExitB, true);
    EXPECT_THAT(story.violations(), testing::Not(testing::Contains(testing::HasSubstr("H-PIN")))) << status;
  }
  PinStory wrong;
  wrong.served(kExitA).at(1min).drop(kExitA).refused(404, "no-exit").at(2min).served(kExitB, true);
  EXPECT_THAT(wrong.violations(), testing::Contains("H-PIN-1 fail [1 2]"));
}

TEST(PinBook, AnEmptyPoolIsToldOnlyByWhoWaited) {
  const auto waits = [](Duration time) {
    PinStory story;
    story.served(kExitA).at(1min).drop(kExitA).drop(kExitB).drop(kExitC).answers_take(time).unanswered();
    return story.violations();
  };
  EXPECT_THAT(waits(1s), IsEmpty());
  EXPECT_THAT(waits(1h), ElementsAre("H-PIN-12 fail [2]"));
  PinStory unlisted;
  unlisted.served(kExitA).at(1min).drop(kExitA).drop(kExitB).drop(kExitC).served("203.0.113.9", true);
  EXPECT_THAT(unlisted.violations(), IsEmpty());
}

}  // namespace
}  // namespace pinproof::conformance
