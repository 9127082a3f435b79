#include "mock_upstream/net/idle_watch.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace pinproof::mock_upstream {
namespace {

using namespace std::chrono_literals;

class Thing final : public IdleWatch::Watched {
 public:
  Thing(IdleWatch& watch, std::vector<Thing*>& ended) : Watched(watch), ended_(ended) {}
  std::unique_ptr<Thing> takes_along;

 private:
  void expired() override {
    ended_.push_back(this);
    takes_along.reset();
  }
  std::vector<Thing*>& ended_;
};

TEST(IdleWatch, EndsInTheOrderOfDeadlinesAndNotBefore) {
  asio::io_context io;
  IdleWatch watch(io.get_executor(), 5ms);
  std::vector<Thing*> ended;
  Thing later(watch, ended);
  Thing sooner(watch, ended);
  Thing never(watch, ended);
  const auto start = std::chrono::steady_clock::now();
  later.expire_within(40ms);
  sooner.expire_within(10ms);
  never.expire_within(10ms);
  never.never_expire();
  while (ended.size() < 2 && io.run_one() > 0) {
  }
  EXPECT_EQ(ended, (std::vector<Thing*>{&sooner, &later}));
  EXPECT_GE(std::chrono::steady_clock::now() - start, 40ms);
}

TEST(IdleWatch, LeavesAProgramNothingToDoWhenAllAreGone) {
  asio::io_context io;
  IdleWatch watch(io.get_executor(), 1h);
  std::vector<Thing*> ended;
  { Thing thing(watch, ended); }
  EXPECT_EQ(watch.size(), 0U);
  io.run_for(20s);  // ends at once, and not with the tick
  EXPECT_TRUE(io.stopped());
}

TEST(IdleWatch, WatchesAgainAfterAllWereGone) {
  asio::io_context io;
  IdleWatch watch(io.get_executor(), 1ms);
  std::vector<Thing*> ended;
  { Thing thing(watch, ended); }
  Thing next(watch, ended);
  next.expire_within(2ms);
  while (ended.empty() && io.run_one() > 0) {
  }
  EXPECT_EQ(ended.size(), 1U);
}

TEST(IdleWatch, OneEndMayTakeAnotherAlong) {
  asio::io_context io;
  IdleWatch watch(io.get_executor(), 1h);
  std::vector<Thing*> ended;
  auto other = std::make_unique<Thing>(watch, ended);
  Thing first(watch, ended);  // is looked at first, being the last made
  first.takes_along = std::move(other);
  watch.expire_all();
  EXPECT_EQ(ended, std::vector<Thing*>{&first});
}

}  // namespace
}  // namespace pinproof::mock_upstream
