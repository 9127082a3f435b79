// The order in which a live target writes down what its clients saw, where requests do not end in the order in which they were sent; and what is
// left of them when the upstreams are lost.
#include <gtest/gtest.h>

#include <sstream>
#include <variant>

#include "conformance/history/history_reader.h"
#include "conformance/history/history_testing.h"
#include "conformance/history/history_writer.h"
#include "conformance/live/hostile_server_testing.h"
#include "conformance/live/live_target.h"
#include "mock_upstream/testing/bench_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using mock_upstream::TestBench;
using Then = HostileDeed::Then;

/// With nothing to do, and no count of requests.
class IdleClock final : public ClockControl {
 public:
  ClockState state() override { return {now_, sim::kNever, std::nullopt}; }
  ClockState advance_to(sim::Instant to) override {
    now_ = to;
    return state();
  }
  bool reset(std::uint64_t) override { return true; }

 private:
  sim::Instant now_ = sim::kStart;
};

/// Saw one request come, and may then be lost.
class OneSight final : public UpstreamControl {
 public:
  ClockControl& clock() override { return clock_; }
  std::vector<sim::Exit> exits() override { return {}; }
  void act(const sim::ExitEvent&) override {}
  void release(const std::string&) override {}
  std::vector<mock_upstream::JournalEntry> journal(std::uint64_t since) override {
    if (lost) throw ControlLost("the upstream contract: no answer");
    if (!sees || since > 0) return {};
    return {
        {0, sim::kStart,
         mock_upstream::ExitSaw{"127.20.0.1", mock_upstream::ExitSight::kForwarded, "GET", "site.origin.test", "t-1"}}};
  }
  void reset() override {}

  bool sees = false;
  bool lost = false;

 private:
  IdleClock clock_;
};

Stimulus request(std::uint64_t id) {
  Stimulus stimulus;
  stimulus.id = id;
  stimulus.actor = "alice";
  stimulus.account = "one";
  stimulus.method = "GET";
  stimulus.host = "site.origin.test";
  stimulus.path = "/t/t-" + std::to_string(id);
  stimulus.token = "t-" + std::to_string(id);
  return stimulus;
}

ApiStimulus call(std::uint64_t id) {
  ApiStimulus stimulus;
  stimulus.id = id;
  stimulus.actor = "alice";
  stimulus.account = "one";
  return stimulus;
}

/// "1 client", "2 call", "forwarded t-1", …
std::vector<std::string> told(const std::vector<Record>& records) {
  std::vector<std::string> all;
  for (const Record& record : records) {
    if (const auto* const seen = std::get_if<Observation>(&record)) all.push_back(std::to_string(seen->id) + " client");
    if (const auto* const call = std::get_if<ApiCall>(&record)) all.push_back(std::to_string(call->id) + " call");
    if (const auto* const saw = std::get_if<UpstreamSaw>(&record)) all.push_back("forwarded " + saw->token);
  }
  return all;
}

std::string wrong_with(const TargetDescription& about, const std::vector<Record>& records) {
  History history;
  history.header = full_header();
  history.header.clock = about.clock;
  history.records = records;
  std::istringstream file(history_text(history));
  HistoryKeeper keeper;
  const HistoryRead read = read_history("h", file, keeper);
  return read.error ? read.error->message() : "";
}

using Lines = std::vector<std::string>;

class Recording : public testing::TestWithParam<ClockKind> {
 protected:
  LiveTargetOptions options() const {
    LiveTargetOptions options;
    options.description.clock = GetParam();
    options.description.answer_wait = 1h;
    sim::Exit exit;
    exit.address = "127.20.0.1";
    options.description.exits = {exit};
    options.gateway.at = server.at();
    options.accounts = {{}};
    options.accounts.front().name = "one";
    options.settling = 1ms;
    return options;
  }
  bool is_controlled() const { return GetParam() == ClockKind::kControlled; }

  TestBench bench;
  HostileServer server{
      bench.io.get_executor(), bench.site->idle, *bench.site->tasks, {"", Then::kStays, true, nullptr}};
  IdleClock gateway;
  OneSight upstreams;
};

TEST_P(Recording, IsInTheOrderInWhichRequestsAndCallsEnded) {
  LiveTarget target(options(), bench.io, &gateway, nullptr);
  target.reset(1);
  for (const std::uint64_t id : {1U, 2U}) target.submit(request(id));
  target.submit(call(3));
  for (const std::uint64_t id : {4U, 5U}) target.submit(request(id));
  // A millisecond apart; three of them are taken together, and the last two later.
  sim::Instant at = target.now();
  for (const std::uint64_t id : {5U, 3U, 2U}) {
    target.abandon(id);
    target.wait_until(at += 1ms);
  }
  std::vector<Record> records;
  target.take(records);
  EXPECT_EQ(told(records), (Lines{"5 client", "3 call", "2 client"}));
  target.abandon(4);
  target.wait_until(at += 1ms);
  target.abandon(1);
  target.take(records);
  EXPECT_EQ(told(records), (Lines{"5 client", "3 call", "2 client", "4 client", "1 client"}));
  EXPECT_EQ(wrong_with(target.description(), records), "");
  if (!is_controlled()) return;
  // What ends at one instant has no order but that of the ids, so that two runs are the same.
  std::vector<Record> at_once;
  for (const std::uint64_t id : {6U, 7U, 8U}) target.submit(request(id));
  for (const std::uint64_t id : {8U, 6U, 7U}) target.abandon(id);
  target.take(at_once);
  EXPECT_EQ(told(at_once), (Lines{"6 client", "7 client", "8 client"}));
}

// A history that tells what an exit saw, and not of whose request, cannot be read to its end.
TEST_P(Recording, WhatClientsSawIsToldThoughTheUpstreamsAreLost) {
  LiveTarget target(options(), bench.io, &gateway, &upstreams);
  target.reset(1);
  target.submit(request(1));
  upstreams.sees = true;
  std::vector<Record> records;
  target.take(records);
  EXPECT_EQ(told(records), Lines{"forwarded t-1"});
  upstreams.lost = true;
  target.abandon(1);
  EXPECT_THROW(target.take(records), ControlLost);
  EXPECT_EQ(told(records), (Lines{"forwarded t-1", "1 client"}));
  EXPECT_EQ(wrong_with(target.description(), records), "");
}

INSTANTIATE_TEST_SUITE_P(On, Recording, testing::Values(ClockKind::kControlled, ClockKind::kWall),
                         [](const auto& test) { return test.param == ClockKind::kWall ? "TheWall" : "Control"; });

}  // namespace
}  // namespace pinproof::conformance
