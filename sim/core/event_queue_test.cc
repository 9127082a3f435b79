#include "sim/core/event_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "sim/core/random.h"

namespace pinproof::sim {
namespace {

struct Numbered {
  std::uint64_t number;
};

using Queue = EventQueue<Numbered>;

Instant at_ns(std::int64_t nanoseconds) { return Instant{Duration{nanoseconds}}; }

/// Pops everything, as "time:number" in order.
std::vector<std::string> drain(Queue& queue) {
  std::vector<std::string> popped;
  while (!queue.empty()) {
    Numbered event{};
    const Instant announced = queue.next_time();
    const Instant time = queue.pop(event);
    EXPECT_EQ(announced, time);
    popped.push_back(std::to_string(time.time_since_epoch().count()) + ":" + std::to_string(event.number));
  }
  return popped;
}

/// The queue beside its specification: a multimap, which keeps equal keys in the order of their insertion.
class Twin {
 public:
  void push(Instant at) {
    queue_.push(at, Numbered{pushed_});
    model_.emplace(at, pushed_++);
  }

  void pop() {
    ASSERT_EQ(queue_.next_time(), model_.begin()->first);
    Numbered event{};
    const Instant time = queue_.pop(event);
    ASSERT_EQ(time, model_.begin()->first);
    ASSERT_EQ(event.number, model_.begin()->second);
    model_.erase(model_.begin());
    now_ = time;
    ASSERT_EQ(queue_.size(), model_.size());
  }

  void drain() {
    while (!model_.empty() && !testing::Test::HasFatalFailure()) pop();
    EXPECT_TRUE(queue_.empty());
  }

  Instant now() const { return now_; }
  std::size_t size() const { return model_.size(); }
  Queue& queue() { return queue_; }

 private:
  Queue queue_;
  std::multimap<Instant, std::uint64_t> model_;
  std::uint64_t pushed_ = 0;
  Instant now_ = Instant::min();
};

TEST(EventQueue, PopsByTimeAndTiesInPushOrder) {
  Queue queue;
  EXPECT_TRUE(queue.empty());
  std::uint64_t number = 0;
  for (const std::int64_t time : {30, 10, 20, 10, 30, 10}) queue.push(at_ns(time), Numbered{number++});
  EXPECT_EQ(queue.size(), 6U);
  EXPECT_EQ(queue.next_time(), at_ns(10));
  EXPECT_EQ(drain(queue), (std::vector<std::string>{"10:1", "10:3", "10:5", "20:2", "30:0", "30:4"}));
  EXPECT_EQ(queue.size(), 0U);
}

TEST(EventQueue, TakesPushesAtTheTimeJustPopped) {
  Queue queue;
  queue.push(at_ns(5), Numbered{0});
  queue.push(at_ns(5), Numbered{1});
  Numbered event{};
  EXPECT_EQ(queue.pop(event), at_ns(5));
  queue.push(at_ns(5), Numbered{2});
  queue.push(at_ns(6), Numbered{3});
  queue.push(at_ns(5), Numbered{4});
  EXPECT_EQ(drain(queue), (std::vector<std::string>{"5:1", "5:2", "5:4", "6:3"}));
}

TEST(EventQueue, LookingAtTheNextTimeBindsNothing) {
  Queue queue;
  queue.push(kStart + 1h, Numbered{0});
  EXPECT_EQ(queue.next_time(), kStart + 1h);
  queue.push(kStart + 1s, Numbered{1});
  EXPECT_EQ(queue.next_time(), kStart + 1s);
  queue.push(kStart, Numbered{2});
  EXPECT_EQ(drain(queue), (std::vector<std::string>{"0:2", "1000000000:1", "3600000000000:0"}));
}

TEST(EventQueue, HoldsEveryInstantThereIs) {
  Queue queue;
  std::uint64_t number = 0;
  for (const Instant at : {kNever, kStart, Instant::min(), at_ns(-1), kNever, at_ns(1), Instant::min(), kNever - 1ns}) {
    queue.push(at, Numbered{number++});
  }
  EXPECT_EQ(drain(queue),
            (std::vector<std::string>{"-9223372036854775808:2", "-9223372036854775808:6", "-1:3", "0:1", "1:5",
                                      "9223372036854775806:7", "9223372036854775807:0", "9223372036854775807:4"}));
  queue.push(kNever, Numbered{8});
  EXPECT_EQ(drain(queue), std::vector<std::string>{"9223372036854775807:8"});
}

TEST(EventQueue, AgreesWithItsModelOverMixedRunsOfEveryShape) {
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random{seed};
    Twin twin;
    // How far ahead pushes land, how many pushes come for a pop, and how many land at one instant, differ from run to
    // run.
    const std::uint64_t reach_bits = 1 + random.below(60);
    const std::uint64_t push_share = 45 + random.below(20);
    const std::uint64_t tie_share = random.below(4) * 30;
    const std::uint64_t start_size = 1ULL << random.below(11);
    Instant last = kStart;
    const auto push = [&] {
      const Instant earliest = std::max(twin.now(), kStart);
      const auto ahead = static_cast<std::int64_t>(random.bits() >> (64 - 1 - random.below(reach_bits)));
      if (last < earliest || !random.chance(tie_share, 100))
        last = earliest + std::min(Duration{ahead}, kNever - earliest);
      twin.push(last);
    };
    for (std::uint64_t i = 0; i < start_size; ++i) push();
    for (int i = 0; i < 2'000 && !HasFatalFailure(); ++i) {
      if (random.chance(push_share, 100)) push();
      if (twin.size() != 0 && random.chance(1, 2)) twin.pop();
    }
    twin.drain();
    ASSERT_FALSE(HasFatalFailure());
  }
}

TEST(EventQueue, KeepsAHundredThousandTiesInOrder) {
  Twin twin;
  for (int i = 0; i < 100'000; ++i) twin.push(kStart + 1s + Duration{i % 3});
  twin.pop();
  for (int i = 0; i < 1'000; ++i) twin.push(twin.now());
  twin.drain();
}

TEST(EventQueue, ServesALongChainAtOneInstant) {
  // Each event schedules the next at the same instant, as a cascade of zero delays does.
  Twin twin;
  twin.push(kStart + 1s);
  twin.push(kStart + 2s);
  for (int i = 0; i < 100'000; ++i) {
    twin.pop();
    twin.push(twin.now());
  }
  EXPECT_EQ(twin.now(), kStart + 1s);
  EXPECT_EQ(twin.queue().next_time(), kStart + 1s);
  twin.drain();
}

TEST(EventQueue, NarrowsItsFrontWhenPushesCrowdIntoIt) {
  // A lone far event opens a front of a wide range; then everything lands inside it, in falling order, which sorts
  // worst.
  Twin twin;
  twin.push(kStart + 1h);
  twin.pop();
  for (int i = 100'000; i > 0; --i) twin.push(twin.now() + Duration{i} * 1'000);
  twin.drain();
}

TEST(EventQueue, CrossesEveryDigitBoundary) {
  for (int bit = 0; bit < 63; ++bit) {
    Twin twin;
    const std::int64_t boundary = std::int64_t{1} << bit;
    for (int repeat = 0; repeat < 10; ++repeat) {
      for (const std::int64_t offset : {0, -1, 1, 0}) {
        if (boundary + offset > 0) twin.push(at_ns(boundary + offset));
        twin.push(at_ns(-boundary + offset + 1));
      }
    }
    twin.drain();
    ASSERT_FALSE(HasFatalFailure()) << bit;
  }
}

TEST(EventQueue, GivesBackWhatABurstNeeded) {
  Queue queue;
  const std::size_t empty_bytes = queue.memory_bytes();
  Random random{1};
  for (std::uint64_t i = 0; i < 500'000; ++i) queue.push(kStart + random.exponential(1s), Numbered{i});
  EXPECT_GE(queue.memory_bytes(), 500'000 * 16U);
  EXPECT_LE(queue.memory_bytes(), 500'000 * 17U + 2'000'000U);
  Numbered event{};
  while (queue.size() > 10) queue.pop(event);
  EXPECT_LE(queue.memory_bytes(), empty_bytes + 704 * 2'064);  // a chunk a bucket

  for (std::uint64_t i = 0; i < 500'000; ++i)
    queue.push(queue.next_time() + 1s, Numbered{i});  // one bucket, and then one front
  while (queue.size() > 10) queue.pop(event);
  queue.push(queue.next_time() + 1h, Numbered{0});
  while (queue.size() > 0) queue.pop(event);
  EXPECT_LE(queue.memory_bytes(), empty_bytes + 704 * 2'064);
}

TEST(EventQueue, AllocatesNothingInSteadyState) {
  for (const std::size_t pending : {1U, 100U, 20'000U}) {
    Queue queue;
    Random random{pending};
    Numbered event{};
    for (std::uint64_t i = 0; i < pending; ++i) queue.push(kStart + random.exponential(1s), Numbered{i});
    const auto hold = [&](int times) {
      for (int i = 0; i < times; ++i) {
        const Instant now = queue.pop(event);
        queue.push(now + random.exponential(1s), event);
      }
    };
    hold(300'000);
    const std::size_t settled = queue.memory_bytes();
    hold(300'000);
    // A bucket may yet be fuller than any before it, by a chunk.
    EXPECT_LE(queue.memory_bytes(), settled + 4 * 2'064) << pending;
  }
}

TEST(EventQueue, TakesLargeEvents) {
  struct Large {
    std::array<std::uint64_t, 400> words{};
  };
  EventQueue<Large> queue;
  for (std::uint64_t i = 0; i < 100; ++i) {
    Large event;
    event.words.fill(i);
    queue.push(at_ns(static_cast<std::int64_t>(i * 37 % 100)), event);
  }
  for (std::int64_t time = 0; time < 100; ++time) {
    Large event;
    ASSERT_EQ(queue.pop(event), at_ns(time));
    ASSERT_EQ(event.words.front() * 37 % 100, static_cast<std::uint64_t>(time));
    ASSERT_EQ(event.words.front(), event.words.back());
  }
}

TEST(EventQueueDeathTest, RefusesThePastAndTheEmpty) {
  Queue queue;
  Numbered event{};
  EXPECT_DEATH(queue.pop(event), "pop\\(\\) of an empty queue");
  EXPECT_DEATH(queue.next_time(), "next_time\\(\\) of an empty queue");
  queue.push(at_ns(10), Numbered{0});
  queue.pop(event);
  queue.push(at_ns(10), Numbered{1});
  EXPECT_DEATH(queue.push(at_ns(9), Numbered{2}), "an event at 9 ns after the queue has reached 10 ns");
}

}  // namespace
}  // namespace pinproof::sim
