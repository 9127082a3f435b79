// Requests that overlap are right if they are right in one order in which they may have arrived, however long the chain of
// overlaps is; what no order explains stays one violation.
#include "conformance/judge/pins/arrival_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/judge/pins/pin_story_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

// Each request overlaps only the one before and the one after; the first half through A, the others through B.
PinStory chain(int length, bool dropped) {
  PinStory story;
  story.served(kExitA).at_once();
  for (int i = 1; i < length; ++i) {
    story.at(i * 100ms);
    if (i == length / 2 && dropped) story.drop(kExitA);
    const bool moved = i >= length / 2;
    story.served(moved ? kExitB : kExitA, dropped && i == length / 2);
  }
  return story;
}

TEST(ArrivalOrder, ADropInTheMiddleOfAChainIsOneRePin) {
  EXPECT_THAT(chain(60, true).violations(), IsEmpty());
  EXPECT_THAT(chain(200, true).violations(), IsEmpty());
}

TEST(ArrivalOrder, ASilentChangeInTheMiddleOfAChainIsOneViolation) {
  EXPECT_THAT(chain(60, false).violations(), ElementsAre("H-STK-1 fail [30 31]"));
  EXPECT_THAT(chain(400, false).violations(), ElementsAre("H-STK-1 fail [200 201]"));
}

TEST(ArrivalOrder, TheOneServedBeforeTheDropCameFirst) {
  PinStory story;
  story.served(kExitA).at(1min).served(kExitA).drop(kExitA).at_once().served(kExitB, true);
  EXPECT_THAT(story.violations(), IsEmpty());
  PinStory first;
  first.header.scenario = "helodata/pin/own";
  first.served(kExitA).drop(kExitA).at_once().served(kExitB, true);
  EXPECT_THAT(first.violations(), IsEmpty());
}

TEST(ArrivalOrder, TheOneSentFirstMayArriveAfterTheWindowsEnd) {
  PinStory story;
  story.served(kExitA).at(9min + 59s).answers_take(2s).served(kExitB);
  story.at(9min + 59s + 200ms).answers_take(200ms).at_once().served(kExitA);
  EXPECT_THAT(story.violations(), IsEmpty());
  // A minute earlier no order makes it right; in the likeliest the session stayed where it was for as long as it could.
  PinStory wrong;
  wrong.served(kExitA).at(8min + 59s).answers_take(2s).served(kExitB);
  wrong.at(8min + 59s + 200ms).answers_take(200ms).at_once().served(kExitA);
  EXPECT_THAT(wrong.violations(), ElementsAre("H-STK-1 fail [3 2]"));
}

// Twenty of the last exit's requests were sent at once with all the others: what was sent first need not have come first.
TEST(ArrivalOrder, TwoDropsAmongManyAtOnce) {
  PinStory story;
  story.all_at_once().served(kExitC, true).served(kExitC).served(kExitA).served(kExitB);
  story.at(100ms).drop(kExitA).served(kExitB, true).at(200ms).drop(kExitB);
  for (int i = 0; i < 20; ++i) story.served(kExitC);
  EXPECT_THAT(story.violations(), IsEmpty());
}

TEST(ArrivalOrder, WhatWasAnsweredBeforeIsNotTakenForLater) {
  PinStory story;
  story.served(kExitA).at(1min).drop(kExitA).served(kExitB).at_once().served(kExitB).at_once(false);
  story.at(2min).served(kExitB, true);
  EXPECT_THAT(story.violations(), ElementsAre("H-PIN-10 fail [3 4]", "H-PIN-2 fail [1 2]"));
}

}  // namespace
}  // namespace pinproof::conformance
