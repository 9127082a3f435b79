// Each rule about pinned sessions: what holds, and what breaks exactly one requirement with exactly that evidence.
#include "conformance/judge/pins/pin_monitor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/judge/pins/pin_story_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

TEST(PinMonitor, a_right_gateway_breaks_nothing) {
  PinStory story;
  story.served(kExitA).at(1min).served(kExitA).at(2min).via_connect().served(kExitA).via_connect(false);
  story.at(3min).drop(kExitA).served(kExitB, true).at(4min).served(kExitB);
  story.at(12min).served(kExitB).at(12min + 59s).served(kExitB).at(13min).served(kExitC);
  EXPECT_THAT(story.violations(), IsEmpty());
  EXPECT_THAT(story.held(), testing::IsSupersetOf({"H-STK-1", "H-STK-2", "H-STK-5", "H-PIN-1", "H-PIN-2", "H-PIN-3",
                                                   "H-PIN-4", "H-PIN-5"}));
}

TEST(PinMonitor, a_silent_change_is_the_pin_s) {
  PinStory story;
  story.served(kExitA).at(1min).served(kExitB).at(2min).served(kExitB);
  EXPECT_THAT(story.violations(), ElementsAre("H-STK-1 fail [1 2]"));
}

TEST(PinMonitor, a_change_with_the_method_is_the_shared_pin_s) {
  PinStory story;
  story.served(kExitA).at(1min).via_connect().served(kExitB);
  EXPECT_THAT(story.violations(), ElementsAre("H-STK-2 fail [1 2]"));
}

TEST(PinMonitor, first_requests_at_once_settle_on_one_exit) {
  PinStory story;
  story.served(kExitA).at_once().served(kExitB);
  EXPECT_THAT(story.violations(), ElementsAre("H-STK-10 fail [1 2]"));
  PinStory right;
  right.served(kExitA).at_once().served(kExitA);
  EXPECT_THAT(right.violations(), IsEmpty());
}

// repinned_header=sticky: every response says so until the window ends, and that is one re-pin, not many.
TEST(PinMonitor, an_announcement_that_stays_is_one_re_pin) {
  PinStory story;
  story.header.readings["repinned_header"] = "sticky";
  story.served(kExitA).at(1min).drop(kExitA).served(kExitB, true).at(2min).served(kExitB, true);
  EXPECT_THAT(story.violations(), IsEmpty());
  // Ten minutes from the re-pin, not from its last announcement.
  story.at(11min + 30s).drop(kExitB).served(kExitC);
  EXPECT_THAT(story.violations(), IsEmpty());
}

// A window of 10 minutes; its start and the request may both be off by a second.
TEST(PinMonitor, near_the_end_the_tolerance_counts_for_both_instants) {
  PinStory near;
  near.header.tolerance = 1s;
  near.served(kExitA).at(9min + 58s + 500ms).served(kExitB);
  EXPECT_THAT(near.violations(), Not(Contains("H-STK-1 fail [1 2]")));
  PinStory far;
  far.header.tolerance = 1s;
  far.served(kExitA).at(9min + 57s + 500ms).served(kExitB);
  EXPECT_THAT(far.violations(), ElementsAre("H-STK-1 fail [1 2]"));
}

TEST(PinMonitor, expiry_is_not_announced) {
  PinStory story;
  story.served(kExitA).at(10min).served(kExitB, true);
  EXPECT_THAT(story.violations(), ElementsAre("H-STK-5 fail [1 2]"));
  PinStory dropped;
  dropped.served(kExitA).at(9min).drop(kExitA).at(10min).served(kExitB, true);
  EXPECT_THAT(dropped.violations(), ElementsAre("H-PIN-11 fail [1 2]"));
}

TEST(PinMonitor, a_drop_has_to_be_answered_by_another_exit) {
  PinStory story;
  story.served(kExitA).at(1min).drop(kExitA).failed(502);
  EXPECT_THAT(story.violations(), ElementsAre("H-PIN-1 fail [1 2]"));
}

TEST(PinMonitor, a_re_pin_is_announced_once) {
  PinStory silent;
  silent.served(kExitA).at(1min).drop(kExitA).served(kExitB);
  EXPECT_THAT(silent.violations(), ElementsAre("H-PIN-2 fail [1 2]"));
  PinStory on_connect;
  on_connect.served(kExitA).at(1min).drop(kExitA).via_connect().served(kExitB);
  EXPECT_THAT(on_connect.violations(), ElementsAre("H-PIN-8 fail [1 2]"));
  PinStory again;
  again.served(kExitA).at(1min).drop(kExitA).served(kExitB, true).at(2min).served(kExitB, true);
  EXPECT_THAT(again.violations(), ElementsAre("H-PIN-4 fail [2 3]"));
  PinStory later;
  later.served(kExitA).at(1min).drop(kExitA).served(kExitB, true).at(2min).drop(kExitB).served(kExitC);
  EXPECT_THAT(later.violations(), ElementsAre("H-PIN-6 fail [2 3]"));
}

TEST(PinMonitor, of_requests_at_once_any_one_announces_the_re_pin) {
  PinStory story;
  story.served(kExitA).at(1min).drop(kExitA).served(kExitB).at_once().served(kExitB, true);
  EXPECT_THAT(story.violations(), IsEmpty());
  PinStory both;
  both.served(kExitA).at(1min).drop(kExitA).served(kExitB, true).at_once().served(kExitB, true);
  EXPECT_THAT(both.violations(), ElementsAre("H-PIN-4 fail [2 3]"));
}

TEST(PinMonitor, a_re_pin_starts_the_window_anew) {
  PinStory story;
  story.served(kExitA).at(5min).drop(kExitA).served(kExitB, true).at(11min).served(kExitC);
  EXPECT_THAT(story.violations(), ElementsAre("H-PIN-3 fail [2 3]"));
}

TEST(PinMonitor, a_re_pin_stays_in_the_pool) {
  PinStory story;
  story.served(kExitA).at(1min).drop(kExitA).served(kExitDe, true);
  EXPECT_THAT(story.violations(), ElementsAre("H-PIN-5 fail [1 2]"));
}

TEST(PinMonitor, a_neighbour_s_drop_touches_nothing) {
  PinStory story;
  story.served(kExitA).at(1min).drop(kExitB).served(kExitC, true);
  EXPECT_THAT(story.violations(), ElementsAre("H-PIN-7 fail [1 2]"));
  PinStory right;
  right.served(kExitA).at(1min).drop(kExitB).served(kExitA);
  EXPECT_THAT(right.violations(), IsEmpty());
  EXPECT_THAT(right.held(), Contains("H-PIN-7"));
}

TEST(PinMonitor, a_request_in_flight_ends_clearly) {
  PinStory right;
  right.served(kExitA).at(1min).drop(kExitA).broken_off(kExitA, 502).served(kExitB, true);
  EXPECT_THAT(right.violations(), IsEmpty());
  EXPECT_THAT(right.held(), Contains("H-PIN-9"));
  PinStory blamed;
  blamed.served(kExitA).at(1min).broken_off(kExitA, 400);
  EXPECT_THAT(blamed.violations(), ElementsAre("H-PIN-9 fail [2]"));
}

TEST(PinMonitor, an_exit_that_broke_off_may_be_kept_but_not_as_a_replacement) {
  PinStory kept;
  kept.served(kExitA).at(1min).broken_off(kExitA, 502).served(kExitA);
  EXPECT_THAT(kept.violations(), IsEmpty());
  PinStory back;
  back.served(kExitA).at(1min).broken_off(kExitA, 502).drop(kExitA).at(2min).restore(kExitA).served(kExitA, true);
  EXPECT_THAT(back.violations(), IsEmpty());
  PinStory announced;
  announced.served(kExitA).at(1min).broken_off(kExitA, 502).served(kExitA, true);
  EXPECT_THAT(announced.violations(), ElementsAre("H-PIN-1 fail [1 3]"));
}

TEST(PinMonitor, an_empty_pool_is_said_clearly) {
  PinStory story;
  story.served(kExitA).at(1min).drop(kExitA).drop(kExitB).drop(kExitC).failed(503).at(2min).refused(404, "no-exit");
  EXPECT_THAT(story.violations(), ElementsAre("H-PIN-12 fail [3]"));
}

TEST(PinMonitor, a_drop_that_nobody_tried_may_go_unnoticed) {
  PinStory kept;
  kept.served(kExitA).at(1min).drop(kExitA).at(2min).restore(kExitA).at(3min).served(kExitA);
  EXPECT_THAT(kept.violations(), IsEmpty());
  PinStory moved;
  moved.served(kExitA).at(1min).drop(kExitA).at(2min).restore(kExitA).at(3min).served(kExitB, true);
  EXPECT_THAT(moved.violations(), IsEmpty());
}

TEST(PinMonitor, an_unanswered_first_request_leaves_both_possible) {
  PinStory opened;
  opened.unanswered().at(1min).served(kExitA).at(10min).served(kExitB);
  EXPECT_THAT(opened.violations(), IsEmpty());
  PinStory not_opened;
  not_opened.unanswered().at(1min).served(kExitA).at(10min).served(kExitA);
  EXPECT_THAT(not_opened.violations(), IsEmpty());
}

TEST(PinMonitor, an_interval_over_the_window_s_end_proves_nothing) {
  PinStory story;
  story.answers_take(2s).served(kExitA).at(9min + 59s).served(kExitB);
  EXPECT_THAT(story.violations(), IsEmpty());
  PinStory held;
  held.answers_take(2s).served(kExitA).at(9min + 59s).served(kExitA);
  EXPECT_THAT(held.violations(), IsEmpty());
}

TEST(PinMonitor, a_window_that_slides_shows_over_several_sessions) {
  PinStory story;
  for (int i = 0; i < 20; ++i) {
    const auto start = i * 1h;
    story.as("helo_{account}-type-res-region-us-session-job" + std::to_string(i) + "-sesstime-10");
    story.at(start).served(kExitA).at(start + 6min).served(kExitA).at(start + 12min).served(kExitA);
  }
  ASSERT_EQ(story.violations().size(), 1U);
  EXPECT_THAT(story.violations().front(), testing::StartsWith("H-STK-3 fail [3 6 9"));
}

}  // namespace
}  // namespace pinproof::conformance
