#include "conformance/judge/rotation/rotation_monitor.h"

#include <gtest/gtest.h>

#include "conformance/judge/facts/traffic_testing.h"

namespace pinproof::conformance {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

constexpr std::string_view kUser = "helo_{account}-type-res-region-us";
constexpr std::string_view kOne = "127.20.0.1";
constexpr std::string_view kTwo = "127.20.0.2";

// The header's three exits all match, so a fresh one is that of the connection before once in three times.
Request rotating(std::uint64_t id, std::string_view exit, const std::string& connection, bool reused = false) {
  return Request(id).user(kUser).connection(connection, reused).served(exit, 0s);
}

Lines judged(const std::vector<Request>& requests, HistoryHeader header = named_traffic_header()) {
  const ExitLog log(Duration{});
  RotationMonitor monitor(header, log);
  return lines_of(monitor, header, requests);
}

std::vector<Request> on_new_connections(std::size_t count, bool closing, bool fresh) {
  std::vector<Request> requests;
  for (std::uint64_t id = 1; id <= count; ++id) {
    Request one = Request(id).user(kUser).connection("c" + std::to_string(id));
    if (closing) one.says("Connection", "close");
    one.served(fresh && id % 2 == 0 ? kTwo : kOne, 0s);
    requests.push_back(std::move(one));
  }
  return requests;
}

// One exit alone may be the most that a weighted pool picks, three times in four: (3/4)^48 is 1.0e-6 and (3/4)^49 is 7.5e-7, so that one in a
// million takes 49 repeats, which are 50 connections.
TEST(Rotation, OneExitForAllConnectionsFailsOnceChanceIsRuledOut) {
  EXPECT_EQ(judged(on_new_connections(49, false, false)), (Lines{"H-ROT-5 pass", "H-ROT-6 pass"}));
  const Lines lines = judged(on_new_connections(50, false, false));
  EXPECT_EQ(lines.front().substr(0, 19), "H-ROT-1 fail 2 3 4 ");
  EXPECT_EQ(lines.size(), 3u);
}

TEST(Rotation, WhereEachRequestClosesItIsAnotherRow) {
  EXPECT_EQ(judged(on_new_connections(50, true, false)).front().substr(0, 19), "H-ROT-3 fail 2 3 4 ");
}

TEST(Rotation, FreshExitsPassOnceTheyCouldHaveFailed) {
  EXPECT_EQ(judged(on_new_connections(21, false, true)), (Lines{"H-ROT-1 pass", "H-ROT-5 pass", "H-ROT-6 pass"}));
}

TEST(Rotation, ARepeatFailsWhereNoneIsPromised) {
  HistoryHeader header = named_traffic_header();
  header.readings["rotation_repeat"] = "never";
  EXPECT_EQ(judged(on_new_connections(2, false, false), header).front(), "H-ROT-1 fail 1 2");
  EXPECT_EQ(judged(on_new_connections(2, true, false), header).front(), "H-ROT-3 fail 1 2");
}

TEST(Rotation, OnOneConnectionBothAreRight) {
  EXPECT_EQ(judged({rotating(1, kOne, "c1"), rotating(2, kOne, "c1", true)}),
            (Lines{"H-ROT-2 pass", "H-ROT-5 pass", "H-ROT-6 pass"}));
  EXPECT_EQ(judged({rotating(1, kOne, "c1"), rotating(2, kTwo, "c1", true)}),
            (Lines{"H-ROT-2 pass", "H-ROT-5 pass", "H-ROT-6 pass"}));
}

// Two names take turns on one connection, and the gateway keeps an exit for each: H-ROT-2 lets it.
TEST(Rotation, ANameOnAKeptConnectionMayKeepItsExitBesideAnother) {
  std::vector<Request> requests;
  for (std::uint64_t id = 1; id <= 200; ++id) {
    const bool odd = id % 2 == 1;
    requests.push_back(Request(id)
                           .user(odd ? kUser : "helo_{account}-type-res-region-us-state-ca")
                           .connection("c1", id > 1)
                           .served(odd ? kOne : kTwo, 0s));
  }
  for (const std::string& line : judged(requests)) EXPECT_EQ(line.find("H-ROT-1"), std::string::npos) << line;
}

/// Exit `picks[i]` for connection i + 1.
std::vector<Request> picked(const std::vector<int>& picks) {
  std::vector<Request> requests;
  for (const int pick : picks) {
    const std::uint64_t id = requests.size() + 1;
    requests.push_back(
        Request(id).user(kUser).connection("c" + std::to_string(id)).served("127.20.0." + std::to_string(pick), 0s));
  }
  return requests;
}

// A linear congruential generator: which numbers come is the test's own, not a library's.
std::vector<int> drawn(std::size_t count, const std::vector<int>& urn) {
  std::vector<int> picks;
  std::uint64_t state = 12345;
  while (picks.size() < count) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    picks.push_back(urn[(state >> 33) % urn.size()]);
  }
  return picks;
}

HistoryHeader pool_of(int exits) {
  HistoryHeader header = named_traffic_header();
  const sim::Exit model = header.exits.front();
  header.exits.clear();
  for (int exit = 1; exit <= exits; ++exit) {
    header.exits.push_back(model);
    header.exits.back().address = "127.20.0." + std::to_string(exit);
  }
  return header;
}

// Half of 3,000 picks are from three exits of fifteen: an even pool would repeat 200 times, this one does some 330 times.
TEST(RotationShares, AreThePoolsOwn) {
  const std::vector<int> urn{1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  EXPECT_EQ(judged(picked(drawn(3000, urn)), pool_of(15)).front(), "H-ROT-1 pass");
}

// The same picks, each held for two connections.
TEST(RotationShares, AreNoExcuseForHolding) {
  const std::vector<int> urn{1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  std::vector<int> held;
  for (const int pick : drawn(100, urn)) held.insert(held.end(), 2, pick);
  EXPECT_EQ(judged(picked(held), pool_of(15)).front().substr(0, 12), "H-ROT-1 fail");
}

TEST(RotationShares, TellOfAPoolThatIsNotListed) {
  HistoryHeader unknown = named_traffic_header();
  unknown.exits.clear();
  // One exit is perhaps all there is.
  EXPECT_EQ(judged(picked(std::vector<int>(2000, 1)), unknown).front(), "H-ROT-1 inconclusive 2000");
  EXPECT_EQ(judged(picked(drawn(2000, {1, 1, 1, 2})), unknown).front(), "H-ROT-1 pass");
  std::vector<int> held;
  for (int pick = 1; pick <= 200; ++pick) held.insert(held.end(), 2, pick);
  EXPECT_EQ(judged(picked(held), unknown).front().substr(0, 12), "H-ROT-1 fail");
  // A list of two that others come beside is not the pool.
  EXPECT_EQ(judged(picked(held), pool_of(2)).front().substr(0, 12), "H-ROT-1 fail");
}

TEST(Rotation, ATunnelKeepsItsExit) {
  Request opening = rotating(1, kOne, "c1");
  opening.exchange().seen.via = Via::kConnect;
  EXPECT_EQ(judged({opening, rotating(2, kTwo, "c1", true).through_tunnel()}).front(), "H-ROT-4 fail 1 2");
  EXPECT_EQ(judged({opening, rotating(2, kOne, "c1", true).through_tunnel()}).front(), "H-ROT-4 pass");
}

TEST(Rotation, AnExitOfAnotherPlaceIsNotWhatWasAskedFor) {
  const Request elsewhere = Request(1).user("helo_{account}-type-res-region-de").served(kOne, 0s);
  EXPECT_EQ(judged({elsewhere}), (Lines{"H-ROT-5 fail 1", "H-ROT-6 pass"}));
  const Request mobile = Request(1).user("helo_{account}-type-mob-region-us").served(kOne, 0s);
  EXPECT_EQ(judged({mobile}), (Lines{"H-ROT-5 fail 1", "H-ROT-6 pass"}));
}

TEST(Rotation, NothingIsAnnounced) {
  EXPECT_EQ(judged({rotating(1, kOne, "c1").told("X-Helodata-Session-Repinned", "true")}),
            (Lines{"H-ROT-5 pass", "H-ROT-6 fail 1"}));
}

}  // namespace
}  // namespace pinproof::conformance
