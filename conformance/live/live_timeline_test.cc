#include "conformance/live/live_timeline.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using sim::kStart;

/// A clock that writes down when it was moved, under its name.
class WrittenClock final : public ClockControl {
 public:
  WrittenClock(std::string name, std::vector<std::string>& book) : name_(std::move(name)), book_(book) {}
  ClockState state() override { return {now, deadline, counts}; }
  ClockState advance_to(sim::Instant to) override {
    book_.push_back(name_ + " " + sim::format_duration(to.time_since_epoch()));
    now = to;
    if (follows && deadline <= to) deadline = sim::kNever;
    return state();
  }
  bool reset(std::uint64_t) override { return true; }

  sim::Instant now = kStart;
  sim::Instant deadline = sim::kNever;
  std::optional<ClockCounts> counts;
  bool follows = true;

 private:
  std::string name_;
  std::vector<std::string>& book_;
};

class OnlyClock final : public UpstreamControl {
 public:
  explicit OnlyClock(ClockControl& clock) : clock_(clock) {}
  ClockControl& clock() override { return clock_; }
  std::vector<sim::Exit> exits() override { return {}; }
  void act(const sim::ExitEvent&) override {}
  void release(const std::string&) override {}
  std::vector<mock_upstream::JournalEntry> journal(std::uint64_t) override { return {}; }
  void reset() override {}

 private:
  ClockControl& clock_;
};

struct Two {
  std::vector<std::string> book;
  WrittenClock gateway{"gateway", book};
  WrittenClock upstream{"upstreams", book};
  OnlyClock upstreams{upstream};
  LiveTimeline timeline{ClockKind::kControlled, 1.0, &gateway, &upstreams};
};

TEST(LiveTimeline, IsRelativeToTheRestartWhateverTheClocksShow) {
  Two two;
  two.gateway.now = kStart + 1h;
  two.upstream.now = kStart + 10s;
  two.timeline.restart();
  two.gateway.deadline = kStart + 1h + 12s;
  two.upstream.deadline = kStart + 15s;
  EXPECT_EQ(two.timeline.now(), kStart);
  EXPECT_EQ(two.timeline.next_deadline(), kStart + 5s);
  two.timeline.advance_to(kStart + 5s);
  EXPECT_EQ(two.timeline.next_deadline(), kStart + 12s);
  two.timeline.advance_to(kStart + 12s);
  EXPECT_EQ(two.timeline.next_deadline(), sim::kNever);
  EXPECT_EQ(two.timeline.now(), kStart + 12s);
  EXPECT_EQ(two.book, (std::vector<std::string>{"upstreams 15s", "gateway 1h5s", "upstreams 22s", "gateway 1h12s"}));
  EXPECT_EQ(two.timeline.of_upstreams(kStart + 17s), kStart + 7s);
}

TEST(LiveTimeline, AddsUpWhatIsHeldAndKnowsWhoCannotCount) {
  Two two;
  EXPECT_EQ(two.timeline.held(), std::nullopt);
  EXPECT_EQ(two.timeline.received(), std::nullopt);
  two.gateway.counts = ClockCounts{7, 4, 1};
  EXPECT_EQ(two.timeline.held(), 1U);
  two.upstream.counts = ClockCounts{5, 3, 2};
  EXPECT_EQ(two.timeline.held(), 3U);
  EXPECT_EQ(two.timeline.received(), 7U);
}

TEST(LiveTimeline, AClockThatDoesNotFollowIsLost) {
  Two two;
  two.gateway.follows = false;
  two.gateway.deadline = kStart + 3s;
  try {
    two.timeline.advance_to(kStart + 5s);
    ADD_FAILURE() << "it went on";
  } catch (const ControlLost& lost) {
    EXPECT_STREQ(lost.what(),
                 "the gateway's clock was moved to 5000000000 ns, and stands at 5000000000 ns with a deadline at "
                 "3000000000 ns");
  }
}

TEST(LiveTimeline, OnTheWallTimePassesSoManyTimesAsFast) {
  LiveTimeline timeline(ClockKind::kWall, 1000.0, nullptr, nullptr);
  timeline.restart();
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_NEAR(std::chrono::duration<double>(timeline.on_the_wall(kStart + 100s) - begun).count(), 0.1, 0.05);
  EXPECT_GT(timeline.on_the_wall(sim::kNever), begun + 24h);
  EXPECT_EQ(timeline.held(), std::nullopt);
}

}  // namespace
}  // namespace pinproof::conformance
