#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "conformance/judge/pins/pin_story_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

// Of the story's user name: region us, session job, 10 minutes.
ListedSession row(std::string_view exit, std::string_view started_at = "1970-01-01T00:00:00.000Z",
                  std::string_view expires_at = "1970-01-01T00:10:00.000Z", std::string_view repinned = "false") {
  return {"ses_1",
          std::string(exit),
          {{"region", "us"},
           {"session_id", "job"},
           {"started_at", std::string(started_at)},
           {"expires_at", std::string(expires_at)},
           {"repinned", std::string(repinned)}}};
}

PinStory alive() {
  PinStory story;
  story.served(kExitA).at(1min);
  return story;
}

TEST(ListedSessions, ALiveOneIsListedAsItIs) {
  PinStory story = alive();
  story.lists({row(kExitA)});
  EXPECT_THAT(story.violations(), IsEmpty());
  EXPECT_THAT(story.held(), Contains("H-EXT-3"));
}

TEST(ListedSessions, ALiveOneMayNotLack) {
  PinStory story = alive();
  story.lists({});
  EXPECT_THAT(story.violations(), ElementsAre("H-EXT-3 fail [1 2]"));
}

TEST(ListedSessions, OneThatIsOverMayNotBeListed) {
  PinStory story;
  story.served(kExitA).at(11min).lists({row(kExitA)});
  EXPECT_THAT(story.violations(), ElementsAre("H-EXT-3 fail [1 2]"));
  PinStory right;
  right.served(kExitA).at(11min).lists({});
  EXPECT_THAT(right.violations(), IsEmpty());
}

TEST(ListedSessions, TheExitIsTheOneThatServes) {
  PinStory story = alive();
  story.lists({row(kExitB)});
  EXPECT_THAT(story.violations(), ElementsAre("H-EXT-3 fail [1 2]"));
}

TEST(ListedSessions, TheWindowIsTheOneAskedFor) {
  PinStory story = alive();
  story.lists({row(kExitA, "1970-01-01T00:00:00.000Z", "1970-01-01T00:09:59.000Z")});
  EXPECT_THAT(story.violations(), ElementsAre("H-EXT-3 fail [1 2]"));
  PinStory anywhen = alive();
  anywhen.lists({row(kExitA, "2026-11-22T23:55:00Z", "2026-11-23T00:05:00Z")});
  EXPECT_THAT(anywhen.violations(), IsEmpty());
}

TEST(ListedSessions, ARePinIsListed) {
  PinStory story = alive();
  story.drop(kExitA).served(kExitB, true).at(2min).lists({row(kExitB)});
  EXPECT_THAT(story.violations(), ElementsAre("H-EXT-3 fail [2 3]"));
  PinStory right = alive();
  right.drop(kExitA)
      .served(kExitB, true)
      .at(2min)
      .lists({row(kExitB, "1970-01-01T00:01:00Z", "1970-01-01T00:11:00Z", "true")});
  EXPECT_THAT(right.violations(), IsEmpty());
}

// Whether the gateway has noticed the loss is not known.
TEST(ListedSessions, ALostExitLeavesItOpen) {
  PinStory story = alive();
  story.drop(kExitA).lists({row(kExitA)});
  EXPECT_THAT(story.violations(), IsEmpty());
}

}  // namespace
}  // namespace pinproof::conformance
