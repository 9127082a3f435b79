#include "reports/html/timeline_layout.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "reports/html/html_testing.h"

namespace pinproof::reports {
namespace {

using Accusations = std::map<std::uint64_t, std::vector<HtmlAccusation>>;

Timeline one_lane(std::vector<TimelineMark> marks) {
  Timeline timeline;
  timeline.lanes = {{TimelineLaneKind::kSession, "s", "client"}};
  timeline.marks = std::move(marks);
  for (const TimelineMark& mark : timeline.marks) timeline.end = std::max(timeline.end, mark.until);
  return timeline;
}

TimelineMark served(std::uint64_t id, std::int64_t at, std::int64_t until) {
  TimelineMark mark;
  mark.id = id;
  mark.exit = 0;
  mark.from = {at, 2 * id};
  mark.until = {until, 2 * id + 1};
  return mark;
}

TEST(ExitLabel, IsALetterAndThenANumberBeside) {
  EXPECT_EQ(exit_label(0), "A");
  EXPECT_EQ(exit_label(25), "Z");
  EXPECT_EQ(exit_label(26), "A2");
  EXPECT_EQ(exit_label(199), "R8");
  EXPECT_EQ(exit_label(kNoTimelineExit), "·");
}

TEST(TimelineLayout, LabelsTellWhatHappened) {
  const Report report = full_report();
  const TimelineLayout layout = lay_out(report.timelines[0], {});
  std::vector<std::string> labels;
  for (const PlacedLane& lane : layout.lanes) {
    for (const PlacedMark& mark : lane.marks) labels.push_back(mark.label);
  }
  EXPECT_EQ(labels, (std::vector<std::string>{"A", "✕", "→B", "429", "×1200 ✕3", "list", "▼ drop"}));
}

TEST(TimelineLayout, NoMarkStandsOnAnotherOrOnItsWaiting) {
  const Timeline timeline = one_lane({served(1, 0, 100), served(2, 0, 50), served(3, 0, 0), served(4, 90, 90)});
  const TimelineLayout layout = lay_out(timeline, {});
  ASSERT_EQ(layout.lanes[0].marks.size(), 4U);
  EXPECT_EQ(layout.lanes[0].marks[0].row, 0U);
  EXPECT_EQ(layout.lanes[0].marks[1].row, 1U);
  EXPECT_EQ(layout.lanes[0].marks[2].row, 0U + 2U);
  EXPECT_EQ(layout.lanes[0].marks[3].row, 1U);  // free again once the second was answered
  EXPECT_EQ(layout.lanes[0].rows, 3U);
}

TEST(TimelineLayout, RowsAreBounded) {
  std::vector<TimelineMark> marks;
  for (std::uint64_t id = 1; id <= 500; ++id) marks.push_back(served(id, 0, 1000));
  EXPECT_EQ(lay_out(one_lane(std::move(marks)), {}).lanes[0].rows, 12U);
}

TEST(TimelineLayout, FlagsTheLastOfWhatProvesAVerdict) {
  const Timeline timeline = one_lane({served(1, 0, 0), served(2, 10, 10)});
  const Accusations accusations = {{1, {{"H-PIN-2", "fail", "r", false}}},
                                   {2, {{"H-PIN-2", "fail", "r", true}, {"H-PIN-4", "inconclusive", "r", true}}}};
  const TimelineLayout layout = lay_out(timeline, accusations);
  EXPECT_EQ(layout.lanes[0].marks[0].flag, "");
  EXPECT_EQ(layout.lanes[0].marks[1].flag, "✗ H-PIN-2 H-PIN-4");
  EXPECT_EQ(layout.lanes[0].marks[1].flag_tone, "fail");
  EXPECT_TRUE(layout.lanes[0].marks[1].flag_left);
}

TEST(TimelineLayout, SessionsStandAboveExits) {
  Timeline timeline;
  timeline.lanes = {{TimelineLaneKind::kExit, "127.20.0.4", ""},
                    {TimelineLaneKind::kCalls, "sessions API", "client"},
                    {TimelineLaneKind::kSession, "s", "client"}};
  const TimelineLayout layout = lay_out(timeline, {});
  EXPECT_EQ(layout.lanes[0].lane->name, "s");
  EXPECT_EQ(layout.lanes[2].lane->name, "127.20.0.4");
}

}  // namespace
}  // namespace pinproof::reports
