// Listings, deletions, and the cap.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/judge/issued/issued_story_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kA = "127.20.0.1";
constexpr const char* kB = "127.20.0.2";

// Sessions 77 on A and 88 on B, created by observations 1 and 2.
IssuedStory two() {
  IssuedStory story;
  story.served("create", kA, "77");
  story.served("create", kB, "88");
  return story;
}

TEST(IssuedListing, shows_the_live_sessions_and_their_exits) {
  IssuedStory story = two();
  story.at(1min).listed({{"77", kA, {}}, {"88", kB, {}}});
  EXPECT_THAT(story.violations(), IsEmpty());
  EXPECT_THAT(story.verdicts(), Contains("C-SES-5 pass"));

  IssuedStory lacking = two();
  lacking.at(1min).listed({{"77", kA, {}}});
  EXPECT_THAT(lacking.violations(), ElementsAre("C-SES-5 fail [2 3]"));

  IssuedStory wrong = two();
  wrong.at(1min).listed({{"77", kB, {}}, {"88", kB, {}}});
  EXPECT_THAT(wrong.violations(), ElementsAre("C-SES-5 fail [1 3]"));

  IssuedStory invented = two();
  invented.at(1min).listed({{"77", kA, {}}, {"88", kB, {}}, {"99", kA, {}}});
  EXPECT_THAT(invented.violations(), ElementsAre("C-SES-5 fail [3]"));

  IssuedStory foreign = two();
  foreign.at(1min).as("two").listed({{"77", kA, {}}});
  EXPECT_THAT(foreign.violations(), ElementsAre("C-SES-5 fail [1 3]"));

  IssuedStory malformed = two();
  malformed.at(1min).listed({}).malformed = true;
  EXPECT_THAT(malformed.violations(), ElementsAre("C-SES-5 fail [3]"));

  IssuedStory expired = two();
  expired.at(30min).listed({{"77", kA, {}}});
  EXPECT_THAT(expired.violations(), ElementsAre("C-SES-5 fail [1 3]"));
}

TEST(IssuedListing, agrees_with_the_first_request_of_a_posted_session) {
  IssuedStory story;
  story.posted("77");
  story.listed({{"77", kA, {}}});
  story.at(12s).served("77", kB, "77");
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-5 fail [2 3]"));
}

TEST(IssuedListing, extends_nothing) {
  IssuedStory story = two();
  story.at(29min).listed({{"77", kA, {}}, {"88", kB, {}}});
  IssuedStory right = story;
  story.at(30min).served("77", kA, "77");
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-8 fail [1 3 4]"));
  right.at(30min).refused("77");
  EXPECT_THAT(right.violations(), IsEmpty());
  EXPECT_THAT(right.verdicts(), Contains("C-SES-8 pass"));

  right.header.readings["listing_extends"] = "yes";
  EXPECT_THAT(right.violations(), ElementsAre("C-SES-8 fail [1 3 4]"));
  story.header.readings["listing_extends"] = "yes";
  EXPECT_THAT(story.violations(), IsEmpty());
}

TEST(IssuedDeletion, ends_that_session_and_no_other) {
  IssuedStory story = two();
  story.at(12s).deleted("77");
  IssuedStory still = story;
  IssuedStory shown = story;
  IssuedStory others = story;
  story.refused("77");
  story.listed({{"88", kB, {}}});
  story.at(24s).served("88", kB, "88");
  EXPECT_THAT(story.violations(), IsEmpty());
  EXPECT_THAT(story.verdicts(), Contains("C-SES-6 pass"));

  still.served("77", kA, "77");
  EXPECT_THAT(still.violations(), ElementsAre("C-SES-6 fail [3 4]"));
  shown.listed({{"77", kA, {}}, {"88", kB, {}}});
  EXPECT_THAT(shown.violations(), ElementsAre("C-SES-6 fail [3 4]"));
  others.at(24s).refused("88");
  EXPECT_THAT(others.violations(), ElementsAre("C-SES-6 fail [2 3 4]"));
}

TEST(IssuedDeletion, of_no_session_is_refused) {
  IssuedStory story = two();
  story.deleted("1836172", 204);
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-6 fail [3]"));

  IssuedStory twice = two();
  twice.deleted("77");
  twice.deleted("77");
  EXPECT_THAT(twice.violations(), ElementsAre("C-SES-6 fail [3 4]"));

  IssuedStory foreign = two();
  foreign.as("two").deleted("77");
  EXPECT_THAT(foreign.violations(), ElementsAre("C-SES-6 fail [1 3]"));

  IssuedStory refused = two();
  refused.deleted("77", 400);
  EXPECT_THAT(refused.violations(), ElementsAre("C-SES-6 fail [1 3]"));
}

TEST(IssuedDeletion, may_reach_the_gateway_before_what_was_sent_first) {
  IssuedStory story = two();
  story.at(12s).answers_take(1s).refused("77");
  story.deleted("77");
  story.at_once(3);
  EXPECT_THAT(story.violations(), IsEmpty());
}

TEST(IssuedCap, is_reached_and_not_passed) {
  IssuedStory story = two();
  story.posted("99");
  IssuedStory right = story;
  right.refused("create", 400, "user_session_limit");
  right.posted("", 400);
  EXPECT_THAT(right.violations(), IsEmpty());
  EXPECT_THAT(right.verdicts(), Contains("C-SES-9 pass"));

  story.posted("100");
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-9 fail [4]"));
  EXPECT_EQ(story.finding_of("C-SES-9").reading, "over_session_cap=refuse");
}

TEST(IssuedCap, gets_room_by_a_deletion_and_by_an_expiry) {
  IssuedStory leaked = two();
  leaked.posted("99");
  leaked.deleted("88");
  leaked.posted("", 400);
  EXPECT_THAT(leaked.violations(), ElementsAre("C-SES-9 fail [5]"));

  IssuedStory expired = two();
  expired.at(10min).posted("99");
  expired.at(30min).posted("", 400);
  EXPECT_THAT(expired.violations(), ElementsAre("C-SES-9 fail [4]"));

  IssuedStory used = two();
  used.posted("99");
  used.at(29min).served("77", kA, "77");
  used.at(30min).posted("100");
  used.posted("101");
  used.posted("102");
  EXPECT_THAT(used.violations(), ElementsAre("C-SES-9 fail [7]"));
}

TEST(IssuedCap, counts_what_may_live_both_ways) {
  IssuedStory story = two();
  story.posted("99").result = ApiResult::kNoAnswer;
  IssuedStory accepted = story;
  story.posted("", 400);
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-9 inconclusive [4]"));
  accepted.posted("100");
  EXPECT_THAT(accepted.violations(), ElementsAre("C-SES-9 inconclusive [4]"));
}

TEST(IssuedCap, of_a_refused_creation_leaves_nothing) {
  IssuedStory story = two();
  story.posted("99");
  story.posted("", 400);
  story.listed({{"77", kA, {}}, {"88", kB, {}}, {"99", kA, {}}, {"100", kA, {}}});
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-9 fail [4 5]"));
}

TEST(IssuedCap, may_be_kept_by_ending_the_oldest) {
  IssuedStory story = two();
  story.header.readings["over_session_cap"] = "end_oldest";
  story.at(1min).posted("99");
  IssuedStory refused = story;
  story.at(2min).posted("100");
  story.at(3min).refused("77");
  story.listed({{"88", kB, {}}, {"99", kA, {}}, {"100", kA, {}}});
  EXPECT_THAT(story.violations(), IsEmpty());
  refused.at(2min).posted("", 400);
  EXPECT_THAT(refused.violations(), ElementsAre("C-SES-9 fail [4]"));
}

TEST(IssuedCap, is_each_account_s_own) {
  IssuedStory story = two();
  story.posted("99");
  IssuedStory right = story;
  story.as("two").posted("", 400);
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-10 fail [4]"));
  right.as("two").posted("100");
  EXPECT_THAT(right.verdicts(), Contains("C-SES-10 pass"));
}

TEST(IssuedCap, may_have_been_filled_by_a_creation_at_once) {
  IssuedStory story = two();
  story.at(12s).answers_take(1s).refused("create", 400, "user_session_limit");
  story.posted("99");
  story.at_once(3);
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-9 inconclusive [3]"));
}

TEST(IssuedCap, is_told_by_the_code_whatever_the_status) {
  IssuedStory below;
  below.refused("create", 429, "user_session_limit");
  EXPECT_THAT(below.violations(), ElementsAre("C-SES-9 fail [1]"));
  IssuedStory full = two();
  full.posted("99");
  full.refused("create", 429, "user_session_limit");
  EXPECT_THAT(full.verdicts(), Contains("C-SES-9 pass"));
}

TEST(IssuedCap, may_be_what_an_unknown_code_means) {
  IssuedStory story;
  story.refused("create", 400, "out_of_luck");
  EXPECT_THAT(story.violations(), ElementsAre("C-SES-9 inconclusive [1]"));
  IssuedStory unsaid;
  unsaid.posted("", 403);
  EXPECT_THAT(unsaid.violations(), ElementsAre("C-SES-9 fail [1]"));
}

TEST(IssuedPlans, without_sessions_get_none) {
  IssuedStory story;
  story.as("starter").refused("create", 403, "sessions_not_in_plan");
  story.posted("", 403);
  EXPECT_THAT(story.verdicts(), ElementsAre("C-EXT-1 pass", "C-SES-11 pass"));

  IssuedStory given;
  given.as("starter").served("create", kA, "77");
  given.posted("88");
  EXPECT_THAT(given.violations(), ElementsAre("C-SES-11 fail [1]", "C-SES-11 fail [2]"));
}

}  // namespace
}  // namespace pinproof::conformance
