// What becomes of a search whose target goes away, or cannot play one case or another.
#include <gtest/gtest.h>

#include <memory>
#include <utility>
#include <vector>

#include "conformance/explore/exploration_json.h"
#include "conformance/explore/explore_testing.h"
#include "conformance/explore/merge.h"
#include "conformance/target/shipped_target_testing.h"

namespace pinproof::conformance {
namespace {

/// The reference, of which a test can spoil something.
class Spoiled : public Target {
 public:
  explicit Spoiled(const SimulatedTargetOptions& options) : whole_(options) {}

  const TargetDescription& description() const override { return whole_.description(); }
  void reset(std::uint64_t seed) override { whole_.reset(seed); }
  Instant now() const override { return whole_.now(); }
  void submit(Stimulus stimulus) override { whole_.submit(std::move(stimulus)); }
  void submit(const ApiStimulus& stimulus) override { whole_.submit(stimulus); }
  void wait_for(const std::vector<std::uint64_t>& ids) override { whole_.wait_for(ids); }
  void wait_until(Instant until) override { whole_.wait_until(until); }
  void settle() override { whole_.settle(); }
  void act(const sim::ExitEvent& event) override { whole_.act(event); }
  void release(const std::string& token) override { whole_.release(token); }
  void abandon(std::uint64_t id) override { whole_.abandon(id); }
  void close(const std::string& actor, const ConnectionChoice& connection) override { whole_.close(actor, connection); }
  void take(std::vector<Record>& records) override { whole_.take(records); }
  void complete_journals() override { whole_.complete_journals(); }

 private:
  SimulatedTarget whole_;
};

/// Lost at the resets of these numbers, from 0.
class Failing final : public Spoiled {
 public:
  using IsLost = bool (*)(int);
  Failing(const SimulatedTargetOptions& options, IsLost is_lost) : Spoiled(options), is_lost_(is_lost) {}

  void reset(std::uint64_t seed) override {
    if (is_lost_(resets_++)) throw TargetLost("the gateway is gone");
    Spoiled::reset(seed);
  }

 private:
  IsLost is_lost_;
  int resets_ = 0;
};

Exploration searched(Failing::IsLost is_lost, unsigned jobs = 1) {
  ExploreTargets targets = simulated(shipped_target_options("crawlera"));
  targets.hunted = [is_lost] { return std::make_unique<Failing>(searched_gateway("crawlera"), is_lost); };
  ExploreOptions options;
  options.cases = 1'000;
  options.jobs = jobs;
  options.keep_going = true;
  options.ignored = shipped_catalogue().minor();
  return explore(targets, shipped_catalogue(), options);
}

TEST(TargetLost, ThreeCasesInARowEndTheSearch) {
  const Exploration found = searched([](int number) { return number >= 40; });
  EXPECT_EQ(found.ended, Ended::kTargetLost);
  EXPECT_EQ(to_string(found.ended), "target lost");
  EXPECT_EQ(found.cases, 40U) << "only what was judged is counted";
  EXPECT_EQ(found.coverage.cases, 40U);
  EXPECT_EQ(found.unjudged, 3U);
  EXPECT_EQ(found.troubles, std::vector<std::string>{"the gateway is gone"});
}

TEST(TargetLost, WithManyJobsToo) {
  const Exploration found = searched([](int number) { return number >= 40; }, 3);
  EXPECT_EQ(found.ended, Ended::kTargetLost);
  EXPECT_LE(found.cases, 120U);
  EXPECT_GE(found.unjudged, 3U);
}

TEST(TargetLost, OneThatComesBackIsSearchedOn) {
  const Exploration found = searched([](int number) { return number % 10 == 3 || number % 10 == 4; });
  EXPECT_EQ(found.ended, Ended::kAllPlayed);
  EXPECT_EQ(found.cases, 800U);
  EXPECT_EQ(found.unjudged, 200U);
}

/// Wrong, and lost after so many cases, for good: what was seen is a finding, though nobody can play it again.
TEST(TargetLost, WhatItBrokeBeforeIsTold) {
  const SimulatedTargetOptions wrong = wrong_gateway("helodata-repin-silent");
  ExploreTargets targets = simulated(wrong);
  const auto is_lost = [](int number) { return number >= 40; };
  targets.hunted = [&] { return std::make_unique<Failing>(wrong, is_lost); };
  const auto gone = [&] { return std::make_unique<Failing>(wrong, [](int) { return true; }); };
  targets.model = gone;
  targets.confirmed = gone;
  ExploreOptions options;
  options.cases = 1'000;
  options.wanted = {"H-PIN-2"};
  for (const bool keep_going : {false, true}) {
    options.keep_going = keep_going;
    const Exploration found = explore(targets, shipped_catalogue(), options);
    EXPECT_EQ(found.ended, Ended::kTargetLost);
    ASSERT_GE(found.counterexamples.size(), 1U);
    const Counterexample& first = found.counterexamples.front();
    EXPECT_EQ(first.requirement, "H-PIN-2");
    EXPECT_EQ(first.reason, "It could not be played again: the gateway is gone");
    EXPECT_FALSE(first.reproduced || first.confirmed);
    EXPECT_EQ(first.scenario.id, "helodata/explore/h-pin-2-" + first.signature);
    EXPECT_FALSE(first.scenario.steps.empty());
  }
}

TEST(TargetLost, IsNoWholeShard) {
  ExploreResult result;
  result.search.generator = 1;
  result.dialects.push_back(
      {"crawlera", boundary_names(world_of("crawlera")), searched([](int number) { return number >= 5; }), {}});
  const auto merge = merged({{"shard-1", result}});
  ASSERT_TRUE(std::holds_alternative<std::string>(merge));
  EXPECT_EQ(std::get<std::string>(merge), "shard-1: crawlera ended target lost, expected all its cases played");
  const auto read = parse_exploration("explore.json", to_json(result), shipped_catalogue());
  ASSERT_TRUE(std::holds_alternative<ExploreResult>(read)) << std::get<sim::InputError>(read).message();
  EXPECT_EQ(std::get<ExploreResult>(read).dialects.front().exploration.ended, Ended::kTargetLost);
  EXPECT_EQ(std::get<ExploreResult>(read).dialects.front().exploration.unjudged, 3U);
}

/// Turns every client away without a word, as a gateway does that nothing controls.
class TurnsAway final : public Spoiled {
 public:
  using Spoiled::Spoiled;
  void take(std::vector<Record>& records) override {
    Spoiled::take(records);
    for (Record& record : records) {
      if (auto* const seen = std::get_if<Observation>(&record)) {
        seen->status = 0;
        seen->connect.reset();
        seen->end = AnswerEnd::kClosed;
        seen->why = "cannot connect: Connection refused";
      } else if (auto* const call = std::get_if<ApiCall>(&record)) {
        call->result = ApiResult::kNoAnswer;
        call->status = 0;
      }
    }
  }
};

TEST(TargetLost, OneThatNothingConnectsToIsLost) {
  ExploreTargets targets = simulated(shipped_target_options("helodata"));
  targets.hunted = [] { return std::make_unique<TurnsAway>(searched_gateway("helodata")); };
  ExploreOptions options;
  options.cases = 1'000;
  options.wanted = {"H-POOL-1"};  // what the judge makes of such a history is another matter
  const Exploration found = explore(targets, shipped_catalogue(), options);
  EXPECT_EQ(found.ended, Ended::kTargetLost);
  EXPECT_EQ(found.troubles, std::vector<std::string>{"cannot connect: Connection refused"});
}

}  // namespace
}  // namespace pinproof::conformance
