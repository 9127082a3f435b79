#include "conformance/run/timeline.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "conformance/history/history_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using reports::Timeline;
using reports::TimelineBand;
using reports::TimelineBandKind;
using reports::TimelineLaneKind;
using reports::TimelineMark;
using reports::TimelineMarkKind;

constexpr const char* kTemplate =
    "helo_{account}-type-{type}-region-{region}[-state-{state}][-city-{city}][-asn-{asn}][-session-{session}]"
    "[-sesstime-{minutes}]";

HistoryHeader helodata() {
  HistoryHeader header = full_header();
  header.dialect = "helodata";
  header.scenario = "helodata/pin/story";
  header.clock = ClockKind::kVirtual;
  header.tolerance = Duration::zero();
  header.vocabulary = {};
  header.vocabulary.repinned = "X-Helodata-Session-Repinned";
  header.vocabulary.repinned_value = "true";
  header.vocabulary.user_name = kTemplate;
  header.readings = {{"repin_restarts_window", "yes"},
                     {"window_clock", "absolute"},
                     {"leading_zeros", "refuse"},
                     {"over_cap", "reject"}};
  header.promised.minute = 60s;
  header.promised.window_cap = 30min;
  header.promised.window_minutes_min = 1;
  header.promised.session_id_length_max = 32;
  header.exits = {{"127.20.0.4", 0, sim::ExitType::kResidential, "us", "ca", "la", 7922},
                  {"127.20.0.9", 0, sim::ExitType::kResidential, "us", "", "", 0}};
  return header;
}

HistoryHeader crawlera() {
  HistoryHeader header = helodata();
  header.dialect = "crawlera";
  header.vocabulary = {};
  header.vocabulary.session = "X-Crawlera-Session";
  header.vocabulary.next_request_in = "X-Crawlera-Next-Request-In";
  header.readings = {{"expiry_counts_from", "last_request"}};
  header.promised.idle_window = 30min;
  return header;
}

Observation request(std::uint64_t id, Duration sent, const std::string& exit, int status = 200) {
  Observation seen;
  seen.id = id;
  seen.actor = "alice";
  seen.account = "one";
  seen.method = "GET";
  seen.host = "site.origin.test";
  seen.token = "t-" + std::to_string(id);
  seen.sent_at = seen.answered_at = seen.ended_at = at(sent);
  seen.sent_order = 2 * id;
  seen.answered_order = 2 * id + 1;
  seen.status = status;
  seen.exit_by_origin = exit;
  return seen;
}

Observation pinned(std::uint64_t id, Duration sent, const std::string& exit, const std::string& session = "job1",
                   const std::string& minutes = "10") {
  Observation seen = request(id, sent, exit);
  seen.user_name = "helo_{account}-type-res-region-us-session-" + session + "-sesstime-" + minutes;
  return seen;
}

Timeline timeline_of(const HistoryHeader& header, const std::vector<Record>& records,
                     std::set<std::uint64_t> evidence = {}) {
  TimelineBuilder builder(std::move(evidence));
  builder.header(header);
  for (const Record& record : records) builder.record(record);
  return builder.take();
}

std::vector<TimelineBand> bands_of(const Timeline& timeline, TimelineBandKind kind) {
  std::vector<TimelineBand> bands;
  for (const TimelineBand& band : timeline.bands) {
    if (band.kind == kind) bands.push_back(band);
  }
  return bands;
}

TEST(Timeline, HasALaneForEachSessionOfAClient) {
  Observation other_client = pinned(3, 2s, "127.20.0.4");
  other_client.actor = "bob";
  Observation rotating = request(4, 3s, "127.20.0.9");
  rotating.user_name = "helo_{account}-type-res-region-us";
  const Timeline timeline = timeline_of(
      helodata(), {pinned(1, 0s, "127.20.0.4"), pinned(2, 1s, "127.20.0.9", "job2"), other_client, rotating});
  std::vector<std::string> lanes;
  for (const auto& lane : timeline.lanes) lanes.push_back(lane.actor + " " + lane.name);
  EXPECT_EQ(lanes, (std::vector<std::string>{"alice job1, us, 10 min", "alice job2, us, 10 min", "bob job1, us, 10 min",
                                             "alice no session"}));
  EXPECT_EQ(timeline.scenario, "helodata/pin/story");
  EXPECT_EQ(timeline.clock, "virtual");
  EXPECT_EQ(timeline.observations, 4U);
  ASSERT_EQ(timeline.exits.size(), 2U);
  EXPECT_EQ(timeline.exits[0].place, "res, us/ca/la");
}

TEST(Timeline, TellsAnAnnouncedMoveFromASilentOne) {
  Observation announced = pinned(2, 1s, "127.20.0.9");
  announced.headers.add("X-Helodata-Session-Repinned", "true");
  Observation claimed = pinned(3, 2s, "");
  claimed.exit_by_header = "127.20.0.4";
  const Timeline timeline = timeline_of(helodata(), {pinned(1, 0s, "127.20.0.4"), announced, claimed}, {3});
  ASSERT_EQ(timeline.marks.size(), 3U);
  EXPECT_FALSE(timeline.marks[0].exit_changed);
  EXPECT_TRUE(timeline.marks[1].exit_changed);
  EXPECT_TRUE(timeline.marks[1].repinned);
  EXPECT_TRUE(timeline.marks[2].exit_changed);
  EXPECT_FALSE(timeline.marks[2].repinned);
  EXPECT_TRUE(timeline.marks[2].exit_claimed);
  EXPECT_TRUE(timeline.marks[2].evidence);
  EXPECT_EQ(timeline.marks[2].exit, 0);
}

TEST(Timeline, AWindowIsAsLongAsWasAskedForAndStartsAgainAtARepin) {
  Observation announced = pinned(2, 4min, "127.20.0.9");
  announced.headers.add("X-Helodata-Session-Repinned", "true");
  const Timeline timeline =
      timeline_of(helodata(), {pinned(1, 0s, "127.20.0.4"), announced, pinned(3, 15min, "127.20.0.4")});
  const auto windows = bands_of(timeline, TimelineBandKind::kWindow);
  ASSERT_EQ(windows.size(), 3U);
  EXPECT_EQ(windows[0].until.at, Duration(4min).count());
  EXPECT_EQ(windows[1].from.at, Duration(4min).count());
  EXPECT_EQ(windows[1].until.at, Duration(14min).count());
  EXPECT_EQ(windows[1].text, "window after a re-pin, until 0:14:00.000");
  EXPECT_FALSE(windows[1].open);
  EXPECT_EQ(windows[2].text, "window, until 0:25:00.000");
  EXPECT_TRUE(windows[2].open);
  EXPECT_EQ(windows[2].until.at, timeline.end.at);
}

TEST(Timeline, AnIssuedSessionLivesFromItsLastRequest) {
  Observation first = request(1, 0s, "127.20.0.4");
  first.session = "create";
  first.headers.add("X-Crawlera-Session", "77");
  Observation second = request(2, 20min, "127.20.0.4");
  second.session = "77";
  Observation late = request(3, 51min, "", 400);
  late.session = "77";
  const Timeline timeline = timeline_of(crawlera(), {first, second, late});
  ASSERT_EQ(timeline.lanes.size(), 1U);
  EXPECT_EQ(timeline.lanes[0].name, "77");
  const auto windows = bands_of(timeline, TimelineBandKind::kWindow);
  ASSERT_EQ(windows.size(), 1U);
  EXPECT_EQ(windows[0].until.at, Duration(50min).count());
  EXPECT_EQ(timeline.marks[2].kind, TimelineMarkKind::kRefused);
}

TEST(Timeline, AHeldRequestHasItsDelayWhicheverIsToldFirst) {
  const UpstreamSaw before{"127.20.0.4", UpstreamEvent::kForwarded, "GET", "site.origin.test", "t-1", at(0s)};
  UpstreamSaw after = before;
  after.token = "t-2";
  after.at = at(12s);
  Observation held = request(2, 0s, "127.20.0.4");
  held.answered_at = at(12s);
  const Timeline timeline = timeline_of(crawlera(), {before, request(1, 0s, "127.20.0.4"), held, after});
  ASSERT_EQ(timeline.delays.size(), 2U);
  EXPECT_EQ(timeline.delays[0].delay, 0);
  EXPECT_EQ(timeline.delays[1].request, 2U);
  EXPECT_EQ(timeline.delays[1].delay, 12'000'000'000);
  const auto bands = bands_of(timeline, TimelineBandKind::kHeld);
  ASSERT_EQ(bands.size(), 1U);
  EXPECT_EQ(bands[0].text, "held for 12s");
}

TEST(Timeline, AnExitIsDownUntilItIsRestored) {
  const ExitActed drop{"127.20.0.4", sim::ExitAction::kDrop, {}, {}, {}, at(1s), 3};
  ExitActed reset = drop;
  reset.action = sim::ExitAction::kReset;
  reset.at = at(2s);
  ExitActed restore = drop;
  restore.action = sim::ExitAction::kRestore;
  restore.at = at(5s);
  ExitActed brief = drop;
  brief.at = at(6s);
  brief.lasting = 3s;
  const Timeline timeline = timeline_of(helodata(), {drop, reset, restore, brief, pinned(1, 10s, "127.20.0.9")});
  const auto bands = bands_of(timeline, TimelineBandKind::kDown);
  ASSERT_EQ(bands.size(), 2U);
  EXPECT_EQ(bands[0].from.at, Duration(1s).count());
  EXPECT_EQ(bands[0].until.at, Duration(5s).count());
  EXPECT_EQ(bands[1].until.at, Duration(9s).count());
  EXPECT_EQ(timeline.lanes[0].kind, TimelineLaneKind::kExit);
  EXPECT_EQ(timeline.marks[0].word, "drop");
}

TEST(Timeline, ShowsWhatStoppedThePlay) {
  const Timeline timeline =
      timeline_of(helodata(), {pinned(1, 0s, "127.20.0.4"), Trouble{Verdict::kSetupFail, "", "no exit left", at(1s)}});
  EXPECT_EQ(timeline.marks[1].kind, TimelineMarkKind::kTrouble);
  EXPECT_EQ(timeline.marks[1].text, "the play stopped: no exit left");
}

// 200,000 observations: bounded, and what tells the story is still there.
TEST(Timeline, AHugeHistoryStaysBounded) {
  constexpr std::uint64_t kRequests = 200'000;
  TimelineBuilder builder({123'456});
  builder.header(helodata());
  for (std::uint64_t id = 1; id <= kRequests; ++id) {
    Observation seen = pinned(id, id * 10ms, "127.20.0.4", "job" + std::to_string(id % 100));
    if (id % 1000 == 0) seen.status = 502;
    builder.record(seen);
  }
  const Timeline timeline = builder.take();
  EXPECT_EQ(timeline.observations, kRequests);
  EXPECT_LE(timeline.marks.size(), reports::kTimelinePlainMax + reports::kTimelineNotableMax + 1);
  // Those, one for all others, and the one of the evidence, which has its own.
  EXPECT_EQ(timeline.lanes.size(), reports::kTimelineLanesMax + 2);
  EXPECT_EQ(timeline.lanes[reports::kTimelineLanesMax].name, "all others");
  std::uint64_t counted = 0;
  std::uint64_t failed = 0;
  std::uint64_t evidence = 0;
  for (const TimelineMark& mark : timeline.marks) {
    counted += mark.count;
    failed += mark.kind == TimelineMarkKind::kBin ? mark.failed : mark.kind == TimelineMarkKind::kRefused;
    evidence += mark.evidence ? mark.id : 0;
  }
  EXPECT_EQ(counted, kRequests);
  EXPECT_EQ(failed, 200U);
  EXPECT_EQ(evidence, 123'456U);
  for (std::size_t i = 1; i < timeline.marks.size(); ++i) EXPECT_LE(timeline.marks[i - 1].from, timeline.marks[i].from);
}

// Even where every request fails or moves, there is an end to the marks, and nothing is lost from the counts.
TEST(Timeline, NotableMarksAreBoundedToo) {
  TimelineBuilder builder;
  builder.header(helodata());
  for (std::uint64_t id = 1; id <= 20'000; ++id) {
    Observation seen = pinned(id, id * 1s, id % 2 == 0 ? "127.20.0.4" : "127.20.0.9");
    seen.status = 502;
    builder.record(seen);
  }
  const Timeline timeline = builder.take();
  EXPECT_LE(timeline.marks.size(), reports::kTimelinePlainMax + reports::kTimelineNotableMax);
  std::uint64_t failed = 0;
  for (const TimelineMark& mark : timeline.marks) failed += mark.kind == TimelineMarkKind::kBin ? mark.failed : 1;
  EXPECT_EQ(failed, 20'000U);
}

}  // namespace
}  // namespace pinproof::conformance
